"""Claims in a draft's own words are held against what their speaker is reported to have said."""

import pytest

from onrecord.verifier import verify_claims
from tests.verifier.shelves import Shelf, judge, make_claim, make_passage

TEXT = (
    "Mira Vance said that the bridge would not open before the frost because 24 cables were worn.\n\n"
    "Ilse Corran said the ferry may sail on Sunday if the crews agree to it."
)
HELD = [
    make_passage(
        TEXT,
        ("Mira Vance", "that the bridge would not open before the frost because 24 cables were worn"),
        ("Ilse Corran", "the ferry may sail on Sunday if the crews agree to it"),
    )
]


def judge_claim(words: str, speaker: str | None = "Mira Vance"):
    return judge(words, held=HELD, speaker=speaker, form="indirect")


def test_a_claim_that_says_the_like_is_a_paraphrase():
    assert judge_claim("with 24 worn cables the bridge would not open before frost").kind == "paraphrased"


@pytest.mark.parametrize(
    ("words", "speaker", "flag"),
    [
        ("the bridge would open before the frost although cables were worn", "Mira Vance", "negation"),
        ("the bridge would not open before the frost because 30 cables were worn", "Mira Vance", "number"),
        ("the ferry will sail on Sunday if the crews agree to it", "Ilse Corran", "modal"),
        ("the ferry may sail on Sunday, the crews agree to it", "Ilse Corran", "condition"),
    ],
)
def test_a_claim_that_turns_the_statement_is_altered(words: str, speaker: str, flag: str):
    verdict = judge_claim(words, speaker)
    assert (verdict.kind, verdict.rule, verdict.flags) == ("altered", "altered/claim-turned", (flag,))


def test_the_shift_of_reported_speech_turns_nothing():
    assert judge_claim("the ferry might sail on Sunday if crews agree", "Ilse Corran").kind == "paraphrased"


def test_the_same_of_another_speaker_is_misattributed():
    verdict = judge_claim("the ferry may sail on Sunday if the crews agree to it", "Mira Vance")
    assert (verdict.kind, verdict.rule) == ("misattributed", "misattributed/like-of-another")


def test_what_nobody_said_is_not_found():
    assert judge_claim("cats sleep on warm roofs of the market").kind == "not_found"


def test_a_draft_without_quotations_says_so():
    report = verify_claims([], Shelf(), draft="a.md", text="Nothing.")
    assert (report.notes, report.verdicts, report.fails) == (("The draft holds no quotation.",), (), False)


def test_quotations_without_a_name_are_counted_in_a_note():
    claim, text = make_claim("The ferry sails at noon today", speaker="she")
    (note,) = verify_claims([claim, claim], Shelf(*HELD), draft="a.md", text=text).notes
    assert note.startswith("2 quotations of the draft have no speaker's name")


def test_verdicts_come_in_the_order_of_the_claims():
    claims = [make_claim(words)[0] for words in ("first words of this", "second words of that")]
    report = verify_claims(claims, Shelf(*HELD), draft="a.md", text="“first words of this”")
    assert [verdict.claim for verdict in report.verdicts] == claims
