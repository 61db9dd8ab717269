"""The heads' losses say what they should, and no head looks where it may not."""

import math

import pytest

torch = pytest.importorskip("torch", reason="torch trains the heads; it comes with onrecord[train]")

from train.heads import FAR, EdgeHead, TagHead, antecedent_loss, tag_loss  # noqa: E402
from train.model import WIDTH  # noqa: E402


def test_the_loss_of_antecedents_is_that_of_the_true_ones_among_all_and_none():
    scores = torch.tensor([1.0, -2.0, 0.5])
    later, same = torch.tensor([1, 2, 2]), torch.tensor([0.0, 1.0, 1.0])
    none = -math.log(1 / (1 + math.exp(1.0)))
    both = math.exp(-2.0) + math.exp(0.5)
    right = -math.log(both / (1 + both))
    assert antecedent_loss(scores, later, same, 3).item() == pytest.approx((0 + none + right) / 3, abs=1e-5)


def test_scores_that_are_far_apart_make_no_infinite_loss():
    loss = antecedent_loss(torch.tensor([300.0]), torch.tensor([1]), torch.tensor([0.0]), 2)
    assert math.isfinite(loss.item())


def test_a_segment_of_either_kind_is_as_good_where_the_corpus_does_not_tell():
    scores = torch.zeros(1, 1, 9)
    scores[0, 0, 5] = 12.0  # the second kind's label, four behind the first's
    gold, mask = torch.tensor([[1]]), torch.ones(1, 1)
    assert tag_loss(scores, gold, mask, either=torch.tensor([True])).item() < 0.01
    assert tag_loss(scores, gold, mask, either=torch.tensor([False])).item() > 5


def test_words_that_pad_a_batch_change_no_score():
    head = TagHead().eval()
    states = torch.randn(1, 5, WIDTH)
    padded = torch.cat([states, torch.randn(1, 3, WIDTH)], dim=1)
    mask = torch.tensor([[1.0] * 5 + [0.0] * 3])
    alone, beside = head(states), head(padded, mask)
    assert all(torch.allclose(alone[n], beside[n][:, :5], atol=1e-5) for n in alone)


def test_a_mention_never_begins_behind_its_head_nor_ends_before_it_nor_reaches_too_far():
    head = EdgeHead().eval()
    starts, ends = head(torch.randn(FAR + 40, WIDTH), torch.tensor([FAR + 10]))
    assert int((starts[0] > -1e3).nonzero().min()) == 10
    assert int((starts[0] > -1e3).nonzero().max()) == FAR + 10
    assert int((ends[0] > -1e3).nonzero().min()) == FAR + 10
