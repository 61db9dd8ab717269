"""Names of people and papers by their letters: words in, out whether and where they are names."""

import re
from functools import cache

from onrecord.ingest.agencies import name_agency
from onrecord.ingest.dates import find_moment
from onrecord.ingest.wordlists import choice_of, read_words, word_pattern

MAX_NAME_WORDS = 5
_GLUED = re.compile(r"(?<=[a-zà-öø-ÿ])(?<!Mc)(?<!Mac)(?=[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ])")
_WORD = re.compile(r"[^\W\d_]+")

ROLE = re.compile(
    r"\b(?:writers?|reporters?|correspondents?|editors?|columnists?|bureau|chief|contributors?|staff"
    r"|photographers?"
    r"|producers?|analysts?|journalists?|special to|agency|desk|team|newsroom|admin|author|intern|fellow)\b",
    re.IGNORECASE,
)
OUTLET = re.compile(
    r"""\b(?:News|Times|Post|Press|Tribune|Herald|Gazette|Daily|Agency|Media|Guardian|Journal|Chronicle|Observer|Star|Mail
    |Telegraph|Courier|Standard|Express|Independent|Examiner|Ledger|Dispatch|Bugle|Sentinel|Register|Bulletin|Globe|Echo
    |Argus|Monitor|Inquirer|Enquirer|Mirror|Review|Wire|Today|World|Sports|Reuters|AP|AFP|BBC|CNN|TV|Radio|Online|Magazine
    |Weekly|NEWS|TIMES|POST|PRESS|TRIBUNE|HERALD|DAILY|JOURNAL|COURIER|LEDGER|DISPATCH)\b|\.(?:com|net|org|co)\b""",
    re.VERBOSE,
)
# Words between names so short that they stand inside names too ("Ortega y Gasset").
MAX_INNER_CHARS = 2
_BEHIND_NAMES = re.compile(
    r"\s?[|·•⋅●—]\s?|\s[-–]\s|\s?/\s?|(?<=\w)@|\s\(?\d"
    r"|\s?\(|\s(?:in|for|at|from|of|on|special to)\s|\s@|[^\s@]{1,64}@[^\s@.]+\.[^\s@]+"
)
_PARTICLES = frozenset(
    (
        "de", "da", "di", "do", "du", "dos", "das", "del", "della", "den", "der", "des", "van", "von", "zu",
        "al", "el", "la", "le", "ter", "ten", "bin", "ibn", "abu", "e", "y",
    )
)  # fmt: skip
_NO_NAMES = frozenset(
    (
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february",
        "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
        "the", "our", "a", "an", "my", "this", "that", "these", "those", "his", "her", "their", "its",
        "now", "then", "next", "christmas", "easter", "share", "comments", "photo", "image",
        "order", "popular", "royal", "permission", "request", "invitation", "law", "decree", "way", "means",
        "virtue", "public", "special",
    )
)  # fmt: skip


# Last words of a headline about a person, "Tom Orr Loses", which has the letters of a name.
_HEADLINE_ENDS = frozenset(
    (
        "loses", "wins", "dies", "resigns", "quits", "leaves", "returns", "speaks", "says", "sues", "runs",
        "retires", "responds", "apologises", "apologizes", "arrested", "charged", "jailed", "dead", "shot",
        "fired", "killed", "elected", "missing", "out", "falls", "rises", "wed", "weds", "steps", "goes",
        "confirmed", "cleared", "sacked", "honoured", "honored", "remembered", "injured", "wounded",
    )
)  # fmt: skip


def is_headline(name: str) -> bool:
    """Whether what reads as a bare name may be a headline: by its last word, or a third word in -s.

    "Mary Ann Jones" without a "By" is lost to it: an author missed is said, one invented is believed.
    """
    *before, last = name.lower().split()
    plain = [w for w in before if len(w.strip(".")) > 1 and w not in _PARTICLES]
    return last in _HEADLINE_ENDS or (len(plain) >= 2 and last.endswith("s") and not last.endswith("ss"))


def is_name(words: str, *, least: int = 1) -> bool:
    """Whether the words could be a person's name by their letters: capitals, initials, particles.

    >>> is_name("Jane van der Berg"), is_name("Monday afternoon")
    (True, False)
    """
    parts = words.split()
    if not least <= len(parts) <= MAX_NAME_WORDS or parts[0].lower() in _NO_NAMES:
        return False
    return all(_is_name_word(part) for part in parts) and not parts[-1].islower()


def _is_name_word(word: str) -> bool:
    letters = word.strip(".'’-")
    plain = re.sub(r"[.'’\-‐]", "", letters)
    possessive = word.endswith(("'s", "’s"))
    return plain.isalpha() and not possessive and (not letters[0].islower() or word in _PARTICLES)


def find_names_end(line: str, start: int) -> int:
    """Where the names stop at the latest: at a date, or at the mark of a place, outlet or address."""
    end = len(line)
    if any(c.isdecimal() for c in line[start:]) and (found := find_moment(line, start)):
        end = found[1]
    for pattern in (_BEHIND_NAMES, _published_pattern()):
        if behind := pattern.search(line, start, end):
            end = behind.start()
    return _find_glued_end(line, start, end)


@cache
def _published_pattern() -> re.Pattern[str]:
    """A word such as "Published" behind a name, parted or glued to it, with a date or number to follow."""
    words = choice_of(read_words("moments", "published"))
    glued = choice_of({word.capitalize() for word in read_words("moments", "published")})
    meant = r"(?=\W{0,3}(?:\d|$|\w+ \d))"
    return re.compile(rf"(?:(?<=[\s,;(])(?i:{words})|(?<=[a-zà-öø-ÿ]){glued}){meant}")


def _find_glued_end(line: str, start: int, end: int) -> int:
    """Where a name ends that a role or a button was glued to: "Emma KesselLifestyle Writer"."""
    for match in _GLUED.finditer(line, start, end):
        rest = " ".join(line[match.start() : end].split()[:2])
        word = _WORD.match(rest)
        if is_role(rest) or (word and word[0].casefold() in read_words("furniture", "phrase")):
            return match.start()
    return end


def is_role(words: str) -> bool:
    """Whether the words, up to twelve, say what somebody is who writes, in any language of the list."""
    if len(words.split()) > 12:
        return False
    return ROLE.search(words) is not None or word_pattern("bylines", "role").search(words) is not None


def find_role(line: str, start: int, end: int) -> int:
    """Where a name of two words, or three with an initial or particle, ends before the words of a role.

    The end itself where no role follows: "Ann Poe Deputy Editor" gives the end of "Ann Poe".
    """
    parts = list(re.finditer(r"\S+", line[start:end]))
    if len(parts) < 3 or "," in line[start:end]:
        return end
    size = 3 if len(parts[1][0].strip(".")) == 1 or parts[1][0].lower() in _PARTICLES else 2
    rest = line[start + parts[size - 1].end() : end]
    return start + parts[size - 1].end() if len(parts) > size and is_role(rest) else end


@cache
def _between_names() -> re.Pattern[str]:
    words = choice_of(read_words("bylines", "and") | {"&"})
    return re.compile(rf"\s?,\s(?:{words}\s)?|\s?;\s?|\s{words}\s", re.IGNORECASE)


def _find_gaps(line: str, start: int, end: int) -> list[re.Match[str] | None]:
    """What stands between names, and None at the end; a short word only between two names of two words."""
    found: list[re.Match[str] | None] = []
    position = start
    for gap in _between_names().finditer(line, start, end):
        if len(gap[0].strip()) <= MAX_INNER_CHARS and gap[0].strip().isalpha():
            following = _between_names().split(line[gap.end() : end], 1)[0]
            if min(len(line[position : gap.start()].split()), len(following.split())) < 2:
                continue
        found.append(gap)
        position = gap.end()
    return [*found, None]


def read_names(line: str, start: int, end: int) -> tuple[tuple[int, int], ...] | None:
    """Bounds of the names between two places; None where what stands there is no list of names."""
    names: list[tuple[int, int]] = []
    position = start
    for gap in _find_gaps(line, start, end):
        stop = gap.start() if gap else end
        part = line[position:stop]
        name = part.strip(" ,.;:-–—|")
        offset = position + part.find(name)
        position = gap.end() if gap else end
        if not name:
            continue
        if names and name_agency(name):
            names.append((offset, offset + len(name)))
            continue
        if ROLE.search(name) or (names and (OUTLET.search(name) or not is_name(name, least=2))):
            return tuple(names) if _is_tail(line[offset:end]) else None
        if not is_name(name):
            return None
        names.append((offset, offset + len(name)))
    return tuple(names) or None


def _is_tail(words: str) -> bool:
    """Whether what follows the names is a role, an outlet or a place, and not a sentence."""
    parts = words.split()
    lower = sum(p[0].islower() and p not in _PARTICLES for p in parts)
    return (bool(ROLE.search(words)) and len(parts) <= 12) or (lower <= 1 and len(parts) <= 8)
