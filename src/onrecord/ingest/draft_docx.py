"""A Word document as a draft: its bytes in, out all its text, by way of HTML.

Tracked changes are read as accepted: inserted words are in the text, deleted ones are not. Comments, headers
and footers are not read; footnotes and endnotes stand behind the text. `notes` say so where there are any.
"""

import io
import re
import zipfile
from typing import Any

from onrecord.errors import DamagedInputError, MissingPartError, TooLargeError
from onrecord.ingest.draft_html import drop_element, read_draft_html
from onrecord.ingest.draft_text import DraftText

DOCUMENT = "word/document.xml"
# Unpacked; a novel's is 5 MB. A small file that unpacks to more is a trap.
MOST_XML_BYTES = 60_000_000
# Pictures are not unpacked, so their size is nobody's trouble.
READ_PARTS = re.compile(r".*\.(?:xml|rels)|mammoth/.*")
TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[\s>]")
COMMENT = re.compile(rb"<w:comment[\s>]")
NOTE_LINK = re.compile(r"#(?:foot|end)note-ref-")
NOTE_REFERENCE = re.compile(r"(?:foot|end)note-ref-")
STYLES = "\n".join(
    f"p[style-name='{name}'] => blockquote > p:fresh" for name in ("Quote", "Intense Quote", "Block Text")
)
DAMAGED_CURE = "Open it in the program that wrote it, and save it again."


def is_docx(body: bytes) -> bool:
    """Whether a ZIP archive names itself a Word document; true of one cut off that has begun as one."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return DOCUMENT in archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        # Of 30,000 archives with bytes changed at random, each that did not open was one of these: a broken
        # directory, a name in no letters, a version that is not read. Which it is, its reader tells.
        return b"word/" in body


def read_draft_docx(body: bytes) -> DraftText:
    """The text of the document. Raises `DamagedInputError`, `TooLargeError`, `MissingPartError`."""
    notes = _examine(body)
    return read_draft_html(f"<body>{_convert(body)}</body>", notes=notes)


def _examine(body: bytes) -> tuple[str, ...]:
    """What a reader must know of the document; raises where it is broken or a trap."""
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            size = sum(info.file_size for info in archive.infolist() if READ_PARTS.fullmatch(info.filename))
            if size > MOST_XML_BYTES:
                raise TooLargeError(
                    f"The Word document unpacks to {size:,} bytes of text and markup; "
                    f"one may have {MOST_XML_BYTES:,}.",
                    cure="Split it.",
                )
            document = archive.read(DOCUMENT)
            has_comments = "word/comments.xml" in archive.namelist()
            comments = len(COMMENT.findall(archive.read("word/comments.xml"))) if has_comments else 0
    except TooLargeError:
        raise
    except Exception as error:  # zipfile raises a dozen kinds for what can be wrong with an archive
        raise _damaged(error) from error
    return _list_notes(changes=len(TRACKED.findall(document)), comments=comments)


def _list_notes(*, changes: int, comments: int) -> tuple[str, ...]:
    notes = []
    if changes:
        notes.append(
            f"The document has tracked changes ({changes}): they were read as accepted, inserted words in "
            "and deleted words out."
        )
    if comments:
        notes.append(f"Comments were not read: {comments}.")
    return tuple(notes)


def _convert(body: bytes) -> str:
    """The document as HTML, without pictures and the signs that refer to notes."""
    try:
        import mammoth
    except ImportError as error:
        raise MissingPartError(
            "Word documents are read with a part that is not installed: mammoth.",
            cure="Install it: pip install 'onrecord[drafts]'. Or save the draft as .html, .md or .txt.",
        ) from error
    try:
        made = mammoth.convert_to_html(io.BytesIO(body), style_map=STYLES, convert_image=_leave_out)
        return _drop_references(str(made.value))
    except MissingPartError:
        raise
    except Exception as error:  # whatever a broken document makes mammoth raise
        raise _damaged(error) from error


def _leave_out(image: Any) -> list[Any]:
    """Nothing in place of a picture: it is neither unpacked nor fetched."""
    return []


def _drop_references(page: str) -> str:
    """The page without "[1]" in the text and the arrows back to it."""
    from lxml import etree

    from onrecord.ingest.page_tree import parse_page

    tree = parse_page(page)
    if tree is None:
        return ""
    for link in list(tree.iter("a")):
        if NOTE_REFERENCE.match(link.get("id", "")) or NOTE_LINK.match(link.get("href", "")):
            drop_element(link)
    return str(etree.tostring(tree, encoding="unicode", method="html"))


def _damaged(error: Exception) -> DamagedInputError:
    reason = " ".join(str(error).split())[:200] or type(error).__name__
    return DamagedInputError(f"The Word document is damaged: {reason}.", cure=DAMAGED_CURE)
