"""Text as HTML: strings of strangers go in, escaped text and attribute values come out."""

import html

from onrecord.export.visible import DIRECTION_SIGNS, HIDDEN, name_of, show_line, sign_of


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
