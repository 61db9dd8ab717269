"""Names of time zones: the words behind a time in, minutes east of UTC out, or why it cannot be told.

Own tables with the rules of summer time, so that the answer does not hang on the machine's time zone
data. A name that several zones share, or that does not fit the season, gives none.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache

from onrecord.ingest.moment_words import read_table

FIXED: dict[str, int] = {
    "Z": 0, "UTC": 0, "GMT": 0, "WEZ": 0, "WAT": 60, "CAT": 120, "SAST": 120, "MSK": 180, "TRT": 180,
    "EAT": 180, "PKT": 300, "NPT": 345, "BDT": 360, "MMT": 390, "WIB": 420, "ICT": 420, "WITA": 480,
    "HKT": 480, "SGT": 480, "MYT": 480, "PHT": 480, "AWST": 480, "WIT": 540, "JST": 540, "KST": 540,
    "ACST": 570, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "BRT": -180, "ART": -180, "HST": -600,
}  # fmt: skip
# Name: (rule, minutes of standard time, True for summer time, False for standard time, None for either).
SEASONAL: dict[str, tuple[str, int, bool | None]] = {
    "WET": ("EU", 0, False), "WEST": ("EU", 0, True), "BST": ("EU", 0, True),
    "CET": ("EU", 60, False), "CEST": ("EU", 60, True),
    "MEZ": ("EU", 60, False), "MESZ": ("EU", 60, True), "OEZ": ("EU", 120, False), "OESZ": ("EU", 120, True),
    "EET": ("EU", 120, False), "EEST": ("EU", 120, True),
    "ET": ("US", -300, None), "EST": ("US", -300, False), "EDT": ("US", -300, True),
    "CT": ("US", -360, None), "CDT": ("US", -360, True),
    "MT": ("US", -420, None), "MST": ("US", -420, False), "MDT": ("US", -420, True),
    "PT": ("US", -480, None), "PST": ("US", -480, False), "PDT": ("US", -480, True),
    "NST": ("US", -210, False), "NDT": ("US", -210, True), "ADT": ("US", -240, True),
    "AKST": ("US", -540, False), "AKDT": ("US", -540, True),
}  # fmt: skip
SHARED: dict[str, str] = {
    "IST": "India, Israel or Ireland",
    "CST": "central North America, China or Cuba",
    "AST": "Atlantic Canada or Arabia",
    "GST": "the Gulf or South Georgia",
    "AMT": "Armenia or the Amazon",
}
# What a shared name is in a country, as in SEASONAL; "-" has no summer time.
OF_COUNTRY: dict[tuple[str, str], tuple[str, int, bool | None]] = {
    ("IST", "IN"): ("-", 330, None), ("IST", "IE"): ("EU", 0, True), ("IST", "IL"): ("IL", 120, False),
    ("CST", "US"): ("US", -360, False), ("CST", "CA"): ("US", -360, False), ("CST", "CN"): ("-", 480, None),
    ("CST", "TW"): ("-", 480, None), ("CST", "MX"): ("-", -360, None),
    ("AST", "CA"): ("US", -240, False), ("AST", "PR"): ("-", -240, None), ("AST", "SA"): ("-", 180, None),
    ("GST", "AE"): ("-", 240, None), ("GST", "OM"): ("-", 240, None), ("AMT", "AM"): ("-", 240, None),
    ("BST", "BD"): ("-", 360, None), ("PST", "PH"): ("-", 480, None),
    ("EST", "AU"): ("AU", 600, False), ("EDT", "AU"): ("AU", 600, True),
}  # fmt: skip
# The first years of the rules below (EU directive 94/21/EC, US Energy Policy Act of 2005, state laws
# of Australia of 2008, Time Determination (Amendment) Law of Israel of 2013).
FIRST_YEAR = {"EU": 1996, "US": 2007, "AU": 2008, "NZ": 2008, "IL": 2013, "-": 0}
NAMES = frozenset(FIXED) | frozenset(SEASONAL) | frozenset(SHARED)

_OFFSET = re.compile(r"(?:UTC|GMT|Z)?\s?([+\-−])\s?(\d\d?):?(\d\d)?")
_PREFIXED = r"(?:UTC|GMT)\s?[+\-−]\s?\d\d?(?::?\d\d)?(?!\d)"
# The name of an offset behind it, as mail and browsers write it: "+0200 (CEST)", "+0000 UTC".
_COMMENT = r"(?:\s(?:UTC|GMT)\b)?(?:\s\([^\W\d_][\w .’'-]{1,50}\))?"
_BARE = r"[+\-−]\d\d?(?::?\d\d)?(?!\d|\s?[./]\s?\d|:\d)"


@dataclass(frozen=True, slots=True, kw_only=True)
class ZoneWords:
    """The words for a zone behind a time; `key` is what they are looked up by, "-" where they name none."""

    words: str
    key: str
    end_char: int


def read_zone(raw: str, start: int, end: int) -> ZoneWords | None:
    """The zone that is named at this place of a line, None where none is."""
    match = _zone_pattern().match(raw, start, end)
    if match is None:
        return None
    name = match["name"]
    if name and name not in NAMES and not any(name == shared for shared, _ in OF_COUNTRY):
        return None
    words = match["offset"] or match["iana"] or name or match["phrase"]
    key = _load_phrases()[_fold_phrase(words)] if match["phrase"] else words
    return ZoneWords(words=words, key=key, end_char=match.end())


def resolve_words(zone: ZoneWords, local: datetime, country: str | None = None) -> int | str | None:
    """Minutes east of UTC at a local time, a sentence why they are unknown, None where no zone is meant."""
    if zone.key == "-":
        return None
    if _OFFSET.fullmatch(zone.key):
        return _read_offset(zone.key)
    if "/" in zone.key:
        return _resolve_place(zone.key, local)
    if rule := OF_COUNTRY.get((zone.key, country or "")):
        return _apply_rule(zone.key, rule, local)
    return resolve_zone(zone.key, local)


def resolve_zone(name: str, local: datetime) -> int | str:
    """Minutes east of UTC of a named zone at a local time, or a sentence why they cannot be told."""
    if name in FIXED:
        return FIXED[name]
    if name in SHARED:
        return f"{name} is the name of several zones ({SHARED[name]})."
    return _apply_rule(name, SEASONAL[name], local)


def _apply_rule(name: str, named: tuple[str, int, bool | None], local: datetime) -> int | str:
    rule, standard, named_summer = named
    if local.year < FIRST_YEAR[rule]:
        return f"The summer time rules of {name} in {local.year} are not known here."
    if rule == "-":
        return standard
    summer = _is_summer(rule, standard, local)
    if named_summer is None and summer is None:
        return f"{name} had this hour twice that day."
    if None not in (named_summer, summer) and named_summer != summer:
        return f"{name} was not in force on {local.date().isoformat()}."
    return standard + 60 * bool(summer if named_summer is None else named_summer)


def _resolve_place(name: str, local: datetime) -> int | str:
    place = _load_places().get(name)
    if place is None:
        return f"The zone {name} is not known here."
    rule, standard, first, last = place
    if not first <= local.year <= last:
        return f"The summer time rules of {name} in {local.year} are not known here."
    return _apply_rule(name, (rule, standard, None), local)


def _is_summer(rule: str, standard: int, local: datetime) -> bool | None:
    """Whether summer time held; None in the hour that the end of summer time repeats."""
    begin, end = _turns(rule, standard, local.year)
    if end <= local < end + timedelta(hours=1):
        return None
    return begin <= local < end if begin < end else not end <= local < begin


@lru_cache(maxsize=256)
def _turns(rule: str, standard: int, year: int) -> tuple[datetime, datetime]:
    """When summer time begins and ends by the clocks of standard time."""
    last_of_march = _sunday(year, 4, 1) - timedelta(days=7)
    last_of_october = _sunday(year, 11, 1) - timedelta(days=7)
    if rule == "EU":
        turn = timedelta(hours=1, minutes=standard)
        return last_of_march + turn, last_of_october + turn
    two = timedelta(hours=2)
    if rule == "US":
        return _sunday(year, 3, 8) + two, _sunday(year, 11, 1) + two / 2
    if rule == "IL":
        return last_of_march - timedelta(days=2) + two, last_of_october + two / 2
    begin = _sunday(year, 10, 1) - timedelta(days=7 * (rule == "NZ"))
    return begin + two, _sunday(year, 4, 1) + two


def _sunday(year: int, month: int, day: int) -> datetime:
    """The first Sunday on or after a day."""
    first = datetime(year, month, day)
    return first + timedelta(days=6 - first.weekday())


def _read_offset(zone: str) -> int | str:
    match = _OFFSET.fullmatch(zone)
    hours, minutes = (int(match[2]), int(match[3] or 0)) if match else (99, 0)
    if match is None or hours > 14 or minutes > 59:
        return f"{zone} is no offset from UTC."
    return (hours * 60 + minutes) * (1 if match[1] == "+" else -1)


@cache
def _load_places() -> dict[str, tuple[str, int, int, int]]:
    """The zones by their IANA names: rule, minutes of standard time, first and last year of the rule."""
    rows = read_table("zone_places.tsv")
    return {
        name: (rule, int(standard), int(first), 9999 if last == "-" else int(last))
        for name, rule, standard, first, last in rows
    }


@cache
def _load_phrases() -> dict[str, str]:
    return {phrase: key for phrases, key in read_table("zone_words.tsv") for phrase in phrases.split("|")}


def _fold_phrase(words: str) -> str:
    return " ".join(words.lower().replace("’", "'").split())


@cache
def _zone_pattern() -> re.Pattern[str]:
    phrases = sorted(_load_phrases(), key=len, reverse=True)
    words = "|".join(re.escape(p).replace(r"\ ", r"\s").replace("'", "['’]") for p in phrases)
    return re.compile(
        r"[\s,]{0,3}(?P<open>[(\[])?\s?(?:"
        rf"(?:(?P<offset>{_PREFIXED}|(?<!,\s){_BARE}){_COMMENT})"
        r"|(?P<iana>[A-Z][a-z]+/[A-Z]\w+(?:/[A-Z]\w+)?)"
        r"|(?P<name>[A-Z]{1,5}(?![^\W_]))"
        rf"|(?P<phrase>(?i:{words})(?!\w))"
        r")(?(open)\s?[)\]])"
    )
