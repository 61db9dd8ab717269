"""Figures as tables to read and as JSON: percentages with one decimal, intervals in brackets.

In: figures by name. Out: text. The tables are Markdown that also reads well as it is.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from eval.figures import Figure
from eval.spans import FORMS

Figures = Mapping[str, Figure]
ARTICLE_ROWS = {
    "tok_source": "source tokens",
    "tok_cue": "cue tokens",
    "tok_content": "content tokens",
    "exact_source": "source exact",
    "exact_cue": "cue exact",
    "exact_content": "content exact",
    "exact_all": "all three exact",
    "cit_exact_source": "source exact (Citron)",
    "cit_exact_cue": "cue exact (Citron)",
    "cit_exact_content": "content exact (Citron)",
    "cit_exact_all": "all three exact (Citron)",
    "attr_ov": "attribution found, any overlap",
    "attr_50": "attribution found, half of it",
    "e2e": "end to end",
    "e2e_50": "end to end, half of it",
}
SENTENCE_ROWS = {
    f"{how}_{role}": f"{role} {how}"
    for how in ("exact", "begin", "jaccard")
    for role in ("source", "cue", "content")
}
FORM_ROWS = tuple(n for n in ARTICLE_ROWS if not n.startswith("cit_"))


def show_table(figures: Figures, rows: Mapping[str, str]) -> str:
    """Precision, recall and F1 a row, with the interval of F1 where there is one."""
    lines = [
        [label, name, *(_percent(x) for x in (f.precision, f.recall, f.f1)), _interval(f)]
        for name, label in rows.items()
        if (f := figures.get(name))
    ]
    return show_grid(["what", "name", "P", "R", "F1", "95 %"], lines)


def show_forms(figures: Figures) -> str:
    """Precision, recall and F1 of each form of attribution."""
    lines = []
    for name in FORM_ROWS:
        for form in FORMS:
            figure = figures.get(f"{name}.{form}")
            if figure:
                counts = [f"{figure.gold:.0f}", f"{figure.predicted:.0f}"]
                parts = [_percent(x) for x in (figure.precision, figure.recall, figure.f1)]
                lines.append([ARTICLE_ROWS[name], form, *counts, *parts, _interval(figure)])
    return show_grid(["what", "form", "gold", "predicted", "P", "R", "F1", "95 %"], lines)


def show_beside(systems: Mapping[str, Figures], rows: Mapping[str, str]) -> str:
    """F1 of several systems beside each other, each with its interval."""
    lines = [
        [label, *(_with_interval(figures.get(name)) for figures in systems.values())]
        for name, label in rows.items()
    ]
    return show_grid(["F1", *systems], lines)


def show_choices(rows: Sequence[tuple[str, Mapping[str, float]]]) -> str:
    """F1 of the same figures under several choices, a choice a row."""
    names = list(rows[0][1])
    # A repair moves little: two decimals.
    lines = [[choice, *(f"{100 * figures[name]:.2f}" for name in names)] for choice, figures in rows]
    return show_grid(["choice", *(ARTICLE_ROWS[name] for name in names)], lines)


def as_json(figures: Figures) -> dict[str, Any]:
    """The figures as plain values."""
    return {name: asdict(figure) for name, figure in figures.items()}


def _percent(value: float) -> str:
    return f"{100 * value:.1f}"


def _interval(figure: Figure) -> str:
    if figure.low is None or figure.high is None:
        return ""
    return f"[{_percent(figure.low)}, {_percent(figure.high)}]"


def _with_interval(figure: Figure | None) -> str:
    return f"{_percent(figure.f1)} {_interval(figure)}".strip() if figure else ""


def show_grid(head: Sequence[str], lines: Sequence[Sequence[str]]) -> str:
    """A Markdown table with columns of one width; the first column lies left, the others right."""
    widths = [max(map(len, column)) for column in zip(head, *lines, strict=True)]
    rule = ["-" * widths[0], *("-" * (w - 1) + ":" for w in widths[1:])]
    shown = [head, rule, *lines]
    return "\n".join(_line(cells, widths) for cells in shown)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = (
        f"{c:{'<' if i == 0 else '>'}{w}}" for i, (c, w) in enumerate(zip(cells, widths, strict=True))
    )
    return f"| {' | '.join([first, *others])} |"
