"""The whole-article figures on invented texts, each counted by hand."""

import pytest

from eval.figures import summarise
from eval.spans import Tokens, score_article

TEXT = 'Mara Quill said the bridge is safe. "Nobody was asked," Orrin Vale wrote.'


def spans(*pieces, text=TEXT):
    return [[text.index(piece), text.index(piece) + len(piece)] for piece in pieces]


SAID = {"source": spans("Mara Quill"), "cue": spans("said"), "content": spans("the bridge is safe")}
WROTE = {"source": spans("Orrin Vale"), "cue": spans("wrote"), "content": spans('"Nobody was asked,"')}
GOLD = [SAID, WROTE]


def figure(name, predicted, gold=GOLD, text=TEXT):
    found = summarise([score_article(text, gold, predicted)])[name]
    return found.precision, found.recall, found.f1


def test_a_token_is_a_run_of_word_characters_or_one_mark():
    tokens = Tokens("He’d go, no?")
    assert tokens.starts == [0, 2, 3, 5, 7, 9, 11]
    assert tokens.is_word == [True, False, True, True, False, True, False]


def test_a_span_covers_every_token_of_which_it_holds_a_character():
    part = Tokens("Mara Quill said").covered([[2, 6]])
    assert part.tokens == {0, 1}
    assert part.runs == ((0, 2),)


def test_spans_cut_at_white_space_are_one_run():
    tokens = Tokens("safe and\nsound")
    assert tokens.covered([[0, 8], [9, 14]]).runs == tokens.covered([[0, 14]]).runs


def test_white_space_alone_covers_no_token():
    assert Tokens("a  b").covered([[1, 3]]).runs == ()


@pytest.mark.parametrize(
    ("content", "form"),
    [("“all of it”", "direct"), ("that “all of it", "mixed"), ("that", "indirect")],
)
def test_the_form_is_by_the_share_of_the_words_that_are_quoted(content, form):
    text = "She said that “all of it” went"
    tokens = Tokens(text)
    assert tokens.form_of(tokens.covered(spans(content, text=text))) == form


def test_a_straight_mark_left_open_ends_with_its_paragraph():
    text = 'She said "all of it\nwent'
    tokens = Tokens(text)
    assert tokens.form_of(tokens.covered(spans("went", text=text))) == "indirect"


def test_an_attribution_without_content_has_no_form():
    assert Tokens(TEXT).attributed({"cue": spans("said")}).form is None


def test_a_perfect_prediction_scores_one_in_every_figure():
    figures = summarise([score_article(TEXT, GOLD, GOLD)])
    assert {name for name in figures if figures[name].f1 != 1} == set()
    assert {
        "tok_content",
        "exact_all",
        "cit_exact_all",
        "e2e",
        "e2e.direct",
        "e2e.indirect",
    } <= figures.keys()


def test_nothing_predicted_scores_nought_without_an_error():
    assert figure("e2e", []) == (0, 0, 0)


def test_token_figures_count_the_tokens_of_a_role_once():
    longer = {**SAID, "content": spans("the bridge is safe")}
    # Content of gold: 4 tokens and 6 (two marks, a comma, three words); the same 4 are predicted twice.
    assert figure("tok_content", [longer, longer]) == pytest.approx((1, 0.4, 0.8 / 1.4))


def test_exact_figures_take_each_gold_list_once():
    assert figure("exact_source", [SAID, SAID]) == (0.5, 0.5, 0.5)


def test_exact_figures_leave_out_what_has_no_span_of_the_role():
    sourceless = {**SAID, "source": []}
    assert figure("exact_source", [sourceless, WROTE]) == pytest.approx((1, 0.5, 2 / 3))


def test_all_three_exact_takes_each_gold_attribution_once():
    assert figure("exact_all", [SAID, SAID]) == (0.5, 0.5, 0.5)


def test_citron_lets_one_gold_attribution_answer_for_several():
    # Two right predictions; one gold missed: recall is 2 / (2 + 1).
    assert figure("cit_exact_all", [SAID, SAID]) == pytest.approx((1, 2 / 3, 0.8))


def test_citron_wants_the_cues_of_a_right_source_to_overlap():
    elsewhere = {**SAID, "cue": spans("asked")}
    assert figure("cit_exact_source", [elsewhere])[0] == 0
    assert figure("exact_source", [elsewhere])[0] == 1


def test_citron_takes_a_cue_that_begins_where_the_gold_one_ends():
    after = {**SAID, "cue": spans("the")}
    assert figure("cit_exact_content", [after])[0] == 1
    assert figure("cit_exact_content", [{**SAID, "cue": spans("Quill")}])[0] == 0


def test_end_to_end_wants_the_sources_to_overlap():
    half = {**SAID, "source": spans("Mara")}
    other = {**WROTE, "source": spans("Mara Quill")}
    assert figure("e2e", [half, other]) == (0.5, 0.5, 0.5)
    assert figure("attr_ov", [half, other]) == (1, 1, 1)


def test_end_to_end_takes_no_source_for_no_source():
    nobody = {**SAID, "source": []}
    assert figure("e2e", [nobody], gold=[nobody])[2] == 1
    assert figure("e2e", [SAID], gold=[nobody])[2] == 0
    assert figure("e2e", [nobody], gold=[SAID])[2] == 0


def test_half_of_the_content_is_half_of_the_union():
    two_of_four = {**SAID, "content": spans("the bridge")}
    one_of_four = {**SAID, "content": spans("bridge")}
    assert figure("attr_50", [two_of_four], gold=[SAID])[2] == 1
    assert figure("attr_50", [one_of_four], gold=[SAID])[2] == 0
    assert figure("attr_ov", [one_of_four], gold=[SAID])[2] == 1


def test_a_gold_attribution_is_matched_with_the_prediction_that_shares_most():
    part = {"source": spans("Orrin Vale"), "cue": [], "content": spans("the bridge")}
    # The part comes first but shares less: the whole takes the match, and its source is right.
    assert figure("e2e", [part, SAID], gold=[SAID]) == pytest.approx((0.5, 1, 2 / 3))


def test_recall_of_a_form_is_over_gold_and_precision_over_predicted_of_that_form():
    wider = {**WROTE, "content": spans('safe. "Nobody was asked,"')}
    assert figure("attr_ov.direct", [wider]) == (0, 1, 0)
    assert figure("attr_ov.mixed", [wider]) == (1, 0, 0)
    assert figure("attr_ov.indirect", [wider]) == (0, 0, 0)


def test_tokens_of_a_form_are_found_under_any_prediction():
    wider = {**WROTE, "content": spans('safe. "Nobody was asked,"')}
    # Of the 4 tokens of the indirect gold, "safe" lies in the other one's predicted content.
    assert figure("tok_content.indirect", [wider])[1] == 0.25


def test_the_order_of_predictions_does_not_change_a_figure():
    assert summarise([score_article(TEXT, GOLD, GOLD[::-1])]) == summarise([score_article(TEXT, GOLD, GOLD)])
