"""The article of a record as a page of the room shows it: the export's own marks, with links of the room.

A record as judged in; its text, and links to statements, people and places of the text out.
"""

import dataclasses
from bisect import bisect_right
from urllib.parse import quote

from onrecord.export.html_article import ArticleWriter
from onrecord.export.html_index import linked_spans
from onrecord.export.segments import Mark, Segment
from onrecord.record import Judged, Record, Span, Statement

SHORT_DIGITS = 10  # of a statement's id, in links: 500 whole ones weigh 10 kB more, packed
SHORTEST = 4
STATEMENT = "statement-"


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The record with the statement that is looked at, which has `number` there.

    One that was rejected stands in it behind all others.
    """

    record: Record
    number: int | None = None
    is_rejected: bool = False

    @property
    def statement(self) -> Statement | None:
        """The statement that is looked at."""
        return self.record.statements[self.number - 1] if self.number else None


def choose(judged: Judged, wanted: str) -> Choice:
    """The statement with this id, or whose id alone begins so; none where the article has no such."""
    record = judged.record
    own = [s.statement_id for s in record.statements]
    rejected = [s.statement_id for s in judged.rejected]
    found = _find([*own, *rejected], wanted)
    if found is None:
        return Choice(record=record)
    if found < len(own):
        return Choice(record=record, number=found + 1)
    more = (*record.statements, judged.rejected[found - len(own)])
    return Choice(record=dataclasses.replace(record, statements=more), number=len(more), is_rejected=True)


def _find(known: list[str], wanted: str) -> int | None:
    if wanted in known:
        return known.index(wanted)
    digits = wanted.removeprefix(STATEMENT)
    fits = [n for n, one in enumerate(known) if one.removeprefix(STATEMENT).startswith(digits)]
    return fits[0] if len(digits) >= SHORTEST and len(fits) == 1 else None


class RoomWriter(ArticleWriter):
    """Writes the article for the room. Every stretch of text tells where it begins (static/article.js)."""

    def __init__(self, judged: Judged, choice: Choice) -> None:
        self.judged = judged
        self.choice = choice
        self.persons = dict(judged.person_ids)
        super().__init__(choice.record)
        self.shorts = _shorten([s.statement_id for s in choice.record.statements])
        self._piece_starts = [start for _, start, _ in self.pieces]

    def list_linked(self) -> set[Span]:
        """Also every span of a statement: the panel leads to each."""
        found = set(linked_spans(self.record))
        for statement in self.record.statements:
            found |= {*statement.content, *statement.cue, *statement.source}
        return found

    def write_place(self, segment: Segment) -> str:
        """Where the segment begins; and its id, where something leads here."""
        return f'{super().write_place(segment)} data-at="{segment.start_char}"'

    def write_classes(self, segment: Segment, content: list[Mark]) -> str:
        """The statement that is looked at is lit up, with and without a script."""
        names = super().write_classes(segment, content)
        return f"{names} on" if any(m.number == self.choice.number for m in segment.marks) else names

    def write_tip(self, numbers: list[int]) -> str:
        """Nothing: the panel has it."""
        return ""

    def href_of(self, number: int) -> str:
        """The page with this statement beside the text."""
        if number == self.choice.number:
            return "#statement"
        return f"?statement={self.shorts[number - 1]}#q{number}"

    def label_of(self, number: int) -> str:
        """A rejected statement is no longer counted among the others."""
        if self.choice.is_rejected and number == self.choice.number:
            return "×"
        return super().label_of(number)

    def link_place(self, span: Span, inside: str) -> str:
        """A link to where the span stands; the panel is written without the article, so this is reckoned."""
        at = bisect_right(self._piece_starts, span.start_char) - 1
        stands = span.start_char in self.linked and at >= 0 and span.start_char < self.pieces[at][2]
        return f'<a href="#c{span.start_char}">{inside}</a>' if stands else inside

    def link_bounds(self, span: Span) -> str:
        """Bounds that lead to where they are."""
        return self.link_place(span, super().link_bounds(span))

    def link_row(self, own_id: str | None, inside: str) -> str:
        """A person leads to all that they said, a time or place to its row."""
        if own_id in self.persons:
            return f'<a href="{self.href_of_person(own_id)}">{inside}</a>'
        return super().link_row(own_id, inside)

    def link_person(self, entity_id: str) -> str:
        """A link to all that a speaker said; nobody else has a page worth reading."""
        if entity_id not in self.voices or entity_id not in self.persons:
            return ""
        return f' <a class="all" href="{self.href_of_person(entity_id)}">all they said</a>'

    def href_of_person(self, entity_id: str) -> str:
        """The page of the person that an entity is."""
        return f"/people/{quote(self.persons[entity_id], safe='')}"


def _shorten(statement_ids: list[str]) -> list[str]:
    """The ids as links give them: their first digits, where these tell all of them apart."""
    shorts = [one.removeprefix(STATEMENT)[:SHORT_DIGITS] for one in statement_ids]
    if len(set(shorts)) < len(shorts) or any(len(one) < SHORTEST for one in shorts):
        shorts = statement_ids
    return [quote(one, safe="", errors="replace") for one in shorts]
