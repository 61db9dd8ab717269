"""The cleaner of names: what pages put round them in many languages, and what names nobody."""

import pytest

from onrecord.ingest.page_names import clean_shown, clean_stated, is_agency, is_nobody


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Mara Quill", ["Mara Quill"]),
        ("By Mara Quill and Ole Brandt, Courier staff writers", ["Mara Quill", "Ole Brandt"]),
        ("Von Mara Quill und Ole Brandt", ["Mara Quill", "Ole Brandt"]),
        ("Par Mara Quill et Ole Brandt, journalistes", ["Mara Quill", "Ole Brandt"]),
        ("Por Mara Quill", ["Mara Quill"]),
        ("Di Mara Quill", ["Mara Quill"]),
        ("Door Mara Quill", ["Mara Quill"]),
        ("Autor: Mara Quill", ["Mara Quill"]),
        ("Автор: Марта Квилл", ["Марта Квилл"]),
        ("ByMara Quill", ["Mara Quill"]),
        ("Written by Mara Quill Reviewed by Ole Brandt, MD", ["Mara Quill"]),
        ("By Mara Quill | 3 May 2024 | 5 min read", ["Mara Quill"]),
        ("By Mara Quill March 3, 2024", ["Mara Quill"]),
        ("By Mara Quill Associate Editor, Courier", ["Mara Quill"]),
        ("By Mara Quill mara.quill@courier.example", ["Mara Quill"]),
        ("By Mara Quill @maraquill", ["Mara Quill"]),
        ("By MARA QUILL", ["MARA QUILL"]),
        ("By Mara Quill, MD", ["Mara Quill"]),
        ("By Courier Team", ["Courier Team"]),
        ("By José Ortega y Gasset", ["José Ortega y Gasset"]),
        ("By Byron Quill", ["Byron Quill"]),
    ],
)
def test_the_names_of_a_byline_are_read(line, names):
    assert clean_shown(line) == names


@pytest.mark.parametrize(
    "line",
    ["By Staff", "Von Redaktion", "5 min read", "Share this article", "August 28, 2025", "Related Posts", ""],
)
def test_a_line_that_names_nobody_gives_none(line):
    assert clean_shown(line) == []


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("Mara Quill", ["Mara Quill"]),
        ("Mara Quill, Ole Brandt", ["Mara Quill", "Ole Brandt"]),
        ("Mara Quill, Ph.D.", ["Mara Quill"]),
        ("von Mara Quill", ["Mara Quill"]),
        ("Ursula von der Aue", ["Ursula von der Aue"]),
        ("von der Aue", ["von der Aue"]),
        ("Byron Quill", ["Byron Quill"]),
        ("Di Nardo", ["Di Nardo"]),
        ("Mara Quill (Beltown)", ["Mara Quill"]),
        ("Quill & Brandt", ["Quill & Brandt"]),
        ("admin", []),
        ("Redaktion", []),
        ("The Editorial Team", []),
        ("https://beltowncourier.example/mara", []),
        ("", []),
    ],
)
def test_the_names_of_an_author_field_are_read(stated, names):
    assert clean_stated(stated) == names


def test_an_outlet_is_not_nobody():
    assert not is_nobody("Beltown Courier")


def test_an_agency_is_known_by_any_of_its_names():
    assert is_agency("dpa")
    assert is_agency("Agence France-Presse")
    assert not is_agency("Beltown Courier")
