"""Sources and mentions: which mention a source is, whom "who" and "his letter" mean; else what it is.

In: the words of a source, the cast. Out: a mention and the member of the cast that has it, or a new entity.
"""

import re

from onrecord.extract.cast import Cast, Member
from onrecord.extract.descriptions import count_before
from onrecord.extract.sources import Places, guess_kind
from onrecord.language.nouns import (
    gender_of_noun,
    is_plural_noun,
    kinds_of_noun,
    offices_meant_by,
    singular_of,
)
from onrecord.language.phrases import AND, head_of_phrase, joins_several, without_clause
from onrecord.language.pronouns import Pronoun, pronouns
from onrecord.record import Entity, EntityKind, Mention, Origin, Span, Unknown, entity_id_of

RULES_VERSION = "1"
DEFINITE = re.compile(r"the\s", re.IGNORECASE)
AGE = re.compile(r"^[\w-]+-(?=year-old$)")
POSSESSIVE = re.compile(r"['’]s?$")
# What may stand between a name and its "who": an age, a description, or one behind the other.
LONGEST_TAIL_CHARS = 120
DESCRIBED_TAIL = re.compile(
    r"(?P<age>,\s+(?:aged\s+)?\d{1,3}(?=,))?(?:,\s+(?P<words>(?:an?|the|his|her|their)\s[^,;:.()“”\"]{2,70}))?,\s+$"
)
BRACKET = re.compile(r"\s*(?:\([^()]*\)|,[^,]{2,60},)?,?\s*")
POSSESSIVES = frozenset({"his", "her", "its", "their", "my", "our"})
OWNED_BY = re.compile(r"\s+(?:from|by|of)\s+")
SEVERAL = frozenset(
    {"some", "many", "most", "others", "several", "few", "both", "all", "those", "these", "two"}
)
SPEAKING_KINDS = frozenset({"person", "organisation", "group", "outlet", "place"})


def match_source(span: Span, cast: Cast, names: Places) -> tuple[Mention, Member] | None:
    """The mention that has the head of a source, and shares most with it.

    Of "a spokesman for the ministry" that is the spokesman; "Orr and Vance" is neither of them.
    """
    exact = cast.at(span)
    if exact is not None:
        return exact
    near = list(cast.around(span))
    if _joins_two(span, cast):
        return None
    head = head_of_phrase(cast.text, span, names.inside(span))
    fitting = [
        (mention, member)
        for mention, member in near
        if mention.span.overlaps(head)
        and head_of_phrase(cast.text, mention.span, names.inside(mention.span)).overlaps(head)
    ]
    return max(fitting, key=lambda pair: _shared(pair[0].span, span), default=None)


def _shared(one: Span, other: Span) -> float:
    """Of the characters that either covers, the share that both do."""
    both = min(one.end_char, other.end_char) - max(one.start_char, other.start_char)
    return both / (max(one.end_char, other.end_char) - min(one.start_char, other.start_char))


def _joins_two(span: Span, cast: Cast) -> bool:
    """Whether one mention begins the span and another, behind an "and", ends it."""
    for joint in AND.finditer(cast.text, span.start_char, span.end_char):
        second = Span(start_char=min(joint.end(), span.end_char - 1), end_char=span.end_char)
        if cast.at(second) is None:
            continue
        for mention, _ in cast.around(Span(start_char=span.start_char, end_char=span.start_char + 1)):
            rest = cast.text[mention.span.end_char : max(joint.start(), mention.span.end_char)]
            if mention.span.start_char == span.start_char and BRACKET.fullmatch(rest):
                return True
    return False


def match_relative(span: Span, cast: Cast) -> tuple[Mention, Member] | None:
    """Whom "who" means: the mention that it stands in or behind, people before others, the longer first.

    Behind an age or a description set off by commas it is whom these follow: "Ivo Orr, 61, who".
    """
    described = _before_description(span, cast)
    if described is not None:
        return described
    reach = Span(start_char=max(span.start_char - 3, 0), end_char=span.end_char)
    before = [(m, member) for m, member in cast.around(reach) if m.span.start_char < span.start_char]
    if span.of(cast.text).lower() == "which":
        before = [pair for pair in before if pair[1].entity.kind != "person"]
    touching = [pair for pair in before if pair[0].span.end_char <= span.start_char]
    holding = [pair for pair in before if pair[0].span.end_char > span.start_char]
    people = [pair for pair in touching if pair[1].entity.kind in ("person", "group")]
    if people or touching:
        return max(people or touching, key=lambda pair: len(pair[0].text))
    return min(holding, key=lambda pair: len(pair[0].text), default=None)


def _before_description(span: Span, cast: Cast) -> tuple[Mention, Member] | None:
    """The named person before the age or description between commas that "who" follows."""
    tail = DESCRIBED_TAIL.search(cast.text, max(span.start_char - LONGEST_TAIL_CHARS, 0), span.start_char)
    if tail is None or not (tail["age"] or (tail["words"] and _describes_person(tail, cast.text))):
        return None
    end = Span(start_char=max(tail.start() - 1, 0), end_char=max(tail.start(), 1))
    behind = [
        (m, member)
        for m, member in cast.around(end)
        if m.span.end_char == tail.start() and m.form == "name" and member.entity.kind == "person"
    ]
    return max(behind, key=lambda pair: len(pair[0].text), default=None)


def _describes_person(tail: re.Match[str], text: str) -> bool:
    place = Span(start_char=tail.start("words"), end_char=tail.end("words"))
    return "person" in kinds_of_noun(head_of_phrase(text, place).of(text).lower())


def match_owner(span: Span, cast: Cast, names: Places) -> tuple[Span, str] | None:
    """Where the one stands whose words a document gives: "his letter", "a statement by the board".

    Only documents that speak for whoever made them, not reports or polls. Out: the place of the owner,
    and its words.
    """
    text = cast.text
    head = head_of_phrase(text, span, names.inside(span))
    if "utterance" not in kinds_of_noun(head.of(text).lower()):
        return None
    before = text[span.start_char : head.start_char]
    first = before.split(" ", 1)[0].lower()
    if first in POSSESSIVES:
        return Span(start_char=span.start_char, end_char=span.start_char + len(first)), first
    for mention, _ in cast.around(span):
        if mention.span.start_char < span.start_char or mention.span.end_char > head.start_char:
            continue
        rest = text[mention.span.end_char : head.start_char]
        if POSSESSIVE.search(mention.text) or rest.startswith(("'s ", "’s ", "' ", "’ ")):
            return mention.span, mention.text
    owned = OWNED_BY.match(text, head.end_char, span.end_char)
    if owned is None:
        return None
    after = Span(start_char=owned.end(), end_char=max(span.end_char, owned.end() + 1))
    found = match_source(after, cast, names)
    return (found[0].span, found[0].text) if found and found[1].entity.kind in SPEAKING_KINDS else None


def epithet_of(mention: Mention, member: Member, text: str) -> Pronoun | None:
    """What a pronoun for it would tell, where the mention calls somebody already named for a change.

    "The billionaire" and "the retired colonel" do, "the prosecutor" may be somebody new; "the owner of
    the bank" too, and "the city's mayor" and "the Courier newspaper", which say whose or which.
    """
    entity = member.entity
    alone = not entity.named and not entity.plural and mention.form == "nominal"
    if not alone or DEFINITE.match(mention.text) is None:
        return None
    head = head_of_phrase(text, mention.span)
    noun = AGE.sub("", head.of(text).lower())
    kinds = kinds_of_noun(noun)
    attributes = text[mention.span.start_char : head.start_char].split()[1:]
    if any(POSSESSIVE.search(word) or word[0].isupper() for word in attributes):
        return None
    before = [word.lower() for word in attributes]
    made_one = "person" in kinds and any("epithet" in kinds_of_noun(word) for word in before)
    if not (made_one or "epithet" in kinds) or head.end_char != mention.span.end_char:
        return None
    if not all(DEFINITE.match(m.text) for m in member.mentions if m.form == "nominal"):
        return None  # it was introduced on its own: "a company"
    return Pronoun(3, False, gender_of_noun(noun) if "person" in kinds else "n")


def may_be_called(member: Member, epithet: Mention, text: str) -> bool:
    """Whether somebody has a name, and not one that says something else: a union is not "the company"."""
    entity = member.entity
    noun = head_of_phrase(text, epithet.span).of(text).lower()
    if not entity.named or "organisation" not in kinds_of_noun(noun):
        return entity.named
    words = entity.name.split()
    said = {
        singular_of(word.lower()) for word in (words[0], words[-1]) if "company" not in kinds_of_noun(word)
    }
    bodies = {word for word in said if "organisation" in kinds_of_noun(word)}
    return bodies <= offices_meant_by(noun)


def describe_source(article_id: str, span: Span, cast: Cast, names: Places) -> Entity:
    """A new entity that only this source tells of."""
    text = cast.text
    head = head_of_phrase(text, span, names.inside(span))
    by_name = _is_name(head.of(text), head, names)
    two = _joins_two(span, cast)
    joined = two or joins_several(text, span, head, named=by_name)
    whole = span if two else without_clause(text, span, head, named=by_name)
    words, word = whole.of(text), head.of(text)
    pronoun = pronouns().get(words.lower())
    named = pronoun is None and not joined and by_name
    kind = _kind_of(word, joined=joined, pronoun=pronoun is not None and pronoun.gender != "n")
    several = joined or is_plural_noun(word) or words.split(" ", 1)[0].lower() in SEVERAL
    origin = Origin(kind="rule", name="entities/source", version=RULES_VERSION)
    mention = Mention(
        text=words,
        span=whole,
        form="pronoun" if pronoun else "name" if named else "nominal",
        origin=Origin(kind="rule", name="mentions/source", version=RULES_VERSION, rules=("source",)),
    )
    unknown = Unknown(field="name", reason=f"The article does not tell whom “{words}” means.")
    return Entity(
        entity_id=entity_id_of(article_id, (whole,)),
        article_id=article_id,
        kind=kind,
        name=" ".join((word if named else words).split()),
        name_span=head if named else whole,
        named=named,
        mentions=(mention,),
        plural=pronoun.plural if pronoun else several or (False if named else None),
        count=None if named else count_before(text, whole, head),
        origin=origin,
        unknowns=(unknown,) if pronoun else (),
    )


def _is_name(word: str, head: Span, names: Places) -> bool:
    return names.touch(head) or (
        word[:1].isupper() and not kinds_of_noun(word.lower()) and word not in ("I",)
    )


def _kind_of(word: str, *, joined: bool, pronoun: bool) -> EntityKind:
    if joined:
        return "group"
    return "person" if pronoun else guess_kind(word)
