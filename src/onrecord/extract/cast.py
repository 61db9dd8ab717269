"""The cast: the entities of an article while speakers are resolved to them, found by mention and place.

Entities gain and lose mentions here; `close` gives them out with the ids that their mentions then make.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from onrecord.extract.entities import order_of
from onrecord.language.names import title_before
from onrecord.language.nouns import gender_of_noun, kinds_of_noun
from onrecord.language.phrases import head_of_phrase
from onrecord.language.pronouns import Pronoun, pronouns
from onrecord.record import Entity, Mention, Span, Unknown, entity_id_of

BODIES = frozenset({"organisation", "outlet", "group", "document"})


@dataclass(eq=False, slots=True)
class Member:
    """An entity in the making: what it was given as, and the mentions that it has now."""

    entity: Entity
    mentions: list[Mention]
    anonymous: Span | None = None
    unknowns: tuple[Unknown, ...] = ()
    rules: set[str] = field(default_factory=set)

    @property
    def naming(self) -> Mention:
        """The mention in which the name stands; the first where none does."""
        name = self.entity.name_span
        holders = [
            m
            for m in self.mentions
            if name.start_char >= m.span.start_char <= name.end_char <= m.span.end_char
        ]
        return min(holders or self.mentions[:1], key=lambda m: len(m.text))


class Cast:
    """The entities of one article by the place of their mentions."""

    def __init__(self, article_id: str, text: str, entities: Sequence[Entity]) -> None:
        self.article_id, self.text = article_id, text
        self.members = [
            Member(e, sorted(e.mentions, key=_place), e.anonymous, e.unknowns) for e in entities if e.mentions
        ]
        self.owner = {m.span: member for member in self.members for m in member.mentions}
        self.mention_at = {m.span: m for member in self.members for m in member.mentions}
        self.spans = sorted(self.owner, key=order_of)
        self.starts = [s.start_char for s in self.spans]
        self.longest = max((s.end_char - s.start_char for s in self.spans), default=0)

    def at(self, span: Span) -> tuple[Mention, Member] | None:
        """The mention with exactly these bounds, and whose it is."""
        member = self.owner.get(span)
        return (self.mention_at[span], member) if member is not None else None

    def around(self, span: Span) -> Iterator[tuple[Mention, Member]]:
        """The mentions that share a character with a span, in the order of the text."""
        low = bisect_left(self.starts, span.start_char - self.longest)
        for other in self.spans[low : bisect_left(self.starts, span.end_char)]:
            if other.overlaps(span):
                yield self.mention_at[other], self.owner[other]

    def before(self, place: int) -> Iterator[tuple[Mention, Member]]:
        """The mentions that begin before a place, the nearest first."""
        for k in range(bisect_left(self.starts, place) - 1, -1, -1):
            yield self.mention_at[self.spans[k]], self.owner[self.spans[k]]

    def give(self, member: Member, mention: Mention, rule: str) -> Mention:
        """The mention as one of this member's, taken from whoever had it; the rule is noted in it."""
        held = self.owner.get(mention.span)
        if held is member:
            return self.mention_at[mention.span]
        if held is not None:
            mention = self.mention_at[mention.span]
            held.mentions.remove(mention)
        else:
            at = bisect_right(self.spans, order_of(mention.span), key=order_of)
            self.spans.insert(at, mention.span)
            self.starts.insert(at, mention.span.start_char)
            self.longest = max(self.longest, mention.span.end_char - mention.span.start_char)
        mention = replace(mention, origin=replace(mention.origin, rules=(rule,)))
        member.mentions.insert(bisect_right(member.mentions, _place(mention), key=_place), mention)
        member.rules.add(rule)
        self.owner[mention.span], self.mention_at[mention.span] = member, mention
        return mention

    def add(self, entity: Entity) -> Member:
        """A new member, made of an entity with one mention that nobody has."""
        member = Member(entity, [], entity.anonymous, entity.unknowns)
        self.members.append(member)
        mention = entity.mentions[0]
        self.give(member, mention, *mention.origin.rules)
        return member

    def gender_of(self, member: Member) -> str | None:
        """The gender that a title, a noun or else a pronoun among its mentions tells."""
        told: dict[str, str] = {}
        for mention in member.mentions:
            gender = self._gender_told_by(mention)
            if gender is not None:
                told.setdefault(mention.form, gender)
        return told.get("name") or told.get("nominal") or told.get("pronoun")

    def _gender_told_by(self, mention: Mention) -> str | None:
        if mention.form == "pronoun":
            gender = pronouns().get(mention.text.lower(), Pronoun(3, None, None)).gender
            return gender if gender != "n" else None
        if mention.form == "name":
            first = mention.text.split(" ", 1)[0]
            title = title_before(mention.text, len(first) + 1) or title_before(
                self.text, mention.span.start_char
            )
            return title[1] if title else None
        return gender_of_noun(head_of_phrase(self.text, mention.span).of(self.text))

    def is_person(self, member: Member) -> bool:
        """Whether it has a name, or is described by a noun that is known to be one of people."""
        entity = member.entity
        head = head_of_phrase(self.text, entity.name_span).of(self.text).lower()
        return entity.named or "person" in kinds_of_noun(head)

    def suits(self, member: Member, pronoun: Pronoun) -> bool:
        """Whether a pronoun of the third person may mean this one."""
        entity = member.entity
        if entity.unknowns and not entity.named:  # "I", "we", "she": told by nothing itself
            return False
        if pronoun.gender in ("m", "f"):
            one = entity.kind == "person" and not entity.plural and self.is_person(member)
            return one and self.gender_of(member) in (None, pronoun.gender)
        if pronoun.gender == "n":
            return entity.kind in BODIES and not (entity.kind == "group" and entity.plural)
        if pronoun.plural is False:
            return entity.kind == "person" and not entity.plural
        return bool(entity.plural) or entity.kind in BODIES - {"document"}

    def first_persons(self) -> Iterator[tuple[Mention, Member]]:
        """The mentions that say "I", in the order of the text."""
        for span in self.spans:
            mention = self.mention_at[span]
            if mention.form == "pronoun":
                pronoun = pronouns().get(mention.text.lower())
                if pronoun is not None and pronoun.person == 1 and not pronoun.plural:
                    yield mention, self.owner[span]

    def close(self) -> tuple[tuple[Entity, ...], dict[int, Entity]]:
        """The entities in the order of the text, and which one each member became, by the member's `id`."""
        became: dict[int, Entity] = {}
        for member in self.members:
            if member.mentions:
                became[id(member)] = self._entity_of(member)
        return tuple(sorted(became.values(), key=lambda e: order_of(e.mentions[0].span))), became

    def _entity_of(self, member: Member) -> Entity:
        entity = member.entity
        if (
            not member.rules
            and len(member.mentions) == len(entity.mentions)
            and member.anonymous == entity.anonymous
        ):
            return entity
        rules = tuple(sorted(member.rules.union(entity.origin.rules)))
        return replace(
            entity,
            entity_id=entity_id_of(self.article_id, (m.span for m in member.mentions)),
            mentions=tuple(member.mentions),
            anonymous=member.anonymous,
            unknowns=member.unknowns,
            origin=replace(entity.origin, rules=rules),
        )


def _lies_in(inner: Span, outer: Span) -> bool:
    return outer.start_char <= inner.start_char and inner.end_char <= outer.end_char


def _place(mention: Mention) -> tuple[int, int]:
    return order_of(mention.span)
