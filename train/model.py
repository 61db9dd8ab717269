"""The network: one small encoder, and the attribution head on it.

In: word pieces with shapes, quotation places and breaks. Out: a state a word, the
probability that a word belongs to a cue, and for each cue a score a word and label.
"""

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.encode.labels import LABELS, may_end, may_follow, may_start
from onrecord.encode.words import BREAKS, QUOTES, SHAPES

WIDTH, HEADS, DEEP, LAYERS, POSITIONS, PIECES = 384, 12, 1536, 6, 512, 30522
HEAD_WIDTH = 192
NEAR, DISTANCES = 24, 64  # word distances told apart singly, and all buckets of them
FORBIDDEN = -1e4


class Layer(nn.Module):
    """One transformer layer, normalised after each half as BERT does."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = nn.Linear(WIDTH, 3 * WIDTH)
        self.out = nn.Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = nn.Linear(WIDTH, DEEP)
        self.down = nn.Linear(DEEP, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor | None) -> Tensor:
        q, k, v = self.qkv(x).chunk(3, dim=2)
        x = self.norm1(x + self.dropout(self.out(self.attend(q, k, v, bias))))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))

    def attend(self, q: Tensor, k: Tensor, v: Tensor, bias: Tensor | None) -> Tensor:
        """Attention of all heads over (batch, length, width); the export puts one node here."""
        split = [x.unflatten(2, (HEADS, WIDTH // HEADS)).transpose(1, 2) for x in (q, k, v)]
        return F.scaled_dot_product_attention(*split, attn_mask=bias).transpose(1, 2).flatten(2)


class Encoder(nn.Module):
    """Word pieces in, one state a word out (the state of the word's first piece)."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.piece = nn.Embedding(PIECES, WIDTH)
        self.position = nn.Embedding(POSITIONS, WIDTH)
        self.kind = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.shape = nn.Embedding(SHAPES, WIDTH)
        self.quote = nn.Embedding(QUOTES, WIDTH)
        self.line_break = nn.Embedding(BREAKS, WIDTH)
        for extra in (self.shape, self.quote, self.line_break):
            nn.init.zeros_(extra.weight)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.cue = nn.Linear(WIDTH, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(
        self,
        pieces: Tensor,
        shape: Tensor,
        quote: Tensor,
        line_break: Tensor,
        first: Tensor,
        mask: Tensor | None = None,
    ) -> tuple[Tensor, Tensor]:
        positions = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.norm(self.piece(pieces) + self.position(positions) + self.kind)
        x = self.dropout(x + self.shape(shape) + self.quote(quote) + self.line_break(line_break))
        bias = None if mask is None else (1.0 - mask[:, None, None, :]) * FORBIDDEN
        for layer in self.layers:
            x = layer(x, bias)
        states = torch.gather(x, 1, first[:, :, None].expand(-1, -1, WIDTH))
        return states, self.cue(states)[..., 0]


def bucket_distances(offset: Tensor) -> Tensor:
    """The bucket of a signed distance in words: single up to NEAR, then by its logarithm."""
    far = torch.log2((offset.abs().clamp(min=NEAR).float()) / NEAR) * 2
    size = torch.where(offset.abs() < NEAR, offset.abs(), NEAR + far.long()).clamp(max=DISTANCES // 2 - 1)
    return torch.where(offset < 0, size, size + DISTANCES // 2)


class Mixer(nn.Module):
    """Lets the words near each other agree on one cue's labels: a depthwise convolution."""

    def __init__(self, reach: int) -> None:
        super().__init__()
        self.near = nn.Conv1d(HEAD_WIDTH, HEAD_WIDTH, 7, padding=3 * reach, dilation=reach, groups=HEAD_WIDTH)
        self.mix = nn.Linear(HEAD_WIDTH, HEAD_WIDTH)
        self.norm = nn.LayerNorm(HEAD_WIDTH)

    def forward(self, z: Tensor) -> Tensor:
        return self.norm(z + self.mix(F.gelu(self.near(z.transpose(1, 2)).transpose(1, 2))))


class AttributionHead(nn.Module):
    """For each cue, a score for each label of each word of its window."""

    def __init__(self, dropout: float = 0.15) -> None:
        super().__init__()
        self.word = nn.Linear(WIDTH, HEAD_WIDTH)
        self.anchor = nn.Linear(WIDTH, HEAD_WIDTH)
        self.key = nn.Linear(WIDTH, HEAD_WIDTH)
        self.match = nn.Linear(HEAD_WIDTH, HEAD_WIDTH)
        self.distance = nn.Embedding(DISTANCES, HEAD_WIDTH)
        self.norm = nn.LayerNorm(HEAD_WIDTH)
        self.mixers = nn.ModuleList(Mixer(reach) for reach in (1, 3))
        self.label = nn.Linear(HEAD_WIDTH, len(LABELS))
        self.dropout = nn.Dropout(dropout)
        nn.init.normal_(self.distance.weight, std=0.02)

    def forward(self, states: Tensor, window: Tensor, anchor: Tensor) -> Tensor:
        states = self.dropout(states)
        words = self.word(states)[window]
        keys = self.key(states)[window]
        cue = states[window, anchor]
        offset = torch.arange(states.shape[1], device=states.device)[None, :] - anchor[:, None]
        z = words + self.anchor(cue)[:, None] + self.match(keys * self.key(cue)[:, None])
        z = self.norm(F.gelu(z + self.distance(bucket_distances(offset))))
        for mixer in self.mixers:
            z = mixer(z)
        return self.label(z)


class Transitions(nn.Module):
    """A linear-chain CRF over the labels of one cue: how well each label follows another."""

    def __init__(self) -> None:
        super().__init__()
        n = range(len(LABELS))
        self.scores = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        allowed = torch.tensor([[may_follow(a, b) for b in n] for a in n])
        self.register_buffer("allowed", allowed)
        self.register_buffer("start", torch.tensor([0.0 if may_start(a) else FORBIDDEN for a in n]))
        self.register_buffer("end", torch.tensor([0.0 if may_end(a) else FORBIDDEN for a in n]))

    def table(self) -> Tensor:
        """The score of each transition, forbidden ones far below."""
        return self.scores.masked_fill(~self.allowed, FORBIDDEN)

    def loss(self, emission: Tensor, gold: Tensor, mask: Tensor) -> Tensor:
        """Negative log likelihood of the gold labels, one figure a cue."""
        table = self.table()
        taken = emission.gather(2, gold[:, :, None])[..., 0] * mask
        moved = table[gold[:, :-1], gold[:, 1:]] * mask[:, 1:]
        score = taken.sum(1) + moved.sum(1)
        step = table.exp()
        top = emission.max(2, keepdim=True).values
        weight = (emission - top).exp()
        alpha = weight[:, 0] * self.start.exp()
        total = alpha.sum(1, keepdim=True)
        log_z = total.log()[:, 0] + top[:, 0, 0]
        alpha = alpha / total
        for k in range(1, emission.shape[1]):
            on = mask[:, k : k + 1]
            grown = (alpha @ step) * weight[:, k]
            total = grown.sum(1, keepdim=True).clamp(min=1e-30)
            log_z = log_z + on[:, 0] * (total.log()[:, 0] + top[:, k, 0])
            alpha = torch.where(on > 0, grown / total, alpha)
        log_z = log_z + (alpha * self.end.exp()).sum(1).clamp(min=1e-30).log()
        return log_z - score


class Network(nn.Module):
    """Encoder, attribution head, transitions, and a flat tagger that only helps training."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.head = AttributionHead()
        self.transitions = Transitions()
        self.flat = nn.Linear(WIDTH, 2)  # word is in some source; in some content

    def load_base(self, tensors: dict[str, Tensor]) -> None:
        """Takes over the weights of a BERT of this size, by the names it is published with."""
        e, get = self.encoder, lambda name: tensors[name]
        e.piece.weight.data = get("embeddings.word_embeddings.weight").clone()
        e.position.weight.data = get("embeddings.position_embeddings.weight").clone()
        e.kind.data = get("embeddings.token_type_embeddings.weight")[0].clone()
        _load(e.norm, tensors, "embeddings.LayerNorm")
        for i, layer in enumerate(e.layers):
            at = f"encoder.layer.{i}"
            for part in ("weight", "bias"):
                parts = [get(f"{at}.attention.self.{q}.{part}") for q in ("query", "key", "value")]
                setattr(layer.qkv, part, nn.Parameter(torch.cat(parts)))
            _load(layer.out, tensors, f"{at}.attention.output.dense")
            _load(layer.norm1, tensors, f"{at}.attention.output.LayerNorm")
            _load(layer.up, tensors, f"{at}.intermediate.dense")
            _load(layer.down, tensors, f"{at}.output.dense")
            _load(layer.norm2, tensors, f"{at}.output.LayerNorm")


def _load(module: nn.Linear | nn.LayerNorm, tensors: dict[str, Tensor], name: str) -> None:
    module.weight.data = tensors[f"{name}.weight"].clone()
    module.bias.data = tensors[f"{name}.bias"].clone()
