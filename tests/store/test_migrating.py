"""A store's tables come from numbered steps; an older one is brought to the newest with all that it holds."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from onrecord.errors import StoreError
from onrecord.store import index, migrating, opening
from onrecord.store.kept import KeptStore
from onrecord.store.tables import KEPT_TABLES, METADATA
from tests.factories import make_record
from tests.store.conftest import READING

STEPS = Path(migrating.__file__).with_name("migrations")
RECORD = make_record()
# A step that a later version might make.
LATER = '''"""Captures can be marked."""
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "0002", "0001", None, None

def upgrade():
    op.add_column("captures", sa.Column("mark", sa.Text))
    op.execute("UPDATE captures SET mark = 'of old'")
'''
BROKEN = LATER + '    op.execute("UPDATE nowhere SET one = 1")\n'


@pytest.fixture
def later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Makes this onrecord a later one, with one more step."""

    def later(step: str) -> None:
        steps = tmp_path / "later"
        shutil.copytree(STEPS, steps, ignore=shutil.ignore_patterns("__pycache__"))
        (steps / "v0002_marks.py").write_text(step)
        monkeypatch.setattr(migrating, "STEPS", steps)
        monkeypatch.setattr(migrating, "REVISIONS", ("0001", "0002"))

    return later


def test_the_steps_are_those_that_are_named_in_order():
    found = [re.findall(r'^(?:revision|down_revision) = (.*)', path.read_text(), re.MULTILINE)
             for path in sorted(STEPS.glob("v*.py"))]  # fmt: skip
    names = [f'"{name}"' for name in migrating.REVISIONS]
    assert found == [list(pair) for pair in zip(names, ["None", *names], strict=False)]


def test_the_steps_make_the_tables_that_the_code_asks(store: KeptStore):
    kept = {table.name for table in KEPT_TABLES}

    def is_ours(name: str | None, kind: str, names: object) -> bool:
        return kind != "table" or name in kept

    database = store._database
    options = {
        "compare_type": True, "compare_server_default": True, "include_name": is_ours,
        "version_table": migrating.VERSION_TABLE, "version_table_schema": database.schema,
        "include_object": lambda thing, name, kind, reflected, other: kind != "table" or name in kept,
    }  # fmt: skip
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, METADATA) == []


def test_the_index_has_the_tables_that_the_code_asks(store: KeptStore):
    with store._database.reading() as connection:
        held = set(migrating.table_names(connection, store._database))
    assert {table.name for table in METADATA.sorted_tables} <= held


def test_an_older_store_is_renewed_with_all_that_it_holds(
    store: KeptStore, reopen: Callable[..., KeptStore], later: Callable[[str], None]
):
    store.add_records([(RECORD.capture, RECORD)], READING)
    before = (store.counts(), list(store.iter_judged()))
    store.close()
    later(LATER)
    with pytest.raises(StoreError, match="Open it once for writing"):
        reopen(read_only=True)
    told: list[str] = []
    renewed = reopen(say=told.append)
    assert (renewed.counts(), list(renewed.iter_judged())) == before
    assert "is renewed" in told[0]
    with renewed._database.reading() as connection:
        assert connection.exec_driver_sql("SELECT mark FROM captures").scalars().all() == ["of old"]
    assert reopen(read_only=True).counts() == before[0]


def test_a_renewal_that_fails_leaves_the_store_as_it_was(
    store: KeptStore,
    reopen: Callable[..., KeptStore],
    later: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
):
    store.add_records([(RECORD.capture, RECORD)], READING)
    before = (store.counts(), list(store.iter_judged()))
    store.close()
    with monkeypatch.context():
        later(BROKEN)
        with pytest.raises(StoreError, match="nowhere"):
            reopen()
    monkeypatch.undo()
    again = reopen()
    assert (again.counts(), list(again.iter_judged())) == before


def test_an_index_of_another_layout_is_made_anew(
    store: KeptStore, reopen: Callable[..., KeptStore], monkeypatch: pytest.MonkeyPatch
):
    store.add_records([(RECORD.capture, RECORD)], READING)
    before = store.counts()
    with store._database.writing() as connection:
        connection.exec_driver_sql("CREATE TABLE words_of_old (word TEXT)")
    store.close()
    monkeypatch.setattr(index, "INDEX_VERSION", index.INDEX_VERSION + 1_000_000)
    with pytest.raises(StoreError, match="must be renewed"):
        reopen(read_only=True)
    told: list[str] = []
    renewed = reopen(say=told.append)
    assert renewed.counts() == before
    assert told[-1] == "All 1 articles are indexed anew."
    with renewed._database.reading() as connection:
        assert "words_of_old" not in migrating.table_names(connection, renewed._database)


def test_an_index_that_differs_in_rare_signs_alone_can_be_read(
    store: KeptStore, reopen: Callable[..., KeptStore], monkeypatch: pytest.MonkeyPatch
):
    store.add_records([(RECORD.capture, RECORD)], READING)
    store.close()
    monkeypatch.setattr(index, "INDEX_VERSION", index.INDEX_VERSION + 1)
    assert reopen(read_only=True).counts().articles == 1


def test_a_store_whose_making_failed_is_none(
    reopen: Callable[..., KeptStore], monkeypatch: pytest.MonkeyPatch
):
    def fail(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(opening.indexing, "remake_index", fail)
        with pytest.raises(KeyboardInterrupt):
            reopen(create=True)
    with pytest.raises(StoreError, match="nothing in it"):
        reopen()
    assert reopen(create=True).counts().captures == 0
