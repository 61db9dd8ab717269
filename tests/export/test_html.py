"""The page of a record: the article's text unharmed, every statement with its evidence, nothing that acts."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser

from onrecord.export.html import to_html
from onrecord.record import Coverage, Dropped, HeaderField, LeftOut, Note
from tests.bridge import make_record
from tests.factories import RULE, make_article, make_small_record, make_statement

HOSTILE = (
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><style>*{display:none}",
    "--><!-- <!doctype html>",
    "&lt;b&gt; &amp; &#60;",
    "javascript:alert(1)",
)  # fmt: skip
VISIBLE = st.characters(exclude_categories=("Cs", "Cc", "Cn"), exclude_characters="\ufffe\uffff")


def parse(record):
    return parser.fromstring(to_html(record))


def shown_blocks(page):
    """The text of each block of the article, without labels and evidence."""
    for extra in page.xpath("//*[contains(@class, 'tip') or contains(@class, 'ref')][ancestor::article]"):
        extra.drop_tree()
    return [block.text_content() for block in page.xpath("//article//*[contains(@class, 'block')]")]


def stored_blocks(record):
    return [block.span.of(record.article.text) for block in record.article.blocks]


def hostile_record(words):
    """The words in every place of a record that text can come from."""
    statement = make_statement(words, [words], cue=words, source=words)
    field = HeaderField(value=words, raw=words, span=None, origin=RULE)
    record = make_small_record(
        words, [statement], title=field, authors=(field,), outlet=field, language=field, url=words
    )
    return type(record)(
        capture=record.capture,
        article=record.article,
        statements=record.statements,
        notes=(Note(stage="test", reason="test", detail=words),),
    )


def test_the_article_stands_in_the_page_as_it_was_published():
    assert shown_blocks(parse(make_record())) == stored_blocks(make_record())


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(VISIBLE, min_size=1, max_size=30), min_size=1, max_size=5), st.data())
def test_any_text_and_any_spans_leave_the_article_unharmed(texts, data):
    record = make_small_record("x")
    article = make_article([("paragraph", text) for text in texts])
    bounds = st.lists(st.integers(0, len(article.text)), min_size=2, max_size=8, unique=True).map(sorted)
    parts = [article.text[a:b] for a, b in pairwise(data.draw(bounds))]
    statements = tuple(make_statement(article.text, [part], cue=part, source=None) for part in parts)
    record = type(record)(capture=record.capture, article=article, statements=statements)
    assert shown_blocks(parse(record)) == stored_blocks(record)


def test_text_that_no_block_holds_is_shown_too():
    record = make_small_record("Seen.")
    article = make_article([("paragraph", "Seen."), ("paragraph", ""), ("paragraph", "Seen too.")])
    article = type(article)(article_id="a", text=article.text, blocks=article.blocks[:1])
    page = parse(type(record)(capture=record.capture, article=article, statements=()))
    assert shown_blocks(page) == ["Seen.", "Seen too."]


@pytest.mark.parametrize("number", range(1, len(make_record().statements) + 1))
def test_every_statement_stands_in_the_list_with_all_its_fields(number):
    record = make_record()
    statement, text = record.statements[number - 1], record.article.text
    card = " ".join(parse(record).get_element_by_id(f"s{number}").text_content().split())
    spans = (*statement.content, *statement.cue, *statement.source)
    assert [s.of(text) for s in spans if s.of(text) not in card] == []
    assert [s for s in spans if f"{s.start_char}–{s.end_char}" not in card] == []
    facts = (
        statement.form,
        statement.mode or "unknown",
        statement.statement_id,
        "0.91",
        "0.88",
        "trim_space",
    )
    assert [fact for fact in facts if fact not in card] == []
    assert [u.reason for u in statement.unknowns if u.reason not in card] == []
    assert [hop.text for hop in statement.chain if hop.text not in card] == []


@pytest.mark.parametrize("number", range(1, len(make_record().statements) + 1))
def test_every_statement_is_marked_in_the_article_where_its_content_is(number):
    record = make_record()
    page = parse(record)
    for extra in page.xpath("//article//*[contains(@class, 'tip') or contains(@class, 'ref')]"):
        extra.drop_tree()
    marks = [m for m in page.xpath("//article//mark") if str(number) in m.get("data-s").split()]
    marked = "".join(mark.text_content() for mark in marks)
    spans = record.statements[number - 1].content
    assert "".join(s.of(record.article.text) for s in spans) in marked


def test_overlapping_statements_share_a_segment():
    text = "He said she said no way then."
    outer = make_statement(text, ["she said no way"], cue="He said", source="He")
    inner = make_statement(text, ["no way then"], cue="said", source="she")
    page = parse(make_small_record(text, [outer, inner]))
    shared = [m for m in page.xpath("//article//mark") if set(m.get("data-s").split()) == {"1", "2"}]
    assert any("no way" in m.text_content() for m in shared)


def test_each_statement_has_one_tab_stop_that_leads_to_its_evidence_and_back():
    page = parse(make_record())
    for number in range(1, len(make_record().statements) + 1):
        stops = [a for a in page.xpath(f"//article//a[@href='#s{number}']") if a.get("tabindex") is None]
        assert [a.get("id") for a in stops] == [f"q{number}"]
        assert page.xpath(f"//li[@id='s{number}']//a[@href='#q{number}']")


def test_a_label_tells_a_screen_reader_number_form_speaker_and_cue():
    label = parse(make_record()).get_element_by_id("q1").get("aria-label")
    assert label == "statement 1, direct, Mira Vance, told"


def test_ids_are_unique_and_every_inner_link_has_its_target():
    page = parse(make_record())
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {link[1:] for link in page.xpath("//a[starts-with(@href, '#')]/@href")} <= set(ids)


def test_speakers_are_told_apart_by_letter_and_colour():
    page = parse(make_record())
    chips = page.xpath("//section[contains(@class, 'legend')]//b")
    assert [chip.text for chip in chips] == ["A", "B", "C", "D", "E", "F", "?", "G"]
    assert len({chip.get("class") for chip in chips}) == len(chips)


def test_form_is_shown_by_the_kind_of_line():
    page = parse(make_record())
    classes = {n: page.get_element_by_id(f"q{n}").getparent().get("class").split() for n in (1, 2, 5)}
    assert [next(c for c in classes[n] if c.startswith("line-")) for n in (1, 2, 5)] == [
        "line-direct",
        "line-mixed",
        "line-indirect",
    ]


def test_furniture_is_folded_away_and_kept():
    (folded,) = parse(make_record()).xpath("//details")
    assert folded.get("open") is None
    assert "Trending now" in folded.text_content()


def test_blocks_have_the_elements_of_their_kind():
    page = parse(make_record())
    for path in (
        "//article//h1",
        "//article//h2",
        "//article//ul/li",
        "//article//blockquote",
        "//figure/figcaption",
    ):
        assert page.xpath(path), path
    assert len(page.xpath("//h1")) == 1


def test_a_page_without_a_title_block_still_has_one_heading():
    (heading,) = parse(make_small_record("A line.")).xpath("//h1")
    assert heading.text_content().strip() == "An article without a title"


def test_landmarks_languages_and_directions_are_there():
    page = parse(make_record())
    assert page.get("lang") == "en"
    assert page.xpath("//main/article/@lang") == ["en"]
    assert page.xpath("//body/header")
    assert page.xpath("//aside[@aria-labelledby]")
    assert set(page.xpath("//*[contains(@class, 'block')]/@dir")) == {"auto"}


def test_a_language_that_is_no_tag_does_not_get_into_the_page():
    record = hostile_record('en" onload="x')
    assert parse(record).xpath("//main/article/@lang") == [""]


@pytest.mark.parametrize(
    "record", [make_record(), hostile_record("https://evil.invalid/x.png"), make_small_record("")]
)
def test_nothing_outside_the_page_is_ever_fetched(record):
    page = parse(record)
    links = page.xpath("//*[not(self::a)]/@href | //@src | //@srcset | //@action | //@data | //@poster")
    assert {link for link in links if not link.startswith("#")} == {"data:,"}
    assert not re.search(r"url\(|@import", to_html(record).split("</style>")[0])


def test_a_link_to_the_original_page_tells_it_nothing_of_the_reader():
    links = parse(make_record()).xpath("//a[not(starts-with(@href, '#'))]")
    assert links
    assert {link.get("rel") for link in links} == {"noopener noreferrer"}
    assert all(
        link.get("href").startswith("https://lantern.invalid/bridge?a=1&b=2#:~:text=") for link in links
    )


def test_a_record_without_an_address_has_no_link_outside():
    assert parse(make_small_record("")).xpath("//a[not(starts-with(@href, '#'))]") == []


def test_each_part_of_a_statement_is_linked_in_the_original_page():
    (row,) = parse(make_record()).xpath("//li[@id='s1']//div[dt='page']")
    assert [link.text for link in row.iter("a")] == ["open at these words", "part 2"]


def test_the_receipt_says_what_was_left_out_and_what_is_doubtful():
    coverage = Coverage(
        visible_words=1420,
        article_words=812,
        left_out=(LeftOut(kind="navigation <b>", blocks=3, words=1),),
        dropped=(Dropped(words="<i>Nobody</i> knew.", kind="sidebar", start_byte=1200, end_byte=1219),),
    )
    page = parse(make_small_record("It rains.", coverage=coverage))
    (receipt,) = page.find_class("coverage")
    assert (
        receipt.findtext("summary") == "The article holds 812 of 1,420 words of the page; 1 left out in doubt"
    )
    lines = [item.text_content() for item in receipt.iter("li")]
    assert lines == ["navigation <b>: 1 word in 3 blocks", "<i>Nobody</i> knew. sidebar, bytes 1,200–1,219"]


def test_there_is_no_receipt_without_a_page():
    assert parse(make_record()).find_class("coverage") == []


def test_the_policy_of_the_page_allows_only_its_own_style_and_script():
    page = parse(make_record())
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert page.xpath("//@style") == []


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_text_stays_text(words):
    page = parse(hostile_record(words))
    assert shown_blocks(page) == [words]
    assert len(page.xpath("//script")) == len(page.xpath("//style")) == 1
    assert page.xpath("//img") == []
    assert [name for element in page.iter() for name in element.attrib if name.startswith("on")] == []


def test_a_direction_override_is_seen_and_shut_in():
    words = "He paid \u202e0001\u202c coins"
    page = parse(hostile_record(words))
    signs = page.xpath("//article//bdi/@data-sign")
    assert set(signs) == {"⟨RLO⟩", "⟨PDF⟩"}
    assert "\u202e" not in "".join(page.xpath("//text()[not(parent::bdi[@data-sign])]"))
    assert "\u202e" not in page.findtext(".//title")


@pytest.mark.parametrize("words", ["a\x00b", "a\x1b[31mb", "a\x85b", "a\ud800b", "a\uffffb", "a\x7fb"])
def test_characters_that_a_page_may_not_hold_become_signs(words):
    page = to_html(hostile_record(words))
    page.encode("utf-8")
    assert words[1] not in page


@settings(max_examples=80, deadline=None)
@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=40))
def test_any_text_gives_a_page_that_can_be_written(words):
    to_html(hostile_record(words)).encode("utf-8")


def test_an_empty_record_gives_a_page_that_says_so():
    assert "No statement was found in this article." in to_html(make_small_record(""))


def test_a_content_over_two_paragraphs_is_marked_in_both():
    article = make_article([("paragraph", "“One."), ("paragraph", "“Two.” he said.")])
    record = make_small_record(
        article.text, [make_statement(article.text, ["“One.\n\n“Two.”"], cue=None, source=None)]
    )
    record = type(record)(capture=record.capture, article=article, statements=record.statements)
    assert len(parse(record).xpath("//article//p//mark")) == 2


def test_a_long_article_with_many_statements_is_written_whole():
    text = "“Yes,” she said. " * 2000
    statements = [
        make_statement(text, ["“Yes,”"], cue="said", source="she", after=17 * n) for n in range(2000)
    ]
    assert to_html(make_small_record(text, statements)).count('class="card ') == 2000
