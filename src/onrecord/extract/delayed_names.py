"""The name that news keeps back: "The mayor of Beltown said …", and in what follows "Mira Vance said".

In: clusters in the order of the text, the page, its statements. The clusters are changed: rule
`delayed_name`.
"""

from bisect import bisect_right
from collections.abc import Sequence

from onrecord.extract.cluster import Cluster, fits
from onrecord.extract.linking import LONGEST_ROLE_CHARS, role_before
from onrecord.extract.mentioned import Mentioned
from onrecord.extract.page import Page
from onrecord.extract.sources import Places, source_span
from onrecord.language.nouns import kinds_of_noun
from onrecord.record import Span, Statement

LEAD_PARAGRAPHS = 2  # who is described speaks in one of the first, and is named in the next
PARAGRAPHS_BETWEEN = 1


def link_delayed(clusters: Sequence[Cluster], page: Page, statements: Sequence[Statement]) -> None:
    """One described at the head of the article is the next who speaks there by a full name never told before.

    Somebody new would be described: a name without any word of who it is tells that this was said.
    """
    sources = [s for s in (source_span(st, page.text) for st in statements) if s is not None]
    speaking = frozenset(sources)
    home = next((c for c in clusters if _is_lead(c, page, speaking)), None)
    if home is None:
        return
    lead = home.mentions[0].span
    speakers = [c for c in clusters if c.is_named and c.kind == "person" and c.mentions[0].span in speaking]
    named = next((c for c in speakers if c.mentions[0].span > lead), None)
    if named is None or not _is_bare(named.mentions[0], page.text):
        return
    if _paragraph(page, named.mentions[0].span) - _paragraph(page, lead) > PARAGRAPHS_BETWEEN:
        return
    if _says_name(home, named, page, statements):
        return
    if all(fits(m, "person", gender=named.gender, plural=False) for m in home.mentions):
        named.absorb(home, "delayed_name")


def _is_lead(cluster: Cluster, page: Page, speaking: frozenset[Span]) -> bool:
    """Whether a cluster is one nameless person, described once for all at the head, who speaks there."""
    if not cluster.mentions or cluster.is_named or cluster.kind != "person" or cluster.plural:
        return False
    first = cluster.mentions[0]
    described = first.form == "nominal" and first.definite and not first.quoted
    return described and first.span in speaking and _paragraph(page, first.span) < LEAD_PARAGRAPHS


def _is_bare(mention: Mentioned, text: str) -> bool:
    """Whether it is a full name with nothing that says who that is."""
    name = mention.name
    if name is None or len(name.words) < 2 or mention.span != mention.name_span:
        return False
    before = text[max(mention.span.start_char - LONGEST_ROLE_CHARS, 0) : mention.span.start_char].split()
    if before and "person" in kinds_of_noun(before[-1].lower()):
        return False
    return role_before(text, mention) is None and not text.startswith(",", mention.span.end_char)


def _says_name(home: Cluster, named: Cluster, page: Page, statements: Sequence[Statement]) -> bool:
    """Whether the one described says the name: then it is another's."""
    own = {m.span for m in home.mentions}
    names = Places(m.span for m in named.named)
    return any(
        source_span(st, page.text) in own and any(names.inside(content) for content in st.content)
        for st in statements
    )


def _paragraph(page: Page, span: Span) -> int:
    return bisect_right(page.paragraphs, (span.start_char, len(page.text))) - 1
