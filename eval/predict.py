"""What is scored: onrecord's reader, or the baseline, as functions from a text to attributions.

onrecord's engine is imported when a predictor is made, so that scoring needs no weights.
"""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from eval.baseline import predict_by_marks
from eval.corpus import Attribution, GoldArticle
from eval.figures import Tally
from eval.spans import score_article
from onrecord.record import Record, Span, Statement

Predict = Callable[[str], Sequence[Attribution]]
Prediction = tuple[str, Sequence[Attribution]]


def predictor(*, weights: Path | None = None, baseline: bool = False) -> Predict:
    """The baseline, or onrecord with the weights of a folder (by default those of the package)."""
    if baseline:
        return predict_by_marks
    from onrecord.engine import Engine

    engine = Engine(weights=weights)
    return lambda text: [attribution_of(statement) for statement in engine.statements_of(text)]


def read_record(text: str, *, weights: Path | None = None) -> Record:
    """The record of a scraped article, by the whole way of the engine."""
    from onrecord.engine import Engine

    return Engine(weights=weights).read(text)


def attribution_of(statement: Statement) -> Attribution:
    """The spans of a statement as lists by role."""
    return {
        "source": _as_lists(statement.source),
        "cue": _as_lists(statement.cue),
        "content": _as_lists(statement.content),
    }


def _as_lists(spans: Iterable[Span]) -> list[list[int]]:
    return [[span.start_char, span.end_char] for span in spans]


def score_corpus(articles: Iterable[GoldArticle], predict: Predict) -> tuple[list[Tally], list[Prediction]]:
    """The counts of each article and what was predicted, ordered by the articles' ids."""
    tallies, predictions = [], []
    for article in sorted(articles, key=lambda a: a.article_id):
        guessed = predict(article.text)
        tallies.append(score_article(article.text, article.attributions, guessed))
        predictions.append((article.article_id, guessed))
    return tallies, predictions
