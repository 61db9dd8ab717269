"""Wire copy: an agency is read where its place says that it is a credit, and nowhere else."""

import pytest

from onrecord.ingest.agencies import find_agencies, name_agency
from onrecord.ingest.text import read_text

TITLE = "Bridge to Stay Shut Until Spring"
BODY = "The mayor of Beltown said on Monday that the old bridge would stay shut until spring."
MORE = "Nobody had been told, she added, and nobody had asked."


def agencies_in(*lines):
    reading = read_text("\n\n".join(lines))
    assert reading.agencies == find_agencies(reading.text, reading.blocks)
    return [(agency.value, agency.origin.name) for agency in reading.agencies]


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("BELTOWN (AP) — The mayor closed the old bridge.", "AP"),
        ("BELTOWN, March 3 (Reuters) - The mayor closed the old bridge.", "Reuters"),
        ("Beltown (dpa) - Die Brücke bleibt bis zum Frühjahr gesperrt.", "dpa"),
        ("Beltown, AFP – Le pont reste fermé jusqu'au printemps.", "AFP"),
    ],
)
def test_the_date_line_that_opens_a_report_names_its_agency(line, agency):
    assert agencies_in(TITLE, line, MORE) == [(agency, "agencies/dateline")]


@pytest.mark.parametrize("end", ["(Reuters)", "— Reuters", "(Reuters)."])
def test_brackets_or_a_dash_at_the_end_of_the_last_paragraph_name_an_agency(end):
    assert agencies_in(TITLE, BODY, f"{MORE} {end}") == [("Reuters", "agencies/closing")]


def test_two_agencies_of_one_credit_are_both_read():
    assert [name for name, _ in agencies_in(TITLE, BODY, f"{MORE} (dpa/Reuters)")] == ["dpa", "Reuters"]


@pytest.mark.parametrize(
    "line", ["With reporting by AFP", "Quelle: dpa", "Additional reporting by Kyodo News"]
)
def test_a_credit_line_below_the_text_names_its_agency(line):
    assert len(agencies_in(TITLE, BODY, MORE, line)) == 1


def test_a_byline_names_the_agency_beside_the_author():
    assert agencies_in(TITLE, "By Jane Doe, Associated Press", BODY, MORE) == [("AP", "agencies/byline")]


@pytest.mark.parametrize(
    "line",
    [
        "The mayor told Reuters that the bridge was not safe.",
        "“It is not safe,” she told AFP.",
        "AP reported on Tuesday that the bridge was sold.",
        "The PA system on the bridge was stolen, she said.",
    ],
)
def test_an_agency_that_a_sentence_names_is_no_credit(line):
    assert agencies_in(TITLE, BODY, line, MORE) == []
    assert agencies_in(TITLE, BODY, MORE, line) == []


@pytest.mark.parametrize("line", ["Photo: Ann Poe/Reuters", "(AP Photo/Ann Poe)", "Foto: Ann Poe/dpa"])
def test_the_credit_of_a_photo_is_no_wire_copy(line):
    assert agencies_in(TITLE, line, BODY, MORE) == []


def test_the_span_of_an_agency_is_the_words_of_its_credit():
    text = "\n\n".join((TITLE, "BELTOWN (Reuters) - The mayor closed the old bridge.", MORE))
    agency = read_text(text).agencies[0]
    assert agency.span.of(text) == agency.raw == "Reuters"


@pytest.mark.parametrize(
    ("words", "agency"),
    [
        ("Deutsche Presse-Agentur", "dpa"),
        ("AFP", "AFP"),
        ("新华社", "Xinhua"),
        ("the press", None),
        ("pa", None),
    ],
)
def test_words_that_are_an_agency_and_no_more_are_told(words, agency):
    assert name_agency(words) == agency
