"""Reports of verdicts made by hand: a draft, what is held, and every kind of verdict between them."""

from collections.abc import Sequence

from onrecord.record import Span
from onrecord.verifier.verdict import Change, Claim, Evidence, Report, Verdict
from tests.factories import span_of

HELD = (
    "“We did not close the Sallow lock on Monday,” Ilse Corran said. “It closed at nine, and nobody was"
    " hurt.” Ondrej Vale said the lock would open in spring. “I was never told,” Vale said."
)
DRAFT = "\n\n".join(
    [
        "Who closed the Sallow lock?",
        "“We did close the Sallow lock on Monday,” Ilse Corran said. “It closed at nine, and nobody was"
        " hurt,” she added.",
        "“I was never told,” said Corran, who thinks that “the lock would open in spring.” Vale said the"
        " lock would open in spring.",
        "“It closed at nine … nobody was hurt.” “It was I,” somebody wrote.",
        "“we did not close the sallow lock on Monday” and “We did not close it. I was never told.”",
    ]
)


def make_claim(*parts: str, text: str = DRAFT, form: str = "direct", speaker: str | None = None) -> Claim:
    """A claim of these words of a draft, found where they first stand."""
    spans = tuple(span_of(text, part) for part in parts)
    return Claim(words=parts, spans=spans, form=form, source=speaker, speaker=speaker)  # type: ignore[arg-type]


def make_evidence(*parts: str, text: str = HELD, **fields: object) -> Evidence:
    """These words of what is held, with those round them; `fields` replace the usual values."""
    spans = tuple(span_of(text, part) for part in parts)
    values: dict[str, object] = {
        "article_id": "article-1",
        "capture_sha256": "ab" * 32,
        "spans": spans,
        "words": parts,
        "before": text[max(spans[0].start_char - 20, 0) : spans[0].start_char],
        "after": text[spans[-1].end_char : spans[-1].end_char + 20],
        "statement_id": "statement-1",
        "speaker": "Ilse Corran",
        "person_id": "person-1",
        "form": "direct",
        "outlet": "Tessaly Lantern",
        "title": "The lock at Sallow",
        "url": "https://lantern.example/lock",
        "link": "https://lantern.example/lock#:~:text=the%20lock",
        "published": "2031-05-03",
    }
    return Evidence(**(values | fields))  # type: ignore[arg-type]


def make_verdict(claim: Claim, kind: str, evidence: Sequence[Evidence] = (), **fields: object) -> Verdict:
    """A verdict on a claim; `fields` replace the usual values."""
    values: dict[str, object] = {
        "claim": claim,
        "kind": kind,
        "rule": f"{kind}/1",
        "reason": f"This is why it is {kind}.",
        "similarity": 0.0 if kind == "not_found" else 0.9,
        "evidence": tuple(evidence),
    }
    return Verdict(**(values | fields))  # type: ignore[arg-type]


def make_change(kind: str, draft: Span | None, held: Span | None, *flags: str) -> Change:
    """A change between the draft and what is held, by their spans."""
    words = draft.of(DRAFT) if draft else "", held.of(HELD) if held else ""
    return Change(
        kind=kind,  # type: ignore[arg-type]
        draft=words[0],
        held=words[1],
        draft_span=draft,
        held_span=held,
        flags=flags,  # type: ignore[arg-type]
    )


def make_report() -> Report:
    """A report with each kind of verdict once."""
    held = make_evidence("We did not close the Sallow lock on Monday")
    closed = make_evidence("It closed at nine, and nobody was hurt.")
    told = make_evidence("I was never told,", speaker="Ondrej Vale", url=None, link=None, outlet=None)
    vale = make_evidence("the lock would open in spring", form="indirect", speaker="Ondrej Vale")
    dropped = make_change("dropped", None, span_of(HELD, "not"), "negation")
    verdicts = (
        make_verdict(
            make_claim("We did close the Sallow lock on Monday,", speaker="Ilse Corran"),
            "altered",
            [held],
            changes=(dropped,),
        ),
        make_verdict(
            make_claim("It closed at nine, and nobody was hurt,", speaker="Ilse Corran"), "exact", [closed]
        ),
        make_verdict(make_claim("I was never told,", speaker="Ilse Corran"), "misattributed", [told]),
        make_verdict(make_claim("the lock would open in spring.", speaker="Ilse Corran"), "indirect", [vale]),
        make_verdict(
            make_claim("the lock would open in spring", form="indirect", speaker="Vale"),
            "paraphrased",
            [vale],
        ),
        make_verdict(
            make_claim("It closed at nine … nobody was hurt."), "trimmed", [closed], trim_marked=True
        ),
        make_verdict(make_claim("It was I,"), "not_found"),
        make_verdict(
            make_claim("we did not close the sallow lock on Monday"), "marks", [held], similarity=1.0
        ),
        make_verdict(make_claim("We did not close it. I was never told."), "spliced", [held, told]),
    )
    return Report(draft="lock.md", text=DRAFT, verdicts=verdicts, notes=("The draft names nobody twice.",))
