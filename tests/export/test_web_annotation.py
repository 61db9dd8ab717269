"""W3C Web Annotation: the members that the recommendation asks for, and selectors that select the words."""

import json

import pytest

from onrecord.export.base import ExportContext
from onrecord.export.writing import export_to
from tests.export.entries import make_entries, make_judged, make_silent

# Section 3.3.5: the motivations, which are also the purposes of a body.
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting",
    "identifying", "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip


def collection_of(tmp_path, entries, **fields):
    path = tmp_path / "out.annotations.json"
    export_to(path, None, entries, ExportContext(**fields))
    return json.loads(path.read_text(encoding="utf-8"))


def targets_of(annotation):
    target = annotation["target"]
    return target if isinstance(target, list) else [target]


def test_the_collection_is_whole_in_one_page(tmp_path):
    collection = collection_of(
        tmp_path, make_entries(), generator="onrecord 9", made_at="2031-06-01T00:00:00Z"
    )
    page = collection["first"]
    assert collection["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert (collection["type"], page["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert (
        collection["total"] == len(page["items"]) == sum(len(one.record.statements) for one in make_entries())
    )
    assert page["partOf"] == collection["id"] != page["id"]
    assert collection["generated"] == "2031-06-01T00:00:00Z"
    assert collection["generator"]["name"] == "onrecord 9"


def test_other_statements_make_another_collection(tmp_path):
    first, second = (collection_of(tmp_path, one)["id"] for one in ([make_judged()], [make_silent()]))
    assert first != second


def test_every_annotation_has_what_the_recommendation_requires(tmp_path):
    for annotation in collection_of(tmp_path, make_entries())["first"]["items"]:
        assert annotation["type"] == "Annotation"
        assert annotation["id"].startswith("urn:")
        assert annotation["motivation"] in MOTIVATIONS
        for body in annotation["body"]:
            assert body["purpose"] in MOTIVATIONS
            assert ("value" in body) is (body["type"] == "TextualBody")
            assert ("source" in body) is (body["type"] == "SpecificResource")
        for target in targets_of(annotation):
            assert target["type"] == "SpecificResource"
            assert [one["type"] for one in target["selector"]] == [
                "TextQuoteSelector",
                "TextPositionSelector",
            ]
            assert " " not in target["source"]


def test_both_selectors_select_the_words_in_the_text_that_is_kept(tmp_path):
    entries = make_entries()
    texts = {f"urn:onrecord:{e.record.article.article_id}": e.record.article.text for e in entries}
    for annotation in collection_of(tmp_path, entries)["first"]["items"]:
        for target in targets_of(annotation):
            text = texts[target["state"]["cached"]]
            quote, position = target["selector"]
            assert text[position["start"] : position["end"]] == quote["exact"]
            around = quote["prefix"] + quote["exact"] + quote["suffix"]
            assert text[position["start"] - len(quote["prefix"]) :].startswith(around)


def test_a_statement_of_two_spans_has_two_targets_on_the_page_of_its_article(tmp_path):
    annotation = collection_of(tmp_path, [make_judged()])["first"]["items"][0]
    first, second = annotation["target"]
    assert first["source"] == second["source"] == "https://lantern.invalid/bridge?a=1&b=2"
    assert first["selector"][0]["exact"] == "“We will not open it before the frost,”"
    assert second["selector"][0]["exact"] == "“Not with these cables.”"
    assert first["state"]["sourceDate"] == "2031-05-04T06:00:00Z"


def test_who_judged_a_statement_created_its_annotation(tmp_path):
    first, *others = collection_of(tmp_path, [make_judged()])["first"]["items"]
    assert first["creator"] == {"type": "Person", "name": "Ada Quill"}
    assert first["created"] == "2031-06-01T10:00:00Z"
    assert {one["creator"]["type"] for one in others} == {"Software"}
    assert all("created" not in one for one in others)


def test_a_body_says_who_is_said_to_have_said_it(tmp_path):
    first = collection_of(tmp_path, [make_judged()])["first"]["items"][0]
    told = [(body["purpose"], body.get("value", body.get("source", ""))[:12]) for body in first["body"]]
    assert told == [
        ("identifying", "Mira Vance"),
        ("identifying", "urn:onrecord"),
        ("describing", "Mira Vance t"),
        ("classifying", "direct"),
        ("classifying", "said"),
    ]


def test_it_is_linked_data(tmp_path):
    jsonld = pytest.importorskip("pyld.jsonld", reason="pyld reads JSON-LD; pip install pyld")
    collection = collection_of(tmp_path, make_entries())
    context = {"@vocab": "http://www.w3.org/ns/oa#", "id": "@id", "type": "@type"}
    (expanded,) = jsonld.expand(collection | {"@context": context})
    (page,) = expanded["http://www.w3.org/ns/oa#first"]
    assert len(page["http://www.w3.org/ns/oa#items"]) == collection["total"]
