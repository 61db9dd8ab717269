"""What the verifier says of each quotation or claim of a draft: a verdict, its reasons, its evidence."""

from dataclasses import dataclass
from typing import Literal, get_args

from onrecord.record import Form, Span

# In the order of how well the words are held.
Kind = Literal[
    "exact", "marks", "trimmed", "spliced", "paraphrased", "indirect", "altered", "misattributed",
    "not_found",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)
FAILING: frozenset[str] = frozenset({"altered", "misattributed", "not_found"})
ChangeKind = Literal["replaced", "inserted", "dropped"]
# What turns the meaning of a quotation though most of its words are right; shown first and loudest.
# condition: an "if" or "unless" gained, lost or cut off.
Flag = Literal["negation", "number", "name", "modal", "condition"]
FLAGS: tuple[Flag, ...] = get_args(Flag)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What a draft attributes to somebody: a quotation (`form` direct), or a claim in the draft's own words.

    `words` are the parts in the draft at `spans`, without their quotation marks; `source` is who said it in
    the words of the draft, `speaker` the fullest name that the draft has for them; None where it has none.
    """

    words: tuple[str, ...]
    spans: tuple[Span, ...]
    form: Form
    source: str | None
    speaker: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Words of the draft that differ from those held: `draft` stands where `held` is in the record.

    The spans are into the draft and into the held article, None for the side that has no words.
    """

    kind: ChangeKind
    draft: str
    held: str
    draft_span: Span | None
    held_span: Span | None
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where the record holds the words, or those nearest to them: `spans` into the text of an article.

    `statement_id`, `speaker`, `person_id` and `form` are of the statement that they stand in, None where
    they stand in none. `before` and `after` are the text around.
    """

    article_id: str
    capture_sha256: str
    spans: tuple[Span, ...]
    words: tuple[str, ...]
    before: str
    after: str
    statement_id: str | None
    speaker: str | None
    person_id: str | None
    form: Form | None
    outlet: str | None
    title: str | None
    url: str | None
    link: str | None
    published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One claim of the draft, held against the record.

    exact: to the letter. marks: but for punctuation, case, and how a number is written. trimmed: words left
    out (`trim_marked`: with an ellipsis or brackets, or silently), or cut off at an edge where they turn the
    sense; `changes` are these words. spliced: put together from several places.
    altered: words differ (`changes`). misattributed: the words are another's. indirect: the record has
    them in a reporter's words only, not as a quotation. paraphrased: of a claim that is no quotation, the
    speaker is reported to have said the like. not_found: nothing near enough is held. `rule` names the
    rule that decided, `reason` is a sentence for the reader.
    `evidence` is best first; `similarity` is the share of the words that agree with the best, 0 to 1.
    """

    claim: Claim
    kind: Kind
    rule: str
    reason: str
    similarity: float
    changes: tuple[Change, ...] = ()
    trim_marked: bool | None = None
    evidence: tuple[Evidence, ...] = ()

    @property
    def flags(self) -> tuple[Flag, ...]:
        """What any of its changes turns, the gravest first."""
        raised = {flag for change in self.changes for flag in change.flags}
        return tuple(flag for flag in FLAGS if flag in raised)

    @property
    def fails(self) -> bool:
        """Whether a newsdesk should stop at it."""
        return self.kind in FAILING


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """All verdicts on a draft, in its order; `text` is the draft as it was read.

    `notes` say what a reader must know: that the draft holds no quotation, quotations without a speaker.
    """

    draft: str
    text: str
    verdicts: tuple[Verdict, ...]
    notes: tuple[str, ...] = ()

    @property
    def fails(self) -> bool:
        """Whether any verdict does."""
        return any(verdict.fails for verdict in self.verdicts)
