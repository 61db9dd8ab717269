"""The claims of a draft: what an engine read of it, its text and paragraphs in, out what is to be verified.

Every quotation is a claim, whether or not the engine found who says it, because one that was missed would
pass unseen; so is every statement in the draft's own words of what somebody said or wrote.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from onrecord.record import Entity, Form, Span, Statement
from onrecord.verifier.owners import share_out
from onrecord.verifier.quoted import Bounds, Quoted, find_quoted
from onrecord.verifier.verdict import Claim

# Quotation marks round no more words than these, which nobody is said to say, are scare quotes.
SCARE_WORDS = 2
TITLE_WORDS = 8
# What somebody is said to have said in no more words than these ("asked for patience") cannot be compared.
SHORT_CLAIM_WORDS = 2
# Cues with one of these tell that the words were not said, which a claim cannot tell: held against the
# record, "denied that he was warned" would pass where he says that he was.
DENYING = frozenset([
    "deny", "denies", "denied", "denying", "not", "never", "refuse", "refuses", "refused", "refusing",
    "decline", "declines", "declined", "declining", "dispute", "disputes", "disputed", "disputing",
    "reject", "rejects", "rejected", "rejecting", "without", "neither", "nor",
])  # fmt: skip
SPOKEN = frozenset({"said", "wrote"})
SCARE_NOTE = "Not held against the record, being a word or two in marks that nobody is said to say"
TITLE_NOTE = "Not held against the record, being written as titles"
SHORT_NOTE = "Not held against the record, being a word or two in the draft's own words"
DENIAL_NOTE = "Not held against the record, being said to be denied or left unsaid"
UNCLOSED_NOTE = "Not closed by a mark, and taken to end with their paragraph"
MOST_NAMED, LONGEST_NAMED = 12, 60
MARKS_AND_SPACE = "“”„‟«»‹›\"‘’‚'`「」『』 \t\xa0"
WORD = re.compile(r"\w+(?:['’]\w+)*")
SMALL_WORDS = frozenset(
    ["a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"]
)


class PartsLike(Protocol):
    """What an engine read: `Engine.parts_of` gives it."""

    @property
    def statements(self) -> tuple[Statement, ...]:
        """The statements, in order."""

    @property
    def entities(self) -> tuple[Entity, ...]:
        """Those that the speakers of statements are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundClaims:
    """The claims in the order of the draft, and what its reader must know beside them."""

    claims: tuple[Claim, ...]
    notes: tuple[str, ...]


def find_claims(
    parts: PartsLike,
    text: str,
    paragraphs: Sequence[Bounds],
    *,
    block_quotes: Iterable[tuple[Span, ...]] = (),
) -> tuple[Claim, ...]:
    """The claims of the draft in order; their spans are exact. See `read_claims`, which gives notes too."""
    return read_claims(parts, text, paragraphs, block_quotes=block_quotes).claims


def read_claims(
    parts: PartsLike,
    text: str,
    paragraphs: Sequence[Bounds],
    *,
    block_quotes: Iterable[tuple[Span, ...]] = (),
) -> FoundClaims:
    """The claims of the draft, with notes on scare quotes, titles, and marks that nothing closes.

    `block_quotes` are passages set off as quotations without marks. A quotation that its source parts
    ("A," said X, "b") is one claim with several spans; those of a mixed statement are a claim each. A
    quotation in the words of another ("He said 'no'," she said) is part of that one.
    """
    quoted = find_quoted(text, paragraphs, block_quotes)
    owned, free = share_out(quoted, parts.statements, text, paragraphs)
    claims = list(_claims_of_statements(parts, owned, text))
    short = [claim for claim in claims if claim.form == "indirect" and _is_brief(claim.spans, text)]
    denied = [
        statement.content
        for place, statement in enumerate(parts.statements)
        if place not in owned and _is_denied(statement, text)
    ]
    sorts = {sort: [one for one in free if _sort_of(one, text) == sort] for sort in ("", "scare", "title")}
    kept = [claim for claim in claims if claim.form == "direct" or not _is_brief(claim.spans, text)]
    kept += [_claim(one.spans, text) for one in sorts[""]]
    left = {
        SCARE_NOTE: [one.spans for one in sorts["scare"]],
        TITLE_NOTE: [one.spans for one in sorts["title"]],
        SHORT_NOTE: [claim.spans for claim in short],
        DENIAL_NOTE: [spans for spans in denied if not _is_brief(spans, text)],
        UNCLOSED_NOTE: [one.spans for one in quoted if not one.is_closed],
    }
    return FoundClaims(
        claims=tuple(sorted(kept, key=lambda claim: (claim.spans, claim.form))),
        notes=tuple(f"{note}: {_list(spans, text)}." for note, spans in left.items() if spans),
    )


def _sort_of(quoted: Quoted, text: str) -> str:
    """What a quotation is that nobody is said to say: "scare", "title", or "" of one to be verified."""
    if quoted.is_block:
        return ""
    words = quoted.words(text)
    return "scare" if _is_scare(words) else "title" if _is_title(words) else ""


def _claims_of_statements(parts: PartsLike, owned: dict[int, list[Quoted]], text: str) -> Iterator[Claim]:
    names = {entity.entity_id: entity for entity in parts.entities}
    for place, statement in enumerate(parts.statements):
        yield from _claims_of(statement, owned.get(place, []), text, names)


def _claims_of(
    statement: Statement, quoted: Sequence[Quoted], text: str, names: dict[str, Entity]
) -> Iterator[Claim]:
    """The quotations that are a statement's own; where it has none, what it says was said or written."""
    source = " ".join(" ".join(span.of(text) for span in statement.source).split()) or None
    speaker = _name_speaker(statement, names)
    if quoted:
        runs = _join_flowing(quoted, text) if statement.form == "direct" else [one.spans for one in quoted]
        yield from (_claim(spans, text, source=source, speaker=speaker) for spans in runs)
    elif statement.form == "indirect" and statement.mode in SPOKEN and not _is_denied(statement, text):
        own = tuple(trimmed for span in statement.content if (trimmed := _trim(text, span)))
        if own:
            yield _claim(own, text, form="indirect", source=source, speaker=speaker)


def _join_flowing(quoted: Sequence[Quoted], text: str) -> list[tuple[Span, ...]]:
    """The spans of each quotation, those of one that its source only parts together.

    "A," said X, "b" is one; in "A," said X. "B." a sentence ends between two, which may well be from two
    places of what was said.
    """
    runs: list[tuple[Span, ...]] = []
    for one in quoted:
        if runs and _flows(text, runs[-1][-1].end_char, one.spans[0].start_char):
            runs[-1] += one.spans
        else:
            runs.append(one.spans)
    return runs


def _flows(text: str, end: int, start: int) -> bool:
    """Whether a sentence runs on from the end of a quotation to the start of the next."""
    between = text[end:start]
    last = between.rstrip(MARKS_AND_SPACE)[-1:] or text[end - 1]
    return "\n" not in between and last not in ".!?…"


def _trim(text: str, span: Span) -> Span | None:
    """The span without white space at its ends; None of nothing else."""
    words = span.of(text)
    start = span.start_char + len(words) - len(words.lstrip())
    return Span(start_char=start, end_char=start + len(words.strip())) if words.strip() else None


def _name_speaker(statement: Statement, names: dict[str, Entity]) -> str | None:
    """The proper name of who says it; None where the draft only describes them."""
    if statement.speaker is None:
        return None
    entity = names.get(statement.speaker.entity_id)
    return statement.speaker.name if entity is None or entity.named else None


def _claim(
    spans: tuple[Span, ...],
    text: str,
    *,
    form: Form = "direct",
    source: str | None = None,
    speaker: str | None = None,
) -> Claim:
    words = tuple(span.of(text) for span in spans)
    return Claim(words=words, spans=spans, form=form, source=source, speaker=speaker)


def _is_scare(words: str) -> bool:
    return len(WORD.findall(words)) <= SCARE_WORDS


def _is_title(words: str) -> bool:
    """Whether words in marks are written as the title of a work: “The Keeper of Tolvay”."""
    found = WORD.findall(words)
    told = [word for word in found if word not in SMALL_WORDS]
    is_written_large = all(word[0].isupper() or word[0].isdecimal() for word in told)
    return len(found) <= TITLE_WORDS and is_written_large and words.rstrip(",")[-1:] not in ".!?…"


def _is_brief(spans: Iterable[Span], text: str) -> bool:
    return len(WORD.findall(" ".join(span.of(text) for span in spans))) <= SHORT_CLAIM_WORDS


def _is_denied(statement: Statement, text: str) -> bool:
    """Whether it is in the draft's own words, and its cue tells that it was not said."""
    if statement.form != "indirect" or statement.mode not in SPOKEN:
        return False
    cue = " ".join(span.of(text) for span in statement.cue).lower().replace("’", "'")
    return bool(DENYING.intersection(WORD.findall(cue.replace("n't", " not"))))


def _list(found: Sequence[Sequence[Span]], text: str) -> str:
    """Words of the draft by how they begin, and how many more there are."""
    named = [_shorten(" ".join(span.of(text) for span in spans)) for spans in found[:MOST_NAMED]]
    more = f" and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
    return ", ".join(f"“{words}”" for words in named) + more


def _shorten(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= LONGEST_NAMED else words[: LONGEST_NAMED - 1].rsplit(" ", 1)[0] + "…"
