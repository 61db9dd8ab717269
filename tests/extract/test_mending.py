"""Findings mended: datelines, appositions, mentions that run on."""

from dataclasses import replace

import pytest

from onrecord.extract.entities import make_entities
from onrecord.extract.mending import dateline_spans, mend_found
from onrecord.record import Entity
from tests.extract.findings import ARTICLE, found_in, page_of, place_of


def entities_of(text: str, *clusters, names=(), kinds=None) -> tuple[Entity, ...]:
    return make_entities(ARTICLE, page_of(text), found_in(text, *clusters, names=names, kinds=kinds))


def texts(entity: Entity) -> list[str]:
    return [m.text for m in entity.mentions]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("BELTOWN — The mayor left.", "BELTOWN"),
        ("UPPER BELTOWN - The mayor left.", "UPPER BELTOWN"),
        ("PORT BELTOWN, 3 May (Lumen) - The mayor left.", "PORT BELTOWN"),
        ("Beltown (Lumen) — The mayor left.", "Beltown"),
    ],
)
def test_a_paragraph_opens_with_a_dateline(text, place):
    assert [span.of(text) for span in dateline_spans(page_of(text))] == [place]


@pytest.mark.parametrize(
    "text", ["Mira Vance — the mayor — left.", "I — the mayor — left.", "The mayor (Mira Vance) left."]
)
def test_a_paragraph_opens_without_a_dateline(text):
    assert list(dateline_spans(page_of(text))) == []


def test_the_name_of_a_dateline_is_a_place_and_stays_alone():
    text = "BELTOWN — The mayor of Beltown said her work was done."
    names = [("BELTOWN", "person"), ("Beltown", "location")]
    clusters = (["BELTOWN", "The mayor of Beltown", "her"],)
    town, mayor = entities_of(text, *clusters, names=names)
    assert (town.kind, texts(town)) == ("place", ["BELTOWN", "Beltown"])
    assert (mayor.kind, texts(mayor)) == ("person", ["The mayor of Beltown", "her"])


def test_a_description_that_holds_its_name_is_cut_before_it_and_is_one_with_it():
    text = "The operator, Quay Line, was disappointed."
    kinds = {"The operator, Quay Line": "person", "Quay Line": "other", "Quay": "person"}
    clusters = (["The operator, Quay Line"], ["Quay Line"], ["Quay"])
    (line,) = entities_of(text, *clusters, names=[("Quay", "organisation")], kinds=kinds)
    assert (line.name, line.kind) == ("Quay Line", "organisation")
    assert texts(line) == ["The operator", "Quay Line"]


def test_a_name_behind_the_company_is_a_companys_whatever_the_model_says():
    text = "The company, Vance Minerals, did not answer."
    kinds = {"The company": "organisation"}
    clusters = (["The company"], ["Vance Minerals"])
    (company,) = entities_of(text, *clusters, names=[("Vance Minerals", "person")], kinds=kinds)
    assert (company.name, company.kind, texts(company)) == (
        "Vance Minerals",
        "organisation",
        ["The company", "Vance Minerals"],
    )


def test_the_name_behind_a_club_is_the_clubs_where_it_sounds_like_a_town():
    text = "Her former club, Sable Town, confirmed the transfer."
    kinds = {"Her former club": "organisation", "Sable Town": "place"}
    clusters = (["Her former club"], ["Sable Town"])
    (club,) = entities_of(text, *clusters, names=[("Sable Town", "location")], kinds=kinds)
    assert (club.name, club.kind) == ("Sable Town", "organisation")


def test_the_county_behind_the_mayor_of_a_town_is_nobody():
    text = "The mayor of Beltown, Marlshire, left."
    clusters = (["The mayor of Beltown, Marlshire"], ["Beltown"], ["Marlshire"])
    names = [("Beltown", "location"), ("Marlshire", "location")]
    kinds = {"Beltown": "place", "Marlshire": "place"}
    found = found_in(text, *clusters, names=names, kinds=kinds)
    assert mend_found(page_of(text), found) == found


def test_a_name_that_runs_on_to_another_ends_behind_itself():
    text = "Vance's lawyer, Ivo Orr, told Radio Beltown that he left."
    names = [("Vance", "person"), ("Ivo Orr", "person"), ("Beltown", "person")]
    clusters = [["Vance's lawyer", "Ivo Orr, told Radio Beltown", "he"]]
    found = found_in(text, *clusters, names=names)
    long = next(k for k, m in enumerate(found.mentions) if "told" in m.span.of(text))
    mentions = list(found.mentions)
    mentions[long] = replace(mentions[long], head=place_of(text, "Beltown"), form="name")
    made = make_entities(ARTICLE, page_of(text), replace(found, mentions=tuple(mentions)))
    orr = next(e for e in made if e.name == "Ivo Orr")
    assert texts(orr) == ["Vance's lawyer", "Ivo Orr", "he"]


def test_an_office_and_the_name_behind_its_comma_are_the_person_not_the_company_before_it():
    text = "Quay Audit won. Quay Audit CEO, Ivo Orr, justified his plan."
    names = [("Quay Audit", "organisation"), ("Quay Audit@2", "organisation"), ("Ivo Orr", "person")]
    clusters = [["Quay Audit", "Quay Audit CEO, Ivo Orr", "his"]]
    audit, orr = entities_of(text, *clusters, names=names, kinds={"Quay Audit": "organisation"})
    assert (audit.name, audit.kind, texts(audit)) == ("Quay Audit", "organisation", ["Quay Audit"] * 2)
    assert (orr.name, texts(orr)) == ("Ivo Orr", ["Quay Audit CEO", "Ivo Orr", "his"])


def test_a_description_is_cut_before_a_name_that_has_a_role_before_it():
    text = "His rival, former tram driver Mira Vance, refused."
    clusters = [["His rival, former tram driver Mira Vance", "former tram driver Mira Vance"], ["His"]]
    vance = next(e for e in entities_of(text, *clusters, names=[("Mira Vance", "person")]) if e.named)
    assert texts(vance) == ["His rival", "former tram driver Mira Vance"]
