"""Judgements laid over a record that was read anew: what finds its statement again, and what does not."""

import dataclasses

import pytest

from onrecord.record import Record, Span, Target, lay_over, statement_id_of
from onrecord.record.references import broken_references
from tests.factories import make_article, make_capture, make_entity, make_mention, make_statement, span_of
from tests.record.judging import correct, judge, split

OLD = "“It will hold,” Mira Vance said. Ilse Corran doubted it. “It will not,” she said."
# What a later reader made of the same bytes: a caption that it leaves out no more.
NEW = "The old bridge.\n\n" + OLD


def read(text, statements, names=("Mira Vance", "Ilse Corran")):
    """A record of a text, of the capture that is OLD."""
    article = dataclasses.replace(make_article([("paragraph", text)]))
    mentions = [make_mention(text, span_of(text, name)) for name in names]
    mentions += [one.speaker.path[0] for one in statements if one.speaker]
    entities = tuple(make_entity(text, [mention]) for mention in dict.fromkeys(mentions))
    return Record(capture=make_capture(OLD), article=article, statements=tuple(statements), entities=entities)


def hold(text, words="“It will hold,”", source="Mira Vance", **fields):
    return make_statement(text, [words], cue="said", source=source, form="direct", **fields)


def lay(record, *judgements):
    judged = lay_over(record, judgements)
    assert list(broken_references(judged.record)) == []
    return judged


BEFORE = read(OLD, [hold(OLD)])
STATEMENT = BEFORE.statements[0]


def test_a_rejection_finds_the_statement_whose_cue_is_read_otherwise():
    again = read(OLD, [hold(OLD, source=None)])
    assert again.statements[0].statement_id != STATEMENT.statement_id
    assert lay(again, judge("reject", BEFORE, STATEMENT)).record.statements == ()


def test_a_rejection_finds_the_statement_whose_marks_are_read_otherwise():
    again = read(OLD, [hold(OLD, words="It will hold,")])
    assert lay(again, judge("reject", BEFORE, STATEMENT)).rejected == again.statements


def test_a_correction_finds_its_statement_in_another_text_of_the_capture():
    again = read(NEW, [hold(NEW)])
    found = lay(again, correct(BEFORE, STATEMENT, "content", "It will hold")).record.statements[0]
    assert [span.of(NEW) for span in found.content] == ["It will hold"]


def test_a_corrected_speaker_is_found_again_by_the_name():
    corran = BEFORE.entities[1]
    change = correct(BEFORE, STATEMENT, "speaker", "Ilse Corran", value=corran.entity_id)
    found = lay(read(NEW, [hold(NEW)]), change).record.statements[0]
    assert found.speaker.name == "Ilse Corran"
    assert found.speaker.entity_id != corran.entity_id


def test_a_corrected_speaker_whom_the_new_reader_does_not_find_is_added():
    change = correct(BEFORE, STATEMENT, "speaker", "Ilse Corran", value=BEFORE.entities[1].entity_id)
    judged = lay(read(NEW, [hold(NEW)], names=["Mira Vance"]), change)
    assert [entity.name for entity in judged.record.entities] == ["Mira Vance", "Ilse Corran"]


def test_a_judgement_of_words_that_no_statement_says_any_more_is_unfit():
    again = read(NEW, [hold(NEW, words="“It will not,”")])
    judged = lay(again, judge("reject", BEFORE, STATEMENT))
    assert [one.reason for one in judged.unfit] == [
        "The article was read anew, and no statement of it says ““It will hold,””."
    ]
    assert judged.record == again


def test_a_judgement_of_words_that_the_text_has_no_more_is_unfit():
    again = read("Nothing is left.", [], names=())
    judged = lay(again, judge("reject", BEFORE, STATEMENT))
    assert [one.reason for one in judged.unfit] == [
        "The article was read anew, and its text has no ““It will hold,””."
    ]


def test_a_judgement_of_words_that_two_statements_say_is_unfit():
    twice = NEW + " “It will hold,” Ilse Corran said."
    again = read(twice, [hold(twice), hold(twice, source="Ilse Corran", after=len(NEW))])
    judged = lay(again, judge("reject", BEFORE, STATEMENT))
    assert len(judged.record.statements) == 2
    assert "2 statements of it say" in judged.unfit[0].reason


def test_the_same_words_elsewhere_in_the_same_text_are_another_statement():
    text = OLD + " “It will hold,” Ilse Corran said."
    before = read(text, [hold(text)])
    again = read(text, [hold(text, source="Ilse Corran", after=len(OLD))])
    assert len(lay(again, judge("reject", before, before.statements[0])).unfit) == 1


def test_a_content_that_the_new_reader_has_right_is_found_by_its_correction():
    change = correct(BEFORE, STATEMENT, "content", "It will hold,” Mira Vance said")
    doubt = correct(BEFORE, STATEMENT, "mode", value="thinks")
    again = read(NEW, [hold(NEW, words="It will hold,” Mira Vance said")])
    judged = lay(again, change, doubt)
    assert judged.unfit == ()
    assert judged.record.statements[0].mode == "thinks"


def test_an_acceptance_does_not_follow_to_another_speaker():
    pin = correct(BEFORE, STATEMENT, "speaker", "Mira Vance").correction
    again = read(NEW, [hold(NEW, source="Ilse Corran")])
    judged = lay(again, judge("accept", BEFORE, STATEMENT, correction=pin))
    assert judged.statuses == ()
    assert [one.reason for one in judged.unfit] == ["Its speaker was “Mira Vance”, and is “Ilse Corran” now."]


def test_words_that_stand_twice_near_are_not_guessed_at():
    text = OLD + " She said she said so."
    before = read(text, [hold(text)])
    change = correct(before, before.statements[0], "cue", "said", after=len(OLD))
    moved = "Late.\n\n" + text.replace("She said", "She now said")
    judged = lay(read(moved, [hold(moved)]), change)
    assert [one.reason for one in judged.unfit] == ["The words “said” stand 4 times in its text."]


def test_a_split_finds_its_entity_again():
    again = read(NEW, [hold(NEW)])
    judgement = split(BEFORE, BEFORE.entities[0])
    assert lay(again, judgement).person_ids != lay(again).person_ids
    persons = [{person for _, person in lay(one, judgement).person_ids} for one in (BEFORE, again)]
    assert persons[0] == persons[1]


def test_a_split_of_somebody_who_is_named_no_more_is_unfit():
    judged = lay(read(NEW, [], names=["Ilse Corran"]), split(BEFORE, BEFORE.entities[0]))
    assert [one.reason for one in judged.unfit] == ["Nobody whom the article names is “Mira Vance” now."]


@pytest.mark.parametrize(
    "spans", [(), (Span(start_char=0, end_char=10**9),), (Span(start_char=3, end_char=4),) * 2]
)
def test_spans_without_their_words_fit_nothing(spans):
    change = correct(BEFORE, STATEMENT, "cue", "said")
    odd = dataclasses.replace(change.correction, spans=spans or change.correction.spans, words=("  ",))
    judged = lay(BEFORE, dataclasses.replace(change, correction=odd))
    assert judged.record == BEFORE
    assert len(judged.unfit) == 1


def test_a_target_without_words_finds_no_statement_of_another_text():
    empty = Target(
        statement_id="statement-gone",
        article_id="article-old",
        capture_id=judge("reject", BEFORE, STATEMENT).target.capture_id,
        content=(),
        words=(),
    )
    assert len(lay(BEFORE, judge("reject", target=empty)).unfit) == 1


def test_a_statement_id_tells_by_spans_alone():
    """What the fits rest on: the same spans of the same article are the same statement to every reader."""
    own = statement_id_of(STATEMENT.article_id, STATEMENT.content, STATEMENT.cue, STATEMENT.source)
    assert own == STATEMENT.statement_id
