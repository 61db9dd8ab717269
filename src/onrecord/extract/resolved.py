"""Whom a source means, once that is found: the way there, and the speaker that a statement is given."""

from dataclasses import dataclass, replace

from onrecord.extract.cast import Cast, Member
from onrecord.record import Entity, Mention, Origin, Speaker

RULES_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Resolved:
    """Whom a source means, the mentions on the way there, and the rule; None for the model's own step."""

    member: Member
    way: tuple[Mention, ...]
    rule: str | None


def settle(answer: Resolved, cast: Cast) -> Resolved:
    """The answer after all mentions have found their place: who lost them all goes where the first went."""
    if answer.member.mentions:
        return answer
    return replace(answer, member=cast.owner[answer.way[0].span])


def speaker_of(answer: Resolved, entity: Entity, cast: Cast) -> Speaker:
    """The speaker that a statement is given: the entity, the way there and what made the step."""
    path = way_to_name(answer, cast)
    origin = Origin(kind="model", name="coreference", version=path[0].origin.version)
    if answer.rule is not None:
        origin = Origin(kind="rule", name=f"speaker/{answer.rule}", version=RULES_VERSION)
    return Speaker(entity_id=entity.entity_id, name=entity.name, path=path, origin=origin)


def way_to_name(answer: Resolved, cast: Cast) -> tuple[Mention, ...]:
    """The way from the source by the last name before it to the mention that bears the full name."""
    member, way = answer.member, list(answer.way)
    entity, naming, last = member.entity, member.naming, answer.way[-1]
    if not (entity.named and entity.name in last.text) and last.span != naming.span:
        if entity.named and last.form != "name":
            names = [m for m in member.mentions if m.form == "name"]
            way += [m for m in names if m.span.start_char < last.span.start_char][-1:]
        if not (entity.named and entity.name in way[-1].text):
            way.append(naming)
    return tuple(dict.fromkeys(cast.mention_at.get(m.span, m) for m in way))
