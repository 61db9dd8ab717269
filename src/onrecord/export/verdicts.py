"""A report of verdicts as JSON: one object, the same report always the same characters.

    {"format": "onrecord.verdicts", "version": 1,
     "draft": NAME, "fails": BOOL, "summary": SENTENCE, "counts": {KIND: COUNT, …}, "notes": [SENTENCE, …],
     "text": the draft as it was read,
     "verdicts": [{"number": from 1, "kind": KIND, "fails": BOOL, "flags": [FLAG, …] (loudest first),
                   "rule": NAME, "reason": SENTENCE, "similarity": 0 to 1, "trim_marked": BOOL or null,
                   "claim": {"form", "source", "speaker", "parts": [SPAN, …]},
                   "changes": [{"kind", "flags", "draft", "held", "draft_span", "held_span"}, …],
                   "evidence": [{"article_id", "capture_sha256", "statement_id", "speaker", "person_id",
                                 "form", "outlet", "title", "url", "link", "published",
                                 "before", "parts": [SPAN, …], "after"}, …]}, …]}

SPAN is {"start_char", "end_char", "text"} with bounds in code points: of `text` in claims and in
`draft_span`, of the held article's text in evidence and in `held_span`. Kinds and flags are those of
`onrecord.verifier.verdict`; what is unknown is null. Keys stand in this order.
"""

import json
from collections.abc import Iterable
from typing import Any

from onrecord.export.verdict_words import count_kinds, summarise_report
from onrecord.record import Span
from onrecord.verifier.verdict import Change, Evidence, Report, Verdict

FORMAT, VERSION = "onrecord.verdicts", 1
SIMILARITY_DIGITS = 4
# Of an evidence, in the order they are written, before its words.
EVIDENCE_FIELDS = (
    "article_id", "capture_sha256", "statement_id", "speaker", "person_id", "form", "outlet", "title", "url",
    "link", "published",
)  # fmt: skip


def verdicts_to_json(report: Report) -> str:
    """One line of JSON, which can be written as UTF-8 whatever the draft holds."""
    value = plain_report(report)
    line = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:  # lone surrogates: escape whatever is not ASCII only then
        line = json.dumps(value, separators=(",", ":"))
    return line


def plain_report(report: Report) -> dict[str, Any]:
    """The report as plain values, as the JSON holds them."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "draft": report.draft,
        "fails": report.fails,
        "summary": summarise_report(report),
        "counts": count_kinds(report),
        "notes": list(report.notes),
        "text": report.text,
        "verdicts": [_plain_verdict(number, one) for number, one in enumerate(report.verdicts, 1)],
    }


def _plain_verdict(number: int, verdict: Verdict) -> dict[str, Any]:
    claim = verdict.claim
    return {
        "number": number,
        "kind": verdict.kind,
        "fails": verdict.fails,
        "flags": list(verdict.flags),
        "rule": verdict.rule,
        "reason": verdict.reason,
        "similarity": round(verdict.similarity, SIMILARITY_DIGITS),
        "trim_marked": verdict.trim_marked,
        "claim": {
            "form": claim.form,
            "source": claim.source,
            "speaker": claim.speaker,
            "parts": _plain_parts(claim.spans, claim.words),
        },
        "changes": [_plain_change(change) for change in verdict.changes],
        "evidence": [_plain_evidence(one) for one in verdict.evidence],
    }


def _plain_change(change: Change) -> dict[str, Any]:
    return {
        "kind": change.kind,
        "flags": list(change.flags),
        "draft": change.draft,
        "held": change.held,
        "draft_span": _plain_span(change.draft_span, change.draft),
        "held_span": _plain_span(change.held_span, change.held),
    }


def _plain_evidence(evidence: Evidence) -> dict[str, Any]:
    fields = {name: getattr(evidence, name) for name in EVIDENCE_FIELDS}
    words = {"before": evidence.before, "parts": _plain_parts(evidence.spans, evidence.words)}
    return fields | words | {"after": evidence.after}


def _plain_parts(spans: Iterable[Span], words: Iterable[str]) -> list[dict[str, Any] | None]:
    return [_plain_span(span, text) for span, text in zip(spans, words, strict=True)]


def _plain_span(span: Span | None, text: str) -> dict[str, Any] | None:
    if span is None:
        return None
    return {"start_char": span.start_char, "end_char": span.end_char, "text": text}
