"""The stretches of a text that some spans cover, to ask of many places whether they lie there.

In: spans in any order, nested or overlapping. Out: for a span, whether it shares a character with any.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from onrecord.record import Span


class Placed(Protocol):
    """Something with a place in the text."""

    @property
    def span(self) -> Span:
        """Where it stands."""
        ...


PlacedT = TypeVar("PlacedT", bound=Placed)


class Covered:
    """Disjoint stretches, made of spans; more can be added."""

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for span in sorted(spans):
            self.add(span)

    def add(self, span: Span) -> None:
        """Cover this span too, one with what it touches."""
        low = bisect_left(self._ends, span.start_char)
        high = bisect_right(self._starts, span.end_char)
        starts, ends = self._starts[low:high], self._ends[low:high]
        self._starts[low:high] = [min([span.start_char, *starts[:1]])]
        self._ends[low:high] = [max([span.end_char, *ends[-1:]])]

    def touches(self, span: Span) -> bool:
        """Whether a character of the span is covered."""
        at = bisect_right(self._ends, span.start_char)
        return at < len(self._starts) and self._starts[at] < span.end_char


def those_within(placed: Sequence[PlacedT], bounds: Span) -> Sequence[PlacedT]:
    """Those that share a character with the bounds, of some in the order of the text, none overlapping."""
    low = bisect_right(placed, bounds.start_char, key=lambda p: p.span.end_char)
    high = bisect_left(placed, bounds.end_char, key=lambda p: p.span.start_char)
    return placed[low:high]
