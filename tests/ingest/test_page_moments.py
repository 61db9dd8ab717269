"""The moments of a page: stated, shown, updated, in its address, or unknown with the reason."""

import pytest

from tests.ingest.page_samples import read_header

H1 = "<h1>Council votes for tram</h1>"
NEWS = {"@type": "NewsArticle", "headline": "Council votes for tram"}


def value_of(found):
    return found.value.value if found else None


def published(body=H1, **options):
    return value_of(read_header(body, **options).published)


def test_the_json_ld_gives_the_moment_with_its_zone():
    article = {
        **NEWS,
        "datePublished": "2024-03-20T15:02:00+01:00",
        "dateModified": "2024-03-21T08:00:00+01:00",
    }
    header = read_header(H1, json_ld=article)
    assert value_of(header.published) == "2024-03-20T15:02:00+01:00"
    assert value_of(header.updated) == "2024-03-21T08:00:00+01:00"


def test_a_day_is_sharpened_by_a_moment_of_the_same_day():
    head = '<meta property="article:published_time" content="2024-03-20T15:02+01:00">'
    assert published(head=head, json_ld={**NEWS, "datePublished": "2024-03-20"}) == "2024-03-20T15:02+01:00"


def test_a_moment_of_another_day_does_not_sharpen():
    head = '<meta property="article:published_time" content="2024-03-21T15:02+01:00">'
    assert published(head=head, json_ld={**NEWS, "datePublished": "2024-03-20"}) == "2024-03-20"


def test_a_time_element_near_the_title_is_read():
    header = read_header(f'{H1}<time datetime="2024-03-20T15:02:00Z">Wednesday</time>')
    assert value_of(header.published) == "2024-03-20T15:02:00+00:00"
    assert header.published.place == "time datetime"
    assert header.published.element.tag == "time"


@pytest.mark.parametrize(
    ("line", "lang"),
    [
        ("Published on March 20, 2024", "en"),
        ("Veröffentlicht am 20. März 2024", "de"),
        ("Publié le 20 mars 2024", "fr"),
        ("Publicado el 20 de marzo de 2024", "es"),
        ("2024年3月20日", "ja"),
        ("20/03/2024", "it"),
    ],
)
def test_a_line_under_the_title_tells_the_day(line, lang):
    assert published(f"{H1}<div>{line}</div><p>The council met.</p>", lang=lang) == "2024-03-20"


def test_numbers_alone_are_read_by_the_country_of_the_page():
    body = f"{H1}<div>03/04/2024</div>"
    assert published(body, lang="en-GB") == "2024-04-03"
    assert published(body, lang="en-US") == "2024-03-04"
    assert published(body, lang="en") is None


def test_an_update_in_the_same_line_is_told_apart():
    header = read_header(f"{H1}<div>Published 20 March 2024, updated 22 March 2024</div>")
    assert (value_of(header.published), value_of(header.updated)) == ("2024-03-20", "2024-03-22")


def test_an_update_shown_alone_is_the_articles_day_and_says_what_it_is():
    header = read_header(f"{H1}<div>Updated 22 March 2024</div>")
    assert value_of(header.published) == value_of(header.updated) == "2024-03-22"
    assert header.published.place.endswith("of an update")


def test_an_update_in_a_meta_alone_is_no_day_of_publication():
    header = read_header(H1, head='<meta property="article:modified_time" content="2024-03-22T10:00:00Z">')
    assert header.published is None
    assert any("update" in unknown.reason for unknown in header.unknowns)


def test_a_build_stamp_gives_way_to_the_day_shown_on_pages_that_are_not_news():
    post = {
        "@type": "BlogPosting",
        "headline": "Tram",
        "datePublished": "2024-06-01",
        "dateModified": "2024-06-01",
    }
    body = "<h1>Tram</h1><div>March 20, 2024</div>"
    assert published(body, json_ld=post) == "2024-03-20"
    assert published(body, json_ld={**post, "@type": "NewsArticle"}) == "2024-06-01"


def test_the_days_of_teasers_and_the_copyright_year_are_not_the_articles():
    teasers = '<aside class="related"><time>3 May 2024</time></aside>'
    body = f"<article>{H1}<p>The council met.</p></article>{teasers}<footer>© 2024 Beltown Courier</footer>"
    assert published(body) is None


def test_the_address_gives_the_day_where_the_page_does_not():
    header = read_header(H1, url="https://beltowncourier.example/2024/03/20/tram")
    assert (value_of(header.published), header.published.place) == ("2024-03-20", "url")


def test_a_number_in_the_address_is_not_a_day():
    assert published(url="https://beltowncourier.example/story/20249920123") is None


def test_words_relative_to_the_capture_are_read_from_it():
    body = f"{H1}<div>2 hours ago</div>"
    assert published(body, retrieved_at="2024-03-20T15:02:00+00:00") is not None
    assert published(body) is None


def test_a_refused_moment_is_the_reason():
    header = read_header(H1, json_ld={**NEWS, "datePublished": "03/04/2024"})
    reasons = [unknown.reason for unknown in header.unknowns if unknown.field == "published_at"]
    assert len(reasons) == 1
    assert "03/04/2024" in reasons[0]


def test_a_date_shown_that_could_be_two_days_is_the_reason():
    header = read_header(H1 + "<p>By Mara Quill</p><p>03/04/2024</p><p>The council met.</p>")
    assert header.published is None
    assert any("'03/04/2024'" in one.reason and "month" in one.reason for one in header.unknowns)


def test_the_day_of_a_post_that_is_shown_is_not_the_articles():
    post = "<blockquote><p>We will build it.</p>— Dora Kell (@kell) <a>March 19, 2024</a></blockquote>"
    assert published(f"{H1}<p>The council met.</p>{post}<p>It votes next week.</p>") is None
