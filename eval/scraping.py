"""Scrapes made of pages at run time: a page and its gold in, the plain text that a person would paste out.

A scrape is the visible text from a little above the title to a little below the last paragraph of the
gold, in one of four layouts chosen by a hash of the page's name. What of it is title, authors, body and
captions comes from the gold of the page.
"""

import gzip
import hashlib
import json
import re
import textwrap
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from eval.visible import VisibleLine, read_visible_lines

Layout = Literal["blank lines", "single lines", "wrapped", "as is"]
LAYOUTS: tuple[Layout, ...] = ("blank lines", "single lines", "wrapped", "as is")
CORPORA = ("publishers", "wcxb-dev-articles")
# A page of which less of the gold's words is visible was cut by a pay wall or is written by scripts.
MIN_FOUND = 0.8
# Shorter lines count as body only where they are a whole paragraph or heading of the gold.
MIN_PART_CHARS = 25
MAX_EDGE_LINES = 4
_WORD = re.compile(r"[぀-ヿ㐀-鿿]|[^\W_]+")
# Degrees behind a name, which the gold of one collection parts from it by a comma.
_CREDENTIAL = re.compile(r"(?:[A-Z]{2,6}|Ph\.?D|M\.D)\.?")
_QUOTES = str.maketrans("“”„«»‘’‚`´–—‑", "\"\"\"\"\"'''''---")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scrape:
    """A plain text with what it holds: the values of the gold, normalised by `fold_words` when compared."""

    name: str
    site: str
    corpus: str
    layout: Layout
    text: str
    title: str
    authors: tuple[str, ...]
    body: str
    captions: tuple[str, ...]

    @property
    def shows_authors(self) -> bool:
        """Whether the gold names authors and all of them stand in the text."""
        folded = fold_words(self.text)
        return bool(self.authors) and all(fold_words(a) in folded for a in self.authors)


def read_scrapes(folder: Path, *, step: int = 1) -> Iterator[Scrape | str]:
    """A scrape for every page, or the reason why none could be made of it; `step` takes every n-th page."""
    for corpus in CORPORA:
        with gzip.open(folder / f"{corpus}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                if number % step == 0:
                    yield make_scrape(json.loads(line), corpus)


def make_scrape(page: dict[str, Any], corpus: str) -> Scrape | str:
    """The scrape of one page with its gold, or the reason why there is none."""
    gold = page["gold"]
    title, paragraphs = gold.get("title") or "", _paragraphs_of(gold)
    lines = read_visible_lines(page["html"])
    first = _find_title(lines, fold_words(title), [fold_words(p) for p in paragraphs])
    if first is None:
        return "the title is not in the visible text"
    last, found = _find_end(lines, first, paragraphs)
    if found < MIN_FOUND:
        return "most of the body is not in the visible text"
    digest = hashlib.sha256(page["id"].encode()).digest()
    layout = LAYOUTS[digest[0] % len(LAYOUTS)]
    above, below = digest[1] % (MAX_EDGE_LINES + 1), digest[2] % (MAX_EDGE_LINES + 1)
    return Scrape(
        name=page["id"],
        site=page.get("pub") or urlsplit(page["url"] or "").netloc or page["id"],
        corpus=corpus,
        layout=layout,
        text=lay_out(lines[max(0, first - above) : last + 1 + below], layout, width=72 + digest[3] % 9),
        title=title,
        authors=_authors_of(gold),
        body="\n".join(paragraphs),
        captions=tuple(gold.get("captions", ())),
    )


def lay_out(lines: Sequence[VisibleLine], layout: Layout, *, width: int) -> str:
    """The lines as text: blank lines between blocks, none, hard-wrapped, or as a browser copies them."""
    parts: list[str] = []
    for line in lines:
        words = line.words
        if layout == "wrapped":
            words = textwrap.fill(words, width, break_long_words=False, break_on_hyphens=False)
        apart = {"single lines": False, "as is": line.is_apart}.get(layout, line.starts_block)
        parts.append("\n\n" if parts and apart else "\n" * bool(parts))
        parts.append(words)
    return "".join(parts)


def fold_words(words: str) -> str:
    """Words without what people write either way: compatibility forms, capitals, spaces, quotation marks."""
    return " ".join(unicodedata.normalize("NFKC", words).translate(_QUOTES).casefold().split())


def count_words(text: str) -> Counter[str]:
    """How often each word stands in a text; where words are not parted, each character counts as one."""
    return Counter(_WORD.findall(fold_words(text)))


def _paragraphs_of(gold: dict[str, Any]) -> list[str]:
    text = gold.get("text") or gold.get("main_content") or ""
    return [line.strip() for line in text.splitlines() if line.strip()]


def _authors_of(gold: dict[str, Any]) -> tuple[str, ...]:
    if "authors" in gold:
        return tuple(gold["authors"])
    parts = re.split(r"\s*[,;&]\s*|\s+and\s+", gold.get("author") or "")
    return tuple(part for part in parts if part and not _CREDENTIAL.fullmatch(part))


def _find_title(lines: Sequence[VisibleLine], title: str, body: Sequence[str]) -> int | None:
    """Where the title stands: in the chief heading, else in the last line with its words over the body."""
    if not title:
        return None
    found = [i for i, line in enumerate(lines) if fold_words(line.words) == title]
    headings = [i for i in found if lines[i].tag == "h1"]
    if headings:
        return headings[0]
    whole = {paragraph for paragraph in body if len(paragraph) >= MIN_PART_CHARS}
    start = next((i for i, line in enumerate(lines) if fold_words(line.words) in whole), len(lines))
    over = [i for i in found if i < start]
    return over[-1] if over else (found[0] if found else None)


def _find_end(lines: Sequence[VisibleLine], first: int, paragraphs: Sequence[str]) -> tuple[int, float]:
    """The last line after the title that holds words of the gold not seen before, and the share found."""
    whole = Counter(fold_words(p) for p in paragraphs)
    text = " ".join(whole.elements())
    left = count_words(text)
    total, last, seen = left.total(), first, set[str]()
    for i in range(first + 1, len(lines)):
        words = fold_words(lines[i].words)
        if words in seen or not (words in whole or (len(words) >= MIN_PART_CHARS and words in text)):
            continue
        seen.add(words)
        left -= count_words(words)
        last = i
    return last, 1 - left.total() / total if total else 0.0
