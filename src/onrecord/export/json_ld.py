"""schema.org as JSON-LD: records as judged in, one graph of articles, quotations and claims out.

What was said word for word is a Quotation, spoken by somebody and part of its article. What the article tells
in its own words, wholly or in part, is a Claim: its author is whoever said it, it appears in the article,
and whoever published that interpreted it. When it was said is `dateCreated` where a date can say it, and
the times of the Event that the statement was made at where only an interval can.
"""

from collections.abc import Iterable
from typing import Any, BinaryIO

from onrecord.export.addresses import page_of, urn_of
from onrecord.export.base import ExportContext, Format, count_statements, dump_json
from onrecord.export.scene import Scene, day_of, place_name, point_of, set_scene
from onrecord.record import Entity, Judged, PlaceValue, SaidAt, Statement
from onrecord.record.fragments import fragment_link

CONTEXT = "https://schema.org"
# schema.org has no type for people together; an Organization is the nearest that may speak. A document
# does not speak: what is cited of it is based on it.
SPEAKER_TYPES = {
    "person": "Person", "organisation": "Organization", "outlet": "Organization", "group": "Organization",
    "place": "Organization",
}  # fmt: skip
Node = dict[str, Any]


def write(entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext) -> int:
    """How many statements were written."""
    stream.write(b'{"@context":' + dump_json(CONTEXT) + b',"@graph":[')
    statements, between = 0, b"\n"
    for judged in entries:
        scene = set_scene(judged)
        nodes = [_article_node(scene, context)]
        nodes += (_statement_node(statement, scene) for statement in judged.record.statements)
        for node in nodes:
            # The graph may be put into a page as it is: nothing in it can end a script.
            stream.write(between + dump_json(node).replace(b"<", b"\\u003c"))
            between = b",\n"
        statements += len(judged.record.statements)
    stream.write(b"\n]}\n")
    return statements


def _article_node(scene: Scene, context: ExportContext) -> Node:
    article, capture = scene.article, scene.capture
    captured = {
        "@type": "MediaObject",
        "encodingFormat": capture.media_type,
        "contentSize": f"{capture.size_bytes} B",
        "sha256": capture.sha256,
    }
    return _without_nothing(
        {
            "@type": "NewsArticle",
            "@id": urn_of(article.article_id),
            "identifier": article.article_id,
            "url": page_of(article),
            "headline": article.title.value if article.title else None,
            "author": [{"@type": "Person", "name": one.value} for one in article.authors],
            "publisher": _publisher(scene),
            "datePublished": article.published_at.value if article.published_at else None,
            "dateModified": article.updated_at.value if article.updated_at else None,
            "inLanguage": article.language.value if article.language else None,
            "encoding": captured,
            "sdDatePublished": context.made_at,
        }
    )


def _publisher(scene: Scene) -> Node | None:
    outlet = scene.article.outlet
    return {"@type": "Organization", "name": outlet.value} if outlet else None


def _statement_node(statement: Statement, scene: Scene) -> Node:
    article = {"@id": urn_of(scene.article.article_id)}
    speaker = _speaker_node(statement, scene)
    if statement.form == "direct":
        creator = {"@id": speaker["@id"]} if speaker else None
        own: Node = {"@type": "Quotation", "spokenByCharacter": speaker, "creator": creator}
        own["isPartOf"] = article
    else:
        interpreter = _publisher(scene)
        own = {"@type": "Claim", "author": speaker, "appearance": article, "claimInterpreter": interpreter}
    return _without_nothing(
        own
        | {
            "@id": urn_of(statement.statement_id),
            "identifier": statement.statement_id,
            "text": scene.words(statement.content),
            "creditText": _credit(statement, scene),
            "url": fragment_link(scene.article, statement.content[0]) if statement.content else None,
            "inLanguage": scene.article.language.value if scene.article.language else None,
            "isBasedOn": _documents(statement, scene),
            "about": [_thing_node(scene.entities[one], scene) for one in statement.about.entity_ids],
            "contentLocation": [_place_node(one) for one in scene.about_places(statement)],
            "temporalCoverage": [
                f"{one.start or '..'}/{one.end or '..'}"
                for one in scene.about_times(statement)
                if one.start or one.end
            ],
            "review": _review(statement, scene),
        }
        | _said_nodes(statement, scene)
    )


def _speaker_node(statement: Statement, scene: Scene) -> Node | None:
    entity = scene.speaker_of(statement)
    return _thing_node(entity, scene) if entity and entity.kind in SPEAKER_TYPES else None


def _thing_node(entity: Entity, scene: Scene) -> Node:
    own_id = scene.people.get(entity.entity_id, entity.entity_id)
    usual = "CreativeWork" if entity.kind == "document" else "Thing"
    return _without_nothing(
        {
            "@type": SPEAKER_TYPES.get(entity.kind, usual),
            "@id": urn_of(own_id),
            "name": entity.name,
            "description": list(dict.fromkeys(one.text for one in entity.descriptions)),
        }
    )


def _credit(statement: Statement, scene: Scene) -> str | None:
    """The source and the hops as the article writes them."""
    words = (scene.words(statement.source), *(hop.text for hop in statement.chain))
    return "; ".join(dict.fromkeys(filter(None, words))) or None


def _documents(statement: Statement, scene: Scene) -> list[Node]:
    """What was cited: hops through documents, and a document that stands as the speaker."""
    found = [
        {"@type": "CreativeWork", "name": hop.text} for hop in statement.chain if hop.kind == "cited_document"
    ]
    speaker = scene.speaker_of(statement)
    if speaker and speaker.kind == "document":
        found.append(_thing_node(speaker, scene))
    return found


def _said_nodes(statement: Statement, scene: Scene) -> Node:
    """When and where it was said."""
    place = scene.said_in(statement)
    where = _place_node(place) if place else None
    said = statement.said_at
    day = said.start if said and day_of(said.start) and said.start == said.end else None
    event = None
    if said and day is None and (said.start or said.end):
        event = _event_node(said)
    return {"dateCreated": day, "locationCreated": where, "recordedAt": event}


def _event_node(said: SaidAt) -> Node:
    return _without_nothing({"@type": "Event", "startDate": said.start, "endDate": said.end})


def _place_node(place: PlaceValue) -> Node:
    entry, point = place.entry, point_of(place.entry)
    geo: Node | None = None
    if entry and point:
        latitude, longitude = point
        middle = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
        metres = None if entry.radius_km is None else str(round(entry.radius_km * 1000))
        geo = {"@type": "GeoCircle", "geoMidpoint": middle, "geoRadius": metres} if metres else middle
    country = entry.country if entry else None
    return _without_nothing(
        {
            "@type": "Place",
            "name": place_name(place),
            "identifier": entry.entry_id if entry else None,
            "address": {"@type": "PostalAddress", "addressCountry": country} if country else None,
            "geo": geo,
        }
    )


def _review(statement: Statement, scene: Scene) -> Node | None:
    status = scene.statuses.get(statement.statement_id)
    if status is None:
        return None
    author = {"@type": "Person", "name": status.by}
    made = {"reviewBody": status.kind, "dateCreated": status.made_at}
    return {"@type": "Review", "author": author} | made


def _without_nothing(node: Node) -> Node:
    return {name: value for name, value in node.items() if value is not None and value != []}


FORMAT = Format(
    name="json-ld",
    suffixes=(".jsonld",),
    media_type="application/ld+json",
    describe="schema.org: NewsArticle, Quotation and Claim, for the web and for knowledge graphs.",
    write=write,
    unit="statement",
    count=count_statements,
)
