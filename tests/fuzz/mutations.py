"""Inputs gone wrong: the bytes of a good input in, the same bytes cut, flipped, repeated, or mixed out."""

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

Mutation = Callable[[bytes], bytes]

# What pages, feeds and archives go wrong with; each is put somewhere into the bytes.
INSERTED: tuple[bytes, ...] = (
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"<", b">", b"</", b"<!--", b"-->",
    b"<![CDATA[", b"]]>", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"<script>", b"</script>", b"<style>",
    b"<textarea>", b"<title>", b"<plaintext>", b"<svg>", b"<table><tr>", b"<select><option>", b"<p",
    b"<a href=\"", b"<br><br>", b"<template>", b"<h1>", b"</article>", b"</body></html>", b"<frameset>",
    b"<b><p>", b"&#0;", b"&#xD800;", b"&amp", b"&notit;", b"&#x1F600;", b"&shy;", b"&nbsp;",
    b"\xe2\x80\xae", b"\xe2\x80\x8b", b"\xc2\xad", b"\xe2\x80\xa8", b"\xcc\x81" * 40,
    b'<script type="application/ld+json">{"@type":"NewsArticle","headline":"',
    b'<meta charset="shift_jis">', b'<meta charset="utf-16">', b"<time datetime=\"99999-99-99T99:99\">",
    b"WARC/1.0\r\n", b"Content-Length: -1\r\n\r\n", b"Content-Length: 99999999999\r\n\r\n",
    b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", b"{", b"[", b'"', b"\\u", b"1e999", "İıſß".encode(),
    "日本語".encode(), "\u0301".encode(), b" " * 300, b"\n\n",
)  # fmt: skip
CODECS = ("utf-16", "utf-32-le", "utf-8-sig", "cp1251", "shift_jis", "koi8-r", "cp037")


def _at(body: bytes, share: float) -> int:
    return int(share * len(body))


def _insert(what: bytes, share: float, times: int) -> Mutation:
    return lambda body: body[: _at(body, share)] + what * times + body[_at(body, share) :]


def _flip(shares: Sequence[float], mask: int) -> Mutation:
    def flip(body: bytes) -> bytes:
        changed = bytearray(body)
        for share in shares if body else ():
            changed[_at(body, share)] ^= mask
        return bytes(changed)

    return flip


def _cut(first: float, last: float) -> Mutation:
    return lambda body: body[: _at(body, min(first, last))] + body[_at(body, max(first, last)) :]


def _end(share: float) -> Mutation:
    return lambda body: body[: _at(body, share)]


def _repeat(first: float, last: float, times: int) -> Mutation:
    def repeat(body: bytes) -> bytes:
        start, end = _at(body, min(first, last)), _at(body, max(first, last))
        return body[:end] + body[start:end][:2000] * times + body[end:]

    return repeat


def _recode(codec: str) -> Mutation:
    return lambda body: body.decode("utf-8", "replace").encode(codec, "replace")


def mutations(golden: Sequence[bytes]) -> st.SearchStrategy[list[Mutation]]:
    """Lists of one to four changes; one of them puts a part of another golden input into the bytes."""
    share = st.floats(0, 1, exclude_max=True, allow_nan=False)
    foreign = st.builds(
        lambda body, first, size: body[_at(body, first) :][:size],
        st.sampled_from(golden), share, st.integers(1, 400),
    )  # fmt: skip
    return st.lists(
        st.one_of(
            st.builds(_insert, st.sampled_from(INSERTED), share, st.sampled_from((1, 1, 1, 3, 50))),
            st.builds(_insert, foreign, share, st.just(1)),
            st.builds(_insert, st.binary(min_size=1, max_size=20), share, st.just(1)),
            st.builds(_flip, st.lists(share, min_size=1, max_size=20), st.integers(1, 255)),
            st.builds(_cut, share, share),
            st.builds(_end, share),
            st.builds(_repeat, share, share, st.integers(1, 5)),
            st.builds(_recode, st.sampled_from(CODECS)),
        ),
        min_size=1,
        max_size=4,
    )


def mutate(body: bytes, changes: Sequence[Mutation]) -> bytes:
    """The bytes after each of the changes."""
    for change in changes:
        body = change(body)
    return body
