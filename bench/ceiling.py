"""The encoder beside the most that its arithmetic could do: multiply-adds a second, both ways.

The ceiling is the rate of the encoder's own largest product alone, repeated: eight-bit
integers, on one core, as ONNX Runtime computes them.
"""

import time
from collections.abc import Callable

import numpy as np
import onnxruntime

from onrecord.encode.encoder import WINDOW_PIECES, Encoder
from onrecord.encode.words import Words

WIDTH, DEEP, LAYERS = 384, 1536, 6
SECONDS = 2.0


def multiply_adds(pieces: int) -> int:
    """Multiply-adds of the encoder over one window of this many word pieces."""
    dense = LAYERS * (4 * WIDTH * WIDTH + 2 * WIDTH * DEEP)
    return pieces * (dense + LAYERS * 2 * pieces * WIDTH)


def rate_of(call: Callable[[], object]) -> float:
    """Calls a second."""
    call()
    count, began = 0, time.process_time()
    while time.process_time() - began < SECONDS:
        call()
        count += 1
    return count / (time.process_time() - began)


def encoder_rates(encoder: Encoder) -> dict[str, float]:
    """Word pieces a second in full windows, and giga multiply-adds a second beside the ceiling."""
    words = _full_window(encoder)
    rate = rate_of(lambda: list(encoder.read(words)))
    pieces = len(words.piece_ids) + 2
    figures = {
        "encoder, word pieces a second, one core": round(rate * pieces),
        "encoder, giga multiply-adds a second": round(rate * multiply_adds(pieces) / 1e9, 1),
    }
    ceiling = _product_rate(pieces)
    if ceiling is not None:
        figures["one integer product alone, giga multiply-adds a second"] = round(ceiling, 1)
    return figures


def _full_window(encoder: Encoder) -> Words:
    text = "said " * (WINDOW_PIECES - 2)
    return encoder.cut(text, [(0, len(text))], [])


def _product_rate(rows: int) -> float | None:
    """Giga multiply-adds a second of one eight-bit product; None without the training extra."""
    try:
        from onnx import TensorProto, helper, numpy_helper
    except ImportError:
        return None
    weight = numpy_helper.from_array(np.ones((WIDTH, DEEP), np.int8), "w")
    graph = helper.make_graph(
        [helper.make_node("MatMulInteger", ["x", "w"], ["y"])],
        "product",
        [helper.make_tensor_value_info("x", TensorProto.UINT8, [rows, WIDTH])],
        [helper.make_tensor_value_info("y", TensorProto.INT32, [rows, DEEP])],
        [weight],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        model.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    x = np.ones((rows, WIDTH), np.uint8)
    return rate_of(lambda: session.run(None, {"x": x})) * rows * WIDTH * DEEP / 1e9
