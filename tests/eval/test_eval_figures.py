"""Counts become figures, and intervals are the same on every run."""

import random

import pytest

from eval.figures import Tally, summarise


def made(right, predicted, gold):
    tally = Tally()
    tally.add_set("e2e", right=right, predicted=predicted, gold=gold)
    return tally


MANY = [made(n % 4, 4, 3 + n % 3) for n in range(30)]


def test_counts_are_summed_before_they_are_divided():
    figure = summarise([made(1, 1, 1), made(0, 3, 1)])["e2e"]
    assert (figure.precision, figure.recall, figure.f1) == pytest.approx((0.25, 0.5, 1 / 3))


def test_an_article_that_lacks_a_figure_counts_as_nought_of_nought():
    assert summarise([made(1, 2, 1), Tally()]) == summarise([made(1, 2, 1)])


def test_no_article_gives_no_figure():
    assert summarise([], boot=10) == {}


def test_the_same_seed_gives_the_same_interval():
    assert summarise(MANY, boot=200, seed=3) == summarise(MANY, boot=200, seed=3)


def test_another_seed_draws_other_articles():
    assert summarise(MANY, boot=200, seed=3) != summarise(MANY, boot=200, seed=4)


def test_the_interval_holds_the_figure():
    figure = summarise(MANY, boot=500)["e2e"]
    assert figure.low < figure.f1 < figure.high


def test_articles_that_are_alike_have_an_interval_without_width():
    figure = summarise([made(1, 2, 3)] * 8, boot=50)["e2e"]
    assert (figure.low, figure.high) == pytest.approx((figure.f1, figure.f1))


def test_without_resamples_there_is_no_interval():
    assert summarise(MANY)["e2e"].low is None


def test_the_order_of_articles_does_not_change_a_figure():
    shuffled = random.Random(0).sample(MANY, len(MANY))
    assert summarise(shuffled) == summarise(MANY)
