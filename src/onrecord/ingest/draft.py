"""Drafts: a file or bytes in, out a text that is all body, a paragraph a line, ready to be verified.

A draft is nobody's page yet: nothing of it is furniture, so nothing that it shows is left out. Plain text,
Markdown, HTML and Word documents are read. What cannot be read whole is an error, because a quotation that
was never read would pass for one that was found.
"""

import re
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath

from onrecord.errors import BinaryInputError, EmptyInputError, InputError, OnrecordError, TooLargeError
from onrecord.ingest.capture import MAX_BYTES, decode_capture, make_capture
from onrecord.ingest.draft_html import read_draft_html, read_draft_markdown
from onrecord.ingest.draft_text import DraftText, find_paragraphs, read_draft_text
from onrecord.ingest.kinds import ZIP_MAGIC
from onrecord.record import Span

STDIN = "-"
BETWEEN = re.compile(r"[^\n]")
# As many as one article may have: the same engine reads it.
LONGEST_DRAFT_CHARS = 1_000_000
MARKDOWN, DOCX = "text/markdown", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
BY_SUFFIX = {
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".mdown": MARKDOWN,
    ".mkd": MARKDOWN,
    ".htm": "text/html",
    ".html": "text/html",
    ".xhtml": "application/xhtml+xml",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft as it was read: each line of `text` with a letter or digit is a paragraph, its bounds in
    `paragraphs`.

    `block_quotes` are passages set off as quotations without marks of their own, a span a paragraph.
    `notes` say what was left out or taken in some way: tracked changes, comments, struck words.
    """

    text: str
    paragraphs: tuple[tuple[int, int], ...]
    name: str
    media_type: str
    block_quotes: tuple[tuple[Span, ...], ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def body(self) -> str:
        """The text with spaces for the lines that are no paragraph, so that nobody is looked for in them.

        A divider ("* * *") that is read as a paragraph makes "she" somebody else.
        """
        pieces, position = list[str](), 0
        for start, end in self.paragraphs:
            pieces += [BETWEEN.sub(" ", self.text[position:start]), self.text[start:end]]
            position = end
        return "".join([*pieces, BETWEEN.sub(" ", self.text[position:])])


def read_draft(source: str | Path | bytes, *, name: str | None = None) -> Draft:
    """The draft in a file, in standard input ("-"), or in these bytes; `name` is what it is called.

    The name's ending tells Markdown from plain text; HTML and Word documents are told by their bytes.
    Raises `InputError` and its kinds; `MissingPartError` for a Word document where the extra "drafts" is
    not installed.
    """
    called = name or (STDIN if isinstance(source, bytes) else str(source))
    try:
        body = source if isinstance(source, bytes) else _read_file(str(source))
        return _read_body(body, called)
    except OnrecordError as error:
        if error.where is None:
            raise type(error)(error.problem, where=called, cure=error.cure) from error
        raise


def _read_file(place: str) -> bytes:
    """The bytes of a file or of standard input, one more than are allowed at most."""
    if place == STDIN:
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    try:
        with Path(place).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except IsADirectoryError as error:
        raise InputError("This is a folder, and a draft is one file.", cure="Name the file.") from error
    except (OSError, ValueError) as error:  # a NUL in the name is a ValueError
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        raise InputError(
            f"The draft cannot be opened: {reason}.", cure="Check its name and its rights."
        ) from error


def _read_body(body: bytes, name: str) -> Draft:
    if len(body) > MAX_BYTES:
        raise TooLargeError(
            f"The draft has more than {MAX_BYTES:,} bytes, which no draft has.", cure="Give one at a time."
        )
    media_type, found = _read_kind(body, name)
    if not found.text.strip():
        raise EmptyInputError("The draft holds no text.", cure="Give a draft with text in it.")
    if len(found.text) > LONGEST_DRAFT_CHARS:
        raise TooLargeError(
            f"The draft has {len(found.text):,} characters; one may have {LONGEST_DRAFT_CHARS:,}.",
            cure="Split it.",
        )
    return Draft(
        text=found.text,
        paragraphs=find_paragraphs(found.text),
        name=name,
        media_type=media_type,
        block_quotes=found.block_quotes,
        notes=found.notes,
    )


def _read_kind(body: bytes, name: str) -> tuple[str, DraftText]:
    """The media type and the text."""
    if body.startswith(ZIP_MAGIC):
        from onrecord.ingest.draft_docx import is_docx, read_draft_docx

        if not is_docx(body):
            raise BinaryInputError(
                "This is a ZIP archive and no Word document.",
                cure="Save the draft as .docx, .html, .md or .txt, and give that.",
            )
        return DOCX, read_draft_docx(body)
    given = BY_SUFFIX.get(PurePath(name).suffix.lower())
    capture = make_capture(body, media_type=given)
    text = decode_capture(capture)
    if given == MARKDOWN:
        return given, read_draft_markdown(text)
    if capture.media_type == "text/plain":
        return capture.media_type, read_draft_text(text)
    return capture.media_type, read_draft_html(text)
