"""An article's rows of the index: a record as judged in, what stands in each table and in the words out."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection

from onrecord.record import GazetteerEntry, Judged, Statement
from onrecord.store import index_facets as facets_of
from onrecord.store.index_articles import head_of, pack_article, words_of_article, words_of_spans, write_head
from onrecord.store.index_evidence import Evidence, evidence_of, minute_to_sort, write_evidence
from onrecord.store.index_ids import pack_id
from onrecord.store.index_moments import minute_of, take_keys
from onrecord.store.index_naming import number_outlet, number_people, number_places
from onrecord.store.index_overviews import build_overview
from onrecord.store.index_tables import shown_articles, statements
from onrecord.store.index_terms import Tokens
from onrecord.store.index_times import days_between, days_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """All that one article puts into the index."""

    article: dict[str, Any]
    statements: tuple[dict[str, Any], ...]
    overviews: tuple[dict[str, Any], ...] = ()
    article_tokens: Tokens
    statement_tokens: tuple[Tokens, ...]

    def person_counts(self) -> Counter[int]:
        """How many statements each person makes."""
        return Counter(row["person_key"] for row in self.statements if row["person_key"] is not None)

    def word_counts(self) -> list[dict[str, Any]]:
        """How many statements, and articles, hold each word; in the order of the words."""
        said = Counter(word for one in self.statement_tokens for word in _distinct(one))
        read = _distinct(self.article_tokens)
        return [
            {"word": word, "statements": said[word], "articles": int(word in read)}
            for word in sorted(read | said.keys())
        ]


def _distinct(tokens: Tokens) -> set[str]:
    return {word for part in tokens.parts for word in part}


def build_rows(connection: Connection, judged: Judged, keys: dict[str, int]) -> Rows:
    """The rows of a record; whom and what it names is numbered. `keys` are those of the tables kept."""
    record = judged.record
    article, text = record.article, record.article.text
    status = {one.statement_id: one.kind for one in judged.statuses}
    told = [evidence_of(record, one, status.get(one.statement_id)) for one in record.statements]
    published = article.published_at.value if article.published_at else None
    minutes = [minute_to_sort(one, published) for one in told]
    shown_key = take_keys(connection, shown_articles.c.shown_key, [minute_of(published)])[0]
    taken = take_keys(connection, statements.c.statement_key, minutes)
    facets = _Facets(connection, judged)
    own = [facets.of_statement(*pair) for pair in zip(record.statements, told, strict=True)]
    rows = tuple(
        {
            "statement_key": key,
            "shown_key": shown_key,
            "statement_id": pack_id("statement", one.statement_id),
            "person_key": facets.person_key(one),
            "evidence": write_evidence(evidence),
            "facets": " ".join(facet),
        }
        for key, one, evidence, facet in zip(taken, record.statements, told, own, strict=True)
    )
    head = head_of(record)
    row = {
        "shown_key": shown_key,
        "statements": len(rows),
        "head": write_head(head),
        "packed": pack_article(article),
        "facets": " ".join(facets.of_article),
    }
    return Rows(
        article=row | keys,
        statements=rows,
        overviews=tuple(
            build_overview(key, evidence, facet, said_in=facets.said_in(one), about=facets.about(one))
            for key, one, evidence, facet in zip(taken, record.statements, told, own, strict=True)
        ),
        article_tokens=tokens_of_article(words_of_article(article, head.title), facets.of_article, own),
        statement_tokens=tuple(
            tokens_of_statement(text, evidence, facet) for evidence, facet in zip(told, own, strict=True)
        ),
    )


def tokens_of_statement(text: str, evidence: Evidence, facets: Sequence[str]) -> Tokens:
    """What stands in the index of words of a statement."""
    words = words_of_spans(text, (evidence.content, evidence.cue, evidence.source))
    return Tokens(parts=words, facets=facets_of.tokens_of_facets(facets))


def tokens_of_article(
    words: tuple[tuple[str, ...], ...], facets: Sequence[str], of_statements: Iterable[Sequence[str]]
) -> Tokens:
    """What stands in the index of words of an article: also the facets of all its statements."""
    said = [facet for one in of_statements for facet in one]
    every = [*facets, *said] if said else [*facets, facets_of.NO_STATEMENT]
    return Tokens(parts=words, facets=facets_of.tokens_of_facets(dict.fromkeys(every)))


class _Facets:
    """The facets of a record's statements, and of its article alone."""

    def __init__(self, connection: Connection, judged: Judged) -> None:
        record = judged.record
        self.persons = dict(judged.person_ids)
        entities = {entity.entity_id: entity for entity in record.entities}
        speakers = {s.speaker.entity_id: s.speaker.name for s in record.statements if s.speaker}
        named = [
            (self.persons[one], entities[one].kind if one in entities else "other", name)
            for one, name in speakers.items()
            if one in self.persons
        ]
        self.people = number_people(connection, named)
        self.places = {place.place_id: place for place in record.places}
        self.place_keys = number_places(connection, self._places_used(record.statements))
        self.times = {time.time_id: time for time in record.times}
        self.of_article = self._of_article(connection, judged)

    def _of_article(self, connection: Connection, judged: Judged) -> list[str]:
        article = judged.record.article
        outlet = number_outlet(connection, article)
        facets = [] if outlet is None else [facets_of.outlet_facet(outlet)]
        days = days_of(article.published_at.value) if article.published_at else None
        return [*facets, facets_of.time_facet(facets_of.PUBLISHED, days)] if days else facets

    def _places_used(self, made: Iterable[Statement]) -> list[Any]:
        used = dict.fromkeys(mention for one in made for mention in _place_ids(one))
        return [self.places[mention] for mention in used if mention in self.places]

    def person_key(self, statement: Statement) -> int | None:
        """The key of who speaks."""
        if statement.speaker is None:
            return None
        return self.people.get(self.persons.get(statement.speaker.entity_id, ""))

    def said_in(self, statement: Statement) -> int | None:
        """The key of the place where it was said."""
        return self.place_keys.get(statement.said_in.place_id) if statement.said_in else None

    def about(self, statement: Statement) -> list[int]:
        """The keys of the places that it speaks of."""
        return [self.place_keys[one] for one in statement.about.place_ids if one in self.place_keys]

    def of_statement(self, statement: Statement, evidence: Evidence) -> list[str]:
        """All facets of a statement, each once."""
        person = self.person_key(statement)
        facets = [] if person is None else [facets_of.person_facet(person)]
        facets += facets_of.statement_facets(statement, evidence.status)
        said = days_between(evidence.said_from, evidence.said_to)
        if said:
            facets.append(facets_of.time_facet(facets_of.SAID, said))
        for time_id in statement.about.time_ids:
            time = self.times.get(time_id)
            days = days_between(time.start, time.end) if time else None
            if days:
                facets.append(facets_of.time_facet(facets_of.ABOUT, days))
        for mention in _place_ids(statement):
            facets += self._of_place(mention)
        return list(dict.fromkeys([*facets, *self.of_article]))

    def _of_place(self, mention: str) -> list[str]:
        key = self.place_keys.get(mention)
        if key is None:
            return []
        entry: GazetteerEntry | None = self.places[mention].entry
        facets = [facets_of.place_facet(key)]
        if entry and entry.country:
            facets.append(facets_of.country_facet(entry.country))
        if entry and entry.subdivision:
            facets.append(facets_of.subdivision_facet(entry.subdivision))
        return facets


def _place_ids(statement: Statement) -> tuple[str, ...]:
    said_in = (statement.said_in.place_id,) if statement.said_in else ()
    return (*said_in, *statement.about.place_ids)
