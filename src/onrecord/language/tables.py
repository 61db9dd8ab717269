"""Tables of the language's data: the rows of a file in language/en/, comments left out."""

from importlib.resources import files


def read_rows(name: str) -> list[tuple[str, ...]]:
    """The rows of a table, its columns split at tabs."""
    lines = (files("onrecord.language") / "en" / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]


def group_rows(rows: list[tuple[str, ...]], *, key: int = 0, value: int = 1) -> dict[str, frozenset[str]]:
    """The values of one column by those of another."""
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(row[key], set()).add(row[value])
    return {name: frozenset(values) for name, values in found.items()}
