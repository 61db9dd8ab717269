"""Writes trained weights as the ONNX files and the manifest that the package reads.

python -m train.export --weights runs/joint/weights.pt --to src/onrecord/encode/model
"""

import argparse
import copy
import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.transformers.optimizer import optimize_model
from torch import Tensor, nn

from onrecord.encode.labels import LABELS, MENTION_KINDS, TAG_LAYERS, may_end, may_start, tag_labels
from onrecord.extract.coreference import MENTION_FEATURES, PAIR_FEATURES
from train.attribution import base_files
from train.heads import Heads, TagHead
from train.joint import Joint
from train.model import HEADS, WIDTH, Network

OPSET = 17
INPUTS = ["pieces", "shape", "quote", "line_break", "first"]
LAYERS = [*TAG_LAYERS, "mention"]  # the outputs of the head of tags, in this order
FILES = (
    "encoder.onnx", "attribution.onnx", "tags.onnx", "edges.onnx", "coreference.onnx", "vocabulary.txt",
)  # fmt: skip
MEANING = "meaning.npy"  # written by `train.meaning` for one encoder, when that is there


class FusedAttention(torch.autograd.Function):
    """Attention as one node of ONNX Runtime's own, in place of a dozen."""

    @staticmethod
    def forward(ctx, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
        return torch.zeros_like(q)  # only traced, never used

    @staticmethod
    def symbolic(graph, q, k, v):
        node = graph.op("com.microsoft::MultiHeadAttention", q, k, v, num_heads_i=HEADS)
        return node.setType(q.type())


class ByteRows(nn.Module):
    """An embedding of eight-bit rows, each with a scale of its own: finer than one scale for all."""

    def __init__(self, weight: Tensor) -> None:
        super().__init__()
        scale = weight.abs().amax(1, keepdim=True).clamp(min=1e-8) / 127
        self.register_buffer("rows", (weight / scale).round().to(torch.int8))
        self.register_buffer("scale", scale)

    def forward(self, ids: Tensor) -> Tensor:
        return self.rows[ids].float() * self.scale[ids]


class PlainNorm(nn.Module):
    """Layer normalisation out of sums and products.

    ONNX Runtime computes its own LayerNormalization one number at a time: 13 % of the encoder's
    time in windows of 128, measured on a processor with AVX2. These are vectorised.
    """

    def __init__(self, norm: nn.LayerNorm) -> None:
        super().__init__()
        self.weight, self.bias, self.eps = norm.weight, norm.bias, norm.eps

    def forward(self, x: Tensor) -> Tensor:
        centred = x - x.sum(-1, keepdim=True) * (1 / WIDTH)
        spread = (centred * centred).sum(-1, keepdim=True) * (1 / WIDTH)
        return centred * torch.rsqrt(spread + self.eps) * self.weight + self.bias


class SingleWindow(nn.Module):
    """The attribution head for the words of one window: no batch, so no padding."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.head = network.head

    def forward(self, states: Tensor, anchor: Tensor) -> Tensor:
        return self.head(states[None], torch.zeros_like(anchor), anchor)


class SingleTags(nn.Module):
    """The head of tags for the words of one window."""

    def __init__(self, head: TagHead) -> None:
        super().__init__()
        self.head = head

    def forward(self, states: Tensor) -> tuple[Tensor, ...]:
        found = self.head(states[None])
        return tuple(found[name][0] for name in LAYERS)


def export_encoder(network: Network, path: Path, *, byte_rows: bool = False) -> None:
    """The encoder in float32, its attention fused, its word embeddings in eight bits if asked for."""
    length, count = 40, 30
    row = torch.zeros(1, length, dtype=torch.int64)
    example = (row, row, row, row, torch.arange(count)[None])
    axes = {name: {1: "length"} for name in INPUTS[:-1]} | {"first": {1: "words"}}
    axes |= {"states": {1: "words"}, "cue": {1: "words"}}
    encoder = copy.deepcopy(network.encoder)
    encoder.norm = PlainNorm(encoder.norm)
    if byte_rows:
        encoder.piece = ByteRows(encoder.piece.weight.data)
    for layer in encoder.layers:
        layer.attend = lambda q, k, v, bias: FusedAttention.apply(q, k, v)
        layer.norm1, layer.norm2 = PlainNorm(layer.norm1), PlainNorm(layer.norm2)
    torch.onnx.export(
        encoder, example, str(path), dynamo=False, opset_version=OPSET,
        input_names=INPUTS, output_names=["states", "cue"], dynamic_axes=axes,
    )  # fmt: skip
    fused = optimize_model(str(path), model_type="bert", num_heads=HEADS, hidden_size=WIDTH, opt_level=0)
    fused.save_model_to_file(str(path))


def export_head(network: Network, path: Path) -> None:
    """The attribution head, float32: it is small."""
    example = (torch.zeros(30, WIDTH), torch.tensor([3, 7]))
    axes = {"states": {0: "words"}, "anchor": {0: "cues"}, "scores": {0: "cues", 1: "words"}}
    torch.onnx.export(
        SingleWindow(network), example, str(path), dynamo=False, opset_version=OPSET,
        input_names=["states", "anchor"], output_names=["scores"], dynamic_axes=axes,
    )  # fmt: skip


def export_heads(heads: Heads, folder: Path) -> None:
    """The heads of tags, of mentions' edges and of coreference, float32."""
    states, numbers = torch.zeros(30, WIDTH), torch.tensor([3, 7])
    torch.onnx.export(
        SingleTags(heads.tags), (states,), str(folder / "tags.onnx"), dynamo=False, opset_version=OPSET,
        input_names=["states"], output_names=LAYERS,
        dynamic_axes={name: {0: "words"} for name in ("states", *LAYERS)},
    )  # fmt: skip
    axes = {"states": {0: "words"}, "heads": {0: "mentions"}}
    axes |= {name: {0: "mentions", 1: "words"} for name in ("starts", "ends")}
    torch.onnx.export(
        heads.edges, (states, numbers), str(folder / "edges.onnx"), dynamo=False, opset_version=OPSET,
        input_names=["states", "heads"], output_names=["starts", "ends"], dynamic_axes=axes,
    )  # fmt: skip
    names = ["mentions", "traits", "later", "earlier", "features"]
    example = (
        torch.zeros(8, 3 * WIDTH), torch.zeros(8, MENTION_FEATURES), numbers, numbers - 1,
        torch.zeros(2, PAIR_FEATURES),
    )  # fmt: skip
    axes = {name: {0: "mentions" if name in ("mentions", "traits") else "pairs"} for name in names}
    torch.onnx.export(
        heads.coreference, example, str(folder / "coreference.onnx"), dynamo=False, opset_version=OPSET,
        input_names=names, output_names=["scores"], dynamic_axes=axes | {"scores": {0: "pairs"}},
    )  # fmt: skip


def quantise(source: Path, target: Path) -> None:
    """The same graph with eight-bit weights.

    One bit of the range is left free: processors without VNNI add two products in 16 bits and
    would clip them.
    """
    quantize_dynamic(
        source, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8,
        op_types_to_quantize=["MatMul"],
        extra_options={"DefaultTensorType": onnx.TensorProto.FLOAT},
    )  # fmt: skip


def transition_table(network: Network) -> list[list[float]]:
    """Label to label scores; the two last rows say what a window may start and end with."""
    table = network.transitions.table().detach().tolist()
    start = [0.0 if may_start(k) else -1e4 for k in range(len(LABELS))]
    end = [0.0 if may_end(k) else -1e4 for k in range(len(LABELS))]
    return [[round(x, 5) for x in row] for row in [*table, start, end]]


def describe(folder: Path, version: str, facts: dict) -> dict:
    """The manifest of the files in a folder."""
    entries = {
        name: {
            "size_bytes": (folder / name).stat().st_size,
            "sha256": hashlib.sha256((folder / name).read_bytes()).hexdigest(),
        }
        for name in (*FILES, MEANING)
        if (folder / name).exists()
    }
    layers = {name: list(tag_labels(name)) for name in TAG_LAYERS} | {"mention": list(MENTION_KINDS)}
    return {"version": version, "labels": list(LABELS), "layers": layers, **facts, "files": entries}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--weights", type=Path, required=True)
    parser.add_argument("--to", type=Path, required=True, help="folder to write")
    parser.add_argument("--version", default="joint-1")
    parser.add_argument("--float32", action="store_true", help="do not quantise, to compare with")
    args = parser.parse_args()
    model = Joint()
    model.load_state_dict(torch.load(args.weights, weights_only=True))
    model.eval()
    network = model.network
    args.to.mkdir(parents=True, exist_ok=True)
    (args.to / MEANING).unlink(missing_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "encoder.onnx"
        export_encoder(network, plain, byte_rows=not args.float32)
        if args.float32:
            shutil.copy(plain, args.to / "encoder.onnx")
        else:
            quantise(plain, args.to / "encoder.onnx")
    export_head(network, args.to / "attribution.onnx")
    export_heads(model.heads, args.to)
    for name in FILES[:-1]:
        onnx.checker.check_model(str(args.to / name))
    shutil.copy(base_files() / "vocab.txt", args.to / "vocabulary.txt")
    facts = {"transitions": transition_table(network), "precision": "float32" if args.float32 else "int8"}
    manifest = describe(args.to, args.version, facts)
    (args.to / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    total = sum(f["size_bytes"] for f in manifest["files"].values())
    print(f"Wrote {args.to}: {total / 1e6:.1f} MB, {manifest['precision']}. Next: train.meaning.")


if __name__ == "__main__":
    main()
