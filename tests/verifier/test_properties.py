"""What holds of every quotation: parts of one are never lost, changed words never pass, nothing is random."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.record import Passage, Span
from onrecord.verifier import Claim, verify_claims
from tests.verifier.shelves import Shelf, judge, make_claim, make_passage, make_quoted

SPEECH = (
    "the bridge will not open before winter because nobody asked Pell if twelve or forty boats could wait "
    "and never again should two hundred crews pay $5 million or 20 per cent unless Tolvay may"
)
WORDS = SPEECH.split()
QUOTATIONS = st.lists(st.sampled_from(WORDS), min_size=4, max_size=40)
SIGNS = "aB1 “”\"'’‘…[]().,-—\n\t\0\u200b\u00ad\ud800é%$*:^{}"
UGLY = st.text(st.sampled_from(SIGNS) | st.characters(), max_size=60)


def passage_of(words: list[str]) -> Passage:
    return make_quoted(" ".join(words))


@given(QUOTATIONS, st.data())
def test_words_in_a_row_of_a_quotation_are_never_altered_or_lost(words: list[str], data: st.DataObject):
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first + 1, len(words)))
    verdict = judge(" ".join(words[first:last]), held=[passage_of(words)])
    assert verdict.kind in ("exact", "marks", "trimmed")


@given(QUOTATIONS, st.data())
def test_a_word_replaced_is_never_exact(words: list[str], data: st.DataObject):
    place = data.draw(st.integers(0, len(words) - 1))
    other = [
        *words[:place],
        data.draw(st.sampled_from(["harbour", "yes", "Quill", "77", "must"])),
        *words[place + 1 :],
    ]
    assert judge(" ".join(other), held=[passage_of(words)]).kind not in (
        "exact",
        "marks",
        "trimmed",
        "misattributed",
    )


@given(QUOTATIONS.filter(lambda words: words.count("not") == 1 and words[0] != "not" and words[-1] != "not"))
def test_a_negation_lost_is_always_flagged(words: list[str]):
    kept = [word for word in words if word != "not"]
    verdict = judge(" ".join(kept), held=[passage_of(words)])
    assert verdict.kind not in ("exact", "marks")
    assert len(kept) <= 3 or "negation" in verdict.flags


@given(UGLY, UGLY, st.sampled_from(["direct", "indirect"]))
def test_no_words_are_too_ugly(words: str, held: str, form: str):
    passage = make_passage(
        held + "\n\n“We will not open it,” said Mira Vance.", ("Mira Vance", "“We will not open it,”")
    )
    verdict = judge(words, held=[passage], form=form)
    assert verdict.reason
    for evidence in verdict.evidence:
        assert [span.of(passage.text) for span in evidence.spans] == list(evidence.words)


@given(st.lists(QUOTATIONS, min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_the_passages_changes_nothing(many: list[list[str]], chance: random.Random):
    passages = [passage_of(words) for words in many]
    claim, text = make_claim(" ".join(many[0][1:] + many[-1][:3]))
    mixed = list(passages)
    chance.shuffle(mixed)
    reports = [
        verify_claims([claim], Shelf(*held), draft="d", text=text) for held in (passages, mixed, passages)
    ]
    assert reports[0] == reports[1] == reports[2]


@pytest.mark.parametrize("words", ["", "…", "[...]", "“”", "\0", " "])
def test_a_quotation_without_words_is_not_found_and_says_so(words: str):
    verdict = judge(words, held=[passage_of(WORDS)])
    assert (verdict.kind, verdict.rule) == ("not_found", "not_found/no-words")


def test_a_search_is_asked_for_words_alone():
    shelf = Shelf(passage_of(WORDS))
    claim, text = make_claim('the bridge\'; DROP TABLE -- "will" NOT (open*) NEAR/2 \0 col:before ^winter')
    verify_claims([claim], shelf, draft="d", text=text)
    assert shelf.questions
    assert all(c.isalnum() or c in " .,'" for question in shelf.questions for c in question)


def test_a_quotation_as_long_as_a_book_is_answered():
    words = " ".join(random.Random(3).choices(WORDS, k=5000))
    begun = time.process_time()
    assert judge(words, held=[passage_of(words.split())]).kind == "exact"
    assert time.process_time() - begun < 5


def test_twenty_quotations_against_twenty_long_passages_take_half_a_second():
    chance = random.Random(5)
    vocabulary = ["".join(chance.choices("abcdefghilmnoprstu", k=chance.randint(2, 9))) for _ in range(3000)]
    said = [chance.choices(vocabulary + WORDS * 20, k=900) for _ in range(20)]
    for words in said:
        words[115] = "pier"
    other = [[], ["harbour"]]
    parts = [" ".join(words[100:115] + other[k % 2] + words[116:130]) for k, words in enumerate(said)]
    text = "“" + "”\n“".join(parts) + "”"
    claims = [_claim_at(text, part) for part in parts]
    shelf = Shelf(*map(passage_of, said))
    verify_claims(claims[:1], shelf, draft="d", text=text)  # what is read once in a process
    begun = time.process_time()
    report = verify_claims(claims, shelf, draft="d", text=text)
    spent = time.process_time() - begun
    assert [verdict.kind for verdict in report.verdicts] == ["trimmed", "altered"] * 10
    assert spent < 0.5


def _claim_at(text: str, part: str) -> Claim:
    start = text.index(part)
    span = Span(start_char=start, end_char=start + len(part))
    return Claim(words=(part,), spans=(span,), form="direct", source=None, speaker="Mira Vance")
