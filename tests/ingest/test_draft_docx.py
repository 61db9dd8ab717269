"""Word documents as drafts: their text, what becomes of changes, comments and notes, and broken ones."""

import builtins

import pytest

from onrecord.errors import (
    BinaryInputError,
    DamagedInputError,
    EmptyInputError,
    MissingPartError,
    TooLargeError,
)
from onrecord.ingest import draft_docx
from onrecord.ingest.draft import DOCX, read_draft
from tests.ingest.documents import make_docx, paragraph, run

pytest.importorskip("mammoth", reason="the extra “drafts” is not installed")


def read(*paragraphs, **parts):
    return read_draft(make_docx(*paragraphs, **parts), name="a.docx")


def test_each_paragraph_is_a_line():
    draft = read(paragraph("“No,” she said."), paragraph("He left &amp; came back."))
    assert draft.text == "“No,” she said.\n\nHe left & came back."
    assert draft.media_type == DOCX


def test_a_document_is_told_by_its_bytes_whatever_it_is_called():
    assert read_draft(make_docx(paragraph("No.")), name="-").text == "No."


def test_a_paragraph_in_the_style_of_quotations_is_set_off():
    draft = read(paragraph("She wrote:"), paragraph("We did not.", style="Quote"))
    assert [[s.of(draft.text) for s in block] for block in draft.block_quotes] == [["We did not."]]


def test_tracked_changes_are_read_as_accepted_with_a_note():
    change = (
        f"<w:p>{run('We did ')}<w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
        f"<w:ins>{run('now ')}</w:ins>{run('close it.')}</w:p>"
    )
    draft = read(change)
    assert draft.text == "We did now close it."
    assert [note for note in draft.notes if "tracked changes (2)" in note]


def test_comments_are_not_read_and_counted():
    comment = f"<w:comment w:id='0'>{paragraph('Is this so?')}</w:comment>"
    draft = read(paragraph("No."), comments=comment)
    assert draft.text == "No."
    assert draft.notes == ("Comments were not read: 1.",)


def test_footnotes_stand_behind_the_text_without_their_signs():
    footnote = f'<w:footnote w:id="2">{paragraph("In the “Lantern”.")}</w:footnote>'
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    draft = read(f"<w:p>{run('“No')}{reference}{run(' way.”')}</w:p>", footnotes=footnote)
    assert draft.text == "“No way.”\n\nIn the “Lantern”."


def test_a_document_without_text_is_an_error():
    with pytest.raises(EmptyInputError):
        read(paragraph(""))


def test_another_archive_is_an_error():
    with pytest.raises(BinaryInputError, match=r"no Word document.*\.docx"):
        read_draft(make_docx(paragraph("x")).replace(b"word/", b"text/"), name="a.zip")


@pytest.mark.parametrize("share", [0.3, 0.7, 0.95])
def test_a_document_cut_off_is_an_error(share):
    body = make_docx(*(paragraph(f"Line {n}.") for n in range(50)))
    with pytest.raises(DamagedInputError, match=r"a\.docx: The Word document is damaged"):
        read_draft(body[: int(len(body) * share)], name="a.docx")


@pytest.mark.parametrize(
    "document",
    [
        b"<w:document",
        b"",
        b"<a/>",
        b"\xff\xfe\0",
        b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    ],
)
def test_a_document_whose_text_is_broken_is_an_error(document):
    with pytest.raises((DamagedInputError, EmptyInputError)):
        read(paragraph("x"), **{"word__document.xml": document})


def test_a_document_that_unpacks_to_too_much_is_an_error(monkeypatch):
    monkeypatch.setattr(draft_docx, "MOST_XML_BYTES", 10_000)
    with pytest.raises(TooLargeError, match="unpacks"):
        read(paragraph("a" * 20_000))


def test_without_the_extra_the_error_names_it(monkeypatch):
    import_ = builtins.__import__

    def refuse(name, *rest):
        if name == "mammoth":
            raise ImportError(name)
        return import_(name, *rest)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingPartError, match=r"onrecord\[drafts\]"):
        read(paragraph("x"))
