"""PolNeAR as it lies in the data folder: articles with attributions, and labelled instances.

In: the folder that holds `dev.jsonl.gz` and `dev-sentences.jsonl.gz`. Out: frozen records.
"""

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from onrecord.errors import InputError

Role = Literal["source", "cue", "content"]
ROLES: tuple[Role, ...] = ("source", "cue", "content")
# Spans of one attribution by role: {"source": [[3, 9]], "cue": [[10, 14]], "content": [[15, 40]]}.
# A role that is absent or empty has no span.
Attribution = Mapping[str, Sequence[Sequence[int]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldArticle:
    """One article: its text and the attributions of its first annotator.

    `by_annotator` holds those of the further annotators, by the short name that ends the ids of
    their instances.
    """

    article_id: str
    text: str
    attributions: tuple[Attribution, ...]
    by_annotator: Mapping[str, tuple[Attribution, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Instance:
    """One paragraph, or a part of one, as tokens with a BIO label each.

    `article_id` and `annotator` tell whose reading of which article the labels are.
    """

    article_id: str
    annotator: str
    tokens: tuple[str, ...]
    labels: tuple[str, ...]


def read_articles(folder: Path, split: str = "dev") -> list[GoldArticle]:
    """The articles of a split, ordered by id."""
    found = [_article_of(line) for line in _read_lines(folder / f"{split}.jsonl.gz")]
    return sorted(found, key=lambda article: article.article_id)


def _article_of(line: Mapping[str, Any]) -> GoldArticle:
    others = {o["annotator"]: tuple(o["attributions"]) for o in line.get("other_annotators", ())}
    return GoldArticle(
        article_id=line["id"],
        text=line["text"],
        attributions=tuple(line["attributions"]),
        by_annotator=others,
    )


def read_instances(folder: Path, split: str = "dev") -> list[Instance]:
    """The labelled instances of a split, in the order of the file.

    An instance's id is the article's, an underscore and the annotator's: two dev articles come
    six times, once for each annotator, and CofeNet scores them all.
    """
    found = []
    for line in _read_lines(folder / f"{split}-sentences.jsonl.gz"):
        article_id, _, annotator = line["id"].rpartition("_")
        tokens, labels = tuple(line["tokens"]), tuple(line["labels"])
        found.append(Instance(article_id=article_id, annotator=annotator, tokens=tokens, labels=labels))
    return found


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise InputError(
            "There is no such file.",
            where=str(path),
            cure="Name the folder that holds the corpus with --data.",
        )
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def hash_articles(articles: Sequence[GoldArticle]) -> str:
    """SHA-256 over ids, texts and attributions, each preceded by its length; order is by id."""
    digest = hashlib.sha256()
    for article in sorted(articles, key=lambda a: a.article_id):
        gold = json.dumps(article.attributions, sort_keys=True)
        for part in (article.article_id, article.text, gold):
            data = part.encode("utf-8", "surrogatepass")
            digest.update(len(data).to_bytes(8, "big"))
            digest.update(data)
    return digest.hexdigest()
