"""Drafts: all that a draft shows is in its text, a paragraph a line; what cannot be read is an error."""

import io
import sys
import time
from types import SimpleNamespace

import pytest

from onrecord.engine import lines_of
from onrecord.errors import BinaryInputError, DamagedInputError, EmptyInputError, InputError, TooLargeError
from onrecord.ingest import draft as drafts
from onrecord.ingest.draft import read_draft

WRAPPED = (
    "The warden of the lock has spoken at last, and what she said was short: “We did\n"
    "not close it, and we never will, whatever the council of Tessaly may write to\n"
    "us about it,” she told a crowd at the water.\n"
    "\n"
    "Nobody answered.\n"
)


def read(text, name="-"):
    return read_draft(text.encode("utf-8", "surrogatepass"), name=name)


def quoted(draft):
    return [[span.of(draft.text) for span in block] for block in draft.block_quotes]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (WRAPPED, "a.txt"),
        ("# One\n\n- “two”\n- three\n\n| a | b |\n|---|---|\n| c | d |\n", "a.md"),
        ("<h1>One</h1><nav>two</nav><p>three<br>four<footer>five</footer>", "a.html"),
        ("One.\n\n* * *\n\n___.\n\nTwo.", "a.txt"),
        ("one\x0btwo\x0cthree\u2028four\rfive", "a.txt"),
    ],
)
def test_paragraphs_are_the_lines_that_the_engine_reads(text, name):
    draft = read(text, name)
    assert list(draft.paragraphs) == lines_of(draft.body)


def test_a_divider_is_in_the_text_and_no_paragraph_of_it():
    draft = read("One.\n\n* * *\n\nTwo.")
    assert "* * *" in draft.text
    assert len(draft.body) == len(draft.text)
    assert [draft.text[slice(*bounds)] for bounds in draft.paragraphs] == ["One.", "Two."]


def test_lines_wrapped_by_hand_are_one_paragraph():
    draft = read(WRAPPED)
    first, second = (draft.text[slice(*bounds)] for bounds in draft.paragraphs)
    assert "“We did not close it, and we never will, whatever the council of Tessaly may write to us" in first
    assert second == "Nobody answered."


def test_a_place_in_a_plain_draft_is_the_same_place_in_its_file():
    draft = read(WRAPPED)
    assert len(draft.text) == len(WRAPPED)
    assert [a for a, b in zip(draft.text, WRAPPED, strict=True) if a != b] == [" ", " "]


def test_lines_quoted_as_in_mail_are_set_off_without_their_signs():
    draft = read("She wrote:\n\n> We did not close it.\n> We never will.\n\nThat is all.")
    assert [" ".join(words.split()) for (words,) in quoted(draft)] == ["We did not close it. We never will."]
    assert ">" not in draft.text


def test_nothing_of_a_page_is_furniture():
    page = (
        "<html><head><title>no</title><style>no</style></head><body><nav>Home</nav><aside>Most read</aside>"
        "<p>Text</p><footer>© 2031 All rights reserved. Share this.</footer><script>no</script></body></html>"
    )
    assert read(page).text.split("\n\n") == [
        "Home",
        "Most read",
        "Text",
        "© 2031 All rights reserved. Share this.",
    ]


def test_markdown_keeps_its_words_and_drops_its_markup():
    text = "# A *head*\n\nShe said “**no** [way](http://a.example)”,\nand `left`[^1] &amp; \\*so\\*.\n"
    text += "\n[^1]: A note.\n"
    assert read(text, "a.md").text.split("\n\n") == [
        "A head",
        "She said “no way”, and left & *so*.",
        "A note.",
    ]


def test_the_same_text_without_the_ending_is_plain():
    assert read("She said *no*.").text == "She said *no*."


def test_front_matter_is_left_out_with_a_note():
    draft = read('---\ntitle: "A quotation?"\n---\n\nText.', "a.md")
    assert draft.text == "Text."
    assert any("front matter" in note for note in draft.notes)


def test_a_rule_of_dashes_alone_is_no_front_matter():
    assert "One." in read("---\n\nOne.\n\nTwo.", "a.md").text


def test_block_quotations_are_set_off_whole():
    draft = read("Vance wrote:\n\n> We did not.\n>\n> > We never will.\n\nAnd left.\n\n> Never.", "a.md")
    assert quoted(draft) == [["We did not.", "We never will."], ["Never."]]


def test_a_page_with_q_has_the_marks_that_a_browser_shows():
    assert read("<p>She said <q>he said <q>no</q> <b>twice</b></q>.</p>").text == (
        "She said “he said ‘no’ twice”."
    )


def test_struck_words_are_left_out_and_counted():
    draft = read("<p>We did <s>not <del>ever</del></s> close it.</p>")
    assert draft.text == "We did close it."
    assert draft.notes == ("Struck words were left out: 2.",)


def test_a_page_in_another_encoding_is_read():
    page = "<meta charset=windows-1252><p>“Café”</p>".encode("cp1252")
    assert read_draft(page, name="a.html").text == "“Café”"


def test_standard_input_is_a_draft(monkeypatch):
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO("“No.”".encode())))
    assert read_draft("-").text == "“No.”"


def test_a_file_is_called_by_its_path(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("“No.”", encoding="utf-8")
    assert read_draft(path).name == str(path)


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", "<p></p><!-- nothing -->"])
def test_a_draft_without_text_is_an_error(text):
    with pytest.raises(EmptyInputError):
        read(text)


def test_markdown_without_text_is_an_error():
    with pytest.raises(EmptyInputError):
        read("```\n```\n", "a.md")


@pytest.mark.parametrize(
    "body", [b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n", b"a text with one \0 in it, and more", b"{\\rtf1 x}"]
)
def test_what_is_no_text_is_an_error(body):
    with pytest.raises(BinaryInputError):
        read_draft(body, name="a.txt")


def test_a_draft_that_is_not_there_is_an_error_that_names_it(tmp_path):
    with pytest.raises(InputError, match=r"missing\.md.*cannot be opened"):
        read_draft(tmp_path / "missing.md")


def test_a_name_with_a_nul_is_an_error():
    with pytest.raises(InputError, match="cannot be opened"):
        read_draft("a\0b")


def test_a_folder_is_an_error(tmp_path):
    with pytest.raises(InputError, match="folder"):
        read_draft(tmp_path)


def test_too_long_a_draft_is_an_error():
    with pytest.raises(TooLargeError):
        read("word " * (drafts.LONGEST_DRAFT_CHARS // 5 + 1))


def test_too_large_a_file_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setattr(drafts, "MAX_BYTES", 10)
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 20)
    with pytest.raises(TooLargeError):
        read_draft(path)


@pytest.mark.parametrize("text", ["> " * 200 + "“no”", "- " * 400 + "“no”"])
def test_what_is_nested_too_deep_is_an_error_because_it_would_be_dropped(text):
    with pytest.raises(DamagedInputError, match="nested"):
        read(text, "a.md")


def test_a_page_nested_too_deep_is_an_error():
    with pytest.raises(DamagedInputError, match="nested"):
        read("<div>" * 3000 + "“no”")


@pytest.mark.parametrize("words", ["[", "![", "[^x", "*a ", "<", "\\[", "[a]: b\n", "~~a", "|a", "[a]("])
def test_markup_gone_wild_takes_no_quadratic_time(words):
    before = time.process_time()
    draft = read("“No,” she said.\n\n" + words * 20_000, "a.md")
    assert "“No,” she said." in draft.text
    assert time.process_time() - before < 8


@pytest.mark.parametrize("text", ["a\ud800b", "“a\u202eb\x1b[31m”", "\x01\x02 a", "\ufffe\uffff x"])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_ugly_characters_are_read(text, name):
    assert "a" in read(f"<p>a {text}</p>" if name == "a.html" else f"a {text}", name).text
