"""The page of a record: the article's text unharmed, every statement with its evidence, nothing that acts."""

import dataclasses
import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as parser

from onrecord.export.html import to_html
from onrecord.export.html_text import show_origin
from onrecord.record import Coverage, Dropped, LeftOut, Origin, Span, TimeValue, Unknown, time_id_of
from tests.bridge import make_record
from tests.factories import RULE, make_article, make_entity, make_mention, make_small_record, make_statement
from tests.hostile import hostile_record

HOSTILE = (
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><style>*{display:none}",
    "--><!-- <!doctype html>",
    "&lt;b&gt; &amp; &#60;",
    "javascript:alert(1)",
)  # fmt: skip
EDTF = "2031-05-01/2031-05-03"
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
    spans = data.draw(st.lists(st.integers(0, len(article.text) - 1), max_size=4))
    record = type(record)(
        capture=record.capture,
        article=article,
        statements=statements,
        entities=tuple(
            make_entity(article.text, [make_mention(article.text, at(a, article))]) for a in spans
        ),
        times=tuple(time_at(article, at(a, article)) for a in spans),
    )
    page = parse(record)
    links = {link[1:] for link in page.xpath("//a/@href") if re.fullmatch(r"#[cptl]\d+", link)}
    assert links <= set(page.xpath("//@id"))
    assert shown_blocks(page) == stored_blocks(record)


def at(start, article):
    """A span of up to nine characters there."""
    return Span(start_char=start, end_char=min(start + 9, len(article.text)))


def time_at(article, span):
    return TimeValue(
        time_id=time_id_of(article.article_id, span),
        article_id=article.article_id,
        text=span.of(article.text),
        span=span,
        kind="date",
        timex_value="2031",
        origin=RULE,
    )


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
    assert [chip.text for chip in chips] == ["A", "B", "C", "D", "?", "E", "F"]
    assert len({chip.get("class") for chip in chips}) == len(chips)


def test_statements_of_one_speaker_share_its_letter_and_colour_however_it_is_written():
    page = parse(make_record())
    chips = [page.get_element_by_id(f"s{n}").find_class("chip")[0].text for n in (1, 3, 6, 9)]
    assert chips == ["A1", "A3", "A6", "A9"]
    colours = {page.get_element_by_id(f"s{n}").get("class") for n in (1, 3, 6, 9)}
    assert colours == {"card k0"}


def row_of(page, number, term):
    """The fact of a statement under this term, its white space folded."""
    (row,) = page.xpath(f"//li[@id='s{number}']//div[dt='{term}']/dd")
    return row


def words_of(element):
    return " ".join(element.text_content().split())


def test_a_speaker_is_shown_with_the_mentions_that_lead_to_the_name_each_where_it_stands():
    page = parse(make_record())
    row = row_of(page, 6, "speaker")
    assert words_of(row) == "She pronoun → Vance name → Mira Vance name; rule speakers/coreference 1"
    shown = shown_words(page)
    assert [shown(link) for link in row.iter("a")] == ["She", "Vance", "Mira Vance"]


def shown_words(page):
    """What stands in the article at the target of a link, without labels and evidence."""
    for extra in page.xpath("//article//*[contains(@class, 'tip') or contains(@class, 'ref')]"):
        extra.drop_tree()
    return lambda link: words_of(page.get_element_by_id(link.get("href")[1:]))


@pytest.mark.parametrize(
    ("number", "heading"),
    [
        (1, "A1 Mira Vance told"),
        (6, "A6 Mira Vance (She) wants"),
        (7, "?7 unknown it was said"),
        (8, "E8 Ilse Corran wrote"),
        (9, "A9 Mira Vance (the bridge warden) said"),
    ],
)
def test_a_heading_names_the_speaker_and_the_source_as_written_where_it_differs(number, heading):
    card = parse(make_record()).get_element_by_id(f"s{number}")
    assert words_of(card.find("h3")) == heading


def test_an_unknown_speaker_is_shown_by_the_source_as_written():
    statement = make_statement("She said no.", ["no"], cue="said", source="She", speaker=None)
    card = parse(make_small_record("She said no.", [statement])).get_element_by_id("s1")
    assert words_of(card.find("h3")) == "?1 “She” unknown said"


@pytest.mark.parametrize(
    ("number", "term", "words"),
    [
        (9, "when", f"1–3 May 2031 from “earlier in May” part of month, {EDTF}; rule said_at/in_sentence 1"),
        (1, "when", "3 May 2031 day, 2031-05-03; rule said_at/dateline 1"),
        (2, "when", "unknown: neither the sentence nor its neighbours say when"),
        (9, "in", "Beltown: Beltown, settlement, TS-04 rule said_in/in_sentence 1"),
        (1, "in", "unknown: the article does not say where"),
        (10, "about", "before the end of next week, Port Tessaly"),
        (2, "about", "Mira Vance, Harbour council"),
        (3, "within", "statement 2"),
        (2, "holds", "statement 3, statement 4"),
        (7, "speaker", "unknown: the sentence names nobody"),
        (1, "via", "the Tessaly Lantern told, 228–247; rule plain-text 1"),
    ],
)  # fmt: skip
def test_a_fact_is_shown_with_what_it_rests_on(number, term, words):
    assert words_of(row_of(parse(make_record()), number, term)) == words


def test_a_speaker_that_nothing_names_stands_with_the_reason():
    no_name = Unknown(field="speaker", reason="the article does not tell whom “she” means")
    statement = make_statement("She said no.", ["no"], cue="said", source="She", unknowns=(no_name,))
    row = row_of(parse(make_small_record("She said no.", [statement])), 1, "speaker")
    assert words_of(row).startswith("She name; model coreference")
    assert words_of(row).endswith("unknown: the article does not tell whom “she” means")


def test_a_fact_that_nothing_tells_has_no_row():
    page = parse(make_record())
    assert page.xpath("//li[@id='s1']//div[dt='within' or dt='holds' or dt='about']") == []


def test_times_and_places_are_marked_each_with_a_line_of_its_own_and_with_what_they_mean():
    page = parse(make_record())
    found = {
        kind: [(a.text_content(), a.get("title")) for a in page.xpath(f"//article//a[@class='{kind}']")]
        for kind in ("time", "place")
    }
    assert ("earlier in May", "time: 1–3 May 2031") in found["time"]
    reason = "time: unknown, because the article does not say when the flood was"
    assert "".join(words for words, title in found["time"] if title == reason) == "shortly after the flood"
    port = "place: Port Tessaly, settlement, TS; stands for its government"
    assert ("Port Tessaly", port) in found["place"]
    css = to_html(make_record()).split("</style>")[0]
    lines = {kind: re.search(rf"\.{kind} {{ text-decoration-style: (\w+)", css)[1] for kind in found}
    assert lines["time"] != lines["place"]


def test_a_time_that_a_statement_cuts_is_marked_in_both_parts():
    record = make_record()
    text = record.article.text
    half = make_statement(text, ["earlier"], cue=None, source=None)
    record = dataclasses.replace(record, statements=(half,))
    marked = parse(record).xpath("//article//a[@class='time'][contains(@title, '1–3 May')]")
    assert [a.text_content() for a in marked] == ["earlier", " in May"]


def test_marks_of_times_and_places_are_no_stops_of_the_tab_key():
    marks = parse(make_record()).xpath("//article//a[@class='time' or @class='place']")
    assert {mark.get("tabindex") for mark in marks} == {"-1"}


def rows_under(page, heading):
    """The rows of a list, each on one line, without what is folded away."""
    (section,) = page.xpath(f"//section[@aria-labelledby='{heading}']")
    for folded in section.xpath(".//details"):
        folded.drop_tree()
    return [words_of(row) for row in section.iter("li")]


def test_people_times_and_places_are_listed_with_what_they_are():
    page = parse(make_record())
    people = ["A Mira Vance the bridge warden", "C Harbour council", "B The harbour master", "D Quay Audit"]
    assert rows_under(page, "people")[:4] == people
    assert rows_under(page, "times") == [
        "earlier in May 1–3 May 2031",
        "before the end of next week 3–11 May 2031",
        "In recent months by 3 May 2031",
        "shortly after the flood unknown: the article does not say when the flood was",
    ]
    assert rows_under(page, "places") == [
        "Beltown Beltown, settlement, TS-04",
        "Port Tessaly Port Tessaly, settlement, TS; stands for its government",
        "the Tessaly region Tessaly, region, TS-04",
        "the ferry landing unknown: no entry of the gazetteer bears this name",
    ]


def test_somebody_is_counted_and_every_mention_is_linked_to_its_place():
    page = parse(make_record())
    vance, officials = page.get_element_by_id("p1"), page.get_element_by_id("p6")
    assert vance.findtext(".//summary") == "person · 4 statements · 5 mentions"
    assert officials.findtext(".//summary") == "group of 3, anonymous · 1 statement · 1 mention"
    (mentions,) = vance.xpath(".//div[dt='mentions']/dd")
    shown = shown_words(page)
    assert [shown(link) for link in mentions.iter("a")] == [words_of(link) for link in mentions.iter("a")]
    assert len(list(mentions.iter("a"))) == 5


def test_what_only_is_mentioned_is_folded_away():
    (folded,) = parse(make_record()).xpath("//section[@aria-labelledby='people']/details")
    assert folded.findtext("summary") == "1 more that the article mentions"
    assert "the flood" in folded.text_content()


def test_a_place_shows_its_entry_its_precision_and_what_else_it_might_be():
    row = words_of(parse(make_record()).get_element_by_id("l1"))
    for part in ("51.50° N, 0.12° W ± 6 km", "geonames:1", "Port Tessaly, settlement, TS", "0.80", "788–795"):
        assert part in row


def test_a_time_shows_what_it_was_counted_from_and_both_notations():
    row = words_of(parse(make_record()).get_element_by_id("t1"))
    for part in ("publication, 3 May 2031", "2031-05 START", "2031-05-01/2031-05-03", "rule times/earlier 1"):
        assert part in row


def test_the_counts_at_the_top_lead_to_the_lists():
    (line,) = parse(make_record()).find_class("brand")
    assert [words_of(a) for a in line.iter("a")] == ["7 people and organisations", "4 times", "4 places"]


def test_a_record_that_names_nobody_has_no_empty_lists():
    page = parse(make_small_record("It rains."))
    assert page.find_class("named") == []
    assert page.xpath("//article//*[@id]") == []


def test_form_is_shown_by_the_kind_of_line():
    page = parse(make_record())
    classes = {n: page.get_element_by_id(f"q{n}").getparent().get("class").split() for n in (1, 2, 5)}
    assert [next(c for c in classes[n] if c.startswith("line-")) for n in (1, 2, 5)] == [
        "line-direct",
        "line-mixed",
        "line-indirect",
    ]


def test_furniture_is_folded_away_and_kept():
    (folded,) = parse(make_record()).xpath("//article//details")
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


def test_what_somebody_judged_is_told_by_their_name_alone():
    origin = Origin(kind="given", name="Ada <Fenn>", version="judgement-0123", rules=("corrected/speaker",))
    assert show_origin(origin) == 'as judged by <bdi dir="auto">Ada &lt;Fenn&gt;</bdi>'
    assert show_origin(Origin(kind="rule", name="times/day", version="1")) == "rule times/day 1"
