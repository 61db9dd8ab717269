"""The markings of a record: what is labelled, what is linked to what, and nothing of what was rejected."""

import dataclasses

import pytest

from onrecord.export.markings import ATTRIBUTES, LABELS, LINKS, join_spans, list_markings
from onrecord.record import Judged, Span
from tests.bridge import TEXT, make_record
from tests.export.entries import make_entries, make_judged
from tests.factories import make_small_record, make_speaker, make_statement


def words_of(markings, place: int) -> list[str]:
    return [span.of(TEXT) for span in markings.listed[place].spans]


def linked(markings, kind: str) -> list[tuple[list[str], list[str]]]:
    return [
        (words_of(markings, one.tail), words_of(markings, one.head))
        for one in markings.links
        if one.kind == kind
    ]


@pytest.fixture
def markings():
    return list_markings(Judged(record=make_record()))


def test_a_cue_leads_to_its_content_and_to_its_source(markings):
    frost = ["“We will not open it before the frost,”", "“Not with these cables.”"]
    assert (["told"], frost) in linked(markings, "CueContent")
    assert (["told"], ["Mira Vance"]) in linked(markings, "CueSource")


def test_a_pronoun_leads_to_the_mention_that_names_the_speaker(markings):
    assert (["She"], ["Mira Vance"]) in linked(markings, "SourceSpeaker")


def test_one_speaker_named_at_one_place_is_marked_once(markings):
    named = [one.spans for one in markings.listed if one.label == "Speaker"]
    assert len(named) == len(set(named))


def test_a_statement_leads_to_its_hops_its_time_and_its_place(markings):
    assert (["The bill has doubled since winter"], ["a report"]) in linked(markings, "ContentVia")
    assert linked(markings, "SaidAt") == [(["“They never asked us,”"], ["earlier in May"])]
    assert linked(markings, "SaidIn") == [(["“They never asked us,”"], ["Beltown"])]


def test_a_statement_within_another_leads_to_it(markings):
    assert ["“a safe crossing”"] in [inner for inner, _ in linked(markings, "Within")]


def test_a_statement_without_a_source_has_none(markings):
    tolls = next(
        i for i, one in enumerate(markings.listed) if words_of(markings, i)[0].startswith("The tolls")
    )
    kinds = [one.kind for one in markings.links if tolls in (one.tail, one.head)]
    assert kinds == ["CueContent"]
    assert "speaker unknown: the sentence names nobody" in markings.listed[tolls].note


def test_without_a_cue_the_content_leads_to_the_source():
    text = "Mira Vance: no comment."
    statement = make_statement(text, ["no comment"], cue=None, source="Mira Vance")
    found = list_markings(Judged(record=make_small_record(text, [statement])))
    assert [one.kind for one in found.links] == ["ContentSource", "SourceSpeaker"]


def test_without_a_source_the_content_leads_to_the_speaker():
    text = "Mira Vance came. “No comment.”"
    speaker = make_speaker(text, Span(start_char=0, end_char=10))
    statement = make_statement(text, ["“No comment.”"], cue=None, source=None, speaker=speaker)
    found = list_markings(Judged(record=make_small_record(text, [statement])))
    assert [one.kind for one in found.links] == ["ContentSpeaker"]


def test_a_speaker_whom_a_person_chose_is_marked_where_the_entity_is_named():
    text = "Mira Vance came. “No comment,” she said."
    statement = make_statement(text, ["“No comment,”"], cue="said", source="she")
    speaker = make_speaker(text, Span(start_char=0, end_char=10))
    record = make_small_record(text, [dataclasses.replace(statement, speaker=speaker)])
    chosen = dataclasses.replace(statement, speaker=dataclasses.replace(speaker, path=()))
    found = list_markings(Judged(record=dataclasses.replace(record, statements=(chosen,))))
    assert [one.spans[0].of(text) for one in found.listed if one.label == "Speaker"] == ["Mira Vance"]


def test_what_people_judged_is_told_and_what_they_rejected_is_gone():
    judged = make_judged()
    found = list_markings(judged)
    contents = [one for one in found.listed if one.label == "Content"]
    assert [dict(one.attributes).get("Status") for one in contents].count("accepted") == 1
    assert "accepted by Ada Quill at 2031-06-01" in contents[0].note
    assert judged.rejected[0].statement_id not in {one.statement_id for one in found.listed}


def test_only_what_the_settings_of_the_tools_name_is_used():
    for judged in make_entries():
        found = list_markings(judged)
        for one in found.listed:
            assert one.label in LABELS
            assert all(v in ATTRIBUTES[n][1] and ATTRIBUTES[n][0] == one.label for n, v in one.attributes)
        for link in found.links:
            assert (found.listed[link.tail].label, found.listed[link.head].label) == LINKS[link.kind]


def test_spans_that_overlap_or_touch_become_one():
    spans = [Span(start_char=a, end_char=b) for a, b in ((8, 9), (0, 3), (2, 5), (5, 6))]
    assert join_spans(spans) == (Span(start_char=0, end_char=6), Span(start_char=8, end_char=9))
