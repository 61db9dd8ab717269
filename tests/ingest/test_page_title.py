"""The title of a page: which of its statements is believed, and what is taken off."""

import pytest

from onrecord.ingest.page_title import is_site, split_site
from tests.ingest.page_samples import read_header

SITE = '<meta property="og:site_name" content="Beltown Courier">'


def title_of(body="", **options):
    found = read_header(body, **options).title
    return found.value if found else None


def test_the_heading_that_the_page_shows_is_the_title():
    head = '<meta property="og:title" content="Ferry strike in Beltown: all you need to know">'
    assert title_of("<h1>Ferry crews walk out</h1>", head=head) == "Ferry crews walk out"


def test_the_name_of_the_site_is_taken_off_the_title():
    head = SITE + "<title>Ferry crews walk out | Beltown Courier</title>"
    assert title_of(head=head) == "Ferry crews walk out"


def test_a_bar_inside_a_headline_stays():
    head = "<title>Budget | What the council decided</title>"
    assert (
        title_of(head=head, url="https://www.beltowncourier.example/a") == "Budget | What the council decided"
    )


def test_a_heading_that_names_the_site_is_passed_over():
    body = "<h1>Beltown Courier</h1><h1>Harbour bridge closes for repairs</h1>"
    head = SITE + "<title>Harbour bridge closes for repairs</title>"
    assert title_of(body, head=head) == "Harbour bridge closes for repairs"


def test_a_heading_that_names_a_section_is_passed_over():
    head = '<meta property="og:title" content="Harbour bridge closes for repairs">'
    assert title_of("<h1>Our blog</h1><p>Text.</p>", head=head) == "Harbour bridge closes for repairs"


def test_a_kicker_in_the_same_heading_is_left_out_where_a_stated_title_is_without():
    head = '<meta property="og:title" content="Fähre liegt seit Montag fest">'
    body = "<h1><span>Hafen</span> <span>Fähre liegt seit Montag fest</span></h1>"
    assert title_of(body, head=head, lang="de") == "Fähre liegt seit Montag fest"


def test_news_are_titled_by_their_json_ld_headline():
    article = {"@type": "NewsArticle", "headline": "Council votes for tram"}
    head = "<title>Tram Beltown: vote, cost, map</title>"
    assert (
        title_of("<h1>Kicker Council votes for tram</h1>", head=head, json_ld=article)
        == "Council votes for tram"
    )


def test_a_headline_that_is_the_page_title_gives_way_to_the_one_shown_and_shared():
    searched = "Tram Beltown: vote, cost, map"
    article = {"@type": "NewsArticle", "headline": searched}
    head = f'<meta property="og:title" content="Council votes for tram"><title>{searched}</title>'
    assert title_of("<h1>Council votes for tram</h1>", head=head, json_ld=article) == "Council votes for tram"


def test_the_title_of_another_article_in_the_json_ld_is_not_taken():
    graph = {
        "@graph": [
            {"@type": "NewsArticle", "headline": "Ten recipes with leeks"},
            {"@type": "NewsArticle", "headline": "Council votes for tram"},
        ]
    }
    assert title_of("<h1>Council votes for tram</h1>", json_ld=graph) == "Council votes for tram"


def test_a_title_from_the_markup_leads_to_the_heading_that_says_the_same():
    article = {"@type": "NewsArticle", "headline": "Council votes for tram"}
    title = read_header("<h1>Council <em>votes</em> for tram</h1>", json_ld=article).title
    assert title is not None
    assert (title.place, title.element.tag) == ("json-ld headline", "h1")


def test_a_title_that_no_heading_says_has_no_element():
    title = read_header(head='<meta property="og:title" content="Council votes for tram">').title
    assert title is not None
    assert title.element is None


def test_a_lower_heading_serves_where_no_first_one_says_the_title():
    head = '<meta property="og:title" content="Council votes for tram">'
    title = read_header(
        "<h1>Beltown</h1><h2>Council votes for tram</h2>", head=head, url="https://beltown.example/x"
    ).title
    assert title is not None
    assert title.element.tag == "h2"


def test_a_page_without_a_title_says_so():
    header = read_header("<p>Text.</p>")
    assert header.title is None
    assert "title" in {unknown.field for unknown in header.unknowns}


@pytest.mark.parametrize(
    ("stated", "title"),
    [
        ("宮崎で地震　津波注意報｜ベルタウン新聞", "宮崎で地震 津波注意報"),
        ("Le pont ferme – Le Courrier", "Le pont ferme"),
        ("Le Courrier » Le pont ferme", "Le pont ferme"),
        ("Why trams? - a guide", "Why trams? - a guide"),
    ],
)
def test_site_names_come_off_either_end_behind_any_mark(stated, title):
    head = f'<meta property="og:site_name" content="Le Courrier"><title>{stated}</title>'
    found = title_of(head=head.replace("Le Courrier", "ベルタウン新聞", 1) if "新聞" in stated else head)
    assert found == title


def test_what_was_taken_off_is_told():
    assert split_site("Le pont ferme – Le Courrier", {"lecourrier"}) == ("Le pont ferme", "Le Courrier")


def test_a_site_is_told_by_part_of_its_name():
    assert is_site("Courier Online", {"courier"})
    assert not is_site("Currency", {"courier"})
