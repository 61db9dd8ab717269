"""Trees as an ONNX graph: it says what LightGBM says."""

import pytest

lightgbm = pytest.importorskip("lightgbm", reason="LightGBM trains the trees; it comes with onrecord[train]")
pytest.importorskip("onnx", reason="onnx writes the graph; it comes with onrecord[train]")
np = pytest.importorskip("numpy")

from train.trees import export_trees  # noqa: E402  what it needs may be missing

WIDTH, ROWS = 6, 400


@pytest.fixture(scope="module")
def rows():
    """Numbers as blocks have them: counts, shares, and -999 for what is not there."""
    draw = np.random.default_rng(7)
    counts = draw.integers(0, 50, (ROWS, WIDTH // 2))
    shares = np.where(draw.random((ROWS, WIDTH // 2)) < 0.1, -999, draw.random((ROWS, WIDTH // 2)))
    return np.hstack([counts, shares]).astype(np.float32)


@pytest.fixture(scope="module")
def models(rows):
    """Two models, of which one has a single tree that asks nothing."""
    options = {
        "objective": "binary",
        "num_leaves": 15,
        "min_data_in_leaf": 5,
        "verbose": -1,
        "num_threads": 1,
    }
    labels = [(rows[:, 0] * rows[:, 4] > 8).astype(int), (rows[:, 1] > 30).astype(int)]
    return [
        lightgbm.train(options, lightgbm.Dataset(rows, label=label), num_boost_round=rounds)
        for label, rounds in zip(labels, (12, 1), strict=True)
    ]


def run(graph, rows):
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        graph.SerializeToString(), options, providers=["CPUExecutionProvider"]
    )
    return session.run(None, {"rows": rows})[0]


def test_the_graph_gives_the_chances_that_the_models_give(models, rows):
    expected = np.stack([model.predict(rows) for model in models], axis=1)
    assert expected[:, 0].std() > 0.1  # it has learned something to compare
    np.testing.assert_allclose(run(export_trees(models, WIDTH), rows), expected, atol=1e-5)


def test_a_number_that_is_a_threshold_goes_the_same_way(models, rows):
    thresholds = set()
    for tree in models[0].dump_model()["tree_info"]:
        pending = [tree["tree_structure"]]
        while pending:
            node = pending.pop()
            if "threshold" in node:
                thresholds.add((node["split_feature"], node["threshold"]))
                pending += [node["left_child"], node["right_child"]]
    edges = np.repeat(rows[:1], len(thresholds), axis=0)
    for row, (feature, threshold) in zip(edges, sorted(thresholds), strict=True):
        row[feature] = threshold
    expected = models[0].predict(edges)
    np.testing.assert_allclose(run(export_trees(models, WIDTH), edges)[:, 0], expected, atol=1e-5)
