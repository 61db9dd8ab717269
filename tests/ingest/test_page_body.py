"""What each block of a page is: the model's chances given here, the rules above them held to their word."""

import pytest

from onrecord.ingest import page_body
from onrecord.ingest.page_body import judge_page
from onrecord.ingest.page_features import fold_stated
from onrecord.ingest.page_model import Chances
from onrecord.ingest.page_tree import parse_page, segment_page

FIRST = "The mayor of Beltown said on Monday that the old bridge would stay shut until the spring."
SECOND = "Nobody had been told, she added, and nobody had thought of asking the engineers of the river."
THIRD = "The repairs will cost four million marks, according to the report that the council was shown."
NOTHING = fold_stated((), (), "")


@pytest.fixture
def judge(monkeypatch):
    """Judges a page where each block is body text, but those with a class of `chances`: (body, caption)."""

    def judge_body(body, stated=NOTHING, **chances):
        blocks = segment_page(parse_page(f"<html><body>{body}</body></html>"))[0]
        given = [chances.get(b.element.get("class") or "", (0.9, 0.0)) for b in blocks]
        columns = Chances(body=tuple(b for b, _ in given), caption=tuple(c for _, c in given))
        monkeypatch.setattr(page_body, "judge_blocks", lambda rows: columns)
        return judge_page(blocks, stated)

    return judge_body


def kinds(judged):
    return [(one.kind, one.block.words) for one in judged]


@pytest.mark.parametrize(
    ("markup", "kind"),
    [
        ("<p>{}</p>", "paragraph"),
        ("<div>{}</div>", "paragraph"),
        ("<h2>{}</h2>", "heading"),
        ("<ul><li>{}</li></ul>", "list_item"),
        ("<ol><li><div>{}</div></li></ol>", "list_item"),
        ("<blockquote>{}</blockquote>", "quotation"),
        ("<blockquote><p>{}</p></blockquote>", "quotation"),
    ],
)
def test_body_text_is_of_the_kind_that_its_element_says(judge, markup, kind):
    assert kinds(judge(markup.format(FIRST))) == [(kind, FIRST)]


def test_a_caption_is_a_credit_where_its_words_are_one(judge):
    body = (
        f"<p>{FIRST}</p><p class='c'>The old bridge at low water.</p><p class='c'>Photo: Ann Poe / Alamy</p>"
    )
    assert [kind for kind, _ in kinds(judge(body, c=(0.1, 0.8)))] == ["paragraph", "caption", "credit"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Read more: Ferry to run at night", "furniture"),
        ("Photo: Ann Poe / Alamy", "credit"),
        ("By Jane Doe", "byline"),
        ("Published 12 August 2031 6:30 PM BST", "dateline"),
        ("Publié le 4 février 2031 à 17h32, mis à jour le 5 février 2031 à 8h10", "dateline"),
        ("The bridge was shut on 12 August 2031.", "paragraph"),
        ("“We shut it on 12 August 2031”", "paragraph"),
    ],
)
def test_a_line_among_the_paragraphs_is_what_its_words_are(judge, line, kind):
    assert kinds(judge(f"<p>{FIRST}</p><p>{line}</p><p>{SECOND}</p>"))[1] == (kind, line)


def test_what_is_said_again_is_left_out_the_second_time(judge):
    judged = judge(f"<p>{FIRST}</p><p>{SECOND}</p><p>{FIRST.upper()}</p>")
    assert [one.kind for one in judged] == ["paragraph", "paragraph", None]
    assert (judged[2].part, judged[2].origin.name) == ("repeated", "page-blocks/repeated")


def test_a_refrain_stands_once_however_often_it_is_said(judge):
    refrain = f"<p>{SECOND}</p>"
    judged = judge(f"<p>{FIRST}</p>{refrain}<p>{THIRD}</p>{refrain}{refrain}")
    assert [one.kind for one in judged] == ["paragraph", "paragraph", "paragraph", None, None]


def test_short_headings_may_stand_twice(judge):
    judged = judge(f"<h2>Sport</h2><p>{FIRST}</p><h2>Sport</h2><p>{SECOND}</p>")
    assert [one.kind for one in judged] == ["heading", "paragraph", "heading", "paragraph"]


def test_the_first_paragraph_with_the_words_of_the_description_is_the_dek(judge):
    stated = fold_stated((), [FIRST], "")
    judged = judge(f"<p>{FIRST}</p><p>{SECOND}</p><p>{THIRD}</p>", stated)
    assert [one.kind for one in judged] == ["dek", "paragraph", "paragraph"]


def test_a_description_that_is_the_whole_text_makes_no_dek(judge):
    assert kinds(judge(f"<p>{FIRST}</p>", fold_stated((), [FIRST], ""))) == [("paragraph", FIRST)]


def test_a_description_that_stands_late_in_the_text_makes_no_dek(judge):
    paragraphs = [
        FIRST,
        SECOND,
        THIRD,
        "The ferry will run at night, and it will cost nothing.",
        "It is slow.",
    ]
    judged = judge("".join(f"<p>{p}</p>" for p in paragraphs), fold_stated((), [paragraphs[3]], ""))
    assert {one.kind for one in judged} == {"paragraph"}


@pytest.mark.parametrize(
    ("body", "words", "doubted"), [(0.3, FIRST, True), (0.05, FIRST, False), (0.3, "Short words.", False)]
)
def test_a_long_paragraph_that_was_nearly_taken_is_doubted(judge, body, words, doubted):
    judged = judge(f"<p>{SECOND}</p><aside><p class='x'>{words}</p></aside>", x=(body, 0.0))
    assert (judged[1].kind, judged[1].part, judged[1].doubted) == (None, "sidebar", doubted)


def test_what_the_model_says_names_the_model_as_its_origin(judge):
    (one,) = judge(f"<p>{FIRST}</p>")
    assert (one.origin.kind, one.origin.name) == ("model", "page-blocks")
    assert one.origin.version
