"""What takes long to count is counted once, and again when it is no longer fresh."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.record import Query
from onrecord.record.overview import Facets
from onrecord.serve import overviews
from onrecord.serve.app import make_app
from onrecord.serve.overviews import FRESH, FRESH_PART, MOST_KEPT, count_once, forget_counts
from onrecord.serve.search import count_facets
from onrecord.store import open_store
from onrecord.store.base import Store
from tests.serve.serving import fill_collection


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "a.onrecord", create=True) as opened:
        yield opened


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    return now


def test_the_same_is_counted_once_as_long_as_it_is_fresh(store: Store, clock: list[float]):
    counts = iter([1, 2])
    assert [count_once(store, "a", lambda: next(counts)) for _ in range(3)] == [1, 1, 1]
    clock[0] += FRESH
    assert count_once(store, "a", lambda: next(counts)) == 2


@pytest.mark.parametrize(("complete", "lasts"), [(True, FRESH), (False, FRESH_PART)])
def test_what_is_a_part_anyway_stays_fresh_for_longer(
    store: Store, clock: list[float], complete: bool, lasts: float
):
    first, second = (Facets(counted=counted, complete=complete) for counted in (1, 2))
    count_once(store, "a", lambda: first)
    clock[0] += lasts - 1
    assert count_once(store, "a", lambda: second) is first
    clock[0] += 1
    assert count_once(store, "a", lambda: second) is second


def test_what_was_counted_of_one_record_is_not_told_of_another(store: Store, tmp_path: Path):
    with open_store(tmp_path / "b.onrecord", create=True) as other:
        assert [count_once(one, "a", lambda one=one: one.where) for one in (store, other)] == [
            store.where,
            other.where,
        ]


def test_only_so_much_is_kept(store: Store):
    for number in range(MOST_KEPT + 20):
        count_once(store, number, lambda: 0)
    assert len(overviews._kept[store]) == MOST_KEPT


def test_a_count_that_fails_is_made_again(store: Store):
    with pytest.raises(ZeroDivisionError):
        count_once(store, "a", lambda: 1 // 0)
    assert count_once(store, "a", lambda: 3) == 3


def test_what_is_changed_here_is_counted_anew_at_once(tmp_path: Path):
    with fill_collection(tmp_path / "a.onrecord") as collection:
        hit = collection.search("frost").hits[0]

        def count_modes() -> dict[str, int]:
            counted = count_facets(collection.store, Query(speaker=hit.person_id))
            return {tally.value: tally.statements for tally in counted.modes}

        before = count_modes()
        with TestClient(make_app(collection), base_url="http://localhost:8000") as client:
            client.get("/search?q=frost")
            assert count_modes() == before
            form = {"act": "correct", "mode": "thinks", "by": "Ada Quill"}
            assert client.post(f"/statements/{hit.statement_id}/judge", data=form).status_code == 200
        assert "thinks" not in before
        assert count_modes()["thinks"] == 1


def test_what_was_being_counted_when_the_record_changed_is_not_kept(store: Store):
    def count() -> int:
        forget_counts(store)
        return 1

    assert count_once(store, "a", count) == 1
    assert count_once(store, "a", lambda: 2) == 2
