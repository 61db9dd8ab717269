"""Pages as onrecord reads them: the article's blocks and header, the time taken, the words proven.

In: a gold page, of which only `html` and `url` are looked at. Out: a `PageReading`.
"""

import re
import time
from html import unescape
from pathlib import Path

from eval.page_corpus import GoldPage
from eval.page_figures import PageReading
from onrecord.errors import OnrecordError
from onrecord.ingest import make_capture, read_article
from onrecord.ingest.page_model import use_weights
from onrecord.record import Article, Capture, SourceMap
from train.page_folds import find_fold

TEXT_KINDS = frozenset({"dek", "paragraph", "quotation", "list_item", "heading"})
# The sets say when a page was captured only now and then, and a fixed moment gives the same reading always.
RETRIEVED_AT = "2026-01-31T12:00:00+00:00"


def read_with_onrecord(page: GoldPage) -> PageReading:
    """The reading, with the processor time of making the capture and reading it; a failure is said."""
    body = page.html.encode("utf-8", "surrogatepass")
    start = time.process_time()
    try:
        capture = make_capture(body, media_type="text/html", url=page.url, retrieved_at=RETRIEVED_AT)
        article = read_article(capture)
    except OnrecordError as error:
        return PageReading(failure=str(error), seconds=time.process_time() - start)
    seconds = time.process_time() - start
    return PageReading(
        text="\n".join(_words_of_kinds(article, TEXT_KINDS)),
        title=article.title.value if article.title else None,
        authors=tuple(author.value for author in article.authors),
        published=article.published_at.value if article.published_at else None,
        headings=_words_of_kinds(article, frozenset({"heading"})),
        captions=_words_of_kinds(article, frozenset({"caption"})),
        located=count_located(article, capture),
        seconds=seconds,
    )


def read_held_out(folder: Path, page: GoldPage) -> PageReading:
    """The reading with the model that was trained without the page's site, of `python -m train.blocks`."""
    use_weights(folder / f"fold{find_fold(page.page_id, page.url)}.onnx")
    try:
        return read_with_onrecord(page)
    finally:
        use_weights(None)


def _words_of_kinds(article: Article, kinds: frozenset[str]) -> tuple[str, ...]:
    return tuple(block.span.of(article.text) for block in article.blocks if block.kind in kinds)


def count_located(article: Article, capture: Capture) -> tuple[int, int]:
    """The words whose every character lies in a stretch that holds, and all words.

    Worked out from the contract of `SourceMap` alone, and not by the reader's own check, so that an
    error which those two share does not pass. A reading without a map has no word located.
    """
    proven = bytearray(len(article.text))
    if article.source_map is not None:
        body = capture.body or b""
        for start, end in find_true_stretches(article.text, article.source_map, body, capture.encoding):
            proven[start:end] = b"\x01" * (end - start)
    words = [match.span() for match in re.finditer(r"\S+", article.text)]
    return sum(all(proven[start:end]) for start, end in words), len(words)


def find_true_stretches(text: str, source: SourceMap, body: bytes, encoding: str) -> list[tuple[int, int]]:
    """The bounds in the text of those stretches whose bytes give its characters, white space aside."""
    found = []
    places = zip(source.start_chars, source.end_chars, source.start_bytes, source.end_bytes, strict=True)
    for start, end, first, last in places:
        words = body[first:last].decode(encoding, "replace")
        if source.decoding == "html":
            words = unescape(words)
        if "".join(words.split()) == "".join(text[start:end].split()):
            found.append((start, end))
    return found
