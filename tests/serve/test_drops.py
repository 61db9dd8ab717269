"""Drops: what people give, under names that are safe to show and keep."""

import io

import pytest

from onrecord.collection.inputs import iter_captures
from onrecord.errors import EmptyInputError, InputError, TooLargeError
from onrecord.record import Capture
from onrecord.serve import drops
from onrecord.serve.drops import Drop, clean_name, complete_address


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("council.html", "council.html"),
        ("../../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\minutes.txt", "minutes.txt"),
        ("folder/page.html", "page.html"),
        ("a\x00b\x1b[2J\nc.txt", "a\ufffdb\ufffd[2J c.txt"),
        ("", "file without a name"),
        ("..", "file without a name"),
        (" . ", "file without a name"),
        ("<img src=x onerror=alert(1)>.html", "<img src=x onerror=alert(1)>.html"),
        ("\udcff.txt", "\ufffd.txt"),
    ],
)
def test_a_file_is_called_by_the_last_part_of_its_name(given, kept):
    assert clean_name(given) == kept


def test_a_name_that_is_too_long_keeps_its_ending():
    name = clean_name("w" * 5_000 + ".html")
    assert len(name) == drops.LONGEST_NAME
    assert name.endswith("w….html")


@pytest.mark.parametrize(
    ("given", "asked"),
    [
        ("news.invalid/bridge", "https://news.invalid/bridge"),
        ("news.invalid:8080/bridge", "https://news.invalid:8080/bridge"),
        ("HTTP://news.invalid", "HTTP://news.invalid"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("file:///etc/passwd", "file:///etc/passwd"),
    ],
)
def test_an_address_may_leave_out_how_it_is_fetched(given, asked):
    assert complete_address(given) == asked


def test_a_file_remembers_its_own_name_and_no_path():
    drop = Drop()
    drop.add_file("../bridge.txt", io.BytesIO(b"The bridge is shut."))
    (capture,) = iter_captures(drop.inputs[0])
    assert isinstance(capture, Capture)
    assert (capture.container.name, capture.body) == ("bridge.txt", b"The bridge is shut.")
    drop.discard()


def test_files_of_one_name_are_kept_apart():
    drop = Drop()
    for words in (b"One.", b"Two."):
        drop.add_file("a.txt", io.BytesIO(words))
    assert [next(iter_captures(one)).body for one in drop.inputs] == [b"One.", b"Two."]
    drop.discard()


def test_what_is_discarded_is_gone():
    drop = Drop()
    drop.add_file("a.txt", io.BytesIO(b"One."))
    folder = drop._folder
    assert folder.exists()
    drop.discard()
    assert not folder.exists()


def test_a_pasted_text_has_what_was_told_of_it():
    drop = Drop()
    drop.add_text("One.\r\nTwo.", title="The bridge", url="https://news.invalid/", published="2031-05-03")
    (capture,) = iter_captures(drop.inputs[0])
    assert (capture.body, capture.url) == (b"One.\nTwo.", "https://news.invalid/")
    assert [(one.field, one.value) for one in capture.stated] == [("title", "The bridge")]
    assert (drop.inputs[0].published, drop.inputs[0].name) == ("2031-05-03", "pasted text “The bridge”")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"])
def test_a_text_was_published_on_the_web_or_nowhere(url):
    with pytest.raises(InputError, match="is no address of the web"):
        Drop().add_text("One.", url=url)


def test_a_pasted_text_is_called_by_how_it_begins():
    drop = Drop()
    drop.add_text("\n \x1bThe bridge " + "stays shut " * 40)
    assert drop.inputs[0].name.startswith("pasted text “\ufffdThe bridge stays shut")
    assert len(drop.inputs[0].name) < 80


def test_addresses_are_given_one_a_line_and_asked_once():
    drop = Drop()
    drop.add_addresses(" news.invalid/a \n\nnews.invalid/b\nnews.invalid/a\n", crawl=lambda url: iter(()))
    assert [one.name for one in drop.inputs] == ["https://news.invalid/a", "https://news.invalid/b"]


def test_where_nothing_is_fetched_addresses_are_refused():
    with pytest.raises(InputError, match="Nothing is fetched from addresses here"):
        Drop().add_addresses("news.invalid", None)


def test_no_more_addresses_are_taken_than_can_be_asked_for():
    lines = "\n".join(f"news.invalid/{n}" for n in range(drops.MOST_ADDRESSES + 1))
    with pytest.raises(TooLargeError, match="101 addresses; 100 can be fetched at once"):
        Drop().add_addresses(lines, crawl=lambda url: iter(()))


def test_no_more_files_are_taken_than_the_bound(monkeypatch):
    monkeypatch.setattr(drops, "MOST_FILES", 1)
    drop = Drop()
    drop.add_file("a.txt", io.BytesIO(b"One."))
    with pytest.raises(TooLargeError, match="more than 1 files"):
        drop.add_file("b.txt", io.BytesIO(b"Two."))
    drop.discard()


def test_an_empty_drop_says_what_could_be_given():
    with pytest.raises(EmptyInputError, match="Choose a file, paste a text, or give an address"):
        Drop().expect_some()


def test_the_samples_can_be_dropped():
    drop = Drop()
    drop.add_samples()
    assert len(drop.inputs) > 5
    assert all(isinstance(next(iter_captures(one)), Capture) for one in drop.inputs)


def test_a_drop_is_called_by_its_first_part():
    drop = Drop()
    drop.add_text("One.")
    assert drop.name() == "pasted text “One.”"
    drop.add_text("Two.")
    assert drop.name() == "pasted text “One.” and 1 more"
