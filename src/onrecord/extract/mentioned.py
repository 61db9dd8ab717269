"""Mentions as the rules of entities and speakers look at them: with name, number, gender and head noun.

In: what the model found in a page. Out: the mentions that may be somebody, names that lie in no mention
among them, and the model's clusters of these.
"""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from onrecord.extract.found import Found, FoundMention, FoundName, NameKind
from onrecord.extract.name_places import (
    DEFINITE,
    capitals_around,
    head_noun_at,
    is_outlet_name,
    without_office,
    without_possessive,
)
from onrecord.extract.page import Page
from onrecord.language.names import ProperName, read_body_name, read_person_name, title_before, titles
from onrecord.language.nouns import (
    gender_of_noun,
    is_plural_noun,
    kinds_of_noun,
)
from onrecord.language.phrases import BEHIND_HEAD, last_word
from onrecord.language.pronouns import Pronoun, pronouns
from onrecord.record import EntityKind, MentionForm, Span

KIND_OF_NAME: dict[NameKind, EntityKind] = {
    "person": "person",
    "organisation": "organisation",
    "location": "place",
    "facility": "place",
}
NOUN_KINDS: tuple[tuple[str, EntityKind], ...] = (
    ("outlet", "outlet"),
    ("organisation", "organisation"),
    ("group", "group"),
    ("document", "document"),
    ("utterance", "document"),
)
SINGLE = re.compile(r"(?:an?|one|another|each|every)\s", re.IGNORECASE)
AND = re.compile(r"(?:,\s+|\s+)(?:and|or|&)\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """One mention with what its words tell.

    `head_noun` is what it describes as, in the singular ("head of state"), "" in names and pronouns;
    `name` its proper name and `name_span` where that stands, without titles. `several` marks a
    conjunction ("A and B"), of so many `names`. `quoted` tells that it stands in quotation marks.
    `found` is False where only the names held it.
    """

    span: Span
    head: Span
    form: MentionForm
    kind: EntityKind
    head_noun: str = ""
    name: ProperName | None = None
    name_span: Span | None = None
    pronoun: Pronoun | None = None
    gender: str | None = None
    plural: bool | None = None
    definite: bool = False
    several: bool = False
    names: int = 0
    quoted: bool = False
    found: bool = True

    @property
    def person_name(self) -> ProperName | None:
        """The name where it is a person's."""
        return self.name if self.kind == "person" else None


def read_mentions(page: Page, found: Found) -> tuple[list[Mentioned], list[list[int]]]:
    """The mentions in the order of the text, and clusters of their numbers, each in one cluster."""
    return _Reader(page, found).read()


class _Reader:
    """The names and mentions of one page, found by place; what lies outside its text is left out."""

    def __init__(self, page: Page, found: Found) -> None:
        self.page, self.text = page, page.text
        self.mentions = found.mentions
        self.cluster_of = {k: c for c, cluster in enumerate(found.clusters) for k in cluster}
        bare = (without_marks(self.text, n) for n in found.names if n.kind in KIND_OF_NAME)
        named = (n for n in bare if self.is_written_as_name(n.span))
        self.names = sorted(named, key=lambda n: (n.span.start_char, n.span.end_char))
        self.name_starts = [n.span.start_char for n in self.names]
        self.kinds = self.vote_kinds()
        self.peoples = {n.span for n in found.names if n.kind == "nationality"}
        self.quotation_starts = [q.start_char for q in page.all_quotations]
        self.quotation_ends = [q.end_char for q in page.all_quotations]
        self.borne: set[Span] = set()  # names that a mention bears
        self.ends_by_start: dict[int, list[int]] = {}
        for mention in found.mentions:
            self.ends_by_start.setdefault(mention.span.start_char, []).append(mention.span.end_char)

    def read(self) -> tuple[list[Mentioned], list[list[int]]]:
        """The mentions and clusters; a span that two mentions or names claim counts once."""
        numbered: dict[Span, tuple[Mentioned, int]] = {}
        for number, mention in enumerate(self.mentions):
            if mention.span.end_char > len(self.text) or mention.span in numbered:
                continue
            one = self.read_one(mention)
            if one is not None:
                numbered[one.span] = one, self.cluster_of.get(number, -1 - number)
        for number, name in enumerate(self.names):
            if name.span in self.borne:
                continue
            one = self.read_name(name)
            if one is not None and one.span not in numbered:
                numbered[one.span] = one, -1 - len(self.mentions) - number
        ordered = sorted(
            numbered.values(), key=lambda pair: (pair[0].span.start_char, -pair[0].span.end_char)
        )
        clusters: dict[int, list[int]] = {}
        for place, (_, cluster) in enumerate(ordered):
            clusters.setdefault(cluster, []).append(place)
        return [one for one, _ in ordered], list(clusters.values())

    def read_one(self, mention: FoundMention) -> Mentioned | None:
        """The mention with what its words tell; None where it can be nobody."""
        span, words = mention.span, mention.span.of(self.text)
        quoted = self.is_quoted(span.start_char)
        pronoun = pronouns().get(words.lower())
        if pronoun is not None and words != "US":
            return _of_pronoun(mention, pronoun, quoted)
        if mention.form == "pronoun":  # this, that, who, none: they name nobody by themselves
            return None
        head = mention.head if _lies_in(mention.head, span) else last_word(self.text, span)
        name = self.name_at(head)
        if self.is_several(span, words, name):
            count = self.count_names(span)
            return Mentioned(
                span=span,
                head=head,
                form="nominal",
                kind="group",
                plural=True,
                several=True,
                names=count,
                quoted=quoted,
            )
        if head in self.peoples and is_plural_noun(head.of(self.text)):  # Veldians: many, not somebody
            return self.described(replace(mention, kind="group"), head, quoted)
        bounds: Span | None
        name = name if name is not None and _lies_in(name.span, span) else None
        behind = self.name_behind(mention, head)
        if name is None or (behind is not None and self.is_role_between(name.span, behind.span)):
            name = behind
        if name is not None:
            self.borne.add(name.span)
            bounds, kind = name.span, self.kinds[name.span.of(self.text)]
        else:
            bounds, kind = capitals_around(self.text, mention, head), mention.kind
        if bounds is not None and kind in ("person", "group"):
            bounds = without_office(self.text, bounds, span, sure=name is not None)
        if bounds is None:
            return self.described(mention, head, quoted)
        return self.named(bounds, kind, span=span, quoted=quoted)

    def described(self, mention: FoundMention, head: Span, quoted: bool) -> Mentioned | None:
        """A mention that describes, None where it describes neither people nor bodies nor documents."""
        span, words = mention.span, mention.span.of(self.text)
        if mention.kind == "other" and kinds_of_noun(head.of(self.text)).isdisjoint(("person", "group")):
            return None
        noun = head_noun_at(self.text, span, head)
        kinds = kinds_of_noun(noun)
        several = is_plural_noun(head.of(self.text))
        kind = _kind_of(mention.kind, kinds, several)
        if kind == "other":
            return None
        definite, single = DEFINITE.match(words) is not None, SINGLE.match(words) is not None
        plural = True if several else False if (definite or single) and "group" not in kinds else None
        return Mentioned(
            span=span,
            head=head,
            form="nominal",
            kind=kind,
            head_noun=noun,
            gender=None if several else gender_of_noun(noun),
            plural=plural,
            definite=definite,
            quoted=quoted,
        )

    def named(self, name: Span, kind: EntityKind, *, span: Span, quoted: bool) -> Mentioned:
        """A mention that bears this proper name."""
        name = without_possessive(self.text, name)
        words = name.of(self.text)
        title = title_before(self.text, name.start_char) if kind == "person" else None
        read = (
            read_person_name(words, title[1] if title else None)
            if kind == "person"
            else read_body_name(words)
        )
        return Mentioned(
            span=span,
            head=name,
            form="name",
            kind="outlet" if kind == "organisation" and is_outlet_name(words) else kind,
            name=read,
            name_span=name,
            gender=read.gender,
            plural=None if kind == "group" else False,
            definite=True,
            quoted=quoted,
        )

    def read_name(self, name: FoundName) -> Mentioned | None:
        """A name that is in no mention, as a mention; its title with it. None where it is all office."""
        kind = self.kinds[name.span.of(self.text)]
        bounds = without_office(self.text, name.span, name.span) if kind == "person" else name.span
        if bounds is None:
            return None
        title = title_before(self.text, bounds.start_char) if kind == "person" else None
        whole = Span(start_char=title[0] if title else bounds.start_char, end_char=bounds.end_char)
        one = self.named(bounds, kind, span=whole, quoted=self.is_quoted(whole.start_char))
        return replace(one, found=False)

    def is_written_as_name(self, span: Span) -> bool:
        """Whether a name lies in the text and one of its letters is no small one."""
        words = span.of(self.text)
        return span.end_char <= len(self.text) and (words != words.lower() or not words.isascii())

    def is_quoted(self, start_char: int) -> bool:
        """Whether what begins here stands in quotation marks."""
        place = bisect_right(self.quotation_starts, start_char) - 1
        return place >= 0 and start_char < self.quotation_ends[place]

    def name_at(self, head: Span) -> FoundName | None:
        """The name that the head of a mention stands in."""
        place = bisect_left(self.name_starts, head.end_char) - 1
        return self.names[place] if place >= 0 and self.names[place].span.overlaps(head) else None

    def name_behind(self, mention: FoundMention, head: Span) -> FoundName | None:
        """The person's name that ends a mention headed by the role before it: "Harbour master Mira Vance"."""
        place = bisect_left(self.name_starts, mention.span.end_char) - 1
        if place < 0 or mention.kind == "other":
            return None
        name = self.names[place]
        if name.kind != "person" or name.span.start_char < head.end_char:
            return None
        if self.text[name.span.end_char : mention.span.end_char] not in ("", "'s", "’s", "'", "’"):
            return None
        if BEHIND_HEAD.search(self.text, head.end_char, name.span.start_char) is None:
            return name
        before = self.text[mention.span.start_char : name.span.start_char].split()[-1]
        own = mention.kind == "person" and before[:1].isupper()
        if before in titles():
            return name if own else None
        own = own and before[-1:].isalnum()
        return name if own and "person" not in kinds_of_noun(before.lower()) else None

    def is_role_between(self, name: Span, behind: Span) -> bool:
        """Whether a role ends what stands between two names: Velden in "Velden President Mira Vance"."""
        between = self.text[name.end_char : behind.start_char].split()
        return bool(between) and "person" in kinds_of_noun(between[-1].lower())

    def is_several(self, span: Span, words: str, name: FoundName | None) -> bool:
        """Whether the mention joins others that stand for themselves (A and B), and is no name as a whole."""
        for joint in AND.finditer(words):
            start, end = span.start_char + joint.start(), span.start_char + joint.end()
            if name is not None and name.span.start_char < start and end < name.span.end_char:
                continue
            firsts = (e for e in self.ends_by_start.get(span.start_char, ()) if e <= start)
            joined = any(e == start or self.text[e] == "," for e in firsts)
            if joined and span.end_char in self.ends_by_start.get(end, ()):
                return True
            if self._joins_names(start, end, span):
                return True
        return False

    def _joins_names(self, start: int, end: int, span: Span) -> bool:
        """Whether a name of one kind ends before the "and" and another that ends the mention begins after."""
        place = bisect_left(self.name_starts, end)
        if not 0 < place < len(self.names):
            return False
        one, other = self.names[place - 1], self.names[place]
        beside = one.span.end_char == start and other.span.start_char == end
        if BEHIND_HEAD.search(self.text, span.start_char, one.span.start_char):
            return False
        return beside and one.kind == other.kind and other.span.end_char == span.end_char

    def count_names(self, span: Span) -> int:
        """How many names a conjunction joins; 0 where what it joins is described in part."""
        low, high = (
            bisect_left(self.name_starts, span.start_char),
            bisect_left(self.name_starts, span.end_char),
        )
        inside = self.names[low:high]
        if not inside or span.of(self.text).count(",") + 2 != len(inside):
            return 0
        return len(inside) if inside[-1].span.end_char == span.end_char else 0

    def vote_kinds(self) -> dict[str, EntityKind]:
        """The kind of each name as written: the one the model is surest of over all its places."""
        votes: dict[str, dict[EntityKind, float]] = {}
        for name in self.names:
            count = votes.setdefault(name.span.of(self.text), {})
            kind = KIND_OF_NAME[name.kind]
            count[kind] = count.get(kind, 0.0) + name.sureness
        return {name: max(count, key=lambda kind: count[kind]) for name, count in votes.items()}


def _of_pronoun(mention: FoundMention, pronoun: Pronoun, quoted: bool) -> Mentioned:
    things = pronoun.gender == "n" and mention.kind in ("person", "other")
    return Mentioned(
        span=mention.span,
        head=mention.span,
        form="pronoun",
        kind="other" if things else mention.kind,
        pronoun=pronoun,
        gender=pronoun.gender,
        plural=pronoun.plural,
        quoted=quoted,
    )


def _kind_of(given: EntityKind, kinds: frozenset[str], several: bool) -> EntityKind:
    """The kind of a description: its noun is believed where the data know it, else the model."""
    if "person" in kinds and given not in ("organisation", "place"):
        return "group" if several else "person"
    for noun_kind, kind in NOUN_KINDS:
        if noun_kind in kinds and given != "other":
            return kind
    if given in ("person", "group"):
        return "group" if several else given
    return "group" if given == "other" and "group" in kinds else given


def without_marks(text: str, name: FoundName) -> FoundName:
    """The name without marks and spaces before its first letter."""
    start, end = name.span.start_char, min(name.span.end_char, len(text))
    while start < end - 1 and not text[start].isalnum():
        start += 1
    if start == name.span.start_char:
        return name
    return replace(name, span=Span(start_char=start, end_char=name.span.end_char))


def _lies_in(inner: Span, outer: Span) -> bool:
    return outer.start_char <= inner.start_char and inner.end_char <= outer.end_char
