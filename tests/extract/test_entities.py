"""Entities: who is one and who is not, by names, titles and descriptions as well as the model's clusters."""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.entities import make_entities
from onrecord.extract.found import Found, FoundMention, FoundName
from onrecord.record import Entity, Hop, Origin, Span
from tests.extract.findings import ARTICLE, found_in, page_of, place_of, statement_in


def entities_of(text: str, *clusters, names=(), kinds=None) -> tuple[Entity, ...]:
    return make_entities(ARTICLE, page_of(text), found_in(text, *clusters, names=names, kinds=kinds))


def texts(entity: Entity) -> list[str]:
    return [m.text for m in entity.mentions]


def test_a_full_name_a_last_name_and_a_titled_name_are_one_person():
    text = "Mira Vance spoke first. Vance left early. Reporters waited for Ms Vance."
    names = [("Mira Vance", "person"), ("Vance@2", "person"), ("Vance@3", "person")]
    (vance,) = entities_of(text, names=names)
    assert (vance.name, vance.kind, vance.named, vance.plural) == ("Mira Vance", "person", True, False)
    assert texts(vance) == ["Mira Vance", "Vance", "Ms Vance"]
    assert vance.mentions[1].origin.rules == ("same_name",)


def test_a_name_that_the_model_put_in_no_mention_becomes_one():
    (orr,) = entities_of("The ferry was late, Ivo Orr said.", names=[("Ivo Orr", "person")])
    assert texts(orr) == ["Ivo Orr"]
    assert orr.mentions[0].origin.name == "names"


def test_two_first_names_are_two_people_of_one_family():
    text = "Mira Vance met Ivo Vance."
    made = entities_of(text, names=[("Mira Vance", "person"), ("Ivo Vance", "person")])
    assert [e.name for e in made] == ["Mira Vance", "Ivo Vance"]


def test_a_titled_last_name_goes_to_the_one_whose_gender_it_tells():
    text = "Mr Paul Vance met Ms Mira Vance. Ms Vance smiled."
    names = [("Paul Vance", "person"), ("Mira Vance", "person"), ("Vance@3", "person")]
    paul, mira = entities_of(text, names=names)
    assert texts(paul) == ["Mr Paul Vance"]
    assert texts(mira) == ["Ms Mira Vance", "Ms Vance"]


def test_a_last_name_that_two_share_goes_to_the_last_one_named():
    text = "Mira Vance opened the hall. Paul Vance closed it. Vance locked the door."
    names = [("Mira Vance", "person"), ("Paul Vance", "person"), ("Vance@3", "person")]
    assert texts(entities_of(text, names=names)[1]) == ["Paul Vance", "Vance"]


def test_a_last_name_that_two_share_goes_where_the_model_put_it():
    text = "Mira Vance opened the hall. Paul Vance closed it. Vance locked the door."
    names = [("Mira Vance", "person"), ("Paul Vance", "person"), ("Vance@3", "person")]
    made = entities_of(text, ["Mira Vance", "Vance@3"], ["Paul Vance"], names=names)
    assert texts(made[0]) == ["Mira Vance", "Vance"]


def test_a_cluster_that_holds_two_names_is_split_and_its_pronouns_go_to_the_name_before_them():
    text = "Mira Vance came. She sat. Ivo Orr left. He was late."
    names = [("Mira Vance", "person"), ("Ivo Orr", "person")]
    vance, orr = entities_of(text, ["Mira Vance", "She", "Ivo Orr", "He"], names=names)
    assert texts(vance) == ["Mira Vance", "She"]
    assert texts(orr) == ["Ivo Orr", "He"]
    assert orr.mentions[1].origin.rules == ("split_names",)


def test_a_pronoun_of_the_other_gender_does_not_stay_with_a_titled_name():
    text = "Ms Mira Vance came. She sat. He left."
    (vance,) = entities_of(text, ["Ms Mira Vance", "She", "He"], names=[("Mira Vance", "person")])
    assert texts(vance) == ["Ms Mira Vance", "She"]


def test_somebodys_mother_is_not_that_person():
    text = "Mira Vance left. Her mother stayed."
    vance, mother = entities_of(text, ["Mira Vance", "Her", "Her mother"], names=[("Mira Vance", "person")])
    assert texts(vance) == ["Mira Vance", "Her"]
    assert texts(mother) == ["Her mother"]


def test_a_mother_is_not_the_man_whose_pronouns_stand_with_her():
    text = "Ivo Orr left. His mother stayed. He wrote to him."
    made = entities_of(text, ["Ivo Orr", "His mother", "He", "him"], names=[("Ivo Orr", "person")])
    assert [texts(e) for e in made] == [["Ivo Orr", "He", "him"], ["His mother"]]


def test_a_people_and_the_name_of_its_people_are_one():
    text = "Veldians voted. The Veldian people know."
    kinds = {"Veldians": "group", "The Veldian people": "group"}
    names = [("Veldians", "nationality")]
    (people,) = entities_of(text, ["Veldians"], ["The Veldian people"], kinds=kinds, names=names)
    assert (people.kind, people.plural, people.named) == ("group", True, False)
    assert texts(people) == ["Veldians", "The Veldian people"]


def hop_to(text: str, *clusters, **found) -> Entity:
    """The entity that "according to Lumen" names."""
    place = place_of(text, "Lumen")
    origin = Origin(kind="rule", name="hops/according_to", version="1")
    hop = Hop(kind="according_to", text="Lumen", span=place, origin=origin)
    statement = statement_in(text, "The bridge is shut", cue="according to", chain=(hop,), form="indirect")
    names = [("Lumen", "person"), *found.get("names", [])]
    made = make_entities(
        ARTICLE, page_of(text), found_in(text, *clusters, names=names), statements=[statement]
    )
    return next(e for e in made if any(m.span == place for m in e.mentions))


def test_one_word_that_a_hop_names_is_an_outlet():
    lumen = hop_to("The bridge is shut, according to Lumen.")
    assert (lumen.kind, lumen.name) == ("outlet", "Lumen")
    assert lumen.mentions[0].origin.rules == ("outlet_of_hop",)


@pytest.mark.parametrize("more", ["She left.", "Mira Lumen left."])
def test_who_has_something_human_about_it_is_no_outlet(more):
    text = f"The bridge is shut, according to Lumen. {more}"
    pronoun, name = [["Lumen", "She"]], [("Mira Lumen", "person")]
    lumen = hop_to(text, *pronoun) if "She" in more else hop_to(text, names=name)
    assert lumen.kind == "person"


def test_a_mark_before_a_name_is_no_part_of_it():
    text = "He met . Vance there."
    start = text.index(". Vance")
    name = FoundName(span=Span(start_char=start, end_char=start + 7), kind="person", sureness=0.9)
    (vance,) = make_entities(ARTICLE, page_of(text), Found(names=(name,)))
    assert vance.name == "Vance"


def test_several_people_are_not_one_person():
    text = "Mira Vance came. The officials waited."
    kinds = {"The officials": "group"}
    clusters = (["Mira Vance", "The officials"],)
    vance, officials = entities_of(text, *clusters, names=[("Mira Vance", "person")], kinds=kinds)
    assert texts(vance) == ["Mira Vance"]
    assert (officials.kind, officials.plural, officials.named) == ("group", True, False)


def test_an_acronym_in_brackets_is_the_name_before_it():
    text = "The Beltown Safety Inspectorate (BESI) met. BESI will report."
    names = [
        ("Beltown Safety Inspectorate", "organisation"),
        ("BESI", "organisation"),
        ("BESI@2", "organisation"),
    ]
    (board,) = entities_of(text, names=names)
    assert (board.name, board.kind) == ("Beltown Safety Inspectorate", "organisation")
    assert texts(board) == ["Beltown Safety Inspectorate", "BESI", "BESI"]


def test_capitals_that_are_the_first_letters_of_a_name_are_that_name():
    text = "The Harbour Safety Board met. The HSB will report."
    names = [("Harbour Safety Board", "organisation"), ("HSB", "organisation")]
    assert len(entities_of(text, names=names)) == 1


def test_a_company_is_the_same_with_and_without_its_ending():
    text = "Quay Audit Ltd grew. Quay Audit hired twenty."
    (company,) = entities_of(
        text, names=[("Quay Audit Ltd", "organisation"), ("Quay Audit@2", "organisation")]
    )
    assert company.name == "Quay Audit Ltd"


def test_a_paper_is_an_outlet():
    (courier,) = entities_of("The Beltown Courier sold out.", names=[("Beltown Courier", "organisation")])
    assert courier.kind == "outlet"


def test_a_surname_that_sounds_like_a_trade_stays_a_name():
    (walker,) = entities_of(
        "Anna Sanders came. Sanders spoke.", names=[("Anna Sanders", "person"), ("Sanders@2", "person")]
    )
    assert texts(walker) == ["Anna Sanders", "Sanders"]


def test_the_title_before_a_name_is_a_description_and_no_part_of_it():
    text = "Beltown Mayor Mira Vance opened the bridge."
    (vance,) = entities_of(text, ["Beltown Mayor Mira Vance"], names=[("Mira Vance", "person")])
    assert vance.name == "Mira Vance"
    assert [d.text for d in vance.descriptions] == ["Beltown Mayor"]


def test_a_title_of_address_alone_is_no_description():
    (vance,) = entities_of("Ms Vance came.", names=[("Vance", "person")])
    assert vance.descriptions == ()


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Mira Vance, the mayor of Beltown, opened the bridge.", "the mayor of Beltown"),
        ("The mayor of Beltown, Mira Vance, opened the bridge.", "The mayor of Beltown"),
    ],
)
def test_what_is_set_off_by_commas_beside_a_name_describes_it(text, mention):
    (vance,) = entities_of(text, [mention], ["Mira Vance"], names=[("Mira Vance", "person")])
    assert [d.text for d in vance.descriptions] == [mention]


def test_an_apposition_that_the_model_missed_is_a_description():
    (vance,) = entities_of("Mira Vance, mayor of Beltown, came.", names=[("Mira Vance", "person")])
    assert [(d.text, d.origin.name) for d in vance.descriptions] == [
        ("mayor of Beltown", "description/apposition")
    ]


def test_people_in_a_list_are_not_described_by_each_other():
    text = "Mira Vance, the mayor and a clerk came."
    made = entities_of(text, ["the mayor"], ["a clerk"], names=[("Mira Vance", "person")])
    assert len(made) == 3


@pytest.mark.parametrize("later", ["The president", "The re-elected president", "The head of state"])
def test_an_office_means_the_one_who_was_given_it(later):
    text = f"Velden President Mira Vance spoke. {later} looked tired."
    clusters = (["Velden President Mira Vance"], [later])
    (vance,) = entities_of(text, *clusters, names=[("Mira Vance", "person")])
    assert texts(vance)[1] == later
    assert vance.mentions[1].origin.rules == ("description",)


def test_the_office_of_another_country_means_somebody_else():
    text = "Velden President Mira Vance spoke. The Tessalian president listened."
    clusters = (["Velden President Mira Vance"], ["The Tessalian president"])
    assert len(entities_of(text, *clusters, names=[("Mira Vance", "person")])) == 2


def test_of_two_who_have_an_office_the_last_one_named_is_meant():
    text = "Minister Mira Vance met Minister Ivo Orr. The minister left."
    clusters = (["Minister Mira Vance"], ["Minister Ivo Orr"], ["The minister"])
    _, orr = entities_of(text, *clusters, names=[("Mira Vance", "person"), ("Ivo Orr", "person")])
    assert orr.mentions[1].origin.rules == ("nearest_description",)


def test_a_body_is_meant_by_the_last_word_of_its_name():
    text = "The Harbour Safety Board met. The board adjourned."
    kinds = {"The board": "organisation"}
    (board,) = entities_of(text, ["The board"], names=[("Harbour Safety Board", "organisation")], kinds=kinds)
    assert texts(board) == ["Harbour Safety Board", "The board"]


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("Three people familiar with the matter", 3),
        ("At least 55 residents", 55),
        ("1,200 voters", 1200),
        ("A dozen farmers", 12),
        ("Officials", None),
        ("Hundreds of residents", None),
    ],
)
def test_several_people_are_counted_where_the_words_say_how_many(words, count):
    (people,) = entities_of(f"{words} complained.", [words], kinds={words: "group"})
    assert (people.name, people.count, people.plural, people.named) == (words, count, True, False)


def test_a_source_without_a_name_is_anonymous_where_the_sentence_says_so():
    text = "A person close to the talks, who asked not to be named, complained."
    (person,) = entities_of(text, ["A person close to the talks"])
    assert person.anonymous is not None
    assert "not to be named" in person.anonymous.of(text)


def test_two_names_joined_by_and_are_a_pair_of_their_own():
    text = "Mira Vance and Ivo Orr signed. They smiled."
    names = [("Mira Vance", "person"), ("Ivo Orr", "person")]
    made = entities_of(text, ["Mira Vance and Ivo Orr", "They"], ["Mira Vance"], ["Ivo Orr"], names=names)
    pair = made[0]
    assert (pair.name, pair.kind, pair.plural, pair.count, pair.named) == (
        "Mira Vance and Ivo Orr",
        "group",
        True,
        2,
        True,
    )
    assert texts(pair) == ["Mira Vance and Ivo Orr", "They"]
    assert [e.name for e in made[1:]] == ["Mira Vance", "Ivo Orr"]


def test_the_first_person_of_a_quotation_is_not_the_writer():
    text = "I met Mira Vance. “I am late,” she said."
    made = entities_of(text, ["I", "I@2", "Mira Vance", "she"], names=[("Mira Vance", "person")])
    for entity in made:
        assert {"I"} != {m.text for m in entity.mentions}
        assert sum(m.text == "I" for m in entity.mentions) <= 1


def test_things_make_no_entity():
    assert entities_of("The storm passed.", ["The storm"], kinds={"The storm": "other"}) == ()


def test_a_pronoun_alone_makes_no_entity():
    assert entities_of("She left.", ["She"]) == ()


def test_nothing_found_makes_no_entity():
    assert make_entities(ARTICLE, page_of("Nobody came."), Found()) == ()


PIECES = (
    "Mira Vance", "Ms Vance", "Mr Orr", "the mayor of Beltown", "she", "He", "they", "I", "we", "his letter",
    "the Harbour Safety Board (HSB)", "HSB", "three officials", "“", "”", ",", ".", "and", "said", "\n",
    "President", "who", "’s", "on condition of anonymity", "the company", "A", "—", "Ángel", "é", " ", "of",
)  # fmt: skip
KINDS = ("person", "organisation", "group", "place", "outlet", "document", "other")
FORMS = ("name", "nominal", "pronoun")


@st.composite
def pages(draw) -> tuple[str, Found]:
    """A text of odd pieces and findings in it that mean nothing."""
    text = " ".join(draw(st.lists(st.sampled_from(PIECES), min_size=1, max_size=40))) + "."
    ends = st.tuples(st.integers(0, len(text) + 3), st.integers(1, 30))
    spans = [Span(start_char=a, end_char=a + n) for a, n in draw(st.lists(ends, max_size=25))]
    mentions = tuple(
        FoundMention(
            span=span,
            head=draw(st.sampled_from(spans)),
            kind=draw(st.sampled_from(KINDS)),
            form=draw(st.sampled_from(FORMS)),
            sureness=0.5,
        )
        for span in spans
    )
    numbers = list(range(len(mentions)))
    cuts = sorted(draw(st.lists(st.integers(0, len(numbers)), max_size=6)))
    bounds = [0, *cuts, len(numbers)]
    clusters = tuple(tuple(numbers[a:b]) for a, b in pairwise(bounds) if b > a)
    kinds = st.sampled_from(("person", "organisation", "location", "nationality", "misc", "facility"))
    names = tuple(
        FoundName(span=Span(start_char=a, end_char=a + n), kind=draw(kinds), sureness=0.5)
        for a, n in draw(st.lists(ends, max_size=8))
    )
    return text, Found(mentions=mentions, clusters=clusters, names=names)


def test_a_company_is_neither_a_town_nor_somebody():
    text = "Talks began in Port Orr. Ivo Marl came. The company waited."
    names, kinds = [("Port Orr", "location"), ("Ivo Marl", "person")], {"The company": "organisation"}
    made = entities_of(text, ["Port Orr", "The company"], ["Ivo Marl"], names=names, kinds=kinds)
    assert [texts(e) for e in made] == [["Port Orr"], ["Ivo Marl"], ["The company"]]


def test_a_description_beside_a_name_is_of_that_one_whoever_was_named_before():
    text = "Ivo Orr left. The governor, Mira Vance, stayed."
    names = [("Ivo Orr", "person"), ("Mira Vance", "person")]
    _, vance = entities_of(text, ["Ivo Orr", "The governor", "Mira Vance"], names=names)
    assert texts(vance) == ["The governor", "Mira Vance"]
    assert vance.mentions[0].origin.rules == ("apposition",)


def test_what_introduces_somebody_was_not_meant_by_a_description_before_it():
    text = "The president left. Mira Vance, a former judge, stayed."
    clusters = (["The president", "a former judge"],)
    president, vance = entities_of(text, *clusters, names=[("Mira Vance", "person")])
    assert (texts(president), texts(vance)) == (["The president"], ["Mira Vance", "a former judge"])


def test_who_says_something_of_a_name_is_not_its_bearer():
    text = "The mayor left. The mayor said that Ivo Orr had failed."
    content = statement_in(text, "that Ivo Orr had failed", cue="said", source="The mayor@2", form="indirect")
    found = found_in(text, ["The mayor", "The mayor@2", "Ivo Orr"], names=[("Ivo Orr", "person")])
    mayor, orr = make_entities(ARTICLE, page_of(text), found, statements=[content])
    assert (texts(mayor), texts(orr)) == (["The mayor", "The mayor"], ["Ivo Orr"])


def test_pronouns_in_quotation_marks_tell_the_gender_of_a_name_only_where_no_others_do():
    text = "Nia Crowe came. “He gave me his word,” she said, “and he left.”"
    (crowe, *_) = entities_of(text, ["Nia Crowe", "He", "his", "she", "he"], names=[("Nia Crowe", "person")])
    assert texts(crowe) == ["Nia Crowe", "she"]


def test_a_lawyer_is_no_company():
    text = "Quay Audit lost. The lawyer wept."
    names, kinds = [("Quay Audit", "organisation")], {"The lawyer": "organisation"}
    made = entities_of(text, ["Quay Audit", "The lawyer"], names=names, kinds=kinds)
    assert [texts(e) for e in made] == [["Quay Audit"], ["The lawyer"]]


def test_a_person_is_named_behind_the_role_where_the_country_before_it_is_taken_for_a_name():
    text = "Velden President Mira Vance came."
    found = found_in(
        text, ["Velden President Mira Vance"], names=[("Velden", "person"), ("Mira Vance", "person")]
    )
    start = Span(start_char=0, end_char=6)
    made = make_entities(
        ARTICLE, page_of(text), replace(found, mentions=(replace(found.mentions[0], head=start),))
    )
    assert [e.name for e in made] == ["Mira Vance", "Velden"]


@settings(max_examples=150, deadline=None)
@given(pages())
def test_whatever_a_model_finds_entities_keep_their_promises(drawn):
    text, found = drawn
    page = page_of(text)
    made = make_entities(ARTICLE, page, found)
    spans = [m.span for e in made for m in e.mentions]
    assert len(spans) == len(set(spans))
    assert all(m.span.of(text) == m.text for e in made for m in e.mentions)
    for entity in made:
        assert " ".join(entity.name_span.of(text).split()) == entity.name
        assert all(d.span.of(text) == d.text for d in entity.descriptions)
        starts = [m.span.start_char for m in entity.mentions]
        assert starts == sorted(starts)
    first = [e.mentions[0].span.start_char for e in made]
    assert first == sorted(first)
    assert make_entities(ARTICLE, page, found) == made
