"""Clusters of mentions that mean the same one: the model's, merged and split by named rules.

In: what the model found in a page. Out: clusters in the order of the text, each mention in one, with
the rule that brought a mention where the model alone did not.
"""

from collections.abc import Iterable, Mapping, Sequence

from onrecord.extract.bearers import Bearers
from onrecord.extract.cluster import Cluster, fits, gender_of, place_of
from onrecord.extract.found import Found
from onrecord.extract.hop_outlets import mark_outlets
from onrecord.extract.linking import link_appositions, link_definite, pairs_beside
from onrecord.extract.mentioned import Mentioned, read_mentions
from onrecord.extract.page import Page
from onrecord.extract.sources import Places, source_span
from onrecord.language.nouns import kinds_of_noun
from onrecord.record import Span, Statement


def make_clusters(page: Page, found: Found, statements: Sequence[Statement] = ()) -> list[Cluster]:
    """The clusters of an article, those of pronouns alone among them.

    apposition: a description beside a name is of that one. same_name: all who bear one name are one.
    split_names: what the model put together goes to the last bearer before it that it fits.
    split_owned: "his mother" is not he. split_misfits: who differs in gender or number stands alone.
    """
    mentions, model = read_mentions(page, found)
    parts = [part for cluster in model for part in split_speech(cluster, mentions)]
    bearers = Bearers(page.text, mentions, parts).find()
    named: dict[int, Cluster] = {}
    for k, bearer in sorted(bearers.items()):
        named.setdefault(bearer, Cluster([])).mentions.append(mentions[k])
    for cluster in named.values():
        _note_names(cluster)
    bearer_at = {mentions[k].span: bearer for k, bearer in bearers.items()}
    beside = {role.span: bearer_at[m.span] for m, role in pairs_beside(mentions, page.text)}
    others = bearers_in_content(statements, mentions, bearer_at, page.text)
    nameless: list[Cluster] = []
    for part in parts:
        inside = [mentions[k] for k in part]
        barred = bar_descriptions(inside, others)
        nameless.extend(_assign(inside, [bearers.get(k) for k in part], named, beside, barred))
    wholes = [c for whole in (*named.values(), *nameless) for c in split_owned(whole, page.text)]
    clusters = [c for whole in wholes for c in split_misfits(whole)]
    clusters.sort(key=lambda c: place_of(c.mentions[0].span))
    link_appositions(clusters, page.text)
    link_definite(clusters, page.text)
    mark_outlets(clusters, statements)
    return [c for c in clusters if c.mentions]


def split_speech(cluster: Sequence[int], mentions: Sequence[Mentioned]) -> list[list[int]]:
    """A model's cluster cut in three: who speaks in quotations, who speaks outside them, and all others.

    "I" in a quotation is its speaker, "I" outside is who writes or talks: never the same here, and whom
    either is, only rules tell: of the first and second person of GUM's dev split 41 % are right so, and
    32 % where the model's links are believed.
    """
    parts: dict[str, list[int]] = {}
    for k in cluster:
        pronoun = mentions[k].pronoun
        speaks = pronoun is not None and pronoun.person < 3
        part = "others" if not speaks else "quoted" if mentions[k].quoted else "writing"
        parts.setdefault(part, []).append(k)
    if parts.keys() == {"others", "quoted"}:
        return [list(cluster)]
    return list(parts.values())


def _note_names(cluster: Cluster) -> None:
    """Mark the mentions that the name brought, where it is not borne once only."""
    first = max(cluster.mentions, key=lambda m: len(m.name.words) if m.name else 0)
    cluster.rules = {m.span: "same_name" for m in cluster.mentions if m is not first}


def _assign(
    members: Sequence[Mentioned],
    bearers: Sequence[int | None],
    named: dict[int, Cluster],
    beside: Mapping[Span, int],
    barred: Mapping[Span, frozenset[int]],
) -> Iterable[Cluster]:
    """Put each nameless member of a model's cluster to the bearer beside it, else to the last before it.

    It is one that it fits, and is not `barred` from; what fits none is a cluster of its own.
    """
    known = list(dict.fromkeys(b for b in bearers if b is not None))
    if not known:
        return [Cluster(list(members))]
    profiles = {b: (named[b].kind, gender_of(named[b].named)) for b in known}
    rest: list[Mentioned] = []
    last: list[int] = []
    for mention, bearer in zip(members, bearers, strict=True):
        if bearer is not None:
            last = [b for b in last if b != bearer] + [bearer]
            continue
        own = beside.get(mention.span)
        if own is None and _is_of_another(mention, members):
            rest.append(mention)
            continue
        ahead = [b for b in known if b not in last]
        order = [own] if own in profiles else [*reversed(last), *ahead]
        never = barred.get(mention.span, frozenset())
        chosen = next(
            (
                b
                for b in order
                if b not in never and fits(mention, profiles[b][0], gender=profiles[b][1], plural=False)
            ),
            None,
        )
        if chosen is None:
            rest.append(mention)
            continue
        named[chosen].mentions.append(mention)
        if len(known) > 1:
            named[chosen].rules[mention.span] = "split_names" if own != chosen else "apposition"
    return [Cluster(rest)] if rest else []


def _is_of_another(mention: Mentioned, members: Sequence[Mentioned]) -> bool:
    """Whether "his mother" stands in a cluster whose pronouns are of the other gender: not their mother."""
    if not mention.definite or mention.gender is None or "relation" not in kinds_of_noun(mention.head_noun):
        return False
    told = {m.gender for m in members if m.form == "pronoun" and m.gender in ("m", "f")}
    return bool(told) and mention.gender not in told


def bearers_in_content(
    statements: Sequence[Statement],
    mentions: Sequence[Mentioned],
    bearer_at: Mapping[Span, int],
    text: str,
) -> dict[Span, frozenset[int]]:
    """For each source the bearers whose names its own statement says: they are somebody else than it.

    Nobody speaks of himself by his full name: "the mayor said that Ivo Orr had left".
    """
    names = Places(m.span for m in mentions if m.name is not None)
    found: dict[Span, frozenset[int]] = {}
    for statement in statements:
        source = source_span(statement, text)
        if source is None:
            continue
        said = {bearer_at[n] for content in statement.content for n in names.inside(content)}
        found[source] = found.get(source, frozenset()) | said
    return found


def bar_descriptions(
    members: Sequence[Mentioned], others: Mapping[Span, frozenset[int]]
) -> dict[Span, frozenset[int]]:
    """Whom each description of a cluster does not mean: nor do those of the same noun in it."""
    barred: dict[str, frozenset[int]] = {}
    described = [m for m in members if m.form == "nominal"]
    for mention in described:
        barred[mention.head_noun] = barred.get(mention.head_noun, frozenset()) | others.get(
            mention.span, frozenset()
        )
    return {m.span: barred[m.head_noun] for m in described}


def split_owned(cluster: Cluster, text: str) -> list[Cluster]:
    """The cluster without descriptions that hold another of its mentions: "his mother" is not him."""
    cluster.mentions.sort(key=lambda m: place_of(m.span))
    out = [
        m
        for k, m in enumerate(cluster.mentions)
        if m.form == "nominal" and not m.several and _holds_another(m, cluster.mentions[k + 1 :], text)
    ]
    if not out or len(out) == len(cluster.mentions):
        return [cluster]
    cluster.mentions = [m for m in cluster.mentions if m not in out]
    return [cluster, *(Cluster([m], {m.span: "split_owned"}) for m in out)]


def _holds_another(mention: Mentioned, following: Sequence[Mentioned], text: str) -> bool:
    """Whether one of the mentions lies in this one and neither is its head nor set off by a comma."""
    for other in following:
        if other.span.start_char >= mention.span.end_char:
            return False
        inside = other.span.end_char <= mention.span.end_char and not other.span.overlaps(mention.head)
        if inside and not text[mention.span.start_char : other.span.start_char].rstrip().endswith(","):
            return True
    return False


def split_misfits(cluster: Cluster) -> list[Cluster]:
    """The cluster without those whose gender or number speaks against the rest; these as one of their own."""
    cluster.mentions.sort(key=lambda m: place_of(m.span))
    kind, gender, plural = cluster.kind, cluster.gender, cluster.plural
    out = [
        m
        for m in cluster.mentions
        if m.name is None and not m.several and not fits(m, kind, gender=gender, plural=plural)
    ]
    if not out or len(out) == len(cluster.mentions):
        return [cluster]
    cluster.mentions = [m for m in cluster.mentions if m not in out]
    return [cluster, *split_misfits(Cluster(out, {m.span: "split_misfits" for m in out}))]
