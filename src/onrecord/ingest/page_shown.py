"""The moments that a page shows: its marked elements and the lines near its title in, and out which of them
is given as publication and which as an update; and how the page's own dates are to be read.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from onrecord.errors import DateInputError
from onrecord.ingest.dates import (
    MomentHints,
    ParsedMoment,
    RefusedMoment,
    StatedMoment,
    examine_moment,
    find_moments,
)
from onrecord.ingest.moments import read_anchor
from onrecord.ingest.page_marks import Found, Marks, is_other_part, read_words
from onrecord.ingest.page_near import Line, sort_by_nearness

# What a site calls the line above or before a date that is not of publication.
_UPDATED_NAME = re.compile(r"updat|modif|revis|review", re.IGNORECASE)
_UPDATED_WORD = re.compile(
    r"updated|modified|reviewed|aktualisiert|geändert|actualizado|mis à jour|modifié|aggiornat"
    r"|atualizad|bijgewerkt|oppdatert|uppdaterad|opdateret|päivitetty|güncelle|обновлено|更新",
    re.IGNORECASE,
)
_DIGIT = re.compile(r"\d")
MAX_LINE, MAX_LABEL = 160, 40
# A line with more words than this beside its date is a sentence about something else.
MAX_WORDS_BESIDE = 14
MAX_SHOWN = 25
# Languages whose speakers all write the day before the month; English is told by its country.
_DAY_FIRST = frozenset(
    (
        "de", "fr", "es", "it", "nl", "pt", "pl", "ru", "uk", "cs", "sk", "da", "nb", "nn", "no", "sv", "fi",
        "tr", "el", "ro", "bg", "hr", "sr", "sl", "et", "lv", "is", "ca", "gl", "id", "vi",
    )
)  # fmt: skip
_DAY_FIRST_COUNTRIES = frozenset(
    ("gb", "uk", "au", "nz", "ie", "in", "za", "ng", "ke", "gh", "sg", "my", "mt")
)

Shown = tuple[Found[ParsedMoment] | None, Found[ParsedMoment] | None]


def make_hints(language: str | None, url: str | None, retrieved_at: str | None) -> MomentHints:
    """How the page's dates are to be read, by its language tag, its address and when it was captured."""
    try:
        anchor = read_anchor(retrieved_at)
    except DateInputError:
        anchor = None
    code, _, region = (language or "").replace("_", "-").lower().partition("-")
    region = region.split("-")[-1]
    domain = re.search(r"^https?://[^/:]*\.([a-z]{2})(?=[/:]|$)", url or "")
    country = region if len(region) == 2 else domain[1] if domain else ""
    is_day_first = code in _DAY_FIRST or country in _DAY_FIRST_COUNTRIES
    day_first = False if country == "us" else is_day_first or None
    return MomentHints(
        anchor=anchor,
        day_first=day_first,
        country=country.upper().replace("UK", "GB") or None,
        language=code or None,
    )


def examine(raw: str, hints: MomentHints) -> ParsedMoment | RefusedMoment | None:
    """The moment that words of the markup state, or why it is refused; None for other words.

    The order of day and month is not taken from the page's language: programs write the markup.
    """
    return examine_moment(raw[:MAX_LINE], hints=replace(hints, day_first=None))


def read_shown_moments(marks: Marks, lines: list[Line], title: Any, hints: MomentHints) -> Shown:
    """The first moment near the title given as publication or without a name, and the first of an update."""
    own = set(title.iterancestors()) if title is not None else set()
    marked = sort_by_nearness([*marks.times, *marks.dates], marks.order, title)[: 2 * MAX_SHOWN]
    candidates = [(line.element, "line near title") for line in lines]
    candidates += [
        (e, "time" if e.tag == "time" else "date line") for e in marked if not is_other_part(e, own)
    ]
    published = updated = None
    for element, place in candidates[: 2 * MAX_SHOWN]:
        for kind, found in _read_element(element, place, hints):
            if kind == "updated":
                updated = updated or found
            elif published is None:
                published = found
        if published is not None:
            break
    return published, updated


def find_shown_refusal(lines: list[Line], hints: MomentHints) -> str:
    """Why the first line near the title that is a date and no more cannot be read; "" where there is none."""
    for line in lines:
        found = examine_moment(line.words, hints=hints)
        if isinstance(found, RefusedMoment):
            return f"The page shows {line.words[:80]!r} (line near title): {found.reason}"
    return ""


def _read_element(element: Any, place: str, hints: MomentHints) -> Iterator[tuple[str, Found[ParsedMoment]]]:
    """The moments that a short line shows, each with what the line says it is."""
    words = read_words(element, most=MAX_LINE)
    if len(words) > MAX_LINE:
        return
    shown = [m for m in find_moments(words, hints=hints) if _is_day(m)] if _DIGIT.search(words) else []
    in_moments = sum(len(words[m.start_char : m.end_char].split()) for m in shown)
    if len(words.split()) - in_moments > MAX_WORDS_BESIDE:
        return
    is_update = _is_update(element)
    stamped = _read_stamps(element, hints) if len(shown) <= 1 else []
    if len(stamped) == 1:
        time, moment = stamped[0]
        kind = shown[0].kind if shown else "updated" if _is_update(time) else "unsaid"
        found = Found(value=moment, raw=time.get("datetime"), place="time datetime", element=time)
        yield _kind_of(kind, is_update), found
        return
    for stated in shown:
        if isinstance(stated.moment, ParsedMoment):
            found = Found(value=stated.moment, raw=words, place=place, element=element)
            yield _kind_of(stated.kind, is_update), found


def _kind_of(kind: str, is_update: bool) -> str:
    return "updated" if kind == "unsaid" and is_update else kind


def _read_stamps(element: Any, hints: MomentHints) -> list[tuple[Any, ParsedMoment]]:
    """The time elements in an element, or itself, with the day or moment of their datetime attribute."""
    times = [element] if element.tag == "time" else element.iter("time")
    read = [(time, examine(time.get("datetime") or "", hints)) for time in times]
    return [(t, m) for t, m in read if isinstance(m, ParsedMoment) and m.precision not in ("year", "month")]


def _is_day(stated: StatedMoment) -> bool:
    return isinstance(stated.moment, ParsedMoment) and len(stated.moment.value) >= len("2024-03-20")


def _is_update(element: Any) -> bool:
    """Whether the element's own name, or the short words before it, say that its moment is an update's."""
    if _UPDATED_NAME.search(f"{element.get('class') or ''} {element.get('itemprop') or ''}"):
        return True
    before, parent = element.getprevious(), element.getparent()
    if before is not None:
        words = read_words(before, most=MAX_LABEL)
    else:
        words = (parent.text or "") if parent is not None else ""
    return len(words) <= MAX_LABEL and _UPDATED_WORD.search(words) is not None
