"""Quotations put together from several places: the fewest stretches of quoted words that make one up.

In: a claim's words and the articles at hand. Out: pieces in the order of the draft, or none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from onrecord.record.query import Hit
from onrecord.verifier.held import HeldArticle
from onrecord.verifier.runs import Run, find_runs, weigh
from onrecord.verifier.wanted import Wanted

MOST_PIECES = 5
# Fewer or lighter words than these agree by chance.
SHORTEST_PIECE = 3
LIGHTEST_PIECE = 1.8
# An alteration that changes no more words than this for each seam explains the draft better.
WORDS_A_SEAM = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the draft, and the quoted words of an article that they are."""

    article: HeldArticle
    run: Run

    @property
    def hit(self) -> Hit | None:
        """The statement that they stand in."""
        return self.article.statement_of(range(self.run.held, self.run.held_end))


def find_pieces(wanted: Wanted, articles: Sequence[HeldArticle]) -> list[Piece]:
    """The pieces that a quotation is made of, empty where it cannot be wholly made of any."""
    offered = _offer(wanted, articles)
    pieces, at = list[Piece](), 0
    while at < len(wanted):
        piece = _farthest(wanted, offered, at, pieces[-1] if pieces else None)
        if piece is None or len(pieces) == MOST_PIECES:
            return []
        pieces.append(piece)
        at = piece.run.draft_end
    return pieces if len(pieces) > 1 else []


def _offer(wanted: Wanted, articles: Sequence[HeldArticle]) -> list[Piece]:
    """The stretches that are long enough and wholly quoted."""
    return [
        Piece(article, part)
        for article in articles
        for run in find_runs(wanted.keys, article)
        if run.length >= SHORTEST_PIECE
        for part in _quoted_parts(article, run)
        if part.length >= SHORTEST_PIECE and weigh(wanted.keys, part) >= LIGHTEST_PIECE
    ]


def _quoted_parts(article: HeldArticle, run: Run) -> list[Run]:
    """The run, cut where it leaves a quotation."""
    parts = list[Run]()
    for k in range(run.length):
        number = article.quotation[run.held + k]
        if number >= 0 and parts and parts[-1].held_end == run.held + k and _same(article, run.held + k):
            parts[-1] = parts[-1]._replace(length=parts[-1].length + 1)
        elif number >= 0:
            parts.append(Run(run.draft + k, run.held + k, 1))
    return parts


def _same(article: HeldArticle, k: int) -> bool:
    return article.quotation[k - 1] == article.quotation[k]


def _farthest(wanted: Wanted, offered: Sequence[Piece], at: int, last: Piece | None) -> Piece | None:
    """The stretch over a word that reaches farthest, of the article of the last piece where it can be."""
    fitting = [p for p in offered if p.run.draft <= at < p.run.draft_end]
    if not fitting:
        return None
    return min(fitting, key=lambda p: _order(p, last))


def _order(piece: Piece, last: Piece | None) -> tuple[int, bool, str, str, int]:
    passage = piece.article.passage
    elsewhere = last is not None and last.article is not piece.article
    return -piece.run.draft_end, elsewhere, passage.published or "9", passage.article_id, piece.run.held


def explains_better(pieces: Sequence[Piece], words_changed: int) -> bool:
    """Whether the draft is rather put together than altered in so many words."""
    return len(pieces) > 1 and words_changed > WORDS_A_SEAM * (len(pieces) - 1)
