"""The examples of the tutorial and the README run as written."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PYTHON_BLOCK = re.compile(r"```python\n(.*?)```", re.DOTALL)
BLOCKS = [
    (path.name, k, code)
    for path in (ROOT / "README.md", ROOT / "docs" / "tutorial.md")
    for k, code in enumerate(PYTHON_BLOCK.findall(path.read_text(encoding="utf-8")))
]


@pytest.mark.parametrize(("page", "number", "code"), BLOCKS, ids=[f"{p}-{k}" for p, k, _ in BLOCKS])
def test_a_python_example_runs_and_prints(page, number, code, tmp_path):
    sample = ROOT / "samples" / "dam-gates-president.txt"
    (tmp_path / "article.txt").write_bytes(sample.read_bytes())
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()


@pytest.mark.parametrize(
    "words",
    [
        ["demo"],
        ["demo", "--list"],
        ["demo", "bridge-harrow-ledger.txt"],
        [
            "read",
            "article.txt",
            "--published",
            "20 March 2024 15:02 CET",
            "--url",
            "https://outlet.example/story",
        ],
        ["read", "article.txt", "--html", "-o", "record.html"],
        ["read", "article.txt", "--json"],
    ],
    ids=" ".join,
)
def test_a_command_of_the_tutorial_succeeds(words, tmp_path):
    sample = ROOT / "samples" / "dam-gates-president.txt"
    (tmp_path / "article.txt").write_bytes(sample.read_bytes())
    command = [sys.executable, "-m", "onrecord", *words]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 0, done.stderr
