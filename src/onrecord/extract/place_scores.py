"""How likely each candidate of each place name is, by weights that were fitted on annotated news.

In: the context of an article. Out: one probability a candidate, those of a name adding up to one. First
each name is weighed by itself, then three times with what the others seem to mean.
"""

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from onrecord.extract.place_context import FEATURES, STATIC, Context

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

ROUNDS = 3  # of weighing with the others; a fourth changed nothing


@cache
def load_weights() -> tuple["Array", "Array"]:
    """The weights of the first weighing, of `STATIC`, and of the later ones, of `FEATURES`."""
    import numpy as np

    text = (files("onrecord.extract") / "place_weights.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    table = {name: (float(first), float(later)) for name, first, later in rows}
    first = np.array([table[name][0] for name in STATIC])
    later = np.array([table[name][1] for name in FEATURES])
    return first, later


def weigh_candidates(context: Context) -> "Array":
    """The probability of each candidate of the context, in its order."""
    import numpy as np

    first, later = load_weights()
    sure = soften(context.static @ first, context)
    for _ in range(ROUNDS):
        features = np.hstack([context.static, context.shared_features(sure)])
        sure = soften(features @ later, context)
    return sure


def soften(scores: "Array", context: Context) -> "Array":
    """Scores as probabilities within each name (softmax)."""
    import numpy as np

    if not len(scores):
        return scores
    count = len(context.groups)
    highest = np.full(count, -np.inf)
    np.maximum.at(highest, context.group_of, scores)
    powers = np.exp(scores - highest[context.group_of])
    return np.asarray(powers / np.bincount(context.group_of, powers, count)[context.group_of])
