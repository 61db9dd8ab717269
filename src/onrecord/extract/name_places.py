"""Where in a mention its proper name stands, and what noun it describes with.

In: a text, the bounds of a mention, its head. Out: spans of the name without titles and offices, nouns.
"""

import re

from onrecord.extract.found import FoundMention
from onrecord.language.nouns import agencies, is_office, outlet_words, phrases_from, phrases_to, singular_of
from onrecord.record import Span

DEFINITE = re.compile(r"(?:the|this|that|these|those|his|her|its|their|my|our|your)\s", re.IGNORECASE)
CAPITAL = r"[A-ZÀ-ÞА-Я][\w.'’&-]*"
CAPITAL_RUN = re.compile(rf"{CAPITAL}(?:\s+(?:(?:of|for|and|de|von|van|al|the)\s+)?{CAPITAL})*")
PERSON_RUN = re.compile(rf"{CAPITAL}(?:\s+(?:(?:de|da|di|von|van|der|al|bin|el)\s+)*{CAPITAL})*")
NAME_WORD = re.compile(r"[^\W\d_][\w'’-]*")
# What stands before an office in its own name: the Prime Minister, Deputy Chief of Staff.
OFFICE_ADJECTIVES = frozenset(
    {"prime", "vice", "deputy", "chief", "foreign", "defence", "defense", "interior", "the"}
)
LONGEST_NAME_CHARS = 90


def head_noun_at(text: str, span: Span, head: Span) -> str:
    """What a mention describes as, in the singular and lower case: "head of state", "prime minister"."""
    noun = singular_of(head.of(text).lower())
    for phrase in phrases_from(noun):
        after = text[head.start_char : min(head.start_char + len(phrase) + 1, span.end_char)].lower()
        if after.startswith(phrase) and not after[len(phrase) :].isalnum():
            return phrase
    for phrase in phrases_to(noun):
        low = max(head.end_char - len(phrase) - 1, span.start_char)
        before = text[low : head.end_char].lower()
        if before.endswith(phrase) and not before[: -len(phrase)].isalnum():
            return phrase
    return noun


def is_outlet_name(name: str) -> bool:
    """Whether a paper, a station or an agency bears this name: its last word says so, or it is known.

    >>> [is_outlet_name(n) for n in ("the Beltown Courier", "Reuters", "Quay Audit")]
    [True, True, False]
    """
    bare = name.removeprefix("the ").removeprefix("The ")
    words = bare.split()
    return bare in agencies() or (len(words) > 1 and words[-1] in outlet_words())


def without_possessive(text: str, name: Span) -> Span:
    """The name without the 's of a possessive."""
    end = name.end_char
    if end - name.start_char > 2 and text[end - 2 : end] in ("'s", "’s"):
        return Span(start_char=name.start_char, end_char=end - 2)
    return name


def capitals_around(text: str, mention: FoundMention, head: Span) -> Span | None:
    """The run of capitalised words around the head of a mention: a name that the names head missed."""
    if mention.form != "name" or mention.kind == "other":
        return None
    pattern = PERSON_RUN if mention.kind == "person" else CAPITAL_RUN
    runs = pattern.finditer(text, mention.span.start_char, mention.span.end_char)
    run = next((m for m in runs if m.start() < head.end_char and head.start_char < m.end()), None)
    if run is None or run.end() - run.start() > LONGEST_NAME_CHARS:
        return None
    return Span(start_char=run.start(), end_char=run.end())


def without_office(text: str, name: Span, mention: Span, *, sure: bool = True) -> Span | None:
    """A person's name without the office before it; None where it is all office: the Prime Minister.

    `sure` is a name that the names head found: it may end with what sounds like an office, Ivo Major.
    """
    name = without_possessive(text, name)
    words = list(NAME_WORD.finditer(text, name.start_char, name.end_char))
    offices = [k for k, word in enumerate(words) if is_office(word.group())]
    if not offices:
        return name
    after = text[words[offices[-1]].end() : name.end_char]
    if after.lstrip().startswith("of "):
        return None
    if offices[-1] < len(words) - 1:
        return Span(start_char=words[offices[-1] + 1].start(), end_char=name.end_char)
    described = not sure or DEFINITE.match(text, mention.start_char, name.start_char) is not None
    return None if described or words[0].group().lower() in OFFICE_ADJECTIVES else name
