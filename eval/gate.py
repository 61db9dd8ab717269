"""The quality gate: figures of a fixed part of the dev split, held above pinned floors.

In: the data, a predictor and `floors.toml`. Out: a verdict in sentences; and, where asked,
higher floors. Only an explicit wish writes lower floors or another part of the corpus.
"""

import math
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from eval.corpus import GoldArticle, hash_articles, read_articles
from eval.figures import summarise
from eval.predict import Predict, score_corpus

FLOORS = Path(__file__).parent / "floors.toml"
# Points of F1 below the score at which a floor is set: int8 sums differ between processors.
SLACK = 0.5
HEADER = """\
# Floors of the quality gate, in points of F1 on a fixed part of the dev split: the first articles
# by id. `sha256` is over their ids, texts and attributions. A floor of 0.0 is not set yet.
# Written by `python -m eval gate --update` (which never lowers) and `--accept-lower`; not by hand.
"""


@dataclass(frozen=True, slots=True)
class Floors:
    """How many articles are scored, what they are, and what each figure must reach."""

    articles: int
    sha256: str
    floors: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Verdict:
    """The scores in points, what has dropped (empty where nothing has), and the hash met."""

    scores: Mapping[str, float]
    drops: tuple[str, ...]
    sha256: str


def read_floors(path: Path = FLOORS) -> Floors:
    """The floors of a file."""
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    return Floors(held["articles"], held["sha256"], held["floors"])


def write_floors(floors: Floors, path: Path = FLOORS, *, header: str = HEADER) -> None:
    """Writes the file, the reasons at its head."""
    lines = [f"{name} = {value:.1f}" for name, value in floors.floors.items()]
    head = f'{header}articles = {floors.articles}\nsha256 = "{floors.sha256}"\n\n[floors]\n'
    path.write_text(head + "\n".join(lines) + "\n", encoding="utf-8")


def read_part(folder: Path, floors: Floors) -> list[GoldArticle]:
    """The part of the dev split that the gate scores."""
    return read_articles(folder, "dev")[: floors.articles]


def judge(articles: Sequence[GoldArticle], predict: Predict, floors: Floors) -> Verdict:
    """The verdict on a predictor; a part that is not the pinned one is not scored."""
    return judge_part(
        f"The {len(articles)} articles",
        hash_articles(articles),
        floors,
        lambda: score_part(articles, predict, floors),
    )


def score_part(articles: Sequence[GoldArticle], predict: Predict, floors: Floors) -> dict[str, float]:
    """F1 in points of every figure that has a floor."""
    figures = summarise(score_corpus(articles, predict)[0])
    return {name: 100 * figures[name].f1 for name in floors.floors}


def find_drops(scores: Mapping[str, float], floors: Floors) -> list[str]:
    """A sentence for each figure below its floor."""
    return [
        f"{name} is {scores[name]:.2f}, below its floor of {floor:.1f}."
        for name, floor in floors.floors.items()
        if scores[name] < floor
    ]


def raised(floors: Floors, scores: Mapping[str, float]) -> Floors:
    """The floors, each no lower than before."""
    return replace(floors, floors={n: max(old, floor_for(scores[n])) for n, old in floors.floors.items()})


def raise_floors(floors: Floors, scores: Mapping[str, float]) -> Floors:
    """The floors, each no lower than before, with one for each figure that had none."""
    return raised(replace(floors, floors={**dict.fromkeys(scores, 0.0), **floors.floors}), scores)


def set_floors(articles: int, sha256: str, scores: Mapping[str, float]) -> Floors:
    """Floors for these scores on a part of so many articles and this hash, lower or not."""
    return reset(Floors(articles, "", dict.fromkeys(scores, 0.0)), scores, sha256)


def judge_part(what: str, sha256: str, floors: Floors, score: Callable[[], Mapping[str, float]]) -> Verdict:
    """The verdict on the scores of `what`, which hashes so; what is not the pinned part is not scored."""
    if sha256 != floors.sha256:
        drop = (
            f"{what} hash to {sha256}, the floors were set on {floors.sha256}: restore the corpus, or set "
            "floors on this one with --accept-lower."
        )
        return Verdict({}, (drop,), sha256)
    scores = score()
    return Verdict(scores, tuple(find_drops(scores, floors)), sha256)


def reset(floors: Floors, scores: Mapping[str, float], sha256: str) -> Floors:
    """Floors for these scores on this part, lower or not."""
    return Floors(floors.articles, sha256, {name: floor_for(scores[name]) for name in floors.floors})


def floor_for(score: float) -> float:
    """The floor that a score gives: `SLACK` below it, in tenths, rounded down.

    >>> floor_for(71.58)
    71.0
    """
    return max(0.0, math.floor(round((score - SLACK) * 10, 6)) / 10)
