"""Measures the reading room: so many readers at once in a large record, while articles are added to it.

    python -m bench.collection --make million.onrecord            # the record, once
    python -m bench.reading_room million.onrecord                 # 20 readers, a page every two seconds each
    python -m bench.reading_room million.onrecord --pause 0       # without a pause: as fast as it goes
    python -m bench.reading_room million.onrecord --browser       # also first paint and weight in Chromium

In: a record, which is copied first. Out: for each kind of page how long the server took (its own word,
Server-Timing, waiting for a thread included), how long the reader waited, and how much came over the wire.
"""

import argparse
import http.client
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

from bench.articles import bench_articles, change_names
from onrecord.record import Query
from onrecord.store import open_store

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
START_SECONDS = 60.0
Pages = dict[str, list[str]]


@dataclass(slots=True)
class Taken:
    """What the readers of one kind of page met: milliseconds and bytes of each answer."""

    server_ms: list[float] = field(default_factory=list)
    waited_ms: list[float] = field(default_factory=list)
    sent_bytes: list[int] = field(default_factory=list)


def list_pages(path: Path, seed: int = 1) -> Pages:
    """Addresses of each kind of page, drawn from what the record holds."""
    chance = random.Random(seed)
    with open_store(path, read_only=True) as store:
        hits = [hit for word in _draw_words(chance) for hit in store.search(Query(words=word, limit=20)).hits]
        hits += store.search(Query(limit=40)).hits
    people = sorted({(hit.person_id, hit.speaker or "") for hit in hits if hit.person_id})
    outlets = sorted({hit.outlet for hit in hits if hit.outlet})
    words = sorted({word for hit in hits for word in " ".join(hit.content).split() if word.isalpha()})
    articles = [f"/articles/{hit.article_id}" for hit in hits]
    statements = [f"/articles/{hit.article_id}?statement={hit.statement_id}" for hit in hits]
    months = sorted({hit.when[:7] for hit in hits if hit.when})
    return {
        "first page": ["/"],
        "article": chance.sample(articles, min(60, len(articles))),
        "article, a statement open": chance.sample(statements, min(60, len(statements))),
        "search, one word": [f"/search?q={quote(word)}" for word in chance.sample(words, 30)],
        "search, two words": [f"/search?q={quote(' '.join(chance.sample(words, 2)))}" for _ in range(30)],
        "search, an outlet": [f"/search?outlet={quote(outlet)}" for outlet in outlets[:30]],
        "search, a month": [f"/search?published={month}" for month in months[:30]],
        "person": [f"/people/{one}" for one, _ in chance.sample(people, min(40, len(people)))],
        "people": ["/people", *(f"/people?name={quote(name)}" for _, name in people[:20])],
        "timeline": ["/timeline", *(f"/timeline?when={month}" for month in months[:20])],
        "timeline, a word": [f"/timeline?q={quote(word)}" for word in chance.sample(words, 20)],
        "map": ["/timeline?view=map", *(f"/timeline?view=map&when={month}" for month in months[:20])],
        "review": ["/review", *(f"/review?outlet={quote(outlet)}" for outlet in outlets[:20])],
        "judgements": ["/judgements"],
        "verify": ["/verify"],
        "API, statements": [f"/api/statements?q={quote(word)}" for word in chance.sample(words, 30)],
    }


def _draw_words(chance: random.Random) -> Sequence[str]:
    return chance.sample(["river", "state", "people", "world", "year", "life", "work", "men", "right"], 5)


@contextmanager
def serve(path: Path) -> Iterator[str]:
    """The address of a server of this record, as the command starts it."""
    command = [sys.executable, "-m", "onrecord", "serve", str(path), "--port", "0", "--no-fetch"]
    with subprocess.Popen(command, stderr=subprocess.STDOUT, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield _read_address(server)
        finally:
            server.terminate()
            server.wait(timeout=30)


def _read_address(server: "subprocess.Popen[str]") -> str:
    assert server.stdout is not None
    for line in server.stdout:
        found = ADDRESS.search(line)
        if found:
            threading.Thread(target=server.stdout.read, daemon=True).start()
            return found[0]
    raise RuntimeError("The server ended without an address.")


class Readers:
    """So many readers, each with a connection of its own, opening pages until told to stop."""

    def __init__(self, address: str, pages: Pages, pause: float) -> None:
        self.host = urlsplit(address).netloc
        self.pages = pages
        self.pause = pause
        self.taken: dict[str, Taken] = defaultdict(Taken)
        self.failed: list[str] = []
        self._lock = threading.Lock()
        self._ended = threading.Event()

    def run(self, readers: int, seconds: float) -> None:
        """Reads for so long."""
        threads = [threading.Thread(target=self._read, args=(seed,)) for seed in range(readers)]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self._ended.set()
        for thread in threads:
            thread.join()

    def _read(self, seed: int) -> None:
        chance = random.Random(seed)
        connection = http.client.HTTPConnection(self.host, timeout=60)
        time.sleep(chance.random() * self.pause)
        while not self._ended.is_set():
            kind = chance.choice(list(self.pages))
            self._open(connection, kind, chance.choice(self.pages[kind]))
            if self.pause:
                time.sleep(chance.expovariate(1 / self.pause))
        connection.close()

    def _open(self, connection: http.client.HTTPConnection, kind: str, page: str) -> None:
        began = time.perf_counter()
        answer = _ask(connection, page)
        sent = len(answer.read())
        waited = 1000 * (time.perf_counter() - began)
        server = float((answer.getheader("Server-Timing") or "=nan").rpartition("=")[2])
        with self._lock:
            if answer.status != 200:
                self.failed.append(f"{answer.status} {page}")
            taken = self.taken[kind]
            taken.server_ms.append(server)
            taken.waited_ms.append(waited)
            taken.sent_bytes.append(sent)


def _ask(connection: http.client.HTTPConnection, page: str) -> http.client.HTTPResponse:
    """The answer; a connection that the server closed while nothing was asked is opened anew."""
    headers = {"Accept-Encoding": "gzip"}
    try:
        connection.request("GET", page, headers=headers)
        return connection.getresponse()
    except (http.client.RemoteDisconnected, ConnectionError):
        connection.close()
        connection.request("GET", page, headers=headers)
        return connection.getresponse()


class Feeder:
    """Somebody who adds articles, the next one whenever the last is done."""

    def __init__(self, address: str) -> None:
        self.host = urlsplit(address).netloc
        self.added = 0
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._feed)

    def __enter__(self) -> "Feeder":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    def _feed(self) -> None:
        texts, number = bench_articles(None, 10), 0
        while not self._ended.is_set():
            self._drop(change_names(texts[number % len(texts)], number))
            number += 1

    def _drop(self, text: str) -> None:
        connection = http.client.HTTPConnection(self.host, timeout=60)
        body = json.dumps({"text": text})
        connection.request("POST", "/api/articles", body=body, headers={"Content-Type": "application/json"})
        intake = json.loads(connection.getresponse().read())["data"]["intake_id"]
        while not self._ended.is_set():
            connection.request("GET", f"/api/intakes/{intake}")
            if json.loads(connection.getresponse().read())["data"]["state"] in {"done", "failed", "stopped"}:
                self.added += 1
                break
            time.sleep(0.2)
        connection.close()


def show_taken(taken: dict[str, Taken]) -> Iterator[str]:
    """A line for each kind of page, and one for all."""
    server = f"{'server p50':>10} {'p95':>7} {'max':>7}"
    yield f"{'milliseconds':28} {'pages':>6}  {server}   {'waited p95':>10}   {'most kB':>7}"
    every = Taken()
    for kind, one in sorted(taken.items()):
        yield _show_line(kind, one)
        every.server_ms += one.server_ms
        every.waited_ms += one.waited_ms
        every.sent_bytes += one.sent_bytes
    yield _show_line("all", every)


def _show_line(kind: str, one: Taken) -> str:
    middle, most = statistics.median(one.server_ms), max(one.server_ms)
    server = f"{middle:10.1f} {_share(one.server_ms, 0.95):7.1f} {most:7.1f}"
    waited, sent = _share(one.waited_ms, 0.95), max(one.sent_bytes) / 1000
    return f"{kind:28} {len(one.server_ms):6}  {server}   {waited:10.1f}   {sent:7.1f}"


def _share(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def measure_in_browser(address: str, pages: Pages) -> Iterator[str]:
    """First paint and weight of one page of each kind, in Chromium without anything kept."""
    from playwright.sync_api import sync_playwright

    asked = """() => ({
        paint: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
        weight: performance.getEntries().reduce((sum, one) => sum + (one.transferSize || 0), 0),
    })"""
    yield f"\n{'in Chromium':28} {'first paint ms':>15} {'weight kB':>10}"
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags)
        for kind, addresses in pages.items():
            if addresses[0].startswith("/api"):
                continue
            context = browser.new_context()
            page = context.new_page()
            page.goto(address + addresses[0], wait_until="networkidle")
            told = page.evaluate(asked)
            yield f"{kind:28} {told['paint']:15.0f} {told['weight'] / 1000:10.1f}"
            context.close()
        browser.close()


def main() -> None:
    """Prints the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("record", type=Path)
    parser.add_argument("--readers", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=2.0, help="seconds between two pages of a reader")
    parser.add_argument("--quiet", action="store_true", help="add no articles meanwhile")
    parser.add_argument("--browser", action="store_true", help="also measure in Chromium")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.record.parent) as folder:
        path = Path(shutil.copy(given.record, folder))
        os.sync()  # the copy's writing would be measured with the rest
        pages = list_pages(path)
        with serve(path) as address:
            _measure(address, pages, given)


def _measure(address: str, pages: Pages, given: argparse.Namespace) -> None:
    readers = Readers(address, pages, given.pause)
    if given.quiet:
        readers.run(given.readers, given.seconds)
    else:
        with Feeder(address) as feeder:
            readers.run(given.readers, given.seconds)
        print(f"{feeder.added} articles were added meanwhile")
    print("\n".join(show_taken(readers.taken)))
    for failed in readers.failed[:10]:
        print(failed)
    if given.browser:
        print("\n".join(measure_in_browser(address, pages)))


if __name__ == "__main__":
    main()
