"""Coreference: which mentions of an article mean the same thing.

In: the traits of its mentions, and a score for each pair of them from the encoder's head. Out:
clusters of mentions. The method is that of word-level coreference (Dobrovolskii 2021,
arXiv:2109.04127): mentions stand for their head words, each picks its best antecedent or none.
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from onrecord.encode.words import Ints
from onrecord.extract.mention_traits import (
    DETERMINER_CLASSES,
    FORMS,
    NAME,
    NO_PRONOUN,
    NOMINAL,
    PRONOUN,
    PRONOUN_CLASSES,
    Bools,
    Traits,
)

Floats = NDArray[np.float32]

NEAREST = 120  # antecedents tried for each mention, besides those that look like it
ALIKE = 30  # of those, the last
NAME_WORDS = 6  # capitalised words of a mention that are compared
DISTANCE_STEPS = (1, 2, 3, 5, 9, 17, 33, 65)
SENTENCE_STEPS = (1, 2, 3, 5, 8, 13)
# Pronouns that cannot mean the same one: first, first_plural, second, he, she, it, they, …
PERSONS = {1: "i", 2: "we", 3: "you", 4: "he", 5: "she", 6: "it", 7: "they"}
MENTION_FEATURES = FORMS + PRONOUN_CLASSES + DETERMINER_CLASSES + 2
PAIR_FEATURES = 18 + len(DISTANCE_STEPS) + len(SENTENCE_STEPS)


def mention_features(traits: Traits) -> Floats:
    """One row a mention: its form, pronoun and determiner, one of each marked; plural; quoted."""
    return np.concatenate(
        [
            np.eye(FORMS)[traits.form],
            np.eye(PRONOUN_CLASSES)[traits.pronoun],
            np.eye(DETERMINER_CLASSES)[traits.determiner],
            traits.plural[:, None],
            (traits.quotation >= 0)[:, None],
        ],
        axis=1,
    ).astype(np.float32)


def candidate_pairs(traits: Traits) -> tuple[Ints, Ints]:
    """Numbers of mentions and of their possible antecedents: the nearest, and those that look alike."""
    count = len(traits)
    reach = np.minimum(np.arange(count), NEAREST)
    later = np.repeat(np.arange(count), reach)
    steps = np.arange(len(later)) - np.repeat(np.cumsum(reach) - reach, reach) + 1
    alike = list(_far_alike(traits))
    far = np.array(alike, np.int64).reshape(-1, 2)
    pairs = np.concatenate([np.stack([later, later - steps], axis=1), far]).astype(np.int64)
    return pairs[:, 0], pairs[:, 1]


def _far_alike(traits: Traits) -> Iterator[tuple[int, int]]:
    """Pairs too far apart to be near, of names and descriptions with one head word: the last of these."""
    seen: dict[int, list[int]] = {}
    named = (traits.form != PRONOUN).tolist()
    for k, head in enumerate(traits.head_text.tolist()):
        if not named[k]:
            continue
        before = seen.setdefault(head, [])
        for other in before[-ALIKE:]:
            if k - other > NEAREST:
                yield k, other
        before.append(k)


def pair_features(traits: Traits, later: Ints, earlier: Ints) -> Floats:
    """One row a pair: how alike, how near and how nested the two are."""
    t = traits
    rows: list[Bools] = [
        t.text[later] == t.text[earlier],
        t.head_text[later] == t.head_text[earlier],
        t.last_text[later] == t.last_text[earlier],
        *_name_rows(t, later, earlier),
        _within(t, t.head[later], earlier),
        _within(t, t.head[earlier], later),
        t.first[later] - t.last[earlier] == 0,
        t.first[later] - t.last[earlier] == 1,
        t.sentence[later] == t.sentence[earlier],
        (t.quotation[later] == t.quotation[earlier]) & (t.quotation[later] >= 0),
        (t.quotation[later] >= 0) & (t.quotation[earlier] < 0),
        (t.quotation[later] < 0) & (t.quotation[earlier] >= 0),
        (t.pronoun[later] == t.pronoun[earlier]) & (t.pronoun[later] != NO_PRONOUN),
        _persons_clash(t.pronoun[later], t.pronoun[earlier]),
        t.plural[later] != t.plural[earlier],
    ]
    rows += [later - earlier >= step for step in DISTANCE_STEPS]
    rows += [t.sentence[later] - t.sentence[earlier] >= step for step in SENTENCE_STEPS]
    return np.stack(rows, axis=1).astype(np.float32)


def _name_rows(t: Traits, later: Ints, earlier: Ints) -> list[Bools]:
    """Both names; names that share a word; names that share none; initials of the other."""
    words = np.full((len(t), NAME_WORDS), -1, np.int64)
    for k, held in enumerate(t.name_words):
        kept = sorted(held)[:NAME_WORDS]
        words[k, : len(kept)] = kept
    with_words = words[:, 0] >= 0
    shared = with_words[later] & with_words[earlier]
    at = np.flatnonzero(shared)
    one, other = words[later[at]], words[earlier[at]]
    shared[at] = ((one[:, :, None] == other[:, None, :]) & (one >= 0)[:, :, None]).any((1, 2))
    both = (t.form[later] == NAME) & (t.form[earlier] == NAME)
    some = (t.form[later] <= NOMINAL) & (t.form[earlier] <= NOMINAL) & shared
    numbers = {text: k for k, text in enumerate(dict.fromkeys(t.initials), 1)}
    initials = np.array([numbers[text] if text else 0 for text in t.initials], np.int64)
    short = (initials[later] == initials[earlier]) & (initials[later] > 0)
    return [both, some, both & ~shared, short]


def _within(t: Traits, head: Ints, holder: Ints) -> Bools:
    inside: Bools = (t.first[holder] <= head) & (head < t.last[holder])
    return inside


def _persons_clash(one: Ints, other: Ints) -> Bools:
    known = np.isin(one, list(PERSONS)) & np.isin(other, list(PERSONS))
    clash: Bools = known & (one != other)
    return clash


def link_mentions(scores: Floats, later: Ints, earlier: Ints, count: int) -> list[list[int]]:
    """Clusters of mention numbers: each mention joins its best antecedent where that scores above 0."""
    parent = list(range(count))
    if len(scores):
        order = np.lexsort((-scores, later))
        firsts = np.unique(later[order], return_index=True)[1]
        for k in order[firsts].tolist():
            if scores[k] > 0:
                parent[int(later[k])] = int(earlier[k])
    found: dict[int, list[int]] = {}
    for k in range(count):  # an antecedent is always earlier: its root is known
        parent[k] = parent[parent[k]] if parent[k] != k else k
        found.setdefault(parent[k], []).append(k)
    return list(found.values())
