"""Whole pages: onrecord and its peers read every page of a set, one table says how well and how fast.

In: gold pages and readers by name. Out: figures by system, and tables, a system a row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from eval.page_corpus import GoldPage
from eval.page_figures import PageFigure, PageReading, Read, count_page, milliseconds_of, sum_pages
from eval.report import show_grid

TABLES = {
    "text": {
        "text": "text F1",
        "text_precision": "precision",
        "text_recall": "recall",
        "shingles": "4-gram F1",
        "with": "snippets in",
        "without": "snippets out",
    },
    "structure": {
        "headings": "headings F1",
        "captions_found": "captions found",
        "captions_leaking": "captions leaking",
    },
    "header": {
        "title": "title exact",
        "title_alike": "quotes, dashes alike",
        "authors": "authors, named",
        "authors_all": "authors, all",
        "authors_invented": "authors invented",
        "day": "day",
        "moment": "moment",
    },
    "proof": {"located": "words located"},
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemScore:
    """The figures of a system over a set, the milliseconds of the middle and the slow page, failures."""

    figures: Mapping[str, PageFigure]
    median_ms: float | None
    p95_ms: float | None
    failures: Sequence[str]


def score_pages(
    pages: Sequence[GoldPage], systems: Mapping[str, Read], *, boot: int
) -> dict[str, SystemScore]:
    """Each system's score; they take turns page by page, so that a slow moment of the machine hits all."""
    readings: dict[str, list[PageReading]] = {name: [] for name in systems}
    for read in systems.values():
        for page in pages[:1]:
            read(page)  # loads what it needs: no page's time
    for page in pages:
        for name, read in systems.items():
            readings[name].append(read(page))
    return {name: _score_system(pages, found, boot) for name, found in readings.items()}


def _score_system(pages: Sequence[GoldPage], readings: Sequence[PageReading], boot: int) -> SystemScore:
    counts = [count_page(gold, reading) for gold, reading in zip(pages, readings, strict=True)]
    pairs = zip(pages, readings, strict=True)
    return SystemScore(
        figures=sum_pages(counts, boot=boot),
        median_ms=milliseconds_of(readings, 0.5),
        p95_ms=milliseconds_of(readings, 0.95),
        failures=[f"{page.page_id}: {reading.failure}" for page, reading in pairs if reading.failure],
    )


def show_scores(scores: Mapping[str, SystemScore]) -> str:
    """The tables of a set below each other; a column that no system can fill is left out."""
    tables = [_show_table(scores, title, columns) for title, columns in TABLES.items()]
    return "\n\n".join([*filter(None, tables), _show_speed(scores)])


def _show_table(scores: Mapping[str, SystemScore], title: str, columns: Mapping[str, str]) -> str:
    told = [name for name in columns if any(name in score.figures for score in scores.values())]
    if not told:
        return ""
    lines = [
        [system, *(_show(score.figures.get(n)) for n in told)]
        for system, score in scores.items()
        if any(n in score.figures for n in told)
    ]
    return show_grid([title, *(columns[name] for name in told)], lines)


def _show(figure: PageFigure | None, *, times: float = 100) -> str:
    if figure is None:
        return "–"
    value = f"{times * figure.value:.1f}"
    if figure.low is None or figure.high is None:
        return value
    return f"{value} [{times * figure.low:.1f}, {times * figure.high:.1f}]"


def _show_speed(scores: Mapping[str, SystemScore]) -> str:
    lines = [
        [
            system,
            _show(score.figures.get("pages_a_second"), times=1),
            *(f"{ms:.0f}" if ms is not None else "–" for ms in (score.median_ms, score.p95_ms)),
            str(len(score.failures)),
        ]
        for system, score in scores.items()
    ]
    return show_grid(["speed", "pages a second and core", "median ms", "95 % within ms", "not read"], lines)


def as_plain(scores: Mapping[str, SystemScore]) -> dict[str, Any]:
    """The scores as plain values."""
    return {system: asdict(score) for system, score in scores.items()}
