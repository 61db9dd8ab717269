"""Verifying: a draft, the engine and a record in, a verdict on each of its quotations and claims out."""

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.ingest.draft import Draft, read_draft
from onrecord.verifier.claims import read_claims
from onrecord.verifier.verdict import Report
from onrecord.verifier.verify import verify_claims

if TYPE_CHECKING:
    from onrecord.engine import Engine
    from onrecord.store.base import Store

EMPTY_NOTE = "The record holds no article, so nothing of the draft can be found in it."
LEFT_NOTE = "Claims in the draft's own words were left out, as asked: {count}."


def verify_draft(draft: Draft, engine: "Engine", store: "Store", *, quotations: bool = False) -> Report:
    """The verdicts on a draft, in its order; with `quotations` not on what it says in its own words."""
    parts = engine.parts_of(draft.body)
    found = read_claims(parts, draft.text, draft.paragraphs, block_quotes=draft.block_quotes)
    claims = [claim for claim in found.claims if claim.form == "direct" or not quotations]
    report = verify_claims(claims, store, draft=draft.name, text=draft.text)
    notes = [*draft.notes, *found.notes, *report.notes]
    if left := len(found.claims) - len(claims):
        notes.append(LEFT_NOTE.format(count=left))
    if claims and not store.counts().articles:
        notes.append(EMPTY_NOTE)
    return dataclasses.replace(report, notes=tuple(notes))


def open_draft(source: str | Path | bytes, *, name: str | None = None) -> Draft:
    """The draft that a path names, or that is given itself: as bytes, or as a text of more than one line.

    A text of one line would be taken for the name of a file. Raises `InputError`.
    """
    if isinstance(source, str) and "\n" in source:
        return read_draft(source.encode("utf-8", "surrogatepass"), name=name or "a text")
    return read_draft(source, name=name)
