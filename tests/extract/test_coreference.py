"""Traits of mentions, the features of their pairs, and clusters made of scores."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.pieces import WordPieces, read_vocabulary
from onrecord.encode.weights import packaged_folder
from onrecord.encode.words import cut_words
from onrecord.extract.coreference import (
    MENTION_FEATURES,
    PAIR_FEATURES,
    candidate_pairs,
    link_mentions,
    mention_features,
    pair_features,
)
from onrecord.extract.mention_traits import NAME, NOMINAL, PRONOUN, read_traits, sentence_openings
from onrecord.language.quotations import pair_quotations

TEXT = (
    "Mayor Ilse Corran of Beltown spoke. “I will not resign,” Corran said. She thanked the officials.\n"
    "Officials of the Beltown Water Board met Mr. Vale. The BWB said that the mayor had no case."
)


@pytest.fixture(scope="module")
def words():
    pieces = WordPieces(read_vocabulary(packaged_folder() / "vocabulary.txt"))
    split = TEXT.index("\n")
    paragraphs = [(0, split), (split + 1, len(TEXT))]
    quotations = [(q.start_char, q.end_char) for s, e in paragraphs for q in pair_quotations(TEXT, s, e)]
    return cut_words(TEXT, paragraphs, quotations, pieces)


def traits_of(words, *mentions):
    """Traits of (words, head, occurrence) mentions."""
    rows = []
    for shown, head, nth in mentions:
        start = -1
        for _ in range(nth):
            start = TEXT.index(shown, start + 1)
        first = int(np.searchsorted(words.start_char, start))
        last = int(np.searchsorted(words.start_char, start + len(shown)))
        at = start + shown.rindex(head)
        rows.append((first, last, int(np.searchsorted(words.start_char, at))))
    first, last, heads = (np.array(column, np.int64) for column in zip(*rows, strict=True))
    return read_traits(words, first, last, heads)


MENTIONS = [
    ("Mayor Ilse Corran of Beltown", "Corran", 1),
    ("I", "I", 2),
    ("Corran", "Corran", 2),
    ("She", "She", 1),
    ("the officials", "officials", 1),
    ("Officials of the Beltown Water Board", "Officials", 1),
    ("the Beltown Water Board", "Board", 1),
    ("The BWB", "BWB", 1),
    ("the mayor", "mayor", 1),
]


def test_names_descriptions_and_pronouns_are_told_apart(words):
    traits = traits_of(words, *MENTIONS)
    wanted = [NAME, PRONOUN, NAME, PRONOUN, NOMINAL, NOMINAL, NAME, NAME, NOMINAL]
    assert traits.form.tolist() == wanted


def test_a_capital_that_opens_a_sentence_makes_no_name_of_a_word_written_small_elsewhere(words):
    traits = traits_of(words, ("Officials of the Beltown Water Board", "Officials", 1))
    assert traits.form.tolist() == [NOMINAL]


def test_initials_are_those_of_the_name_that_they_stand_for(words):
    traits = traits_of(words, ("the Beltown Water Board", "Board", 1), ("BWB", "BWB", 1))
    assert traits.initials == ("BWB", "BWB")


def test_a_determiner_is_no_part_of_the_words_that_are_compared(words):
    traits = traits_of(words, ("the officials", "officials", 1), ("officials", "officials", 1))
    assert traits.text[0] == traits.text[1]


def test_a_title_that_is_shortened_ends_no_sentence(words):
    openings = sentence_openings(words)
    vale = int(np.searchsorted(words.start_char, TEXT.index("Vale")))
    the = int(np.searchsorted(words.start_char, TEXT.index("The BWB")))
    assert (bool(openings[vale]), bool(openings[the])) == (False, True)


def test_what_is_quoted_is_marked(words):
    traits = traits_of(words, ("I", "I", 2), ("Corran", "Corran", 2))
    assert (traits.quotation >= 0).tolist() == [True, False]


def test_every_pair_has_every_feature(words):
    traits = traits_of(words, *MENTIONS)
    later, earlier = candidate_pairs(traits)
    assert pair_features(traits, later, earlier).shape == (len(later), PAIR_FEATURES)
    assert mention_features(traits).shape == (len(MENTIONS), MENTION_FEATURES)
    assert (later > earlier).all()


def test_two_names_with_a_word_in_common_are_more_alike_than_two_without(words):
    traits = traits_of(words, MENTIONS[0], MENTIONS[2], MENTIONS[7])
    one, other = pair_features(traits, np.array([1, 2]), np.array([0, 0]))
    assert one[:3].tolist() == [0, 1, 0]
    assert other[:3].tolist() == [0, 0, 0]


def test_a_mention_joins_its_best_antecedent_and_none_that_scores_below_zero():
    later, earlier = np.array([1, 2, 2, 3, 3, 3]), np.array([0, 0, 1, 0, 1, 2])
    scores = np.array([-1.0, 0.5, 2.0, -0.1, -3.0, -0.2], np.float32)
    assert link_mentions(scores, later, earlier, 4) == [[0], [1, 2], [3]]


def test_mentions_without_pairs_stand_alone():
    none = np.zeros(0, np.int64)
    assert link_mentions(np.zeros(0, np.float32), none, none, 2) == [[0], [1]]


@given(st.integers(1, 8), st.data())
def test_every_mention_is_in_one_cluster_whatever_the_scores(count, data):
    later, earlier = np.tril_indices(count, -1)
    cells = st.lists(st.floats(-2, 2, width=32), min_size=len(later), max_size=len(later))
    scores = np.array(data.draw(cells), np.float32)
    clusters = link_mentions(scores, later, earlier, count)
    assert sorted(k for cluster in clusters for k in cluster) == list(range(count))
