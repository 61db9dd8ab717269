"""Tokens are found in the article they were cut from, and gold put onto them scores near 100."""

from pathlib import Path

import pytest

from eval.ceiling import align, letters_of, measure_ceiling
from eval.corpus import GoldArticle, Instance, read_articles, read_instances

POLNEAR = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "polnear"


def cut(text, tokens, after=0):
    bounds, _ = align(letters_of(text), tokens.split(), after)
    return [text[a:b] for a, b in bounds]


def test_treebank_marks_are_found_as_the_article_has_them():
    assert cut("Ah. “No,” she didn’t say—", "`` No , '' she did n't say --") == [
        "“", "No", ",", "”", "she", "did", "n’t", "say", "—",
    ]  # fmt: skip


def test_two_single_marks_are_one_double_one():
    assert cut("he said ''no'' then", "'' no ''") == ["'", "no", "'"]


def test_a_full_stop_that_the_article_lacks_shares_the_character_before_it():
    assert cut("in the U.S. Then", "the U.S. . Then") == ["the", "U.S.", ".", "Then"]


def test_a_sentence_said_twice_is_found_where_the_last_one_ended():
    text = letters_of("So it is. So it is.")
    first, after = align(text, ["So", "it", "is", "."])
    second, _ = align(text, ["So", "it", "is", "."], after)
    assert (first[0], second[0]) == ((0, 2), (10, 12))


def test_tokens_of_another_article_have_no_place():
    assert align(letters_of("So it is."), ["Never"]) == ([], 0)


def test_each_annotator_is_measured_against_their_own_attributions():
    gold = [{"source": [[0, 4]], "cue": [[5, 9]], "content": []}]
    article = GoldArticle(
        article_id="a", text="Mara said", attributions=tuple(gold), by_annotator={"second": ()}
    )
    labels = {"first": ("B-source", "B-cue"), "second": ("O", "O")}
    instances = [
        Instance(article_id="a", annotator=name, tokens=("Mara", "said"), labels=held)
        for name, held in labels.items()
    ]
    figures = measure_ceiling([article], instances)
    assert (figures["exact_source"].f1, figures["exact_cue"].predicted) == (1, 1)


@pytest.mark.skipif(not POLNEAR.is_dir(), reason="PolNeAR lies in ../shared, which is not here")
def test_the_gold_itself_reaches_99_of_100_on_the_instances():
    figures = measure_ceiling(read_articles(POLNEAR), read_instances(POLNEAR))
    assert all(figures[f"exact_{role}"].f1 > 0.99 for role in ("source", "cue", "content"))
