"""A statement in the making: spans of each role, and the names of the repairs made to them."""

from dataclasses import dataclass, replace

from onrecord.encode.words import Words
from onrecord.extract.attribution import Attribution
from onrecord.record import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Spans of one attribution, in order; `rules` are the repairs made so far."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    sureness: dict[str, float]
    rules: tuple[str, ...] = ()

    def repaired(self, rule: str, content: tuple[Span, ...]) -> "Draft":
        """This draft with another content, the rule noted; itself where nothing changed."""
        if content == self.content:
            return self
        rules = self.rules if rule in self.rules else (*self.rules, rule)
        return replace(self, content=content, rules=rules)


def draft_of(attribution: Attribution, words: Words) -> Draft:
    """The draft that an attribution's words make: a span a run of adjacent words."""
    return Draft(
        content=_spans(attribution.content, words),
        cue=_spans(attribution.cue, words),
        source=_spans(attribution.source, words),
        sureness=attribution.sureness,
    )


def _spans(numbers: tuple[int, ...], words: Words) -> tuple[Span, ...]:
    """Runs of adjacent words as spans; a run ends with its paragraph."""
    runs: list[list[int]] = []
    for k in numbers:
        if runs and runs[-1][1] == k - 1 and not words.line_break[k]:
            runs[-1][1] = k
        else:
            runs.append([k, k])
    return tuple(
        Span(start_char=int(words.start_char[first]), end_char=int(words.end_char[last]))
        for first, last in runs
    )
