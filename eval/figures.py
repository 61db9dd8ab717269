"""Counts turned into precision, recall and F1, with bootstrap intervals over articles.

In: for each article, counts of what was predicted, what is gold and what of each is right.
Out: one `Figure` a name. Counts add up, so a corpus is the sum of its articles (micro average).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# Of what was predicted, how much, and how much of it is right; the same of what is gold.
Counts = tuple[float, float, float, float]
ArticleCounts = Mapping[str, Counts]
CONFIDENCE = 0.95


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Precision, recall and F1 from 0 to 1, with the counts below them.

    `low` and `high` bound the 95 % interval of F1, None where none was made.
    """

    precision: float
    recall: float
    f1: float
    predicted: float
    gold: float
    low: float | None = None
    high: float | None = None


class Tally(dict[str, Counts]):
    """Counts by name, added up."""

    def add(self, name: str, *, predicted: tuple[float, float], gold: tuple[float, float]) -> None:
        """Adds (right, all) of the predicted and (found, all) of the gold under a name."""
        old = self.get(name, (0, 0, 0, 0))
        self[name] = (old[0] + predicted[0], old[1] + predicted[1], old[2] + gold[0], old[3] + gold[1])

    def add_set(self, name: str, *, right: float, predicted: float, gold: float) -> None:
        """Adds counts where the right of the predicted and the found of the gold are the same."""
        self.add(name, predicted=(right, predicted), gold=(right, gold))


def summarise(articles: Sequence[ArticleCounts], *, boot: int = 0, seed: int = 0) -> dict[str, Figure]:
    """One figure a name over all articles; `boot` resamples give the intervals.

    >>> summarise([{"e2e": (1, 2, 1, 1)}])["e2e"].precision
    0.5
    """
    names = list(dict.fromkeys(name for article in articles for name in article))
    table = _as_table(articles, names)
    parts = _parts_of(table.sum(axis=0))
    bounds = _interval_of(table, boot, seed) if boot and len(articles) else None
    figures = {}
    for i, name in enumerate(names):
        precision, recall, f1 = (float(part[i]) for part in parts)
        predicted, gold = float(table[:, i, 1].sum()), float(table[:, i, 3].sum())
        low, high = (float(bounds[0][i]), float(bounds[1][i])) if bounds else (None, None)
        figures[name] = Figure(
            precision=precision, recall=recall, f1=f1, predicted=predicted, gold=gold, low=low, high=high
        )
    return figures


def _as_table(articles: Sequence[ArticleCounts], names: Sequence[str]) -> NDArray[np.float64]:
    """Counts as article x name x 4, zero where an article lacks a name."""
    rows = [[article.get(name, (0, 0, 0, 0)) for name in names] for article in articles]
    return np.array(rows, dtype=np.float64).reshape(len(articles), len(names), 4)


def _parts_of(counts: NDArray[np.float64]) -> tuple[NDArray[np.float64], ...]:
    """Precision, recall and F1 of counts whose last axis is the four; 0 where nothing was counted."""
    precision = _ratio(counts[..., 0], counts[..., 1])
    recall = _ratio(counts[..., 2], counts[..., 3])
    return precision, recall, _ratio(2 * precision * recall, precision + recall)


def _ratio(part: NDArray[np.float64], whole: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def _interval_of(
    table: NDArray[np.float64], boot: int, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The 2.5th and 97.5th percentile of F1 over resamples of the articles, with replacement."""
    size = len(table)
    draws = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), size=boot)
    f1 = _parts_of(np.tensordot(draws.astype(np.float64), table, axes=1))[2]
    tail = (1 - CONFIDENCE) / 2
    low, high = np.quantile(f1, [tail, 1 - tail], axis=0)
    return low, high
