"""The table: its parts, its width, and that nothing of an article acts on the terminal."""

import dataclasses
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from onrecord.cli.table import render_record
from onrecord.record import Coverage, Dropped, Unknown
from tests.bridge import make_record
from tests.factories import make_entity, make_mention, make_small_record, make_statement, span_of
from tests.hostile import hostile_record


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


def at_width(width, monkeypatch):
    """The lines of the record at a width, white space folded."""
    monkeypatch.setenv("COLUMNS", str(width))
    return [" ".join(line.split()) for line in lines_of(make_record())]


FIRST = ("told", "direct", "said", "the Tessaly Lantern", "3 May 2031", "¶1 172–211 +1")


def test_a_line_holds_every_field_of_a_statement(monkeypatch):
    monkeypatch.setenv("COLUMNS", "160")
    line = line_with(make_record(), "“We will not")
    assert [part for part in ("1 ", "Mira Vance", *FIRST) if part not in line] == []


def test_two_lines_hold_every_field_where_one_cannot():
    lines = lines_of(make_record())
    (first,) = (i for i, line in enumerate(lines) if "“We will not" in line)
    assert lines[first].split()[:3] == ["1", "Mira", "Vance"]
    assert [part for part in FIRST if part not in lines[first + 1]] == []


def test_one_line_is_enough_where_nothing_tells_when_and_where():
    text = "It rains, she said."
    record = make_small_record(text, [make_statement(text, ["It rains"], cue="said", source="she")])
    assert line_with(record, "It rains").split() == ["1", "she", "said", "It", "rains", *LAST]


LAST = ["indirect", "said", "¶1", "0–8"]


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("they never asked us", "9 Mira Vance (the bridge warden) “They never asked us,”"),
        ("a second opinion", "6 Mira Vance (She) a second opinion"),
        ("the river does not", "8 Ilse Corran “The river does not"),
    ],
)
def test_a_resolved_speaker_has_the_source_as_written_beside_it_where_it_differs(words, shown, monkeypatch):
    assert any(shown in line for line in at_width(120, monkeypatch)), words


def test_a_speaker_that_is_unknown_is_shown_as_written():
    text = "It rains, she said."
    statement = make_statement(text, ["It rains"], cue="said", source="she", speaker=None)
    assert line_with(make_small_record(text, [statement]), "It rains").split()[1] == "“she”"


def test_a_statement_inside_another_says_inside_which():
    assert "in #2: “a safe crossing”" in line_with(make_record(), "3  Mira Vance")


def test_when_and_where_a_statement_was_made_stand_with_it(monkeypatch):
    assert "said direct · said · 1–3 May 2031 · in Beltown · ¶8 703–725" in at_width(120, monkeypatch)


def test_why_when_and_where_are_unknown_is_counted_and_not_listed():
    lines = lines_of(make_record())
    assert "when said unknown for 8 of 10: neither the sentence nor its neighbours say when" in lines
    assert "where said unknown for 9 of 10: the article does not say where" in lines


def test_several_reasons_stand_in_the_order_of_their_number():
    text = "It rains. It snows. It thaws."
    reasons = ("no time is told", "told of another day", "no time is told")
    statements = [
        make_statement(
            text, [words], cue=None, source=None, unknowns=(Unknown(field="said_at", reason=reason),)
        )
        for words, reason in zip(("It rains", "It snows", "It thaws"), reasons, strict=True)
    ]
    line = "when said unknown for 3 of 3: no time is told (2); told of another day (1)"
    assert line in lines_of(make_small_record(text, statements))


def test_reasons_that_differ_in_words_they_quote_are_one_which_quotes_none():
    text = "It rains. It snows. It thaws."
    statements = [
        make_statement(text, [words], cue=None, source=None, unknowns=(Unknown(field=field, reason=reason),))
        for words, field, reason in (
            ("It rains", "mode", "The cue “vow” does not tell."),
            ("It snows", "mode", "The cue “see” does not tell."),
            ("It thaws", "form", "The mark “x” is odd."),
        )
    ]
    lines = lines_of(make_small_record(text, statements))
    assert "mode of 1, 2 unknown: The cue “…” does not tell." in lines
    assert "form of 3 unknown: The mark “x” is odd." in lines


def test_the_numbers_of_many_statements_are_cut_and_the_rest_is_counted():
    no_mode = Unknown(field="mode", reason="why")
    statement = make_statement("It rains.", ["It rains"], cue=None, source=None, unknowns=(no_mode,))
    line = "mode of 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 8 more unknown: why"
    assert line in lines_of(make_small_record("It rains.", [statement] * 20))


def test_many_reasons_are_cut_and_the_rest_is_counted():
    record = make_record()
    flood = record.times[-1]
    times = tuple(
        dataclasses.replace(flood, unknowns=(Unknown(field="start", reason=f"reason {n}"),)) for n in range(9)
    )
    lines = lines_of(dataclasses.replace(record, times=times, statements=()))
    assert len([line for line in lines if "reason" in line]) == 7
    assert "and 3 more reasons (see --json)" in lines


def test_people_are_listed_by_how_much_they_say_with_what_the_article_calls_them(monkeypatch):
    lines = at_width(80, monkeypatch)
    first = lines.index("People and organisations") + 2
    assert lines[first : first + 8] == [
        "Mira Vance person the bridge warden 4 5",
        "Harbour council organisation 1 3",
        "The harbour master person 1 1",
        "Quay Audit organisation 1 1",
        "Ilse Corran person the engineer 1 1",
        "Three officials group of 3, anonymous 1 1",
        "the Tessaly Lantern outlet 1",
        "and 1 more (see --json or --html)",
    ]


def test_what_is_unknown_of_somebody_is_said_with_the_reason(monkeypatch):
    line = "kind of “The harbour master” unknown: the words fit an office and the one who holds it"
    assert line in at_width(120, monkeypatch)


def test_times_are_listed_with_their_interval_and_the_unknown_with_the_reason(monkeypatch):
    lines = at_width(120, monkeypatch)
    first = lines.index("Times") + 2
    assert lines[first : first + 4] == [
        "earlier in May 1–3 May 2031 2031-05-01/2031-05-03",
        "before the end of next week 3–11 May 2031 2031-05-03/2031-05-11",
        "In recent months by 3 May 2031 ../2031-05-03",
        "“shortly after the flood” unknown: the article does not say when the flood was",
    ]


def test_places_are_listed_with_entry_use_and_precision(monkeypatch):
    lines = at_width(120, monkeypatch)
    first = lines.index("Places") + 2
    assert lines[first : first + 4] == [
        "Beltown Beltown, settlement, TS-04 51.50° N, 0.12° W ± 6 km",
        "Port Tessaly Port Tessaly, settlement, TS; stands for its government 50.00° N, 1.00° E",
        "the Tessaly region Tessaly, region, TS-04",
        "“the ferry landing” unknown: no entry of the gazetteer bears this name",
    ]


def test_what_is_named_again_with_the_same_meaning_is_one_row_with_the_number():
    record = make_record()
    record = dataclasses.replace(record, times=record.times[:1] * 3, places=record.places[:1] * 2)
    lines = lines_of(record)
    assert [" ".join(line.split()[:4]) for line in lines if "×" in line] == [
        "earlier in May ×3",
        "Beltown ×2 Beltown, settlement,",
    ]


def test_long_lists_are_cut_and_the_rest_is_counted():
    text = " ".join(f"Person{n}" for n in range(30))
    mentions = [make_mention(text, span_of(text, word)) for word in text.split()]
    record = make_small_record(text)
    record = dataclasses.replace(record, entities=tuple(make_entity(text, [one]) for one in mentions))
    lines = lines_of(record)
    assert len([line for line in lines if line.startswith("Person")]) == 12
    assert "and 18 more (see --json or --html)" in lines


def test_a_record_that_names_nobody_has_no_empty_sections():
    text = "\n".join(lines_of(make_small_record("It rains.")))
    assert not [title for title in ("People", "Times", "Places") if title in text]


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
    assert line_with(make_record(), "The tolls").split()[1] == "unknown"
    assert "speaker of 7 unknown: the sentence names nobody" in lines_of(make_record())


def test_the_header_shows_what_is_known_and_why_the_rest_is_not():
    lines = lines_of(make_record())
    assert lines[0] == "Harbour council puts off the Tessaly bridge"
    assert "authors     Ondrej Vale" in lines
    assert "published   2031-05-03 (to the day)" in lines
    assert "outlet      unknown: neither the text nor an address names one" in lines
    assert "statements  10: 4 direct, 1 mixed, 5 indirect" in lines


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
    text = render_record(hostile_record(words), io.StringIO())
    assert not [
        c for c in text if (ord(c) < 0x20 and c != "\n") or 0x7F <= ord(c) <= 0x9F or c in "\u202e\u2066"
    ]
    text.encode("utf-8")
