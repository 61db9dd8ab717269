"""Measures the reading of pages before the encoder: pages a second, and where the time goes.

    python -m bench.pages ../shared/data/pages/publishers.jsonl.gz --column html
    python -m bench.pages folder-of-pages --most 200

In: any source that `onrecord read` takes. Out: a table of processor time by stage, on standard output.
"""

import argparse
import time
from collections import Counter
from collections.abc import Callable
from itertools import islice
from typing import Any

import onrecord.ingest.html as reader
from onrecord.ingest import captures, read_article
from onrecord.record import Capture

# What the reader of pages is put together from, by the names it calls them by.
STAGES = {
    "parse_page": "parse",
    "is_cut_off": "parse",
    "segment_page": "blocks",
    "read_page_header": "header",
    "judge_page": "what each block is",
    "SourceText": "source map",
    "put_together": "source map",
    "make_source_map": "source map",
    "cover_page": "coverage",
    "make_reading": "fields and agencies",
}


def time_stages(spent: Counter[str]) -> None:
    """Has each stage of the reader add its processor time to the counter."""
    for name, stage in STAGES.items():
        setattr(reader, name, _timed(getattr(reader, name), stage, spent))


def _timed(call: Callable[..., Any], stage: str, spent: Counter[str]) -> Callable[..., Any]:
    def timed(*given: Any, **named: Any) -> Any:
        start = time.process_time()
        try:
            return call(*given, **named)
        finally:
            spent[stage] += time.process_time() - start

    return timed


def read_pages(source: str, column: str | None, most: int) -> tuple[int, int, float, Counter[str]]:
    """How many pages were read, of how many bytes, in how much processor time, and that by stage."""
    pages = [c for c in islice(captures(source, column=column), most) if isinstance(c, Capture)]
    for page in pages[:3]:
        read_article(page)  # loads the model and the tables: no page's time
    spent: Counter[str] = Counter()
    time_stages(spent)
    start = time.process_time()
    for page in pages:
        read_article(page)
    whole = time.process_time() - start
    spent["the rest"] = whole - spent.total()
    return len(pages), sum(page.size_bytes for page in pages), whole, spent


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("source")
    parser.add_argument("--column", help="the column of the pages, where the source is a table")
    parser.add_argument("--most", type=int, default=100_000, help="read so many pages at most")
    asked = parser.parse_args()
    count, size, whole, spent = read_pages(asked.source, asked.column, asked.most)
    if not count:
        parser.exit(1, "No page was found in the source.\n")
    print(f"{count} pages of {size / count / 1000:.0f} kB: {count / whole:.1f} a second and core")
    for stage, seconds in spent.most_common():
        print(f"{stage:20} {1000 * seconds / count:6.1f} ms {seconds / whole:6.0%}")


if __name__ == "__main__":
    main()
