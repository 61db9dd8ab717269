"""Plain text as scraped: every rule by a text of its own; people, places and outlets are invented."""

import textwrap
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.ingest import make_capture, read_article
from onrecord.ingest.text import read_text

BODY = "The mayor of Beltown said on Monday that the old bridge would stay shut until spring."
MORE = "Nobody had been told, she added, and nobody had asked."

REPORTED = [
    "Mira Kessel, editor of the Bugle, said: “We will not go.”",
    "Mira Kessel, editor: “I will not go.”",
    "By Beltown Bridge, Birch said.",
    "Getty Images said it would sue the Bugle.",
    "Getty Images will sue the Bugle.",
    "Video by the police showed a van on the bridge.",
    "Orlin said in a video: “We will not leave!”",
    "The mayor said she would resign. (Reporting by Ann Lee; editing by Reuters)",
    "The mayor will resign. (Reporting by Ann Lee; editing by Reuters)",
    "Register now or lose your vote, Commissioner Birch said.",
    "Sign up for the army, the general said.",
    "Listen: nobody told us, said Birch.",
]


def joined(*lines, gap="\n\n"):
    return gap.join(lines)


def kinds(text):
    return [(block.kind, block.span.of(text)) for block in read_text(text).blocks]


def kind_of(line, text):
    found = [kind for kind, words in kinds(text) if words == line]
    assert len(found) == 1, kinds(text)
    return found[0]


def reason(reading, name):
    return next((u.reason for u in reading.unknowns if u.field == name), None)


def test_a_title_a_byline_and_a_date_line_are_told_from_the_body():
    text = joined("Bridge to Stay Shut", "By Jane Doe", "March 3, 2024", BODY, MORE)
    assert [kind for kind, _ in kinds(text)] == ["title", "byline", "dateline", "paragraph", "paragraph"]


def test_the_header_fields_are_spans_of_the_text():
    text = joined("Bridge to Stay Shut", "By Jane Doe and John Roe", "March 3, 2024 3:02 PM CET", BODY)
    reading = read_text(text)
    fields = (reading.title, *reading.authors, reading.published_at)
    assert [f.span.of(text) for f in fields] == [f.raw for f in fields]
    assert [a.value for a in reading.authors] == ["Jane Doe", "John Roe"]
    assert reading.published_at.value == "2024-03-03T15:02+01:00"


def test_every_block_names_the_rule_that_made_it():
    for block in read_text(joined("Bridge to Stay Shut", "By Jane Doe", BODY, "Share")).blocks:
        assert block.origin.kind == "rule"
        assert block.origin.name.startswith("text-lines/")


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("BY JANE DOE", ["JANE DOE"]),
        ("Written by Jane Doe", ["Jane Doe"]),
        ("Author: Jane Doe", ["Jane Doe"]),
        ("By Jane Doe, John Roe and Ann van der Poel", ["Jane Doe", "John Roe", "Ann van der Poel"]),
        ("By Jane Doe & John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe, Staff writer", ["Jane Doe"]),
        ("By Jane Doe, Political Correspondent", ["Jane Doe"]),
        ("By Jane Doe, The Beltown Courier", ["Jane Doe"]),
        ("By Jane Doe in Beltown", ["Jane Doe"]),
        ("By Jane Doe | March 3, 2024", ["Jane Doe"]),
        ("By J. R. O'Dowd-Smith", ["J. R. O'Dowd-Smith"]),
        ("By Agencies", ["Agencies"]),
        ("By our correspondent", None),
        ("By Staff Writer", []),
    ],
)
def test_a_byline_gives_the_names_of_its_authors(line, authors):
    reading = read_text(joined("Bridge to Stay Shut", line, BODY, MORE))
    if authors is None:
        assert reading.authors == ()
    else:
        assert reading.blocks[1].kind == "byline"
        assert [a.value for a in reading.authors] == authors


def test_a_bare_name_beside_the_date_line_is_a_byline():
    assert kind_of("Jane Doe", joined("Bridge to Stay Shut", "Jane Doe", "3 March 2024", BODY)) == "byline"


def test_a_bare_name_under_the_word_by_is_a_byline():
    text = joined("Bridge to Stay Shut", "By", "Jane Doe", BODY, gap="\n")
    assert [a.value for a in read_text(text).authors] == ["Jane Doe"]


def test_a_bare_name_elsewhere_is_no_byline():
    assert read_text(joined("Bridge to Stay Shut", "Jane Doe", BODY)).authors == ()


@pytest.mark.parametrize(
    "line",
    [
        "By Monday, the river had fallen.",
        "By March the council had spent all of it.",
        "By then nobody cared.",
        "By-election called in Beltown.",
        "By Jane Doe's account, the bridge was never safe.",
    ],
)
def test_a_sentence_that_begins_with_by_is_no_byline(line):
    assert kind_of(line, joined("Bridge to Stay Shut", "Ann Poe, reporter", line, BODY)) == "paragraph"


@pytest.mark.parametrize("line", ["By Order of the Mayor", "By Popular Demand", "By Decision of Beltown"])
def test_words_behind_by_that_name_nobody_give_no_author(line):
    assert read_text(joined("Bridge to Stay Shut", line, BODY, MORE)).authors == ()


@pytest.mark.parametrize("line", ["Tom Orr Loses", "Tom Orr Topples", "Orr Resigns"])
def test_a_headline_above_the_date_is_no_author(line):
    assert read_text(joined("Bridge to Stay Shut", line, "3 March 2024", BODY, MORE)).authors == ()


@pytest.mark.parametrize("line", ["Tom Jones", "Ann B. Williams", "Mary Jane Poe"])
def test_a_bare_name_that_could_end_a_headline_is_still_an_author(line):
    text = joined("Bridge to Stay Shut", line, "3 March 2024", BODY, MORE)
    assert [a.value for a in read_text(text).authors] == [line]


def test_a_byline_below_the_text_names_the_author_where_none_stands_above():
    text = joined("Bridge to Stay Shut", BODY, MORE, "By Jane Doe")
    assert [a.value for a in read_text(text).authors] == ["Jane Doe"]


def test_the_agency_line_below_the_text_is_no_part_of_it():
    line = "(Reporting by Jane Doe; Editing by John Roe)"
    assert kind_of(line, joined("Bridge to Stay Shut", BODY, MORE, line)) == "byline"


def test_an_outlet_on_a_line_of_the_header_is_read():
    text = joined("Bridge to Stay Shut", "By Jane Doe", "The Beltown Courier", "3 March 2024", BODY)
    assert read_text(text).outlet.value == "The Beltown Courier"


def test_an_outlet_behind_the_author_is_read():
    outlet = read_text(joined("Bridge to Stay Shut", "By Jane Doe, The Beltown Courier", BODY)).outlet
    assert (outlet.value, outlet.raw) == ("The Beltown Courier", "The Beltown Courier")


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ("Published: March 3, 2024", "2024-03-03"),
        ("Mar.03 - 2024 3:02 PM CET", "2024-03-03T15:02+01:00"),
        ("BELTOWN, March 3, 2024", "2024-03-03"),
        ("Beltown Courier | March 3, 2024 | 9:05 AM ET", "2024-03-03T09:05-05:00"),
        ("Published March 3, 2024, updated March 5, 2024", "2024-03-03"),
        ("Jane Doe | March 3, 2024", "2024-03-03"),
    ],
)
def test_the_moment_of_publication_is_read_from_its_line(line, value):
    assert read_text(joined("Bridge to Stay Shut", line, BODY)).published_at.value == value


def test_a_date_line_below_the_text_counts_if_it_says_published():
    text = joined("Bridge to Stay Shut", BODY, MORE, "Published 3 March 2024")
    assert read_text(text).published_at.value == "2024-03-03"


def test_a_date_in_the_body_is_not_the_publication():
    assert (
        read_text(joined("Bridge to Stay Shut", "By Jane Doe", BODY, "3 March 2024", MORE)).published_at
        is None
    )


def test_an_update_is_a_date_line_but_not_the_publication():
    reading = read_text(joined("Bridge to Stay Shut", "Updated March 5, 2024", BODY))
    assert (reading.blocks[1].kind, reading.published_at) == ("dateline", None)
    assert "update is stated, 2024-03-05" in reason(reading, "published_at")


def test_a_date_without_a_year_is_unknown_for_that_reason():
    assert "No year" in reason(read_text(joined("Bridge to Stay Shut", "March 3", BODY)), "published_at")


def test_a_zone_that_tells_no_offset_is_said():
    reading = read_text(joined("Bridge to Stay Shut", "March 3, 2024 3:02 PM IST", BODY))
    assert reading.published_at.value == "2024-03-03T15:02"
    assert "several zones" in reason(reading, "published_at.zone")


def test_what_a_bare_text_does_not_say_is_unknown_with_a_reason():
    reading = read_text(joined(BODY, MORE))
    assert {u.field for u in reading.unknowns} == {"title", "authors", "outlet", "published_at", "language"}
    assert all(u.reason.endswith(".") for u in reading.unknowns)


@pytest.mark.parametrize("text", [BODY, "Mayor resigns", joined(BODY, MORE), joined(BODY, MORE, gap="\n")])
def test_a_text_without_a_header_is_all_paragraphs(text):
    assert {kind for kind, _ in kinds(text)} == {"paragraph"}


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_a_title_is_told_with_and_without_blank_lines(gap):
    assert kind_of("Bridge to Stay Shut", joined("Bridge to Stay Shut", BODY, MORE, gap=gap)) == "title"


def test_a_title_with_a_full_stop_is_believed_before_a_byline():
    text = joined("The bridge stays shut.", "By Jane Doe", BODY)
    assert kind_of("The bridge stays shut.", text) == "title"


def test_a_title_may_end_with_the_point_of_an_abbreviation():
    assert kind_of("Bridge Firm Sues U.S.", joined("Bridge Firm Sues U.S.", BODY, MORE)) == "title"


def test_the_name_of_a_section_over_the_title_is_furniture():
    text = joined("World news", "Bridge to Stay Shut", "By Jane Doe", BODY)
    assert [kind for kind, _ in kinds(text)] == ["furniture", "title", "byline", "paragraph"]


@pytest.mark.parametrize(
    "opening",
    [
        "BELTOWN, March 3 (Agency) — The mayor said that the bridge would stay shut",
        "BELTOWN (BNA) - The mayor said that the bridge would stay shut",
        "TAVRIN CITY – The mayor said that the bridge would stay shut",
    ],
)
def test_a_wire_dateline_stays_in_its_paragraph(opening):
    assert kinds(joined(opening, MORE))[0] == ("paragraph", opening)


def test_a_sentence_between_title_and_byline_is_the_dek():
    text = joined("Bridge to Stay Shut", MORE, "By Jane Doe", BODY)
    assert kind_of(MORE, text) == "dek"


def test_a_line_under_the_title_without_full_stop_is_the_dek():
    dek = "Council hears that nobody had been told"
    assert kind_of(dek, joined("Bridge to Stay Shut", dek, BODY, MORE)) == "dek"


def test_short_lines_between_paragraphs_are_headings():
    text = joined(
        "Bridge to Stay Shut", "By Jane Doe", BODY, "A Costly Winter", MORE, "What happens next?", BODY
    )
    assert kind_of("A Costly Winter", text) == "heading"
    assert kind_of("What happens next?", text) == "heading"


def test_a_short_line_with_nothing_after_it_is_a_paragraph():
    assert (
        kind_of("And so it stayed", joined("Bridge to Stay Shut", "By Jane Doe", BODY, "And so it stayed"))
        == "paragraph"
    )


@pytest.mark.parametrize(
    "line",
    ["“We stay.”", "So she asked, ''Who will pay?''", "He agreed.", "The plan has three parts:", "and so on"],
)
def test_short_lines_that_end_or_begin_otherwise_are_paragraphs(line):
    assert kind_of(line, joined("Bridge to Stay Shut", "By Jane Doe", BODY, line, MORE)) == "paragraph"


def test_a_text_without_any_full_stop_is_not_all_headings():
    verse = joined("Come in", "Sit down", "Tell us", "What you saw", BODY)
    assert "heading" not in {kind for kind, _ in kinds(verse)}


@pytest.mark.parametrize("mark", ["-", "*", "•", "1.", "12)"])
def test_lines_with_a_bullet_or_number_are_list_items(mark):
    line = f"{mark} the bridge stays shut"
    assert kind_of(line, joined("Bridge to Stay Shut", "By Jane Doe", BODY, line, MORE)) == "list_item"


@pytest.mark.parametrize(
    "line", ["– We will stay, she said.", "-40 degrees were measured.", "3 March was cold."]
)
def test_dashes_of_speech_and_numbers_are_no_bullets(line):
    assert kind_of(line, joined("Bridge to Stay Shut", "By Jane Doe", BODY, line, MORE)) == "paragraph"


def test_lines_marked_as_quoted_are_one_quotation():
    text = joined(BODY, "> We will stay,\n> as we said.", MORE)
    assert ("quotation", "> We will stay,\n> as we said.") in kinds(text)


@pytest.mark.parametrize(
    "line",
    [
        "Trending Now",
        "MOST READ",
        "Related",
        "Read more",
        "Read more: Ferry to run at night",
        "RELATED: Ferry to run",
        "Share",
        "Share this article",
        "Advertisement",
        "ADVERTISEMENT",
        "Sign up for our newsletter",
        "Sign up for our free newsletter to get the news every morning.",
        "Follow us on Facebook",
        "Follow @courier on X",
        "Copyright 2024 Beltown Courier. All rights reserved.",
        "© 2024 Beltown Courier",
        "12 comments",
        "Comments (3)",
        "3 min read",
        "Story continues below advertisement",
        "Home > News > Beltown",
        "* * *",
        "-30-",
        "###",
        "Tags: bridge, mayor",
        "Don’t miss",
        "Subscribe to our channel",
        "Editor's Picks:",
        "We use cookies to improve the site.",
        "Skip to content",
    ],
)
def test_page_furniture_is_told(line):
    assert kind_of(line, joined("Bridge to Stay Shut", "By Jane Doe", BODY, line, MORE)) == "furniture"


@pytest.mark.parametrize(
    "line",
    [
        "Related to this, the mayor said, is the ferry.",
        "Share prices fell, the agency said.",
        "Follow the money, she told the council.",
        "Read the report, he said.",
        "Most read it as a threat.",
        "Comments by the mayor were not welcome.",
    ],
)
def test_sentences_that_begin_like_furniture_are_kept(line):
    assert kind_of(line, joined("Bridge to Stay Shut", "By Jane Doe", BODY, line, MORE)) == "paragraph"


def test_headlines_listed_under_most_read_are_furniture():
    text = joined(
        "Bridge to Stay Shut", BODY, MORE, "Most Read", "Otter found in lift", "1. Ten walks", "Storm named"
    )
    assert [kind for kind, _ in kinds(text)][3:] == ["furniture"] * 4


def test_the_last_line_of_a_box_may_be_the_heading_of_what_follows():
    text = joined("Bridge to Stay Shut", BODY, "Related", "Otter found in lift", "A Costly Winter", MORE)
    assert kind_of("Otter found in lift", text) == "furniture"
    assert kind_of("A Costly Winter", text) == "heading"


@pytest.mark.parametrize(
    "line",
    [
        "Photo: Jane Doe",
        "Photo by Jane Doe",
        "Photo credit: Jane Doe",
        "Image: Jane Doe/Beltown Courier",
        "Jane Doe / Shutterstock.com",
        "Jane Doe/Getty Images",
        "Getty Images",
        "© Jane Doe / Alamy",
        "(Photo by Jane Doe/BNA)",
        "Jane Doe/Beltown Courier",
        "Courtesy of Jane Doe",
    ],
)
def test_a_picture_credit_is_told(line):
    assert kind_of(line, joined("Bridge to Stay Shut", "By Jane Doe", BODY, line, MORE)) == "credit"


@pytest.mark.parametrize(
    "line",
    [
        "Workers at the bridge on March 3, 2024. (AP Photo/Jane Doe)",
        "The bridge at dusk. Photograph: Jane Doe/Beltown Courier",
        "Pictured: the bridge at dusk",
        "Photo: The mayor of Beltown looks at the old bridge on the day that it was shut.",
    ],
)
def test_a_caption_is_told(line):
    assert kind_of(line, joined("Bridge to Stay Shut", "By Jane Doe", BODY, line, MORE)) == "caption"


@pytest.mark.parametrize(
    "line",
    [
        "Reuters reported on Monday that the bridge was shut.",
        "Photos of the bridge were shown to the council.",
        "“Pictures lie,” she told Reuters/BNA in Beltown.",
        "The either/or of it is plain.",
    ],
)
def test_sentences_about_pictures_and_agencies_are_kept(line):
    assert kind_of(line, joined("Bridge to Stay Shut", "By Jane Doe", BODY, line, MORE)) == "paragraph"


@pytest.mark.parametrize("line", REPORTED)
def test_a_line_that_quotes_or_reports_stays_a_paragraph(line):
    reading = read_text(text := joined("Bridge to Stay Shut", "By Jane Doe", BODY, line, MORE))
    assert kind_of(line, text) == "paragraph"
    assert [a.value for a in reading.authors] == ["Jane Doe"]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Photo: Ann Poe, who said “Hold still!”", "credit"),
        ("Protesters with a banner that says “No bridge”. (AP Photo/Jane Doe)", "caption"),
        ("Related: Mayor says “We stay”", "furniture"),
        ("© 2024 The “Beltown” Courier", "furniture"),
        ("Jane Doe, editor (who said so)", "byline"),
        ("By Edward Said", "byline"),
    ],
)
def test_a_sure_sign_outweighs_a_quotation(line, kind):
    assert kind_of(line, joined("Bridge to Stay Shut", "By Jane Doe", BODY, line, MORE)) == kind


def test_a_quotation_beside_a_credit_is_no_caption():
    line = "“We will not go,” said Birch."
    text = joined("Bridge to Stay Shut", "By Jane Doe", f"Photo: Ann Poe\n{line}", BODY, MORE)
    assert kind_of(line, text) == "paragraph"


def test_a_line_in_one_group_with_a_credit_is_its_caption():
    text = joined("Bridge to Stay Shut", "By Jane Doe", "Photo: Ann Poe\nThe old bridge at dusk.", BODY, MORE)
    assert kind_of("The old bridge at dusk.", text) == "caption"


def test_a_paragraph_after_a_credit_is_kept_where_no_blank_lines_part_them():
    text = joined("Bridge to Stay Shut", "By Jane Doe", "Photo: Ann Poe", BODY, MORE, gap="\n")
    assert kind_of(BODY, text) == "paragraph"


def test_the_title_again_beside_a_credit_is_a_caption():
    text = joined("Bridge to Stay Shut", "Photo: Ann Poe", "Bridge to stay shut.", BODY, MORE)
    assert kind_of("Bridge to stay shut.", text) == "caption"


def test_the_title_again_elsewhere_is_furniture():
    text = joined("Bridge to Stay Shut", "By Jane Doe", BODY, "BRIDGE TO STAY SHUT", MORE)
    assert kind_of("BRIDGE TO STAY SHUT", text) == "furniture"


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
@pytest.mark.parametrize("width", [64, 72, 80])
def test_the_lines_of_a_wrapped_paragraph_are_one_block(width, gap):
    paragraphs = [BODY + " " + MORE + " " + BODY, MORE + " " + BODY + " It will cost millions."]
    text = gap.join(textwrap.fill(p, width) for p in paragraphs)
    assert [" ".join(words.split()) for _, words in kinds(text)] == paragraphs


def test_wrapping_does_not_swallow_the_header():
    text = joined("Bridge to Stay Shut", "By Jane Doe", "March 3, 2024", textwrap.fill(BODY + " " + MORE, 64))
    assert [kind for kind, _ in kinds(text)] == ["title", "byline", "dateline", "paragraph"]


def test_lines_of_one_paragraph_each_are_not_joined():
    assert len(kinds(joined(BODY, MORE, BODY + " " + MORE, gap="\n"))) == 3


def test_a_text_of_furniture_only_says_that_it_has_no_body():
    assert "No line reads as part of a report" in reason(read_text("Share\n\nMost Read\n\n* * *"), "body")


ODD = "\x00\x0b\x1c\x85\u2028\u00a0\u200b\u202e\ufeff\U0001f600\u0645\u05d0中>-*•|/:.©“‘«„”"
LINES = st.sampled_from(
    ["", " ", "By Jane Doe", "March 3, 2024", "Photo: Ann Poe", "Most Read", BODY, MORE, "> so", "- item",
     "Title Here", "…", "By", "\x1c"]
)  # fmt: skip
TEXTS = st.one_of(
    st.text(max_size=300),
    st.text(alphabet=st.sampled_from(ODD + "aB \n\r\t1"), max_size=200),
    st.lists(st.one_of(LINES, st.text(max_size=90)), max_size=25).map("\n".join),
)


@given(TEXTS)
@example("By \n\n | \n1.")
def test_blocks_are_trimmed_in_order_and_cover_every_line_once(text):
    reading = read_text(text)
    assert reading.text == text
    position = 0
    for block in reading.blocks:
        words = block.span.of(text)
        assert words == words.strip() != ""
        assert text[position : block.span.start_char].strip() == ""
        position = block.span.end_char
    assert text[position:].strip() == ""


@given(TEXTS)
def test_header_fields_stand_where_their_spans_say(text):
    reading = read_text(text)
    for found in (reading.title, reading.outlet, reading.published_at, *reading.authors):
        assert found is None or found.span.of(text) == found.raw


@given(TEXTS)
def test_reading_twice_gives_the_same(text):
    assert read_text(text) == read_text(text)


@pytest.mark.parametrize(
    "text",
    [
        (BODY + " ") * 60_000,
        "a" * 5_000_000,
        "." * 5_000_000,
        "1" * 5_000_000,
        "“" * 2_000_000,
        "a" + " " * 5_000_000 + "b",
        "Most Read\nOtter found\n" * 10_000,
        "By Jane Doe, Staff writer\n" * 10_000,
        "Published March 3, 2024\n" * 10_000,
        joined("Bridge Shut", *["Bridge shut"] * 20_000),
    ],
    ids=["sentences", "word", "points", "digits", "marks", "spaces", "boxes", "bylines", "dates", "titles"],
)
def test_long_and_monotonous_texts_are_read_in_seconds(text):
    started = time.process_time()
    read_text(text)
    assert time.process_time() - started < 6


def test_twenty_megabytes_are_read_in_seconds():
    capture = make_capture(((BODY + " " + MORE) * 3 + "\n\n").encode() * 48_000)
    started = time.process_time()
    read_article(capture)
    assert capture.size_bytes > 20_000_000
    assert time.process_time() - started < 15
