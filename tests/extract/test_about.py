"""What a statement speaks of: the entities, times and places that its content mentions."""

from onrecord.extract.about import add_about
from onrecord.extract.entities import make_entities
from onrecord.record import About, Origin, PlaceValue, TimeValue, place_id_of, time_id_of
from tests.extract.findings import ARTICLE, found_in, page_of, place_of, statement_in

RULE = Origin(kind="rule", name="test", version="1")
TEXT = "Ivo Orr said that Mira Vance reached Beltown on Monday. Orr left Beltown on Friday."


def entities():
    names = [("Ivo Orr", "person"), ("Mira Vance", "person"), ("Orr@2", "person")]
    return make_entities(ARTICLE, page_of(TEXT), found_in(TEXT, names=names))


def time_at(words: str) -> TimeValue:
    span = place_of(TEXT, words)
    time_id = time_id_of(ARTICLE, span)
    return TimeValue(
        time_id=time_id, article_id=ARTICLE, text=words, span=span, kind="date", timex_value=None, origin=RULE
    )


def place_at(words: str) -> PlaceValue:
    span = place_of(TEXT, words)
    place_id = place_id_of(ARTICLE, span)
    return PlaceValue(
        place_id=place_id, article_id=ARTICLE, text=span.of(TEXT), span=span, use="place", origin=RULE
    )


def test_what_stands_in_the_content_is_what_a_statement_is_about():
    statement = statement_in(
        TEXT, "that Mira Vance reached Beltown on Monday", cue="said", source="Ivo Orr", form="indirect"
    )
    vance = next(e for e in entities() if e.name == "Mira Vance")
    monday, beltown = time_at("Monday"), place_at("Beltown")
    (done,) = add_about(
        [statement], entities(), [monday, time_at("Friday")], [beltown, place_at("Beltown@2")]
    )
    assert done.about == About(
        entity_ids=(vance.entity_id,), time_ids=(monday.time_id,), place_ids=(beltown.place_id,)
    )


def test_somebody_mentioned_twice_counts_once():
    statement = statement_in(TEXT, TEXT, cue="said", form="indirect")
    (done,) = add_about([statement], entities(), [], [])
    assert len(done.about.entity_ids) == len(set(done.about.entity_ids)) == 2


def test_what_reaches_out_of_the_content_is_not_in_it():
    statement = statement_in(TEXT, "that Mira", cue="said", form="indirect")
    (done,) = add_about([statement], entities(), [], [])
    assert done.about == About()


def test_without_statements_there_is_nothing():
    assert add_about([], entities(), [], []) == ()
