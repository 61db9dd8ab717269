"""The benchmark's account of a read: every stage is met, and together they are the whole."""

import time

import pytest

from bench.articles import bench_articles
from bench.stages import REST, STEPS, Timer, stage_shares
from onrecord.engine import Engine


@pytest.fixture(scope="module")
def shares():
    return stage_shares(Engine(), bench_articles(None, 2))


def test_every_stage_of_a_read_takes_time(shares):
    assert [stage for stage, seconds in shares.items() if seconds <= 0] == []
    assert set(shares) == {REST, *(stage for _, _, stage in STEPS)}


def test_hardly_any_time_is_left_without_a_stage(shares):
    assert shares[REST] < sum(shares.values()) / 10


def test_measuring_leaves_the_steps_as_they_were():
    before = [getattr(owner, name) for owner, name, _ in STEPS]
    stage_shares(Engine(), bench_articles(None, 1))
    assert [getattr(owner, name) for owner, name, _ in STEPS] == before


def test_time_within_another_stage_is_charged_once(monkeypatch):
    ticks = iter([0.0, 1.0, 3.0, 7.0])
    monkeypatch.setattr(time, "process_time", lambda: next(ticks))
    timer = Timer()
    with timer.stage("outer"), timer.stage("inner"):
        pass
    assert timer.spent == {"outer": 5.0, "inner": 2.0}
