"""The page that rules look at: a text, its paragraphs, their quotations and sentences.

In: a text and the bounds of its paragraphs. Out: what lies at a place, found without reading the
whole text again.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from onrecord.language.quotations import Quotation, pair_quotations
from onrecord.language.sentences import split_sentences
from onrecord.record import Span


class Page:
    """A text with the half-open bounds of its paragraphs, in order."""

    def __init__(self, text: str, paragraphs: Sequence[tuple[int, int]]) -> None:
        self.text = text
        self.paragraphs = paragraphs
        self.quotations = [pair_quotations(text, start, end) for start, end in paragraphs]
        self._sentences: dict[int, list[tuple[int, int]]] = {}

    @cached_property
    def all_quotations(self) -> list[Quotation]:
        """The quotations of every paragraph, in order."""
        return [q for found in self.quotations for q in found]

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [q.start_char for q in self.all_quotations]

    def quotations_in(self, span: Span) -> list[Quotation]:
        """The quotations that share a character with the span."""
        low = max(bisect_right(self._quotation_starts, span.start_char) - 1, 0)
        high = bisect_left(self._quotation_starts, span.end_char)
        return [q for q in self.all_quotations[low:high] if q.end_char > span.start_char]

    def sentence_around(self, start: int, end: int) -> Span:
        """The sentence that holds these bounds; where they cross sentences, all of those."""
        place = bisect_right(self.paragraphs, (start, len(self.text))) - 1
        if place not in self._sentences:
            self._sentences[place] = split_sentences(self.text, *self.paragraphs[place])
        sentences = self._sentences[place]
        low = max(bisect_right(sentences, (start, len(self.text))) - 1, 0)
        high = max(bisect_left(sentences, (end, 0)), low + 1)
        return Span(start_char=sentences[low][0], end_char=sentences[high - 1][1])
