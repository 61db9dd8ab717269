"""What finds a judged statement, entity or stretch of text again in a record that was read anew.

In: a record and what a judgement said of an older one. Out: the same thing in this record, or a `Misfit`
with the reason. Nothing is guessed: where words stand twice, neither is taken.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from onrecord.record.article import capture_id_of
from onrecord.record.entity import Entity
from onrecord.record.judgement import Target
from onrecord.record.person import fold_name
from onrecord.record.record import Record
from onrecord.record.span import Span
from onrecord.record.statement import Statement

# So many characters beside where some words are expected, they are still the same ones: a sentence or two.
NEAR_CHARS = 200
MAX_SHOWN = 60


class Misfit(Exception):  # noqa: N818 - no error: it is caught, and becomes an `Unfit`
    """A judgement finds nothing that it could be of; the message is the reason."""


@dataclass(frozen=True)
class Finder:
    """Finds things again in one record."""

    record: Record

    @cached_property
    def capture_id(self) -> str:
        """The id of the capture that the record was read from."""
        return capture_id_of(self.record.capture)

    @cached_property
    def statements(self) -> dict[str, Statement]:
        """The statements by their ids."""
        return {one.statement_id: one for one in self.record.statements}

    def find_statement(self, target: Target) -> Statement:
        """The statement that was judged: by its id, else its spans, else its words; raises `Misfit`."""
        held = self.statements.get(target.statement_id or "")
        if held is not None and held.article_id == target.article_id:
            return held
        self.check_capture(target)
        same = [one for one in self.record.statements if self._is_same(one, target)]
        if not same:
            raise Misfit(self._explain_gone(target.words))
        if len(same) > 1:
            shown = _show(target.words)
            raise Misfit(f"The article was read anew, and {len(same)} statements of it say {shown}.")
        return same[0]

    def _is_same(self, statement: Statement, target: Target) -> bool:
        """Whether a statement says the words that were judged; in the same text, at the same place."""
        content, text = statement.content, self.record.article.text
        if target.article_id == self.record.article.article_id:
            overlap = all(any(one.overlaps(other) for other in content) for one in target.content)
            return overlap and letters_of(span.of(text) for span in content) == letters_of(target.words)
        return letters_of(span.of(text) for span in content) == letters_of(target.words) != ""

    def check_capture(self, target: Target) -> None:
        """Raises `Misfit` where the target was read from another capture."""
        if target.article_id != self.record.article.article_id and target.capture_id != self.capture_id:
            raise Misfit("It is of another article.")

    def find_entity(self, target: Target, entity_id: str) -> Entity:
        """The entity with this id, else the one that is named where the target says; raises `Misfit`."""
        for entity in self.record.entities:
            if entity.entity_id == entity_id:
                return entity
        self.check_capture(target)
        found = self.find_named(self.move(target.content, target.words), target.words)
        if found is None:
            raise Misfit(f"Nobody whom the article names is {_show(target.words)} now.")
        return found

    def find_named(self, spans: Sequence[Span], words: Sequence[str]) -> Entity | None:
        """The entity that is named by these words, best at this place; None where none or several are."""
        name = fold_name(" ".join(words))
        entities = self.record.entities
        here = [e for e in entities if e.name_span in spans]
        bears = [e for e in entities if name and fold_name(e.name) == name]
        mentioned = [e for e in bears if any(m.span in spans for m in e.mentions)]
        return next((found[0] for found in (here, mentioned, bears) if len(found) == 1), None)

    def move(self, spans: Sequence[Span], words: Sequence[str], *, shift: int = 0) -> tuple[Span, ...]:
        """Where words stand now that stood at these spans; `shift` is how far their statement moved.

        They stay where the text there is the same; else they go to their only occurrence near, or in the
        whole text. Raises `Misfit`.
        """
        if len(spans) != len(words) or not all(word.strip() for word in words):
            raise Misfit("It does not say the words of its spans.")
        return tuple(self._move_one(span, word, shift) for span, word in zip(spans, words, strict=True))

    def _move_one(self, span: Span, word: str, shift: int) -> Span:
        text = self.record.article.text
        expected = max(span.start_char + shift, 0)
        if text.startswith(word, expected):
            return Span(start_char=expected, end_char=expected + len(word))
        starts = list(find_places(text, word))
        near = [start for start in starts if abs(start - expected) <= NEAR_CHARS]
        for found in (near, starts):
            if len(found) == 1:
                return Span(start_char=found[0], end_char=found[0] + len(word))
        stand = f"stand {len(starts)} times in its text" if starts else "stand in its text no more"
        raise Misfit(f"The words {_show((word,))} {stand}.")

    def _explain_gone(self, words: Sequence[str]) -> str:
        text = self.record.article.text
        if words and all(word in text for word in words):
            return f"The article was read anew, and no statement of it says {_show(words)}."
        return f"The article was read anew, and its text has no {_show(words)}."


def find_places(text: str, words: str) -> Iterator[int]:
    """Where words begin in a text, overlapping ones too."""
    return (match.start() for match in re.finditer(f"(?={re.escape(words)})", text))


def shift_between(target: Target, statement: Statement) -> int:
    """By how many characters a statement stands behind where it was judged."""
    if target.article_id == statement.article_id or not target.content or not statement.content:
        return 0
    return statement.content[0].start_char - target.content[0].start_char


def letters_of(words: Iterable[str]) -> str:
    """The letters and digits of some words: readers differ in spaces and in the marks at the ends."""
    return "".join(sign for word in words for sign in word if sign.isalnum())


def _show(words: Sequence[str]) -> str:
    """Words in quotation marks, cut short."""
    whole = " … ".join(" ".join(word.split()) for word in words)
    return f"“{whole if len(whole) <= MAX_SHOWN else whole[:MAX_SHOWN] + '…'}”"
