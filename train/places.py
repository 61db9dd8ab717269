"""`python -m train.places`: fits the weights by which the entry of a place name is chosen.

In: the folder of the place corpora; only documents that are not held out are read. Out: a table of weights.
Each name is a choice among its candidates (conditional logit); the weights of the first weighing see the name
alone, those of the later ones see what the earlier weighing thinks of the other names.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click
import numpy as np

from eval.place_corpora import PlaceDocument, fill_coordinates, read_geowebnews, read_lgl
from eval.place_figures import is_right_entry
from onrecord.extract.place_context import FEATURES, SHARED, STATIC, Context
from onrecord.extract.place_groups import Gazetteer
from onrecord.extract.place_scores import soften
from onrecord.extract.places import read_context
from onrecord.extract.toponyms import read_toponyms
from onrecord.gazetteer.location import open_gazetteer
from onrecord.record import Span

HEADER = (
    "# Weights of the features by which the entry of a place name is chosen: feature, when the name is\n"
    "# weighed alone, when it is weighed with the other names of its article.\n"
    "# Made by `python -m train.places`.\n"
)
ROUNDS = 3
PENALTY = 0.5  # of the squares of the weights, over all choices


def read_documents(folder: Path, gazetteer: Any) -> list[PlaceDocument]:
    """The documents of both corpora that are not held out, with the points of their ids."""
    found = read_lgl(folder / "lgl.xml.gz") + read_geowebnews(folder / "geowebnews.tar.xz")
    kept = [document for document in found if document.split == "rest"]
    return fill_coordinates(kept, gazetteer.read_points())


def contexts_of(
    documents: Sequence[PlaceDocument], gazetteer: Gazetteer
) -> Iterator[tuple[Context, np.ndarray]]:
    """The context of each document, and which of its candidates are right."""
    for document in documents:
        spans = [Span(start_char=t.start_char, end_char=t.end_char) for t in document.toponyms]
        context = read_context(
            document.text, read_toponyms(document.text, spans), gazetteer, home=document.domain
        )
        right = [
            not group.is_context
            and any(is_right_entry(document.toponyms[m], candidate.entry) for m in group.members)
            for group in context.groups
            for candidate in group.candidates
        ]
        yield context, np.array(right, dtype=bool)


def fit(features: list[np.ndarray], rights: list[np.ndarray], contexts: list[Context]) -> np.ndarray:
    """The weights that make the right candidates likeliest."""
    import torch

    blocks, labels, owners, base = [], [], [], 0
    for block, right, context in zip(features, rights, contexts, strict=True):
        has = np.bincount(context.group_of, right, len(context.groups)) > 0
        keep = has[context.group_of]
        blocks.append(block[keep])
        labels.append(right[keep])
        owners.append(context.group_of[keep] + base)
        base += len(context.groups)
    owner = torch.from_numpy(np.unique(np.concatenate(owners), return_inverse=True)[1])
    x = torch.from_numpy(np.concatenate(blocks))
    y = torch.from_numpy(np.concatenate(labels))
    count = int(owner.max()) + 1
    weights = torch.zeros(x.shape[1], dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def loss() -> Any:
        optimiser.zero_grad()
        powers = torch.exp(torch.clamp(x @ weights, -50, 50))
        whole = torch.zeros(count, dtype=torch.float64).index_add(0, owner, powers)
        good = torch.zeros(count, dtype=torch.float64).index_add(0, owner, powers * y)
        value = -torch.log(good / whole).sum() + PENALTY * (weights**2).sum()
        value.backward()
        return value

    optimiser.step(loss)
    return weights.detach().numpy()


def fit_weights(contexts: list[Context], rights: list[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """The weights of the first and of the later weighings."""
    first = fit([c.static for c in contexts], rights, contexts)
    sures = [soften(c.static @ first, c) for c in contexts]
    later = np.zeros(len(FEATURES))
    for _ in range(ROUNDS):
        features = [np.hstack([c.static, c.shared_features(s)]) for c, s in zip(contexts, sures, strict=True)]
        later = fit(features, rights, contexts)
        sures = [soften(f @ later, c) for f, c in zip(features, contexts, strict=True)]
    return first, later


@click.command()
@click.option(
    "--data", type=click.Path(file_okay=False, path_type=Path), default=Path("../shared/data/places")
)
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), required=True)
def main(data: Path, to: Path) -> None:
    """Fit the weights and write the table."""
    gazetteer = open_gazetteer(click.echo)
    pairs = list(contexts_of(read_documents(data, gazetteer), gazetteer))
    first, later = fit_weights([c for c, _ in pairs], [r for _, r in pairs])
    table = dict(zip(STATIC, first, strict=True))
    lines = [
        f"{name}\t{table.get(name, 0.0):.3f}\t{weight:.3f}"
        for name, weight in zip((*STATIC, *SHARED), later, strict=True)
    ]
    to.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")
    click.echo(f"{len(pairs)} documents, {len(lines)} weights: {to}")


if __name__ == "__main__":
    main()
