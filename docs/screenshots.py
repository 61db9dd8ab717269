"""Takes a picture of every page of the reading room: run `python -m docs.screenshots FOLDER` in the checkout.

In: the samples of the package, read by the real engine and served by the real server. Out: PNG files named by
page, width and light: `06-articles-article_id-1280-light.png`. With --dark each page in the dark too.
"""

import argparse
import contextlib
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from onrecord.collection.face import Collection
from onrecord.collection.samples import find_samples
from onrecord.record.judging import Voice, accept, reject
from onrecord.serve.drops import Drop
from onrecord.store import open_store
from tests.serve.addresses import DOWNLOADS, FRAGMENTS, examples_of, fill_path, room_in, routes_of
from tests.serve.browser import Chromium, find_chromium, open_chromium
from tests.serve.serving import ServedRoom, serve

WIDTHS = (1280, 390)
SAMPLE_NAME = "Ada Quill"
PATIENCE = 180.0  # seconds for the samples to be read
MORE = (
    "/articles/{article_id}?statement={statement_id}",
    "/search?q=bridge",
    "/search?q=nothing+like+it",
    "/timeline?q=bridge",
    "/there-is-no-such-page",
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the pictures and names each."""
    parser = argparse.ArgumentParser(prog="python -m docs.screenshots", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--dark", action="store_true", help="each page in the dark too")
    given = parser.parse_args(arguments)
    path = find_chromium()
    if path is None:
        parser.error("There is no Chromium: install it, or name it in ONRECORD_CHROMIUM.")
    given.folder.mkdir(parents=True, exist_ok=True)
    with open_samples() as room, open_chromium(path) as chromium:
        for number, (path, address) in enumerate(list_pages(room).items()):
            stem = given.folder / f"{number:02}-{_name(path)}"
            for scheme in ("light", "dark") if given.dark else ("light",):
                for written in take_pictures(chromium, room.url + address, scheme, stem):
                    print(written)


@contextlib.contextmanager
def open_samples() -> Iterator[ServedRoom]:
    """The samples as a record that is served, with judgements, a verified draft, and the drop itself."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(Path(folder) / "samples.onrecord", create=True)
        with contextlib.closing(Collection(store)) as collection, serve(collection) as room:
            _read_samples(room)
            _judge_some(collection)
            _verify_draft(room)
            yield room


def _read_samples(served: ServedRoom) -> None:
    intakes, drop = room_in(served.app).intakes, Drop()
    drop.add_samples()
    drop.add_text("\x00\x01 no text at all", title="A picture that is no article")
    intakes.start(drop)
    until = time.monotonic() + PATIENCE
    while intakes.running() and time.monotonic() < until:
        time.sleep(0.1)


def _judge_some(collection: Collection) -> None:
    for number, entry in enumerate(collection.records()):
        judged = collection.show(entry.article.article_id)
        voice = Voice(by=SAMPLE_NAME, made_at="2031-06-01T09:00:00.000+00:00")
        make = reject if number % 3 == 2 else accept
        for statement in judged.record.statements[: 1 + number % 2]:
            collection.judge(make(judged, statement.statement_id, voice))


def _verify_draft(served: ServedRoom) -> None:
    draft = find_samples().joinpath("drafts", "bridge.md").read_bytes()
    verifications = room_in(served.app).verifications
    verifications.keep(served.collection.verify(draft, name="bridge.md"))


def list_pages(served: ServedRoom) -> dict[str, str]:
    """Every page with its address, of the sample that has most statements."""
    longest = max(served.collection.records(), key=lambda record: len(record.statements))
    examples = examples_of(room_in(served.app), longest)
    paths = [route.path for route in routes_of(served.app) if route.path not in DOWNLOADS | FRAGMENTS]
    return {path: fill_path(path, examples) for path in (*paths, *MORE)}


def take_pictures(chromium: Chromium, address: str, scheme: str, stem: Path) -> Iterator[Path]:
    """The files with the whole page at each width."""
    for width in WIDTHS:
        shape = {"width": width, "height": 900}
        with chromium.open_page(address, viewport=shape, color_scheme=scheme) as (page, _):
            page.goto(address, wait_until="networkidle")
            path = stem.with_name(f"{stem.name}-{width}-{scheme}.png")
            page.screenshot(path=path, full_page=True)
            yield path


def _name(path: str) -> str:
    return re.sub(r"[^a-z_]+", "-", path).strip("-") or "home"


if __name__ == "__main__":
    main()
