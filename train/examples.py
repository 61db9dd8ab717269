"""Articles with attributions, cut into training windows and batches of tensors.

In: PolNeAR as JSONL. Out: batches: word pieces of several windows, gold labels a cue.
"""

import gzip
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from onrecord.encode.labels import NONE, ROLES, label_index
from onrecord.encode.pieces import WordPieces
from onrecord.encode.words import CONTINUED, Words, cut_words
from onrecord.language.quotations import pair_quotations

SENTENCE_END = re.compile(r"[.!?][\"”’')\]]*\s+(?=[\"“‘'(A-Z])")


@dataclass(frozen=True, slots=True)
class Example:
    """One article: its words, where paragraphs and sentences begin, and the words of each role."""

    words: Words
    paragraphs: list[int]
    sentences: list[int]
    attributions: list[dict[str, list[int]]]


def read_articles(path: Path) -> list[dict]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def make_example(article: dict, pieces: WordPieces) -> Example:
    text = article["text"]
    paragraphs = [m.span() for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    quotations = [q for s, e in paragraphs for q in pair_quotations(text, s, e)]
    words = cut_words(text, paragraphs, [(q.start_char, q.end_char) for q in quotations], pieces)
    ends = [m.end() for s, e in paragraphs for m in SENTENCE_END.finditer(text, s, e)]
    firsts = sorted({int(np.searchsorted(words.start_char, s)) for s, _ in paragraphs})
    inner = {int(np.searchsorted(words.start_char, e)) for e in ends}
    gold = [{role: _words_of(words, a[role]) for role in ROLES} for a in article["attributions"]]
    return Example(words, firsts, sorted({*firsts, *inner} - {len(words)}), [g for g in gold if g["cue"]])


def _words_of(words: Words, spans: Sequence[Sequence[int]]) -> list[int]:
    """Every word that a span overlaps by at least one character."""
    found: set[int] = set()
    for start, end in spans:
        low = int(np.searchsorted(words.end_char, start, side="right"))
        high = int(np.searchsorted(words.start_char, end))
        found.update(range(low, high))
    return sorted(found)


def cut_windows(example: Example, size: int, rng: random.Random) -> Iterator[tuple[int, int]]:
    """Windows of whole paragraphs where they fit, else of whole sentences, from a random start.

    One window in eight is a single sentence, as a reader may give us one alone.
    """
    pieces = example.words.first_piece
    count = len(example.words)
    sentences = [*example.sentences, count]
    paragraphs = set(example.paragraphs)
    at, begin = 0, 0
    room = rng.randint(size // 3, size)
    while at < len(sentences) - 1:
        end = sentences[at + 1]
        alone = begin == sentences[at] and rng.random() < 0.04
        if alone:
            yield begin, end
            begin, at = end, at + 1
            continue
        if pieces[end] - pieces[begin] > room:
            if begin == sentences[at]:  # one sentence larger than the window
                while pieces[end] - pieces[begin] > size - 2:
                    end -= 1
                yield begin, end
                begin, at = sentences[at + 1], at + 1
            else:
                stop = next(
                    (s for s in reversed(sentences[: at + 1]) if s in paragraphs and s > begin), sentences[at]
                )
                yield begin, stop
                begin, at = stop, sentences.index(stop)
            room = size - 2
            continue
        at += 1
    if begin < count:
        yield begin, count


@dataclass(frozen=True, slots=True)
class Window:
    example: Example
    first: int
    last: int

    @property
    def pieces(self) -> int:
        return int(self.example.words.first_piece[self.last] - self.example.words.first_piece[self.first])


def batches(
    examples: Sequence[Example], size: int, pieces: int, rng: random.Random
) -> Iterator[list[Window]]:
    """Windows of all examples, those of like length together, in random order."""
    windows = [Window(x, a, b) for x in examples for a, b in cut_windows(x, size, rng) if b > a]
    windows.sort(key=lambda w: w.pieces + rng.random() * 12)
    groups: list[list[Window]] = [[]]
    for window in windows:
        if groups[-1] and (len(groups[-1]) + 1) * (window.pieces + 2) > pieces:
            groups.append([])
        groups[-1].append(window)
    rng.shuffle(groups)
    yield from groups


def encode_windows(windows: Sequence[Window], vocabulary: WordPieces) -> dict[str, Tensor]:
    """The tensors that the encoder takes, by its argument names."""
    length = max(w.pieces for w in windows) + 2
    widest = max(w.last - w.first for w in windows)
    out = {k: np.zeros((len(windows), length), np.int64) for k in ("pieces", "shape", "quote", "line_break")}
    out["pieces"][:] = vocabulary.padding
    mask = np.zeros((len(windows), length), np.float32)
    first = np.zeros((len(windows), widest), np.int64)
    word_mask = np.zeros((len(windows), widest), np.float32)
    for row, w in enumerate(windows):
        words = w.example.words
        low, high = words.first_piece[w.first], words.first_piece[w.last]
        n = high - low
        count = w.last - w.first
        out["pieces"][row, : n + 2] = [vocabulary.opening, *words.piece_ids[low:high], vocabulary.closing]
        starts = words.first_piece[w.first : w.last] - low + 1
        sizes = np.diff(words.first_piece[w.first : w.last + 1])
        shape = np.full(n, CONTINUED)
        shape[starts - 1] = words.shape[w.first : w.last]
        out["shape"][row, 1 : n + 1] = shape
        out["quote"][row, 1 : n + 1] = np.repeat(words.quote[w.first : w.last], sizes)
        out["line_break"][row, starts] = words.line_break[w.first : w.last]
        mask[row, : n + 2] = 1
        first[row, :count] = starts
        word_mask[row, :count] = 1
    tensors = {k: torch.from_numpy(v) for k, v in out.items()}
    return tensors | {
        "mask": torch.from_numpy(mask),
        "first": torch.from_numpy(first),
        "word_mask": torch.from_numpy(word_mask),
    }


@dataclass(frozen=True, slots=True)
class Gold:
    """Labels of a batch: one row a cue for the head, one row a window for the flat tagger."""

    window: Tensor
    anchor: Tensor
    labels: Tensor
    cue: Tensor
    flat: Tensor


def gold_labels(windows: Sequence[Window], widest: int, rng: random.Random) -> Gold:
    cue = np.zeros((len(windows), widest), np.float32)
    flat = np.zeros((len(windows), widest, 2), np.float32)
    rows: list[tuple[int, int, np.ndarray]] = []
    for k, w in enumerate(windows):
        for attribution in w.example.attributions:
            inside = {r: [i - w.first for i in attribution[r] if w.first <= i < w.last] for r in ROLES}
            if not inside["cue"]:
                continue
            cue[k, inside["cue"]] = 1
            flat[k, inside["source"], 0] = 1
            flat[k, inside["content"], 1] = 1
            rows.append((k, rng.choice(inside["cue"]), _label_row(inside, widest)))
    labels = np.stack([r[2] for r in rows]) if rows else np.zeros((0, widest), np.int64)
    return Gold(
        window=torch.tensor([r[0] for r in rows], dtype=torch.int64),
        anchor=torch.tensor([r[1] for r in rows], dtype=torch.int64),
        labels=torch.from_numpy(labels),
        cue=torch.from_numpy(cue),
        flat=torch.from_numpy(flat),
    )


def _label_row(inside: dict[str, list[int]], widest: int) -> np.ndarray:
    role_at: list[str | None] = [None] * widest
    for role in ("content", "source", "cue"):
        for i in inside[role]:
            role_at[i] = role
    row = np.full(widest, NONE, np.int64)
    for i, role in enumerate(role_at):
        if role is None:
            continue
        opens = i == 0 or role_at[i - 1] != role
        closes = i + 1 == widest or role_at[i + 1] != role
        place = "S" if opens and closes else "B" if opens else "E" if closes else "I"
        row[i] = label_index(place, role)
    return row
