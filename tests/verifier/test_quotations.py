"""Quotations of a draft get the verdict that a careful editor would give, and a reason that says why."""

import pytest

from onrecord.record import Hit
from onrecord.verifier import FAILING
from tests.verifier.shelves import judge, make_passage, make_quoted

FROST = "“We will not open it before the frost, and twelve boats will wait at Port Tessaly,”"
CABLES = "“Not with these cables.”"
RIVER = "“The river does not read our plans. It never did. And it will not start now, whatever Pell may say,”"
TEXT = (
    f"Mira Vance opened the bridge on Monday.\n\n{FROST} Mira Vance told the Lantern. {CABLES} She added "
    f"that the tolls would rise by a third of what they are.\n\n{RIVER} wrote Ilse Corran, the engineer.\n\n"
    "The harbour master called the works “a disgrace” and said that nobody had asked the crews about it.\n\n"
    "“Do you want us to drown?” asked Odo Lind, “or shall we swim?”"
)
TOLLS = "that the tolls would rise by a third of what they are"
ARTICLE = make_passage(
    TEXT,
    ("Mira Vance", (FROST, CABLES)),
    ("Mira Vance", TOLLS),
    ("Ilse Corran", RIVER),
    ("The harbour master", "“a disgrace”"),
    ("The harbour master", "that nobody had asked the crews about it"),
    ("Odo Lind", ("“Do you want us to drown?”", "“or shall we swim?”")),
)
HELD = [ARTICLE]
SPELLING = "marks/spelling-of-number-or-compound"


@pytest.mark.parametrize(
    "words",
    [
        "We will not open it before the frost, and twelve boats will wait at Port Tessaly",
        "We will not open it before the frost, and twelve boats will wait at Port Tessaly.",
        "We will not open it before the frost",
        "We will not\u00a0open it  before the\nfrost",
        "We will not open it be\u00adfore the frost",
    ],
)
def test_words_held_to_the_letter_are_exact(words: str):
    verdict = judge(words, held=HELD)
    assert (verdict.kind, verdict.rule, verdict.changes) == ("exact", "exact/same-characters", ())


def test_the_reason_says_that_the_quotation_held_is_longer():
    assert "the quotation there is longer" in judge("We will not open it before the frost", held=HELD).reason
    whole = judge(
        "The river does not read our plans", held=[make_passage("“The river does not read our plans.”")]
    )
    assert "longer" not in whole.reason


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("we will not open it before the frost", "marks/case"),
        ("We will not open it before the frost — and twelve boats will wait", "marks/punctuation"),
        (
            "We will not open it before the frost, and 12 boats will wait",
            "marks/spelling-of-number-or-compound",
        ),
        ("Do you want us to drown", "marks/question"),
    ],
)
def test_the_same_words_in_other_marks_are_called_so(words: str, rule: str):
    verdict = judge(words, held=HELD, speaker=None)
    assert (verdict.kind, verdict.rule) == ("marks", rule)


def test_the_kind_of_quotation_mark_within_does_not_count():
    held = make_quoted("They call it ‘the king’s bridge’ here")
    assert judge('They call it "the king\'s bridge" here', held=[held]).kind == "exact"


def test_ligatures_and_accents_written_apart_are_the_same_words():
    held = make_quoted("The ﬁrst cafe\u0301 will close on Monday")
    assert judge("The first café will close on Monday", held=[held]).kind in ("exact", "marks")


@pytest.mark.parametrize("sign", ["…", "...", ". . .", "[...]", "(…)", "[…]"])
def test_words_left_out_with_a_sign_are_a_marked_trim(sign: str):
    verdict = judge(f"We will not open it {sign} and twelve boats will wait", held=HELD)
    assert (verdict.kind, verdict.trim_marked) == ("trimmed", True)
    assert [change.held for change in verdict.changes] == ["before the frost"]


def test_words_left_out_silently_are_an_unmarked_trim():
    verdict = judge("We will not open it, and twelve boats will wait", held=HELD)
    assert (verdict.kind, verdict.trim_marked) == ("trimmed", False)
    assert "without a sign: “before the frost”" in verdict.reason


def test_a_negation_cut_off_at_the_edge_is_flagged():
    verdict = judge("open it before the frost", held=HELD)
    assert (verdict.kind, verdict.rule, verdict.flags) == ("trimmed", "trimmed/sense-cut-off", ("negation",))
    assert [change.held for change in verdict.changes] == ["not"]


def test_a_negation_that_the_draft_says_before_its_marks_is_not_missed():
    verdict = judge("open it before the frost", held=HELD, around="Vance would not {}, she said.")
    assert verdict.kind == "exact"


@pytest.mark.parametrize("cut", ["I will resign as chair of the board", "the ferry sinks I will resign"])
def test_a_condition_cut_off_is_flagged(cut: str):
    held = make_quoted("If the ferry sinks I will resign as chair of the board")
    assert judge(cut, held=[held]).flags == ("condition",)


def test_a_number_cut_in_two_is_flagged():
    held = make_quoted("It cost us two hundred boats and a ferry")
    assert judge("hundred boats and a ferry", held=[held]).flags == ("number",)


def test_a_quotation_that_the_reporter_interrupts_is_one():
    assert judge("twelve boats will wait at Port Tessaly, not with these cables", held=HELD).kind == "marks"
    assert judge("twelve boats will wait at Port Tessaly", "Not with these cables", held=HELD).kind == "exact"


def test_parts_of_two_statements_are_a_splice():
    verdict = judge("We will not open it before the frost. The river does not read our plans", held=HELD)
    assert (verdict.kind, verdict.rule) == ("spliced", "spliced/within-article")


def test_parts_of_two_statements_in_the_wrong_order_are_a_splice():
    verdict = judge("The river does not read our plans, we will not open it before the frost", held=HELD)
    assert verdict.kind == "spliced"
    assert "different speakers: Ilse Corran and Mira Vance" in verdict.reason


def test_parts_of_two_articles_are_a_splice_with_both_as_evidence():
    other = make_quoted("The ferry shall sail on every day of the week")
    verdict = judge(
        "We will not open it before the frost, the ferry shall sail on every day", held=[ARTICLE, other]
    )
    assert (verdict.kind, verdict.rule) == ("spliced", "spliced/across-articles")
    assert [e.article_id for e in verdict.evidence] == [ARTICLE.article_id, other.article_id]


def test_whole_sentences_left_out_silently_are_a_splice_and_with_a_sign_a_trim():
    silent = "The river does not read our plans. And it will not start now"
    assert judge(silent, held=HELD, speaker="Ilse Corran").kind == "spliced"
    assert judge(silent.replace(".", " …"), held=HELD, speaker="Ilse Corran").kind == "trimmed"


@pytest.mark.parametrize(
    ("words", "flag"),
    [
        ("We will open it before the frost", "negation"),
        ("We won't open it before the frost", None),
        ("We will not open it before the frost, and twenty boats will wait", "number"),
        ("We will not open it before the frost, and twelve thousand boats will wait", "number"),
        ("We would not open it before the frost", "modal"),
        ("and twelve boats will wait at Port Lorn", "name"),
        ("and twelve boats will not wait at Port Tessaly", "negation"),
        ("We will not open it unless the frost comes", "condition"),
        ("We will not close it before the frost", None),
        ("We … open it before the frost", "negation"),
    ],
)
def test_other_words_are_altered_and_what_turns_the_sense_is_flagged(words: str, flag: str | None):
    verdict = judge(words, held=HELD)
    assert verdict.kind == "altered"
    assert flag in verdict.flags if flag else verdict.flags in ((), ("negation",), ("modal",))


def test_a_change_tells_where_both_sides_stand():
    claim_words = "We will not close it before the frost"
    verdict = judge(claim_words, held=HELD)
    change = verdict.changes[0]
    assert (change.kind, change.draft, change.held) == ("replaced", "close", "open")
    assert change.held_span is not None
    assert change.held_span.of(TEXT) == "open"
    assert change.draft_span is not None
    assert change.draft_span.of(f"“{claim_words}”") == "close"
    assert "“close” stands for “open”" in verdict.reason


@pytest.mark.parametrize(
    ("one", "other"), [("possible", "impossible"), ("careful", "careless"), ("fair", "unfair")]
)
def test_a_negation_grown_onto_a_word_is_flagged(one: str, other: str):
    held = make_quoted(f"The repair of the pier is {one} this year")
    assert judge(f"The repair of the pier is {other} this year", held=[held]).flags == ("negation",)


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ("$5 million", "five million dollars"),
        ("24", "twenty-four"),
        ("5%", "five per cent"),
        ("5m", "5,000,000"),
    ],
)
def test_a_number_written_another_way_is_no_alteration(ours: str, theirs: str):
    held = make_quoted(f"The works cost us {theirs} in a year")
    assert judge(f"The works cost us {ours} in a year", held=[held]).kind == "marks"


def test_another_unit_is_another_number():
    held = make_quoted("It is twelve miles to the harbour light")
    assert judge("It is twelve metres to the harbour light", held=[held]).flags == ("number",)


def test_an_insertion_in_brackets_is_listed_and_not_altered():
    verdict = judge("We will not open [the bridge] before the frost", held=HELD)
    assert (verdict.kind, verdict.trim_marked) == ("trimmed", True)
    assert ("inserted", "[the bridge]") in [(change.kind, change.draft) for change in verdict.changes]


def test_a_negation_in_brackets_is_altered():
    assert judge("twelve boats will [not] wait at Port Tessaly", held=HELD).kind == "altered"


def test_brackets_that_the_record_has_too_are_exact():
    held = make_quoted("They gave us [the crews] nothing at all")
    assert judge("They gave us [the crews] nothing at all", held=[held]).kind == "exact"


def test_a_letter_changed_in_brackets_is_marks_alone():
    assert judge("[T]welve boats will wait at Port Tessaly", held=HELD).kind == "marks"


def test_right_words_of_another_speaker_are_misattributed():
    verdict = judge("The river does not read our plans", held=HELD, speaker="Mira Vance")
    assert verdict.kind == "misattributed"
    assert "of Ilse Corran, not of Mira Vance" in verdict.reason


def test_a_place_that_was_found_in_two_ways_is_shown_once():
    verdict = judge("The river does not read our plans", held=HELD, speaker="Mira Vance")
    assert [one.words for one in verdict.evidence] == [("The river does not read our plans",)]


def test_two_places_of_one_article_are_both_shown():
    twice = make_passage(
        "“The river does not read our plans,” said Bo Lind. At noon he said it again: “The river does not "
        "read our plans,” said Bo Lind.",
        ("Bo Lind", "“The river does not read our plans,”"),
    )
    verdict = judge("The river does not read our plans", held=[twice], speaker="Bo Lind")
    assert len({one.spans for one in verdict.evidence}) == len(verdict.evidence) == 2


@pytest.mark.parametrize(
    "name", ["Ms Corran", "Corran", "Engineer Ilse Corran", "ILSE CORRAN", "Ilse Córran"]
)
def test_names_are_compared_as_people_write_them(name: str):
    assert judge("The river does not read our plans", held=HELD, speaker=name).kind == "exact"


@pytest.mark.parametrize("name", [None, "she", "the engineer"])
def test_whoever_is_not_named_is_not_another(name: str | None):
    verdict = judge("The river does not read our plans", held=HELD, speaker=name)
    assert verdict.kind == "exact"
    assert "compare" in verdict.reason


def test_one_article_with_the_right_speaker_is_enough_and_the_others_are_told():
    other = make_passage(
        "“The river does not read our plans,” said Bo Lind.",
        ("Bo Lind", "“The river does not read our plans,”"),
        published="2031-05-01",
    )
    verdict = judge("The river does not read our plans", held=[other, ARTICLE], speaker="Ilse Corran")
    assert (verdict.kind, verdict.evidence[0].speaker) == ("exact", "Ilse Corran")
    assert "Elsewhere the record has them of Bo Lind" in verdict.reason


def test_words_of_nobody_known_do_not_excuse_a_wrong_name():
    other = make_passage("“The river does not read our plans,” it was said.", published="2031-05-01")
    assert judge("The river does not read our plans", held=[other, ARTICLE]).kind == "misattributed"


def test_reported_speech_in_quotation_marks_is_indirect():
    verdict = judge("the tolls would rise by a third of what they are", held=HELD)
    assert (verdict.kind, verdict.rule, verdict.evidence[0].form) == (
        "indirect",
        "indirect/unquoted",
        "indirect",
    )


def test_a_quotation_with_words_of_the_reporter_is_indirect_in_part():
    verdict = judge("called the works a disgrace", held=HELD, speaker=None)
    assert (verdict.kind, verdict.rule) == ("indirect", "indirect/partly")


def test_quotations_are_found_whether_or_not_they_were_extracted():
    assert judge("Do you want us to drown?", held=[make_passage(TEXT)], speaker=None).kind == "exact"


def test_nothing_near_is_not_found():
    verdict = judge("Cats sleep on the warm roofs of the market all day", held=HELD)
    assert (verdict.kind, verdict.evidence, verdict.fails) == ("not_found", (), True)


def test_a_few_words_count_only_to_the_letter():
    assert judge("a disgrace", held=HELD, speaker="the harbour master").kind == "exact"
    assert judge("a disaster", held=HELD, speaker="the harbour master").rule == "not_found/too-short"


def test_a_few_words_of_another_speaker_are_not_found():
    verdict = judge("twelve boats", held=HELD, speaker="Ilse Corran")
    assert (verdict.kind, verdict.rule) == ("not_found", "not_found/too-short")
    assert "Mira Vance is quoted with them" in verdict.reason


def test_who_reported_first_comes_first_among_equals():
    days = ["2031-05-04", None, "2031-05-01"]
    held = [make_passage(TEXT, ("Ilse Corran", RIVER), published=day) for day in days]
    verdict = judge("The river does not read our plans", held=held, speaker="Corran")
    assert [e.published for e in verdict.evidence] == ["2031-05-01", "2031-05-04", None]


def test_evidence_points_at_the_words_with_what_stands_around():
    (evidence,) = judge("Not with these cables", held=HELD).evidence
    assert [span.of(TEXT) for span in evidence.spans] == list(evidence.words) == ["Not with these cables"]
    assert TEXT[: evidence.spans[0].start_char].endswith(evidence.before)
    assert TEXT[evidence.spans[-1].end_char :].startswith(evidence.after)


def test_evidence_carries_the_statement_and_its_link():
    hit: Hit = ARTICLE.statements[0]
    (evidence,) = judge("Not with these cables", held=HELD).evidence
    assert (evidence.statement_id, evidence.person_id) == (hit.statement_id, hit.person_id)
    assert evidence.link == hit.link


def test_only_what_is_wrong_fails():
    assert {"altered", "misattributed", "not_found"} == FAILING
    assert not judge("Not with these cables", held=HELD).fails
    assert judge("Not with those cables", held=HELD).fails


def test_the_nearest_of_two_places_with_the_same_words_is_taken():
    text = (
        "“They keep the details of her medical treatment under wraps,” said Mira Vance. Before it opened, "
        "the paper asked the clinic to keep the details of her stay and her treatment under wraps, too."
    )
    said = "“They keep the details of her medical treatment under wraps,”"
    verdict = judge(
        "keep the details of her … treatment under wraps", held=[make_passage(text, ("Mira Vance", said))]
    )
    assert (verdict.kind, [change.held for change in verdict.changes]) == ("trimmed", ["medical"])


@pytest.mark.parametrize(
    "cut", ["million to the ferry crews of Tolvay", "5 million to the ferry crews of Tolvay"]
)
def test_a_cut_through_a_sum_of_money_is_no_alteration(cut: str):
    held = make_quoted("We will pay $5 million to the ferry crews of Tolvay")
    assert judge(cut, held=[held]).kind in ("exact", "trimmed", "marks")


@pytest.mark.parametrize("words", ["any chance of losing … the moment", "any chance of losing the … moment"])
def test_a_word_on_both_sides_of_an_omission_may_be_the_one_before_or_behind_it(words: str):
    held = make_quoted("They disagree about any chance of losing the Tolvay ferry and the moment")
    verdict = judge(words, held=[held])
    assert (verdict.kind, verdict.trim_marked) == ("trimmed", True)
