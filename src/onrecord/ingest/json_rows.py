"""JSON: lines of objects, one object, a list of them, or a JSON Feed in; a capture for each object out.

Lines are read in constant memory; one object or list is held whole, up to a limit.
"""

import io
import json
import re
from collections.abc import Iterator
from json import JSONDecodeError
from typing import Any

from onrecord.errors import DamagedInputError, EmptyInputError, InputError, TooLargeError
from onrecord.ingest.capture import MAX_BYTES, find_encoding
from onrecord.ingest.found import contain, fail, try_capture
from onrecord.ingest.lined import MAX_LINE_CHARS, Lines
from onrecord.ingest.rows import capture_row
from onrecord.record import Capture, Failure, StatedField

_GAP = re.compile(r"[\s,]*")
_BROKEN = (JSONDecodeError, RecursionError, ValueError)


def read_json_lines(
    stream: io.BufferedReader, name: str, *, column: str | None = None
) -> Iterator[Capture | Failure]:
    """A capture for each line; rows are called by the numbers of their lines."""
    lines = Lines(stream, newline="\n")
    found = False
    while (line := lines.read_line()) != "":
        place = f"row {lines.number}"
        if line is None:
            problem = f"The line has more than {MAX_LINE_CHARS:,} characters; a row may have no more."
            yield fail(TooLargeError(problem), f"{name}: {place}")
        elif not line.isspace():
            stored = lines.encode(line).rstrip(b"\r\n")
            yield _capture_object(_parse(line), stored, name, place, column)
        else:
            continue
        found = True
    if not found:
        yield fail(EmptyInputError("There are no lines with anything on them."), name)


def _parse(words: str) -> Any:
    """The value, or the error that says why there is none."""
    try:
        return json.loads(words)
    except _BROKEN as error:
        return DamagedInputError(f"This is no JSON ({_reason(error)}).")


def _reason(error: Exception) -> str:
    return "nested too deep" if isinstance(error, RecursionError) else str(error)[:200]


def _capture_object(
    value: Any, stored: bytes, name: str, place: str, column: str | None
) -> Capture | Failure:
    if isinstance(value, InputError):
        return fail(value, f"{name}: {place}")
    if not isinstance(value, dict):
        problem = f"This is JSON, but no object with a text in it: {str(value)[:40]!r}."
        return fail(InputError(problem), f"{name}: {place}")
    return capture_row(value, contain(name, place, stored), column=column)


def read_json(body: bytes, name: str, *, column: str | None = None) -> Iterator[Capture | Failure]:
    """The captures of one object, of each object of a list, or of each item of a JSON Feed."""
    if len(body) > MAX_BYTES:
        problem = f"The JSON has more than {MAX_BYTES:,} bytes in one value."
        yield fail(TooLargeError(problem, cure="Write one object a line (JSONL)."), name)
        return
    encoding = find_encoding(body)
    text = body.decode(encoding, "surrogateescape").removeprefix("\ufeff")
    if text.lstrip().startswith("["):
        yield from _read_list(text, text.index("[") + 1, encoding, name, column)
        return
    value = _parse(text)
    if isinstance(value, dict) and str(value.get("version", "")).startswith(
        ("https://jsonfeed.org/", "http://jsonfeed.org/")
    ):
        yield from _read_feed(value, text, encoding, name)
        return
    yield _capture_object(value, body, name, "row 1", column)


def iter_items(text: str, start: int) -> Iterator[tuple[Any, int, int]]:
    """The items of a JSON list whose bracket stands before `start`, with their bounds.

    An item that cannot be read comes as its error, and ends the list.
    """
    decoder = json.JSONDecoder()
    at = start
    while True:
        match = _GAP.match(text, at)
        at = match.end() if match else at
        if text[at : at + 1] == "]":
            return
        try:
            value, end = decoder.raw_decode(text, at)
        except _BROKEN as error:
            problem = "The list is cut off" if at >= len(text) else f"The list is broken ({_reason(error)})"
            yield DamagedInputError(f"{problem} from character {at:,} on."), at, len(text)
            return
        yield value, at, end
        at = end


def _read_list(
    text: str, start: int, encoding: str, name: str, column: str | None
) -> Iterator[Capture | Failure]:
    number = 0
    for number, (value, begin, end) in enumerate(iter_items(text, start), 1):
        stored = text[begin:end].encode(encoding, "surrogateescape")
        yield _capture_object(value, stored, name, f"row {number}", column)
    if not number:
        yield fail(EmptyInputError("The list is empty."), name)


def _read_feed(feed: dict[str, Any], text: str, encoding: str, name: str) -> Iterator[Capture | Failure]:
    """The items of a JSON Feed (jsonfeed.org, 1.0 and 1.1)."""
    items = feed.get("items")
    if not isinstance(items, list) or not items:
        yield fail(EmptyInputError("The JSON Feed has no items."), name)
        return
    bounds = _find_items(text, items)
    for number, item in enumerate(items, 1):
        begin, end = bounds[number - 1] if bounds else (0, len(text))
        stored = text[begin:end].encode(encoding, "surrogateescape")
        if isinstance(item, dict):
            yield _capture_item(item, feed, stored, name, number)
        else:
            yield fail(InputError("This item of the JSON Feed is no object."), f"{name}: entry {number}")


def _find_items(text: str, items: list[Any]) -> list[tuple[int, int]]:
    """Where the items stand: at the key "items" that is followed by just these."""
    for match in re.finditer(r'"items"\s*:\s*\[', text):
        found = list(iter_items(text, match.end()))
        if [value for value, _, _ in found] == items:
            return [(begin, end) for _, begin, end in found]
    return []


def _capture_item(
    item: dict[str, Any], feed: dict[str, Any], stored: bytes, name: str, number: int
) -> Capture | Failure:
    link = next((v for k in ("url", "external_url", "id") if _is_link(v := item.get(k))), None)
    container = contain(name, f"entry {link or number}", stored)
    html, text = item.get("content_html"), item.get("content_text") or item.get("summary")
    body, media_type = (html, "text/html") if html else (text, "text/plain")
    if not isinstance(body, str) or not body.strip():
        problem, cure = "The feed gives no content of this entry.", f"Fetch it at {link}." if link else None
        return fail(EmptyInputError(problem, cure=cure), f"{name}: {container.place}")
    return try_capture(
        body.encode("utf-8", "replace"),
        container,
        media_type=f"{media_type}; charset=utf-8",
        url=link,
        stated=tuple(_stated(item, feed)),
    )


def _is_link(value: Any) -> bool:
    return isinstance(value, str) and value.startswith(("http://", "https://"))


def _stated(item: dict[str, Any], feed: dict[str, Any]) -> Iterator[StatedField]:
    authors = item.get("authors") or [item.get("author")]
    named = [a.get("name") for a in authors if isinstance(a, dict)] if isinstance(authors, list) else []
    values = [
        ("title", item.get("title"), "json feed title"),
        *(("authors", name, "json feed author") for name in named),
        ("outlet", feed.get("title"), "json feed title of the feed"),
        ("published_at", item.get("date_published"), "json feed date_published"),
        ("updated_at", item.get("date_modified"), "json feed date_modified"),
        ("language", item.get("language") or feed.get("language"), "json feed language"),
    ]
    for field, value, place in values:
        if isinstance(value, str) and value.strip():
            yield StatedField(field=field, value=value.strip(), place=place)
