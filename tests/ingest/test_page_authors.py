"""The authors of a page: which source is believed, and pages that name none."""

import pytest

from tests.ingest.page_samples import names, read_header

NEWS = {"@type": "NewsArticle", "headline": "Council votes for tram"}
H1 = "<h1>Council votes for tram</h1>"


def authors_of(body=H1, **options):
    return names(read_header(body, **options).authors)


def test_the_authors_of_the_json_ld_are_taken():
    article = {**NEWS, "author": [{"@type": "Person", "name": "Mara Quill"}, {"name": "Ole Brandt"}]}
    assert authors_of(json_ld=article) == ["Mara Quill", "Ole Brandt"]


def test_an_author_told_by_a_reference_is_found_in_the_graph():
    graph = {
        "@graph": [
            {**NEWS, "author": {"@id": "#mara"}},
            {"@type": "Person", "@id": "#mara", "name": "Mara Quill"},
        ]
    }
    assert authors_of(json_ld=graph) == ["Mara Quill"]


def test_metas_serve_where_the_json_ld_names_none():
    assert authors_of(head='<meta name="author" content="Mara Quill, Ole Brandt">') == [
        "Mara Quill",
        "Ole Brandt",
    ]


def test_a_meta_that_holds_an_address_names_nobody():
    assert authors_of(head='<meta property="article:author" content="https://face.example/maraquill">') == []


def test_names_turned_round_in_citations_are_turned_back():
    head = "".join(
        f'<meta name="citation_author" content="{name}">' for name in ("Quill, Mara", "Brandt, Ole")
    )
    assert authors_of(head=head) == ["Mara Quill", "Ole Brandt"]


def test_a_byline_near_the_title_is_read_and_its_element_kept():
    header = read_header(f"<article>{H1}<p>By Mara Quill and Ole Brandt</p><p>The council met.</p></article>")
    assert names(header.authors) == ["Mara Quill", "Ole Brandt"]
    assert {one.element.tag for one in header.authors} == {"p"}


def test_an_element_marked_as_author_is_read():
    assert authors_of(f'{H1}<div><span class="author-name">Mara Quill</span></div>') == ["Mara Quill"]


@pytest.mark.parametrize(
    "line",
    [
        'By <a rel="author" href="/m">Mara Quill</a> and <a rel="author" href="/o">Ole Brandt</a>',
        '<a class="author-name">Mara Quill</a>, <a class="author-name">Ole Brandt</a>',
        '<span itemprop="author"><b itemprop="name">Mara Quill</b><i>Editor</i></span>'
        '<span itemprop="author"><b itemprop="name">Ole Brandt</b><i>Reporter</i></span>',
    ],
)
def test_authors_marked_one_by_one_on_a_line_are_all_read(line):
    assert authors_of(f"<article>{H1}<p>{line}</p><p>The council met.</p></article>") == [
        "Mara Quill",
        "Ole Brandt",
    ]


def test_an_author_marked_on_another_line_is_not_joined():
    box = '<div>More of our work <a rel="author" href="/i">Ida Roth</a></div>'
    long = f"<p>{'The council met and spoke of the tram for hours. ' * 9}</p>"
    body = f'<article>{H1}<p>By <a rel="author" href="/m">Mara Quill</a></p>{long}{box}</article>'
    assert authors_of(body) == ["Mara Quill"]


def test_a_name_beside_the_date_is_read():
    assert authors_of(f"{H1}<div>Mara Quill | 3 May 2024</div>") == ["Mara Quill"]


def test_the_authors_of_teasers_are_not_the_articles():
    teasers = '<aside class="related"><a rel="author">Ole Brandt</a><a rel="author">Ida Falk</a></aside>'
    assert authors_of(f"<article>{H1}<p>The council met.</p></article>{teasers}") == []


def test_a_person_shown_goes_before_the_outlet_as_author():
    article = {**NEWS, "author": {"@type": "Organization", "name": "Beltown Courier"}}
    head = '<meta property="og:site_name" content="Beltown Courier">'
    assert authors_of(f"{H1}<p>By Mara Quill</p>", head=head, json_ld=article) == ["Mara Quill"]


def test_an_outlet_that_signs_its_news_is_their_author():
    article = {**NEWS, "author": {"@type": "Organization", "name": "Beltown Courier"}}
    head = '<meta property="og:site_name" content="Beltown Courier">'
    assert authors_of(head=head, json_ld=article) == ["Beltown Courier"]


def test_a_site_that_signs_what_is_no_news_states_no_author():
    post = {
        "@type": "BlogPosting",
        "headline": "Tram",
        "author": {"@type": "Organization", "name": "Beltown Bikes"},
    }
    assert authors_of(head='<meta property="og:site_name" content="Beltown Bikes">', json_ld=post) == []


def test_the_outlet_behind_a_name_in_the_same_words_is_no_second_author():
    article = {**NEWS, "author": "Mara Quill, Beltown Courier"}
    head = '<meta property="og:site_name" content="Beltown Courier">'
    assert authors_of(head=head, json_ld=article) == ["Mara Quill"]


def test_nobody_is_no_author_and_the_header_says_so():
    header = read_header(H1, json_ld={**NEWS, "author": {"name": "admin"}})
    assert header.authors == ()
    assert "authors" in {unknown.field for unknown in header.unknowns}


def test_an_agency_in_the_authors_place_is_told_as_one():
    header = read_header(H1, json_ld={**NEWS, "author": [{"name": "Mara Quill"}, {"name": "dpa"}]})
    assert names(header.agencies) == ["dpa"]


def test_markup_and_entities_in_a_name_are_resolved():
    assert authors_of(json_ld={**NEWS, "author": "<b>Mara O&#39;Quill</b>"}) == ["Mara O'Quill"]


@pytest.mark.parametrize(
    "beside",
    [
        '. Updated by <span><a class="author-name">Ole Brandt</a></span>',
        ' <div class="expert"><a class="author-name">Ole Brandt</a>, Bridge Expert</div>',
    ],
)
def test_who_updated_or_reviewed_an_article_is_no_author_of_it(beside):
    line = f'<p>By <a class="author-name">Mara Quill</a>{beside}</p>'
    assert authors_of(f"{H1}<div>{line}</div>") == ["Mara Quill"]
