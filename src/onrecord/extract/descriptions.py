"""Descriptions: the roles and descriptions that an article itself gives somebody, and how many they are.

In: a cluster of mentions and the text. Out: spans of the text, each description once.
"""

import re
from collections.abc import Iterator

from onrecord.extract.cluster import Cluster
from onrecord.extract.linking import role_before
from onrecord.language.names import titles
from onrecord.language.nouns import is_plural_noun, kinds_of_noun, number_words
from onrecord.language.phrases import head_of_phrase, without_clause
from onrecord.record import Description, Origin, Span

VERSION = "1"
APPOSED = re.compile(r",\s+(?P<words>[^,;:.()\[\]—–“”\"]{3,90})(?=[,;.)—–])")
ARTICLE = re.compile(r"(?:the|an?|this|that)\s+", re.IGNORECASE)
POINTING = re.compile(r"(?:this|that|these|those|his|her|their|its|my|our|your)\s", re.IGNORECASE)
NUMBER = re.compile(r"\b(\d{1,3}(?:,\d{3})+|\d+)(?![\d.:/%-]|\s*(?:per\s?cent|percent|year|-))")
COUNTED = re.compile(r"[^\W\d_]+")
MOST_DESCRIPTIONS = 12


def describe_entity(cluster: Cluster, text: str) -> tuple[Description, ...]:
    """The descriptions of a cluster in the order of the text, those said twice once."""
    found: dict[str, Description] = {}
    for rule, span in sorted(_spans_of(cluster, text), key=lambda pair: pair[1]):
        words = span.of(text)
        key = ARTICLE.sub("", words.lower())
        if key and key not in found:
            origin = Origin(kind="rule", name=f"description/{rule}", version=VERSION)
            found[key] = Description(text=words, span=span, origin=origin)
    return tuple(found.values())[:MOST_DESCRIPTIONS]


def _spans_of(cluster: Cluster, text: str) -> Iterator[tuple[str, Span]]:
    taken = {m.span.start_char for m in cluster.mentions}
    for mention in cluster.mentions:
        if mention.form == "nominal" and not mention.several:
            span = without_clause(text, mention.span, mention.head)
            bare = ARTICLE.sub("", span.of(text)).lower()
            if mention.head_noun != bare or "weak" not in kinds_of_noun(mention.head_noun):
                yield "nominal", span
        elif mention.kind == "person" and mention.name_span is not None:
            role = role_before(text, mention)
            if role is not None and role.of(text) not in titles():
                yield "title", role
            apposed = _apposed(text, mention.name_span.end_char)
            if apposed is not None and apposed.start_char not in taken:
                yield "apposition", apposed


def _apposed(text: str, end_char: int) -> Span | None:
    """What stands behind a name between commas, where it describes one person: ", mayor of Beltown,"."""
    match = APPOSED.match(text, end_char)
    if match is None:
        return None
    span = Span(start_char=match.start("words"), end_char=match.end("words"))
    noun = head_of_phrase(text, span).of(text)
    if is_plural_noun(noun) or "person" not in kinds_of_noun(noun.lower()):
        return None
    return span if POINTING.match(match["words"]) is None else None


def count_of(cluster: Cluster, text: str) -> int | None:
    """How many, where a mention that describes several says it."""
    for mention in cluster.mentions:
        if mention.several or mention.form != "nominal" or not mention.plural:
            continue
        counted = count_before(text, mention.span, mention.head)
        if counted is not None:
            return counted
    return None


def count_before(text: str, span: Span, head: Span) -> int | None:
    """How many the words before the head of a description say: "three officials", "at least 55 states"."""
    before = text[span.start_char : head.start_char]
    number = NUMBER.search(before)
    if number is not None:
        return int(number.group(1).replace(",", ""))
    words = (w.lower() for w in COUNTED.findall(before))
    counted = next((number_words()[w] for w in words if w in number_words()), None)
    return counted if counted is not None and counted > 1 else None
