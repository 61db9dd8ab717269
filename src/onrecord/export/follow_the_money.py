"""FollowTheMoney entities: records as judged in, a line of JSON an article, statement, person and place out.

A statement is a Note on whoever said it, proven by its Article; there is no schema for a quotation. People
and places are one entity each whatever articles name them, so they come last. Who has no name is none: a
Note tells them in words. Checked against followthemoney 4.11.2.
"""

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from onrecord.export.base import ExportContext, Format, count_statements, dump_json
from onrecord.export.ftm_values import Entity as Thing
from onrecord.export.ftm_values import to_country, to_date, to_language, to_media_type, to_number
from onrecord.export.markings import tell_statement
from onrecord.export.scene import Scene, place_name, point_of, set_scene
from onrecord.record import Entity, GazetteerEntry, Judged, SaidAt, Statement, content_id
from onrecord.record.fragments import fragment_link

SCHEMATA = {
    "person": "Person",
    "organisation": "Organization",
    "outlet": "Organization",
    "group": "LegalEntity",
    "place": "PublicBody",  # "Washington said": who governs it
    "other": "LegalEntity",
}
# Kinds that are written wherever they are named; the others where they speak.
ACTORS = frozenset({"person", "organisation", "outlet", "group"})


def write(entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext) -> int:
    """How many statements were written; articles, mentions, people and places stand beside them."""
    statements = 0
    gathered = _Gathered()
    for judged in entries:
        scene = set_scene(judged)
        notes = [_make_note(one, scene, gathered) for one in scene.record.statements]
        for thing in (_make_article(scene, context), *notes, *_make_mentions(scene, gathered)):
            stream.write(dump_json(thing.to_line()) + b"\n")
        statements += len(notes)
    for thing in gathered.list_all():
        stream.write(dump_json(thing.to_line()) + b"\n")
    return statements


class _Gathered:
    """The people and places of all articles; they grow with these alone."""

    def __init__(self) -> None:
        self.people: dict[str, Thing] = {}
        self.places: dict[str, Thing] = {}

    def list_all(self) -> Iterator[Thing]:
        yield from self.people.values()
        yield from self.places.values()

    def add_person(self, entity: Entity, scene: Scene) -> str | None:
        """The id of the person that an entity is, None where it has no name or is none that can be one."""
        person_id = scene.people.get(entity.entity_id)
        if person_id is None or not entity.named or entity.kind not in SCHEMATA:
            return None
        several = entity.kind == "person" and (entity.plural or (entity.count or 1) > 1)
        schema = "LegalEntity" if several else SCHEMATA[entity.kind]
        thing = self.people.setdefault(person_id, Thing(schema, person_id))
        if thing.schema != schema:
            thing.schema = "LegalEntity"  # what all of them are
            _generalise(thing)
        thing.add("name", entity.name, kind="name")
        others = [one.text for one in entity.mentions if one.form == "name" and one.text != entity.name]
        thing.add("weakAlias", *others, kind="name")
        thing.add_text("description", *_describe(entity, thing))
        thing.refer("proof", scene.article.article_id)
        return person_id

    def add_place(self, entry: GazetteerEntry) -> str:
        """The id of a place of the gazetteer."""
        place_id = content_id("gazetteer", entry.entry_id)
        if place_id not in self.places:
            self.places[place_id] = _make_address(entry, place_id)
        return place_id


def _describe(entity: Entity, thing: Thing) -> list[str]:
    """The descriptions, for who has no position; a person's are added as such."""
    texts = [one.text for one in entity.descriptions]
    if thing.schema != "Person":
        return texts
    thing.add("position", *texts)
    return []


def _generalise(thing: Thing) -> None:
    """What only a Person has becomes what any legal entity has."""
    thing.add_text("description", *thing.properties.pop("position", []))


def _make_address(entry: GazetteerEntry, place_id: str) -> Thing:
    thing = Thing("Address", place_id)
    thing.add("name", entry.name, kind="name")
    thing.add(
        "full", ", ".join(filter(None, (entry.name, entry.subdivision or entry.country))), kind="address"
    )
    if entry.kind in {"settlement", "region"}:
        thing.add("city" if entry.kind == "settlement" else "region", entry.name)
    thing.add("state", entry.subdivision)
    thing.put("country", to_country(entry.country))
    if point := point_of(entry):
        thing.put("latitude", to_number(point[0]))
        thing.put("longitude", to_number(point[1]))
    thing.add("keywords", entry.entry_id)
    return thing


def _make_article(scene: Scene, context: ExportContext) -> Thing:
    article, capture = scene.article, scene.capture
    thing = Thing("Article", article.article_id)
    thing.add("title", article.title.value if article.title else None)
    thing.add("author", *(author.value for author in article.authors))
    thing.add("publisher", article.outlet.value if article.outlet else None)
    thing.add("sourceUrl", article.url, kind="url")
    thing.put("publishedAt", to_date(article.published_at.value if article.published_at else None))
    thing.put("modifiedAt", to_date(article.updated_at.value if article.updated_at else None))
    thing.put("retrievedAt", to_date(capture.retrieved_at))
    thing.put("language", to_language(article.language.value if article.language else None))
    thing.put("mimeType", to_media_type(capture.media_type))
    thing.add("encoding", capture.encoding)
    thing.add("keywords", f"sha256:{capture.sha256}")
    thing.add("processingAgent", context.generator)
    thing.put("processedAt", to_date(context.made_at))
    thing.add("locationMentioned", *(place_name(one) for one in scene.places.values()), kind="address")
    thing.add_text("bodyText", article.text)
    return thing


def _make_note(statement: Statement, scene: Scene, gathered: _Gathered) -> Thing:
    """The note that a statement is: its exact words, who said it, where that is proven."""
    article, status = scene.article, scene.statuses.get(statement.statement_id)
    thing = Thing("Note", statement.statement_id)
    thing.add_text("description", scene.words(statement.content))
    thing.add_text("summary", _tell_attribution(statement, scene))
    speaker = scene.speaker_of(statement)
    thing.refer("entity", gathered.add_person(speaker, scene) if speaker else None)
    thing.refer("proof", article.article_id)
    first = next(iter(statement.content), None)
    thing.add("sourceUrl", fragment_link(article, first) if first else None, kind="url")
    thing.add("publisher", article.outlet.value if article.outlet else None)
    thing.put("createdAt", _to_moment(statement.said_at))
    place = scene.said_in(statement)
    thing.refer("addressEntity", gathered.add_place(place.entry) if place and place.entry else None)
    thing.add("keywords", statement.form, statement.mode, status.kind if status else None)
    thing.add_text("notes", tell_statement(statement, status))
    _add_about(thing, statement, scene)
    return thing


def _tell_attribution(statement: Statement, scene: Scene) -> str:
    """Who said it and how, in the words of the article; then the hops."""
    parts = {"source": scene.words(statement.source), "cue": scene.words(statement.cue)}
    parts["via"] = ", ".join(f"{hop.kind.replace('_', ' ')} {hop.text}" for hop in statement.chain)
    return "; ".join(f"{name}: {words}" for name, words in parts.items() if words)


def _to_moment(said_at: SaidAt | None) -> str | None:
    """When it was said, where a single date tells that; an interval stands in the notes."""
    if said_at is None:
        return None
    return to_date(said_at.start) if said_at.start == said_at.end else to_date(said_at.edtf)


def _add_about(thing: Thing, statement: Statement, scene: Scene) -> None:
    entities = [scene.entities[one] for one in statement.about.entity_ids]
    places = list(scene.about_places(statement))
    thing.add("namesMentioned", *(one.name for one in entities if one.named), kind="name")
    thing.add("locationMentioned", *(place_name(one) for one in places), kind="address")
    for place in places:
        thing.put("country", to_country(place.entry.country if place.entry else None))


def _make_mentions(scene: Scene, gathered: _Gathered) -> Iterator[Thing]:
    """That the article names somebody, for each whom it names; and its places, which are gathered."""
    speakers = {one.speaker.entity_id for one in scene.record.statements if one.speaker}
    for entity in scene.record.entities:
        if entity.kind not in ACTORS and entity.entity_id not in speakers:
            continue
        person_id = gathered.add_person(entity, scene)
        if person_id is None:
            continue
        thing = Thing("Mention", content_id("mention", entity.entity_id))
        thing.add("name", entity.name, kind="name")
        thing.refer("document", scene.article.article_id)
        thing.refer("resolved", person_id)
        thing.add("detectedSchema", SCHEMATA[entity.kind])
        yield thing
    for place in scene.record.places:
        if place.entry:
            gathered.add_place(place.entry)


FORMAT = Format(
    name="follow-the-money",
    suffixes=(".ftm.json", ".ftm.jsonl"),
    media_type="application/jsonl",
    describe="FollowTheMoney entities for Aleph and its kin: articles, notes, people, places, one a line.",
    write=write,
    unit="statement",
    count=count_statements,
)
