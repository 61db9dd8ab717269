"""Outlets that a hop names: "according to Lumen" is one, whatever the model takes the name for.

In: clusters and the statements with their chains. The clusters are changed: rule `outlet_of_hop`.
"""

from collections.abc import Sequence
from dataclasses import replace

from onrecord.extract.cluster import Cluster
from onrecord.language.nouns import kinds_of_noun
from onrecord.record import HopKind, Statement

# Not "told": "telling Orr" is as often somebody as an outlet.
NAMING_HOPS: frozenset[HopKind] = frozenset({"according_to", "quoted_by", "agency"})


def mark_outlets(clusters: Sequence[Cluster], statements: Sequence[Statement]) -> None:
    """Who is named by one word as the way of a statement, with nothing human about it, is an outlet."""
    hops = {hop.span for st in statements for hop in st.chain if hop.kind in NAMING_HOPS}
    for cluster in clusters if hops else ():
        named = next((m for m in cluster.named if m.name_span in hops), None)
        if named is None or cluster.kind != "person" or is_human(cluster):
            continue
        cluster.mentions = [replace(m, kind="outlet") if m.name else m for m in cluster.mentions]
        cluster.rules[named.span] = "outlet_of_hop"


def is_human(cluster: Cluster) -> bool:
    """Whether anything tells of a person: a first name, a title or role, he or she, a noun of people."""
    for mention in cluster.mentions:
        if mention.gender in ("m", "f") or "person" in kinds_of_noun(mention.head_noun):
            return True
        if mention.pronoun is not None and mention.pronoun.person < 3:
            return True
        if mention.name is not None and (len(mention.name.words) > 1 or mention.span != mention.name_span):
            return True
    return False
