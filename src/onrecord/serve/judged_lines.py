"""Judgements as lines to read: judgements in, who said what of what and when out, in words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from onrecord.record import Judgement
from onrecord.store.base import View

VERBS = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "merge": "took for one",
    "split": "told apart",
}
FIELD_NAMES = {
    "content": "the content",
    "cue": "the cue",
    "source": "the source",
    "speaker": "the speaker",
    "speaker_kind": "what the speaker is",
    "mode": "the mode",
    "said_at": "when it was said",
    "said_in": "where it was said",
}
MOST_CHARS = 200
MOST_NAMES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedLine:
    """One judgement: `verb` what was done, `words` to which statement or whom, `value` what it should be.

    `address` leads to the statement or the person; `unfit` is why it counts no more,
    `overruled_by` who judged the same otherwise after it.
    """

    judgement_id: str
    by: str
    made_at: str
    verb: str
    words: str
    value: str | None
    note: str | None
    score: float | None
    address: str | None
    withdrawn_at: str | None
    withdrawn_by: str | None
    unfit: str | None
    overruled_by: str | None = None


def tell_judgements(
    judgements: Iterable[Judgement],
    unfit: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
) -> tuple[JudgedLine, ...]:
    """A line for each, the newest first; `unfit` has the reasons by the ids of those that fit nothing,
    `names` those of people by their ids."""
    made = list(judgements)
    last = {_matter_of(one): one for one in made if not one.withdrawn_at}
    lines = []
    for one in made:
        line = _tell(one, (unfit or {}).get(one.judgement_id), names or {})
        later = None if one.withdrawn_at else last[_matter_of(one)]
        differs = later is not None and (line.verb, line.value) != (tell_verb(later), tell_value(later))
        lines.append(replace(line, overruled_by=later.by) if later and differs else line)
    return tuple(reversed(lines))


def _matter_of(judgement: Judgement) -> tuple[str, ...]:
    """What it is about: of those about the same, the last counts."""
    target, correction = judgement.target, judgement.correction
    if target is None or target.statement_id is None or judgement.kind not in {"accept", "reject", "correct"}:
        return (judgement.judgement_id,)
    return (target.statement_id, correction.field if correction else "")


def name_people(view: View, judgements: Iterable[Judgement]) -> dict[str, str]:
    """The names of people whom somebody took for one, by their ids; who is one with others has all theirs."""
    wanted = {one for judgement in judgements if judgement.kind == "merge" for one in judgement.people}
    found = {one: view.find_people(one, limit=1) for one in wanted}
    return {one: " and ".join(people[0].names[:MOST_NAMES]) for one, people in found.items() if people}


def _tell(judgement: Judgement, unfit: str | None, names: Mapping[str, str]) -> JudgedLine:
    target = judgement.target
    people = dict.fromkeys(names.get(one, one) for one in judgement.people)
    words = " … ".join(target.words) if target else " and ".join(people)
    return JudgedLine(
        judgement_id=judgement.judgement_id,
        by=judgement.by,
        made_at=judgement.made_at,
        verb=tell_verb(judgement),
        words=cut(words),
        value=tell_value(judgement),
        note=judgement.note,
        score=judgement.score,
        address=_address_of(judgement),
        withdrawn_at=judgement.withdrawn_at,
        withdrawn_by=judgement.withdrawn_by,
        unfit=unfit,
    )


def tell_verb(judgement: Judgement) -> str:
    """What was done: "accepted", "corrected the speaker"."""
    verb = VERBS[judgement.kind]
    if judgement.kind != "correct" or judgement.correction is None:
        return verb
    return f"{verb} {FIELD_NAMES[judgement.correction.field]}"


def tell_value(judgement: Judgement) -> str | None:
    """How a field should be, in words; None where the judgement corrects none."""
    correction = judgement.correction
    if judgement.kind != "correct" or correction is None:
        return None
    if correction.entry is not None:
        return correction.entry.name
    return cut(" … ".join(correction.words) or correction.value or "unknown")


def cut(words: str, most: int = MOST_CHARS) -> str:
    """The words on one line, not too long."""
    folded = " ".join(words.split())
    return folded if len(folded) <= most else f"{folded[:most]} …"


def _address_of(judgement: Judgement) -> str | None:
    target = judgement.target
    if target is None:
        return f"/people/{quote(judgement.people[0], safe='')}" if judgement.people else None
    article = f"/articles/{quote(target.article_id, safe='')}"
    return f"{article}?statement={quote(target.statement_id, safe='')}" if target.statement_id else article
