"""Averages the weights of two runs of one network, where the second went on from the first.

    python -m train.average runs/joint0/weights.pt runs/joint1/weights.pt --out runs/joint/weights.pt

Between two such weights the losses are low, and the mean is often better than either (Wortsman et al.
2022, arXiv:2203.05482).
"""

import argparse
from pathlib import Path

import torch


def average_weights(one: dict[str, torch.Tensor], other: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The mean of each weight; what is no fraction is taken from the first."""
    return {
        name: torch.lerp(value, other[name], 0.5) if value.is_floating_point() else value
        for name, value in one.items()
    }


def main() -> None:
    """Reads both files and writes their mean."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("weights", type=Path, nargs=2)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    one, other = (torch.load(path, weights_only=True) for path in args.weights)
    torch.save(average_weights(one, other), args.out)


if __name__ == "__main__":
    main()
