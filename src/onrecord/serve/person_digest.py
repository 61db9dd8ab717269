"""What articles say of somebody: articles as judged and a person's id in; roles over time with their sources,
and what the statements speak of, out.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from onrecord.export.named import fold
from onrecord.record import Entity, Judged, Record, Statement
from onrecord.record.person import fold_name
from onrecord.record.place import spoken_name

MOST_SOURCES = 4  # named of a role
MOST_TOPICS = 16
ARTICLES = ("the ", "a ", "an ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """The article that gives a role: `when` is its day of publication, or what is known of it."""

    article_id: str
    title: str | None
    outlet: str | None
    when: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """What articles call somebody, in the words of the newest; the newest few of them are its sources."""

    text: str
    first: str | None
    last: str | None
    sources: tuple[Source, ...]
    articles: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What statements speak of; `place` is its id in the gazetteer where it is a place that has one."""

    name: str
    statements: int
    place: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """What was found in so many articles; `complete` tells whether these are all that quote somebody."""

    looked: int
    complete: bool
    roles: tuple[Role, ...]
    topics: tuple[Topic, ...]


@dataclass(slots=True)
class _Gathered:
    roles: dict[str, list[tuple[str, Source]]] = field(default_factory=dict)
    topics: Counter[str] = field(default_factory=Counter)
    names: dict[str, tuple[str, str | None]] = field(default_factory=dict)  # what is counted: name, place


def make_digest(articles: Iterable[Judged], person_id: str, *, complete: bool) -> Digest:
    """What these articles say."""
    gathered, looked = _Gathered(), 0
    for judged in articles:
        looked += 1
        own = {entity for entity, person in judged.person_ids if person == person_id}
        source = _source_of(judged.record)
        for entity in judged.record.entities:
            if entity.entity_id in own:
                _take_roles(gathered, entity, source)
        for statement in judged.record.statements:
            if statement.speaker and statement.speaker.entity_id in own:
                _take_topics(gathered, judged.record, statement, own)
    return Digest(
        looked=looked,
        complete=complete,
        roles=tuple(sorted(map(_make_role, gathered.roles.values()), key=_by_time)),
        topics=tuple(_list_topics(gathered)),
    )


def _source_of(record: Record) -> Source:
    article = record.article
    return Source(
        article_id=article.article_id,
        title=article.title.value if article.title else None,
        outlet=article.outlet.value if article.outlet else None,
        when=article.published_at.value[:10] if article.published_at else None,
    )


def _take_roles(gathered: _Gathered, entity: Entity, source: Source) -> None:
    for described in entity.descriptions:
        text = fold(described.text).strip(" ,;")
        key = text.casefold()
        for opening in ARTICLES:
            key = key.removeprefix(opening)
        given = gathered.roles.setdefault(key, [])
        if all(other.article_id != source.article_id for _, other in given):
            given.append((text, source))


def _make_role(given: list[tuple[str, Source]]) -> Role:
    newest = sorted(given, key=lambda pair: pair[1].when or "", reverse=True)
    dated = [source.when for _, source in newest if source.when]
    return Role(
        text=newest[0][0],
        first=dated[-1] if dated else None,
        last=dated[0] if dated else None,
        sources=tuple(source for _, source in newest[:MOST_SOURCES]),
        articles=len(given),
    )


def _by_time(role: Role) -> tuple[bool, tuple[int, ...], str]:
    """The newest first, those without a date last."""
    return role.last is None, tuple(-ord(sign) for sign in role.last or ""), role.text


def _take_topics(gathered: _Gathered, record: Record, statement: Statement, own: set[str]) -> None:
    """Each thing once a statement: named entities but the speaker, and places."""
    found = dict(_name_topics(record, statement, own))
    gathered.names = {**found, **gathered.names}
    gathered.topics.update(found.keys())


def _name_topics(
    record: Record, statement: Statement, own: set[str]
) -> Iterator[tuple[str, tuple[str, str | None]]]:
    about = statement.about
    for entity in record.entities:
        if entity.entity_id in about.entity_ids and entity.named and entity.entity_id not in own:
            yield fold_name(entity.name), (entity.name, None)
    for place in record.places:
        if place.place_id in about.place_ids:
            name = place.entry.name if place.entry else spoken_name(place)
            yield fold_name(name), (name, place.entry.entry_id if place.entry else None)


def _list_topics(gathered: _Gathered) -> Iterator[Topic]:
    best = sorted(gathered.topics.items(), key=lambda pair: (-pair[1], pair[0]))
    for key, statements in best[:MOST_TOPICS]:
        name, place = gathered.names[key]
        yield Topic(name=name, statements=statements, place=place)
