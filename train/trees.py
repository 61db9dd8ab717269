"""Boosted trees as an ONNX graph: LightGBM models in, one graph with a chance for each out.

Only what onrecord's models use: numerical splits without missing values, one sigmoid a model.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper

ML_OPSET, OPSET = 3, 17


def export_trees(models: Sequence[Any], width: int) -> onnx.ModelProto:
    """The graph of some models over the same `width` numbers: rows in, a column of chances for each."""
    columns: dict[str, list[Any]] = {}
    tree_id = 0
    for target, model in enumerate(models):
        for tree in model.dump_model()["tree_info"]:
            for node in _iter_nodes(tree["tree_structure"]):
                _add_node(columns, node, tree_id, target)
            tree_id += 1
    ensemble = helper.make_node(
        "TreeEnsembleRegressor", ["rows"], ["sums"], domain="ai.onnx.ml", n_targets=len(models),
        aggregate_function="SUM", post_transform="NONE", **columns,
    )  # fmt: skip
    graph = helper.make_graph(
        [ensemble, helper.make_node("Sigmoid", ["sums"], ["chances"])],
        "blocks",
        [helper.make_tensor_value_info("rows", TensorProto.FLOAT, ["blocks", width])],
        [helper.make_tensor_value_info("chances", TensorProto.FLOAT, ["blocks", len(models)])],
    )
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid("ai.onnx.ml", ML_OPSET)]
    model = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    onnx.checker.check_model(model)
    return model


def _iter_nodes(root: dict[str, Any]) -> Iterator[tuple[int, dict[str, Any], int, int]]:
    """Each node of a tree with its number and those of the nodes below it (0 for a leaf)."""
    pending, numbered = [(0, root)], 1
    while pending:
        number, node = pending.pop()
        if "leaf_value" in node:
            yield number, node, 0, 0
            continue
        left, right = numbered, numbered + 1
        numbered += 2
        pending += [(left, node["left_child"]), (right, node["right_child"])]
        yield number, node, left, right


def _add_node(
    columns: dict[str, list[Any]], numbered: tuple[int, dict[str, Any], int, int], tree_id: int, target: int
) -> None:
    number, node, left, right = numbered
    leaf = "leaf_value" in node
    values = {
        "nodes_treeids": tree_id, "nodes_nodeids": number, "nodes_truenodeids": left,
        "nodes_falsenodeids": right, "nodes_featureids": 0 if leaf else node["split_feature"],
        "nodes_modes": "LEAF" if leaf else "BRANCH_LEQ",
        "nodes_values": 0.0 if leaf else _round_down(node["threshold"]),
    }  # fmt: skip
    if leaf:
        values |= {
            "target_treeids": tree_id, "target_nodeids": number, "target_ids": target,
            "target_weights": node["leaf_value"],
        }  # fmt: skip
    for name, value in values.items():
        columns.setdefault(name, []).append(value)


def _round_down(threshold: float) -> float:
    """The largest single-precision number not above it: x <= both means the same for such x."""
    single = np.float32(threshold)
    # As Python's numbers: numpy would round the threshold to single precision before it compares.
    return float(single if float(single) <= threshold else np.nextafter(single, np.float32(-np.inf)))
