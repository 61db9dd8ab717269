"""`python -m train.blocks`: trains the trees that tell an article's blocks from the rest of its page.

In: the two sets of pages with golds. Out: an ONNX file of two chances a block (body text, caption), and,
for honest figures, one file a fold, trained without the sites of that fold.
"""

import gzip
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import numpy as np

from onrecord.ingest.page_features import describe_blocks, drop_link_runs, feature_names, fold_stated
from onrecord.ingest.page_header import read_page_header
from onrecord.ingest.page_tree import parse_page, segment_page
from train.page_folds import FOLDS, find_fold
from train.page_labels import BODY, CAPTION, label_blocks
from train.trees import export_trees

SETS = ("publishers.jsonl.gz", "wcxb-dev-articles.jsonl.gz")
# Chosen on held-out sites among a handful of settings; all were within half a point.
SETTINGS = {
    "objective": "binary", "learning_rate": 0.05, "num_leaves": 31, "min_data_in_leaf": 40, "lambda_l2": 5,
    "feature_fraction": 0.3, "bagging_fraction": 0.7, "bagging_freq": 1, "max_bin": 63, "verbose": -1,
    "num_threads": 2, "seed": 0, "deterministic": True, "force_col_wise": True,
}  # fmt: skip
PATH = click.Path(path_type=Path)
SHIPPED = Path("src/onrecord/ingest/model/blocks.onnx")
BODY_ROUNDS, CAPTION_ROUNDS = 400, 200


@dataclass(slots=True)
class Example:
    """One page: the fold of its site, and for each block a row, a label and a weight."""

    fold: int
    rows: Any
    labels: Any
    weights: Any
    knows_captions: bool


def read_examples(folder: Path) -> Iterator[Example]:
    """An example for each page of both sets that has any blocks."""
    for name in SETS:
        with gzip.open(folder / name, "rt", encoding="utf-8") as lines:
            for line in lines:
                if example := make_example(json.loads(line)):
                    yield example


def make_example(page: dict[str, Any]) -> Example | None:
    """The rows and labels of a page's blocks; None for a page without any."""
    tree = parse_page(page["html"])
    blocks = drop_link_runs(segment_page(tree)[0]) if tree is not None else []
    if not blocks:
        return None
    header = read_page_header(tree, url=page.get("url"))
    rows, _ = describe_blocks(blocks, fold_stated(header.titles, header.descriptions, header.stated_body))
    # Scores are a mean over pages of a measure in words: pages weigh alike, long blocks more than short.
    weights = np.array([len(block.words) ** 0.7 for block in blocks])
    return Example(
        fold=find_fold(page["id"], page.get("url")),
        rows=np.array(rows, dtype=np.float32),
        labels=np.array(label_blocks([block.words for block in blocks], page["gold"])),
        weights=100 * weights / weights.sum(),
        knows_captions="captions" in page["gold"],
    )


def fit(examples: Sequence[Example], label: int, rounds: int) -> Any:
    """The trees that tell the blocks with a label."""
    import lightgbm

    rows = np.concatenate([example.rows for example in examples])
    labels = np.concatenate([example.labels for example in examples])
    # Captions are few and short, and each is found or not: they weigh alike.
    weights = np.concatenate([e.weights if label == BODY else np.ones(len(e.labels)) for e in examples])
    return lightgbm.train(SETTINGS, lightgbm.Dataset(rows, labels == label, weight=weights), rounds)


def train(examples: Sequence[Example], to: Path) -> None:
    """Trains both models on these pages and writes them as one graph."""
    body = fit(examples, BODY, BODY_ROUNDS)
    caption = fit([e for e in examples if e.knows_captions], CAPTION, CAPTION_ROUNDS)
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_bytes(export_trees([body, caption], len(feature_names())).SerializeToString())
    click.echo(f"{to}: {to.stat().st_size / 1e6:.1f} MB, from {len(examples)} pages")


@click.command()
@click.option("--data", type=PATH, default=Path("data/pages"), show_default=True, help="The sets of pages.")
@click.option("--to", type=PATH, default=SHIPPED, show_default=True, help="Where the model goes.")
@click.option("--folds", type=PATH, help="Write a model for each fold into this folder too.")
def main(data: Path, to: Path, folds: Path | None) -> None:
    """Train the model that tells an article's blocks from the rest of its page."""
    examples = list(read_examples(data))
    train(examples, to)
    for fold in range(FOLDS if folds else 0):
        train([e for e in examples if e.fold != fold], folds / f"fold{fold}.onnx")  # type: ignore[operator]


if __name__ == "__main__":
    main()
