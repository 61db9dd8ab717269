"""The record of an invented article about a bridge: every shape that a face must show, made by hand."""

import dataclasses
from collections.abc import Sequence

from onrecord.record import (
    About,
    Description,
    Entity,
    GazetteerEntry,
    HeaderField,
    Hop,
    Mention,
    Moment,
    Note,
    Origin,
    PlaceValue,
    Record,
    SaidAt,
    SaidIn,
    Speaker,
    Statement,
    TimeAnchor,
    TimeValue,
    Unknown,
    article_id_of,
    place_id_of,
    time_id_of,
)
from tests.factories import (
    HEAD,
    RULE,
    make_article,
    make_capture,
    make_entity,
    make_mention,
    make_statement,
    span_of,
)

PARTS: tuple[tuple[str, str], ...] = (
    ("title", "Harbour council puts off the Tessaly bridge"),
    ("byline", "By Ondrej Vale"),
    ("dateline", "PORT TESSALY, 3 May 2031"),
    ("caption", "The old bridge at low water."),
    ("credit", "Photo: I. Marrow / Brightwater Pictures"),
    ("furniture", "Trending now"),
    (
        "paragraph",
        "“We will not open it before the frost,” Mira Vance told the Tessaly Lantern. “Not with "
        "these cables.”",
    ),
    (
        "paragraph",
        "The harbour master said that Vance had promised “a safe crossing” and that the council "
        "believed her.",
    ),
    ("heading", "Costs <not> settled & “open”"),
    (
        "paragraph",
        "The bill has doubled since winter, according to a report by Quay Audit. She wants a second opinion.",
    ),
    ("list_item", "The tolls would rise by a third, it was said."),
    ("list_item", "Nothing was said of the ferry."),
    ("quotation", "“The river does not read our plans,” wrote Ilse Corran, the engineer. “It never did."),
    ("paragraph", "“And it will not start now.”"),
    (
        "paragraph",
        "“They never asked us,” the bridge warden said earlier in May at the ferry landing in Beltown.",
    ),
    (
        "paragraph",
        "Three officials, who asked not to be named, said that Port Tessaly would pay before the end of next "
        "week. In recent months the Tessaly region has paid late, shortly after the flood.",
    ),
)
TEXT = "\n\n".join(text for _, text in PARTS)
ARTICLE_ID = article_id_of(make_capture(TEXT), TEXT)


def header_field(value: str, part: str, *, rule: Origin = RULE) -> HeaderField:
    """A header value that stands in the text of the factory's article."""
    return HeaderField(value=value, raw=part, span=span_of(TEXT, part), origin=rule)


def make_record() -> Record:
    """A record with direct, mixed and indirect statements, two contents, nesting, hops, unknowns, notes."""
    article = make_article(
        PARTS,
        title=header_field(PARTS[0][1], PARTS[0][1]),
        authors=(header_field("Ondrej Vale", "Ondrej Vale"),),
        published_at=Moment(
            value="2031-05-03",
            precision="day",
            zone=None,
            raw="3 May 2031",
            span=span_of(TEXT, "3 May 2031"),
            origin=RULE,
        ),
        language=HeaderField(value="en", raw="en", span=None, origin=RULE),
        url="https://lantern.invalid/bridge?a=1&b=2",
        unknowns=(Unknown(field="outlet", reason="neither the text nor an address names one"),),
    )
    note = Note(
        stage="language",
        reason="short_text",
        detail="The text is short; the language was told from 90 words.",
    )
    return Record(
        capture=make_capture(TEXT),
        article=article,
        statements=make_statements(),
        entities=tuple(make_entities().values()),
        times=tuple(make_times().values()),
        places=tuple(make_places().values()),
        notes=(note,),
    )


def mention_of(part: str, *, form: str = "name", after: str = "") -> Mention:
    """The first mention in these words, at or after others."""
    return make_mention(TEXT, span_of(TEXT, part, after=TEXT.index(after)), form=form)


def make_entities() -> dict[str, Entity]:
    """Who the factory's article names, by a short name of each."""

    vance = [
        mention_of("Mira Vance"),
        mention_of("Vance", after="Vance had"),
        mention_of("her", form="pronoun", after="her.\n"),
        mention_of("She", form="pronoun"),
        mention_of("the bridge warden", form="nominal"),
    ]
    warden = Description(text=vance[4].text, span=vance[4].span, origin=HEAD)
    engineer = Description(text="the engineer", span=span_of(TEXT, "the engineer"), origin=HEAD)
    council = [
        mention_of("Harbour council", form="nominal"),
        mention_of("the council", form="nominal"),
        mention_of("us", form="pronoun", after="us,”"),
    ]
    unsure = Unknown(field="kind", reason="the words fit an office and the one who holds it")
    return {
        "vance": make_entity(TEXT, vance, descriptions=(warden,)),
        "master": make_entity(TEXT, [mention_of("The harbour master", form="nominal")], unknowns=(unsure,)),
        "council": make_entity(TEXT, council, kind="organisation"),
        "audit": make_entity(TEXT, [mention_of("Quay Audit")], kind="organisation"),
        "lantern": make_entity(TEXT, [mention_of("the Tessaly Lantern")], kind="outlet"),
        "corran": make_entity(TEXT, [mention_of("Ilse Corran")], descriptions=(engineer,)),
        "officials": make_entity(
            TEXT,
            [mention_of("Three officials", form="nominal")],
            kind="group",
            plural=True,
            count=3,
            anonymous=span_of(TEXT, "who asked not to be named"),
        ),
        "flood": make_entity(TEXT, [mention_of("the flood", form="nominal")], kind="other"),
    }


def make_times() -> dict[str, TimeValue]:
    """The times of the factory's article: known, open, and unknown with the reason."""
    published = TimeAnchor(kind="published_at", value="2031-05-03")
    reason = Unknown(field="timex_value", reason="the article does not say when the flood was")

    def make(part: str, **fields: object) -> TimeValue:
        span = span_of(TEXT, part)
        values: dict[str, object] = {
            "time_id": time_id_of(ARTICLE_ID, span),
            "article_id": ARTICLE_ID,
            "text": part,
            "span": span,
            "kind": "date",
            "timex_value": None,
            "anchor": published,
            "origin": Origin(kind="rule", name=f"times/{part.split(maxsplit=1)[0].lower()}", version="1"),
        }
        return TimeValue(**(values | fields))  # type: ignore[arg-type]

    return {
        "may": make(
            "earlier in May",
            timex_value="2031-05",
            timex_mod="START",
            edtf="2031-05-01/2031-05-03",
            start="2031-05-01",
            end="2031-05-03",
            precision="part_of_month",
        ),
        "week": make(
            "before the end of next week", edtf="2031-05-03/2031-05-11", start="2031-05-03", end="2031-05-11"
        ),
        "months": make("In recent months", edtf="../2031-05-03", end="2031-05-03", precision="vague"),
        "flood": make("shortly after the flood", anchor=None, unknowns=(reason,)),
    }


def make_places() -> dict[str, PlaceValue]:
    """The places of the factory's article: a town, a government, a region, and one the gazetteer lacks."""
    beltown = GazetteerEntry(
        entry_id="geonames:1",
        name="Beltown",
        kind="settlement",
        country="TS",
        subdivision="TS-04",
        latitude=51.5,
        longitude=-0.125,
        radius_km=6.0,
    )
    port = GazetteerEntry(
        entry_id="geonames:2",
        name="Port Tessaly",
        kind="settlement",
        country="TS",
        latitude=50.0,
        longitude=1.0,
    )
    region = GazetteerEntry(
        entry_id="iso3166-2:TS-04", name="Tessaly", kind="region", country="TS", subdivision="TS-04"
    )

    def make(part: str, **fields: object) -> PlaceValue:
        span = span_of(TEXT, part)
        values: dict[str, object] = {
            "place_id": place_id_of(ARTICLE_ID, span),
            "article_id": ARTICLE_ID,
            "text": part,
            "span": span,
            "use": "place",
            "origin": Origin(kind="rule", name="places/same_country", version="1"),
        }
        return PlaceValue(**(values | fields))  # type: ignore[arg-type]

    absent = Unknown(field="entry", reason="no entry of the gazetteer bears this name")
    return {
        "beltown": make("Beltown", kind="settlement", entry=beltown, runners_up=(port,), confidence=0.8),
        "port": make("Port Tessaly", use="government", kind="settlement", entry=port),
        "region": make("the Tessaly region", kind="region", entry=region),
        "landing": make("the ferry landing", kind="facility", unknowns=(absent,)),
    }


def resolve(entities: dict[str, Entity], key: str, *path: int, rule: str = "named_in_source") -> Speaker:
    """The speaker that this entity is, by way of those of its mentions."""
    entity = entities[key]
    origin = Origin(kind="rule", name=f"speakers/{rule}", version="1")
    mentions = tuple(entity.mentions[i] for i in path or (0,))
    return Speaker(entity_id=entity.entity_id, name=entity.name, path=mentions, origin=origin)


def make_statements() -> tuple[Statement, ...]:
    """The statements of the factory's article, in the order of the text."""
    who, times, places = make_entities(), make_times(), make_places()
    told = Hop(
        kind="told",
        text="the Tessaly Lantern",
        span=span_of(TEXT, "the Tessaly Lantern"),
        origin=RULE,
        entity_id=who["lantern"].entity_id,
    )
    report = Hop(kind="cited_document", text="a report", span=span_of(TEXT, "a report"), origin=RULE)
    masked = Hop(kind="anonymous", text="not to be named", span=span_of(TEXT, "not to be named"), origin=RULE)
    no_source = Unknown(field="speaker", reason="the sentence names nobody")
    no_mode = Unknown(field="mode", reason="the cue does not tell")
    silent = Unknown(field="said_at", reason="neither the sentence nor its neighbours say when")
    nowhere = Unknown(field="said_in", reason="the article does not say where")
    nested, council = TEXT.index("that Vance"), TEXT.index("the council")
    said_at = SaidAt(
        start="2031-05-01",
        end="2031-05-03",
        precision="part_of_month",
        edtf="2031-05-01/2031-05-03",
        time_id=times["may"].time_id,
        origin=Origin(kind="rule", name="said_at/in_sentence", version="1"),
    )
    landing = places["beltown"]
    said_in = SaidIn(
        place_id=landing.place_id,
        text=landing.text,
        span=landing.span,
        origin=Origin(kind="rule", name="said_in/in_sentence", version="1"),
    )
    on_day = dataclasses.replace(
        said_at,
        start="2031-05-03",
        edtf="2031-05-03",
        precision="day",
        time_id=None,
        origin=Origin(kind="rule", name="said_at/dateline", version="1"),
    )
    frost = ["“We will not open it before the frost,”", "“Not with these cables.”"]
    crossing = ["that Vance had promised “a safe crossing” and that the council believed her"]
    river = ["“The river does not read our plans,”", "“It never did.", "“And it will not start now.”"]
    pay = ["that Port Tessaly would pay before the end of next week"]
    about_pay = About(time_ids=(times["week"].time_id,), place_ids=(places["port"].place_id,))
    unsaid = (silent, nowhere)

    def make(contents: Sequence[str], cue: str, source: str | None, **fields: object) -> Statement:
        return make_statement(TEXT, contents, cue=cue, source=source, **fields)  # type: ignore[arg-type]

    vance, master = resolve(who, "vance"), resolve(who, "master")
    outer = make(crossing, "said", "The harbour master", form="mixed", speaker=master, unknowns=unsaid)
    inside = {"within": outer.statement_id, "unknowns": unsaid}
    return (
        make(
            frost,
            "told",
            "Mira Vance",
            form="direct",
            chain=(told,),
            speaker=vance,
            said_at=on_day,
            unknowns=(nowhere,),
        ),
        dataclasses.replace(
            outer, about=About(entity_ids=(who["vance"].entity_id, who["council"].entity_id))
        ),
        make(
            ["“a safe crossing”"],
            "had promised",
            "Vance",
            after=nested,
            form="direct",
            speaker=resolve(who, "vance", 1, 0, rule="same_name"),
            **inside,
        ),
        make(
            ["her"],
            "believed",
            "the council",
            after=council,
            mode="thinks",
            speaker=resolve(who, "council", 1, 0, rule="coreference"),
            **inside,
        ),
        make(
            ["The bill has doubled since winter"],
            "according to",
            "Quay Audit",
            mode=None,
            chain=(report,),
            speaker=resolve(who, "audit"),
            unknowns=(no_mode, *unsaid),
        ),
        make(
            ["a second opinion"],
            "wants",
            "She",
            mode="wants",
            speaker=resolve(who, "vance", 3, 1, 0, rule="coreference"),
            unknowns=unsaid,
        ),
        make(["The tolls would rise by a third"], "it was said", None, unknowns=(no_source, *unsaid)),
        make(
            river,
            "wrote",
            "Ilse Corran, the engineer",
            mode="wrote",
            form="direct",
            speaker=resolve(who, "corran"),
            unknowns=unsaid,
        ),
        make(
            ["“They never asked us,”"],
            "said",
            "the bridge warden",
            after=TEXT.index("“They never"),
            form="direct",
            speaker=resolve(who, "vance", 4, 0, rule="coreference"),
            said_at=said_at,
            said_in=said_in,
        ),
        make(
            pay,
            "said",
            "Three officials",
            after=TEXT.index("Three officials"),
            chain=(masked,),
            speaker=resolve(who, "officials"),
            about=about_pay,
            unknowns=unsaid,
        ),
    )
