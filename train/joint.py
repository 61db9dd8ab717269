"""Trains every head together on one encoder; can be stopped and run again.

    python -m train.joint --data ../shared/data --start runs/seed0/weights.pt --out runs/joint0

Goes on from weights that `train.attribution` wrote. Each step is a batch of one corpus: PolNeAR's
attributions, GUM's mentions and coreference, names, times or places. Writes `checkpoint.pt` as it
goes and `weights.pt` (the running mean of the weights) at the end.

    python -m train.joint --data ../shared/data --start runs/seed0/weights.pt --out runs/joint1 \
        --after runs/joint0/weights.pt --blend 0.4 --plan settle --rate 3e-5 --head-rate 5e-4

goes on from a joint run whose encoder is drawn back towards the attribution's alone (averaged weights,
Wortsman et al. 2022, arXiv:2109.01903), for a short time in which attributions have the larger part.
"""

import argparse
import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from onrecord.encode.pieces import WordPieces, read_vocabulary
from onrecord.encode.windows import plan_windows
from onrecord.extract.coreference import candidate_pairs, mention_features, pair_features
from onrecord.extract.mention_traits import read_traits
from train.attribution import base_files, loss_of
from train.corpora import Referring, Tagged, read_names, read_places, read_references, read_times
from train.examples import (
    Example,
    Window,
    batches,
    encode_windows,
    gold_labels,
    make_example,
    read_articles,
)
from train.heads import FAR, Heads, antecedent_loss, tag_loss
from train.model import Network
from train.run import Run, add_options, prepare

FROZEN_LAYERS = 2  # the lowest keep what attribution taught them: a fifth of the time is saved
FALSE_MENTIONS = 0.5  # a word this likely no mention's head, and taken for one, is shown as a false one
LONGEST_DOCUMENT = 1700  # word pieces of a document read at once; of a longer one a part
WINDOW = 256  # word pieces of a window, at most
# Epochs of each corpus, and word pieces a step.
PLANS: dict[str, dict[str, tuple[float, int]]] = {
    "whole": {
        "attribution": (1.4, 2560),
        "coreference": (8.0, 1),
        "name": (0.8, 1280),
        "time": (8.0, 1280),
        "place": (2.5, 1280),
    },
    "settle": {
        "attribution": (0.6, 2560),
        "coreference": (0.9, 1),
        "name": (0.1, 1280),
        "time": (1.0, 1280),
        "place": (0.5, 1280),
    },
}


class Joint(torch.nn.Module):
    """The attribution network and the heads beside it."""

    def __init__(self) -> None:
        super().__init__()
        self.network = Network()
        self.heads = Heads()

    def freeze(self) -> None:
        """Fixes the embeddings and the lowest layers."""
        encoder = self.network.encoder
        frozen = [encoder.piece, encoder.position, encoder.norm, encoder.shape, encoder.quote]
        frozen += [encoder.line_break, *encoder.layers[:FROZEN_LAYERS]]
        for p in chain([encoder.kind], *(part.parameters() for part in frozen)):
            p.requires_grad_(False)


@dataclass(frozen=True, slots=True)
class Step:
    """One batch: windows of one corpus, or one document of GUM."""

    task: str
    windows: tuple[Window, ...] = ()
    document: Referring | None = None


def tagged_loss(model: Joint, windows: Sequence[Window], pieces: WordPieces) -> Tensor:
    """The loss of a layer of tags over a batch of windows."""
    tensors = encode_windows(windows, pieces)
    mask = tensors.pop("word_mask")
    states, _ = model.network.encoder(**tensors)
    examples = [w.example for w in windows]
    assert all(isinstance(e, Tagged) for e in examples)
    gold = torch.zeros(mask.shape, dtype=torch.int64)
    for row, w in enumerate(windows):
        gold[row, : w.last - w.first] = torch.from_numpy(w.example.labels[w.first : w.last])  # type: ignore[attr-defined]
    either = torch.tensor([e.either for e in examples])  # type: ignore[attr-defined]
    layer = examples[0].layer  # type: ignore[attr-defined]
    return tag_loss(model.heads.tags(states, mask)[layer], gold, mask, either=either)


def document_states(
    model: Joint, document: Referring, pieces: WordPieces, rng: random.Random
) -> tuple[Tensor, Tensor, list[tuple[int, int]]]:
    """States of a document's words (or of a part of it), its scores of mentions, and its windows."""
    words = document.words
    size = rng.choice((128, 160, 160, 224))
    cut = plan_windows(words, size=size, limit=256, context=0)
    example = Example(words, [], [], [])
    windows = [Window(example, w.first, w.last) for w in cut]
    while sum(w.pieces for w in windows) > LONGEST_DOCUMENT and len(windows) > 1:
        windows.pop(0 if rng.random() < 0.5 else -1)
    tensors = encode_windows(windows, pieces)
    mask = tensors.pop("word_mask")
    states, _ = model.network.encoder(**tensors)
    kinds = model.heads.tags(states, mask)["mention"]
    inside = mask.bool()
    return states[inside], kinds[inside], [(w.first, w.last) for w in windows]


def coreference_loss(
    model: Joint, document: Referring, pieces: WordPieces, rng: random.Random
) -> tuple[Tensor, dict[str, float]]:
    """The loss of mentions, their edges and their antecedents over one document."""
    states, kinds, windows = document_states(model, document, pieces, rng)
    begin, end = windows[0][0], windows[-1][1]
    rows = document.mentions
    rows = rows[(rows[:, 0] >= begin) & (rows[:, 1] <= end)]
    gold = np.zeros(end - begin, np.int64)
    gold[rows[:, 2] - begin] = rows[:, 3]
    mention_loss = F.cross_entropy(kinds, torch.from_numpy(gold))
    edge_loss, edges = edges_of(model, states, windows, rows, begin)
    none = kinds.detach().softmax(1)[:, 0].numpy()
    false = np.flatnonzero((none < FALSE_MENTIONS) & (gold == 0)) + begin
    taken = np.array([(k, k + 1, k, 0, -1 - i) for i, k in enumerate(false.tolist())], np.int64)
    mentions = np.concatenate([rows, taken.reshape(-1, 5)])
    mentions = mentions[np.lexsort((-mentions[:, 1], mentions[:, 0]))]
    traits = read_traits(document.words, mentions[:, 0], mentions[:, 1], mentions[:, 2])
    later, earlier = candidate_pairs(traits)
    if not len(later):
        return mention_loss + edge_loss, {"mention": mention_loss.item()}
    at = torch.from_numpy(mentions[:, :3] - begin)
    shown = torch.cat([states[at[:, 2]], states[at[:, 0]], states[at[:, 1] - 1]], dim=1)
    scores = model.heads.coreference(
        shown,
        torch.from_numpy(mention_features(traits)),
        torch.from_numpy(later),
        torch.from_numpy(earlier),
        torch.from_numpy(pair_features(traits, later, earlier)),
    )
    same = torch.from_numpy((mentions[later, 4] == mentions[earlier, 4]).astype(np.float32))
    pair_loss = antecedent_loss(scores, torch.from_numpy(later), same, len(mentions))
    losses = {"mention": mention_loss.item(), "edge": edges, "pair": pair_loss.item()}
    return 2 * mention_loss + 0.5 * edge_loss + 2 * pair_loss, losses


def edges_of(
    model: Joint, states: Tensor, windows: Sequence[tuple[int, int]], rows: np.ndarray, begin: int
) -> tuple[Tensor, float]:
    """The loss of the mentions' first and last words, window by window."""
    losses = []
    for first, last in windows:
        inside = rows[(rows[:, 0] >= first) & (rows[:, 1] <= last)]
        inside = inside[(inside[:, 2] - inside[:, 0] <= FAR) & (inside[:, 1] - 1 - inside[:, 2] <= FAR)]
        if not len(inside):
            continue
        part = states[first - begin : last - begin]
        starts, ends = model.heads.edges(part, torch.from_numpy(inside[:, 2] - first))
        losses.append(F.cross_entropy(starts, torch.from_numpy(inside[:, 0] - first), reduction="sum"))
        losses.append(F.cross_entropy(ends, torch.from_numpy(inside[:, 1] - 1 - first), reduction="sum"))
    total = torch.stack(losses).sum() / max(len(rows), 1) if losses else states.sum() * 0
    return total, total.item()


class JointRun(Run[Step]):
    """A run over all corpora from the weights of an attribution run, or on from a joint one."""

    def __init__(self, args: argparse.Namespace) -> None:
        self.args = args
        self.pieces = WordPieces(read_vocabulary(base_files() / "vocab.txt"))
        self.joint = Joint()
        self._load_weights()
        self.joint.freeze()
        plan = list(self._plan(random.Random(f"{args.seed}")))[: args.steps or None]
        super().__init__(args, self.joint, self._groups(), plan)

    def _load_weights(self) -> None:
        """The attribution's weights; or a joint run's, with a share of the attribution's in them."""
        alone = torch.load(self.args.start, weights_only=True)
        if self.args.after is None:
            self.joint.network.load_state_dict(alone)
            return
        state = torch.load(self.args.after, weights_only=True)
        for name, value in alone.items():
            if value.is_floating_point():
                state[f"network.{name}"] = torch.lerp(state[f"network.{name}"], value, self.args.blend)
        self.joint.load_state_dict(state)

    def _groups(self) -> list[dict[str, object]]:
        groups: dict[tuple[float, bool], list[Tensor]] = {}
        for name, p in self.joint.named_parameters():
            if p.requires_grad:
                rate = self.args.head_rate if name.startswith("heads.") else self.args.rate
                if name.startswith("network.") and not name.startswith("network.encoder.layers"):
                    rate = self.args.attribution_rate
                groups.setdefault((rate, p.dim() > 1), []).append(p)
        return [
            {"params": ps, "lr": rate, "weight_decay": 0.01 if decays else 0.0}
            for (rate, decays), ps in groups.items()
        ]

    def _plan(self, rng: random.Random) -> Iterator[Step]:
        data, first = self.args.data, self.args.first or None
        articles = read_articles(data / "polnear/train.jsonl.gz")[:first]
        documents = list(read_references(data / "gum", self.pieces))[:first]
        corpora: dict[str, Sequence[Example]] = {
            "attribution": [make_example(a, self.pieces) for a in articles],
            "name": list(read_names(data / "names/worldwide.jsonl.gz", self.pieces))[:first],
            "time": list(read_times(data / "timex/tempeval3-train.tar.xz", self.pieces))[:first],
            "place": list(read_places(data / "places", self.pieces))[:first],
        }
        steps: list[Step] = []
        for task, (epochs, size) in PLANS[self.args.plan].items():
            whole: list[Step] = []
            wanted = epochs * self.args.share
            for k in range(math.ceil(wanted)):
                order = random.Random(f"{self.args.seed}-{task}-{k}")
                if task == "coreference":
                    once = [Step(task, document=d) for d in documents]
                else:
                    once = [Step(task, tuple(ws)) for ws in batches(corpora[task], WINDOW, size, order)]
                whole += _shuffled(once, rng)
            steps += whole[: round(len(whole) * wanted / math.ceil(wanted))]
        return iter(_shuffled(steps, rng))

    def loss(self, step: Step, rng: random.Random) -> tuple[Tensor, dict[str, float]]:
        """Of one batch of one task, or one document."""
        if step.document is not None:
            return coreference_loss(self.joint, step.document, self.pieces, rng)
        if step.task == "attribution":
            tensors = encode_windows(step.windows, self.pieces)
            gold = gold_labels(step.windows, tensors["first"].shape[1], rng)
            return loss_of(self.joint.network, tensors, gold)
        loss = tagged_loss(self.joint, step.windows, self.pieces)
        return 10 * loss, {step.task: loss.item()}


def _shuffled(steps: list[Step], rng: random.Random) -> list[Step]:
    rng.shuffle(steps)
    return steps


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder of the corpora")
    parser.add_argument("--start", type=Path, required=True, help="weights that train.attribution wrote")
    parser.add_argument("--after", type=Path, help="weights of a joint run to go on from")
    parser.add_argument("--blend", type=float, default=0.0, help="share of --start in the weights of --after")
    parser.add_argument("--plan", choices=sorted(PLANS), default="whole", help="epochs of each corpus")
    add_options(parser)
    parser.add_argument("--share", type=float, default=1.0, help="share of the planned epochs to train for")
    parser.add_argument("--rate", type=float, default=8e-5, help="learning rate of the encoder")
    parser.add_argument("--attribution-rate", type=float, default=2e-4, help="of the attribution head")
    parser.add_argument("--steps", type=int, default=0, help="so many steps of the plan, and no more")
    parser.add_argument("--stop-after", type=int, default=0, help="stop after so many steps")
    parser.add_argument("--first", type=int, default=0, help="only so many articles of each corpus, to try")
    args = parser.parse_args()
    prepare(args)
    JointRun(args).go(most=args.stop_after or None)


if __name__ == "__main__":
    main()
