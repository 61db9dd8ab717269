"""The heads beside attribution: flat tags of names, times and places; mentions; coreference.

In: the states of words from the one encoder. Out: scores of labels a word, of the first and last
word of each mention, and of pairs of mentions.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.encode.labels import MENTION_KINDS, TAG_LAYERS, tag_labels
from onrecord.extract.coreference import MENTION_FEATURES, PAIR_FEATURES
from train.model import DISTANCES, WIDTH, bucket_distances

TAG_WIDTH, EDGE_WIDTH, MENTION_WIDTH, PAIR_WIDTH = 192, 96, 128, 96
REACH = 5  # words that one tag looks at
FAR = 64  # words between a mention's head and its edges, at most
FORBIDDEN = -1e4


class TagHead(nn.Module):
    """For each word the scores of the labels of every flat layer, and of what it is the head of."""

    def __init__(self, dropout: float = 0.15) -> None:
        super().__init__()
        self.word = nn.Linear(WIDTH, TAG_WIDTH)
        self.near = nn.Conv1d(TAG_WIDTH, TAG_WIDTH, REACH, padding=REACH // 2, groups=TAG_WIDTH)
        self.mix = nn.Linear(TAG_WIDTH, TAG_WIDTH)
        self.norm = nn.LayerNorm(TAG_WIDTH)
        self.dropout = nn.Dropout(dropout)
        self.layers = nn.ModuleDict({n: nn.Linear(TAG_WIDTH, len(tag_labels(n))) for n in TAG_LAYERS})
        self.mention = nn.Linear(TAG_WIDTH, len(MENTION_KINDS))

    def forward(self, states: Tensor, mask: Tensor | None = None) -> dict[str, Tensor]:
        z = F.gelu(self.word(self.dropout(states)))
        if mask is not None:
            z = z * mask[:, :, None]  # padding is nothing, as beyond a window's edge
        z = self.norm(z + self.mix(F.gelu(self.near(z.transpose(1, 2)).transpose(1, 2))))
        z = self.dropout(z)
        return {name: layer(z) for name, layer in self.layers.items()} | {"mention": self.mention(z)}


class EdgeHead(nn.Module):
    """For the head word of each mention, how likely each word of its window is its first, its last."""

    def __init__(self, dropout: float = 0.15) -> None:
        super().__init__()
        self.query = nn.Linear(WIDTH, 2 * EDGE_WIDTH)
        self.key = nn.Linear(WIDTH, 2 * EDGE_WIDTH)
        self.distance = nn.Embedding(DISTANCES, 2)
        self.dropout = nn.Dropout(dropout)
        nn.init.zeros_(self.distance.weight)

    def forward(self, states: Tensor, heads: Tensor) -> tuple[Tensor, Tensor]:
        """`states` (words, width) of one window, `heads` (mentions,): two scores (mentions, words)."""
        states = self.dropout(states)
        query, key = self.query(states[heads]), self.key(states)
        offset = torch.arange(states.shape[0], device=states.device)[None, :] - heads[:, None]
        bias = self.distance(bucket_distances(offset))
        scores = []
        for part in range(2):
            at = slice(part * EDGE_WIDTH, (part + 1) * EDGE_WIDTH)
            score = query[:, at] @ key[:, at].T * EDGE_WIDTH**-0.5 + bias[..., part]
            beyond = (offset > 0) if part == 0 else (offset < 0)
            scores.append(score.masked_fill(beyond | (offset.abs() > FAR), FORBIDDEN))
        return scores[0], scores[1]


class CoreferenceHead(nn.Module):
    """For pairs of mentions, how likely the later one goes back to the earlier."""

    def __init__(self, dropout: float = 0.2) -> None:
        super().__init__()
        self.mention = nn.Linear(3 * WIDTH + MENTION_FEATURES, MENTION_WIDTH)
        self.norm = nn.LayerNorm(MENTION_WIDTH)
        self.later = nn.Linear(MENTION_WIDTH, PAIR_WIDTH)
        self.earlier = nn.Linear(MENTION_WIDTH, PAIR_WIDTH)
        self.product = nn.Linear(MENTION_WIDTH, PAIR_WIDTH)
        self.features = nn.Linear(PAIR_FEATURES, PAIR_WIDTH)
        self.hidden = nn.Linear(PAIR_WIDTH, PAIR_WIDTH)
        self.score = nn.Linear(PAIR_WIDTH, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(
        self, mentions: Tensor, traits: Tensor, later: Tensor, earlier: Tensor, features: Tensor
    ) -> Tensor:
        """`mentions` (mentions, 3 × width): states of head, first and last word; `traits` beside them."""
        z = torch.cat([self.dropout(mentions), traits], dim=1)
        z = self.norm(F.gelu(self.mention(z)))
        pair = self.later(z).index_select(0, later) + self.earlier(z).index_select(0, earlier)
        pair = pair + self.product(z.index_select(0, later) * z.index_select(0, earlier))
        pair = self.dropout(F.gelu(pair + self.features(features)))
        return self.score(F.gelu(self.hidden(pair)))[:, 0]


class Heads(nn.Module):
    """The three together."""

    def __init__(self) -> None:
        super().__init__()
        self.tags = TagHead()
        self.edges = EdgeHead()
        self.coreference = CoreferenceHead()


def antecedent_loss(scores: Tensor, later: Tensor, same: Tensor, count: int) -> Tensor:
    """How unlikely each mention's true antecedents are (or none, where it has none), the mean a mention.

    The marginal likelihood of Lee et al. 2017 (arXiv:1707.07045): any true antecedent is right.
    """
    top = torch.zeros(count, device=scores.device)
    top = top.scatter_reduce(0, later, scores.detach(), "amax").clamp(min=0.0)
    weight = (scores - top[later]).exp()
    none = (-top).exp()
    zero = torch.zeros(count, device=scores.device)
    every = none + zero.scatter_add(0, later, weight)
    right = zero.scatter_add(0, later, weight * same)
    has_one = zero.scatter_add(0, later, same) > 0
    right = torch.where(has_one, right, none)
    return -(right.clamp(min=1e-12).log() - every.log()).mean()


def tag_loss(scores: Tensor, gold: Tensor, mask: Tensor, *, either: Tensor) -> Tensor:
    """Cross entropy of a layer's labels, the mean a word.

    `either` (windows,) marks windows whose segments may be of either of two kinds: the corpus does
    not tell them apart, and the gold label names the first kind.
    """
    log = F.log_softmax(scores, dim=-1)
    loss = -log.gather(2, gold[..., None])[..., 0]
    if bool(either.any()):
        other = torch.where((gold > 0) & either[:, None], gold + 4, gold)
        both = torch.logaddexp(-loss, log.gather(2, other[..., None])[..., 0])
        loss = torch.where((gold > 0) & either[:, None], -both, loss)
    return (loss * mask).sum() / mask.sum()
