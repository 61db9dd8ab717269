"""Imports point one way, without rings, and importing the package loads nothing heavy."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[1] / "src" / "onrecord"

# What each part may import of ours, besides itself. A part that is not named here fails.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "record": {"errors"},
    "ingest": {"record", "errors"},
    "language": {"record", "errors"},
    "encode": {"record", "errors"},
    "extract": {"record", "errors", "language", "encode"},
    "export": {"record", "errors"},
    "engine": {"record", "errors", "ingest", "language", "encode", "extract"},
    "cli": {"record", "errors", "ingest", "language", "encode", "extract", "export", "engine", "onrecord"},
    "onrecord": {"record", "errors", "engine"},
    "__main__": {"cli"},
}
HEAVY = ("numpy", "onnxruntime", "lxml", "trafilatura", "rich", "click", "dateparser", "py3langid", "sqlite3")


def part_of(path: Path) -> str:
    inside = path.relative_to(SOURCE)
    first = inside.parts[0].removesuffix(".py")
    return "onrecord" if first == "__init__" else first


def imports_of(path: Path) -> set[str]:
    """The modules of ours that a file imports, at its top or inside its functions."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, f"{path} imports relatively"
            found |= {node.module} | {f"{node.module}.{name.name}" for name in node.names}
    return {name for name in found if name.split(".")[0] == "onrecord"}


FILES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_file_imports_only_what_lies_below_it(path: Path):
    part = part_of(path)
    parts = {name.split(".")[1] for name in imports_of(path) if "." in name}
    modules = {p for p in parts if (SOURCE / p).is_dir() or (SOURCE / f"{p}.py").is_file()}
    assert modules - MAY_IMPORT[part] <= {part}


def test_no_ring_of_imports_exists():
    edges: dict[str, set[str]] = {}
    names = {".".join(("onrecord", *p.relative_to(SOURCE).with_suffix("").parts)): p for p in FILES}
    names = {name.removesuffix(".__init__"): path for name, path in names.items()}
    for name, path in names.items():
        edges[name] = {other for other in imports_of(path) if other in names and other != name}
    # A package's own front page gathers its modules; they import each other, never it.
    edges = {name: {o for o in others if not name.startswith(o + ".")} for name, others in edges.items()}
    seen: dict[str, int] = {}

    def visit(name: str, way: tuple[str, ...]) -> None:
        assert name not in way, f"a ring: {' -> '.join((*way, name))}"
        if name in seen:
            return
        for other in edges[name]:
            visit(other, (*way, name))
        seen[name] = 1

    for name in edges:
        visit(name, ())


def test_importing_the_package_loads_no_heavy_library():
    code = f"import sys, onrecord; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_everything_named_as_public_exists():
    import onrecord

    assert [name for name in onrecord.__all__ if not hasattr(onrecord, name)] == []


def test_the_record_types_need_nothing_but_the_standard_library():
    outside = set()
    for path in (SOURCE / "record").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module:
                outside.add(node.module.split(".")[0])
            elif isinstance(node, ast.Import):
                outside |= {name.name.split(".")[0] for name in node.names}
    assert outside - set(sys.stdlib_module_names) == {"onrecord"}
