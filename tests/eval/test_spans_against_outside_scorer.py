"""The outside's scorer and ours give the same figures for the same predictions, where it is there."""

import gzip
import importlib.util
import json
import random
import sys
from collections import Counter
from pathlib import Path

import pytest

from eval.corpus import ROLES, read_articles
from eval.figures import summarise
from eval.spans import FORMS, score_article

SHARED = Path(__file__).resolve().parents[2].parent / "shared"
SCORER = SHARED / "tools" / "score_attributions.py"
POLNEAR = SHARED / "data" / "polnear"
pytestmark = pytest.mark.skipif(
    not (SCORER.is_file() and (POLNEAR / "dev.jsonl.gz").is_file()),
    reason="the outside's scorer and PolNeAR lie in ../shared, which is not here",
)
OURS_AND_THEIRS = {
    **{f"tok_{r}": f"tok_{r}" for r in ROLES},
    **{f"exact_{r}": f"exact_{r}" for r in ROLES},
    **{f"cit_exact_{r}": f"cit_exact_{r}" for r in (*ROLES, "all")},
    "attr_ov": "attr_ov",
    "attr_50": "attr_50",
    "e2e": "e2e",
    "e2e_50": "e2e50",
}
RECALLS_BY_FORM = {
    "attr_ov": "found", "attr_50": "iou50", "exact_content": "exact",
    "tok_content": "tok", "e2e": "e2e", "e2e_50": "e2e50",
}  # fmt: skip


@pytest.fixture(scope="module")
def theirs():
    spec = importlib.util.spec_from_file_location("outside_scorer", SCORER)
    module = importlib.util.module_from_spec(spec)
    sys.modules["outside_scorer"] = module
    spec.loader.exec_module(module)
    return module


def perturbed(article, rng):
    """The gold, spoilt: dropped, moved, cut, doubled, bereft of a role, given another's role."""
    found = []
    for gold in article.attributions:
        if rng.random() < 0.15:
            continue
        guess = {role: [moved(span, article.text, rng) for span in gold[role]] for role in ROLES}
        if rng.random() < 0.1:
            guess[rng.choice(ROLES)] = []
        if rng.random() < 0.1 and found:
            guess["source"] = found[-1]["source"]
        found.extend([guess, guess] if rng.random() < 0.05 else [guess])
    return found


def moved(span, text, rng):
    start, end = span
    if rng.random() < 0.3:
        start = max(0, start + rng.randint(-25, 25))
        end = min(len(text), max(start + 1, end + rng.randint(-25, 25)))
    return [start, max(start + 1, end)]


@pytest.mark.parametrize("seed", range(3))
def test_every_figure_agrees_with_the_outside_scorer_to_a_tenth(theirs, seed):
    rng = random.Random(seed)
    ours, total = [], Counter()
    for article in read_articles(POLNEAR):
        guesses = perturbed(article, rng)
        ours.append(score_article(article.text, article.attributions, guesses))
        total.update(theirs.score_doc(article.text, list(article.attributions), guesses))
    figures, expected = summarise(ours), theirs.summarise(total)
    for mine, other in OURS_AND_THEIRS.items():
        figure = figures[mine]
        got = [100 * x for x in (figure.precision, figure.recall, figure.f1)]
        assert got == pytest.approx([100 * x for x in expected[other]], abs=0.1), mine
    for form in FORMS:
        kind = expected["kinds"][form]
        assert 100 * figures[f"attr_ov.{form}"].precision == pytest.approx(100 * kind["prec"], abs=0.1)
        for mine, other in RECALLS_BY_FORM.items():
            got = 100 * figures[f"{mine}.{form}"].recall
            assert got == pytest.approx(100 * kind[other], abs=0.1), (mine, form)


def test_the_counts_of_gold_and_predicted_agree_by_form(theirs):
    article = read_articles(POLNEAR)[0]
    guesses = perturbed(article, random.Random(7))
    figures = summarise([score_article(article.text, article.attributions, guesses)])
    total = theirs.score_doc(article.text, list(article.attributions), guesses)
    for form in FORMS:
        figure = figures.get(f"attr_ov.{form}")
        assert (figure.gold if figure else 0) == total[f"k_{form}.g"]
        assert (figure.predicted if figure else 0) == total[f"k_{form}.p"]


def test_the_corpus_is_read_as_it_lies():
    with gzip.open(POLNEAR / "dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        expected = {line["id"]: len(line["attributions"]) for line in map(json.loads, lines)}
    assert {a.article_id: len(a.attributions) for a in read_articles(POLNEAR)} == expected
