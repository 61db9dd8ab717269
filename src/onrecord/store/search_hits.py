"""Hits with their evidence: keys of statements in, `Hit`s out, and passages of whole articles."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from onrecord.record import Article
from onrecord.record.fragments import fragment_link
from onrecord.record.query import Hit, Passage
from onrecord.store.index_articles import Head, read_head, unpack_article, unpack_text
from onrecord.store.index_evidence import Evidence, read_evidence
from onrecord.store.index_ids import unpack_id
from onrecord.store.index_naming import AT_ONCE
from onrecord.store.index_tables import people, shown_articles, statements

CONTEXT_CHARS = 240

_CANONICAL = people.alias("canonical")
_OWN: Select[Any] = (
    select(
        statements.c.statement_key,
        statements.c.shown_key,
        statements.c.statement_id,
        statements.c.evidence,
        _CANONICAL.c.person_id,
    )
    .select_from(statements)
    .outerjoin(people, people.c.person_key == statements.c.person_key)
    .outerjoin(
        _CANONICAL, _CANONICAL.c.person_key == func.coalesce(people.c.canonical_key, people.c.person_key)
    )
)


def load_texts(connection: Connection, shown_keys: Sequence[int]) -> dict[int, str]:
    """The texts of articles."""
    texts: dict[int, str] = {}
    for at in range(0, len(shown_keys), AT_ONCE):
        wanted = shown_articles.c.shown_key.in_(shown_keys[at : at + AT_ONCE])
        for key, packed in connection.execute(
            select(shown_articles.c.shown_key, shown_articles.c.packed).where(wanted)
        ):
            texts[key] = unpack_text(packed)
    return texts


class HitMaker:
    """Makes hits; an article that several are of is read once."""

    def __init__(self, connection: Connection, *, links: bool = True) -> None:
        self.connection = connection
        self.links = links
        self.articles: dict[int, tuple[Head, Article]] = {}

    def hits_of(self, keys: Sequence[int], scores: dict[int, float] | None = None) -> tuple[Hit, ...]:
        """The hits of these statements, in this order."""
        rows = {row.statement_key: row for row in self._load(statements.c.statement_key, keys)}
        self.load_articles(row.shown_key for row in rows.values())
        scored = scores or {}
        return tuple(self._make(rows[key], scored.get(key)) for key in keys if key in rows)

    def passage_of(self, shown_key: int) -> Passage:
        """An article with all its statements, in the order of the text."""
        return self.passages_of([shown_key])[0]

    def passages_of(self, shown_keys: Sequence[int]) -> tuple[Passage, ...]:
        """Articles with all their statements, in the order of the text."""
        self.load_articles(shown_keys)
        of_articles: dict[int, list[Hit]] = {key: [] for key in shown_keys}
        for row in self._load(statements.c.shown_key, shown_keys):
            of_articles[row.shown_key].append(self._make(row, None))
        return tuple(self._make_passage(key, of_articles[key]) for key in shown_keys if key in self.articles)

    def load_articles(self, shown_keys: Iterable[int]) -> None:
        """Reads the articles of these keys that were not read yet."""
        wanted = [key for key in dict.fromkeys(shown_keys) if key not in self.articles]
        columns = (shown_articles.c.shown_key, shown_articles.c.head, shown_articles.c.packed)
        for at in range(0, len(wanted), AT_ONCE):
            some = select(*columns).where(shown_articles.c.shown_key.in_(wanted[at : at + AT_ONCE]))
            for row in self.connection.execute(some):
                head = read_head(row.head)
                self.articles[row.shown_key] = (head, unpack_article(row.packed, head))

    def _load(self, column: Any, keys: Sequence[int]) -> Iterable[Row[Any]]:
        for at in range(0, len(keys), AT_ONCE):
            yield from self.connection.execute(_OWN.where(column.in_(keys[at : at + AT_ONCE])))

    def _make(self, row: Row[Any], score: float | None) -> Hit:
        head, article = self.articles[row.shown_key]
        evidence, text = read_evidence(row.evidence), article.text
        before, after = context_of(text, evidence)
        return Hit(
            statement_id=unpack_id("statement", row.statement_id),
            article_id=head.article_id,
            capture_id=head.capture_id,
            capture_sha256=head.capture_sha256,
            speaker=evidence.speaker,
            person_id=unpack_id("person", row.person_id) if row.person_id is not None else None,
            content=tuple(span.of(text) for span in evidence.content),
            content_spans=evidence.content,
            cue=tuple(span.of(text) for span in evidence.cue),
            cue_spans=evidence.cue,
            source=tuple(span.of(text) for span in evidence.source),
            source_spans=evidence.source,
            before=before,
            after=after,
            form=evidence.form,
            mode=evidence.mode,
            via=evidence.via,
            when=evidence.when,
            when_is=evidence.when_is,
            said_from=evidence.said_from,
            said_to=evidence.said_to,
            said_in=evidence.said_in,
            outlet=head.outlet,
            title=head.title,
            url=head.url,
            link=self._link(article, evidence),
            published=head.published,
            confidence=evidence.confidence,
            status=evidence.status,
            score=score,
        )

    def _link(self, article: Article, evidence: Evidence) -> str | None:
        return fragment_link(article, evidence.content[0]) if self.links and evidence.content else None

    def _make_passage(self, shown_key: int, hits: list[Hit]) -> Passage:
        head, article = self.articles[shown_key]
        return Passage(
            article_id=head.article_id,
            capture_id=head.capture_id,
            capture_sha256=head.capture_sha256,
            text=article.text,
            outlet=head.outlet,
            title=head.title,
            url=head.url,
            published=head.published,
            statements=tuple(sorted(hits, key=lambda hit: (hit.content_spans, hit.statement_id))),
        )


def context_of(text: str, evidence: Evidence) -> tuple[str, str]:
    """The text before and after the content of a statement, cut between words."""
    if not evidence.content:
        return "", ""
    start = min(span.start_char for span in evidence.content)
    end = max(span.end_char for span in evidence.content)
    low, high = max(0, start - CONTEXT_CHARS), min(len(text), end + CONTEXT_CHARS)
    before, after = text[low:start], text[end:high]
    if low and not text[low - 1].isspace():
        before = before.partition(" ")[2] or before
    if high < len(text) and not text[high].isspace():
        after = after.rpartition(" ")[0] or after
    return before, after
