"""Descriptions linked to the one they describe: "Mira Vance, the mayor of Beltown," and later "the mayor".

In: clusters and the text they stand in. The clusters are changed: what is linked moves, its rule noted.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from onrecord.extract.cluster import Cluster, fits
from onrecord.extract.mentioned import Mentioned
from onrecord.extract.name_places import head_noun_at
from onrecord.language.names import plain_word
from onrecord.language.nouns import kinds_of_noun, offices_meant_by, singular_of
from onrecord.language.phrases import last_word
from onrecord.record import Span

COMMA = re.compile(r",\s+")
# What may follow an apposition; "and" makes it a list.
AFTER_APPOSITION = re.compile(r"\s*(?:[,;:.)—–!?”\"]|$)(?!\s+(?:and|or|&)\s)")
CAPITALISED = re.compile(r"(?<![\w.])[^\W\d_a-z][\w.-]+")
LOWER_WORD = re.compile(r"(?<![\w-])[a-zà-þ][\w-]+")
DETERMINERS = frozenset({"the", "a", "an", "this", "that", "these", "those", "his", "her", "their", "its"})
LINKED_KINDS = frozenset({"person", "group", "organisation", "outlet"})
ROLE_WORD = re.compile(r"[A-ZÀ-ÞА-Я][\w.&’'-]*|former|acting|then|deputy|vice|senior|chief|of|for|the|and|in")
LONGEST_ROLE_CHARS = 80
LINKING_ARTICLE = re.compile(r"(?:the|this|that|these|those)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Described:
    """A description of a cluster: its noun in the singular, its capitalised words, what follows the
    noun, and the small words that stand before it."""

    noun: str
    capitals: frozenset[str]
    after: str
    modifiers: frozenset[str] = frozenset()


def link_appositions(clusters: Sequence[Cluster], text: str) -> None:
    """A nameless cluster set off by commas beside a name joins it: rule `apposition`."""
    cluster_of = {m.span: c for c in clusters for m in c.mentions}
    for named, nameless in pairs_beside([m for c in clusters for m in c.mentions], text):
        home, away = cluster_of[named.span], cluster_of[nameless.span]
        if home is away or away.is_named:
            continue
        # What introduces somebody ("a former judge") was not meant by a description before it.
        later = [m for m in away.mentions if nameless.definite or m.span >= nameless.span]
        if all(fits(m, home.kind, gender=home.gender, plural=False) for m in later):
            cluster_of |= {m.span: home for m in later}
            away.mentions = [m for m in away.mentions if m not in later]
            home.absorb(Cluster(later), "apposition")


def pairs_beside(mentions: Sequence[Mentioned], text: str) -> Iterator[tuple[Mentioned, Mentioned]]:
    """Pairs of a name and a description of one of its kind beside it, set off by commas."""
    names: dict[int, Mentioned] = {}
    roles: dict[int, Mentioned] = {}
    for mention in mentions:
        if mention.name is not None:
            names[mention.span.start_char] = mention
            title = role_before(text, mention)
            if title is not None:
                names.setdefault(title.start_char, mention)
        elif _may_be_apposed(mention) and AFTER_APPOSITION.match(text, mention.span.end_char):
            roles[mention.span.start_char] = mention
    for named in dict.fromkeys(names.values()):
        comma = COMMA.match(text, named.name_span.end_char if named.name_span else named.span.end_char)
        role = roles.get(comma.end()) if comma is not None else None
        if role is not None and _is_alike(named, role):
            yield named, role
    for role in roles.values():
        comma = COMMA.match(text, role.span.end_char)
        named_after = names.get(comma.end()) if comma is not None else None
        if named_after is None or not _is_alike(named_after, role):
            continue
        if AFTER_APPOSITION.match(text, named_after.span.end_char):
            yield named_after, role


def _may_be_apposed(mention: Mentioned) -> bool:
    return mention.form == "nominal" and mention.kind in LINKED_KINDS and mention.plural is not True


def _is_alike(named: Mentioned, role: Mentioned) -> bool:
    """Whether a person is described as a person, a body as a body."""
    return (named.kind == "person") == (role.kind == "person")


def link_definite(clusters: Sequence[Cluster], text: str) -> None:
    """ "The mayor" joins the one described so before: rule `description`.

    Where several were, the last one named: rule `nearest_description`.
    """
    known: dict[str, list[tuple[int, Described, Cluster]]] = {}
    for cluster in clusters:
        if not cluster.mentions:  # its mentions have joined another
            continue
        first = cluster.mentions[0]
        if (
            not cluster.is_named
            and first.form == "nominal"
            and not first.several
            and first.kind in LINKED_KINDS
        ):
            home = _described_before(first, cluster, known, text)
            if home is not None:
                rule, target = home
                target.absorb(cluster, rule)
                continue
        for place, described in descriptions_of(cluster, text):
            known.setdefault(described.noun, []).append((place, described, cluster))


def _described_before(
    mention: Mentioned, cluster: Cluster, known: dict[str, list[tuple[int, Described, Cluster]]], text: str
) -> tuple[str, Cluster] | None:
    """The cluster that a definite description means, and the rule that says so."""
    if not LINKING_ARTICLE.match(mention.span.of(text)):
        return None
    wanted = describe(text, mention.span, mention.head, mention.head_noun)
    found: list[Cluster] = []
    for noun in sorted(offices_meant_by(wanted.noun)):
        for place, described, other in known.get(noun, ()):
            if place < mention.span.start_char and other not in found and _agree(wanted, described, other):
                found.append(other)
    fitting = [c for c in found if _takes(c, cluster)]
    if not fitting:
        return None
    if len(fitting) == 1:
        return "description", fitting[0]
    return "nearest_description", max(fitting, key=lambda c: _last_before(c, mention.span.start_char))


def _agree(wanted: Described, given: Described, owner: Cluster) -> bool:
    """Whether what else the descriptions say agrees: "the French president" is not the Russian one."""
    if wanted.after and wanted.after != given.after:
        return False
    if wanted.modifiers and given.modifiers and wanted.modifiers.isdisjoint(given.modifiers):
        return False  # the religious schools are not the private schools
    if wanted.capitals <= given.capitals:
        return True
    return wanted.capitals <= given.capitals | {w for m in owner.named if m.name for w in m.name.words}


def _takes(home: Cluster, away: Cluster) -> bool:
    kind, gender, plural = home.kind, home.gender, home.plural
    people = kind in ("person", "group")
    if people != (away.kind in ("person", "group")) or bool(plural) != bool(away.plural):
        return False
    return all(fits(m, kind, gender=gender, plural=plural) for m in away.mentions)


def _last_before(cluster: Cluster, place: int) -> int:
    starts = [m.span.start_char for m in cluster.mentions]
    return starts[max(bisect_left(starts, place) - 1, 0)]


def descriptions_of(cluster: Cluster, text: str) -> Iterator[tuple[int, Described]]:
    """What a cluster is described as and where: titles before its name, nouns, the last word of its name."""
    for mention in cluster.mentions:
        if mention.form == "nominal" and not mention.several:
            yield mention.span.start_char, describe(text, mention.span, mention.head, mention.head_noun)
            yield from _by_people(mention, text)
        elif mention.name_span is not None:
            role = role_before(text, mention)
            if role is not None:
                head = last_word(text, role)
                yield role.start_char, describe(text, role, head, head_noun_at(text, role, head))
            elif mention.kind != "person":
                yield from _by_name(mention, text)


def _by_people(mention: Mentioned, text: str) -> Iterator[tuple[int, Described]]:
    """What the name of a people says it is: Veldians the Veldian people."""
    word = mention.head.of(text)
    if mention.plural and mention.span == mention.head and word[:1].isupper() and not kinds_of_noun(word):
        capitals = frozenset({plain_word(singular_of(word))})
        yield mention.span.start_char, Described(singular_of("people"), capitals, "")


def _by_name(mention: Mentioned, text: str) -> Iterator[tuple[int, Described]]:
    """What the name of a body says it is: the Harbour Safety Board a board, Quay Audit Ltd a company."""
    words = mention.name_span.of(text).split() if mention.name_span else []
    name = mention.name.words if mention.name else ()
    start = mention.span.start_char
    capitals = frozenset(name)
    for noun in {name[-1], name[0]} if name else ():
        if not kinds_of_noun(noun).isdisjoint(("organisation", "group", "outlet")):
            yield start, Described(singular_of(noun), capitals, "")
    if len(words) > 1 and "company" in kinds_of_noun(words[-1]):
        yield start, Described("company", capitals, "")
    if mention.kind == "outlet":
        yield start, Described("newspaper", capitals, "")


def describe(text: str, span: Span, head: Span, noun: str) -> Described:
    """What a description says: "the Russian president" is of noun "president", capitals {"russian"}."""
    first = span.start_char
    capitals = frozenset(
        plain_word(m.group())
        for m in CAPITALISED.finditer(text, span.start_char, head.start_char)
        if m.start() > first or span.end_char == head.end_char
    )
    after = text[head.end_char : span.end_char].split(",", 1)[0].strip().lower()
    tail = noun.split(" of ", 1)[1] if " of " in noun else ""
    after = after.removeprefix(f"of {tail}").strip() if tail else after
    own = DETERMINERS.union(noun.split())
    small = frozenset(LOWER_WORD.findall(text, span.start_char, head.start_char))
    return Described(noun, capitals - own, after, small - own)


def _role_start(text: str, name_start: int) -> int:
    """Where the words begin that may be a role and stand right before a name; the name itself without any."""
    low = name_start
    for word in reversed(text[max(name_start - LONGEST_ROLE_CHARS, 0) : name_start].split(" ")[1:-1]):
        if ROLE_WORD.fullmatch(word) is None:
            break
        low -= len(word) + 1
    return low


def role_before(text: str, mention: Mentioned) -> Span | None:
    """The title or role that stands before a person's name: "Russian President", "Harbour Master"."""
    name = mention.name_span
    if name is None or mention.kind != "person":
        return None
    if mention.span.start_char < name.start_char:
        low = mention.span.start_char
    else:
        low = _role_start(text, name.start_char)
    words = text[low : name.start_char].rstrip()
    if not words or words[-1] in ",;:—–":
        return None
    role = Span(start_char=low, end_char=low + len(words))
    noun = head_noun_at(text, role, last_word(text, role))
    return role if "person" in kinds_of_noun(noun) else None
