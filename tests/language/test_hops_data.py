"""The data of the hops and of nesting: every row can be used, and says what it is meant to say."""

import re

import pytest

from onrecord.language import hops, nesting
from onrecord.record import Span

RULES = [pytest.param(rule, id=f"{rule.kind}-{n}") for n, rule in enumerate(hops.hop_rules())]
PARTS = ["told_one", "relay", "person", "proper", "outlet", "broadcast", "where"]


def matches(part: str, words: str) -> str | None:
    """What a part of the patterns takes of some words, from their beginning."""
    found = re.match(hops.hop_parts()[part], words)
    return found.group() if found else None


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_the_name_of_its_hop_in_one_place(rule):
    assert ("(?P<name>" in rule.pattern) is (rule.hop is None)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_has_keywords_in_lower_case_and_a_pattern_that_compiles(rule):
    assert rule.keywords
    assert all(hops.WORD.fullmatch(word) for word in rule.keywords)
    assert list(rule.find("x", Span(start_char=0, end_char=1))) == []


@pytest.mark.parametrize(
    ("part", "words", "taken"),
    [
        ("told_one", "Reuters Monday", "Reuters"),
        ("told_one", "Lumen News that", "Lumen News"),
        ("told_one", "Lumen News’ Ida Orr on", "Lumen News’ Ida Orr"),
        ("told_one", "the House of Delegates that", "the House of Delegates"),
        ("told_one", "Channel 35 that", "Channel 35"),
        ("told_one", "a Senate committee hearing on", "a Senate committee hearing"),
        ("told_one", "radio host Ida Orr that", "radio host Ida Orr"),
        ("told_one", "Birch’s campaign that", "Birch’s campaign"),
        ("told_one", "“Morning Bell” that", "“Morning Bell”"),
        ("told_one", "the truth", None),
        ("told_one", "her dog", None),
        ("relay", "state media", "state media"),
        ("relay", "the Velta news agency", "the Velta news agency"),
        ("person", "his lawyer Ida Orr said", "his lawyer Ida Orr"),
        ("person", "his lawyer, Orr said", "his lawyer"),
        ("where", "his official Telegram channel.", "his official Telegram channel"),
        ("where", "page 4", None),
        ("broadcast", "Lumen TV’s “Morning Bell”.", "Lumen TV’s “Morning Bell”"),
    ],
)
def test_a_part_takes_the_whole_of_a_name(part, words, taken):
    assert matches(part, words) == taken


def test_rules_are_tried_only_where_a_keyword_stands():
    assert list(hops.rules_for("The gates were shut.")) == []
    assert {rule.kind for rule in hops.rules_for("An interpreter was there.")} == {"translated_by"}


def test_a_set_among_the_keywords_stands_for_the_first_words_of_its_entries():
    sets = {"paper": ["Daily Bell", "Post"]}
    assert hops.words_of("in {paper}", sets) == {"in", "daily", "post"}


def test_a_row_of_no_kind_is_an_error_that_names_it():
    with pytest.raises(ValueError, match="sang"):
        hops._rule_of("sang", "any", "to", "-", "x")


@pytest.mark.parametrize("rule", nesting.nesting_rules(), ids=lambda rule: rule.name)
def test_a_rule_of_nesting_names_its_source_and_cue(rule):
    assert "(?P<source>" in rule.pattern
    assert "(?P<cue>" in rule.pattern
    assert list(rule.find("x", 0, 1)) == []


@pytest.mark.parametrize("name", ["hop_words.tsv", "nesting_words.tsv"])
def test_no_word_stands_twice_in_a_set(name):
    for words in hops.read_sets(name).values():
        assert len(words) == len(set(words))
