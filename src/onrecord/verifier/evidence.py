"""Evidence of a verdict: places of held articles, with the words around and the statement that they stand in.

In: an article, words of it, their statement. Out: `Evidence`.
"""

from collections.abc import Iterable, Sequence

from onrecord.record import Span
from onrecord.record.query import Hit
from onrecord.verifier.findings import Finding
from onrecord.verifier.held import HeldArticle
from onrecord.verifier.verdict import Evidence

CONTEXT_CHARS = 120
# Places that are shown of the same words.
MOST_EVIDENCE = 12


def show_finding(finding: Finding) -> Evidence:
    """The place of a finding."""
    return show_words(finding.article, finding.alignment.held_words, finding.hit)


def show_hit(article: HeldArticle, hit: Hit) -> Evidence:
    """The place of a statement."""
    words = [k for low, high in article.words_of(hit) for k in range(low, high)]
    return show_words(article, words, hit) if words else show_spans(article, hit.content_spans, hit)


def show_words(article: HeldArticle, words: Iterable[int], hit: Hit | None) -> Evidence:
    """Words of an article by number; neighbours make one span."""
    bounds, last = list[tuple[int, int]](), -2
    for k in sorted(set(words)):
        start, end = article.tokens.bounds(k, k + 1)
        if k == last + 1:
            bounds[-1] = (min(start, bounds[-1][0]), max(end, bounds[-1][1]))
        else:
            bounds.append((start, end))
        last = k
    return show_spans(article, [Span(start_char=s, end_char=e) for s, e in bounds], hit)


def show_spans(article: HeldArticle, spans: Sequence[Span], hit: Hit | None) -> Evidence:
    """Stretches of an article, with what stands around them."""
    passage, text = article.passage, article.text
    start, end = min(s.start_char for s in spans), max(s.end_char for s in spans)
    return Evidence(
        article_id=passage.article_id,
        capture_sha256=passage.capture_sha256,
        spans=tuple(spans),
        words=tuple(span.of(text) for span in spans),
        before=_last_words(text[max(0, start - CONTEXT_CHARS) : start], whole=start <= CONTEXT_CHARS),
        after=_first_words(text[end : end + CONTEXT_CHARS], whole=end + CONTEXT_CHARS >= len(text)),
        statement_id=hit.statement_id if hit else None,
        speaker=hit.speaker if hit else None,
        person_id=hit.person_id if hit else None,
        form=hit.form if hit else None,
        outlet=passage.outlet,
        title=passage.title,
        url=passage.url,
        link=hit.link if hit else None,
        published=passage.published,
    )


def _last_words(words: str, *, whole: bool) -> str:
    """The words without the one that the cut ran through."""
    return words if whole or " " not in words else words.split(" ", 1)[1]


def _first_words(words: str, *, whole: bool) -> str:
    return words if whole or " " not in words else words.rsplit(" ", 1)[0]
