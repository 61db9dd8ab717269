"""Where an article comes from, by its outlet and by its words: both tell which places it is likely to mean.

In: a host or name of an outlet, or a text. Out: a country, a town, or how much of each country's words
there is.
"""

import re
from collections import Counter
from functools import cache

from onrecord.language.tables import read_rows
from onrecord.record import Span

# Endings of countries under which anybody anywhere registers.
SOLD_DOMAINS = frozenset({"AI", "CC", "CO", "FM", "IO", "LY", "ME", "TV", "WS", "EU", "TO", "GG", "SH"})
SHORTEST_TOWN = 4


def country_of_host(host: str | None) -> str | None:
    """The country that the last part of a host's name tells, ISO 3166-1.

    >>> country_of_host("www.beltowncourier.co.uk"), country_of_host("beltowncourier.com")
    ('GB', None)
    """
    last = (host or "").strip(".").rpartition(".")[2].upper()
    if not re.fullmatch("[A-Z]{2}", last) or last in SOLD_DOMAINS or "." not in (host or ""):
        return None
    return "GB" if last == "UK" else last


@cache
def _outlet_words() -> tuple[str, ...]:
    return tuple(sorted((row[0] for row in read_rows("outlet_words.tsv")), key=len, reverse=True))


def town_of_outlet(outlet: str | None) -> str:
    """What is left of an outlet's name or host without the words that outlets bear; empty where nothing is.

    >>> town_of_outlet("www.beltowncourier.com"), town_of_outlet("The Port Harlow Evening News")
    ('beltown', 'Port Harlow')
    """
    name = (outlet or "").strip()
    if "." in name and " " not in name:
        parts = [p for p in name.split(".") if p.lower() != "www"]
        return _strip_label(parts[0].replace("-", " ")) if parts else ""
    words = name.split()
    known = set(_outlet_words())
    kept = [word for word in words if word.lower() not in known]
    return " ".join(kept) if len(kept) < len(words) else ""


def _strip_label(label: str) -> str:
    """A part of a host without outlets' words at its ends; empty where there were none."""
    left, changed = label.lower(), False
    while word := next((w for w in _outlet_words() if left.endswith(w) and len(left) > len(w)), ""):
        left, changed = left.removesuffix(word).strip(), True
    for word in ("the", "daily"):
        left = left.removeprefix(word)
    return left.strip() if changed and len(left) >= SHORTEST_TOWN else ""


DATELINE_TOWN = re.compile(
    r"\s*([A-ZÀ-Þ][\w.’'-]*(?: (?:of |de |el |al-)?[A-ZÀ-Þ][\w.’'-]*){0,4})(?=\s*(?:[,(/—–:-]|$))"
)


def town_of_dateline(text: str, dateline: Span | None) -> str:
    """The name that a dateline opens with; empty where it opens with none."""
    match = DATELINE_TOWN.match(dateline.of(text)) if dateline is not None else None
    return match[1] if match else ""


@cache
def _country_words() -> tuple[re.Pattern[str], dict[str, str]]:
    words = {row[0]: row[1] for row in read_rows("country_words.tsv")}
    longest = sorted(words, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?:(?<!\w)|(?!\w))"), words


def country_style(text: str) -> dict[str, float]:
    """How much the words are those of each country's news: the share of different words that are its own.

    One in the sum is nobody's, so that a single word tells little.
    """
    pattern, words = _country_words()
    counts = Counter(words[word] for word in set(pattern.findall(text)))
    return {country: count / (counts.total() + 1) for country, count in counts.items()}
