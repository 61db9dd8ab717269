"""Kills `onrecord add` at random moments, runs it again, and compares the record with an undisturbed one.

    python -m bench.kills --kills 100
    python -m bench.kills --kills 20 --jobs 2 --seed 7

Each record is made by the command itself, killed with all its processes (SIGKILL) at a moment between the
first sign of its file and its end, then run to the end; some are killed twice. Out: how many were equal, row
by row, and exit code 1 where one was not.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from bench.articles import SAMPLES, change_names
from bench.contents import list_differences, read_contents

CHARS = 400  # of each sample: reading is to be short beside writing, or no kill would meet a transaction
SECOND_KILLS = 0.25
# Of the kills, those that come while the file is being made, in its first moments.
EARLY_KILLS, EARLY_SECONDS = 0.25, 0.15
WAIT_SECONDS = 60.0
PROGRAM = (sys.executable, "-m", "onrecord", "add")


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One record: after how many seconds of its file it was killed, and in what it differs in the end."""

    kills: tuple[float, ...]
    missed: int
    differences: tuple[str, ...]


def write_articles(folder: Path, count: int) -> None:
    """Short articles, among them one that comes twice, one that is empty, one that is a picture."""
    folder.mkdir()
    texts = [path.read_text(encoding="utf-8")[:CHARS] for path in sorted(SAMPLES.glob("*.txt"))]
    for number in range(count):
        text = change_names(texts[number % len(texts)], number)
        (folder / f"article-{number:03}.txt").write_text(text, encoding="utf-8")
    (folder / "article-005-again.txt").write_bytes((folder / "article-000.txt").read_bytes())
    (folder / "article-007-empty.txt").write_bytes(b"")
    (folder / "article-009-picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))


def run_whole(articles: Path, path: Path, more: Sequence[str] = ()) -> float:
    """Adds without a disturbance; seconds from the first sign of the file to the end."""
    process = _start(articles, path, more)
    began = _wait_for_file(process, path)
    process.wait(WAIT_SECONDS)
    took = time.monotonic() - began
    if process.returncode != 1:  # 1, because two of the articles cannot be read
        raise RuntimeError(f"add ended with {process.returncode}")
    return took


def run_killed(articles: Path, path: Path, after: float, more: Sequence[str] = ()) -> bool:
    """Whether adding was still going on so long after the first sign of its file, and was killed then."""
    process = _start(articles, path, more)
    began = _wait_for_file(process, path)
    try:
        process.wait(max(0.0, began + after - time.monotonic()))
        return False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(WAIT_SECONDS)
        return True


def run_trial(
    articles: Path,
    expected: dict[str, list[tuple[object, ...]]],
    moments: Sequence[float],
    jobs: Sequence[str],
) -> Trial:
    """One record, killed at these moments and run to its end."""
    with tempfile.TemporaryDirectory(dir=articles.parent) as folder:
        path = Path(folder, "news.onrecord")
        hits = [run_killed(articles, path, after, jobs) for after in moments]
        run_whole(articles, path)
        differences = list_differences(expected, read_contents(path))
        differences += [f"left behind: {one.name}" for one in Path(folder).iterdir() if one != path]
    return Trial(kills=tuple(moments), missed=hits.count(False), differences=tuple(differences))


def choose_moments(chance: random.Random, span: float) -> tuple[float, ...]:
    """When to kill: once or twice, often while the file is made."""
    kills = 2 if chance.random() < SECOND_KILLS else 1
    early = [chance.random() < EARLY_KILLS for _ in range(kills)]
    return tuple(chance.uniform(0, EARLY_SECONDS if first else span) for first in early)


def _start(articles: Path, path: Path, more: Sequence[str]) -> "subprocess.Popen[bytes]":
    command = (*PROGRAM, str(articles), "--to", str(path), *more)
    nowhere = subprocess.DEVNULL
    return subprocess.Popen(command, start_new_session=True, stdout=nowhere, stderr=nowhere)


def _wait_for_file(process: "subprocess.Popen[bytes]", path: Path) -> float:
    """The moment when the file is there, or anything beside it, or the program ended."""
    known = {one.name for one in path.parent.iterdir()}
    if path.name in known:  # made by a run before: a program takes so long to get to it
        time.sleep(0.1)
        return time.monotonic()
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if {one.name for one in path.parent.iterdir()} - known:
            break
        time.sleep(0.001)
    return time.monotonic()


def run_trials(
    folder: Path, *, kills: int, jobs: int, seed: int, count: int, told: TextIO | None = None
) -> list[Trial]:
    """Trials until so many kills hit, each beside the same undisturbed record; a mark for each is written."""
    articles, chance = folder / "articles", random.Random(seed)
    more = ("--jobs", str(jobs))
    write_articles(articles, count)
    span = run_whole(articles, folder / "whole.onrecord", more)
    expected = read_contents(folder / "whole.onrecord")
    trials: list[Trial] = []
    while sum(len(trial.kills) - trial.missed for trial in trials) < kills:
        trials.append(run_trial(articles, expected, choose_moments(chance, span), more))
        if told:
            print(".x"[bool(trials[-1].differences)], end="", file=told, flush=True)
        if len(trials) > 4 * kills + 4:
            raise RuntimeError(f"{len(trials)} runs ended before they were killed; take more articles.")
    return trials


def main() -> None:
    """Prints the account."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=100, help="kills that hit")
    parser.add_argument("--jobs", type=int, default=1, help="processes that read in the runs that are killed")
    parser.add_argument("--count", type=int, default=24, help="articles of a record")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    args = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        trials = run_trials(Path(folder), kills=args.kills, jobs=args.jobs, seed=args.seed, count=args.count)
    hits = sum(len(trial.kills) - trial.missed for trial in trials)
    unequal = [trial for trial in trials if trial.differences]
    print(f"\nkills {hits}, records {len(trials)}, equal {len(trials) - len(unequal)}, "
          f"seconds {time.monotonic() - began:.0f}, jobs {args.jobs}, seed {args.seed}")  # fmt: skip
    print(
        "kills by tenth of a second:",
        dict(sorted(Counter(round(k, 1) for t in trials for k in t.kills).items())),
    )
    for trial in unequal:
        print(f"killed after {trial.kills}:", *trial.differences, sep="\n  ")
    parser.exit(1 if unequal else 0)


if __name__ == "__main__":
    main()
