"""Two sets of real pages with gold: `publishers` and `wcxb`, one shape for both.

In: the folder that holds `publishers.jsonl.gz` and `wcxb-dev-articles.jsonl.gz`. Out: frozen records.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from eval.page_words import normalise
from onrecord.errors import InputError

FILES = {"publishers": "publishers.jsonl.gz", "wcxb": "wcxb-dev-articles.jsonl.gz"}
Names = frozenset[str]
# What stands after a name in a gold string of authors, and is none: one word with a capital in it ("MD",
# "Ph.D.", "E-RYT 200", "Dietitian"; a further author has two), or what somebody does.
_DEGREE = re.compile(r"[\w.®-]*[A-Z][\w.®-]*( \d+)?")
_WORK = re.compile(
    r"\b(?:expert|director|ceo|editor|team|representative|gardener|horticulturalist|newsroom)\b", re.I
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPage:
    """A page and what is to be read of it; what its set does not say is None.

    Neither set's `text` opens with the title (2 texts of `publishers` hold its words; 99 of `wcxb`,
    25 of which begin with them). In `publishers` it is dek, paragraphs and headings, without captions,
    credits and byline. `authors` holds each set of names that counts as right, empty where the page
    names none. `day` is in the zone of `moment`, which is None where the gold states no zone.
    """

    page_id: str
    url: str | None
    html: str
    text: str | None
    title: str
    authors: frozenset[Names]
    day: str | None
    moment: datetime | None = None
    headings: tuple[str, ...] | None = None
    captions: tuple[str, ...] | None = None
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def read_pages(folder: Path, name: str) -> list[GoldPage]:
    """The pages of a set, ordered by id."""
    path = folder / FILES[name]
    if not path.is_file():
        raise InputError(
            f"The pages of {name} are not there.",
            where=str(path),
            cure="Give the folder that holds the page sets.",
        )
    make = _publisher_page if name == "publishers" else _wcxb_page
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return sorted((make(json.loads(line)) for line in lines), key=lambda page: page.page_id)


def hash_pages(pages: Iterable[GoldPage]) -> str:
    """The hash over ids, pages and gold: another corpus has another."""
    held = hashlib.sha256()
    for page in pages:
        for part in _parts_of(page):
            body = part.encode("utf-8", "surrogatepass")
            held.update(len(body).to_bytes(8, "big") + body)
    return held.hexdigest()


def _parts_of(page: GoldPage) -> Iterator[str]:
    yield page.html
    yield json.dumps([page.page_id, page.url, page.text, page.title, page.day, str(page.moment)])
    yield json.dumps(sorted(sorted(names) for names in page.authors))
    yield json.dumps([page.headings, page.captions, page.present, page.absent])


def take_part(pages: Sequence[GoldPage], one_in: int) -> list[GoldPage]:
    """One page in so many, told by the hash of its id, so that the part does not hang on the order."""
    return [p for p in pages if int(hashlib.sha256(p.page_id.encode()).hexdigest(), 16) % one_in == 0]


def _publisher_page(line: Mapping[str, Any]) -> GoldPage:
    gold = line["gold"]
    moment = datetime.fromisoformat(gold["datetime"])
    return GoldPage(
        page_id=line["id"],
        url=line["url"],
        html=line["html"],
        text=gold["text"],
        title=gold["title"],
        authors=frozenset({frozenset(map(normalise, gold["authors"]))} if gold["authors"] else ()),
        day=gold["date"],
        moment=moment if moment.tzinfo else None,
        headings=tuple(gold["heads"]),
        captions=tuple(gold["caption_only"]),
    )


def _wcxb_page(line: Mapping[str, Any]) -> GoldPage:
    gold = line["gold"]
    day = gold["publish_date"]
    return GoldPage(
        page_id=line["id"],
        url=line["url"],
        html=line["html"],
        text=gold.get("main_content") or None,
        title=gold["title"],
        authors=read_author_string(gold["author"] or ""),
        day=day if day and len(day) == len("2024-03-20") else None,  # two say a month only
        present=tuple(gold["with"]),
        absent=tuple(gold["without"]),
    )


def read_author_string(authors: str) -> frozenset[Names]:
    """The sets of names that a gold string may mean: as one name, cut, and cut without degrees and jobs.

    >>> names = read_author_string("Mara Quill, MD and Ole Brandt")
    >>> frozenset({"mara quill", "ole brandt"}) in names
    True
    """
    if not authors.strip():
        return frozenset()
    first, *others = re.split(r"([,;|&]|\band\b)", authors)
    pairs = list(zip([";", *others[::2]], [first, *others[1::2]], strict=True))
    parts = [(mark, part.strip()) for mark, part in pairs if part.strip()]
    people = [part for mark, part in parts if not _is_degree(mark, part)]
    readings = ([authors], [part for _, part in parts], people)
    return frozenset(frozenset(map(normalise, names)) for names in readings if names)


def _is_degree(mark: str, part: str) -> bool:
    return bool(_WORK.search(part) or (mark == "," and _DEGREE.fullmatch(part)))
