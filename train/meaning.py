"""Trains the head of meaning: a linear map from the states of a statement's words to a sentence vector.

    python -m train.meaning --data ../shared/data/polnear --model src/onrecord/encode/model

The teacher is the base encoder as it is published, a model of sentence similarity; the map is the ridge
regression of its vectors, turned onto their 128 main axes, on mean and maximum of the shipped encoder's
states. Writes `meaning.npy` into the folder of the shipped model and its manifest anew; prints how well
neighbours agree with the teacher's on the development part.
"""

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch.nn import functional as F

from onrecord.encode.encoder import Encoder
from onrecord.encode.pieces import WordPieces, read_vocabulary
from onrecord.encode.states import WordStates
from onrecord.encode.weights import open_weights
from onrecord.encode.words import cut_words
from onrecord.language.quotations import pair_quotations
from onrecord.record import MEANING_WIDTH
from train.attribution import base_files
from train.examples import SENTENCE_END, read_articles
from train.export import MEANING, describe
from train.model import Network

RIDGE = 1.0  # of 1, 30 and 300 the best on PolNeAR dev: 38.5, 38.4 and 36.7 of 100 neighbours
SHORTEST, LONGEST = 15, 400  # characters of what is learned from
BATCH = 64
MOST_PIECES = 250  # of a stretch that the teacher reads
ALONE = 8  # contents an article that are read alone as well, as a question is
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of text: pooled states of the shipped encoder, words, and which are read as a question."""

    pooled: Floats
    words: list[str]
    alone: NDArray[np.bool_]


def gather(articles: Sequence[dict], encoder: Encoder) -> Stretches:
    """The contents and sentences of articles where they stand, and some contents alone."""
    rows: list[tuple[Floats, str, bool]] = []
    for article in articles:
        text = article["text"]
        contents = [c["content"] for c in article["attributions"] if c["content"]]
        wanted = [*contents, *([bounds] for bounds in _sentences(text))]
        rows += [(pooled, words, False) for pooled, words in _pool(text, wanted, encoder)]
        for bounds in contents[:ALONE]:
            alone = _words_of(text, bounds)
            rows += [(p, w, True) for p, w in _pool(alone, [[(0, len(alone))]], encoder)]
    pooled, words, alone = zip(*rows, strict=True)
    return Stretches(np.stack(pooled), list(words), np.array(alone))


def _pool(
    text: str, wanted: Sequence[Sequence[tuple[int, int]]], encoder: Encoder
) -> Iterator[tuple[Floats, str]]:
    paragraphs = [m.span() for m in re.finditer(r"[^\n]+", text) if m.group().strip()]
    quotations = [(q.start_char, q.end_char) for s, e in paragraphs for q in pair_quotations(text, s, e)]
    words = encoder.cut(text, paragraphs, quotations)
    states = WordStates(words)
    states.take(encoder.read(words))
    for bounds in wanted:
        told, pooled = _words_of(text, bounds), states.pool([(s, e) for s, e in bounds])
        if pooled is not None and SHORTEST <= len(told) <= LONGEST:
            yield pooled, told


def _words_of(text: str, bounds: Sequence[tuple[int, int]]) -> str:
    return " ".join(" ".join(text[s:e] for s, e in bounds).split())


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    for line in re.finditer(r"[^\n]+", text):
        start = line.start()
        for end in [m.end() for m in SENTENCE_END.finditer(text, *line.span())] + [line.end()]:
            yield start, end
            start = end


class Teacher:
    """The base encoder as it is published: the mean of its states is the vector of a sentence."""

    def __init__(self) -> None:
        base = base_files()
        network = Network()
        network.load_base(load_file(str(base / "model.safetensors")))
        self.encoder = network.encoder.eval()
        self.pieces = WordPieces(read_vocabulary(base / "vocab.txt"))

    def read(self, stretches: Sequence[str]) -> Floats:
        """Unit vectors, in order."""
        ids = [
            cut_words(t, [(0, len(t))], [], self.pieces).piece_ids[:MOST_PIECES].tolist() for t in stretches
        ]
        order = sorted(range(len(ids)), key=lambda i: len(ids[i]))
        out = np.zeros((len(ids), 384), np.float32)
        for low in range(0, len(order), BATCH):
            part = order[low : low + BATCH]
            out[part] = self._read_batch([ids[i] for i in part])
        return out

    @torch.no_grad()
    def _read_batch(self, ids: Sequence[list[int]]) -> Floats:
        encoder, longest = self.encoder, max(map(len, ids)) + 2
        pieces = torch.full((len(ids), longest), self.pieces.padding)
        mask = torch.zeros(len(ids), longest)
        for row, own in enumerate(ids):
            pieces[row, : len(own) + 2] = torch.tensor([self.pieces.opening, *own, self.pieces.closing])
            mask[row, : len(own) + 2] = 1
        states = encoder.norm(encoder.piece(pieces) + encoder.position(torch.arange(longest)) + encoder.kind)
        for layer in encoder.layers:
            states = layer(states, (1.0 - mask[:, None, None, :]) * -1e4)
        mean = (states * mask[:, :, None]).sum(1) / mask.sum(1, keepdim=True)
        return F.normalize(mean, dim=1).numpy()


def fit(pooled: Floats, taught: Floats) -> Floats:
    """The map (768 + 1, 128): states and a one in, a vector on the main axes of the teacher's out."""
    axes = np.linalg.svd(taught[::3], full_matrices=False)[2][:MEANING_WIDTH].T
    wanted = _unit(taught @ axes)
    inputs = np.concatenate([pooled, np.ones((len(pooled), 1), np.float32)], axis=1)
    inputs = inputs.astype(np.float64)
    return np.linalg.solve(inputs.T @ inputs + RIDGE * np.eye(inputs.shape[1]), inputs.T @ wanted)


def _unit(rows: NDArray) -> NDArray:
    return rows / np.linalg.norm(rows, axis=1, keepdims=True)


def measure(found: Stretches, vectors: Floats, taught: Floats) -> dict[str, float]:
    """How many of a question's ten neighbours by the teacher are among our ten and fifty; the nearest."""
    asked, held = np.flatnonzero(found.alone), np.flatnonzero(~found.alone)
    theirs = np.argsort(-taught[asked] @ taught[held].T, axis=1)[:, :10]
    ours = np.argsort(-vectors[asked] @ vectors[held].T, axis=1)[:, :50]
    shares = {
        n: np.mean([len(set(a) & set(b[:n])) / 10 for a, b in zip(theirs, ours, strict=True)])
        for n in (10, 50)
    }
    nearest = np.mean(theirs[:, 0] == ours[:, 0])
    facts = {"ten_in_ten": shares[10], "ten_in_fifty": shares[50], "nearest": nearest}
    return {name: round(float(100 * value), 1) for name, value in facts.items()}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of PolNeAR")
    parser.add_argument("--model", type=Path, required=True, help="folder of the shipped model")
    parser.add_argument("--first", type=int, default=0, help="only this many articles, for a quick trial")
    args = parser.parse_args()
    torch.set_num_threads(2)
    encoder, teacher = Encoder(open_weights(args.model), threads=2), Teacher()
    found = gather(read_articles(args.data / "train.jsonl.gz")[: args.first or None], encoder)
    matrix = fit(found.pooled, teacher.read(found.words)).astype(np.float16)
    held = gather(read_articles(args.data / "dev.jsonl.gz")[: args.first or None], encoder)
    vectors = _unit(held.pooled @ matrix[:-1].astype(np.float32) + matrix[-1].astype(np.float32))
    print(json.dumps({"stretches": len(found.words)} | measure(held, vectors, teacher.read(held.words))))
    np.save(args.model / MEANING, matrix)
    manifest = json.loads((args.model / "manifest.json").read_text(encoding="utf-8"))
    told = ("version", "labels", "layers", "files")
    facts = {name: value for name, value in manifest.items() if name not in told}
    manifest = describe(args.model, manifest["version"], facts)
    (args.model / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
