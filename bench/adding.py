"""Measures adding beside reading alone: the share of the reading rate that is left, and the size of the file.

    python -m bench.adding                             # the samples, with changed names
    python -m bench.adding --data ../shared/data/polnear/dev.jsonl.gz --count 84
    python -m bench.adding --batches 1 4 16 64         # also what a transaction costs

In: articles. Out: processor time of adding them to a fresh file, and of it the share that is the engine's own
reading: what else runs on the machine slows both alike.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from bench.articles import bench_articles, change_names
from onrecord.collection import adding
from onrecord.collection.adding import Adding, Ways
from onrecord.collection.inputs import Input
from onrecord.collection.tasks import Task
from onrecord.collection.workers import LocalReader
from onrecord.engine import Engine
from onrecord.ingest import make_capture
from onrecord.record import Capture, Failure, Record
from onrecord.store import open_store

ROUNDS = 3


def bench_captures(data: Path | None, count: int) -> list[Capture]:
    """So many articles; where they are the samples, each copy has names of its own."""
    texts = bench_articles(data, count)
    if data is None:
        texts = [change_names(text, number) for number, text in enumerate(texts)]
    return [make_capture(text.encode()) for text in texts]


class TimedReader(LocalReader):
    """Reads in this process, and keeps how much of its time that took."""

    spent = 0.0

    def read(self, task: Task) -> Record | Failure:
        began = time.process_time()
        try:
            return super().read(task)
        finally:
            self.spent += time.process_time() - began


def add_to_file(engine: Engine, captures: Sequence[Capture], path: Path) -> tuple[float, float]:
    """Seconds of adding all to a fresh file, and of them those of reading."""
    path.unlink(missing_ok=True)
    reader, began = TimedReader(engine), time.process_time()
    with closing(open_store(path, create=True)) as store:
        source = Input(name="bench", find=lambda: iter(captures))
        report = Adding(store, reader, Ways(signature=engine.signature)).add([source])
    if report.added != len(captures):
        raise RuntimeError(f"{report} of {len(captures)} articles")
    return time.process_time() - began, reader.spent


def time_batches(engine: Engine, captures: Sequence[Capture], sizes: Sequence[int], folder: Path) -> None:
    """Prints what writing records costs that are read already, so many in a transaction."""
    reader = _ReadBefore({found.capture.sha256: found for found in map(engine.read_capture, captures)})
    for size in sizes:
        adding.BATCH_ARTICLES, adding.BATCH_SECONDS = size, float("inf")
        path = folder / f"batches-{size}.onrecord"
        with closing(open_store(path, create=True)) as store:
            source = Input(name="bench", find=lambda: iter(captures))
            run = Adding(store, reader, Ways(signature="bench"))
            began, wall = time.process_time(), time.perf_counter()
            run.add([source])
            spent, wall = time.process_time() - began, time.perf_counter() - wall
        each = 1000 / len(captures)
        print(
            f"{size:5} articles a transaction  {each * spent:6.2f} ms an article, {each * wall:6.2f} waited"
        )


class _ReadBefore(LocalReader):
    """Gives what was read before."""

    def __init__(self, records: Mapping[str, Record]) -> None:
        self._records = records

    def read(self, task: Task) -> Record:
        return self._records[task.capture.sha256]


def main() -> None:
    """Prints the figures: processor time, and of transactions also what they waited for the disk."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="a JSONL corpus, gzipped, with a column `text`")
    parser.add_argument("--count", type=int, default=60, help="articles to add")
    parser.add_argument("--folder", type=Path, help="where to make the file; otherwise among temporary files")
    parser.add_argument("--batches", type=int, nargs="*", default=[], metavar="N", help="articles at once")
    args = parser.parse_args()
    captures = bench_captures(args.data, args.count)
    engine = Engine()
    engine.read_capture(captures[0])  # loads the weights, the gazetteer and the tables: no article's time
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        path = Path(folder, "bench.onrecord")
        rounds = [add_to_file(engine, captures, path) for _ in range(ROUNDS)]
        added, alone = min(rounds)
        words = sum(len((capture.body or b"").split()) for capture in captures)
        print(f"articles, words                 {len(captures):,}, {words:,}")
        print(f"read alone, words a second      {words / alone:,.0f}")
        print(f"added, words a second           {words / added:,.0f}")
        print(f"share of the reading rate kept  {statistics.median(two / one for one, two in rounds):.1%}")
        print(f"writing, ms an article          {1000 * (added - alone) / len(captures):.1f}")
        print(f"file, bytes an article          {path.stat().st_size / len(captures):,.0f}")
        print(
            f"file, bytes a byte captured     {path.stat().st_size / sum(c.size_bytes for c in captures):.2f}"
        )
        time_batches(engine, captures, args.batches, Path(folder))


if __name__ == "__main__":
    main()
