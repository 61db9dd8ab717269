"""A cluster: the mentions that mean one person, body or group, and what they tell of it together."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from onrecord.extract.mentioned import Mentioned
from onrecord.language.nouns import kinds_of_noun
from onrecord.record import EntityKind, Span

# Nouns of bodies; some are of people as well: the operator, the owner.
BODY_NOUNS = frozenset({"organisation", "outlet", "group"})
PEOPLE = frozenset({"person", "group"})
BODIES = frozenset({"organisation", "outlet", "place", "document", "other"})


@dataclass(slots=True)
class Cluster:
    """Mentions in the order of the text; `rules` names the rule that brought one, where a rule did."""

    mentions: list[Mentioned]
    rules: dict[Span, str] = field(default_factory=dict)

    @property
    def named(self) -> list[Mentioned]:
        """The mentions that bear a proper name."""
        return [m for m in self.mentions if m.name is not None]

    @property
    def is_named(self) -> bool:
        """Whether a mention bears a proper name."""
        return any(m.name is not None for m in self.mentions)

    @property
    def kind(self) -> EntityKind:
        """The kind that most mentions of the best form give: names before descriptions before pronouns."""
        for form in ("name", "nominal", "pronoun"):
            kinds = [m.kind for m in self.mentions if m.form == form]
            if kinds:
                return max(dict.fromkeys(kinds), key=kinds.count)
        return "other"

    @property
    def gender(self) -> str | None:
        """The gender that titles tell, then nouns, then most pronouns."""
        return gender_of(self.mentions)

    @property
    def plural(self) -> bool | None:
        """Whether it is several, as its first mention that tells says; a name is one."""
        if self.is_named:
            return False
        ordered = sorted(self.mentions, key=lambda m: m.form == "pronoun")
        return next((m.plural for m in ordered if m.plural is not None), None)

    def absorb(self, other: "Cluster", rule: str) -> None:
        """Take the mentions of another cluster, for this reason."""
        for mention in other.mentions:
            self.rules[mention.span] = rule
        self.mentions = sorted((*self.mentions, *other.mentions), key=lambda m: place_of(m.span))
        other.mentions = []


def place_of(span: Span) -> tuple[int, int]:
    """The order of mentions: by their beginning, the longer first."""
    return span.start_char, -span.end_char


def gender_of(mentions: Iterable[Mentioned]) -> str | None:
    """The gender that mentions tell: titles before nouns before pronouns, the majority among these.

    Pronouns in quotation marks tell it only where no others do: there they may be of somebody else.
    """
    counts: dict[str, dict[str, int]] = {}
    for mention in mentions:
        if mention.gender in ("m", "f"):
            form = "said" if mention.form == "pronoun" and mention.quoted else mention.form
            count = counts.setdefault(form, {})
            count[mention.gender] = count.get(mention.gender, 0) + 1
    for form in ("name", "nominal", "pronoun", "said"):
        if form in counts:
            return max(counts[form], key=lambda gender: counts[form][gender])
    return None


def fits(mention: Mentioned, kind: EntityKind, *, gender: str | None, plural: bool | None) -> bool:
    """Whether a mention without a name can mean somebody of this kind, gender and number."""
    if mention.pronoun is not None:
        return _pronoun_fits(mention, kind, gender, plural)
    if mention.gender and gender and mention.gender != gender:
        return False
    if _is_noun_of_another(mention, kind):
        return False
    if kind == "person":
        return mention.kind == "person" or (mention.kind in ("other", "group") and not mention.plural)
    if kind == "group":
        return mention.plural is not False or mention.kind not in ("person", "document")
    return mention.kind != "person" or (mention.plural is None and kind != "place")


def _is_noun_of_another(mention: Mentioned, kind: EntityKind) -> bool:
    """Whether the noun says another kind: the company is nobody and no town, the lawyer no company."""
    nouns = kinds_of_noun(mention.head_noun)
    if kind in ("person", "place") and "organisation" in nouns:
        return "person" not in nouns
    return kind in ("place", "organisation", "outlet") and "person" in nouns and nouns.isdisjoint(BODY_NOUNS)


def _pronoun_fits(mention: Mentioned, kind: EntityKind, gender: str | None, plural: bool | None) -> bool:
    pronoun = mention.pronoun
    if pronoun is None or pronoun.person == 2:
        return True
    if pronoun.person == 1:
        return pronoun.plural == (kind != "person") or (plural is None and kind == "group")
    if pronoun.gender == "n":
        return kind not in ("person",) and plural is not True
    if pronoun.gender is not None:
        return kind == "person" and gender in (None, pronoun.gender)
    return True  # they: several, or one of unknown gender, or a body
