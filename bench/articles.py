"""Articles to measure with: a folder's own, or the samples repeated until there are enough."""

import gzip
import json
import re
from pathlib import Path

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{3,}")
SYLLABLES = ("ba", "del", "fin", "go", "har", "ken", "lo", "mir", "nu", "sta")


def bench_articles(data: Path | None, count: int) -> list[str]:
    """`count` plain texts: of a JSONL corpus with a `text` column, or else of the samples."""
    if data is not None:
        with gzip.open(data, "rt", encoding="utf-8") as lines:
            return [json.loads(line)["text"] for _, line in zip(range(count), lines, strict=False)]
    texts = [path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    # A changed first line makes each copy an article of its own.
    return [f"Edition {k}\n\n{texts[k % len(texts)]}" for k in range(count)]


def change_names(text: str, number: int) -> str:
    """The text with an ending on each name, the same on each of its places, another for each number."""
    ending = "".join(SYLLABLES[int(digit)] for digit in str(number))
    names = set(NAME.findall(text))
    return re.sub(r"\b[A-Z][a-z]{3,}\b", lambda found: found[0] + ending * (found[0] in names), text)
