"""Text as HTML: strings of strangers go in, escaped text and attribute values come out."""

import html
from collections.abc import Iterable

from onrecord.export.visible import DIRECTION_SIGNS, HIDDEN, name_of, show_line, sign_of
from onrecord.record import Origin, Unknown


def escape_text(text: str) -> str:
    """The text for between tags; nothing in it acts, and hidden characters are seen.

    A direction character stays in the text but is shut in an isolate, where it turns nothing around.
    A carriage return is written as a reference, as a parser would make a line feed of it.
    """
    escaped = html.escape(text, quote=True).replace("\r", "&#13;")
    return HIDDEN.sub(lambda match: _show(match[0]), escaped) if HIDDEN.search(escaped) else escaped


def _show(character: str) -> str:
    title = f' title="{name_of(character)}"'
    if character in DIRECTION_SIGNS:
        return f'<bdi class="hidden-sign" data-sign="{sign_of(character)}"{title}>{character}</bdi>'
    return f'<span class="hidden-sign"{title}>{sign_of(character)}</span>'


def escape_value(text: str) -> str:
    """The text for inside a quoted attribute or a title element, on one line."""
    return html.escape(show_line(text), quote=True)


def show_text(text: str) -> str:
    """Words of a stranger with a direction of their own; "" where there are none."""
    return f'<bdi dir="auto">{escape_text(text)}</bdi>' if text else ""


def show_unknown(reasons: Iterable[Unknown], field: str) -> str:
    """That a field is unknown, with the reason where one is given."""
    found = "; ".join(u.reason for u in reasons if u.field == field)
    return f'<span class="unknown">unknown{escape_text(": " + found) if found else ""}</span>'


def show_origin(origin: Origin) -> str:
    """How a value was made: "rule times/weekday 1"."""
    rules = f"; rules: {', '.join(origin.rules)}" if origin.rules else ""
    if origin.kind == "given" and origin.version.startswith("judgement-"):
        return f"as judged by {show_text(origin.name)}"
    return escape_text(f"{origin.kind} {origin.name} {origin.version}{rules}")


def show_rows(rows: Iterable[tuple[str, str]], name: str = "facts") -> str:
    """A list of terms, each with its value, which is already HTML; terms without a value are left out."""
    cells = "".join(f"<div><dt>{term}</dt><dd>{value}</dd></div>" for term, value in rows if value)
    return f'<dl class="{name}">{cells}</dl>' if cells else ""


def count_words(count: int, noun: str) -> str:
    """The number with its noun: "1 word", "1,200 words"."""
    return f"{count:,} {noun if count == 1 else noun + 's'}"
