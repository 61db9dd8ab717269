"""FollowTheMoney entities: what a statement, a person and a place become; and the model takes every value."""

import dataclasses
import json
from collections.abc import Iterable

import pytest

from onrecord.export.base import ExportContext
from onrecord.export.ftm_values import Entity, to_country, to_date, to_media_type, to_number
from onrecord.export.writing import export_to
from onrecord.record import GazetteerEntry, Judged, Moment, Record, person_id_of
from tests.bridge import make_record
from tests.export.entries import make_entries, make_judged
from tests.factories import RULE, make_entity, make_mention, make_small_record, make_statement, span_of

# Schemata and properties of followthemoney 4.11.2 as far as they are used, with their types: by hand.
THING = {
    "name": "name", "weakAlias": "name", "country": "country", "summary": "text", "notes": "text",
    "description": "text", "sourceUrl": "url", "publisher": "string", "keywords": "string",
    "addressEntity": "entity", "proof": "entity", "createdAt": "date", "modifiedAt": "date",
    "retrievedAt": "date",
}  # fmt: skip
ANALYZABLE = {"namesMentioned": "name", "locationMentioned": "address"}
DOCUMENT = {
    "title": "string", "author": "string", "encoding": "string", "bodyText": "text", "mimeType": "mimetype",
    "language": "language", "publishedAt": "date", "processingAgent": "string", "processedAt": "date",
}  # fmt: skip
ADDRESS = {
    "full": "address", "city": "string", "region": "string", "state": "string", "latitude": "number",
    "longitude": "number",
}  # fmt: skip
SCHEMATA = {
    "Article": THING | ANALYZABLE | DOCUMENT,
    "Note": THING | ANALYZABLE | {"entity": "entity"},
    "Person": THING | {"position": "string"},
    "Organization": THING,
    "PublicBody": THING,
    "LegalEntity": THING,
    "Address": THING | ADDRESS,
    "Mention": {"name": "name", "document": "entity", "resolved": "entity", "detectedSchema": "string"},
}
LONGEST = {"name": 384, "string": 1024, "url": 4096, "address": 250, "text": 65_000, "date": 32}


def read(tmp_path, entries: Iterable[Judged], **fields) -> list[dict]:
    path = tmp_path / "out.ftm.json"
    export_to(path, None, entries, ExportContext(**fields))
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def pick(things: list[dict], schema: str, **wanted: str) -> dict:
    """The only entity of a schema that has these values."""
    (chosen,) = (
        one
        for one in things
        if one["schema"] == schema and all(v in one["properties"].get(k, ()) for k, v in wanted.items())
    )
    return chosen


def with_real_place(record: Record) -> Record:
    """The record with the place where something was said in a country that there is."""
    entry = GazetteerEntry(
        entry_id="geonames:7", name="Beltown", kind="settlement", country="IE", subdivision="IE-D",
        latitude=53.25, longitude=-6.125, radius_km=4.0,
    )  # fmt: skip
    beltown, *others = record.places
    return dataclasses.replace(record, places=(dataclasses.replace(beltown, entry=entry), *others))


def test_a_statement_is_a_note_on_its_speaker_proven_by_its_article(tmp_path):
    things = read(tmp_path, [make_judged()])
    article, vance = pick(things, "Article"), pick(things, "Person", name="Mira Vance")
    note = pick(
        things, "Note", description="“We will not open it before the frost,” … “Not with these cables.”"
    )
    assert note["properties"]["entity"] == [vance["id"]]
    assert note["properties"]["proof"] == [article["id"]]
    assert note["properties"]["summary"] == ["source: Mira Vance; cue: told; via: told the Tessaly Lantern"]
    assert note["properties"]["keywords"] == ["direct", "said", "accepted"]
    assert note["properties"]["publisher"] == ["The Tessaly Lantern"]
    (link,) = note["properties"]["sourceUrl"]
    assert link.startswith("https://lantern.invalid/bridge?a=1&b=2#:~:text=")


def test_a_note_tells_when_and_where_it_was_said(tmp_path):
    things = read(tmp_path, [Judged(record=with_real_place(make_record()))])
    note = pick(things, "Note", description="“They never asked us,”")
    address = pick(things, "Address", city="Beltown")
    assert note["properties"]["addressEntity"] == [address["id"]]
    assert "said: 1–3 May 2031" in note["properties"]["notes"][0]
    assert "createdAt" not in note["properties"]  # an interval is no date


def test_a_place_has_its_country_and_coordinates(tmp_path):
    things = read(tmp_path, [Judged(record=with_real_place(make_record()))])
    assert pick(things, "Address", city="Beltown")["properties"] == {
        "name": ["Beltown"], "full": ["Beltown, IE-D"], "city": ["Beltown"], "state": ["IE-D"],
        "country": ["ie"], "latitude": ["53.25"], "longitude": ["-6.125"], "keywords": ["geonames:7"],
    }  # fmt: skip


def test_an_article_has_its_header_its_text_and_where_it_came_from(tmp_path):
    judged = make_judged()
    made_at = "2031-07-01T12:00:00+00:00"
    article = pick(read(tmp_path, [judged], generator="onrecord 9", made_at=made_at), "Article")
    told = article["properties"]
    assert told["title"] == ["Harbour council puts off the Tessaly bridge"]
    assert told["author"] == ["Ondrej Vale"]
    assert told["publishedAt"] == ["2031-05-03T21:30"]
    assert told["retrievedAt"] == ["2031-05-04T06:00:00"]
    assert told["language"] == ["eng"]
    assert told["bodyText"] == [judged.record.article.text]
    assert told["keywords"] == [f"sha256:{judged.record.capture.sha256}"]
    assert (told["processingAgent"], told["processedAt"]) == (["onrecord 9"], ["2031-07-01T12:00:00"])


def test_a_speaker_without_a_name_is_told_in_words_and_is_no_entity(tmp_path):
    things = read(tmp_path, [Judged(record=make_record())])
    (note,) = (
        one for one in things if "source: Three officials" in one["properties"].get("summary", [""])[0]
    )
    assert "entity" not in note["properties"]
    assert not any("officials" in name for one in things for name in one["properties"].get("name", ()))


def test_a_person_of_two_articles_is_one_entity_that_both_prove(tmp_path):
    text = "“Yes,” Mira Vance said."
    statement = make_statement(text, ["“Yes,”"], cue="said", source="Mira Vance")
    things = read(tmp_path, [make_judged(), Judged(record=make_small_record(text, [statement]))])
    vance = pick(things, "Person", name="Mira Vance")
    assert vance["id"] == f"onrecord-{person_id_of('person', 'Mira Vance')}"
    articles = [one["id"] for one in things if one["schema"] == "Article"]
    assert vance["properties"]["proof"] == articles


def test_a_person_has_the_role_that_the_article_gives(tmp_path):
    corran = pick(read(tmp_path, [make_judged()]), "Person", name="Ilse Corran")
    assert corran["properties"]["position"] == ["the engineer"]


def test_whoever_judges_a_person_and_a_body_to_be_one_gets_what_both_are(tmp_path):
    text = "Vance Ltd said yes. Mira Vance, its owner, said no."
    entities = [
        make_entity(text, [make_mention(text, span_of(text, name))], kind=kind)
        for name, kind in (("Mira Vance", "person"), ("Vance Ltd", "organisation"))
    ]
    record = dataclasses.replace(make_small_record(text), entities=tuple(entities))
    one = person_id_of("person", "Mira Vance")
    judged = Judged(record=record, person_ids=tuple((e.entity_id, one) for e in entities))
    merged = pick(read(tmp_path, [judged]), "LegalEntity")
    assert merged["properties"]["name"] == ["Mira Vance", "Vance Ltd"]


def test_every_name_of_the_article_is_a_mention_of_an_entity(tmp_path):
    things = read(tmp_path, [make_judged()])
    mentions = [one for one in things if one["schema"] == "Mention"]
    assert {"Mira Vance", "Ilse Corran"} <= {one["properties"]["name"][0] for one in mentions}
    ids = {one["id"] for one in things}
    assert all(set(one["properties"]["resolved"]) <= ids for one in mentions)


def test_every_reference_leads_to_an_entity_of_the_file(tmp_path):
    things = read(tmp_path, make_entries())
    ids = {one["id"] for one in things}
    for one in things:
        for name, values in one["properties"].items():
            if SCHEMATA[one["schema"]][name] == "entity":
                assert set(values) <= ids


def test_people_and_places_stand_once_after_all_articles(tmp_path):
    things = read(tmp_path, make_entries())
    gathered = [one for one in things if one["schema"] not in {"Article", "Note", "Mention"}]
    assert len({one["id"] for one in gathered}) == len(gathered)
    assert things[-len(gathered) :] == gathered


def test_values_are_of_known_properties_each_once_and_not_too_long(tmp_path):
    for one in read(tmp_path, make_entries()):
        for name, values in one["properties"].items():
            kind = SCHEMATA[one["schema"]][name]
            assert values
            assert len(values) == len(set(values))
            assert all(0 < len(value) <= LONGEST.get(kind, 250) for value in values)


def test_the_real_model_takes_every_entity(tmp_path):
    model = pytest.importorskip("followthemoney", reason="followthemoney is not installed").model
    for one in read(tmp_path, [*make_entries(), Judged(record=with_real_place(make_record()))]):
        schema = model.get(one["schema"])
        schema.validate(one)
        assert set(schema.required) <= one["properties"].keys()
        for name, values in one["properties"].items():
            found = schema.get(name).type
            assert found.name == SCHEMATA[one["schema"]][name]
            assert all(found.validate(value) for value in values)


def test_a_long_text_is_in_parts_that_make_it_whole():
    text = "".join(f"This is line {n}.\n" for n in range(10_000))
    thing = Entity("Article", "article-0")
    thing.add_text("bodyText", text)
    parts = thing.properties["bodyText"]
    assert "".join(parts) == text
    assert max(map(len, parts)) <= 65_000


def test_a_long_text_without_a_break_is_in_parts_too():
    thing = Entity("Article", "article-0")
    thing.add_text("bodyText", "".join(chr(0x4E00 + n % 20_000) for n in range(150_000)))
    assert [len(part) for part in thing.properties["bodyText"]] == [65_000, 65_000, 20_000]


def test_a_value_too_long_for_its_property_stands_whole_in_the_notes():
    thing = Entity("Article", "article-0")
    thing.add("title", "long " * 300)
    assert thing.properties == {"notes": ["title: " + " ".join(["long"] * 300)]}


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "file:///etc", "lantern.invalid", "https://", "x y"]
)
def test_what_is_no_address_of_the_web_is_left_out(address):
    thing = Entity("Article", "article-0")
    thing.add("sourceUrl", address, kind="url")
    assert thing.properties == {}


@pytest.mark.parametrize(
    ("moment", "date"),
    [
        ("2031", "2031"),
        ("2031-05", "2031-05"),
        ("2031-05-03", "2031-05-03"),
        ("2031-05-03T23:30:15-02:00", "2031-05-04T01:30:15"),
        ("2031-05-03T23:30Z", "2031-05-03T23:30"),
        ("2031-05-03T23:30:15Z", "2031-05-03T23:30:15"),
        ("2031-05-03T23:30", "2031-05-03"),
        ("2031-02-30", None),
        ("2031-13", None),
        ("0099-01-01", None),
        ("2031-05/2031-06", None),
        ("203X", None),
        ("", None),
    ],
)
def test_a_date_keeps_the_precision_it_has_and_no_clock_without_an_offset(moment, date):
    assert to_date(moment) == date


def test_an_id_of_a_stranger_becomes_one_that_the_model_allows(tmp_path):
    record = make_small_record("Nothing.")
    object.__setattr__(record.article, "article_id", "no id \ud800")
    article = pick(read(tmp_path, [Judged(record=record)]), "Article")
    assert article["id"].removeprefix("onrecord-id-").isalnum()


def test_a_country_is_one_that_there_is():
    assert [to_country(code) for code in ("GB", "TS", "", None, "é€", "GBR")] == ["gb", *[None] * 5]


def test_a_media_type_has_no_parameters():
    assert to_media_type("Text/HTML; charset=utf-8") == "text/html"
    assert to_media_type("no type") is None


def test_a_number_has_no_exponent():
    assert [to_number(n) for n in (0.00001, -6.125, 100.0, 0.0)] == ["0.00001", "-6.125", "100", "0"]


def test_a_moment_of_publication_without_a_zone_is_a_day(tmp_path):
    record = make_record()
    minute = Moment(value="2031-05-03T23:30", precision="minute", zone=None, raw="", span=None, origin=RULE)
    article = dataclasses.replace(record.article, published_at=minute)
    things = read(tmp_path, [Judged(record=dataclasses.replace(record, article=article))])
    assert pick(things, "Article")["properties"]["publishedAt"] == ["2031-05-03"]
