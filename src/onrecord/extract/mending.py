"""Findings mended where the text itself is plainer than the model: datelines, appositions, overlong mentions.

In: a page and what the model found. Out: the same with mentions cut at the comma of an apposition, names of
the kind that their description says, and a dateline's names as places in no cluster of people.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal

from onrecord.extract.found import Found, FoundMention, FoundName, NameKind
from onrecord.extract.name_places import CAPITAL_RUN, head_noun_at
from onrecord.extract.page import Page
from onrecord.language.nouns import is_plural_noun, kinds_of_noun
from onrecord.language.phrases import last_word
from onrecord.record import EntityKind, Span

# "TAVRIN CITY - ", "BELTOWN, 3 May (Lumen) — ", "Beltown (Lumen) - ": in the first paragraphs of a body.
PLACE = r"[^\W\d_a-z][\w.'’-]*(?:[ ,/]+[^\W\d_a-z][\w.'’-]*){0,5}"
DATELINE = re.compile(
    rf"(?P<place>{PLACE})(?P<day>,?\s[^—–()\n“\"]{{0,16}}\d[^—–()\n“\"]{{0,10}})?"
    r"(?P<bracket>\s*\([^()\n]{2,40}\))?(?:\s*(?:—|–|--)|\s-)\s"
)
DATELINE_PARAGRAPHS = 4
CAPITALS = re.compile(r"[^\W\d_a-z]{3,}")
# Behind the second part of an apposition: its comma or the end of the sentence.
CLOSES = re.compile(r"[,.;:)—–]|\s[—–-]\s|$")
# Before a description that ends another: "the lawyer of the company, Mira Vance,".
IN_ANOTHER = re.compile(r"(?:\bof|\bfor|\bat|\bin)\s$")
COMMA = re.compile(r",\s+")
BODY_NOUNS = frozenset({"organisation", "outlet", "group"})
LONGEST_NAME_CHARS = 60
BearerKind = Literal["person", "organisation"]
NOT_BODIES: tuple[NameKind, ...] = ("person", "product", "misc", "nationality")


def mend_found(page: Page, found: Found) -> Found:
    """What the model found, with these three mended."""
    return mend_appositions(page.text, cut_at_verbs(page.text, mend_datelines(page, found)))


def dateline_spans(page: Page) -> Iterator[Span]:
    """Where the first paragraphs open with a dateline: its place, without the dash.

    The place is all in capitals, or an agency in brackets or a day stands behind it.
    """
    for start, end in page.paragraphs[:DATELINE_PARAGRAPHS]:
        match = DATELINE.match(page.text, start, end)
        if match is None:
            continue
        first = match["place"].split()[0]
        capitals = CAPITALS.match(first) is not None and first == first.upper()
        if capitals or match["bracket"]:
            yield Span(start_char=start, end_char=match.end("place"))


def mend_datelines(page: Page, found: Found) -> Found:
    """The names of a dateline are places, and its mentions join no cluster of people."""
    lines = list(dateline_spans(page))
    if not lines:
        return found
    names = tuple(
        replace(n, kind="location") if n.kind in NOT_BODIES and _lies_in_any(n.span, lines) else n
        for n in found.names
    )
    inside = {k for k, m in enumerate(found.mentions) if _lies_in_any(m.head, lines)}
    mentions = tuple(
        _as_place(m) if k in inside and m.kind in ("person", "group") else m
        for k, m in enumerate(found.mentions)
    )
    clusters = [tuple(k for k in cluster if k not in inside) for cluster in found.clusters]
    alone = ((k,) for k in sorted(inside))
    return replace(found, names=names, mentions=mentions, clusters=(*(c for c in clusters if c), *alone))


def _as_place(mention: FoundMention) -> FoundMention:
    return replace(mention, kind="place", form="name")


def _lies_in_any(inner: Span, outer: Sequence[Span]) -> bool:
    return any(o.start_char <= inner.start_char and inner.end_char <= o.end_char for o in outer)


def cut_at_verbs(text: str, found: Found) -> Found:
    """A mention that runs on from its own name or office over a comma to another name ends before that.

    "Ivo Orr, told Radio Beltown" is Ivo Orr; "Quay Audit CEO, Ivo Orr" is the CEO, and Ivo Orr a name.
    """
    mentions = tuple(
        _cut_at_comma(text, m, found.names) if m.form != "pronoun" and "," in m.span.of(text) else m
        for m in found.mentions
    )
    return replace(found, mentions=mentions)


def _cut_at_comma(text: str, mention: FoundMention, names: Sequence[FoundName]) -> FoundMention:
    inside = [n for n in names if _lies_in_any(n.span, [mention.span])]
    if len(inside) < 2 or inside[0].span.start_char != mention.span.start_char:
        return mention
    first = inside[0].span
    office = text[first.end_char : inside[1].span.start_char].rstrip()
    if office.endswith(",") and "person" in kinds_of_noun(office[:-1].split(" ")[-1].lower()):
        whole = Span(start_char=first.start_char, end_char=first.end_char + len(office) - 1)
        return replace(mention, span=whole, head=last_word(text, whole), kind="person", form="nominal")
    if mention.form != "name" or mention.head.overlaps(first) or not text.startswith(",", first.end_char):
        return mention
    return replace(mention, span=first, head=last_word(text, first), kind=_kind_of_name(inside[0]))


def _kind_of_name(name: FoundName) -> EntityKind:
    if name.kind in ("person", "organisation"):
        return name.kind
    return "place" if name.kind in ("location", "facility") else "other"


def mend_appositions(text: str, found: Found) -> Found:
    """A description and the name behind its comma as two mentions, the name of the description's kind.

    "The operator, Quay Line," is an operator and a name, not one description; and where the operator is
    a company so is Quay Line, whatever the model takes the name for.
    """
    mentions = list(found.mentions)
    names = {n.span.start_char: n for n in found.names}
    ends = {n.span.end_char for n in found.names if n.kind == "person"}
    titled = {m.span.start_char: m.span.end_char for m in found.mentions if m.span.end_char in ends}
    kinds: dict[str, NameKind] = {}
    whole: list[Span] = []
    for k, mention in enumerate(found.mentions):
        place = _name_behind(text, mention, names, titled) if mention.form == "nominal" else None
        if place is None:
            continue
        mentions[k] = described = _cut_before(text, mention, place)
        name = names.get(place.start_char)
        if name is None and place.start_char in titled:
            continue
        kind = _kind_by_noun(described, name, text)
        if kind is not None:
            sureness = name.sureness if name else mention.sureness
            names[place.start_char] = FoundName(span=place, kind=kind, sureness=sureness)
            kinds[place.of(text)] = kind
            whole.append(place)
            mentions[k] = replace(described, kind=kind)
    if not kinds and mentions == list(found.mentions):
        return found
    kept = _without_overlaps(replace(n, kind=kinds.get(n.span.of(text), n.kind)) for n in names.values())
    mended = tuple(_as_nobody(m) if _begins_one(m.span, whole) else m for m in mentions)
    return replace(found, mentions=mended, names=tuple(kept))


def _begins_one(span: Span, names: Sequence[Span]) -> bool:
    """Whether it is the first part of one of these names: Quay in "Quay Line"."""
    return any(span.start_char == n.start_char and span.end_char < n.end_char for n in names)


def _as_nobody(mention: FoundMention) -> FoundMention:
    return replace(mention, kind="other", form="nominal")


def _without_overlaps(names: Iterator[FoundName]) -> list[FoundName]:
    """Names in order; of those that share characters the longer."""
    kept: list[FoundName] = []
    for name in sorted(names, key=lambda n: (n.span.start_char, -n.span.end_char)):
        if not kept or not kept[-1].span.overlaps(name.span):
            kept.append(name)
    return kept


def _name_behind(
    text: str, mention: FoundMention, names: Mapping[int, FoundName], titled: Mapping[int, int]
) -> Span | None:
    """The name set off by commas behind the description: in the mention as its end, or right behind it.

    `titled` are where mentions begin and end that a person's name ends: "former driver Mira Vance".
    """
    comma = COMMA.search(text, mention.head.end_char, mention.span.end_char)
    if comma is None and not IN_ANOTHER.search(text[: mention.span.start_char][-4:]):
        comma = COMMA.match(text, mention.span.end_char)
    if comma is None:
        return None
    found = names.get(comma.end())
    if found is None and comma.end() in titled:
        return Span(start_char=comma.end(), end_char=titled[comma.end()])
    alone = mention.head.end_char == comma.start()
    if found is not None and found.kind in ("location", "facility") and not alone:
        return None  # the mayor of Beltown, Oregon
    run = CAPITAL_RUN.match(text, comma.end(), comma.end() + LONGEST_NAME_CHARS)
    ends = [found.span.end_char] if found is not None else []
    if run is not None:
        ends.append(run.end())
    end = next((e for e in sorted(ends, reverse=True) if CLOSES.match(text, e)), None)
    if end is None:
        return None
    return Span(start_char=comma.end(), end_char=end)


def _cut_before(text: str, mention: FoundMention, place: Span) -> FoundMention:
    """The mention without the name where it holds that."""
    if place.start_char >= mention.span.end_char:
        return mention
    words = text[mention.span.start_char : place.start_char].rstrip(", \t\n\u00a0")
    end = max(mention.span.start_char + len(words), mention.head.end_char)
    return replace(mention, span=Span(start_char=mention.span.start_char, end_char=end))


def _kind_by_noun(described: FoundMention, name: FoundName | None, text: str) -> BearerKind | None:
    """The kind of a name by the description that it stands behind; None where that decides nothing."""
    nouns = kinds_of_noun(head_noun_at(text, described.span, described.head))
    alone = described.head.end_char == described.span.end_char
    is_body = not nouns.isdisjoint(BODY_NOUNS)
    if is_plural_noun(described.head.of(text)):
        return None
    if is_body and "person" not in nouns:
        free = name is None or alone or name.kind in ("organisation", *NOT_BODIES)
        return "organisation" if free else None
    if name is None or is_body or not alone or "person" not in nouns:
        return None
    several = " " in name.span.of(text)
    return "person" if several and name.kind in ("organisation", "misc") else None
