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
    "gazetteer": {"record", "errors"},
    "extract": {"record", "errors", "language", "encode"},
    "export": {"record", "errors", "verifier"},  # the types of verdicts alone
    "store": {"record", "errors"},
    "verifier": {"record", "errors", "language"},
    "engine": {"record", "errors", "ingest", "language", "encode", "extract", "gazetteer"},
    "collection": {
        "record", "errors", "ingest", "language", "engine", "export", "gazetteer", "store", "verifier",
    },
    "serve": {
        "record", "errors", "ingest", "engine", "export", "gazetteer", "store", "verifier", "collection",
    },
    "cli": {
        "record", "errors", "ingest", "language", "encode", "extract", "gazetteer", "export", "engine",
        "store", "verifier", "collection", "serve", "onrecord",
    },
    "spacy": {"record", "errors", "engine"},
    "onrecord": {"record", "errors", "engine", "collection"},
    "__main__": {"cli"},
}  # fmt: skip
HEAVY = (
    "numpy",
    "onnxruntime",
    "lxml",
    "trafilatura",
    "rich",
    "click",
    "dateparser",
    "py3langid",
    "sqlite3",
    "sqlalchemy",
    "alembic",
    "psycopg",
    "polars",
    "pandas",
    "pyarrow",
    "rapidfuzz",
    "spacy",
    "starlette",
    "fastapi",
    "jinja2",
    "uvicorn",
    "pydantic",
)


def part_of(path: Path) -> str:
    inside = path.relative_to(SOURCE)
    first = inside.parts[0].removesuffix(".py")
    return "onrecord" if first == "__init__" else first


def is_module(name: str) -> bool:
    place = SOURCE.parent.joinpath(*name.split("."))
    return place.is_dir() or place.with_suffix(".py").is_file()


def imports_in(code: str) -> set[str]:
    """The modules of ours that code imports, at its top or inside its functions.

    A name that is no module comes from the front page of its package: `from onrecord import read`
    imports "onrecord", `from onrecord import errors` only "onrecord.errors".
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            assert node.level == 0, f"a relative import: {ast.unparse(node)}"
            full = {f"{module}.{name.name}" for name in node.names}
            found |= {name if is_module(name) else module for name in full}
    return {name for name in found if name.split(".")[0] == "onrecord"}


def parts_in(code: str) -> set[str]:
    """The parts that code imports; "onrecord" is the front page of the whole package."""
    return {name.split(".")[1] if "." in name else name for name in imports_in(code)}


def find_ring(edges: dict[str, set[str]]) -> tuple[str, ...]:
    """A way from a module back to itself, empty where there is none."""
    seen: set[str] = set()

    def visit(name: str, way: tuple[str, ...]) -> tuple[str, ...]:
        if name in way:
            return (*way, name)
        if name in seen:
            return ()
        rings = (visit(other, (*way, name)) for other in sorted(edges.get(name, ())))
        ring = next((r for r in rings if r), ())
        seen.add(name)
        return ring

    return next((ring for name in sorted(edges) if (ring := visit(name, ()))), ())


FILES = sorted(SOURCE.rglob("*.py"))


@pytest.mark.parametrize(
    ("code", "parts"),
    [
        ("from onrecord import read", {"onrecord"}),
        ("import onrecord", {"onrecord"}),
        ("from onrecord import __version__, errors", {"onrecord", "errors"}),
        ("from onrecord import errors", {"errors"}),
        ("def f():\n    from onrecord.record import Span", {"record"}),
        ("import onrecord.record.codec\nimport json", {"record"}),
    ],
)
def test_an_import_counts_for_the_part_that_it_loads(code: str, parts: set[str]):
    assert parts_in(code) == parts


def test_only_the_command_line_may_import_the_front_page():
    assert [part for part, allowed in MAY_IMPORT.items() if "onrecord" in allowed] == ["cli"]


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(SOURCE)))
def test_a_file_imports_only_what_lies_below_it(path: Path):
    part = part_of(path)
    assert parts_in(path.read_text(encoding="utf-8")) - MAY_IMPORT[part] <= {part}


def test_a_ring_through_the_front_page_is_found():
    edges = {"onrecord": imports_in("from onrecord.engine import Engine")}
    edges["onrecord.engine"] = imports_in("from onrecord import read")
    assert find_ring(edges) == ("onrecord", "onrecord.engine", "onrecord")


def test_no_ring_of_imports_exists():
    edges: dict[str, set[str]] = {}
    for path in FILES:
        name = ".".join(("onrecord", *path.relative_to(SOURCE).with_suffix("").parts))
        edges[name.removesuffix(".__init__")] = imports_in(path.read_text(encoding="utf-8"))
    assert find_ring(edges) == ()


def test_importing_the_package_loads_no_heavy_library():
    code = f"import sys, onrecord; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_importing_the_package_loads_no_reader():
    code = "import sys, onrecord; print([m for m in sys.modules if m.startswith('onrecord.ingest')])"
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
