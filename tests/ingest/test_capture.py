"""Captures: what is read from the bytes, and which bytes are refused."""

import hashlib
import time

import pytest

from onrecord.errors import BinaryInputError, EmptyInputError, InputError, TooLargeError
from onrecord.ingest import capture as capture_module
from onrecord.ingest import decode_capture, make_capture
from onrecord.record import Capture

CURLY = (
    "“We will stay,” said Zoë Ångström – the café’s owner – in Beltown, where the river had risen over night"
    " and the old bridge was shut until the spring.\n"
) * 3


def text_of(body, **options):
    return decode_capture(make_capture(body, **options))


def test_a_capture_keeps_the_bytes_with_their_hash_and_size():
    made = make_capture(
        b"The mayor resigned.", url="https://courier.example/1", retrieved_at="2024-03-20T15:02Z"
    )
    assert (made.body, made.size_bytes) == (b"The mayor resigned.", 19)
    assert made.sha256 == hashlib.sha256(b"The mayor resigned.").hexdigest()
    assert (made.url, made.retrieved_at) == ("https://courier.example/1", "2024-03-20T15:02Z")


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp1252"]
)
def test_a_text_reads_the_same_in_every_encoding(encoding):
    assert text_of(CURLY.encode(encoding)) == CURLY


def test_utf16_without_mark_is_told_for_other_alphabets_too():
    russian = "Мэр Белтауна заявил в понедельник, что мост закрыт. " * 5
    assert text_of(russian.encode("utf-16-le")) == russian


def test_a_russian_text_in_windows_1251_is_not_taken_for_western():
    russian = (
        "Мэр Белтауна заявил в понедельник, что старый мост через реку останется закрытым до весны. " * 9
    )
    assert text_of(russian.encode("cp1251")) == russian


def test_a_page_is_read_in_the_encoding_it_declares():
    page = '<html><head><meta charset="iso-8859-2"></head><body><p>Žluťoučký kůň</p></body></html>'
    assert text_of(page.encode("iso-8859-2")) == page


def test_the_encoding_of_the_media_type_is_believed_over_a_guess():
    assert text_of("Привет".encode("koi8-r"), media_type="text/plain; charset=koi8-r") == "Привет"


def test_a_declared_encoding_does_not_outrank_valid_utf8():
    page = '<html><head><meta charset="windows-1252"></head><body>“Zoë”</body></html>'
    assert text_of(page.encode()) == page


def test_a_declared_codec_that_is_no_encoding_of_pages_is_passed_over():
    body = b'<html><meta charset="unicode_escape"><p>caf\xe9 \\u0041</p>'
    assert text_of(body).endswith("café \\u0041</p>")


def test_latin_1_declared_means_windows_1252_as_in_browsers():
    assert "“so”" in text_of('<html><meta charset="latin1"><p>“so”</p>'.encode("cp1252"))


def test_a_character_cut_off_at_the_end_leaves_the_rest_utf8():
    assert text_of("He paid 5 €".encode()[:-1]) == "He paid 5 \ufffd"


def test_one_bad_byte_does_not_spoil_a_utf8_text():
    assert text_of(CURLY.encode() + b"\xe9") == CURLY + "\ufffd"


def test_a_lone_surrogate_of_a_python_string_leaves_the_rest_utf8():
    assert make_capture("so \ud800 he said".encode("utf-8", "surrogatepass")).encoding == "utf-8"


def test_only_carriage_returns_before_line_feeds_are_left_out():
    assert text_of(b"a\r\nb\rc\n\x0bd\t e \n") == "a\nb\rc\n\x0bd\t e \n"


@pytest.mark.parametrize(
    "body", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", " \n".encode("utf-16"), "\u2003\n".encode()]
)
def test_nothing_but_white_space_is_empty(body):
    with pytest.raises(EmptyInputError, match="is empty"):
        make_capture(body)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"%PDF-1.7 \xe2\xe3", "PDF"),
        (b"PK\x03\x04\x14\x00", "ZIP"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF\x00", "JPEG"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"GIF89a\x01\x00", "GIF"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00", "MP4"),
        (b"RIFF\x24\x00\x00\x00WEBPVP8 ", "WebP"),
        (b"{\\rtf1\\ansi so}", "RTF"),
        (b"The mayor\x00 resigned.", "zero byte at 9"),
    ],
)
def test_binary_input_is_refused_by_the_name_of_what_it_looks_like(body, name):
    with pytest.raises(BinaryInputError, match=name):
        make_capture(body)


def test_words_that_a_file_format_begins_with_are_still_words():
    assert make_capture(b"RIFF is a file format, the engineer said.").media_type == "text/plain"


def test_more_than_an_article_can_be_is_refused(monkeypatch):
    monkeypatch.setattr(capture_module, "MAX_BYTES", 10)
    with pytest.raises(TooLargeError, match="11 bytes; an article may have 10"):
        make_capture(b"x" * 11)


def test_twenty_megabytes_are_not_too_large():
    assert capture_module.MAX_BYTES >= 20_000_000


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"<!DOCTYPE html><p>So", "text/html"),
        (b"\n <HTML><body>", "text/html"),
        (b'<?xml version="1.0"?>\n<html>', "text/html"),
        (b"<p>One paragraph.</p>", "text/html"),
        (b"skip\n<html><body>late</body></html>", "text/html"),
        (b"The mayor wrote <html> on the board.", "text/plain"),
        (b"<Reuters> The mayor resigned.", "text/plain"),
        (b"a < b, he said", "text/plain"),
    ],
)
def test_the_media_type_is_told_from_the_beginning(body, media_type):
    assert make_capture(body).media_type == media_type


def test_a_given_media_type_is_kept_without_its_parameters():
    assert make_capture(b"<p>So", media_type="Text/Plain; charset=utf-8").media_type == "text/plain"


def test_a_media_type_that_says_nothing_is_told_from_the_bytes():
    assert make_capture(b"<html>so", media_type="application/octet-stream").media_type == "text/html"


def test_a_media_type_of_no_article_is_an_error_that_names_it():
    with pytest.raises(InputError, match="application/json"):
        make_capture(b"{}", media_type="application/json")


def test_a_capture_without_its_bytes_cannot_be_decoded():
    bare = Capture(sha256="ab", media_type="text/plain", encoding="utf-8", size_bytes=2)
    with pytest.raises(InputError, match="not with it"):
        decode_capture(bare)


def test_five_megabytes_in_an_unknown_encoding_are_quick():
    started = time.process_time()
    text_of(b"Caf\xe9 and na\xefve, he said. " * 200_000)
    assert time.process_time() - started < 5
