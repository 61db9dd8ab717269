"""Measures `onrecord read`: words a second, cold start, memory, and the share of each stage.

    python -m bench                                    # on the samples
    python -m bench --data ../shared/data/polnear/dev.jsonl.gz --count 84

Figures are of this machine, as idle as it is: run it alone, and compare only within one run.
"""

import argparse
import json
import platform
import resource
import statistics
import subprocess
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from bench.articles import SAMPLES, bench_articles
from bench.ceiling import encoder_rates
from bench.stages import stage_shares
from onrecord.engine import Engine

REPEATS = 5
PASSES = 2


def words_per_second(texts: list[str]) -> float:
    """Words (runs of characters without white space) a second of processor time, whole reads.

    The best of some passes: what else runs on the machine only ever slows one down.
    """
    engine = Engine()
    engine.read(texts[0])
    words = sum(len(text.split()) for text in texts)
    rates = []
    for _ in range(PASSES):
        began = time.process_time()
        for text in texts:
            engine.read(text)
        rates.append(words / (time.process_time() - began))
    return max(rates)


def words_per_second_on_two(texts: list[str]) -> float:
    """The same on two cores at once: two processes with half the articles each, added up."""
    with ProcessPoolExecutor(2) as pool:
        return sum(pool.map(words_per_second, [texts[::2], texts[1::2]]))


def cold_start_seconds() -> float:
    """Seconds from the command to the record of one sample, in a fresh process; the median."""
    sample = sorted(SAMPLES.glob("*.txt"))[0]
    command = [sys.executable, "-m", "onrecord", "read", "--json", str(sample)]
    took = []
    for _ in range(REPEATS):
        began = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took.append(time.perf_counter() - began)
    return statistics.median(took)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, help="a JSONL corpus, gzipped, with a column `text`")
    parser.add_argument("--count", type=int, default=60, help="articles to read")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    args = parser.parse_args()
    texts = bench_articles(args.data, args.count)
    engine = Engine()
    figures = {
        "machine": f"{platform.machine()}, Python {platform.python_version()}",
        "articles": len(texts),
        "words": sum(len(text.split()) for text in texts),
        "words a second, one core": round(words_per_second(texts)),
        "words a second, two cores": round(words_per_second_on_two(texts)),
        "cold start, seconds": round(cold_start_seconds(), 2),
        "stages, seconds": {k: round(v, 2) for k, v in stage_shares(engine, texts).items()},
        **encoder_rates(engine.encoder),
        "peak memory, MB": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }
    if args.json:
        print(json.dumps(figures))
        return
    stages = figures.pop("stages, seconds")
    for name, value in figures.items():
        print(f"{name:48} {value}")
    total = sum(stages.values())
    for name, seconds in stages.items():
        print(f"  {name:46} {100 * seconds / total:5.1f} %")


if __name__ == "__main__":
    main()
