"""GUM as it lies in the data folder: documents with words, paragraphs, mentions and coreference.

In: `train.conllu.gz` or `dev.conllu.gz`. Out: documents whose text is rebuilt from the tokens and
their `SpaceAfter`, one paragraph a line, and mentions as spans of it (GUM's `Entity=` layer;
Zeldes 2017, doi:10.1007/s10579-016-9343-x).
"""

import gzip
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

OPENING = re.compile(r"\((\w+)-([a-z]+)-")
PIECE = re.compile(r"\([^()]*\)?|\w+\)|\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class GumToken:
    """One word: half-open bounds in the text, its head (number in the document, -1 for a root)."""

    text: str
    start_char: int
    end_char: int
    head: int
    relation: str
    tag: str
    misc: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GumMention:
    """Tokens `first:last` refer to the entity `cluster` (a name within the document), of one kind.

    `head` is the number of the head token; a coordination is headed by its conjunction.
    """

    first: int
    last: int
    head: int
    kind: str
    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GumDocument:
    """One document. `paragraphs` are half-open bounds in code points, `sentences` in tokens."""

    name: str
    genre: str
    text: str
    tokens: tuple[GumToken, ...]
    paragraphs: tuple[tuple[int, int], ...]
    sentences: tuple[tuple[int, int], ...]
    mentions: tuple[GumMention, ...]

    def bounds_of(self, mention: GumMention) -> tuple[int, int]:
        """The half-open bounds of a mention in code points."""
        return self.tokens[mention.first].start_char, self.tokens[mention.last - 1].end_char


def read_gum(path: Path) -> list[GumDocument]:
    """The documents of one split, in their order."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [_Builder(chunk).build() for chunk in _chunks(lines)]


def _chunks(lines: Iterable[str]) -> Iterator[list[str]]:
    chunk: list[str] = []
    for line in lines:
        if line.startswith("# newdoc") and chunk:
            yield chunk
            chunk = []
        chunk.append(line.rstrip("\n"))
    if chunk:
        yield chunk


class _Builder:
    """Makes one document out of its lines."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self.text = ""
        self.tokens: list[GumToken] = []
        self.paragraphs: list[list[int]] = []
        self.sentences: list[list[int]] = []
        self.mentions: list[GumMention] = []
        self._open: list[tuple[str, str, int]] = []
        self._name = self._genre = ""

    def build(self) -> GumDocument:
        close = ""  # what stands between the token before and the next
        joined: tuple[int, str, bool] | None = None
        for line in self.lines:
            if not line or line.startswith("#"):
                close = self._read_comment(line, close)
                continue
            cells = line.split("\t")
            if "." in cells[0]:
                continue
            if "-" in cells[0]:
                # The surface of several syntactic words: they share its characters.
                last = int(cells[0].split("-")[1])
                joined = (last, cells[1], "SpaceAfter=No" in cells[9])
                continue
            glue, joined = self._add(cells, close, joined)
            close = glue
        mentions = _with_own_heads(sorted(self.mentions, key=lambda m: (m.first, -m.last)), self.tokens)
        return GumDocument(
            name=self._name,
            genre=self._genre,
            text=self.text,
            tokens=tuple(self.tokens),
            paragraphs=tuple((a, b) for a, b in self.paragraphs),
            sentences=tuple((a, b) for a, b in self.sentences),
            mentions=tuple(mentions),
        )

    def _read_comment(self, line: str, close: str) -> str:
        if line.startswith("# newdoc id"):
            self._name = line.split("=", 1)[1].strip()
        elif line.startswith("# meta::genre"):
            self._genre = line.split("=", 1)[1].strip()
        elif line.startswith("# newpar") and "newpar_block" not in line:
            return "\n"
        elif line.startswith("# sent_id"):
            self.sentences.append([len(self.tokens), len(self.tokens)])
        return close

    def _add(
        self, cells: list[str], close: str, joined: tuple[int, str, bool] | None
    ) -> tuple[str, tuple[int, str, bool] | None]:
        """Adds one token; what stands behind it, and the surface it still shares."""
        if self.text:
            self.text += close
        if not self.paragraphs or close == "\n":
            self.paragraphs.append([len(self.text), len(self.text)])
        form, number = cells[1].replace("\n", " "), int(cells[0])
        start = len(self.text)
        self.text += form
        base = self.sentences[-1][0]
        head = int(cells[6])
        self.tokens.append(
            GumToken(
                text=form, start_char=start, end_char=len(self.text), head=base + head - 1 if head else -1,
                relation=cells[7], tag=cells[4], misc=cells[9],
            )
        )  # fmt: skip
        self._read_entities(cells[9])
        self.sentences[-1][1] = len(self.tokens)
        self.paragraphs[-1][1] = len(self.text)
        if joined is not None:
            if number < joined[0]:
                return "", joined
            return ("" if joined[2] else " "), None
        return ("" if "SpaceAfter=No" in cells[9] else " "), None

    def _read_entities(self, misc: str) -> None:
        found = next((f[7:] for f in misc.split("|") if f.startswith("Entity=")), "")
        at = len(self.tokens) - 1
        for piece in PIECE.findall(found):
            opening = OPENING.match(piece)
            if opening:
                self._open.append((opening[1], opening[2], at))
            if piece.endswith(")"):
                self._close(opening[1] if opening else piece[:-1], at + 1)

    def _close(self, cluster: str, last: int) -> None:
        place = next(k for k in reversed(range(len(self._open))) if self._open[k][0] == cluster)
        name, kind, first = self._open.pop(place)
        self.mentions.append(
            GumMention(
                first=first, last=last, head=_head_of(self.tokens, first, last), kind=kind, cluster=name
            )
        )


def _head_of(tokens: Sequence[GumToken], first: int, last: int) -> int:
    """The first token governed from outside; of a coordination its first conjunction.

    A token's own governor may come later in the sentence, so bounds alone decide.
    """
    outside = [k for k in range(first, last) if not first <= tokens[k].head < last]
    head = outside[0] if outside else last - 1
    parts = {k for k in range(first, last) if tokens[k].relation == "conj" and tokens[k].head == head}
    joints = [k for k in range(first, last) if tokens[k].relation == "cc" and tokens[k].head in parts]
    return joints[0] if joints else head


def _with_own_heads(mentions: Sequence[GumMention], tokens: Sequence[GumToken]) -> list[GumMention]:
    """The mentions, each head once: of two with one head word the larger keeps it.

    The other (0.7 % in train) is left out.
    """
    taken: set[int] = set()
    kept: list[GumMention] = []
    for mention in sorted(mentions, key=lambda m: m.first - m.last):
        if mention.head not in taken:
            taken.add(mention.head)
            kept.append(mention)
    return sorted(kept, key=lambda m: (m.first, -m.last))
