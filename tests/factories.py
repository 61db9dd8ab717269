"""Parts of records made by hand for the tests, from a text and words of it."""

import dataclasses
import hashlib
from collections.abc import Sequence
from functools import lru_cache

from onrecord.record import (
    Article,
    Block,
    Capture,
    Confidence,
    Entity,
    HeaderField,
    Mention,
    Moment,
    Origin,
    Record,
    Span,
    Speaker,
    Statement,
    article_id_of,
    entity_id_of,
    statement_id_of,
)

RULE = Origin(kind="rule", name="plain-text", version="1")
HEAD = Origin(kind="model", name="coreference", version="0.1")
MODEL = Origin(kind="model", name="attribution", version="0.1", rules=("close_quotation", "trim_space"))


def span_of(text: str, part: str, *, after: int = 0) -> Span:
    """The first place of the part in the text, at or after a character; it must be there."""
    start = text.index(part, after)
    return Span(start_char=start, end_char=start + len(part))


def make_statement(
    text: str,
    contents: Sequence[str],
    *,
    cue: str | None,
    source: str | None,
    after: int = 0,
    **fields: object,
) -> Statement:
    """A statement whose spans are found in the text; `fields` replace the usual values."""
    content = tuple(span_of(text, part, after=after) for part in contents)
    cues = (span_of(text, cue, after=after),) if cue else ()
    sources = (span_of(text, source, after=after),) if source else ()
    article_id = own_id(text)
    values: dict[str, object] = {
        "statement_id": statement_id_of(article_id, content, cues, sources),
        "article_id": article_id,
        "content": content,
        "cue": cues,
        "source": sources,
        "form": "indirect",
        "mode": "said",
        "speaker": make_speaker(text, sources[0]) if source else None,
        "chain": (),
        "confidence": Confidence(statement=0.91, content=0.88, cue=0.97, source=0.93 if source else 0.0),
        "origin": MODEL,
    }
    return Statement(**(values | fields))  # type: ignore[arg-type]


@lru_cache(maxsize=16)
def own_id(text: str) -> str:
    """The id of the article that is this text alone."""
    return article_id_of(make_capture(text), text)


def make_capture(text: str) -> Capture:
    """The capture of a plain text, with its bytes."""
    body = text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(body).hexdigest()
    return Capture(sha256=digest, media_type="text/plain", encoding="utf-8", size_bytes=len(body), body=body)


def make_article(parts: Sequence[tuple[str, str]], **fields: object) -> Article:
    """An article whose text is the parts, a blank line between two; `fields` fill its header."""
    text, blocks = "\n\n".join(part for _, part in parts), []
    at = 0
    for kind, part in parts:
        if part:
            blocks.append(Block(kind=kind, span=Span(start_char=at, end_char=at + len(part)), origin=RULE))  # type: ignore[arg-type]
        at += len(part) + 2
    article_id = own_id(text)
    return Article(article_id=article_id, text=text, blocks=tuple(blocks), **fields)  # type: ignore[arg-type]


def make_mention(text: str, span: Span, *, form: str = "name") -> Mention:
    """A mention of somebody at this place."""
    return Mention(text=span.of(text), span=span, form=form, origin=HEAD)  # type: ignore[arg-type]


def make_entity(text: str, mentions: Sequence[Mention], *, kind: str = "person", **fields: object) -> Entity:
    """An entity with these mentions, named by the first; `fields` replace the usual values."""
    article_id = own_id(text)
    values: dict[str, object] = {
        "entity_id": entity_id_of(article_id, (mention.span for mention in mentions)),
        "article_id": article_id,
        "kind": kind,
        "name": " ".join(mentions[0].text.split()),
        "name_span": mentions[0].span,
        "named": mentions[0].form == "name",
        "mentions": tuple(mentions),
        "origin": HEAD,
    }
    return Entity(**(values | fields))  # type: ignore[arg-type]


def make_speaker(text: str, span: Span) -> Speaker:
    """A speaker whom the source names itself, mentioned there alone."""
    mention = make_mention(text, span)
    entity = make_entity(text, [mention])
    return Speaker(entity_id=entity.entity_id, name=entity.name, path=(mention,), origin=HEAD)


def make_small_record(text: str, statements: Sequence[Statement] = (), **fields: object) -> Record:
    """A record of one paragraph, or of nothing where the text is empty; with the speakers' entities."""
    article = make_article([("paragraph", text)], **fields)
    paths = {s.speaker.entity_id: s.speaker.path for s in statements if s.speaker}
    entities = tuple(make_entity(text, path) for path in paths.values())
    return Record(
        capture=make_capture(text), article=article, statements=tuple(statements), entities=entities
    )


def make_record(
    words: str = "The bridge stays shut until the frost,",
    *,
    speaker: str = "Mira Vance",
    url: str | None = None,
    published: str | None = "2031-05-03",
    outlet: str | None = "The Tessaly Lantern",
    **fields: object,
) -> Record:
    """A record of an invented article in which the speaker says these words, as bytes at an address.

    The same arguments make the same record; `fields` replace those of its capture.
    """
    paragraph = f"“{words}” said {speaker} on the quay. Nobody else spoke."
    text = f"News of the harbour\n\n{paragraph}"
    capture = dataclasses.replace(make_capture(text), url=url, **fields)  # type: ignore[arg-type]
    article_id = article_id_of(capture, text)
    content, cue, source = (span_of(text, part) for part in (f"“{words}”", "said", speaker))
    mention = make_mention(text, source)
    entity = Entity(
        entity_id=entity_id_of(article_id, [source]),
        article_id=article_id,
        kind="person",
        name=speaker,
        name_span=source,
        named=True,
        mentions=(mention,),
        origin=HEAD,
    )
    statement = Statement(
        statement_id=statement_id_of(article_id, (content,), (cue,), (source,)),
        article_id=article_id,
        content=(content,),
        cue=(cue,),
        source=(source,),
        form="direct",
        mode="said",
        speaker=Speaker(entity_id=entity.entity_id, name=speaker, path=(mention,), origin=HEAD),
        chain=(),
        confidence=Confidence(statement=0.91, content=0.88, cue=0.97, source=0.93),
        origin=MODEL,
    )
    article = Article(
        article_id=article_id,
        text=text,
        blocks=tuple(
            Block(kind=kind, span=span_of(text, part), origin=RULE)  # type: ignore[arg-type]
            for kind, part in (("title", "News of the harbour"), ("paragraph", paragraph))
        ),
        title=make_field("News of the harbour", span_of(text, "News of the harbour")),
        outlet=make_field(outlet) if outlet else None,
        published_at=make_moment(published) if published else None,
        url=url,
    )
    return Record(capture=capture, article=article, statements=(statement,), entities=(entity,))


def make_field(value: str, span: Span | None = None) -> HeaderField:
    """A field of a header, as it stood."""
    return HeaderField(value=value, raw=value, span=span, origin=RULE)


def make_moment(day: str) -> Moment:
    """A day on which something was published."""
    return Moment(value=day, precision="day", zone=None, raw=day, span=None, origin=RULE)
