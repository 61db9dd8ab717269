"""Other readers of pages, in the same shape as ours, and a cache of what the slow ones said.

In: a gold page, of which only `html` and `url` are looked at. Out: a `PageReading`. A peer that is not
installed is left out, and said to be. Peers run on the default settings their documentation gives.
"""

import hashlib
import json
import logging
import time
import warnings
from collections.abc import Callable
from dataclasses import asdict, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from eval.page_corpus import GoldPage
from eval.page_figures import PageReading, Read
from eval.page_markup import read_markup_alone
from onrecord.errors import InputError

ROOT = Path(__file__).resolve().parents[1]
# Part of the key: raise it where a peer is read or asked otherwise.
CACHE_VERSION = "1"


def find_peers(cache: Path | None, tell: Callable[[str], None]) -> dict[str, Read]:
    """The peers that can run here, by name; those that cannot are told of."""
    peers: dict[str, Read] = {}
    if trafilatura := _version_of("trafilatura", tell):
        # Not cached: its time is to be of this run, on this machine, beside ours.
        peers["trafilatura"] = lambda page: _read_with_trafilatura(page, precise=False)
        precise: Read = lambda page: _read_with_trafilatura(page, precise=True)  # noqa: E731
        peers["trafilatura, precision"] = cached(precise, cache, f"trafilatura-precision-{trafilatura}")
    if newspaper := _version_of("newspaper4k", tell):
        peers["newspaper4k"] = cached(_read_with_newspaper, cache, f"newspaper4k-{newspaper}")
    return {**peers, "JSON-LD and meta": read_markup_alone}


def _version_of(name: str, tell: Callable[[str], None]) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        tell(f"{name} is left out: it is not installed. Run `pip install {name}` to have it beside ours.")
        return None


def _read_with_trafilatura(page: GoldPage, *, precise: bool) -> PageReading:
    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    start = time.process_time()
    document: Any = bare_extraction(
        page.html, url=page.url, with_metadata=True, include_comments=False, favor_precision=precise
    )
    seconds = time.process_time() - start
    if document is None:
        return PageReading(headings=(), seconds=seconds, failure="trafilatura found no article.")
    heads = document.body.iter("head") if document.body is not None else ()
    return PageReading(
        text=document.text or "",
        title=document.title,
        authors=tuple(name.strip() for name in (document.author or "").split(";") if name.strip()),
        published=document.date,
        headings=tuple("".join(head.itertext()) for head in heads),
        seconds=seconds,
    )


def _read_with_newspaper(page: GoldPage) -> PageReading:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        start = time.process_time()
        # 12 pages are in languages for which it asks for further parts: those it reads as if English.
        for language in (None, "en"):
            try:
                reading = _ask_newspaper(page, language)
                break
            # It fails in many ways on pages it does not expect; each counts as a page not read.
            except Exception as error:
                reading = PageReading(failure=f"newspaper4k: {error!s:.200}")
    return replace(reading, seconds=time.process_time() - start)


def _ask_newspaper(page: GoldPage, language: str | None) -> PageReading:
    import newspaper  # type: ignore[import-untyped, unused-ignore]

    chosen = {"language": language} if language else {}
    article = newspaper.Article(page.url or "", fetch_images=False, **chosen)
    article.download(input_html=page.html)
    article.parse()
    published = article.publish_date
    return PageReading(
        text=article.text,
        title=article.title,
        authors=tuple(article.authors),
        published=published.isoformat() if hasattr(published, "isoformat") else None,
    )


def cached(read: Read, folder: Path | None, name: str) -> Read:
    """The same reader, its readings kept in the folder by page and by the name, which holds its version.

    The folder holds texts of the press, so it must lie outside the project.
    """
    if folder is None:
        return read
    if folder.resolve().is_relative_to(ROOT):
        raise InputError(
            "The cache would put texts of the corpus into the project.",
            where=str(folder),
            cure="Give a folder outside it.",
        )
    own = folder / f"{name}-{CACHE_VERSION}"
    own.mkdir(parents=True, exist_ok=True)

    def read_cached(page: GoldPage) -> PageReading:
        key = f"{page.page_id}\n{page.url}\n{page.html}".encode("utf-8", "surrogatepass")
        path = own / f"{hashlib.sha256(key).hexdigest()}.json"
        if path.is_file():
            return _reading_of(json.loads(path.read_text(encoding="utf-8")))
        reading = read(page)
        path.write_text(json.dumps(asdict(reading)), encoding="utf-8")
        return reading

    return read_cached


def _reading_of(kept: dict[str, Any]) -> PageReading:
    fields: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in kept.items()}
    return PageReading(**fields)
