"""The measures of coreference, counted on two clusterings of one document: MUC, B3 and CEAF-e.

In: gold and predicted clusters of mentions, where a mention is anything that can be compared (a
span). Out: counts as `eval.figures` adds them up, so that documents are pooled as the reference
scorer pools them (Pradhan et al. 2014, doi:10.3115/v1/P14-2006): numerators and denominators
are summed over documents before they are divided. On 2,000 random pairs of clusterings the figures are those
of another implementation (scorch 0.2.0) to the last digits.
"""

from collections.abc import Collection, Hashable, Sequence
from typing import Any

from eval.figures import Counts
from onrecord.errors import MissingPartError

Clusters = Sequence[Collection[Hashable]]
# A mention of one side that the other lacks stands in no cluster of it.
ABSENT = -1


def count_mentions(gold: Clusters, predicted: Clusters) -> Counts:
    """Mentions found, whatever they were linked to."""
    golds, guesses = set(_cluster_of(gold)), set(_cluster_of(predicted))
    right = len(golds & guesses)
    return right, len(guesses), right, len(golds)


def count_muc(gold: Clusters, predicted: Clusters) -> Counts:
    """Links: a cluster of n needs n - 1, and lacks one for each part the other side cuts it into.

    Vilain et al. 1995, doi:10.3115/1072399.1072405. A mention that the other side lacks is a part
    of its own; single mentions have no link and do not count.
    """
    return *_count_links(predicted, _cluster_of(gold)), *_count_links(gold, _cluster_of(predicted))


def _count_links(clusters: Clusters, others: dict[Hashable, int]) -> tuple[float, float]:
    """Links of the clusters that the other side holds too, and all of them."""
    right = whole = 0
    for cluster in clusters:
        within = [others.get(mention, ABSENT) for mention in cluster]
        parts = len(set(within) - {ABSENT}) + within.count(ABSENT)
        right += len(within) - parts
        whole += len(within) - 1
    return right, whole


def count_b_cubed(gold: Clusters, predicted: Clusters) -> Counts:
    """For each mention, the share of its cluster that the other side puts with it.

    Bagga & Baldwin 1998. A mention that the other side lacks has a share of 0 (Pradhan et al.
    2014 score predicted mentions so, without the changes that some later scorers made).
    """
    return *_count_shares(predicted, gold), *_count_shares(gold, predicted)


def _count_shares(clusters: Clusters, others: Clusters) -> tuple[float, float]:
    where = _cluster_of(others)
    right = 0.0
    for cluster in clusters:
        within = [where[mention] for mention in cluster if mention in where]
        right += sum(within.count(other) ** 2 for other in set(within)) / len(cluster) if within else 0
    return right, sum(map(len, clusters))


def count_ceaf_e(gold: Clusters, predicted: Clusters) -> Counts:
    """Clusters matched one to one for the greatest sum of likeness, phi 4 of Luo 2005.

    doi:10.3115/1220575.1220579. The likeness of two clusters is twice the mentions in common over
    the mentions of both.
    """
    right = _best_sum(gold, predicted)
    return right, len(predicted), right, len(gold)


def _best_sum(gold: Clusters, predicted: Clusters) -> float:
    common: dict[tuple[int, int], int] = {}
    where = _cluster_of(predicted)
    for i, cluster in enumerate(gold):
        for mention in cluster:
            if (j := where.get(mention)) is not None:
                common[i, j] = common.get((i, j), 0) + 1
    if not common:
        return 0.0
    rows, columns = (sorted({pair[side] for pair in common}) for side in (0, 1))
    row_of, column_of = ({n: k for k, n in enumerate(side)} for side in (rows, columns))
    likeness = [[0.0] * len(columns) for _ in rows]
    for (i, j), shared in common.items():
        likeness[row_of[i]][column_of[j]] = 2 * shared / (len(gold[i]) + len(predicted[j]))
    chosen = zip(*_assign(likeness), strict=True)
    return sum(likeness[i][j] for i, j in chosen)


def _assign(likeness: list[list[float]]) -> tuple[Sequence[int], Sequence[int]]:
    """Rows and columns paired one to one for the greatest sum."""
    try:
        from scipy.optimize import linear_sum_assignment  # type: ignore[import-untyped]
    except ImportError as error:
        raise MissingPartError(
            "CEAF-e needs scipy, which is not installed.", cure="Run: pip install 'onrecord[dev]'"
        ) from error
    assign: Any = linear_sum_assignment
    rows, columns = assign(likeness, maximize=True)
    return [int(i) for i in rows], [int(j) for j in columns]


def _cluster_of(clusters: Clusters) -> dict[Hashable, int]:
    """The number of the cluster that holds each mention."""
    return {mention: i for i, cluster in enumerate(clusters) for mention in cluster}
