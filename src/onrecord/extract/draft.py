"""A statement in the making: spans of each role, and the names of the repairs made to them."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from onrecord.encode.words import Words
from onrecord.extract.attribution import Attribution
from onrecord.record import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Spans of one attribution, in order; `rules` are the repairs made so far.

    `sureness` is the model's by role, `span_sureness` by span of the content as the model gave it.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    sureness: dict[str, float]
    span_sureness: dict[Span, float] = field(default_factory=dict)
    rules: tuple[str, ...] = ()

    def repaired(self, rule: str, content: tuple[Span, ...]) -> "Draft":
        """This draft with another content, the rule noted; itself where nothing changed."""
        if content == self.content:
            return self
        rules = self.rules if rule in self.rules else (*self.rules, rule)
        return replace(self, content=content, rules=rules)


def draft_of(attribution: Attribution, words: Words) -> Draft:
    """The draft that an attribution's words make: a span a run of adjacent words."""
    content = runs_of(attribution.content, words)
    sure = dict(zip(attribution.content, attribution.content_sureness, strict=True))
    return Draft(
        content=tuple(_span(run, words) for run in content),
        cue=tuple(_span(run, words) for run in runs_of(attribution.cue, words)),
        source=tuple(_span(run, words) for run in runs_of(attribution.source, words)),
        sureness=attribution.sureness,
        span_sureness={
            _span(run, words): sum(sure[k] for k in range(*run)) / (run[1] - run[0]) for run in content
        },
    )


def runs_of(numbers: Sequence[int], words: Words) -> list[tuple[int, int]]:
    """Runs of adjacent words as half-open bounds; a run ends with its paragraph."""
    runs: list[tuple[int, int]] = []
    for k in numbers:
        if runs and runs[-1][1] == k and not words.line_break[k]:
            runs[-1] = (runs[-1][0], k + 1)
        else:
            runs.append((k, k + 1))
    return runs


def _span(run: tuple[int, int], words: Words) -> Span:
    return Span(start_char=int(words.start_char[run[0]]), end_char=int(words.end_char[run[1] - 1]))
