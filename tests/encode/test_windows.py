"""Windows: every word is decided once, and none is larger than the encoder takes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.encode.pieces import WordPieces
from onrecord.encode.windows import piece_rows, plan_windows
from onrecord.encode.words import Words, cut_words

PIECES = WordPieces({p: i for i, p in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", "a", "##b", ".", "c"])})


def words_in(*paragraphs: str) -> Words:
    text = "\n".join(paragraphs)
    bounds, at = [], 0
    for paragraph in paragraphs:
        bounds.append((at, at + len(paragraph)))
        at += len(paragraph) + 1
    return cut_words(text, bounds, [], PIECES)


paragraphs = st.lists(
    st.lists(st.sampled_from(["a", "ab", "abbbb", ".", "c."]), max_size=60).map(" ".join), max_size=12
)


def plan(words: Words, size: int = 18, limit: int = 0, context: int = 0):
    return plan_windows(words, size=size, limit=limit or size, context=context)


@given(paragraphs, st.integers(20, 60), st.integers(0, 30), st.integers(0, 5))
def test_the_cores_of_the_windows_hold_every_word_once(texts, size, more, context):
    words = words_in(*texts)
    windows = plan(words, size, size + more, context)
    assert [k for w in windows for k in range(w.core_first, w.core_last)] == list(range(len(words)))


@given(paragraphs, st.integers(20, 60), st.integers(0, 30), st.integers(0, 5))
def test_no_window_is_larger_than_the_limit(texts, size, more, context):
    words = words_in(*texts)
    for window in plan(words, size, size + more, context):
        assert words.first_piece[window.last] - words.first_piece[window.first] + 2 <= size + more
        assert window.first <= window.core_first < window.core_last <= window.last


def test_paragraphs_that_fit_share_a_window():
    assert len(plan(words_in("a a a.", "c c."), 32)) == 1


def test_paragraphs_that_do_not_fit_have_windows_of_their_own():
    first, second = plan(words_in("c " * 10, "c " * 8), 18)
    assert (first.last, second.first) == (10, 10)


def test_a_paragraph_between_size_and_limit_stays_whole():
    assert len(plan(words_in("c " * 20), 18, 30)) == 1


def test_a_long_paragraph_is_cut_behind_a_sentence():
    first, second = plan(words_in("a a a a a a a a a. " + "c " * 12), 18)
    assert first.core_last == second.core_first == 10


def test_the_parts_of_a_long_paragraph_see_beyond_the_cut():
    first, second = plan(words_in("a a a a a a a a a. " + "c " * 12), 22, context=4)
    assert first.last == first.core_last + 4
    assert second.first == second.core_first - 4


def test_a_window_knows_the_pieces_of_its_words():
    words = words_in("ab a", "abb")
    window = plan(words, 32)[0]
    rows = piece_rows(words, window, opening=2, closing=3)
    assert rows["pieces"].tolist() == [[2, 4, 5, 4, 4, 5, 5, 3]]
    assert rows["first"].tolist() == [[1, 3, 4]]
    assert rows["line_break"].tolist() == [[0, 1, 0, 0, 1, 0, 0, 0]]


def test_no_words_give_no_windows():
    assert plan(words_in("")) == []


@pytest.mark.parametrize("size", [16, 40, 256])
def test_one_word_of_many_pieces_still_fits(size):
    words = words_in("a" + "b" * 90)
    for window in plan(words, size, context=4):
        assert (window.core_first, window.core_last) == (0, 1)
