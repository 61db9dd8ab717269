"""Measures adding beside reading alone: the share of the reading rate that is left, and the size of the file.

    python -m bench.adding                             # the samples, with changed names
    python -m bench.adding --data ../shared/data/polnear/dev.jsonl.gz --count 84
    python -m bench.adding --batches 1 4 16 64         # also what a transaction costs

In: articles. Out: articles a second, read alone and added to a fresh file, in turns within one process.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
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
from onrecord.record import Capture, Record
from onrecord.store import open_store

ROUNDS = 3


def bench_captures(data: Path | None, count: int) -> list[Capture]:
    """So many articles; where they are the samples, each copy has names of its own."""
    texts = bench_articles(data, count)
    if data is None:
        texts = [change_names(text, number) for number, text in enumerate(texts)]
    return [make_capture(text.encode()) for text in texts]


def read_alone(engine: Engine, captures: Sequence[Capture]) -> None:
    """Reads and keeps nothing."""
    for _ in engine.read_captures(captures):
        pass


def add_to_file(engine: Engine, captures: Sequence[Capture], path: Path) -> None:
    """Reads, and adds to a fresh file."""
    path.unlink(missing_ok=True)
    with closing(open_store(path, create=True)) as store:
        source = Input(name="bench", find=lambda: iter(captures))
        report = Adding(store, LocalReader(engine), Ways(signature=engine.signature)).add([source])
    if report.added != len(captures):
        raise RuntimeError(f"{report} of {len(captures)} articles")


def time_both(engine: Engine, captures: Sequence[Capture], path: Path) -> tuple[list[float], list[float]]:
    """Seconds of reading alone and of adding, in turns: what else the machine does slows both."""
    alone, added = [], []
    for _ in range(ROUNDS):
        alone.append(_seconds(lambda: read_alone(engine, captures)))
        added.append(_seconds(lambda: add_to_file(engine, captures, path)))
    return alone, added


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


def _seconds(call: Callable[[], object]) -> float:
    began = time.process_time()
    call()
    return time.process_time() - began


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
    read_alone(engine, captures[:2])
    with tempfile.TemporaryDirectory(dir=args.folder) as folder:
        path = Path(folder, "bench.onrecord")
        alone, added = time_both(engine, captures, path)
        ratios = [first / second for first, second in zip(alone, added, strict=True)]
        words = sum(len((capture.body or b"").split()) for capture in captures)
        print(f"articles, words                 {len(captures):,}, {words:,}")
        print(f"read alone, words a second      {words / min(alone):,.0f}")
        print(f"added, words a second           {words / min(added):,.0f}")
        print(f"share of the reading rate kept  {statistics.median(ratios):.1%}")
        print(f"writing, ms an article          {1000 * (min(added) - min(alone)) / len(captures):.1f}")
        print(f"file, bytes an article          {path.stat().st_size / len(captures):,.0f}")
        print(
            f"file, bytes a byte captured     {path.stat().st_size / sum(c.size_bytes for c in captures):.2f}"
        )
        time_batches(engine, captures, args.batches, Path(folder))


if __name__ == "__main__":
    main()
