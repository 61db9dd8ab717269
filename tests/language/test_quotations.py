"""Quotation marks paired into quotations."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.language.quotations import pair_quotations

MARKS = "“”„‟«»‹›\"‘’‚'`「」『』"


def quoted(text):
    return [text[q.start_char : q.end_char] for q in pair_quotations(text)]


def closed(text):
    return [q.closed for q in pair_quotations(text)]


@pytest.mark.parametrize(
    "quotation",
    [
        "“We will wait.”", '"We will wait."', "«We will wait.»", "« We will wait. »", "“ We will wait. ”",
        "«\xa0We will wait.\xa0»", "»We will wait.«", "„We will wait.“", "„We will wait.”", "”We will wait.”",
        "‘We will wait.’", "'We will wait.'", "‚We will wait.‘", "``We will wait.''", "''We will wait.''",
        "‘‘We will wait.’’",
        "‹We will wait.›", "›We will wait.‹", "「We will wait.」", "『We will wait.』",
    ],
)  # fmt: skip
def test_every_style_of_marks_makes_one_closed_quotation(quotation):
    text = f"Orrin said: {quotation} She left."
    assert (quoted(text), closed(text)) == ([quotation], [True])


def test_two_quotations_of_a_sentence_stay_apart():
    assert quoted("“We waited,” she said, “and waited.”") == ["“We waited,”", "“and waited.”"]


@pytest.mark.parametrize(("text", "mark"), [("“Not now, she said.", "“"), ('He said: "not now', '"')])
def test_an_unclosed_quotation_ends_with_its_paragraph(text, mark):
    (quotation,) = pair_quotations(text)
    assert (quotation.closed, quotation.mark, quotation.end_char) == (False, mark, len(text))


def test_an_unclosed_quotation_keeps_no_white_space_at_its_end():
    assert quoted("She said: “not now  \n") == ["“not now"]


def test_an_unclosed_quotation_ends_where_the_next_of_its_kind_begins():
    text = "“Not now, he said. “Later,” she said."
    assert (quoted(text), closed(text)) == (["“Not now, he said.", "“Later,”"], [False, True])


@pytest.mark.parametrize("text", ["“", "He said “", '""', "He wrote “”", "5 “ 6"])
def test_a_mark_without_words_is_no_open_quotation(text):
    assert [q for q in pair_quotations(text) if not q.closed] == []


@pytest.mark.parametrize(
    "text", ['“We will wait," he said.', '"We will wait,” he said.', "“We will wait,“ he said."]
)
def test_mixed_marks_close_each_other(text):
    assert quoted(text) == [text.removesuffix(" he said.")]


@pytest.mark.parametrize(
    "quotation",
    [
        "“He told me ‘never again’ and left,”", "‘He told me “never again” and left,’",
        '"He told me \'never again\' and left,"', '“He told me "never again" and left,”',
        '"He told me “never again” and left,"', "''He told me 'never again' and left,''",
        "„Er sagte ‚nie wieder‘ und ging,“", "«He told me “never again” and left,»",
    ],
)  # fmt: skip
def test_a_nested_quotation_belongs_to_the_one_that_holds_it(quotation):
    assert quoted(f"{quotation} she said.") == [quotation]


@pytest.mark.parametrize(
    "text",
    [
        "It wasn't the players' fault, and it isn't Orrin's.",
        "It wasn’t the players’ fault, and it isn’t Orrin’s.",
        "Back in the '90s they'd give 'em hell.", "Back in the ‘90s they’d give ‘em hell.",
        "'Tis rock 'n' roll.",
    ],
)  # fmt: skip
def test_apostrophes_and_possessive_plurals_are_no_quotations(text):
    assert quoted(text) == []


@pytest.mark.parametrize(
    "quotation",
    [
        "‘The players’ union isn’t happy,’",
        "'The players' union isn't happy,'",
        "'Don't ask 'em,'",
        "‘Don't ask,’",
    ],
)
def test_an_apostrophe_does_not_end_a_single_quotation(quotation):
    assert quoted(f"{quotation} she said.") == [quotation]


def test_a_decade_before_a_quotation_does_not_swallow_it():
    assert quoted("Of the ‘90s she said: “It didn’t work, for the players’ sake.”") == [
        "“It didn’t work, for the players’ sake.”"
    ]


@pytest.mark.parametrize("text", ["He is 5'10\" tall.", "He is 5’10” tall.", "A 12\" pipe and a 6' plank."])
def test_feet_and_inches_are_no_quotations(text):
    assert quoted(text) == []


@pytest.mark.parametrize("quotation", ['"He is 5\'10" tall,"', '"It is a 12" pipe,"', "“He is 5’10” tall,”"])
def test_inches_do_not_end_a_quotation(quotation):
    assert quoted(f"{quotation} she said.") == [quotation]


def test_a_quotation_may_end_with_a_year():
    assert quoted('They want "jobs by 2040" and peace, she said. "Soon."') == ['"jobs by 2040"', '"Soon."']


@pytest.mark.parametrize("text", ['"We wait,"he said.', "“We wait,”he said."])
def test_a_missing_space_after_a_quotation_does_not_open_it_further(text):
    assert quoted(text) == [text.removesuffix("he said.")]


def test_a_missing_space_before_a_quotation_does_not_hide_it():
    assert quoted('Orrin:"We wait." She left.') == ['"We wait."']


def test_a_paragraph_that_opens_with_a_curly_single_mark_is_an_unclosed_quotation():
    text = "‘We waited for years and nothing came."
    assert (quoted(text), closed(text)) == ([text], [False])


def test_a_paragraph_is_not_left():
    text = "“Before “inside” after”"
    assert [(q.start_char, q.end_char) for q in pair_quotations(text, 8, 16)] == [(8, 16)]


def test_an_end_beyond_the_text_is_the_text():
    assert [q.end_char for q in pair_quotations("“open", 0, 99)] == [5]


marked_text = st.text(st.one_of(st.sampled_from(MARKS + " .,s5\n"), st.characters()), max_size=80)


@given(text=marked_text, low=st.integers(0, 80), high=st.integers(0, 80))
def test_quotations_lie_in_the_paragraph_in_order_and_apart(text, low, high):
    high = min(high, len(text))
    position = low
    for quotation in pair_quotations(text, low, high):
        assert position <= quotation.start_char < quotation.end_char <= high
        assert text.startswith(quotation.mark, quotation.start_char)
        position = quotation.end_char


@given(marked_text)
def test_marks_make_the_same_quotations_in_a_paragraph_as_alone(text):
    framed = f"x\n{text}\nx"
    shifted = [
        (q.start_char - 2, q.end_char - 2, q.closed) for q in pair_quotations(framed, 2, 2 + len(text))
    ]
    assert shifted == [(q.start_char, q.end_char, q.closed) for q in pair_quotations(text)]


def seconds(unit, size):
    """The shortest of three runs: what else the machine does makes them longer, never shorter."""
    text = unit * (size // len(unit))
    runs = []
    for _ in range(3):
        start = time.process_time()
        pair_quotations(text)
        runs.append(time.process_time() - start)
    return min(runs)


@pytest.mark.parametrize(
    "unit", ["‘a ", "'a ", '"a ', "“a ", '“a "b ', "«", "''", "s' 'a ", '1" ', "‘", "”a", "„a"]
)
def test_many_marks_take_linear_time(unit):
    # Eight times the text: eight times the work, or 64 where it is quadratic. Half way is the bound.
    assert seconds(unit, 1 << 17) < 24 * max(seconds(unit, 1 << 14), 0.01)


def test_a_megabyte_of_marks_takes_seconds():
    assert seconds("„a", 1 << 20) < 20
