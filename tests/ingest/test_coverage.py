"""The receipt of a page: its counts add up, and doubtful cases are shown with their bytes."""

import pytest

from onrecord.ingest import make_capture, page_body, read_article
from onrecord.ingest.coverage import count_words
from onrecord.ingest.page_features import feature_names
from onrecord.ingest.page_model import Chances
from tests.golden.record import golden_bytes, golden_names

PAGES = [name for name in golden_names() if name.endswith(".html")]
FIRST = "The mayor of Beltown said on Monday that the old bridge would stay shut until the spring."
DOUBTED = "Nobody “had been told”, she added, and nobody thought of asking the engineers at the café."
SOURCE = DOUBTED.replace("“", "&ldquo;").replace("café", "caf<b>&eacute;</b>")


def capture_of(text, encoding="utf-8"):
    return make_capture(text.encode(encoding), media_type=f"text/html; charset={encoding}")


@pytest.fixture
def doubt_asides(monkeypatch):
    """Has every block for body text, but doubts those in an aside."""
    aside = feature_names().index("steps to <aside>")

    def judge_blocks(rows):
        chances = tuple(0.3 if row[aside] < 3 else 0.9 for row in rows)
        return Chances(body=chances, caption=(0.0,) * len(rows))

    monkeypatch.setattr(page_body, "judge_blocks", judge_blocks)


@pytest.mark.parametrize("name", PAGES)
def test_the_words_of_the_article_and_those_left_out_are_all_words_of_the_page(name):
    article = read_article(make_capture(golden_bytes(name), media_type="text/html"))
    coverage = article.coverage
    assert coverage.article_words + sum(one.words for one in coverage.left_out) == coverage.visible_words
    assert coverage.article_words == sum(count_words(b.span.of(article.text)) for b in article.blocks)


@pytest.mark.parametrize("name", PAGES)
def test_each_kind_left_out_is_told_once_the_most_words_first(name):
    left_out = read_article(make_capture(golden_bytes(name), media_type="text/html")).coverage.left_out
    assert len({one.kind for one in left_out}) == len(left_out)
    assert [one.words for one in left_out] == sorted((one.words for one in left_out), reverse=True)
    assert all(one.blocks >= 1 for one in left_out)


@pytest.mark.usefixtures("doubt_asides")
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_a_doubted_paragraph_is_reported_with_its_part_and_its_bytes(encoding):
    capture = capture_of(
        f"<html><body><p>Café. {FIRST}</p><aside><p>{SOURCE}</p></aside></body></html>", encoding
    )
    (dropped,) = read_article(capture).coverage.dropped
    assert (dropped.words, dropped.kind) == (DOUBTED, "sidebar")
    held = capture.body[dropped.start_byte : dropped.end_byte].decode(encoding)
    assert held.startswith("Nobody &ldquo;had")
    assert held.removesuffix(".").endswith(("caf<b>&eacute;", "caf<b>&eacute;</b>"))


@pytest.mark.usefixtures("doubt_asides")
def test_a_doubted_paragraph_counts_as_left_out():
    capture = capture_of(f"<html><body><p>{FIRST}</p><aside><p>{SOURCE}</p></aside></body></html>")
    (left_out,) = read_article(capture).coverage.left_out
    assert (left_out.kind, left_out.blocks, left_out.words) == ("sidebar", 1, count_words(DOUBTED))


def test_runs_of_bare_links_are_left_out_as_links():
    links = "".join(f"<li><a href='/{i}'>Otters{i}</a></li>" for i in range(6))
    coverage = read_article(capture_of(f"<html><body><p>{FIRST}</p><ul>{links}</ul></body></html>")).coverage
    assert {one.kind: one.blocks for one in coverage.left_out}["links"] == 5


def test_a_title_that_the_markup_alone_states_is_no_visible_word():
    article = read_article(
        capture_of(f"<html><title>Bridge</title><body><p>{FIRST}</p><p>{DOUBTED}</p></body>")
    )
    assert article.title.value == "Bridge"
    assert article.coverage.visible_words == count_words(FIRST) + count_words(DOUBTED)


def test_a_plain_text_has_no_coverage():
    assert read_article(make_capture(FIRST.encode())).coverage is None
