"""schema.org: what is a Quotation and what a Claim, in terms that the vocabulary has."""

import json

import pytest

from onrecord.export.base import ExportContext
from onrecord.export.writing import export_to
from onrecord.record import Judged
from tests.bridge import make_record
from tests.export.entries import make_entries, make_judged, make_silent
from tests.hostile import hostile_record

CREATIVE = {
    "@id", "identifier", "url", "name", "description", "headline", "author", "creator", "publisher", "text",
    "creditText", "inLanguage", "isPartOf", "isBasedOn", "about", "contentLocation", "temporalCoverage",
    "dateCreated", "datePublished", "dateModified", "sdDatePublished", "encoding", "locationCreated",
    "recordedAt", "review",
}  # fmt: skip
THING = {"@id", "name", "description"}
# The properties of schema.org 29 that each of the types used here has, itself or from a type above it.
TERMS = {
    "NewsArticle": CREATIVE,
    "CreativeWork": CREATIVE,
    "Quotation": CREATIVE | {"spokenByCharacter"},
    "Claim": CREATIVE | {"appearance", "claimInterpreter"},
    "Review": CREATIVE | {"reviewBody"},
    "Person": THING,
    "Organization": THING,
    "Thing": THING,
    "Event": THING | {"startDate", "endDate"},
    "Place": THING | {"identifier", "address", "geo"},
    "PostalAddress": THING | {"addressCountry"},
    "GeoCoordinates": THING | {"latitude", "longitude"},
    "GeoCircle": THING | {"geoMidpoint", "geoRadius"},
    "MediaObject": CREATIVE | {"encodingFormat", "contentSize", "sha256"},
}


def graph_of(tmp_path, entries, **fields):
    path = tmp_path / "out.jsonld"
    export_to(path, None, entries, ExportContext(**fields))
    document = json.loads(path.read_text(encoding="utf-8"))
    assert document["@context"] == "https://schema.org"
    return document["@graph"]


def nodes_in(value):
    if isinstance(value, list):
        for one in value:
            yield from nodes_in(one)
    elif isinstance(value, dict):
        yield value
        yield from nodes_in(list(value.values()))


def by_text(graph, words):
    return next(node for node in graph if words in node.get("text", ""))


def test_every_term_is_one_that_schema_org_gives_the_type(tmp_path):
    graph = graph_of(tmp_path, make_entries(), made_at="2031-06-01T00:00:00Z")
    typed = [node for node in nodes_in(graph) if "@type" in node]
    assert {(n["@type"], p) for n in typed for p in n.keys() - {"@type"} - TERMS[n["@type"]]} == set()
    assert all(node.keys() == {"@id"} for node in nodes_in(graph) if "@type" not in node)


def test_words_in_quotation_marks_are_a_quotation_of_whoever_is_said_to_have_spoken_them(tmp_path):
    graph = graph_of(tmp_path, [make_judged()])
    quotation = by_text(graph, "before the frost")
    assert quotation["@type"] == "Quotation"
    assert quotation["spokenByCharacter"]["@type"] == "Person"
    assert quotation["spokenByCharacter"]["name"] == "Mira Vance"
    assert quotation["creator"] == {"@id": quotation["spokenByCharacter"]["@id"]}
    assert quotation["isPartOf"] == {"@id": graph[0]["@id"]}
    assert (quotation["creditText"], quotation["dateCreated"]) == (
        "Mira Vance; the Tessaly Lantern",
        "2031-05-03",
    )
    assert quotation["review"] == {
        "@type": "Review",
        "author": {"@type": "Person", "name": "Ada Quill"},
        "reviewBody": "accepted",
        "dateCreated": "2031-06-01T10:00:00+00:00",
    }


def test_what_the_article_tells_in_its_own_words_is_a_claim_that_its_outlet_interpreted(tmp_path):
    graph = graph_of(tmp_path, [make_judged()])
    claim = by_text(graph, "The bill has doubled")
    assert claim["@type"] == "Claim"
    assert claim["author"]["name"] == "Quay Audit"
    assert claim["appearance"] == {"@id": graph[0]["@id"]}
    assert claim["claimInterpreter"] == {"@type": "Organization", "name": "The Tessaly Lantern"}
    assert claim["isBasedOn"] == [{"@type": "CreativeWork", "name": "a report"}]


def test_an_interval_is_that_of_the_event_and_a_place_has_its_reach(tmp_path):
    quotation = by_text(graph_of(tmp_path, [make_judged()]), "They never asked")
    assert "dateCreated" not in quotation
    assert quotation["recordedAt"] == {"@type": "Event", "startDate": "2031-05-01", "endDate": "2031-05-03"}
    place = quotation["locationCreated"]
    assert (place["name"], place["address"]["addressCountry"]) == ("Beltown", "TS")
    assert place["geo"]["geoRadius"] == "6000"
    assert place["geo"]["geoMidpoint"] == {"@type": "GeoCoordinates", "latitude": 51.5, "longitude": -0.125}


def test_a_statement_without_a_speaker_has_none(tmp_path):
    claim = by_text(graph_of(tmp_path, [make_judged()]), "The tolls would rise")
    assert "author" not in claim


def test_an_article_without_statements_is_in_the_graph(tmp_path):
    assert [node["@type"] for node in graph_of(tmp_path, [make_silent()])] == ["NewsArticle"]


def test_nothing_in_the_graph_can_end_the_script_of_a_page(tmp_path):
    words = "</script><!-- x"
    graph = graph_of(tmp_path, [Judged(record=hostile_record(words))])
    assert "<" not in (tmp_path / "out.jsonld").read_text(encoding="utf-8")
    assert by_text(graph, "x")["text"] == words


def test_the_graph_expands_to_linked_data(tmp_path):
    jsonld = pytest.importorskip("pyld.jsonld", reason="pyld reads JSON-LD; pip install pyld")
    graph = graph_of(tmp_path, [Judged(record=make_record())])
    document = {"@context": {"@vocab": "https://schema.org/"}, "@graph": graph}
    expanded = jsonld.expand(document)
    types = [node["@type"][0].removeprefix("https://schema.org/") for node in expanded]
    assert (len(expanded), types.count("Quotation"), types.count("Claim")) == (11, 4, 6)
    triples = jsonld.to_rdf(document)["@default"]
    spoken = {t["object"]["value"] for t in triples if t["predicate"]["value"].endswith("/spokenByCharacter")}
    named = {t["subject"]["value"] for t in triples if t["predicate"]["value"].endswith("/name")}
    assert spoken
    assert spoken <= named
