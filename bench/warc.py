"""Measures the reading of a large WARC file: pages a second and peak memory.

    python -m bench.warc --size 1GB            # plain; --gzip for one member a record
    python -m bench.warc --size 100MB --read 200

The file is made of our own samples in a temporary folder, and deleted. `--read` also reads so many of the
pages as articles.
"""

import argparse
import gzip
import html
import re
import resource
import tempfile
import time
import uuid
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from bench.articles import bench_articles
from onrecord.ingest import captures, read_article
from onrecord.record import Capture

UNITS = {"kb": 10**3, "mb": 10**6, "gb": 10**9}
# News pages of today are mostly script and style; the benchmark's have 47,000 bytes, most of it that.
SCRIPT = (
    "<script>" + "".join(f"window.slot{k}={{'size':[{k},{k * 7 % 970}]}};" for k in range(1300)) + "</script>"
)


def parse_size(words: str) -> int:
    """The bytes that words such as "1GB" or "300 MB" mean."""
    match = re.fullmatch(r"\s*([\d.]+)\s*(kb|mb|gb)\s*", words.lower())
    if match is None:
        raise argparse.ArgumentTypeError(f"{words!r} is no size: write it as 300MB or 1GB.")
    return int(float(match[1]) * UNITS[match[2]])


def make_pages() -> Iterator[bytes]:
    """HTML pages of the samples without end, each an edition of its own."""
    texts = bench_articles(None, 20)
    number = 0
    while True:
        title, _, body = texts[number % len(texts)].partition("\n\n")
        paragraphs = "".join(f"<p>{html.escape(part)}</p>\n" for part in body.split("\n\n"))
        head = f"<head><title>{html.escape(title)} {number}</title>{SCRIPT}</head>"
        body = f"<body><article>{paragraphs}</article></body>"
        yield f"<!doctype html><html>{head}{body}</html>".encode()
        number += 1


def make_record(page: bytes, number: int) -> bytes:
    """A response record of WARC 1.1 with the page."""
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page
    header = (
        "WARC/1.1\r\nWARC-Type: response\r\n"
        f"WARC-Record-ID: <urn:uuid:{uuid.UUID(int=number)}>\r\n"
        "WARC-Date: 2031-05-03T10:00:00Z\r\n"
        f"WARC-Target-URI: https://courier.beltown.example/{number}\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return header.encode() + block + b"\r\n\r\n"


def write_warc(stream: BinaryIO, size_bytes: int, *, packed: bool) -> int:
    """The number of pages written until the file had this size."""
    written = number = 0
    for number, page in enumerate(make_pages(), 1):
        record = make_record(page, number)
        written += stream.write(gzip.compress(record, 1) if packed else record)
        if written >= size_bytes:
            break
    return number


def peak_megabytes() -> float:
    """The most memory that this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--size", type=parse_size, default=parse_size("1GB"), help="size of the file")
    parser.add_argument("--gzip", action="store_true", help="one gzip member a record")
    parser.add_argument("--read", type=int, default=0, help="pages to read as articles as well")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "pages.warc.gz" if args.gzip else "pages.warc")
        with path.open("wb") as stream:
            made = write_warc(stream, args.size, packed=args.gzip)
        before = peak_megabytes()
        began = time.perf_counter()
        found = sum(isinstance(entry, Capture) for entry in captures(path))
        took = time.perf_counter() - began
        print(f"pages written, found       {made:,}, {found:,}")
        print(f"pages a second             {found / took:,.0f}")
        print(f"megabytes a second         {path.stat().st_size / 1e6 / took:,.0f}")
        print(f"peak memory before, MB     {before:,.0f}")
        print(f"peak memory after, MB      {peak_megabytes():,.0f}")
        if args.read:
            began = time.perf_counter()
            for entry in islice(captures(path), args.read):
                if isinstance(entry, Capture):
                    read_article(entry)
            print(f"pages a second, as articles {args.read / (time.perf_counter() - began):,.0f}")
            print(f"peak memory then, MB       {peak_megabytes():,.0f}")


if __name__ == "__main__":
    main()
