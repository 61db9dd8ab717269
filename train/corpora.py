"""The corpora of names, times, places and coreference as examples to train on.

In: the data folder. Out: articles as words with one flat layer of labels, and GUM's documents as
words with mentions. Documents that are held out for measuring are left out.
"""

import gzip
import json
import re
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import numpy as np

from eval.detokenise import detokenise
from eval.gum import GumDocument
from eval.gum_split import read_split
from eval.place_corpora import PlaceDocument, read_geowebnews, read_lgl, split_of
from onrecord.encode.labels import MENTION_KINDS, tag_labels
from onrecord.encode.pieces import WordPieces
from onrecord.encode.words import Ints, Words, cut_words
from onrecord.language.quotations import pair_quotations
from train.examples import SENTENCE_END, Example

NAME_KINDS = {
    "Person": "person", "Organization": "organisation", "Location": "location", "Facility": "facility",
    "NORP": "nationality", "Product": "product", "Misc": "misc",
}  # fmt: skip
SENTENCES_A_PARAGRAPH = 3
TIMEX = re.compile(r'<TIMEX3\b[^>]*?\btype="(\w+)"[^>]*>|</TIMEX3>|<[^>]+>')
Segment = tuple[int, int, str]  # half-open code points and a kind


@dataclass(frozen=True, slots=True)
class Tagged(Example):
    """An article with one flat layer of tags: a label number a word.

    `either` says that the corpus does not tell a layer's two kinds apart.
    """

    layer: str
    labels: Ints
    either: bool


@dataclass(frozen=True, slots=True)
class Referring:
    """An article with its mentions: rows (first word, last word + 1, head word, kind, cluster)."""

    name: str
    words: Words
    mentions: Ints


def read_words(text: str, pieces: WordPieces) -> tuple[Words, list[int], list[int]]:
    """The words of a text whose lines are paragraphs, and where paragraphs and sentences begin."""
    paragraphs = [m.span() for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    quotations = [(q.start_char, q.end_char) for s, e in paragraphs for q in pair_quotations(text, s, e)]
    words = cut_words(text, paragraphs, quotations, pieces)
    ends = [m.end() for s, e in paragraphs for m in SENTENCE_END.finditer(text, s, e)]
    firsts = sorted({int(np.searchsorted(words.start_char, s)) for s, _ in paragraphs})
    inner = {int(np.searchsorted(words.start_char, e)) for e in ends}
    return words, firsts, sorted({*firsts, *inner} - {len(words)})


def word_bounds(words: Words, start: int, end: int) -> tuple[int, int]:
    """The words that share a character with these bounds, half-open."""
    low = int(np.searchsorted(words.end_char, start, side="right"))
    return low, max(int(np.searchsorted(words.start_char, end)), low + 1)


def tag_words(
    text: str, segments: Iterable[Segment], layer: str, pieces: WordPieces, *, either: bool = False
) -> Tagged:
    """An article with the labels that these segments give its words."""
    words, firsts, sentences = read_words(text, pieces)
    names = tag_labels(layer)
    labels = np.zeros(len(words), np.int64)
    for start, end, kind in segments:
        low, high = word_bounds(words, start, end)
        high = min(high, len(words))
        if high <= low or labels[low:high].any():
            continue
        for k in range(low, high):
            place = "S" if high - low == 1 else "B" if k == low else "E" if k == high - 1 else "I"
            labels[k] = names.index(f"{place}-{kind}")
    return Tagged(words, firsts, sentences, [], layer, labels, either)


def read_names(path: Path, pieces: WordPieces) -> Iterator[Tagged]:
    """The articles of English Worldwide Newswire, three sentences a paragraph."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield _named_article(json.loads(line)["sentences"], pieces)


def _named_article(sentences: Sequence[Sequence[Sequence[str]]], pieces: WordPieces) -> Tagged:
    text, segments = "", list[Segment]()
    for at in range(0, len(sentences), SENTENCES_A_PARAGRAPH):
        for sentence in sentences[at : at + SENTENCES_A_PARAGRAPH]:
            if not sentence:
                continue
            shown, bounds = detokenise([token for token, _ in sentence])
            text += " " if text and not text.endswith("\n") else ""
            segments += _bio_segments([label for _, label in sentence], bounds, len(text))
            text += shown
        text += "\n"
    return tag_words(text, segments, "name", pieces)


def _bio_segments(labels: Sequence[str], bounds: Sequence[tuple[int, int]], base: int) -> Iterator[Segment]:
    k = 0
    while k < len(labels):
        place, _, kind = labels[k].partition("-")
        last = k + 1
        while last < len(labels) and labels[last] == f"I-{kind}":
            last += 1
        if place == "B" and kind in NAME_KINDS:
            yield base + bounds[k][0], base + bounds[last - 1][1], NAME_KINDS[kind]
        k = last


def read_times(path: Path, pieces: WordPieces) -> Iterator[Tagged]:
    """The articles of TempEval-3's training part that are not held out."""
    with tarfile.open(path) as archive:
        for member in sorted(archive.getmembers(), key=lambda m: m.name):
            name = Path(member.name).name
            stream = archive.extractfile(member)
            if stream is None or not name.endswith(".tml") or split_of(Path(name).stem) == "held-out":
                continue
            text, segments = plain_timeml(stream.read().decode("utf-8"))
            yield tag_words(text, segments, "time", pieces)


def plain_timeml(source: str) -> tuple[str, list[Segment]]:
    """The text of a TimeML document's TEXT element, and its expressions of time."""
    inner = source.partition("<TEXT>")[2].partition("</TEXT>")[0]
    text, segments, begun, at = "", list[Segment](), (0, ""), 0
    for tag in TIMEX.finditer(inner):
        text += unescape(inner[at : tag.start()])
        at = tag.end()
        if tag[1]:
            begun = (len(text), tag[1].lower())
        elif tag[0] == "</TIMEX3>" and len(text) > begun[0]:
            segments.append((begun[0], len(text), begun[1]))
    return text + unescape(inner[at:]), segments


def read_places(folder: Path, pieces: WordPieces) -> Iterator[Tagged]:
    """The articles of LGL and GeoWebNews that are not held out."""
    for document in read_lgl(folder / "lgl.xml.gz"):
        if document.split == "rest":
            yield tag_words(document.text, _toponyms(document), "place", pieces, either=True)
    for document in read_geowebnews(folder / "geowebnews.tar.xz"):
        if document.split == "rest":
            yield tag_words(document.text, _toponyms(document), "place", pieces)


def _toponyms(document: PlaceDocument) -> list[Segment]:
    return [(t.start_char, t.end_char, t.sense or "literal") for t in document.toponyms]


def read_references(folder: Path, pieces: WordPieces) -> Iterator[Referring]:
    """The documents of GUM's training part."""
    for document in read_split(folder, "train"):
        yield refer_words(document, pieces)


def refer_words(document: GumDocument, pieces: WordPieces) -> Referring:
    """A document of GUM with its mentions as words."""
    words, _, _ = read_words(document.text, pieces)
    clusters: dict[str, int] = {}
    rows: dict[int, tuple[int, int, int, int, int]] = {}
    for m in document.mentions:
        token = document.tokens[m.head]
        head = min(word_bounds(words, token.start_char, token.end_char)[0], len(words) - 1)
        low, high = word_bounds(words, *document.bounds_of(m))
        number = clusters.setdefault(m.cluster, len(clusters))
        if low <= head < high:
            rows.setdefault(head, (low, high, head, MENTION_KINDS.index(m.kind), number))
    ordered = sorted(rows.values(), key=lambda row: (row[0], -row[1]))
    return Referring(document.name, words, np.array(ordered, np.int64).reshape(-1, 5))
