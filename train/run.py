"""One training run: a model, a plan of steps and a folder in; weights out. It can be stopped and run again.

Writes `checkpoint.pt` as it goes and `weights.pt` (the running mean of the weights) at the end.
"""

import argparse
import json
import os
import random
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Generic, TypeVar

import torch
from torch import Tensor, nn

MEAN_DECAY = 0.998
WARM_UP = 0.06  # share of the steps
PRINT_EVERY = 25  # steps
Step = TypeVar("Step")


class Run(Generic[Step]):
    """The state of a run; what a step costs is told by those who inherit from it."""

    def __init__(
        self, args: argparse.Namespace, model: nn.Module, groups: list[dict], plan: Sequence[Step]
    ) -> None:
        self.args = args
        self.model = model
        self.plan = plan
        self.optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(self.optimiser, self._rate_at)
        self.mean = {k: v.clone() for k, v in model.state_dict().items() if v.is_floating_point()}
        self.done = 0

    def loss(self, step: Step, rng: random.Random) -> tuple[Tensor, dict[str, float]]:
        """The loss of one step, and of its parts by name."""
        raise NotImplementedError

    def go(self, *, most: int | None = None) -> None:
        """Runs or goes on, to the end of the plan or for so many steps, and writes the weights."""
        self._load()
        began, seen = time.time(), Counter[str]()
        for step in self.plan[self.done :][:most]:
            for name, value in self._take(step).items():
                seen[name] = 0.95 * seen.get(name, value) + 0.05 * value  # type: ignore[assignment]
            if self.done % PRINT_EVERY == 0:
                losses = {name: round(value, 4) for name, value in seen.items()}
                facts = {"step": self.done, "of": len(self.plan), "seconds": round(time.time() - began)}
                print(json.dumps(facts | losses), flush=True)
            if self.done % self.args.save_every == 0:
                self._save()
        self._save()
        torch.save({**self.model.state_dict(), **self.mean}, Path(self.args.out) / "weights.pt")

    def _take(self, step: Step) -> dict[str, float]:
        """One step over one batch; the losses of its parts."""
        self.done += 1
        self.model.train()
        loss, parts = self.loss(step, random.Random(f"{self.args.seed}-{self.done}"))
        self.optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        self.optimiser.step()
        self.schedule.step()
        self._follow()
        return parts

    def _follow(self) -> None:
        """Moves the running mean of the weights, which is what ships."""
        decay = min(MEAN_DECAY, (self.done + 1) / (self.done + 10))
        with torch.no_grad():
            for name, value in self.model.state_dict().items():
                if name in self.mean:
                    self.mean[name].lerp_(value, 1 - decay)

    def _rate_at(self, step: int) -> float:
        """The share of the full learning rate: a short climb, then a straight way down."""
        total = len(self.plan)
        return min(1.0, (step + 1) / (WARM_UP * total)) * max(0.02, 1 - step / total)

    @property
    def _checkpoint(self) -> Path:
        return Path(self.args.out) / "checkpoint.pt"

    def _load(self) -> None:
        """Goes on from the checkpoint, where there is one."""
        if not self._checkpoint.exists():
            return
        state = torch.load(self._checkpoint, weights_only=True)
        for name in ("model", "optimiser", "schedule"):
            getattr(self, name).load_state_dict(state[name])
        self.mean, self.done = state["mean"], state["done"]

    def _save(self) -> None:
        """Keeps the state, whole or not at all."""
        state = {name: getattr(self, name).state_dict() for name in ("model", "optimiser", "schedule")}
        part = self._checkpoint.with_suffix(".part")
        torch.save({**state, "mean": self.mean, "done": self.done}, part)
        os.replace(part, self._checkpoint)


def prepare(args: argparse.Namespace) -> None:
    """Makes the folder of a run and sets threads and seed, before anything is made at random."""
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    args.out.mkdir(parents=True, exist_ok=True)


def add_options(parser: argparse.ArgumentParser) -> None:
    """The options that every run takes."""
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and weights")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--head-rate", type=float, default=1e-3, help="learning rate of the new parts")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--save-every", type=int, default=100, help="steps between checkpoints")
