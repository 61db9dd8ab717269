"""Articles to measure with: a folder's own, or the samples repeated until there are enough."""

import gzip
import json
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def bench_articles(data: Path | None, count: int) -> list[str]:
    """`count` plain texts: of a JSONL corpus with a `text` column, or else of the samples."""
    if data is not None:
        with gzip.open(data, "rt", encoding="utf-8") as lines:
            return [json.loads(line)["text"] for _, line in zip(range(count), lines, strict=False)]
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    # A changed first line makes each copy an article of its own.
    return [f"Edition {k}\n\n{texts[k % len(texts)]}" for k in range(count)]
