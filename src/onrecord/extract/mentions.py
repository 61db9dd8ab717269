"""What the heads find in a text: names, times, places, and mentions with their coreference.

In: words and the readings of their windows. Out: `Found`, spans with the model's labels.
"""

from collections.abc import Iterable, Sequence
from typing import cast

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.encoder import Encoder, Reading
from onrecord.encode.labels import MENTION_KINDS, TAG_LAYERS
from onrecord.encode.states import WordStates
from onrecord.encode.words import Ints, Words
from onrecord.extract.coreference import candidate_pairs, link_mentions, mention_features, pair_features
from onrecord.extract.found import (
    Found,
    FoundMention,
    FoundName,
    FoundPlace,
    FoundTime,
    NameKind,
    PlaceSense,
    TimexKind,
)
from onrecord.extract.mention_traits import NAME, PRONOUN, Bools, Traits, read_traits, sentence_openings
from onrecord.extract.tags import NEVER, Segment, decode_layer
from onrecord.record import EntityKind, MentionForm, Span

Floats = NDArray[np.float32]

# A word is taken for a mention's head where "none" is less likely than this.
NO_MENTION = 0.5
KINDS: dict[str, EntityKind] = {"person": "person", "organization": "organisation", "place": "place"}


class Finder:
    """Gathers what the heads say of one text, some windows at a time."""

    def __init__(self, encoder: Encoder, words: Words) -> None:
        self._encoder = encoder
        self._words = words
        self._openings = sentence_openings(words)
        self._sentences: Ints = np.cumsum(self._openings.astype(np.int64))
        self._segments: dict[str, list[Segment]] = {layer: [] for layer in TAG_LAYERS}
        self._word_states = WordStates(words)
        self._rows: list[Ints] = []  # first, last, head, kind of each mention
        self._states: list[Floats] = []
        self._sureness: list[Floats] = []

    def take(self, group: Sequence[Reading]) -> None:
        """Adds some windows, in the order of the text."""
        self._word_states.take(group)
        tagged = [self._encoder.score_tags(reading) for reading in group]
        for layer, segments in self._segments.items():
            scored = [(r, tags[layer]) for r, tags in zip(group, tagged, strict=True)]
            segments.extend(decode_layer(layer, scored))
        for reading, tags in zip(group, tagged, strict=True):
            self._take_mentions(reading, tags["mention"])

    def _take_mentions(self, reading: Reading, scores: Floats) -> None:
        weight = np.exp(scores - scores.max(1, keepdims=True))
        weight /= weight.sum(1, keepdims=True)
        heads = np.flatnonzero(weight[:, 0] < NO_MENTION)
        low, high = (n - reading.window.first for n in (reading.window.core_first, reading.window.core_last))
        heads = heads[(heads >= low) & (heads < high)].astype(np.int64)
        if not len(heads):
            return
        starts, ends = self._encoder.score_edges(reading, heads)
        first, last = self._edges(reading, heads, starts, ends)
        states = reading.states
        self._states.append(np.concatenate([states[heads], states[first], states[last]], axis=1))
        kinds = weight[heads, 1:].argmax(1) + 1
        rows = np.stack([first, last + 1, heads], axis=1) + reading.window.first
        self._rows.append(np.concatenate([rows, kinds[:, None]], axis=1))
        self._sureness.append(1 - weight[heads, 0])

    def _edges(self, reading: Reading, heads: Ints, starts: Floats, ends: Floats) -> tuple[Ints, Ints]:
        """The likeliest first and last word of each mention, within the sentence of its head."""
        sentence = self._sentences[reading.window.first : reading.window.last]
        beyond = sentence[heads][:, None] != sentence[None, :]
        first = np.where(beyond, NEVER, starts).argmax(1)
        last = np.where(beyond, NEVER, ends).argmax(1)
        return first.astype(np.int64), last.astype(np.int64)

    def found(self) -> Found:
        """All that was found."""
        names = self._segments["name"]
        mentions, clusters = self._mentions(names)
        return Found(
            mentions=mentions,
            clusters=clusters,
            names=tuple(
                FoundName(span=self._span(s.first, s.last), kind=cast(NameKind, s.kind), sureness=s.sureness)
                for s in names
            ),
            times=tuple(
                FoundTime(span=self._span(s.first, s.last), kind=cast(TimexKind, s.kind), sureness=s.sureness)
                for s in self._segments["time"]
            ),
            places=tuple(
                FoundPlace(
                    span=self._span(s.first, s.last), sense=cast(PlaceSense, s.kind), sureness=s.sureness
                )
                for s in self._segments["place"]
            ),
            states=self._word_states,
        )

    def _span(self, first: int, last: int) -> Span:
        return Span(
            start_char=int(self._words.start_char[first]), end_char=int(self._words.end_char[last - 1])
        )

    def _mentions(
        self, names: Iterable[Segment]
    ) -> tuple[tuple[FoundMention, ...], tuple[tuple[int, ...], ...]]:
        if not self._rows:
            return (), ()
        rows, states = np.concatenate(self._rows), np.concatenate(self._states)
        sureness = np.concatenate(self._sureness)
        order = np.lexsort((-rows[:, 1], rows[:, 0]))
        rows, states, sureness = rows[order], states[order], sureness[order]
        traits = read_traits(self._words, rows[:, 0], rows[:, 1], rows[:, 2])
        forms = _forms(traits, self._named(names), self._openings)
        mentions = tuple(
            FoundMention(
                span=self._span(first, last),
                head=self._span(head, head + 1),
                kind=KINDS.get(MENTION_KINDS[kind], "other"),
                form=form,
                sureness=round(float(sure), 3),
            )
            for (first, last, head, kind), form, sure in zip(rows.tolist(), forms, sureness, strict=True)
        )
        return mentions, tuple(tuple(c) for c in self._clusters(traits, states, rows[:, 3]))

    def _named(self, names: Iterable[Segment]) -> Bools:
        """Which words stand in a proper name."""
        named = np.zeros(len(self._words), bool)
        for name in names:
            named[name.first : name.last] = True
        return named

    def _clusters(self, traits: Traits, states: Floats, kinds: Ints) -> list[list[int]]:
        later, earlier = candidate_pairs(traits)
        # Mentions of two kinds are seldom one, pronouns aside: without them half the pairs are left, and
        # CoNLL on GUM dev is 0.1 lower (people and organisations 0.2).
        likely = (kinds[later] == kinds[earlier]) | (traits.form[later] == PRONOUN)
        likely |= traits.head_text[later] == traits.head_text[earlier]
        later, earlier = later[likely], earlier[likely]
        if not len(later):
            return [[k] for k in range(len(traits))]
        pairs = (later, earlier, pair_features(traits, later, earlier))
        scores = self._encoder.score_antecedents(states, mention_features(traits), pairs)
        return link_mentions(scores, later, earlier, len(traits))


def _forms(traits: Traits, named: Bools, openings: Bools) -> list[MentionForm]:
    """The form of each mention: a head in a name makes a name, also a capital that opens no sentence."""
    head = traits.head
    is_name = named[head] | ((traits.form == NAME) & ~openings[head])
    return [
        "pronoun" if form == PRONOUN else "name" if name else "nominal"
        for form, name in zip(traits.form.tolist(), is_name.tolist(), strict=True)
    ]
