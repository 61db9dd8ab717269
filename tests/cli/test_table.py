"""The table: its parts, its width, and that nothing of an article acts on the terminal."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from onrecord.cli.table import render_record
from onrecord.record import Coverage, Dropped
from tests.bridge import make_record
from tests.factories import make_small_record, make_statement


class Terminal(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch):
    for name in ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")


def lines_of(record):
    return render_record(record, io.StringIO()).splitlines()


def line_with(record, words):
    return next(line for line in lines_of(record) if words in line)


def test_a_line_holds_every_field_of_a_statement():
    line = line_with(make_record(), "Mira Vance")
    for part in ("1 ", "told", "“We will not", "direct", "said", "the Tessaly Lantern", "¶1 172–211 +1"):
        assert part in line


def test_what_was_said_comes_before_what_was_thought():
    text = "\n".join(lines_of(make_record()))
    said, thought = text.index("Said and written"), text.index("Thought, felt, wanted, known")
    assert said < text.index("Quay Audit") < thought < text.index("a second opinion")


def test_there_is_no_section_of_thought_where_nobody_thinks():
    record = make_small_record(
        "It rains.", [make_statement("It rains.", ["It rains"], cue=None, source=None)]
    )
    assert "Thought" not in "\n".join(lines_of(record))


def test_numbers_are_those_of_the_record_in_both_sections():
    assert line_with(make_record(), "a second opinion").lstrip().startswith("6 ")


def test_a_statement_without_speaker_says_unknown_and_below_why():
    assert line_with(make_record(), "it was said").split()[1] == "unknown"
    assert "speaker of 7 unknown: the sentence names nobody" in lines_of(make_record())


def test_the_header_shows_what_is_known_and_why_the_rest_is_not():
    lines = lines_of(make_record())
    assert lines[0] == "Harbour council puts off the Tessaly bridge"
    assert "authors     Ondrej Vale" in lines
    assert "published   2031-05-03 (to the day)" in lines
    assert "outlet      unknown: neither the text nor an address names one" in lines
    assert "statements  8: 3 direct, 1 mixed, 4 indirect" in lines


@pytest.mark.parametrize(
    ("doubted", "line"),
    [
        (0, "coverage    812 of 1,420 words on the page"),
        (1, "coverage    812 of 1,420 words on the page; 1 paragraph left out reads like text (see --json)"),
        (2, "coverage    812 of 1,420 words on the page; 2 paragraphs left out read like text (see --json)"),
    ],
)
def test_the_receipt_of_a_page_is_one_line(doubted, line):
    dropped = (Dropped(words="Nobody knew.", kind="sidebar", start_byte=1, end_byte=9),) * doubted
    coverage = Coverage(visible_words=1420, article_words=812, left_out=(), dropped=dropped)
    assert line in lines_of(make_small_record("It rains.", coverage=coverage))


def test_plain_text_has_no_receipt():
    assert not [line for line in lines_of(make_record()) if line.startswith("coverage")]


def test_notes_stand_at_the_end():
    assert lines_of(make_record())[-2].startswith("note: The text is short")


def test_an_empty_record_says_that_nothing_was_found():
    assert "No statement was found in this article." in lines_of(make_small_record(""))


def test_off_a_terminal_there_is_no_colour_and_the_width_is_120():
    text = render_record(make_record(), io.StringIO())
    assert "\x1b" not in text
    assert max(map(cell_len, text.splitlines())) <= 120


def test_on_a_terminal_there_is_colour():
    assert "\x1b[" in render_record(make_record(), Terminal())


def test_no_color_is_heeded_on_a_terminal(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in render_record(make_record(), Terminal()).replace("\x1b[3m", "")


@pytest.mark.parametrize("width", [40, 60, 80, 109, 110, 200])
def test_columns_gives_the_width_and_no_line_is_wider(width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    assert max(map(cell_len, lines_of(make_record()))) <= width


WIDE = ["家" * 200, "🚢" * 150, "👩‍🚀 said " * 60, "e\u0301" * 300, "שלום עולם " * 60, "\u200b" * 400 + "x"]


@pytest.mark.parametrize("words", WIDE)
@pytest.mark.parametrize("width", [60, 120])
def test_wide_and_joined_characters_do_not_break_the_width(words, width, monkeypatch):
    monkeypatch.setenv("COLUMNS", str(width))
    words = words.strip()
    record = make_small_record(words, [make_statement(words, [words], cue=None, source=words)])
    assert max(map(cell_len, lines_of(record))) <= width


def test_long_content_is_cut_with_an_ellipsis():
    words = "word " * 200 + "end"
    record = make_small_record(words, [make_statement(words, [words], cue=None, source=None)])
    line = line_with(record, "word word")
    assert "…" in line
    assert "end" not in line


def test_square_brackets_of_an_article_are_no_markup():
    words = "[red]no[/red] :ship: [link=x]"
    record = make_small_record(words, [make_statement(words, [words], cue=None, source=None)])
    assert words in "\n".join(lines_of(record))


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), min_size=1, max_size=60))
def test_no_text_reaches_the_terminal_as_a_command(words):
    statement = make_statement(words, [words], cue=words, source=words)
    text = render_record(make_small_record(words, [statement]), io.StringIO())
    assert not [
        c for c in text if (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) <= 0x9F or c in "\u202e\u2066"
    ]
    text.encode("utf-8")
