"""Names of time zones: a name and a local time in, minutes east of UTC out, or why it cannot be told.

Own table with the European and North American rules, so that the answer does not hang on the
machine's time zone data. A name that several zones share, or that does not fit the season, gives none.
"""

from datetime import datetime, timedelta

FIXED: dict[str, int] = {
    "Z": 0, "UTC": 0, "GMT": 0, "WAT": 60, "CAT": 120, "SAST": 120, "MSK": 180, "TRT": 180, "EAT": 180,
    "PKT": 300, "NPT": 345, "WIB": 420, "ICT": 420, "HKT": 480, "SGT": 480, "PHT": 480, "AWST": 480,
    "JST": 540, "KST": 540, "ACST": 570, "AEST": 600, "AEDT": 660, "NZST": 720, "NZDT": 780, "HST": -600,
}  # fmt: skip
# Name: (rule, minutes of standard time, True for summer time, False for standard time, None for either).
SEASONAL: dict[str, tuple[str, int, bool | None]] = {
    "WET": ("EU", 0, False), "WEST": ("EU", 0, True), "BST": ("EU", 0, True),
    "CET": ("EU", 60, False), "CEST": ("EU", 60, True),
    "EET": ("EU", 120, False), "EEST": ("EU", 120, True),
    "ET": ("US", -300, None), "EST": ("US", -300, False), "EDT": ("US", -300, True),
    "CT": ("US", -360, None), "CDT": ("US", -360, True),
    "MT": ("US", -420, None), "MST": ("US", -420, False), "MDT": ("US", -420, True),
    "PT": ("US", -480, None), "PST": ("US", -480, False), "PDT": ("US", -480, True),
    "AKST": ("US", -540, False), "AKDT": ("US", -540, True),
}  # fmt: skip
SHARED: dict[str, str] = {
    "IST": "India, Israel or Ireland",
    "CST": "central North America, China or Cuba",
    "AST": "Atlantic Canada or Arabia",
    "GST": "the Gulf or South Georgia",
    "AMT": "Armenia or the Amazon",
}
# The first years of the rules below (EU directive 94/21/EC, US Energy Policy Act of 2005).
FIRST_YEAR = {"EU": 1996, "US": 2007}
NAMES = frozenset(FIXED) | frozenset(SEASONAL) | frozenset(SHARED)


def resolve_zone(name: str, local: datetime) -> int | str:
    """Minutes east of UTC of a named zone at a local time, or a sentence why they cannot be told."""
    if name in FIXED:
        return FIXED[name]
    if name in SHARED:
        return f"{name} is the name of several zones ({SHARED[name]})."
    rule, standard, named_summer = SEASONAL[name]
    if local.year < FIRST_YEAR[rule]:
        return f"The summer time rules of {name} in {local.year} are not known here."
    summer = _is_summer(rule, standard, local)
    if named_summer is None and summer is None:
        return f"{name} had this hour twice that day."
    if None not in (named_summer, summer) and named_summer != summer:
        return f"{name} was not in force on {local.date().isoformat()}."
    return standard + 60 * bool(summer if named_summer is None else named_summer)


def _is_summer(rule: str, standard: int, local: datetime) -> bool | None:
    """Whether summer time held; None in the hour that the end of summer time repeats."""
    if rule == "EU":
        turn = timedelta(hours=1, minutes=standard)
        begin = _sunday(local.year, 4, 1) - timedelta(days=7) + turn
        end = _sunday(local.year, 11, 1) - timedelta(days=7) + turn
    else:
        begin = _sunday(local.year, 3, 8) + timedelta(hours=2)
        end = _sunday(local.year, 11, 1) + timedelta(hours=1)
    if end <= local < end + timedelta(hours=1):
        return None
    return begin <= local < end


def _sunday(year: int, month: int, day: int) -> datetime:
    """The first Sunday on or after a day."""
    first = datetime(year, month, day)
    return first + timedelta(days=6 - first.weekday())
