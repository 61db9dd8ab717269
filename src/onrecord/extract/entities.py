"""Entities: who and what an article names, made of the clusters that the model and the rules give.

In: a page and what the heads found in it. Out: entities in the order of the text, none of which shares
a mention with another. Pronouns that lead nowhere, things and nameless places make none.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from onrecord.extract.cluster import Cluster
from onrecord.extract.clusters import make_clusters
from onrecord.extract.descriptions import count_of, describe_entity
from onrecord.extract.found import Found
from onrecord.extract.mending import mend_found
from onrecord.extract.mentioned import Mentioned
from onrecord.extract.page import Page
from onrecord.extract.sources import cover_sources
from onrecord.language.hops import rules_for
from onrecord.language.phrases import without_clause
from onrecord.record import Entity, EntityKind, Mention, Origin, Span, Statement, entity_id_of

RULES_VERSION = "1"
KINDS_WITHOUT_NAME: frozenset[EntityKind] = frozenset(
    {"person", "group", "organisation", "outlet", "document"}
)
WITHHELD = re.compile(r"anonym|unnamed|\b(?:named|identified|identity|identities|authori[sz]ed)\b")


def make_entities(
    article_id: str,
    page: Page,
    found: Found,
    *,
    statements: Sequence[Statement] = (),
    model_version: str = "1",
) -> tuple[Entity, ...]:
    """The entities of an article; sources of its statements that the model found no mention for count as one.

    Their ids are final only when `resolve_speakers` has given them the mentions that it finds.
    """
    found = cover_sources(mend_found(page, found), statements, page)
    clusters = [c for c in make_clusters(page, found, statements) if is_somebody(c)]
    withheld = dict(_withheld(clusters, page))
    made = (
        _entity_of(article_id, cluster, page.text, withheld.get(k), model_version)
        for k, cluster in enumerate(clusters)
    )
    return tuple(sorted(made, key=lambda entity: order_of(entity.mentions[0].span)))


def order_of(span: Span) -> tuple[int, int]:
    """Where a mention stands: by its beginning, the longer first."""
    return span.start_char, -span.end_char


def is_somebody(cluster: Cluster) -> bool:
    """Whether a cluster makes an entity: it has a name, or describes people, bodies or documents."""
    if cluster.is_named:
        return cluster.kind != "other"
    return any(m.form == "nominal" for m in cluster.mentions) and cluster.kind in KINDS_WITHOUT_NAME


def _entity_of(
    article_id: str, cluster: Cluster, text: str, withheld: Span | None, model_version: str
) -> Entity:
    name = name_of(cluster, text)
    plural = cluster.plural
    mentions = tuple(_mention(m, cluster.rules.get(m.span), text, model_version) for m in cluster.mentions)
    joined = next((m for m in cluster.mentions if m.several), None)
    rules = tuple(sorted(set(cluster.rules.values())))
    return Entity(
        entity_id=entity_id_of(article_id, (m.span for m in mentions)),
        article_id=article_id,
        kind=_kind_of(cluster, plural),
        name=" ".join(name.of(text).split()),
        name_span=name,
        named=cluster.is_named or (joined is not None and joined.names > 1),
        mentions=mentions,
        descriptions=tuple(d for d in describe_entity(cluster, text) if d.span != name),
        plural=plural,
        count=joined.names if joined is not None and joined.names > 1 else count_of(cluster, text),
        anonymous=None if cluster.is_named else withheld,
        origin=Origin(kind="model", name="coreference", version=model_version, rules=rules),
    )


def name_of(cluster: Cluster, text: str) -> Span:
    """Where the fullest proper name stands, or the fullest description where there is none."""
    named = [m for m in cluster.mentions if m.name is not None and m.name_span is not None]
    if named:
        fullest = max(
            named,
            key=lambda m: (
                len(m.name.words) if m.name else 0,
                len(m.name_span.of(text)) if m.name_span else 0,
            ),
        )
        return fullest.name_span or fullest.span
    joined = [m for m in cluster.mentions if m.several]
    if joined:
        return joined[0].span
    described = [m for m in cluster.mentions if m.form == "nominal"] or cluster.mentions
    forms = [without_clause(text, m.span, m.head) for m in described]
    return max(forms, key=lambda span: len(span.of(text).split()))


def _kind_of(cluster: Cluster, plural: bool | None) -> EntityKind:
    kind = cluster.kind
    return "group" if kind == "person" and plural else kind


def _mention(mention: Mentioned, rule: str | None, text: str, model_version: str) -> Mention:
    """The public mention; its origin's rules say what brought it to its entity, none where the model did."""
    source = "mentions" if mention.found else "names"
    origin = Origin(kind="model", name=source, version=model_version, rules=(rule,) if rule else ())
    return Mention(text=mention.span.of(text), span=mention.span, form=mention.form, origin=origin)


def _withheld(clusters: Sequence[Cluster], page: Page) -> Iterator[tuple[int, Span]]:
    """Which nameless people the article withholds the name of, and where it says so.

    It is said of the last described person or people before it in the sentence.
    """
    if WITHHELD.search(page.text) is None:
        return
    people = [
        (m.span.start_char, k)
        for k, cluster in enumerate(clusters)
        if not cluster.is_named and cluster.kind in ("person", "group")
        for m in cluster.mentions
        if not m.quoted
    ]
    for span in withheld_spans(page):
        sentence = page.sentence_around(span.start_char, span.end_char)
        before = [(at, k) for at, k in people if sentence.start_char <= at < span.start_char]
        if before:
            yield max(before)[1], span


def withheld_spans(page: Page) -> Iterable[Span]:
    """Where the article says that somebody is not to be named: "on condition of anonymity"."""
    done: set[Span] = set()
    for match in WITHHELD.finditer(page.text):
        if not any(low <= match.start() < high for low, high in page.paragraphs):
            continue
        sentence = page.sentence_around(match.start(), match.end())
        if sentence in done:
            continue
        done.add(sentence)
        for rule in rules_for(sentence.of(page.text)):
            if rule.kind == "anonymous":
                yield from (name for _, name in rule.find(page.text, sentence))
