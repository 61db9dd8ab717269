"""What a corpus must tell so that speakers can be scored: entities, and who said what where.

`eval.meantime` and `eval.gum_attributions` make these; `eval.speakers` scores records against
them. Here too: where the head word of a phrase is, and when two phrases mean the same mention.
"""

import re
from dataclasses import dataclass
from typing import Literal

from onrecord.record import EntityKind, MentionForm, Span

# How the source stands in the text; "none" where the clause has no source of its own.
SourceForm = Literal["name", "nominal", "pronoun", "none"]
SOURCE_FORMS: tuple[SourceForm, ...] = ("name", "nominal", "pronoun", "none")

WORD = re.compile(r"[\w$£€&@#][\w.&'’/@-]*(?<!['’.])|[\w$£€&@#]")
TRIMMED = re.compile(r"[\w$£€&@#](?:.*[\w.)])?", re.DOTALL)
POSSESSIVE = re.compile(r"['’]s$")
# What follows the head of an English noun phrase begins with one of these, or with a mark.
AFTER_HEAD = frozenset(
    {
        "about", "above", "across", "after", "against", "along", "among", "around", "as", "at", "because",
        "before", "behind", "below", "between", "by", "despite", "during", "for", "from", "in", "inside",
        "into", "like", "near", "of", "off", "on", "onto", "out", "outside", "over", "per", "since", "than",
        "that", "through", "throughout", "to", "toward", "towards", "under", "until", "upon", "via", "when",
        "where", "which", "while", "who", "whom", "whose", "with", "within", "without",
    }
)  # fmt: skip
MARK_AFTER_HEAD = re.compile(r"[,;:()\[\]“”\"–—]")
FIRST_AND_SECOND = frozenset(
    {
        "i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves", "you", "your", "yours",
        "yourself", "yourselves",
    }
)  # fmt: skip
PRONOUNS = FIRST_AND_SECOND | frozenset(
    {
        "he", "him", "his", "himself", "she", "her", "hers", "herself", "it", "its", "itself", "they",
        "them", "their", "theirs", "themselves", "themself", "who", "whom", "whose", "which", "that",
        "this", "these", "those", "own", "one", "ones", "all", "some", "both", "many", "most", "others",
        "none", "few", "everyone", "everybody", "someone", "somebody", "anyone", "anybody", "nobody",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldMention:
    """A gold mention: its whole extent, its head word, and how it refers."""

    span: Span
    head: Span
    form: MentionForm


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldEntity:
    """Somebody or something with its mentions in one document, in the order of the text.

    `name` is how the corpus calls it, `reference` an address it gives for it.
    """

    entity_id: str
    name: str
    kind: EntityKind
    mentions: tuple[GoldMention, ...]
    reference: str | None = None

    def naming(self) -> tuple[GoldMention, ...]:
        """The mentions that name it, without those that hold a shorter one that does too."""
        named = [m for m in self.mentions if m.form == "name"]
        return tuple(m for m in named if not any(o.span != m.span and lies_in(o.span, m.span) for o in named))


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One act of saying or thinking and who did it.

    `words` are those of the event or of the attributing clause, `source` the mention of the one
    who says it beside them (None where the clause has none of its own), `entity_id` who that is.
    `is_first_person` marks an "I", "we" or "you" as source.
    """

    words: tuple[Span, ...]
    source: GoldMention | None
    form: SourceForm
    entity_id: str
    is_first_person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerDocument:
    """One document: its text, when it was published (ISO 8601), its entities and its sayings."""

    name: str
    text: str
    entities: tuple[GoldEntity, ...]
    sayings: tuple[Saying, ...]
    published: str | None = None

    def entity(self, entity_id: str) -> GoldEntity:
        """The entity of an id."""
        return next(e for e in self.entities if e.entity_id == entity_id)


def lies_in(inner: Span, outer: Span) -> bool:
    """Whether one span lies wholly in another, or is it."""
    return outer.start_char <= inner.start_char and inner.end_char <= outer.end_char


def find_head(text: str, span: Span) -> Span:
    """The head word of a noun phrase of the text, told by its words alone.

    It is the last word before what follows heads (a preposition, a relative, a mark); of a
    coordination its conjunction, so that no part is taken for the whole.

    >>> find_head("the mayor of Beltown", Span(start_char=0, end_char=20)).of("the mayor of Beltown")
    'mayor'
    """
    words: list[Span] = []
    at = span.start_char
    for match in WORD.finditer(text, span.start_char, span.end_char):
        between, at = text[at : match.start()], match.end()
        if words and (match[0].lower() in AFTER_HEAD or MARK_AFTER_HEAD.search(between)):
            break
        if words and match[0].lower() == "and":
            return Span(start_char=match.start(), end_char=match.end())
        end = match.end() - len(found[0]) if (found := POSSESSIVE.search(match[0])) else match.end()
        words.append(Span(start_char=match.start(), end_char=end))
    return words[-1] if words else span


def tell_form(words: str) -> MentionForm:
    """How a phrase refers, where the corpus does not tell: by its letters alone."""
    first, *others = words.split()
    if not others and first.lower() in PRONOUNS:
        return "pronoun"
    head = find_head(words, Span(start_char=0, end_char=len(words))).of(words)
    has_article = first.lower() in {"the", "a", "an", "this", "that", "its", "their", "his", "her", "our"}
    return "name" if not has_article and not head.islower() else "nominal"


def trim_marks(text: str, span: Span) -> Span:
    """The span without the space and marks at its ends; as it is where it holds nothing else."""
    found = TRIMMED.search(text, span.start_char, span.end_char)
    return Span(start_char=found.start(), end_char=found.end()) if found else span


def is_same_mention(text: str, read: Span, gold: GoldMention) -> bool:
    """Whether a phrase that was read is the gold mention: the same bounds, or each holds the other's head."""
    read = trim_marks(text, read)
    if read == gold.span:
        return True
    return gold.span.overlaps(find_head(text, read)) and lies_in(gold.head, read)


def is_named(text: str, read: Span, entity: GoldEntity) -> bool:
    """Whether a phrase that was read names the entity.

    It does where it is one of the naming mentions, or holds one and lies within a larger mention
    of the entity ("Vale Works head, Mara Quill"). Of an entity that the document never names, any mention
    of it will do.
    """
    read, naming = trim_marks(text, read), entity.naming()
    if not naming:
        return any(is_same_mention(text, read, m) for m in entity.mentions)
    if any(is_same_mention(text, read, m) for m in naming):
        return True
    within = any(lies_in(read, m.span) for m in entity.mentions)
    return within and any(lies_in(m.span, read) for m in naming)
