"""W3C Web Annotation: records as judged in, one collection out, an annotation a statement.

After the Web Annotation Data Model (W3C Recommendation of 23 February 2017). A target is the article's page;
the quotation selector finds the words there. The position selector counts code points, from 0, the end not
included, in the text that onrecord keeps: the state of the target names that text as the cached copy.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any, BinaryIO

from onrecord.export.addresses import page_of, urn_of
from onrecord.export.base import ExportContext, Format, count_statements, dump_json
from onrecord.export.scene import Scene, instant_of, set_scene
from onrecord.record import Judged, Span, Statement

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
# Words enough to tell a short quotation from the same elsewhere: what Hypothesis and Apache Annotator take.
ROUND_CHARS = 32
Node = dict[str, Any]


def write(entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext) -> int:
    """How many annotations were written.

    Their number and the id of the collection, made from theirs, stand after them: none need be kept.
    """
    head: Node = {"@context": CONTEXT, "type": "AnnotationCollection", "generator": _generator(context)}
    if context.made_at:
        head["generated"] = context.made_at
    stream.write(dump_json(head)[:-1] + b',"first":{"type":"AnnotationPage","startIndex":0,"items":[')
    annotations, digest = 0, hashlib.sha256()
    for judged in entries:
        scene = set_scene(judged)
        for statement in judged.record.statements:
            stream.write((b",\n" if annotations else b"\n") + dump_json(_annotate(statement, scene, context)))
            digest.update(statement.statement_id.encode("utf-8", "surrogatepass") + b"\n")
            annotations += 1
    own = urn_of(f"annotations-{digest.hexdigest()[:32]}")
    page, tail = {"id": f"{own}:1", "partOf": own}, {"id": own, "total": annotations}
    stream.write(b"\n]," + dump_json(page)[1:] + b"," + dump_json(tail)[1:] + b"\n")
    return annotations


def _generator(context: ExportContext) -> Node:
    return {"id": urn_of("program"), "type": "Software", "name": context.generator}


def _annotate(statement: Statement, scene: Scene, context: ExportContext) -> Node:
    status = scene.statuses.get(statement.statement_id)
    targets = [_target(span, scene) for span in statement.content]
    node: Node = {
        "id": urn_of(statement.statement_id),
        "type": "Annotation",
        "motivation": "describing",
        "generator": _generator(context),
        "creator": {"type": "Person", "name": status.by} if status else _generator(context),
        "body": _bodies(statement, scene),
        "target": targets[0] if len(targets) == 1 else targets or _source(scene),
    }
    if status and (made := instant_of(status.made_at)):
        node["created"] = _utc(made)
    return node


def _bodies(statement: Statement, scene: Scene) -> list[Node]:
    """Who said it, by what words, and in which form; each says what it is for."""
    source = scene.words(statement.source)
    words = " ".join(filter(None, (source, scene.words(statement.cue))))
    found = []
    if statement.speaker:
        found.append(_text(statement.speaker.name, "identifying"))
    if person := scene.person_of(statement):
        found.append({"type": "SpecificResource", "purpose": "identifying", "source": urn_of(person)})
    if words:
        found.append(_text(words, "describing", scene))
    tags = (statement.form, statement.mode)
    return [*found, *(_text(tag, "classifying") for tag in tags if tag)]


def _text(words: str, purpose: str, scene: Scene | None = None) -> Node:
    body = {"type": "TextualBody", "purpose": purpose, "value": words, "format": "text/plain"}
    language = scene.article.language if scene else None
    return body | ({"language": language.value} if language else {})


def _target(span: Span, scene: Scene) -> Node:
    text = scene.article.text
    quote = {
        "type": "TextQuoteSelector",
        "exact": span.of(text),
        "prefix": text[max(0, span.start_char - ROUND_CHARS) : span.start_char],
        "suffix": text[span.end_char : span.end_char + ROUND_CHARS],
    }
    place = {"type": "TextPositionSelector", "start": span.start_char, "end": span.end_char}
    state = {"type": "TimeState", "cached": urn_of(scene.article.article_id)}
    if retrieved := instant_of(scene.capture.retrieved_at):
        state["sourceDate"] = _utc(retrieved)
    return {
        "type": "SpecificResource",
        "source": _source(scene),
        "state": state,
        "selector": [quote, place],
    }


def _source(scene: Scene) -> str:
    return page_of(scene.article) or urn_of(scene.article.article_id)


def _utc(moment: datetime) -> str:
    return moment.isoformat().replace("+00:00", "Z")


FORMAT = Format(
    name="web-annotation",
    suffixes=(".annotations.jsonld", ".annotations.json"),
    media_type='application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
    describe="W3C Web Annotation: each statement as a note on the words of its page.",
    write=write,
    unit="annotation",
    count=count_statements,
)
