"""The running speaker: who says what no source of its own attributes.

In: a statement without a source and those before it. Out: the statement whose speaker goes on, or the
mention of the one who is named just before the quotation, with the rule; or why nobody can be told.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from onrecord.extract.cast import Cast, Member
from onrecord.extract.page import Page
from onrecord.record import Mention, Span, Statement

# A participle shares its subject with the verb before it: "said so, adding that".
PARTICIPLE = re.compile(r"(?:\w+ly\s+)?\w+ing\b", re.IGNORECASE)
PASSIVE = re.compile(r"(?:is|are|was|were|been|being)\s+(?:\w+ly\s+)?\w+(?:ed|en|id)\b", re.IGNORECASE)
NO_SOURCE = "The text names no source with this cue."
JOINED_VERB = re.compile(r"(?:and|but|or|then|also)\s+$")


class Running:
    """The statements of a page in the order in which they begin."""

    def __init__(self, statements: Sequence[Statement], page: Page) -> None:
        self.page = page
        self.statements = statements
        self.begins = [min(s.start_char for s in (*st.content, *st.cue, *st.source)) for st in statements]
        self.ends = [max(s.end_char for s in (*st.content, *st.cue, *st.source)) for st in statements]
        self.paragraph_starts = [low for low, _ in page.paragraphs]

    def paragraph_of(self, place: int) -> int:
        """The number of the paragraph that holds a place."""
        return bisect_right(self.paragraph_starts, place) - 1

    def find(self, number: int, cast: Cast) -> tuple[str, int | tuple[Mention, Member]] | str:
        """The rule and the statement or the mention that gives the speaker; a sentence why none does.

        same_subject: a participle or a joined verb in the sentence of a statement before it.
        lead_in: the one that the sentence before the quotation begins with.
        running_speaker: the last speaker, in this paragraph or the one before, where nobody else is named;
        for quotations without a cue alone. With one ("asked", "chants of") somebody else said it, all of
        seven times in 140 articles of PolNeAR train.
        """
        previous = self._previous(number)
        if previous is not None and self._shares_subject(number, previous):
            return "same_subject", previous
        if self.statements[number].form == "indirect":
            return NO_SOURCE
        if self._is_passive(number):
            return "What is said here is said in the passive, and the text names nobody who says it."
        led = self._lead_in(number, previous, cast)
        if led is not None:
            return "lead_in", led
        if self.statements[number].cue:
            return NO_SOURCE
        hindrance = self._hindrance(number, previous, cast)
        return hindrance if hindrance or previous is None else ("running_speaker", previous)

    def _is_passive(self, number: int) -> bool:
        """Whether the cue tells what was said of a thing, not who said it: "was described as"."""
        cue = self.statements[number].cue
        return bool(cue) and PASSIVE.match(cue[0].of(self.page.text)) is not None

    def _hindrance(self, number: int, previous: int | None, cast: Cast) -> str:
        """Why the last speaker does not go on; "" where nothing stands against it."""
        if previous is None:
            return "No source stands with this quotation, and no statement before it."
        if self.paragraph_of(self.begins[number]) - self.paragraph_of(self.ends[previous] - 1) > 1:
            return "No source stands with this quotation, nor with one in the paragraph before it."
        other = self._named_between(previous, number, cast)
        if other is not None:
            return f"Between this quotation, which has no source, and the last speaker “{other}” is named."
        return ""

    def _previous(self, number: int) -> int | None:
        """The last statement that begins before this one and neither holds it nor lies in it."""
        own = self.statements[number]
        for k in range(number - 1, -1, -1):
            other = self.statements[k]
            if self.begins[k] < self.begins[number] and not _holds(other, own) and not _holds(own, other):
                return k
        return None

    def _shares_subject(self, number: int, previous: int) -> bool:
        cue = self.statements[number].cue
        if not cue or not self.statements[previous].cue:
            return False
        sentence = self.page.sentence_around(cue[0].start_char, cue[-1].end_char)
        if not sentence.overlaps(self.statements[previous].cue[0]):
            return False
        before = self.page.text[sentence.start_char : cue[0].start_char]
        words = cue[0].of(self.page.text)
        return PARTICIPLE.match(words) is not None or JOINED_VERB.search(before) is not None

    def _lead_in(self, number: int, previous: int | None, cast: Cast) -> tuple[Mention, Member] | None:
        """Who the sentence right before the quotation begins with: "Orr shook his head. “No.”"."""
        start = self.statements[number].content[0].start_char
        paragraph = self.page.paragraphs[max(self.paragraph_of(start), 0)]
        before = self.page.text[paragraph[0] : start].rstrip()
        if not before or (previous is not None and self.ends[previous] > paragraph[0]):
            return None
        end = paragraph[0] + len(before)
        sentence = self.page.sentence_around(end - 1, end)
        first = next(
            iter(cast.around(Span(start_char=sentence.start_char, end_char=sentence.start_char + 1))), None
        )
        if first is None or first[0].span.end_char > start or first[1].entity.kind not in ("person", "group"):
            return None
        return first

    def _named_between(self, previous: int, number: int, cast: Cast) -> str | None:
        """A person named behind the last statement and before this one who is not its speaker."""
        low, high = self.ends[previous], self.begins[number]
        if high <= low:
            return None
        speakers = {
            id(member) for span in self.statements[previous].source for _, member in cast.around(span)
        }
        for mention, member in cast.around(Span(start_char=low, end_char=high)):
            named = member.entity.kind == "person" and mention.form == "name"
            if named and mention.span.start_char >= low and id(member) not in speakers:
                return mention.text
        return None


def _holds(other: Statement, own: Statement) -> bool:
    """Whether the content of a statement holds another's cue, or where it has none its content."""
    inner = (own.cue or own.content)[0]
    return any(s.start_char <= inner.start_char and inner.end_char <= s.end_char for s in other.content)
