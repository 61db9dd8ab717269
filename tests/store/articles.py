"""Invented articles for the tests of search: who said what, in one line each."""

import dataclasses
from collections.abc import Sequence

from onrecord.record import (
    About,
    Entity,
    GazetteerEntry,
    HeaderField,
    Hop,
    Moment,
    PlaceValue,
    Record,
    SaidAt,
    SaidIn,
    Span,
    Speaker,
    Statement,
    TimeValue,
    article_id_of,
    entity_id_of,
    place_id_of,
    statement_id_of,
    time_id_of,
)
from tests.factories import RULE, make_article, make_capture, make_mention, make_statement, span_of

BELTOWN = GazetteerEntry(
    entry_id="geonames:1",
    name="Beltown",
    kind="settlement",
    country="TS",
    subdivision="TS-04",
    latitude=51.5,
    longitude=-0.125,
    radius_km=6.0,
)
HARROW = GazetteerEntry(
    entry_id="geonames:2",
    name="Harrow Quay",
    kind="settlement",
    country="TS",
    latitude=51.9,
    longitude=-0.1,
    radius_km=4.0,
)
TESSALY = GazetteerEntry(
    entry_id="iso3166-1:TS",
    name="Tessaly",
    kind="country",
    country="TS",
    latitude=51.6,
    longitude=-0.2,
    radius_km=300.0,
)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement of an article: `name` said `words`."""

    words: str
    name: str | None = "Mira Vance"
    form: str = "direct"
    mode: str | None = "said"
    kind: str = "person"
    via: tuple[tuple[str, str], ...] = ()
    said: tuple[str | None, str | None] | None = None
    about: tuple[tuple[str, str | None, str | None], ...] = ()
    said_in: GazetteerEntry | None = None
    places: tuple[GazetteerEntry, ...] = ()

    def sentence(self) -> str:
        """The sentence that it stands in."""
        marked = f"“{self.words}”" if self.form == "direct" else f"that {self.words}"
        rest = [text for _, text in self.via] + [text for text, _, _ in self.about]
        rest += [entry.name for entry in (*self.places, *filter(None, (self.said_in,)))]
        return " ".join(filter(None, (marked, "said", self.name, *rest))) + "."


def make_news(
    said: Sequence[Said],
    *,
    published: str | None = "2031-05-03",
    outlet: str | None = "The Lantern",
    url: str | None = None,
    title: str = "News of the day",
    more: Sequence[str] = (),
) -> Record:
    """An article with these statements, a paragraph each, then paragraphs of nobody's."""
    paragraphs = [*(one.sentence() for one in said), *more]
    parts = [("title", title), *(("paragraph", text) for text in paragraphs)]
    text = "\n\n".join(text for _, text in parts)
    capture = dataclasses.replace(make_capture(text), url=url)
    article_id = article_id_of(capture, text)
    given = [
        Moment(value=published, precision="day", zone=None, raw=published, span=None, origin=RULE)
    ] if published else [None]  # fmt: skip
    article = make_article(
        parts,
        published_at=given[0],
        url=url,
        title=HeaderField(value=title, raw=title, span=span_of(text, title), origin=RULE),
        outlet=HeaderField(value=outlet, raw=outlet, span=None, origin=RULE) if outlet else None,
    )
    return _Maker(text, article_id).make(capture, dataclasses.replace(article, article_id=article_id), said)


class _Maker:
    """Fills the record of one article."""

    def __init__(self, text: str, article_id: str) -> None:
        self.text, self.article_id = text, article_id
        self.entities: dict[str, Entity] = {}
        self.times: list[TimeValue] = []
        self.places: list[PlaceValue] = []

    def make(self, capture, article, said) -> Record:
        at, made = 0, []
        for one in said:
            at = self.text.index(one.sentence(), at)
            made.append(self.statement(one, at))
            at += len(one.sentence())
        return Record(
            capture=capture,
            article=article,
            statements=tuple(made),
            entities=tuple(self.entities.values()),
            times=tuple(self.times),
            places=tuple(self.places),
        )

    def statement(self, one: Said, at: int) -> Statement:
        words = f"“{one.words}”" if one.form == "direct" else f"that {one.words}"
        behind = at + len(words)
        statement = make_statement(self.text, [words], cue=None, source=None, after=at)
        cue = span_of(self.text, "said", after=behind)
        source = (span_of(self.text, one.name, after=behind),) if one.name else ()
        return dataclasses.replace(
            statement,
            statement_id=statement_id_of(self.article_id, statement.content, (cue,), source),
            article_id=self.article_id,
            cue=(cue,),
            source=source,
            speaker=self.speaker(one, source[0]) if source else None,
            form=one.form,
            mode=one.mode,
            chain=tuple(
                Hop(kind=kind, text=text, span=span_of(self.text, text, after=behind), origin=RULE)
                for kind, text in one.via
            ),
            said_at=SaidAt(
                start=one.said[0], end=one.said[1], precision="day", edtf=None, time_id=None, origin=RULE
            )
            if one.said
            else None,
            said_in=self.said_in(one, behind),
            about=About(
                time_ids=tuple(self.time(about, behind) for about in one.about),
                place_ids=tuple(self.place(entry, behind).place_id for entry in one.places),
            ),
        )

    def speaker(self, one: Said, source: Span) -> Speaker:
        mention = make_mention(self.text, source)
        entity = self.entities.setdefault(
            one.name,
            Entity(
                entity_id=entity_id_of(self.article_id, [source]),
                article_id=self.article_id,
                kind=one.kind,
                name=one.name,
                name_span=source,
                named=True,
                mentions=(mention,),
                origin=RULE,
            ),
        )
        return Speaker(entity_id=entity.entity_id, name=entity.name, path=(mention,), origin=RULE)

    def said_in(self, one: Said, behind: int) -> SaidIn | None:
        if one.said_in is None:
            return None
        place = self.place(one.said_in, behind)
        return SaidIn(place_id=place.place_id, text=place.text, span=place.span, origin=RULE)

    def place(self, entry: GazetteerEntry, behind: int) -> PlaceValue:
        span = span_of(self.text, entry.name, after=behind)
        place = PlaceValue(
            place_id=place_id_of(self.article_id, span),
            article_id=self.article_id,
            text=entry.name,
            span=span,
            use="place",
            kind=entry.kind,
            entry=None if entry.entry_id == "none" else entry,
            origin=RULE,
        )
        self.places.append(place)
        return place

    def time(self, about: tuple[str, str | None, str | None], behind: int) -> str:
        words, start, end = about
        span = span_of(self.text, words, after=behind)
        time = TimeValue(
            time_id=time_id_of(self.article_id, span),
            article_id=self.article_id,
            text=words,
            span=span,
            kind="date",
            timex_value=None,
            start=start,
            end=end,
            origin=RULE,
        )
        self.times.append(time)
        return time.time_id
