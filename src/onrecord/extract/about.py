"""About: which entities, times and places stand inside what each statement says.

In: statements and the entities, times and places of their article. Out: the statements with their ids.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.record import About, Entity, PlaceValue, Span, Statement, TimeValue


def add_about(
    statements: Sequence[Statement],
    entities: Sequence[Entity],
    times: Sequence[TimeValue],
    places: Sequence[PlaceValue],
) -> tuple[Statement, ...]:
    """The statements with the ids of all that is mentioned in their content, in the order of the text."""
    of_entities = _Index((m.span, e.entity_id) for e in entities for m in e.mentions)
    of_times = _Index((t.span, t.time_id) for t in times)
    of_places = _Index((p.span, p.place_id) for p in places)
    return tuple(
        replace(
            s,
            about=About(
                entity_ids=of_entities.inside(s.content),
                time_ids=of_times.inside(s.content),
                place_ids=of_places.inside(s.content),
            ),
        )
        for s in statements
    )


class _Index:
    """Ids by the place of what they name."""

    def __init__(self, placed: Iterable[tuple[Span, str]]) -> None:
        self.placed = sorted(placed, key=lambda pair: (pair[0].start_char, -pair[0].end_char, pair[1]))
        self.starts = [span.start_char for span, _ in self.placed]

    def inside(self, spans: Iterable[Span]) -> tuple[str, ...]:
        """The ids of what lies in these spans, each once."""
        found: dict[str, None] = {}
        for span in spans:
            low, high = bisect_left(self.starts, span.start_char), bisect_left(self.starts, span.end_char)
            found.update(
                (name, None) for other, name in self.placed[low:high] if other.end_char <= span.end_char
            )
        return tuple(found)
