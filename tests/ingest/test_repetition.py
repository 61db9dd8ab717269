"""Furniture by repetition: what the pages of a site repeat is left out, and nothing of the articles' own."""

import itertools
import random
import re

import pytest

from onrecord.ingest import captures, make_capture, read_article
from onrecord.ingest.page_header import read_page_header
from onrecord.ingest.repetition import learn_repeated
from onrecord.ingest.site_furniture import BY_SITE, lacks_repeated
from onrecord.ingest.stories import MOST_PAGES
from onrecord.record import Failure

BOX = (
    "The Beltown Courier has come to every house of the river valley since 1871, and belongs to those who "
    "read it: a share costs forty marks and is sold at the counter in Mill Street."
)
RECALL = (
    "The bridge was shut in the autumn of last year, after a crack as wide as a hand had opened in the "
    "second pier and lorries had been led over the ford for weeks."
)
REPORT = "“We will not open it before it is safe,” the mayor told the council of Beltown in the autumn."
# Headlines and sentences that have nothing in common.
TITLES = (
    "Ferry Stays in Port",
    "Orchards Lose Half Their Crop to Frost",
    "New Head for the School of Music",
    "Council Sells the Old Mill",
    "Two Wells Run Dry at Harrow",
    "Night Trains Return in June",
)
THINGS = ("boat", "apple", "choir", "wheel", "bucket", "engine")
TOWNS = ("Harrow", "Tessaly", "Quill", "Marrow", "Orrin", "Vale")


def sentences(n):
    """Paragraphs of story n and of no other."""
    thing, town = THINGS[n], TOWNS[n]
    return [
        f"The {thing} of {town} is the oldest in the valley, and those who look after it have had no rest.",
        f"Nobody in {town} knows who is to pay for the {thing}, which has cost more each year since the war.",
        f"A new {thing} would be cheaper, but the people of {town} have grown fond of the one they have.",
    ]


def write_page(title, paragraphs, *, tail="", path=None):
    address = f'<link rel="canonical" href="https://courier.example{path}">' if path else ""
    body = "".join(f"<p>{words}</p>" for words in paragraphs)
    return (
        f"<html lang=en><head><title>{title}</title>{address}</head><body><nav><a href=/>Home</a></nav>"
        f"<article><h1>{title}</h1><div class=story>{body}</div>{tail}</article></body></html>"
    )


def capture_page(page, n=0, *, host="courier.example"):
    return make_capture(page.encode(), media_type="text/html", url=f"https://{host}/{n}")


def capture_story(n, *, first=(), inside=(), last=(), tail="", host="courier.example"):
    """The capture of story n, with these paragraphs at the start, in the middle and at the end."""
    one, two, three = sentences(n)
    page = write_page(TITLES[n], [*first, one, two, *inside, three, *last], tail=tail)
    return capture_page(page, n, host=host)


def texts(found, repeated=None):
    return [read_article(capture, repeated=repeated).text for capture in found]


def count_with(words, found):
    """How many articles hold the words, before anything is learned and after."""
    repeated = learn_repeated(found)
    return tuple(sum(words in text for text in texts(found, known)) for known in (None, repeated))


def test_a_paragraph_on_three_stories_of_a_site_is_left_out():
    assert count_with(BOX, [capture_story(n, last=[BOX]) for n in range(3)]) == (3, 0)


def test_the_article_is_otherwise_as_it_was():
    found = [capture_story(n, last=[BOX]) for n in range(3)]
    plain = [capture_story(n) for n in range(3)]
    assert texts(found, learn_repeated(found)) == texts(plain)


def test_two_stories_may_share_a_paragraph():
    assert count_with(BOX, [capture_story(n, last=[BOX] if n < 2 else ()) for n in range(4)]) == (2, 2)


def test_what_another_site_repeats_is_no_furniture_of_this_one():
    found = [capture_story(n, last=[BOX], host=f"paper{n}.example") for n in range(4)]
    assert count_with(BOX, found) == (4, 4)


def test_an_opening_that_places_the_article_in_a_series_is_left_out():
    series = "This story is part of a series on the rivers of the valley, which the Courier began in spring."
    assert count_with(series, [capture_story(n, first=[series]) for n in range(3)]) == (3, 0)


def test_a_box_between_the_paragraphs_is_left_out_where_most_stories_have_it():
    assert count_with(BOX, [capture_story(n, inside=[BOX]) for n in range(3)]) == (3, 0)


def test_a_paragraph_that_some_articles_recall_between_their_own_stays():
    # With two more pages without it, so that fewer than half of the stories have it.
    found = [capture_story(n, inside=[RECALL] if n < 3 else ()) for n in range(6)]
    found.append(capture_page(write_page("Snow", ["The snow lay deep on all roads of the valley today."]), 9))
    assert count_with(RECALL, found) == (3, 3)


def test_what_quotes_or_reports_stays_however_often_it_stands():
    assert count_with(REPORT, [capture_story(n, last=[REPORT]) for n in range(4)]) == (4, 4)


def test_a_heading_that_several_stories_have_over_their_own_words_stays():
    heading = "What the Courier knows of it so far"
    found = []
    for n in range(3):
        one, two, three = sentences(n)
        body = [one, two, f"</p><h2>{heading}</h2><p>{three}"]
        found.append(capture_page(write_page(TITLES[n], body), n))
    assert count_with(heading, found) == (3, 3)


def test_a_heading_over_what_is_left_out_goes_with_it():
    heading = "A word about the paper itself"
    tail = f"<div class=story><h2>{heading}</h2><p>{BOX}</p></div>"
    assert count_with(heading, [capture_story(n, tail=tail) for n in range(3)]) == (3, 0)


def versions(titles, paths):
    """Pages of one story with these headlines and addresses."""
    pages = zip(titles, paths, strict=True)
    return [capture_page(write_page(t, [*sentences(0), BOX], path=p), i) for i, (t, p) in enumerate(pages)]


@pytest.mark.parametrize(
    "found",
    [
        versions([TITLES[0], TITLES[0], f"{TITLES[0]} Today"], [None, None, None]),
        versions(TITLES[:3], ["/ferry", "/ferry/", "/ferry#top"]),
        versions(TITLES[:3], [None, None, None]),
    ],
    ids=["nearly the same title", "one address", "nearly the same text"],
)
def test_versions_of_one_story_lose_nothing_of_what_they_share(found):
    assert texts(found, learn_repeated(found)) == texts(found)


def test_pages_with_one_title_are_one_story_whatever_their_text():
    found = [capture_page(write_page("Storm over Beltown", [*sentences(n), BOX]), n) for n in range(3)]
    assert learn_repeated(found).sites == {}


def test_pages_of_one_address_are_one_story_whatever_they_say():
    pages = [write_page(TITLES[n], [*sentences(n), BOX], path="/live") for n in range(3)]
    assert learn_repeated(capture_page(page, n) for n, page in enumerate(pages)).sites == {}


def test_a_version_may_join_two_others_that_have_nothing_in_common():
    pages = [(TITLES[0], sentences(0)), (TITLES[1], sentences(1)), (TITLES[0], sentences(1))]
    found = [capture_page(write_page(title, [*own, BOX]), n) for n, (title, own) in enumerate(pages)]
    assert learn_repeated([*found, capture_story(3, last=[BOX])]).sites == {}


def test_an_article_keeps_its_first_words_though_other_pages_tease_it_with_them():
    first = sentences(0)[0]
    teaser = f"<aside class=most-read><div class=teaser><a href=/0>Ferry</a><p>{first}</p></div></aside>"
    found = [capture_story(n, tail=teaser if n else "") for n in range(5)]
    kept = read_article(found[0], repeated=learn_repeated(found))
    assert first in kept.text


@pytest.mark.parametrize(
    "line",
    [
        "<p class=byline>By Odile Marr-Vandermeer</p>",
        "<figure><img src=a.jpg><figcaption>The old bridge, seen from the mill.</figcaption></figure>",
    ],
)
def test_bylines_and_captions_may_say_the_same_on_every_page(line):
    found = [capture_story(n, tail=line) for n in range(3)]
    assert texts(found, learn_repeated(found)) == texts(found)
    assert all(words in texts(found)[0] for words in re.findall(r">([^<]+)<", line))


def test_what_was_left_out_is_in_the_coverage():
    found = [capture_story(n, last=[BOX]) for n in range(3)]
    article = read_article(found[0], repeated=learn_repeated(found))
    (left,) = [out for out in article.coverage.left_out if out.kind == BY_SITE]
    assert (left.blocks, left.words) == (1, len(BOX.split()))
    (dropped,) = [one for one in article.coverage.dropped if one.kind == BY_SITE]
    assert found[0].body[dropped.start_byte : dropped.end_byte].decode() == BOX
    assert lacks_repeated(article)
    assert not lacks_repeated(read_article(found[0]))


def test_the_words_that_stay_are_still_proven_by_the_bytes():
    found = [capture_story(n, last=[BOX]) for n in range(3)]
    article = read_article(found[0], repeated=learn_repeated(found))
    assert article.source_map.unmapped_chars == 0


def test_the_order_of_the_pages_changes_nothing():
    found = [capture_story(n, last=[BOX] if n % 2 else [RECALL], inside=[RECALL]) for n in range(4)]
    learned = [learn_repeated(order) for order in itertools.permutations(found)]
    assert learned[0].sites
    assert all(one == learned[0] for one in learned)


def test_of_versions_at_one_address_the_same_counts_in_any_order():
    boxed, plain = (write_page(TITLES[0], [*sentences(0), *last]) for last in ([BOX], []))
    others = [capture_story(n, last=[BOX]) for n in (1, 2)]
    one, other = capture_page(boxed, 0), capture_page(plain, 0)
    assert learn_repeated([one, other, *others]) == learn_repeated([other, one, *others])


def capture_made_up(n, *last):
    """The capture of a page of words that are none, with these paragraphs at the end."""
    letters = "".join(random.Random(n).choices("abcdefghijklmnopqrstuvwxyz", k=300))
    words = [" ".join(letters[i : i + 5] for i in range(at, at + 100, 5)) for at in (0, 100, 200)]
    return capture_page(write_page(words[0], [*words, *last]), n)


def test_of_many_stories_three_are_too_few():
    found = [capture_made_up(n, *([BOX] if n < 3 else [])) for n in range(61)]
    assert learn_repeated(found).sites == {}
    assert learn_repeated(found[:60]).sites


def test_of_more_pages_than_are_kept_the_same_count_in_any_order():
    # Six pages have each box, and five of a hundred are needed: it hangs on which are kept.
    found = [capture_made_up(n, f"{BOX} This is box {n // 6}.") for n in range(2 * MOST_PAGES)]
    one, other = learn_repeated(found), learn_repeated(reversed(found))
    assert one == other
    assert one.sites["courier.example"].stories == MOST_PAGES


def test_a_folder_of_pages_without_addresses_is_a_site(tmp_path):
    for n in range(3):
        page = write_page(TITLES[n], [*sentences(n), BOX])
        (tmp_path / f"{n}.html").write_text(page, "utf-8")
    assert count_with(BOX, list(captures(tmp_path))) == (3, 0)


def test_pages_without_address_and_folder_are_of_no_site():
    pages = [write_page(TITLES[n], [*sentences(n), BOX]) for n in range(3)]
    found = [make_capture(page.encode(), media_type="text/html") for page in pages]
    assert learn_repeated(found).sites == {}


def test_failures_texts_and_empty_pages_teach_nothing_and_stop_nothing():
    failure = Failure(stage="capture", reason="InputError", detail="No.", subject="x")
    text = make_capture(BOX.encode(), media_type="text/plain", url="https://courier.example/t")
    empty = capture_page("<!-- nothing -->", 8)
    found = [capture_story(n, last=[BOX]) for n in range(3)]
    assert learn_repeated([failure, text, *found, empty]) == learn_repeated(found)


def test_a_page_that_breaks_the_reader_stops_nothing(monkeypatch):
    def break_at_eight(tree, *, url, retrieved_at):
        if url.endswith("/8"):
            raise ValueError("out of range")
        return read_page_header(tree, url=url, retrieved_at=retrieved_at)

    monkeypatch.setattr("onrecord.ingest.repetition.read_page_header", break_at_eight)
    found = [capture_story(n, last=[BOX]) for n in range(3)]
    assert learn_repeated([capture_page(write_page("Odd", [BOX]), 8), *found]) == learn_repeated(found)
