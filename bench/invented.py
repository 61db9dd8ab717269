"""Invented articles in any number: a seed and a count in, captures with their records out.

In the shape of the samples: a dozen statements an article, some in quotation marks, some not, with speakers,
hops, times and places. The words are invented and drawn as words are in any language (Zipf), among the
commonest words of English, so that lists of the index are as long as those of real news.
"""

import bisect
import hashlib
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate

from onrecord.record import (
    About,
    Article,
    Block,
    Capture,
    Confidence,
    Entity,
    GazetteerEntry,
    HeaderField,
    Hop,
    Mention,
    Moment,
    Origin,
    PlaceValue,
    Record,
    SaidAt,
    SaidIn,
    Span,
    Speaker,
    Statement,
    TimeAnchor,
    TimeValue,
    article_id_of,
    entity_id_of,
    place_id_of,
    statement_id_of,
    time_id_of,
)

RULE = Origin(kind="rule", name="invented", version="1")
COMMONEST = (
    "the of and to in a that is was for it with as his on be at by had not are but from or have an they "
    "which one you were her all she there would their we him been has when who will more no if out so said "
    "what up its about into than them can only other new some could time these two may then do first any my "
    "now such like our over man me even most made after also did many before must through back years where "
    "much your way well down should because each just those people mr how too little state good very make "
    "world still own see men work long get here between both life being under never day same another know "
    "while last might us great old year off come since against go came right used take three"
)
FUNCTION_WORDS = COMMONEST.split()
FUNCTION_SHARE = 0.48  # of the running words of the samples
VOCABULARY = 60_000
STATEMENTS = 12.5  # an article
PEOPLE, OUTLETS, PLACES = 20_000, 300, 2_000
COUNTRIES = ("AT", "BE", "CZ", "DE", "DK", "ES", "FI", "FR", "GB", "IE", "IT", "NL", "NO", "PL", "PT", "SE")
FIRST_DAY, DAYS = date(2026, 1, 1), 5 * 365
ONSETS = (
    "b", "br", "d", "dr", "f", "fl", "g", "gr", "h", "j", "k", "kl", "l", "m", "n", "p", "pl", "r", "s", "sk",
    "st", "t", "tr", "v", "w", "z",
)  # fmt: skip
VOWELS = ("a", "e", "i", "o", "u", "ai", "ea", "ou")
ENDS = ["", "", "n", "r", "l", "s", "t", "m", "nd", "ck"]
CUES = {"said": "said", "told": "said", "wrote": "wrote", "believes": "thinks", "warned": "said"}


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Whom and what invented articles speak of."""

    words: tuple[str, ...]
    people: tuple[str, ...]
    outlets: tuple[tuple[str, str], ...]
    places: tuple[GazetteerEntry, ...]


class Zipf:
    """Draws numbers below a count, small ones most."""

    def __init__(self, chance: random.Random, count: int, exponent: float = 1.0) -> None:
        self.chance = chance
        self.sums = list(accumulate(1 / (rank + 2.7) ** exponent for rank in range(count)))

    def draw(self) -> int:
        """One number."""
        return bisect.bisect_left(self.sums, self.chance.random() * self.sums[-1])


def make_world(seed: int = 1) -> World:
    """A world; the same for the same seed."""
    chance = random.Random(seed)
    words = tuple(dict.fromkeys(_invent(chance, (1, 2, 2, 3, 3, 4)) for _ in range(2 * VOCABULARY)))[
        :VOCABULARY
    ]
    first = [_invent(chance, (1, 2)).title() for _ in range(500)]
    family = [_invent(chance, (2, 3)).title() for _ in range(6000)]
    people = (f"{chance.choice(first)} {chance.choice(family)}" for _ in range(2 * PEOPLE))
    places = tuple(_make_place(chance, number) for number in range(PLACES))
    names = dict.fromkeys(f"{_invent(chance, (2, 3)).title()} {kind}" for kind in ("News", "Post") * OUTLETS)
    outlets = tuple((name, f"{name.replace(' ', '').lower()}.invalid") for name in list(names)[:OUTLETS])
    return World(words=words, people=tuple(dict.fromkeys(people))[:PEOPLE], outlets=outlets, places=places)


def _invent(chance: random.Random, lengths: Sequence[int]) -> str:
    syllables = range(chance.choice(lengths))
    return "".join(chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(ENDS) for _ in syllables)


def _make_place(chance: random.Random, number: int) -> GazetteerEntry:
    country = chance.choice(COUNTRIES)
    return GazetteerEntry(
        entry_id=f"invented:{number}",
        name=_invent(chance, (2, 3)).title(),
        kind="settlement",
        country=country,
        subdivision=f"{country}-{chance.randint(1, 12):02}",
        latitude=round(chance.uniform(36, 64), 4),
        longitude=round(chance.uniform(-10, 28), 4),
        radius_km=float(chance.choice((3, 5, 8, 15))),
    )


class Inventor:
    """Invents articles of one world, one after another, in the order of their publication."""

    def __init__(self, world: World, articles: int, seed: int = 2) -> None:
        self.world, self.articles = world, articles
        self.chance = random.Random(seed)
        self.word = Zipf(self.chance, len(world.words), 1.05)
        self.function = Zipf(self.chance, len(FUNCTION_WORDS), 1.0)
        self.person = Zipf(self.chance, len(world.people), 0.8)
        self.outlet = Zipf(self.chance, len(world.outlets), 0.7)
        self.place = Zipf(self.chance, len(world.places), 0.8)

    def __iter__(self) -> Iterator[Record]:
        for number in range(self.articles):
            yield _Writer(self, number).write()

    def words(self, count: int) -> str:
        """Running words."""
        chance, all_words = self.chance, self.world.words
        drawn = (
            FUNCTION_WORDS[self.function.draw()]
            if chance.random() < FUNCTION_SHARE
            else all_words[self.word.draw()]
            for _ in range(count)
        )
        return " ".join(drawn)


class _Writer:
    """One article while it is written."""

    def __init__(self, inventor: Inventor, number: int) -> None:
        self.by, self.chance = inventor, inventor.chance
        self.day = FIRST_DAY + timedelta(days=number * DAYS // inventor.articles)
        self.outlet, self.host = inventor.world.outlets[inventor.outlet.draw()]
        self.url = f"https://{self.host}/{self.day:%Y/%m}/{number}"
        self.pieces: list[str] = []
        self.at = 0
        self.blocks: list[Block] = []
        self.drafts: list[dict[str, object]] = []
        self.cast = [inventor.world.people[inventor.person.draw()] for _ in range(self.chance.randint(2, 5))]

    def write(self) -> Record:
        self._block(lambda: self._put(self.by.words(8).capitalize()), "title")
        for _ in range(max(1, round(self.chance.gauss(STATEMENTS, 4)))):
            self._block(self._write_statement, "paragraph")
            if self.chance.random() < 0.6:
                self._block(lambda: self._put(self.by.words(self.chance.randint(12, 40)) + "."), "paragraph")
        return self._finish("".join(self.pieces))

    def _put(self, words: str) -> Span:
        span = Span(start_char=self.at, end_char=self.at + len(words))
        self.pieces.append(words)
        self.at += len(words)
        return span

    def _block(self, write: object, kind: str) -> None:
        if self.at:
            self._put("\n\n")
        start = self.at
        write()  # type: ignore[operator]
        span = Span(start_char=start, end_char=self.at)
        self.blocks.append(Block(kind=kind, span=span, origin=RULE))  # type: ignore[arg-type]

    def _write_statement(self) -> None:
        chance = self.chance
        direct = chance.random() < 0.45
        content = self.by.words(chance.randint(8, 32))
        cue = chance.choice(list(CUES))
        name = chance.choice(self.cast)
        draft: dict[str, object] = {"form": "direct" if direct else "indirect", "cue_word": cue, "name": name}
        if not direct:
            draft["source"] = self._put(name)
            self._put(" ")
            draft["cue"] = self._put(cue)
            self._put(" that ")
        draft["content"] = self._put(f"“{content},”" if direct else content)
        if chance.random() < 0.15:
            self._put(" before ")
            day = self.day + timedelta(days=chance.randint(-400, 200))
            draft["about"] = (self._put(f"{day:%d %B %Y}"), day)
        if direct:
            self._put(" ")
            draft["cue"] = self._put(cue)
            self._put(" ")
            draft["source"] = self._put(name)
        if cue == "told":
            self._put(" ")
            draft["hop"] = self._put("the " + self.by.world.outlets[self.by.outlet.draw()][0])
        if chance.random() < 0.2:
            entry = self.by.world.places[self.by.place.draw()]
            self._put(" in ")
            draft["place"] = (self._put(entry.name), entry, chance.random() < 0.5)
        if chance.random() < 0.3:
            draft["said"] = self.day - timedelta(days=chance.randint(0, 6))
        self._put(".")
        self.drafts.append(draft)

    def _finish(self, text: str) -> Record:
        body = text.encode()
        capture = Capture(
            sha256=hashlib.sha256(body).hexdigest(),
            media_type="text/plain",
            encoding="utf-8",
            size_bytes=len(body),
            url=self.url,
            body=body,
        )
        self.article_id, self.text = article_id_of(capture, text), text
        title = text[: self.blocks[0].span.end_char]
        stamp = (
            f"{self.day.isoformat()}T{self.chance.randint(5, 22):02}:{self.chance.randint(0, 59):02}+01:00"
        )
        article = Article(
            article_id=self.article_id,
            text=text,
            blocks=tuple(self.blocks),
            title=HeaderField(value=title, raw=title, span=self.blocks[0].span, origin=RULE),
            outlet=HeaderField(value=self.outlet, raw=self.outlet, span=None, origin=RULE),
            published_at=Moment(
                value=stamp, precision="minute", zone="+01:00", raw=stamp, span=None, origin=RULE
            ),
            url=self.url,
        )
        entities = self._entities()
        times: list[TimeValue] = []
        places: list[PlaceValue] = []
        made = tuple(self._statement(draft, entities, times, places) for draft in self.drafts)
        return Record(
            capture=capture,
            article=article,
            statements=made,
            entities=tuple(entities.values()),
            times=tuple(times),
            places=tuple(places),
        )

    def _entities(self) -> dict[str, Entity]:
        mentions: dict[str, list[Mention]] = {}
        for draft in self.drafts:
            name, span = str(draft["name"]), draft["source"]
            mention = Mention(text=name, span=span, form="name", origin=RULE)  # type: ignore[arg-type]
            mentions.setdefault(name, []).append(mention)
        return {
            name: Entity(
                entity_id=entity_id_of(self.article_id, (mention.span for mention in held)),
                article_id=self.article_id,
                kind="person",
                name=name,
                name_span=held[0].span,
                named=True,
                mentions=tuple(held),
                origin=RULE,
            )
            for name, held in mentions.items()
        }

    def _statement(
        self,
        draft: dict[str, object],
        entities: dict[str, Entity],
        times: list[TimeValue],
        places: list[PlaceValue],
    ) -> Statement:
        content, cue, source = ((draft[name],) for name in ("content", "cue", "source"))
        entity = entities[str(draft["name"])]
        mention = next(one for one in entity.mentions if one.span == draft["source"])
        hop = draft.get("hop")
        said_in, place_ids = self._place(draft.get("place"), places)
        return Statement(
            statement_id=statement_id_of(self.article_id, content, cue, source),  # type: ignore[arg-type]
            article_id=self.article_id,
            content=content,  # type: ignore[arg-type]
            cue=cue,  # type: ignore[arg-type]
            source=source,  # type: ignore[arg-type]
            form=draft["form"],  # type: ignore[arg-type]
            mode=CUES[str(draft["cue_word"])],  # type: ignore[arg-type]
            speaker=Speaker(entity_id=entity.entity_id, name=entity.name, path=(mention,), origin=RULE),
            chain=(Hop(kind="told", text=hop.of(self.text), span=hop, origin=RULE),)  # type: ignore[attr-defined]
            if hop
            else (),
            confidence=Confidence(statement=0.9, content=0.9, cue=0.9, source=0.9),
            origin=RULE,
            said_at=self._said_at(draft.get("said")),
            said_in=said_in,
            about=About(time_ids=self._time(draft.get("about"), times), place_ids=place_ids),
        )

    def _said_at(self, day: object) -> SaidAt | None:
        if not isinstance(day, date):
            return None
        told = day.isoformat()
        return SaidAt(start=told, end=told, precision="day", edtf=told, time_id=None, origin=RULE)

    def _time(self, about: object, times: list[TimeValue]) -> tuple[str, ...]:
        if not isinstance(about, tuple):
            return ()
        span, day = about
        told = day.isoformat()
        times.append(
            TimeValue(
                time_id=time_id_of(self.article_id, span),
                article_id=self.article_id,
                text=span.of(self.text),
                span=span,
                kind="date",
                timex_value=told,
                edtf=told,
                start=told,
                end=told,
                precision="day",
                anchor=TimeAnchor(kind="published_at", value=self.day.isoformat()),
                origin=RULE,
            )
        )
        return (times[-1].time_id,)

    def _place(self, found: object, places: list[PlaceValue]) -> tuple[SaidIn | None, tuple[str, ...]]:
        if not isinstance(found, tuple):
            return None, ()
        span, entry, is_where = found
        place = PlaceValue(
            place_id=place_id_of(self.article_id, span),
            article_id=self.article_id,
            text=span.of(self.text),
            span=span,
            use="place",
            kind="settlement",
            entry=entry,
            origin=RULE,
        )
        places.append(place)
        if not is_where:
            return None, (place.place_id,)
        return SaidIn(place_id=place.place_id, text=place.text, span=span, origin=RULE), ()
