"""Claims of a draft: every quotation is one, whoever says it; spans are exact, and order is the draft's."""

from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Span
from onrecord.verifier.claims import find_claims, read_claims
from tests.factories import make_entity, make_mention, make_statement, span_of


def lines_of(text):
    bounds, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            bounds.append((at, at + len(line)))
        at += len(line) + 1
    return bounds


def claims_of(text, *statements, entities=(), block_quotes=()):
    parts = SimpleNamespace(statements=statements, entities=entities)
    found = read_claims(parts, text, lines_of(text), block_quotes=block_quotes)
    for claim in found.claims:
        assert claim.words == tuple(span.of(text) for span in claim.spans)
    return found


def words_of(text, *statements, **given):
    return [claim.words for claim in claims_of(text, *statements, **given).claims]


def test_a_quotation_parted_by_its_source_is_one_claim_of_two_spans():
    text = "“We did not close it,” Vance said, “and we never will.”"
    statement = make_statement(
        text, ["“We did not close it,”", "“and we never will.”"], cue="said", source="Vance", form="direct"
    )
    (claim,) = claims_of(text, statement).claims
    assert claim.words == ("We did not close it,", "and we never will.")
    assert (claim.form, claim.source, claim.speaker) == ("direct", "Vance", "Vance")


def test_words_are_those_in_the_marks_where_the_statement_has_ragged_edges():
    text = "“We did not close the lock on Monday,” Vance said."
    statement = make_statement(text, ["did not close the lock on"], cue="said", source="Vance", form="direct")
    assert words_of(text, statement) == [("We did not close the lock on Monday,",)]


def test_each_quotation_of_a_mixed_statement_is_a_claim_of_its_speaker():
    text = "Vance said the lock was “closed for good” and the town “could go and dig”."
    content = "the lock was “closed for good” and the town “could go and dig”"
    statement = make_statement(text, [content], cue="said", source="Vance", form="mixed")
    found = claims_of(text, statement).claims
    assert [c.words for c in found] == [("closed for good",), ("could go and dig",)]
    assert {c.speaker for c in found} == {"Vance"}


@pytest.mark.parametrize(
    ("mode", "count"), [("said", 1), ("wrote", 1), ("thinks", 0), ("wants", 0), (None, 0)]
)
def test_a_claim_in_the_drafts_own_words_is_one_where_it_was_said_or_written(mode, count):
    text = "Vance said that the lock was closed."
    statement = make_statement(
        text, ["that the lock was closed"], cue="said", source="Vance", form="indirect", mode=mode
    )
    found = claims_of(text, statement).claims
    assert [c.form for c in found] == ["indirect"] * count


def test_a_quotation_that_no_statement_covers_is_a_claim_of_nobody():
    found = claims_of("“We did not close it.” The river rose.")
    assert [(c.words, c.speaker) for c in found.claims] == [(("We did not close it.",), None)]


def test_scare_quotes_are_a_note_and_no_claim():
    found = claims_of("The “missing” plan had a “happy end”.")
    assert found.claims == ()
    assert any("“missing”, “happy end”" in note for note in found.notes)


def test_two_words_that_somebody_says_are_a_claim():
    text = "Vance called it “a disgrace”."
    statement = make_statement(text, ["it “a disgrace”"], cue="called", source="Vance", form="mixed")
    assert words_of(text, statement) == [("a disgrace",)]


def test_a_title_of_a_work_is_a_note_and_no_claim():
    found = claims_of("They sang “The Keeper of Tolvay”.")
    assert found.claims == ()
    assert any("titles: “The Keeper of Tolvay”" in note for note in found.notes)


def test_a_short_sentence_in_marks_is_no_title():
    assert words_of("“No Sir Never!” it echoed.") == [("No Sir Never!",)]


def test_a_quotation_over_paragraphs_is_one_claim():
    text = "“We did not close it.\n\n“We never will.\n\n“Never,” Vance said."
    contents = ["“We did not close it.\n\n“We never will.\n\n“Never,”"]
    statement = make_statement(text, contents, cue="said", source="Vance", form="direct")
    assert words_of(text, statement) == [("We did not close it.", "We never will.", "Never,")]


def test_a_quotation_over_paragraphs_is_one_claim_without_a_statement_too():
    assert words_of("“We did not close it.\n\n“We never will.”") == [
        ("We did not close it.", "We never will.")
    ]


def test_a_quotation_that_nothing_closes_ends_with_its_paragraph_and_is_noted():
    found = claims_of("“We did not close it.\n\nVance left.")
    assert [c.words for c in found.claims] == [("We did not close it.",)]
    assert any(note.startswith("Not closed by a mark") for note in found.notes)


def test_an_unclosed_quotation_reaches_as_far_as_its_statement():
    text = "“We did not close it, said Vance, who left."
    statement = make_statement(text, ["We did not close it"], cue="said", source="Vance", form="direct")
    assert words_of(text, statement) == [("We did not close it",)]


def test_the_inner_of_two_statements_round_one_quotation_is_its_own():
    text = "The Lantern reported that Vance said: “We did not close it.”"
    outer = make_statement(
        text, ["that Vance said: “We did not close it.”"], cue="reported", source="The Lantern", form="mixed"
    )
    inner = make_statement(text, ["“We did not close it.”"], cue="said", source="Vance", form="direct")
    assert [c.speaker for c in claims_of(text, outer, inner).claims] == ["Vance"]


def test_what_is_said_within_a_quotation_is_part_of_it():
    text = "“The mayor told us that he would never ever close it,” Vance said."
    outer = make_statement(
        text,
        ["“The mayor told us that he would never ever close it,”"],
        cue="said",
        source="Vance",
        form="direct",
    )
    inner = make_statement(
        text, ["that he would never ever close it"], cue="told", source="The mayor", form="direct"
    )
    (claim,) = claims_of(text, outer, inner).claims
    assert (claim.speaker, claim.words) == (
        "Vance",
        ("The mayor told us that he would never ever close it,",),
    )


def test_a_speaker_who_is_only_described_has_no_name():
    text = "“We did not close it,” the warden said."
    statement = make_statement(
        text, ["“We did not close it,”"], cue="said", source="the warden", form="direct"
    )
    warden = make_entity(text, statement.speaker.path, named=False)
    (claim,) = claims_of(text, statement, entities=(warden,)).claims
    assert (claim.source, claim.speaker) == ("the warden", None)


def test_a_speaker_is_called_by_the_fullest_name_of_the_draft():
    text = "Mira Vance came. “We did not close it,” she said."
    mentions = [
        make_mention(text, span_of(text, "Mira Vance")),
        make_mention(text, span_of(text, "she"), form="pronoun"),
    ]
    entity = make_entity(text, mentions)
    statement = make_statement(text, ["“We did not close it,”"], cue="said", source="she", form="direct")
    speaker = type(statement.speaker)(
        entity_id=entity.entity_id, name=entity.name, path=tuple(mentions), origin=entity.origin
    )
    statement = make_statement(
        text, ["“We did not close it,”"], cue="said", source="she", form="direct", speaker=speaker
    )
    (claim,) = claims_of(text, statement, entities=(entity,)).claims
    assert (claim.source, claim.speaker) == ("she", "Mira Vance")


def test_a_block_quotation_is_a_claim_and_a_word_in_marks_in_it_is_not():
    text = "Vance wrote:\n\nThe ‘missing’ plan is in the archive of the lock.\n\n— Mira Vance"
    block = (
        span_of(text, "The ‘missing’ plan is in the archive of the lock."),
        span_of(text, "— Mira Vance"),
    )
    assert words_of(text, block_quotes=[block]) == [("The ‘missing’ plan is in the archive of the lock.",)]


def test_a_block_quotation_in_marks_is_told_once_and_without_them():
    text = "Vance wrote:\n\n“The plan is in the archive.”"
    assert words_of(text, block_quotes=[(span_of(text, "“The plan is in the archive.”"),)]) == [
        ("The plan is in the archive.",)
    ]


def test_claims_are_in_the_order_of_the_draft():
    text = "“One two three,” it said. Vance said that it closed. “Four five six,” Vance said."
    later = make_statement(text, ["“Four five six,”"], cue="said", source="Vance", form="direct")
    indirect = make_statement(text, ["that it closed"], cue="said", source="Vance", form="indirect")
    assert words_of(text, later, indirect) == [("One two three,",), ("that it closed",), ("Four five six,",)]


def test_claims_alone_are_the_claims_with_notes():
    text, parts = "“We did not close it.”", SimpleNamespace(statements=(), entities=())
    assert find_claims(parts, text, lines_of(text)) == read_claims(parts, text, lines_of(text)).claims


@given(st.text(alphabet="ab“”\"'‘’„«» .\n—", max_size=80))
def test_no_quotation_is_lost_and_no_span_strays_whatever_the_marks(text):
    paragraphs = lines_of(text)
    parts = SimpleNamespace(statements=(), entities=())
    found = find_claims(parts, text, paragraphs)
    assert all(0 <= s.start_char < s.end_char <= len(text) for c in found for s in c.spans)
    assert list(found) == sorted(found, key=lambda c: c.spans)
    taken: list[Span] = sorted(span for claim in found for span in claim.spans)
    assert all(not a.overlaps(b) for a, b in pairwise(taken))


@pytest.mark.parametrize("cue", ["denied", "did not say", "declined to say", "didn't say", "never said"])
def test_what_somebody_is_said_to_deny_is_a_note_and_no_claim(cue):
    text = f"Vance {cue} that the lock was closed."
    statement = make_statement(text, ["that the lock was closed"], cue=cue, source="Vance", form="indirect")
    found = claims_of(text, statement)
    assert found.claims == ()
    assert any("denied or left unsaid: “that the lock was closed”" in note for note in found.notes)


def test_a_quotation_that_somebody_denies_with_is_a_claim():
    text = "Vance denied the charge: “We did not close it.”"
    statement = make_statement(text, ["“We did not close it.”"], cue="denied", source="Vance", form="direct")
    assert words_of(text, statement) == [("We did not close it.",)]


def test_a_word_or_two_in_the_drafts_own_words_are_a_note_and_no_claim():
    text = "Vance asked for patience."
    statement = make_statement(text, ["patience"], cue="asked", source="Vance", form="indirect")
    found = claims_of(text, statement)
    assert found.claims == ()
    assert any("own words: “patience”" in note for note in found.notes)


def test_many_notes_name_the_first_and_count_the_rest():
    found = claims_of(" ".join(f"The “thing{n}”." for n in range(20)))
    assert any("“thing11” and 8 more" in note for note in found.notes)


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("“We did not,” said Mr. Vance, “and never will.”", 1),
        ("“No!” said Vance, “we did not.”", 1),
        ("“We did not,” said Vance. “We never will.”", 2),
        ("“We did not.” “We never will,” said Vance.", 2),
        ("“We did not,” said Vance,\n“and never will.”", 2),
    ],
)
def test_a_sentence_that_ends_between_two_quotations_parts_them(text, count):
    contents = [part + "”" for part in text.split("”")[:-1]]
    contents = [content[content.index("“") :] for content in contents]
    statement = make_statement(text, contents, cue="said", source="Vance", form="direct")
    found = claims_of(text, statement).claims
    assert len(found) == count
    assert {claim.speaker for claim in found} == {"Vance"}
