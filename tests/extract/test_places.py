"""Places: which entry a name means, by the words beside it and by the article as a whole."""

import pytest

from onrecord.extract.found import Found
from onrecord.extract.page import Page
from onrecord.extract.place_surroundings import country_style, town_of_dateline, town_of_outlet
from onrecord.extract.places import make_places
from onrecord.record import Span
from tests.extract.places_by_hand import HandGazetteer, read_marked


def ids(marked: str, **options: str) -> list[str | None]:
    return [place.entry.entry_id if place.entry else None for place in read_marked(marked, **options)]


REGION, CITY = "iso3166-2:OS-HA", "test:Harlow/OS-HA/settlement"


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("Shells fell on the [Harlow] region.", [REGION]),
        ("Shells fell on the [Harlow region].", [REGION]),
        ("Shells fell on [Harlow] Province.", [REGION]),
        ("Shells fell on the province of [Harlow].", [REGION]),
        ("They left [Ostland] for [Harlow] city.", ["test:Ostland/OS/country", CITY]),
        ("Shells fell on the [Harlow] and [Tessaly] regions.", [REGION, "iso3166-2:OS-TE"]),
    ],
)
def test_a_word_for_a_kind_decides_between_a_region_and_its_town(marked, expected):
    assert ids(marked) == expected


def test_a_plural_word_for_a_kind_reaches_no_further_than_its_list():
    first, second = ids("In [Ostland], [Beltown] heard of the [Harlow] regions.")[1:]
    assert (first, second) == ("test:Beltown/OS-HA/settlement", REGION)


@pytest.mark.parametrize("marked", ["A fire in [Beltown], [Norland].", "A fire in [Beltown], Nor., spread."])
def test_the_division_named_behind_a_comma_holds_the_town(marked):
    assert ids(marked)[0] == "test:Beltown/WE-NO/settlement"


def test_the_other_places_of_an_article_decide():
    found = ids("[Ostland] sent help. From [Tessaly], lorries drove to [Beltown].")
    assert found[2] == "test:Beltown/OS-HA/settlement"


def test_the_first_mention_decides_the_later_ones():
    places = read_marked("A fire in [Beltown], [Norland], spread. [Beltown] was dark.")
    assert places[0].entry == places[2].entry


def test_the_rivals_of_an_entry_are_kept():
    (place,) = read_marked("They met in [Harlow].")
    assert place.entry is not None
    assert 1 <= len(place.runners_up) <= 3
    assert place.entry not in place.runners_up
    assert place.confidence is not None
    assert 0 < place.confidence < 1


def test_a_name_that_is_not_in_the_gazetteer_is_unknown_and_costs_no_other():
    lost, found = read_marked("From [Nowhere] to [Ostland].")
    assert lost.entry is None
    assert "no place that goes by “Nowhere”" in lost.unknowns[0].reason
    assert found.entry is not None


def test_an_entry_without_a_point_says_so():
    (place,) = read_marked("They met in [Quarr].")
    assert place.entry is not None
    assert [u.field for u in place.unknowns] == ["coordinates"]


def test_a_river_is_never_the_town_of_that_name():
    (place,) = read_marked("Boats on the [Harlow River] sank.")
    assert place.entry is None
    assert place.kind == "water"


def test_a_street_that_is_lacking_is_set_in_the_town_before_it():
    _, town, street = read_marked("In [Ostland], [Tessaly] closed [Quarry Street].")
    assert street.entry == town.entry
    assert street.origin.name == "places/in_town"
    assert [u.field for u in street.unknowns] == ["coordinates"]


def test_a_body_with_a_known_name_inside_is_set_there():
    (court,) = read_marked("The [Ostland High Court] ruled.")
    assert court.entry is not None
    assert (court.entry.name, court.kind, court.origin.name) == ("Ostland", "facility", "places/name_inside")


@pytest.mark.parametrize(
    ("marked", "use"),
    [
        ("The [Harlow] regime fell.", "government"),
        ("[Westland] said it would pay.", "government"),
        ("The [Old Palace] denied it.", "government"),
        ("[Ostish] farmers protested.", "modifier"),
        ("They live in [Westland].", "place"),
        ("In [Westland] said nobody a word.", "place"),
    ],
)
def test_the_words_beside_a_name_tell_what_it_stands_for(marked, use):
    assert [place.use for place in read_marked(marked)] == [use]


def test_a_name_that_stands_for_something_of_the_place_is_a_modifier_before_a_noun():
    assert read_marked("The [Westland] farmers protested.", associative=True)[0].use == "modifier"


def test_the_ending_of_the_outlet_s_host_draws_places_to_its_country():
    gazetteer = HandGazetteer()
    text = "They met in Beltown."
    from onrecord.extract.found import FoundPlace

    found = Found(places=(FoundPlace(span=Span(start_char=12, end_char=19), sense="literal", sureness=1.0),))
    page = Page(text, [(0, len(text))])
    (place,) = make_places("article", page, found, gazetteer, home="news.example.os")
    assert place.entry is not None
    assert place.entry.country == "OS"


def test_articles_and_possessives_are_no_part_of_a_name():
    (place,) = read_marked("[the Ostland’s] rivers")
    assert place.text == "Ostland"


def test_an_article_without_place_names_has_no_places():
    assert read_marked("Nobody came.") == []


@pytest.mark.parametrize(
    ("outlet", "town"),
    [
        ("www.beltowncourier.com", "beltown"),
        ("The Beltown Courier", "Beltown"),
        ("Port Harlow Evening News", "Port Harlow"),
        ("example.com", ""),
        ("times.com", ""),
        (None, ""),
        ("", ""),
    ],
)
def test_what_is_left_of_an_outlet_s_name_is_its_town(outlet, town):
    assert town_of_outlet(outlet) == town


@pytest.mark.parametrize(
    ("dateline", "town"),
    [
        ("PORT TESSALY, 3 May 2031", "PORT TESSALY"),
        ("BELTOWN (Lantern) —", "BELTOWN"),
        ("Beltown – ", "Beltown"),
        ("3 May 2031", ""),
    ],
)
def test_a_dateline_opens_with_its_town(dateline, town):
    assert town_of_dateline(dateline, Span(start_char=0, end_char=len(dateline))) == town


def test_words_of_one_country_s_news_tell_where_an_article_is_from():
    style = country_style("The councillor paid £5, the sheriff said.")
    assert style == {"GB": 0.5, "US": 0.25}


def test_a_country_that_the_model_missed_is_added():
    places = read_marked("[Beltown] heard that Ostish troops had left Westland.")
    assert [(p.text, p.use) for p in places] == [
        ("Beltown", "place"),
        ("Ostish", "modifier"),
        ("Westland", "place"),
    ]


def test_a_country_inside_another_name_is_not_added():
    assert [p.text for p in read_marked("Westland Bakery closed.")] == []


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ("They drove to [metro Harlow].", "Harlow"),
        ("They drove to [northern Ostland].", "Ostland"),
        ("They met in the [Harlow area].", "Harlow"),
        ("They met in the [Harlow region].", "Harlow region"),
        ("They met in Beltown, [Nor]., today.", "Nor."),
        ("They met at the Old [Palace].", "Palace"),
        ("They met in New [Harlow].", "Harlow"),
    ],
)
def test_the_edges_of_a_name_are_mended(marked, text):
    assert text in [place.text for place in read_marked(marked)]


def test_a_name_that_was_found_once_is_found_wherever_it_stands_alone():
    places = read_marked("Snow fell on [Beltown]. In Beltown, schools closed. BELTOWN slept.")
    assert [p.text for p in places] == ["Beltown", "Beltown", "BELTOWN"]
