"""Names of authors: the words of a byline or of an author field in, the names in them out, or none.

Takes off what pages put round a name (a "by" of many languages, roles, degrees, dates, addresses, handles)
and knows what names nobody: "Staff", "Redaktion", "admin".
"""

import re
from functools import cache

from onrecord.ingest.page_title import key_of
from onrecord.ingest.wordlists import choice_of, find_opening, read_kinds, read_words

MAX_NAME_CHARS, MAX_NAME_WORDS = 60, 6
# Words that end the name of a group that signs together: "Courier Team".
_GROUPS = frozenset(("team", "staff", "desk", "newsroom", "redaktion", "rédaction", "redacción", "redazione"))
# Shorter openings ("de", "di", "na") are words of names and titles too.
MIN_OPENING = 4
_ADDRESS = re.compile(r"[^\s@]{1,64}@[^\s@.]+\.[^\s@]+|(?<!\w)@\w+|https?://\S+|www\.\S+")
_WORK = (
    r"(?:(?:article|story|texte?s?|words|posted|published|publié|publicado|written|reported|authored|created"
    r"|updated|report|analysis|opinion|contributed|geschrieben|veröffentlicht|escrito|écrit|scritto|recipe"
    r"|guest post|column|commentary|interview|this (?:post|article|story) was written"
    r"|post|medically reviewed)\s+(?:and \w+ )?)"
)
_LABEL = (
    r"(?:(?:article )?authors?|autor(?:in|a|es|en)?|auteurs?|autore|autori|text|texte|testo|foto|writers?"
    r"|written|skribent|forfatter|tekst|автор|авторы|редактор|yazar|penulis|reporter|words|kirjoittaja)\s*:"
)
# Stuck to the name, as line breaks of a page leave it: "ByJane Doe", but not "Byron".
_STUCK = r"(?-i:^(?:[Bb]y|[Vv]on|[Pp]ar|[Pp]or)(?=[A-Z][a-z]+\s[A-Z]))"
_BY = re.compile(
    rf"^\W*{_WORK}?(?:by|von(?! de[rmn]\b)|par|por|di|da|door|av|af|przez|yazan|od|oleh|от)\b\s*:?\s*"
    rf"|^\W*{_LABEL}\s*|{_STUCK}",
    re.IGNORECASE,
)
# In an author field "Di", "Da" and "Av" are of the name.
_STATED_BY = re.compile(
    rf"^\W*(?:{_WORK}?(?:by|von(?! de[rmn]\b)|par|por|door)(?:\s*:\s*|\s+)(?=\S+\s)|{_LABEL}\s*)|{_STUCK}",
    re.IGNORECASE,
)
_MONTHS = (
    r"jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?"
)
# Where the names in a shown line end: at a bar, a date, a place, another's part in the work.
_BEHIND = re.compile(
    rf"\s*[|·•⋅∙»›●—\n]\s*|\s+[–-]\s+|\s*\(|\s*\d|\s+(?:{_MONTHS})(?=\s*\d)"
    r"|\s+(?:on|in|at|for|from|am|um|le|il|published|last|filed|read|mins?|follow|share|senior|special to)\s"
    r"|\s*\b(?:stand:|updated|published|posted|reviewed|edited|medically|fact[- ]?checked|photos?"
    r"|photograph\w+|illustrat\w+|translated|veröffentlicht|aktualisiert|publicado|publié|mis à jour"
    r"|last updated|read more|view (?:all|more)|bio\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*[,;+、，]\s*(?:and\s+|und\s+|y\s+|et\s+|&\s+)?|\s+&\s+(?=\S+\s\S)"
    r"|\s+(?:and|und|et|og|och|with|ve|и|mit|en)\s+|(?<=\w\w)\s*/\s*(?=\w\w)",
    re.IGNORECASE,
)
# One letter joins two full names only: "Ortega y Gasset" is one man.
_LETTER_BETWEEN = re.compile(r"(?<=\w)\s+[yei]\s+(?=\S+\s+\S)")
_DEGREE = re.compile(
    r"(?i:ph\.?\s?d|m\.?\s?d|j\.?\s?d|esq|jr|sr|m\.?sc|b\.?sc|dr)\.?\*?|[A-Z]{2,6}(?:[-/][A-Z]{1,4})?(?:\s[A-Z]{2,6})*\*?"
)
# Roles that the table of bylines does not hold because other lines bear them too.
_MORE_ROLES = re.compile(
    r"\b(?:contributing|chief|managers?|presidents?|specialists?|experts?|professors?|head of|officers?"
    r"|strategists?|consultants?|marketing|content|lead|senior|associate|assistant|deputy|dietitian|reviewer"
    r"|advertisement|partner|engineer|developer|committee|c[etm]o|writers|reporters|editors)\b",
    re.IGNORECASE,
)


def is_agency(name: str) -> bool:
    """Whether the name is that of a news agency.

    >>> is_agency("Associated Press"), is_agency("Ada Press")
    (True, False)
    """
    return key_of(name) in _load_agencies()


@cache
def _load_agencies() -> frozenset[str]:
    return frozenset(key_of(word) for _, words in read_kinds("agencies") for word in words)


def find_role(words: str) -> re.Match[str] | None:
    """Where the words first say what somebody does."""
    found = [match for match in (_load_roles().search(words), _MORE_ROLES.search(words)) if match]
    return min(found, key=lambda match: match.start(), default=None)


@cache
def _load_roles() -> re.Pattern[str]:
    roles = read_words("bylines", "role") - _GROUPS
    return re.compile(rf"(?<!\w){choice_of(roles)}(?!\w)", re.IGNORECASE)


def is_nobody(name: str) -> bool:
    """Whether the words stand where a name should and name nobody: "Staff", "admin", "Redaktion"."""
    words = name.strip(" .:-").casefold().removeprefix("the ")
    nobodies = read_words("nobody", "nobody")
    first, _, tail = words.rpartition(" ")
    return (
        words in nobodies or (first in nobodies and tail in read_words("nobody", "tail")) or tail == "admin"
    )


def clean_stated(raw: str) -> list[str]:
    """The names in an author field of the markup; it is believed to hold names, whatever they look like."""
    words = _ADDRESS.sub(" ", raw).strip()
    words = _STATED_BY.sub("", words, count=1)
    words = re.sub(r"\s*\([^)]*\)", "", words) if not words.startswith("(") else words
    words = re.split(r"\s+(?:[|–—•·]|//)\s+|\s+-\s+", words)[0]
    names: list[str] = []
    for name in _split(words):
        if not _is_words(name) or is_nobody(name) or (names and (_DEGREE.fullmatch(name) or find_role(name))):
            continue
        names.append(name)
    return names


def clean_shown(raw: str, *, said: bool = False) -> list[str]:
    """The names in a line that the page shows; none where what stands there is no list of names.

    `said` is that the page says by a mark of its own that it names an author: one word is enough then.
    """
    words = _ADDRESS.sub(" ", raw).strip()
    if start := by_end(words):
        words, said = words[start:], True
    if behind := _BEHIND.search(words, 1):
        words = words[: behind.start()]
    names: list[str] = []
    for part in _split(words):
        name = part
        if role := find_role(part):
            name = part[: role.start()].strip(" ,-–")
        if not name or is_nobody(name) or (names and _DEGREE.fullmatch(name)):
            continue
        if not looks_like_name(name, least=1 if said and not (names and " " in names[0]) else 2):
            break
        names.append(name)
    return names


def by_end(words: str) -> int:
    """Where the words end that open a byline ("By", "Von", "Autor:"); 0 where none do."""
    if match := _BY.match(words):
        return match.end()
    end = find_opening(words, "bylines", "opens")
    return end if end >= MIN_OPENING and words[end : end + 1] in {" ", ":"} else 0


def looks_like_name(words: str, *, least: int = 2) -> bool:
    """Whether the words could be a person's name by their letters: capitals, or a script without them.

    >>> looks_like_name("Jane van der Berg"), looks_like_name("5 min read")
    (True, False)
    """
    parts = words.split()
    if (
        not parts
        or len(words) > MAX_NAME_CHARS
        or len(parts) > MAX_NAME_WORDS
        or re.search(r"[!?:<>{}\[\]=_\d]", words)
    ):
        return False
    if any(part.casefold().strip(".,") in read_words("nobody", "stop") for part in parts):
        return False
    if not words[0].isalpha() or (len(parts) < least and words.isascii()):
        return False
    return all(not part[0].islower() or len(part) <= 3 for part in parts) and not parts[-1].islower()


def _split(words: str) -> list[str]:
    pieces = [p for piece in _BETWEEN.split(words) for p in _LETTER_BETWEEN.split(piece)]
    return [clean for piece in pieces if (clean := piece.strip(" \t,.;:*-–—|\"'“”„").strip())]


def _is_words(name: str) -> bool:
    return len(name) <= MAX_NAME_CHARS and any(c.isalpha() for c in name) and len(name) > 1
