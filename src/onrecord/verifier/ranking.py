"""Which of several findings is believed: by kind, by whose words they are, then by who reported them first.

In: the findings of one quotation. Out: the same with their places, the best first.
"""

from collections.abc import Sequence
from typing import NamedTuple

from onrecord.verifier.findings import Finding
from onrecord.verifier.tokens import weight_of
from onrecord.verifier.verdict import Kind
from onrecord.verifier.wanted import Wanted

# Below these shares of words, and of words that tell, a quotation is not one that was altered: half of the
# words of an invented one are found in some sentence or other (measured on PolNeAR dev).
NEAR_WORDS = 0.5
NEAR_TELLING = 0.5
# The order in which findings are believed. "misattributed" are right words of another speaker; words of
# nobody known are as good as the named speaker's, unless another is known to have said them: "unclaimed".
PLACES = (
    "exact", "marks", "trimmed", "misattributed", "unclaimed", "spliced", "indirect", "indirect-other",
    "altered", "far",
)  # fmt: skip
VERBATIM = ("exact", "marks", "trimmed")


class Ranked(NamedTuple):
    """A finding with its place among `PLACES`."""

    place: str
    finding: Finding

    @property
    def kind(self) -> Kind:
        """The kind of the verdict that it makes."""
        return "misattributed" if self.place in ("misattributed", "indirect-other") else self.finding.kind

    def is_within(self, place: str) -> bool:
        """Whether it is believed as much as a place, or more."""
        return PLACES.index(self.place) <= PLACES.index(place)


def rank_findings(wanted: Wanted, findings: Sequence[Finding]) -> list[Ranked]:
    """The findings, the best first."""
    claimed = any(f.kind in ("exact", "marks") and f.likeness == "other" for f in findings)
    ranked = [Ranked(_place(wanted, finding, claimed=claimed), finding) for finding in findings]
    return sorted(ranked, key=_order)


def _place(wanted: Wanted, finding: Finding, *, claimed: bool) -> str:
    """The place of a finding; `claimed` where another speaker is known to have said the words."""
    if finding.kind in VERBATIM:
        if finding.likeness == "other":
            return "misattributed"
        return "unclaimed" if claimed and finding.likeness == "unknown" else finding.kind
    if finding.kind == "indirect" and finding.likeness == "other":
        return "indirect-other"
    return finding.kind if finding.kind != "altered" or is_near(wanted, finding) else "far"


def is_near(wanted: Wanted, finding: Finding) -> bool:
    """Whether so many words agree that the draft's can only be these, altered."""
    agreeing = [k for step in finding.alignment.alike for k in range(step.draft, step.draft_end)]
    weights = [weight_of(key) for key in wanted.keys]
    share = sum(weights[k] for k in agreeing) / sum(weights)
    return finding.similarity >= NEAR_WORDS and share >= NEAR_TELLING


def _order(ranked: Ranked) -> tuple[int, float, int, bool, str, str, int]:
    finding = ranked.finding
    passage, words = finding.article.passage, finding.alignment.held_words
    return (
        PLACES.index(ranked.place),
        -finding.similarity if finding.kind == "altered" else 0.0,
        ("same", "unknown", "other").index(finding.likeness),
        finding.hit is None,
        passage.published or "9999",
        passage.article_id,
        words[0] if words else 0,
    )
