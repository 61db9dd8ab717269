"""Speakers: the entity that each statement's source means, and the mentions that lead there.

In: statements, the entities of the article, its page and what the model found. Out: the statements with
their speakers, and the entities: some gained mentions, some are told of by a source alone.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice

from onrecord.extract.antecedents import find_antecedent, find_narrator
from onrecord.extract.cast import Cast, Member
from onrecord.extract.first_person import Quoted, join_first_person
from onrecord.extract.found import Found
from onrecord.extract.interviews import Interview
from onrecord.extract.page import Page
from onrecord.extract.resolved import Resolved, settle, speaker_of
from onrecord.extract.running import Running
from onrecord.extract.source_mentions import (
    describe_source,
    epithet_of,
    match_owner,
    match_relative,
    match_source,
    may_be_called,
)
from onrecord.extract.sources import RELATIVE, Places, source_span
from onrecord.language.pronouns import Pronoun, pronouns
from onrecord.record import Entity, Mention, Origin, Span, Statement, Unknown

RULES_VERSION = "1"
MOST_ASKED = 6  # of pronouns that the model put together, so many are asked whom they mean
FARTHEST_THEY_CHARS = 500
ANYBODY = Pronoun(3, None, None)
NARRATOR = Unknown(
    field="name", reason="The writer of these words says “I”; the text does not name the writer here."
)


def resolve_speakers(
    statements: Sequence[Statement], entities: Sequence[Entity], page: Page, found: Found
) -> tuple[tuple[Statement, ...], tuple[Entity, ...]]:
    """The statements with their speakers, in the same order, and the entities with their final ids."""
    if not statements:
        return (), tuple(entities)
    return _Resolver(statements, entities, page, found).resolve()


class _Resolver:
    """Resolves the sources of one page in the order of the text, each once."""

    def __init__(
        self, statements: Sequence[Statement], entities: Sequence[Entity], page: Page, found: Found
    ) -> None:
        self.statements, self.page, self.found = statements, page, found
        self.cast = Cast(statements[0].article_id, page.text, entities)
        known = (e.name_span for e in entities if e.named)
        self.names = Places((*known, *(n.span for n in found.names if n.span.end_char <= len(page.text))))
        self.interview = Interview(page, self.cast)
        self.running = Running(statements, page)
        self.quoted = Quoted(statements, page)
        self.resolved: dict[int, Resolved | None] = {}
        self.reasons: dict[int, str] = {}
        self.sources: dict[Span, Member] = {}

    @cached_property
    def cluster_of(self) -> dict[Span, tuple[int, ...]]:
        """The model's cluster of each mention, by its place."""
        mentions = self.found.mentions
        return {mentions[k].span: c for c in self.found.clusters for k in c if k < len(mentions)}

    def resolve(self) -> tuple[tuple[Statement, ...], tuple[Entity, ...]]:
        for number in sorted(range(len(self.statements)), key=lambda k: self.running.begins[k]):
            self.of_statement(number)
        speakers = {k: r.member for k, r in self.resolved.items() if r is not None}
        unknown_we = join_first_person(self.quoted, speakers, self.cast)
        self.note_anonymous()
        entities, became = self.cast.close()
        done = tuple(
            self.with_speaker(number, became, unknown_we.get(number))
            for number in range(len(self.statements))
        )
        return done, entities

    def of_statement(self, number: int) -> Resolved | None:
        """Whom the source of a statement means; None where that cannot be told or is being asked already."""
        if number in self.resolved:
            return self.resolved[number]
        self.resolved[number] = None
        statement = self.statements[number]
        span = source_span(statement, self.page.text)
        answer = self.without_source(number) if span is None else self.of_source(span, number)
        self.resolved[number] = answer
        if answer is not None and answer.way:
            self.sources[answer.way[0].span] = answer.member
        return answer

    def without_source(self, number: int) -> Resolved | None:
        """The speaker who goes on."""
        found = self.running.find(number, self.cast)
        if isinstance(found, str):
            self.reasons[number] = found
            return None
        rule, giver = found
        if not isinstance(giver, int):
            return self.led_to(*giver, rule)
        before = self.of_statement(giver)
        if before is None:
            self.reasons[number] = (
                "The statement before it, whose speaker would go on, has none that is known."
            )
            return None
        return replace(before, rule=rule)

    def of_source(self, span: Span, number: int) -> Resolved:
        """Whom the words of a source mean: a new entity where no other is told."""
        words = span.of(self.page.text)
        pronoun = pronouns().get(words.lower())
        if pronoun is not None:
            return self.of_pronoun(span, pronoun, number)
        if words.lower() in RELATIVE:
            found = match_relative(span, self.cast)
            if found is not None:
                return self.led_to(*found, "relative")
        owner = match_owner(span, self.cast, self.names)
        if owner is not None:
            owned = self.of_owner(span, owner, number)
            if owned is not None:
                return owned
        found = match_source(span, self.cast, self.names)
        answer = self.of_mention(*found) if found is not None else self.newly_described(span)
        return self.of_epithet(answer, number) or answer

    def of_epithet(self, answer: Resolved, number: int) -> Resolved | None:
        """Whom "the billionaire" or "the company" means: the last one with a name that it fits."""
        mention, member = answer.way[0], answer.member
        wanted = epithet_of(mention, member, self.page.text)
        if wanted is None:
            return None
        statement, text = self.statements[number], self.page.text

        def may_be(other: Member) -> bool:
            return self.cast.suits(other, wanted) and may_be_called(other, mention, text)

        found = find_antecedent(mention.span, may_be, statement, self.page, self.cast, speaking=self.sources)
        if found is None:
            return None
        antecedent, meant, _ = found
        for other in tuple(member.mentions):
            given = self.cast.give(meant, other, "epithet")
            mention = given if other.span == mention.span else mention
        return Resolved(meant, (mention, antecedent), "epithet")

    def newly_described(self, span: Span) -> Resolved:
        """A new entity, or the one that has the same words."""
        entity = describe_source(self.cast.article_id, span, self.cast, self.names)
        taken = self.cast.at(entity.mentions[0].span)
        if taken is not None:
            return self.of_mention(*taken)
        member = self.cast.add(entity)
        return Resolved(member, (member.mentions[0],), "as_described")

    def of_owner(self, span: Span, owner: tuple[Span, str], number: int) -> Resolved | None:
        """The one whose letter or statement it is, by way of the document."""
        place, words = owner
        pronoun = pronouns().get(words.lower())
        held = self.cast.at(place)
        if held is None and pronoun is None:
            return None
        answer = (
            self.of_mention(*held)
            if held
            else self.of_pronoun(place, pronoun or Pronoun(3, None, None), number)
        )
        document = self.cast.at(span)
        way = (document[0], *answer.way) if document else answer.way
        return Resolved(answer.member, way, "owner_of_document")

    def of_pronoun(self, span: Span, pronoun: Pronoun, number: int) -> Resolved:
        """Whom a pronoun means: as the model says, else by rule, else itself alone."""
        spoken = self.of_dialogue(span, pronoun) if pronoun.person < 3 else None
        if spoken is not None:
            return spoken
        held = self.cast.at(span)
        if held is not None:
            return self.of_mention(*held)
        found = find_narrator(span, pronoun, self.page, self.cast)
        if pronoun.person == 3:
            found = self.find_meant(span, pronoun, number)
        if found is None:
            return self.newly_described(span)
        antecedent, member, rule = found
        mention = self.take_pronoun(span, member, rule)
        return Resolved(member, (mention, antecedent), rule)

    def find_meant(self, span: Span, pronoun: Pronoun, number: int) -> tuple[Mention, Member, str] | None:
        """Whom a pronoun means, with those that the model says mean the same: who most of them would."""
        statement = self.statements[number]
        together = islice(self.same_pronouns(span, pronoun), MOST_ASKED)

        def may_be(member: Member) -> bool:
            return self.cast.suits(member, pronoun)

        found = [
            answer
            for place in (span, *together)
            if (
                answer := find_antecedent(
                    place, may_be, statement, self.page, self.cast, speaking=self.sources
                )
            )
        ]
        if pronoun.plural:  # a "they" far from all who could be meant is people in general
            found = [a for a in found if span.start_char - a[0].span.end_char < FARTHEST_THEY_CHARS]
        votes = Counter(id(member) for _, member, _ in found)
        return max(found, key=lambda answer: votes[id(answer[1])], default=None)

    def same_pronouns(self, span: Span, pronoun: Pronoun) -> Iterator[Span]:
        """The places of the other pronouns of one cluster that tell the same and that nobody has."""
        for k in self.cluster_of.get(span, ()):
            other = self.found.mentions[k].span
            inside = other.end_char <= len(self.page.text) and other != span
            alike = pronouns().get(other.of(self.page.text).lower()) == pronoun
            if inside and alike and self.cast.at(other) is None:
                yield other

    def of_dialogue(self, span: Span, pronoun: Pronoun) -> Resolved | None:
        """Whom the first or second person means by who speaks there: in a quotation, in an interview."""
        if self.page.quotations_in(span):
            return self.of_first_person(span, pronoun) if pronoun.person == 1 else None
        if not self.interview.is_set or pronoun.plural:
            return None
        ask = self.interview.speaker_at if pronoun.person == 1 else self.interview.addressed_at
        found = ask(span.start_char)
        if found is None:
            return None
        naming, member, rule = found
        return Resolved(member, (self.take_pronoun(span, member, rule), naming), rule)

    def of_first_person(self, span: Span, pronoun: Pronoun) -> Resolved | None:
        """The speaker of the quotation that a first person stands in."""
        owner = self.quoted.owner_of(span.start_char)
        speaker = self.of_statement(owner) if owner is not None else None
        if speaker is None:
            return None
        if pronoun.plural and speaker.member.entity.kind == "person":
            return None
        mention = self.take_pronoun(span, speaker.member, "first_person")
        return Resolved(speaker.member, (mention, *speaker.way), "first_person")

    def take_pronoun(self, span: Span, member: Member, rule: str) -> Mention:
        """Give a pronoun to a member, and with it those of the same words and cluster that nobody has."""
        wanted = pronouns()[span.of(self.page.text).lower()]
        if wanted.person == 3:
            for other in list(self.same_pronouns(span, wanted)):
                self.cast.give(member, self.pronoun_mention(other), rule)
        return self.cast.give(member, self.pronoun_mention(span), rule)

    def pronoun_mention(self, span: Span) -> Mention:
        origin = Origin(kind="rule", name="mentions/source", version=RULES_VERSION)
        return Mention(text=span.of(self.page.text), span=span, form="pronoun", origin=origin)

    def of_mention(self, mention: Mention, member: Member) -> Resolved:
        """Whom a mention means that an entity has: the way is its own, the rule what brought it there."""
        rules = mention.origin.rules
        if mention is member.naming or (member.entity.named and member.entity.name in mention.text):
            return Resolved(member, (mention,), "named_in_source" if member.entity.named else "as_described")
        return Resolved(member, (mention,), rules[0] if rules else None)

    def led_to(self, mention: Mention, member: Member, rule: str) -> Resolved:
        """Whom a rule found by one mention."""
        return Resolved(member, (mention,), rule)

    def note_anonymous(self) -> None:
        """A speaker without a name whose statement says that it is withheld is anonymous there."""
        for number, statement in enumerate(self.statements):
            answer = self.resolved.get(number)
            hidden = next((hop.span for hop in statement.chain if hop.kind == "anonymous"), None)
            if answer is not None and hidden is not None and not answer.member.entity.named:
                answer.member.anonymous = answer.member.anonymous or hidden

    def with_speaker(self, number: int, became: dict[int, Entity], unknown_we: Unknown | None) -> Statement:
        statement, answer = self.statements[number], self.resolved[number]
        others = tuple(u for u in statement.unknowns if u.field not in ("speaker", "we"))
        if unknown_we is not None:
            others = (*others, unknown_we)
        if answer is None:
            reason = self.reasons.get(number, "The text names no source with this cue.")
            return replace(
                statement, speaker=None, unknowns=(Unknown(field="speaker", reason=reason), *others)
            )
        answer = settle(answer, self.cast)
        entity = became[id(answer.member)]
        if answer.member.unknowns and not entity.named:
            others = (Unknown(field="speaker", reason=answer.member.unknowns[0].reason), *others)
        return replace(statement, speaker=speaker_of(answer, entity, self.cast), unknowns=others)
