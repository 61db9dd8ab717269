"""Labels of blocks by the gold of their page."""

import pytest

from train.page_labels import BODY, CAPTION, OUT, label_blocks

FIRST = "The mayor of Beltown said on Monday that the old bridge would stay shut until the spring."
SECOND = "Nobody had been told, she added, and nobody had thought of asking the engineers of the river."
OTHER = "We and our partners store information on your device to show you advertising that you like."
GOLD = {"main_content": f"{FIRST}\n{SECOND}"}
PARTS = {
    "paras": [FIRST, SECOND],
    "heads": ["A Costly Winter"],
    "summary": [],
    "captions": ["The mill at low water."],
}


def test_blocks_whose_words_stand_in_the_gold_are_body_text():
    assert label_blocks([FIRST, OTHER, SECOND], GOLD) == [BODY, OUT, BODY]


def test_case_marks_and_spaces_count_for_nothing():
    assert label_blocks([FIRST.upper().replace(" ", "  "), f"“{SECOND}”"], GOLD) == [BODY, BODY]


def test_a_part_of_a_golden_paragraph_is_body_text():
    assert label_blocks([FIRST[:50]], GOLD) == [BODY]


def test_a_paragraph_that_the_gold_has_a_little_otherwise_is_body_text():
    assert label_blocks([FIRST.replace("Monday", "Tuesday"), OTHER], GOLD) == [BODY, OUT]


def test_few_words_are_body_text_only_between_longer_blocks_of_it():
    assert label_blocks([FIRST, "Monday", SECOND], GOLD) == [BODY, BODY, BODY]
    assert label_blocks([OTHER, "Monday", SECOND], GOLD) == [OUT, OUT, BODY]


def test_a_golden_heading_is_body_text_wherever_it_stands():
    assert label_blocks(["A Costly Winter", OTHER], PARTS) == [BODY, OUT]


@pytest.mark.parametrize("words", ["The mill at low water.", "The mill at low water. Ann Poe"])
def test_a_caption_is_told_by_its_words_with_or_without_a_credit(words):
    assert label_blocks([FIRST, words, SECOND], PARTS) == [BODY, CAPTION, BODY]


def test_a_long_block_that_holds_the_words_of_a_caption_is_none():
    assert label_blocks([f"The mill at low water. {OTHER}"], PARTS) == [OUT]


def test_words_are_judged_alone_where_the_gold_is_empty():
    assert label_blocks([FIRST, "Monday"], {"main_content": ""}) == [OUT, OUT]
