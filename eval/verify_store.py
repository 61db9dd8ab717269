"""The suite's gold statements in a real store: passages in, an open store that finds them out."""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from onrecord.record import (
    Article,
    Block,
    Capture,
    Confidence,
    Entity,
    Hit,
    Mention,
    Origin,
    Passage,
    Record,
    Span,
    Speaker,
    Statement,
    article_id_of,
    entity_id_of,
    statement_id_of,
)
from onrecord.store import open_store
from onrecord.store.base import Reading, Store

GOLD = Origin(kind="given", name="gold", version="1")
SURE = Confidence(statement=1.0, content=1.0, cue=1.0, source=1.0)
BATCH = 20


@contextmanager
def keep_passages(passages: Sequence[Passage]) -> Iterator[Store]:
    """An open store, in a folder of its own, that holds the articles with their statements."""
    with TemporaryDirectory() as folder, open_store(Path(folder) / "gold.onrecord", create=True) as store:
        reading = Reading(reader="gold")
        entries = [(record.capture, record) for record in map(record_of, passages)]
        for at in range(0, len(entries), BATCH):
            store.add_records(entries[at : at + BATCH], reading)
        yield store


def record_of(passage: Passage) -> Record:
    """The record of an article that says what the passage does; a speaker whom the text does not name as
    told is unknown."""
    body = passage.text.encode("utf-8", "surrogatepass")
    capture = Capture(
        sha256=hashlib.sha256(body).hexdigest(),
        media_type="text/plain",
        encoding="utf-8",
        size_bytes=len(body),
        url=f"https://gold.example/{passage.article_id}",
        body=body,
    )
    article_id = article_id_of(capture, passage.text)
    block = Block(kind="paragraph", span=Span(start_char=0, end_char=len(passage.text)), origin=GOLD)
    article = Article(article_id=article_id, text=passage.text, blocks=(block,), url=capture.url)
    entities = {e.name: e for hit in passage.statements if (e := _entity_of(article, hit))}
    statements = tuple(_statement_of(article, hit, entities) for hit in passage.statements)
    unique = {statement.statement_id: statement for statement in statements}
    return Record(
        capture=capture,
        article=article,
        statements=tuple(unique.values()),
        entities=tuple(entities.values()),
    )


def _entity_of(article: Article, hit: Hit) -> Entity | None:
    start = article.text.find(hit.speaker) if hit.speaker else -1
    if start < 0 or hit.speaker is None:
        return None
    span = Span(start_char=start, end_char=start + len(hit.speaker))
    mention = Mention(text=hit.speaker, span=span, form="name", origin=GOLD)
    return Entity(
        entity_id=entity_id_of(article.article_id, [span]),
        article_id=article.article_id,
        kind="person",
        name=hit.speaker,
        name_span=span,
        named=True,
        mentions=(mention,),
        origin=GOLD,
    )


def _statement_of(article: Article, hit: Hit, entities: dict[str, Entity]) -> Statement:
    entity = entities.get(hit.speaker or "")
    source = (entity.name_span,) if entity else ()
    speaker = None
    if entity:
        speaker = Speaker(entity_id=entity.entity_id, name=entity.name, path=entity.mentions, origin=GOLD)
    return Statement(
        statement_id=statement_id_of(article.article_id, hit.content_spans, (), source),
        article_id=article.article_id,
        content=hit.content_spans,
        cue=(),
        source=source,
        form=hit.form,
        mode=None,
        speaker=speaker,
        chain=(),
        confidence=SURE,
        origin=GOLD,
    )
