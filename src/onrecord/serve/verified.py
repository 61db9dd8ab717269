"""Drafts that were verified: bytes in, a report out that is kept for a while, in memory alone.

A draft is nobody's page yet: it is never written to the disk, and only who knows its id, which nobody can
guess, finds its report again. One draft is verified at a time; whoever waits keeps no page from its thread.
"""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from http import HTTPStatus

import anyio
import anyio.to_thread

from onrecord.collection.face import Collection
from onrecord.errors import UnknownIdError
from onrecord.export.verdict_text import Paragraph, write_paragraphs
from onrecord.serve.faults import RefusedError
from onrecord.verifier.verdict import Report

# Some kilobytes each; the last ones are what somebody still looks at.
MOST_KEPT = 50
MOST_KEPT_CHARS = 5_000_000
# Drafts that wait for another: a long one takes a minute, and each that waits is held in memory, up to 50 MB.
MOST_WAITING = 8
# What one page shows of a long draft: with its verdicts some 100 kB before it is packed.
PAGE_VERDICTS = 40
PAGE_CHARS = 60_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A report, and the paragraphs of its draft a page at a time."""

    report_id: str
    report: Report
    pages: tuple[tuple[Paragraph, ...], ...]

    def page_of(self, number: int) -> int:
        """The page, from 1, on which the verdict with this number stands."""
        found = (k for k, page in enumerate(self.pages, 1) if any(number in p.numbers for p in page))
        return next(found, 1)


@dataclass(slots=True, kw_only=True)
class Verifications:
    """The reports of this server, the oldest of them forgotten.

    `turn` is for one draft at a time, of pages and API alike: what the engine remembers of the gazetteer is
    emptied now and then, which two that read at once could not bear.
    """

    collection: Collection
    _kept: OrderedDict[str, Verified] = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    turn: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(1))

    async def verify(
        self, draft: bytes, *, name: str, quotations: bool, notes: Sequence[str] = ()
    ) -> Verified:
        """The verdicts on a draft, kept; raises `InputError`, and `RefusedError` where too many wait.

        `notes` are told before those of the report.
        """
        expect_turn(self.turn)
        work = partial(self.collection.verify, draft, name=name, quotations=quotations)
        report = await anyio.to_thread.run_sync(work, limiter=self.turn)
        report = replace(report, notes=(*notes, *report.notes))
        return await anyio.to_thread.run_sync(self.keep, report)

    def find(self, report_id: str) -> Verified:
        """The report with this id; raises `UnknownIdError`."""
        found = self._kept.get(report_id)
        if found is None:
            raise UnknownIdError(
                "This report is no longer kept: drafts are forgotten when the server stops, or when others "
                "were verified since.",
                cure="Verify the draft again.",
            )
        return found

    def kept(self) -> tuple[Verified, ...]:
        """The reports that are remembered, the newest first."""
        return tuple(reversed(self._kept.values()))

    def keep(self, report: Report) -> Verified:
        """The report with an id of its own, remembered."""
        made = Verified(report_id=secrets.token_urlsafe(16), report=report, pages=cut_pages(report))
        with self._lock:
            self._kept[made.report_id] = made
            self._forget()
        return made

    def _forget(self) -> None:
        while len(self._kept) > 1 and (
            len(self._kept) > MOST_KEPT
            or sum(len(one.report.text) for one in self._kept.values()) > MOST_KEPT_CHARS
        ):
            self._kept.popitem(last=False)


def expect_turn(limiter: anyio.CapacityLimiter) -> None:
    """Raises `RefusedError` where so many wait for it that one more would wait too long."""
    if limiter.statistics().tasks_waiting >= MOST_WAITING:
        raise RefusedError(
            HTTPStatus.SERVICE_UNAVAILABLE,
            f"{MOST_WAITING} drafts wait to be verified already.",
            cure="Wait a minute, and send it again.",
        )


def cut_pages(report: Report) -> tuple[tuple[Paragraph, ...], ...]:
    """The paragraphs of the draft in pages; a paragraph is never cut, and there is always a page."""
    pages: list[list[Paragraph]] = [[]]
    verdicts = chars = 0
    for paragraph in write_paragraphs(report):
        verdicts, chars = verdicts + len(paragraph.numbers), chars + len(paragraph.html)
        if pages[-1] and (verdicts > PAGE_VERDICTS or chars > PAGE_CHARS):
            pages.append([])
            verdicts, chars = len(paragraph.numbers), len(paragraph.html)
        pages[-1].append(paragraph)
    return tuple(map(tuple, pages))
