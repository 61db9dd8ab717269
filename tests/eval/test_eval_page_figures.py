"""What a page adds to each figure, on invented pages, and how the pages add up."""

from datetime import datetime

import pytest

from eval.page_corpus import GoldPage
from eval.page_figures import PageReading, count_page, milliseconds_of, sum_pages

QUILL = frozenset({"mara quill"})


def gold(**changed):
    fields = {
        "page_id": "p1",
        "url": "https://beltown-courier.example/dam",
        "html": "<p>The dam held.</p>",
        "text": "The dam held. Nobody was hurt.",
        "title": "Dam holds",
        "authors": frozenset({QUILL}),
        "day": "2024-03-20",
    }
    return GoldPage(**{**fields, **changed})


def test_text_is_scored_by_words_and_by_runs_of_four():
    counts = count_page(gold(), PageReading(text="The dam held. Read more"))
    assert counts["text_precision"] == (pytest.approx(3 / 5), 1)
    assert counts["text_recall"] == (pytest.approx(3 / 6), 1)
    assert counts["text"] == (pytest.approx(6 / 11), 1)
    assert counts["shingles"] == (0, 1)


def test_a_page_whose_gold_has_no_text_says_nothing_of_text():
    assert "text" not in count_page(gold(text=None), PageReading(text="The dam held."))


def test_snippets_count_by_their_share_of_the_page():
    page = gold(present=("the  DAM held", "nobody"), absent=("Read more", "sign up", "dam", "menu"))
    counts = count_page(page, PageReading(text="The dam\nheld. Read more"))
    assert counts["with"] == (1 / 2, 1)
    assert counts["without"] == (2 / 4, 1)


def test_headings_add_up_to_a_micro_f1():
    page = gold(headings=("Water rises", "What now?"))
    counts = count_page(page, PageReading(headings=("WATER RISES", "Related", "Water rises")))
    assert counts["headings"] == (2 * 1, 3 + 2)


def test_the_title_among_the_headings_is_not_counted():
    page = gold(headings=("Water rises",))
    counts = count_page(page, PageReading(title="Dam holds", headings=("Dam holds", "Water rises")))
    assert counts["headings"] == (2, 2)


def test_a_system_that_tells_no_headings_apart_has_no_figure_of_them():
    assert "headings" not in count_page(gold(headings=("Water rises",)), PageReading())


def test_a_caption_is_found_inside_a_caption_block():
    page = gold(captions=("The dam at dawn.", "Mayor Ole Brandt", "—"))
    reading = PageReading(captions=("Picture: The dam at dawn. M. Quill", "Ole Brandt"))
    assert count_page(page, reading)["captions_found"] == (1, 2)


def test_a_caption_leaks_where_it_stands_in_the_text():
    page = gold(captions=("The dam at dawn.", "Mayor Ole Brandt"))
    counts = count_page(page, PageReading(text="The dam held.\nThe dam at dawn"))
    assert counts["captions_leaking"] == (1, 2)


def test_a_caption_that_the_gold_text_says_too_cannot_leak():
    page = gold(captions=("Nobody was hurt",))
    assert count_page(page, PageReading(text="Nobody was hurt."))["captions_leaking"] == (0, 0)


def test_authors_are_right_as_a_set():
    page = gold(authors=frozenset({frozenset({"mara quill", "ole brandt"})}))
    assert count_page(page, PageReading(authors=("Ole BRANDT", "Mara Quill")))["authors"] == (True, 1)
    assert count_page(page, PageReading(authors=("Mara Quill",)))["authors"] == (False, 1)


@pytest.mark.parametrize(("authors", "invented"), [(("Beltown Courier",), True), ((), False)])
def test_a_page_without_gold_authors_tells_whether_one_is_invented(authors, invented):
    counts = count_page(gold(authors=frozenset()), PageReading(authors=authors))
    assert counts["authors_invented"] == (invented, 1)
    assert counts["authors_all"] == (not invented, 1)
    assert "authors" not in counts


def test_a_title_is_right_to_the_letter_but_for_case_and_spaces():
    assert count_page(gold(), PageReading(title="DAM  holds"))["title"] == (True, 1)
    assert count_page(gold(), PageReading(title="Dam holds | Beltown Courier"))["title"] == (False, 1)
    assert count_page(gold(), PageReading())["title"] == (False, 1)


def test_quotation_marks_and_dashes_count_in_one_of_two_figures_of_the_title():
    counts = count_page(gold(title="Dam's end - told"), PageReading(title="Dam’s end – told"))
    assert counts["title"] == (False, 1)
    assert counts["title_alike"] == (True, 1)


def test_a_moment_counts_on_the_pages_whose_gold_has_a_zone():
    moment = datetime.fromisoformat("2024-03-20T15:02:33+01:00")
    reading = PageReading(published="2024-03-20T14:02Z")
    assert count_page(gold(moment=moment), reading)["moment"] == (True, 1)
    assert "moment" not in count_page(gold(), reading)


def test_pages_add_up_to_sums_over_sums():
    figures = sum_pages([{"headings": (4, 5), "day": (1, 1)}, {"headings": (2, 10)}], boot=0)
    assert figures["headings"].value == 6 / 15
    assert figures["day"].value == 1
    assert figures["day"].pages == 1
    assert figures["headings"].low is None


def test_a_figure_that_no_page_can_tell_is_absent():
    assert sum_pages([{"captions_leaking": (0, 0)}], boot=5) == {}


def test_the_interval_holds_the_value_and_is_the_same_each_time():
    pages = [{"day": (i % 3 > 0, 1)} for i in range(60)]
    figure = sum_pages(pages, boot=200)["day"]
    assert 0 < figure.low < figure.value < figure.high < 1
    assert figure == sum_pages(pages, boot=200)["day"]


def test_a_figure_of_one_page_in_many_has_an_interval():
    figure = sum_pages([{"authors_invented": (1, 1)}, *[{}] * 30], boot=100)["authors_invented"]
    assert (figure.low, figure.high) == (1, 1)


def test_speed_is_pages_over_seconds():
    counts = [count_page(gold(), PageReading(seconds=s)) for s in (0.1, 0.3)]
    assert sum_pages(counts, boot=0)["pages_a_second"].value == pytest.approx(5)
    assert milliseconds_of([PageReading(seconds=0.1), PageReading(seconds=0.3)], 0.5) == pytest.approx(200)
    assert milliseconds_of([PageReading()], 0.5) is None
