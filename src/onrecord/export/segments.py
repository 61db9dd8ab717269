"""A text cut at every bound of every span: statements and block edges go in, flat segments come out.

Statements overlap and nest, and HTML elements may not cross; a flat row of segments, each carrying all the
marks that cover it, shows any of them.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeVar

from onrecord.record import Span, Statement

Value = TypeVar("Value")
Role = Literal["content", "cue", "source", "hop"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One span of one statement; `number` counts the statements of the record from 1."""

    number: int
    role: Role
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of text in which no span begins or ends, and the marks that cover it."""

    start_char: int
    end_char: int
    marks: tuple[Mark, ...]


def list_marks(statements: Sequence[Statement]) -> Iterator[Mark]:
    """Every span of every statement, with its role."""
    for number, statement in enumerate(statements, 1):
        spans: dict[Role, tuple[Span, ...]] = {
            "content": statement.content,
            "cue": statement.cue,
            "source": statement.source,
            "hop": tuple(hop.span for hop in statement.chain),
        }
        for role, found in spans.items():
            yield from (Mark(number=number, role=role, span=span) for span in found)


def split_segments(statements: Sequence[Statement], edges: Iterable[int]) -> list[Segment]:
    """The segments between the first bound and the last, in order and without gaps.

    >>> [(s.start_char, s.end_char) for s in split_segments([], [0, 12, 5])]
    [(0, 5), (5, 12)]
    """
    starts: dict[int, list[Mark]] = defaultdict(list)
    ends: dict[int, set[Mark]] = defaultdict(set)
    for mark in list_marks(statements):
        starts[mark.span.start_char].append(mark)
        ends[mark.span.end_char].add(mark)
    bounds = sorted(set(edges) | starts.keys() | ends.keys())
    segments, active = [], list[Mark]()
    for start_char, end_char in pairwise(bounds):
        active = [mark for mark in active if mark not in ends[start_char]] + starts[start_char]
        segments.append(Segment(start_char=start_char, end_char=end_char, marks=tuple(active)))
    return segments


def find_covered(starts: Sequence[int], spans: Iterable[tuple[Span, Value]]) -> dict[int, Value]:
    """What covers the segment that begins at each of these places; of several, the first given."""
    found: dict[int, Value] = {}
    for span, value in spans:
        for start in starts[bisect_left(starts, span.start_char) : bisect_left(starts, span.end_char)]:
            found.setdefault(start, value)
    return found
