"""Who says what in GUM: its attribution relations, with the entity that is the subject of each.

In: a document of GUM. Out: a `SpeakerDocument`. GUM's discourse layer cuts a text into units and
marks those that attribute another ("the mayor said"): attribution-positive and -negative. The
speaker is the subject of such a unit's predicate by the dependencies, through coreference. Units
without a predicate (a name in brackets, a byline), commands, passives without an agent, and
subjects that are no mention (a clause) tell of no speaker and are left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.gum import GumDocument, GumMention
from eval.sayings import (
    FIRST_AND_SECOND,
    GoldEntity,
    GoldMention,
    Saying,
    SourceForm,
    SpeakerDocument,
)
from onrecord.record import EntityKind, MentionForm, Span

KINDS: dict[str, EntityKind] = {"person": "person", "organization": "organisation", "place": "place"}
RELATION = re.compile(r"(?:^|\|)Discourse=([\w-]+):(\d+)(?:->(\d+))?")
RELATIVES = frozenset({"WDT", "WP", "WP$"})
PRONOUN_TAGS = RELATIVES | {"PRP", "PRP$", "DT", "EX"}
SUBJECTS = frozenset({"nsubj", "nsubj:outer"})
# Of a clause with one of these and no agent ("the point was made", "it was said that"), nobody speaks.
NOBODY = frozenset({"nsubj:pass", "csubj", "csubj:pass", "expl"})
# Clauses without a subject of their own share that of the clause they hang on.
SHARING = frozenset({"conj", "advcl", "xcomp", "parataxis"})
LONGEST_CHAIN = 8  # clauses on the way to a subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An elementary discourse unit: its number, its relation to another, and its tokens."""

    number: int
    relation: str
    target: int
    tokens: tuple[int, ...]


def read_units(document: GumDocument) -> list[Unit]:
    """The units of a document, in order: each goes on until the next begins."""
    starts = [(i, found) for i, token in enumerate(document.tokens) if (found := RELATION.search(token.misc))]
    ends = [*(i for i, _ in starts[1:]), len(document.tokens)]
    return [
        Unit(number=int(found[2]), relation=found[1], target=int(found[3] or 0), tokens=tuple(range(i, end)))
        for (i, found), end in zip(starts, ends, strict=True)
    ]


def read_speakers(document: GumDocument) -> SpeakerDocument:
    """A document with its entities and its sayings."""
    return SpeakerDocument(
        name=document.name,
        text=document.text,
        entities=tuple(_entities_of(document)),
        sayings=tuple(_Reader(document).sayings()),
    )


def _entities_of(document: GumDocument) -> Iterator[GoldEntity]:
    clusters: dict[str, list[GumMention]] = {}
    for mention in document.mentions:
        clusters.setdefault(mention.cluster, []).append(mention)
    for cluster, own in clusters.items():
        mentions = tuple(as_gold(document, mention) for mention in own)
        longest = max(mentions, key=lambda m: (m.form == "name", m.span.end_char - m.span.start_char))
        yield GoldEntity(
            entity_id=cluster,
            name=longest.span.of(document.text),
            kind=KINDS.get(own[0].kind, "other"),
            mentions=mentions,
        )


def as_gold(document: GumDocument, mention: GumMention) -> GoldMention:
    """A mention with its bounds in the text and how it refers."""
    start, end = document.bounds_of(mention)
    head = document.tokens[mention.head]
    return GoldMention(
        span=Span(start_char=start, end_char=end),
        head=Span(start_char=head.start_char, end_char=head.end_char),
        form=_form_of(document, mention),
    )


def _form_of(document: GumDocument, mention: GumMention) -> MentionForm:
    """By the tag of the head; of a coordination, whose head is its conjunction, by the word before it."""
    at = mention.head
    if document.tokens[at].relation == "cc":
        at = max(mention.first, at - 1)
    tag = document.tokens[at].tag
    if tag.startswith("NNP"):
        return "name"
    return "pronoun" if tag in PRONOUN_TAGS and mention.last - mention.first == 1 else "nominal"


class _Reader:
    """Finds the sayings of one document."""

    def __init__(self, document: GumDocument) -> None:
        self.document = document
        self.tokens = document.tokens
        self.children: dict[int, list[int]] = {}
        for i, token in enumerate(self.tokens):
            self.children.setdefault(token.head, []).append(i)
        self.by_head = {m.head: m for m in document.mentions}

    def sayings(self) -> Iterator[Saying]:
        units = read_units(self.document)
        for unit in units:
            if not unit.relation.startswith("attribution-"):
                continue
            rest = (u.tokens for u in units if u.relation == "same-unit_m" and u.target == unit.number)
            saying = self._saying([*unit.tokens, *(i for tokens in rest for i in tokens)])
            if saying:
                yield saying

    def _saying(self, unit: Sequence[int]) -> Saying | None:
        """The saying of an attributing unit; None where the corpus does not tell who says it."""
        within = set(unit)
        for predicate in (i for i in unit if self.tokens[i].head not in within and self._can_say(i)):
            subject, is_own = self._speaker_of(predicate)
            mention = self._mention_of(subject)
            if mention is None:
                continue
            source = as_gold(self.document, mention)
            form: SourceForm = source.form if is_own and subject in within else "none"
            if self._is_relative(predicate):
                form = "pronoun"
            return Saying(
                words=tuple(self._span_of(i) for i in unit),
                source=source if form != "none" else None,
                form=form,
                entity_id=mention.cluster,
                is_first_person=source.span.of(self.document.text).lower() in FIRST_AND_SECOND,
            )
        return None

    def _span_of(self, token: int) -> Span:
        return Span(start_char=self.tokens[token].start_char, end_char=self.tokens[token].end_char)

    def _can_say(self, token: int) -> bool:
        """Whether a token is a verb or adjective ("is sure"), or what "according to" governs."""
        return self.tokens[token].tag.startswith(("VB", "JJ")) or self._is_accorded(token)

    def _is_accorded(self, token: int) -> bool:
        return any(self.tokens[i].text.lower() == "according" for i in self.children.get(token, []))

    def _speaker_of(self, predicate: int) -> tuple[int | None, bool]:
        """The token of who speaks, and whether the clause of the predicate names it itself."""
        at = predicate
        for _ in range(LONGEST_CHAIN):
            found = self._subject_of(at)
            if found is not None:
                return found, at == predicate
            relation, head = self.tokens[at].relation, self.tokens[at].head
            if any(self.tokens[i].relation in NOBODY for i in self.children.get(at, [])):
                return None, False
            if relation.startswith("acl"):
                return head, False
            if relation.split(":")[0] not in SHARING or self._is_command(at):
                return None, False
            controller = self._object_of(head) if relation == "xcomp" else None
            if controller is not None:
                return controller, False
            at = head
        return None, False

    def _subject_of(self, predicate: int) -> int | None:
        """Subject of a clause; its agent where it is passive; the noun that a relative stands for;
        and the word itself after "according to"."""
        own = self.children.get(predicate, [])
        if self._is_accorded(predicate):
            return predicate
        agent = [i for i in own if self.tokens[i].relation == "obl:agent"]
        subjects = [i for i in own if self.tokens[i].relation in SUBJECTS]
        if not agent and not subjects:
            return None
        found = (agent or subjects)[-1]
        if self.tokens[found].tag in RELATIVES and found not in self.by_head:
            return self.tokens[predicate].head if self.tokens[predicate].relation == "acl:relcl" else None
        return found

    def _object_of(self, predicate: int) -> int | None:
        return next((i for i in self.children.get(predicate, []) if self.tokens[i].relation == "obj"), None)

    def _is_command(self, predicate: int) -> bool:
        """Whether a clause without a subject is a sentence of its own, and shares none."""
        return self.tokens[predicate].relation == "parataxis" and self.tokens[predicate].tag == "VB"

    def _is_relative(self, predicate: int) -> bool:
        """Whether the subject of the clause is a relative: "who said so"."""
        return self.tokens[predicate].relation == "acl:relcl" and any(
            self.tokens[i].relation in SUBJECTS and self.tokens[i].tag in RELATIVES
            for i in self.children.get(predicate, [])
        )

    def _mention_of(self, subject: int | None) -> GumMention | None:
        """The mention that a token heads; the whole coordination where the token begins one."""
        if subject is None:
            return None
        for conjunct in self.children.get(subject, []):
            if self.tokens[conjunct].relation == "conj":
                for joint in self.children.get(conjunct, []):
                    if self.tokens[joint].relation == "cc" and joint in self.by_head:
                        return self.by_head[joint]
        return self.by_head.get(subject)
