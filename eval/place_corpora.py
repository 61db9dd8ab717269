"""Corpora of place names: the Local-Global Lexicon and GeoWebNews, as documents with their toponyms.

In: `lgl.xml.gz`, and `geowebnews.tar.xz` or the folder it unpacks to. Out: frozen records, in the order
of the names. Which documents are held out hangs on their names alone.
"""

import gzip
import hashlib
import re
import tarfile
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from onrecord.errors import InputError

Split = Literal["held-out", "rest"]
Sense = Literal["literal", "associative"]
# The kinds of GeoWebNews that are toponyms, and whether they mean the place itself. Expressions
# ("town") and other names are none; a homonym is the name of something that is no place.
SENSES: dict[str, Sense] = {
    "Literal": "literal",
    "Literal_Modifier": "literal",
    "Mixed": "literal",
    "Coercion": "literal",
    "Embedded_Literal": "literal",
    "Metonymic": "associative",
    "Non_Literal_Modifier": "associative",
    "Embedded_Non_Lit": "associative",
    "Demonym": "associative",
    "Language": "associative",
}
POINT = re.compile(r"(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """A place name: half-open bounds in the text, and what the corpus says of it.

    `sense` is None where the corpus does not tell; `annotation` is its own word for the kind (the feature
    code in LGL). `geonames_id`, `lat` and `lon` are None where it holds none.
    """

    start_char: int
    end_char: int
    sense: Sense | None = None
    annotation: str | None = None
    geonames_id: int | None = None
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceDocument:
    """One article with its toponyms, flat and in order. `domain` is the host of its outlet, where told."""

    name: str
    text: str
    toponyms: tuple[Toponym, ...]
    split: Split
    domain: str | None = None


def split_of(name: str) -> Split:
    """Whether a document is held out: one in five, by the hash of its name."""
    return "held-out" if int(hashlib.sha256(name.encode()).hexdigest(), 16) % 5 == 0 else "rest"


def read_lgl(path: Path) -> list[PlaceDocument]:
    """The articles of the Local-Global Lexicon."""
    _expect(path)
    with gzip.open(path) as stream:
        root = ET.parse(stream).getroot()
    return sorted((_lgl_document(a) for a in root.iter("article")), key=lambda d: d.name)


def _lgl_document(article: ET.Element) -> PlaceDocument:
    name = article.get("docid", "")
    return PlaceDocument(
        name=name,
        text=article.findtext("text") or "",
        toponyms=_flatten(_lgl_toponym(t) for t in article.iter("toponym")),
        split=split_of(name),
        domain=article.findtext("domain"),
    )


def _lgl_toponym(element: ET.Element) -> Toponym:
    bounds = [int(element.findtext(part) or 0) for part in ("start", "end")]
    entry = element.find("gaztag")
    if entry is None:
        return Toponym(start_char=bounds[0], end_char=bounds[1])
    lat, lon = entry.findtext("lat"), entry.findtext("lon")
    return Toponym(
        start_char=bounds[0],
        end_char=bounds[1],
        annotation=entry.findtext("fcode"),
        geonames_id=int(entry.get("geonameid", "0")) or None,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
    )


def read_geowebnews(path: Path) -> list[PlaceDocument]:
    """The articles of GeoWebNews.

    Its notes hold either a GeoNames id or a point; ids alone leave `lat` and `lon` None, which
    `fill_coordinates` fills.
    """
    _expect(path)
    files = dict(_read_tar(path) if path.is_file() else _read_folder(path))
    names = sorted(name.removesuffix(".txt") for name in files if name.endswith(".txt"))
    return [_geowebnews_document(name, files[f"{name}.txt"], files.get(f"{name}.ann", "")) for name in names]


def _read_tar(path: Path) -> Iterator[tuple[str, str]]:
    with tarfile.open(path) as archive:
        for member in archive:
            if stream := archive.extractfile(member):
                yield Path(member.name).name, stream.read().decode("utf-8")


def _read_folder(path: Path) -> Iterator[tuple[str, str]]:
    for file in sorted(path.rglob("*.*")):
        if file.suffix in {".txt", ".ann"}:
            yield file.name, file.read_bytes().decode("utf-8")


def _geowebnews_document(name: str, text: str, annotations: str) -> PlaceDocument:
    notes: dict[str, str] = {}
    kinds: dict[str, tuple[str, int, int]] = {}
    for line in annotations.split("\n"):
        mark, _, rest = line.rstrip("\r").partition("\t")
        words = rest.split()
        if mark.startswith("T") and words[0] in SENSES:
            kinds[mark] = (words[0], int(words[1]), int(words[2]))
        elif mark.startswith("#") and "\t" in rest:
            notes.setdefault(words[1], rest.partition("\t")[2].strip())
    found = (_geowebnews_toponym(*kinds[mark], note=notes.get(mark, "")) for mark in kinds)
    return PlaceDocument(name=name, text=text, toponyms=_flatten(found), split=split_of(name))


def _geowebnews_toponym(kind: str, start: int, end: int, *, note: str) -> Toponym:
    point = POINT.fullmatch(note)
    return Toponym(
        start_char=start,
        end_char=end,
        sense=SENSES[kind],
        annotation=kind,
        geonames_id=int(note) if note.isdecimal() else None,
        lat=float(point[1]) if point else None,
        lon=float(point[2]) if point else None,
    )


def _flatten(found: Iterable[Toponym]) -> tuple[Toponym, ...]:
    """The toponyms in order without overlaps: of two that share a character the longer stays."""
    kept: list[Toponym] = []
    for one in sorted(found, key=lambda t: (t.start_char - t.end_char, t.start_char)):
        if all(one.start_char >= k.end_char or k.start_char >= one.end_char for k in kept):
            kept.append(one)
    return tuple(sorted(kept, key=lambda t: t.start_char))


def fill_coordinates(
    documents: Iterable[PlaceDocument], points: Mapping[int, tuple[float, float]]
) -> list[PlaceDocument]:
    """The documents with the points of GeoNames ids where a toponym has an id and no point."""
    return [replace(d, toponyms=tuple(_fill(t, points) for t in d.toponyms)) for d in documents]


def _fill(toponym: Toponym, points: Mapping[int, tuple[float, float]]) -> Toponym:
    if toponym.lat is not None or toponym.geonames_id not in points:
        return toponym
    lat, lon = points[toponym.geonames_id]
    return replace(toponym, lat=lat, lon=lon)


def _expect(path: Path) -> None:
    if not path.exists():
        raise InputError(
            "There is no such file or folder.",
            where=str(path),
            cure="Name the folder that holds the corpora with --data.",
        )
