"""Names of authors: the words of a byline or of an author field in, the names in them out, or none.

Takes off what pages put round a name (a "by" of many languages, roles, degrees, dates, addresses, handles)
and knows what names nobody: "Staff", "Redaktion", "admin".
"""

import re

from onrecord.ingest.page_title import key_of

MAX_NAME_CHARS, MAX_NAME_WORDS = 60, 6
_ADDRESS = re.compile(r"\S+@\S+\.\S+|(?<!\w)@\w+|https?://\S+|www\.\S+")
_BY = re.compile(
    r"^\W*(?:(?:article|story|texte?s?|words|posted|published|publié|publicado|written|reported|authored|created"
    r"|updated|report|analysis|opinion|contributed|geschrieben|veröffentlicht|escrito|écrit|scritto|recipe|guest post"
    r"|column|commentary|interview|this (?:post|article|story) was written|post(?:ed)?|medically reviewed)\s+"
    r"(?:and \w+ )?)?(?:by|von|par|por|di|da|door|av|af|przez|yazan|od|oleh|от)\b\s*:?\s*"
    r"|^\W*(?:(?:article )?authors?|autor(?:in|a|es|en)?|auteurs?|autore|autori|text|texte|testo|foto|writers?|written"
    r"|skribent|forfatter|tekst|автор|автора?ы?|редактор|yazar|penulis|reporter|words|words by|kirjoittaja)\s*:\s*"
    r"|^(?:by|von|par|por)(?=[A-Z][a-z])",
    re.IGNORECASE,
)
_MONTHS = (
    r"jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?|sept?(?:ember|\.)?"
    r"|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?"
)
# Where the names in a shown line end: at a bar, a date, a place, another's part in the work.
_BEHIND = re.compile(
    rf"\s*[|·•⋅∙»›●—\n]\s*|\s+[–-]\s+|\s*\(|\s*\d|\s+(?:{_MONTHS})(?=\s*\d)"
    r"|\s+(?:on|in|at|for|from|am|um|le|il|published|last|filed|read|mins?|follow|share|senior|special to)\s"
    r"|\s*\b(?:stand:|updated|published|posted|reviewed|edited|medically|fact[- ]?checked|photos?|photograph\w+|illustrat\w+"
    r"|translated|veröffentlicht|aktualisiert|publicado|publié|mis à jour|last updated|read more|view (?:all|more)|bio\b)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*[,;+、，]\s*(?:and\s+|und\s+|y\s+|et\s+|&\s+)?|\s+&\s+(?=\S+\s\S)|\s+(?:and|und|et|og|och|with|ve|и|mit|en|&amp;)\s+|(?<=\w\w)\s*/\s*(?=\w\w)",
    re.IGNORECASE,
)
# One letter joins two full names only: "Ortega y Gasset" is one man.
_LETTER_BETWEEN = re.compile(r"(?<=\w)\s+[yei]\s+(?=\S+\s+\S)")
_DEGREE = re.compile(
    r"(?i:ph\.?\s?d|m\.?\s?d|j\.?\s?d|esq|jr|sr|m\.?sc|b\.?sc|dr)\.?\*?|[A-Z]{2,6}(?:[-/][A-Z]{1,4})?(?:\s[A-Z]{2,6})*\*?"
)
_ROLE = re.compile(
    r"\b(?:writers?|reporters?|correspondents?|editors?|columnists?|bureau|chief|contributors?|contributing|staff"
    r"|producers?|analysts?|journalists?|managers?|directors?|ceo|cto|cmo|founders?|co-founder|presidents?|specialists?"
    r"|experts?|professors?|head of|officers?|strategists?|consultants?|marketing|author|interns?|fellow|content|lead"
    r"|senior|associate|assistant|deputy|dietitian|reviewer|redakteur(?:in)?|korrespondent(?:in)?|reporterin"
    r"|periodista|redactora?|journaliste|giornalista|verslaggever|advertisement|partner|engineer|developer|committee)\b",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?:the\s+|\w+\s(?=admin))?(?:web\s?|site\s?|super\s?|wp)?(?:admins?|administrators?|staff|users?|webmasters?|editors?|editorial|redakt(?:ion|ør|örin)"
    r"|redacci[oó]n|r[eé]daction|redazione|redactie|redaksjonen|toimitus|редакция|teams?|guests?|authors?|autore?s?"
    r"|contributors?|agenc(?:y|ies)|agenturen|anonymous|unknown|unbekannt|null|undefined|none|n/?a|default|published|home|blog|news|desk"
    r"|view all posts|posts?|about|by|share|follow|read more|profile|image)"
    r"(?:\s(?:team|staff|board|desk|author|contributor|post|writers?|reporters?|user|admin|editor|office))?",
    re.IGNORECASE,
)
_NOT_IN_NAMES = frozenset(
    (
        "the", "this", "that", "your", "our", "my", "how", "why", "what", "when", "for", "with", "more", "share",
        "read", "updated", "published", "posted", "minutes", "min", "comments", "comment", "follow", "subscribe",
        "january", "february", "march", "april", "june", "july", "august", "september", "october", "november",
        "december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "date", "tags",
        "category", "categories", "home", "blog", "news", "article", "articles", "about", "contact", "menu", "search",
        "listen", "print", "email", "twitter", "facebook", "linkedin", "table", "contents", "skip", "is", "are", "was",
        "to", "of", "on", "it", "you", "best", "guide", "free", "photo", "image", "video", "copyright", "credit",
        "by", "view", "sign", "log", "login", "agencies", "agenturen", "transcript", "podcast", "post", "posts", "all", "written", "reviewed", "learn", "get", "advertisement",
    )
)  # fmt: skip
AGENCIES = frozenset(
    (
        "dpa", "afp", "ap", "apnews", "theassociatedpress", "associatedpress", "reuters", "thomsonreuters", "apa", "sda",
        "keystonesda", "efe", "europapress", "ansa", "adnkronos", "agi", "epa", "pti", "ians", "ani", "tass", "interfax",
        "ria", "upi", "xinhua", "ritzau", "tt", "ntb", "stt", "lusa", "belga", "anp", "pap", "ctk", "čtk", "mti", "kna", "epd",
        "sid", "aap", "pa", "pamedia", "paafp", "bloomberg", "bloombergnews", "yonhap", "kyodo", "kyodonews", "jiji", "cna",
        "anadoluajansı", "aa", "iha", "dha", "ukrinform", "agencefrancepresse", "deutschepresseagentur", "dpaafx",
        "dpainfocom", "afpdeutschland", "pressassociation", "thecanadianpress", "canadianpress", "bernama", "antara", "sanews",
    )
)  # fmt: skip


def is_agency(name: str) -> bool:
    """Whether the name is that of a news agency.

    >>> is_agency("Associated Press"), is_agency("Ada Press")
    (True, False)
    """
    return key_of(name) in AGENCIES


def is_nobody(name: str) -> bool:
    """Whether the words stand where a name should and name nobody: "Staff", "admin", "Redaktion"."""
    return _NOBODY.fullmatch(name.strip(" .:-")) is not None


def clean_stated(raw: str) -> list[str]:
    """The names in an author field of the markup; it is believed to hold names, whatever they look like."""
    words = _ADDRESS.sub(" ", raw).strip()
    words = _BY.sub("", words, count=1) if _BY.match(words) else words
    words = re.sub(r"\s*\([^)]*\)", "", words) if not words.startswith("(") else words
    words = re.split(r"\s+(?:[|–—•·]|//)\s+|\s+-\s+", words)[0]
    names: list[str] = []
    for name in _split(words):
        if (
            not _is_words(name)
            or is_nobody(name)
            or (names and (_DEGREE.fullmatch(name) or _ROLE.search(name)))
        ):
            continue
        names.append(name)
    return names


def clean_shown(raw: str, *, said: bool = False) -> list[str]:
    """The names in a line that the page shows; none where what stands there is no list of names.

    `said` is that the page says by a mark of its own that it names an author: one word is enough then.
    """
    words = _ADDRESS.sub(" ", raw).strip()
    if match := _BY.match(words):
        words, said = words[match.end() :], True
    if behind := _BEHIND.search(words, 1):
        words = words[: behind.start()]
    names: list[str] = []
    for part in _split(words):
        name = part
        if role := _ROLE.search(part):
            name = part[: role.start()].strip(" ,-–")
        if not name or is_nobody(name) or (names and _DEGREE.fullmatch(name)):
            continue
        if not looks_like_name(name, least=1 if said else 2):
            break
        names.append(name)
    return names


def has_by(raw: str) -> bool:
    """Whether a line opens as bylines do: "By", "Von", "Autor:"."""
    return _BY.match(raw) is not None


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
    if any(part.lower().strip(".,") in _NOT_IN_NAMES for part in parts):
        return False
    if not words[0].isalpha() or (len(parts) < least and words.isascii()):
        return False
    return all(not part[0].islower() or len(part) <= 3 for part in parts) and not parts[-1].islower()


def _split(words: str) -> list[str]:
    pieces = [p for piece in _BETWEEN.split(words) for p in _LETTER_BETWEEN.split(piece)]
    return [clean for piece in pieces if (clean := piece.strip(" \t,.;:*-–—|\"'“”„").strip())]


def _is_words(name: str) -> bool:
    return len(name) <= MAX_NAME_CHARS and any(c.isalpha() for c in name) and len(name) > 1
