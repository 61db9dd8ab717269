"""How words, names and moments of pages are compared, by examples worked out by hand."""

from datetime import datetime

import pytest

from eval.page_words import (
    compare_multisets,
    is_day_right,
    is_moment_right,
    joined_words,
    normalise,
    shingles_of,
    words_of,
)

GOLD = datetime.fromisoformat("2024-03-20T23:30:45+01:00")


def test_each_character_of_a_script_without_spaces_is_a_word():
    assert words_of("東京で flood") == ["東", "京", "で", "flood"]
    assert words_of("ข่าว 7") == ["ข", "่", "า", "ว", "7"]


def test_a_latin_word_beside_such_a_character_stays_whole():
    assert words_of("NHKの朝") == ["nhk", "の", "朝"]


def test_hangul_has_spaces_so_its_words_stay_whole():
    assert words_of("서울 시장") == ["서울", "시장"]


def test_f1_counts_a_word_as_often_as_both_hold_it():
    # Shared: the once, dam once; 2 of 4 found, 2 of 3 wanted.
    assert compare_multisets(words_of("The the dam, held"), words_of("The DAM broke")) == pytest.approx(
        (1 / 2, 2 / 3, 4 / 7)
    )


@pytest.mark.parametrize(("found", "gold"), [("", "dam"), ("dam", ""), ("", ""), ("river", "dam")])
def test_texts_that_share_nothing_score_nought(found, gold):
    assert compare_multisets(words_of(found), words_of(gold)) == (0, 0, 0)


def test_shingles_are_the_runs_of_four_words():
    assert shingles_of(["a", "b", "c", "d", "e"]) == [("a", "b", "c", "d"), ("b", "c", "d", "e")]


def test_a_text_shorter_than_a_shingle_is_one():
    assert shingles_of(["a", "b"]) == [("a", "b")]
    assert shingles_of([]) == []


def test_words_are_sought_whole_and_in_a_row():
    text = joined_words("“Homes” by the river,\nBeltown")
    assert joined_words("the river: Beltown") in text
    assert joined_words("Home") not in text


def test_a_name_is_the_same_in_any_width_case_and_spacing():
    assert normalise("Ｍara\u00a0 QUILL\n") == normalise("Mara Quill")
    assert normalise("Mara Quill") != normalise("Mara Quil")


@pytest.mark.parametrize(
    "published", ["2024-03-20T23:30+01:00", "2024-03-20T22:30Z", "2024-03-21T07:30:02.5+09:00"]
)
def test_a_moment_is_right_in_any_zone(published):
    assert is_moment_right(published, GOLD)


@pytest.mark.parametrize(
    "published",
    ["2024-03-20T23:30", "2024-03-20T23:31+01:00", "2024-03-20T23+01:00", "2024-03-20", "2024-03", "", None],
)
def test_a_moment_without_zone_or_minute_or_off_by_one_is_not_right(published):
    assert not is_moment_right(published, GOLD)


@pytest.mark.parametrize("published", ["2024-03-20", "2024-03-20T00:00", "2024-03-21T07:30+09:00"])
def test_a_day_is_right_as_it_stands_or_in_the_zone_of_the_gold(published):
    assert is_day_right(published, "2024-03-20", GOLD)


@pytest.mark.parametrize("published", ["2024-03-21", "2024-03", "2024-03-20 or so", None])
def test_another_day_or_none_is_not_right(published):
    assert not is_day_right(published, "2024-03-20", GOLD)
