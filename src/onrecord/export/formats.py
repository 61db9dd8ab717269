"""The formats of export by name: a name or a path goes in, the format comes out.

To add one: a module with a `FORMAT`, and its name in `MODULES`.
"""

from functools import cache
from importlib import import_module
from pathlib import Path

from onrecord.errors import ExportError
from onrecord.export.base import ExportContext, Format

__all__ = ["FORMATS", "MODULES", "ExportContext", "Format", "find_format", "list_formats"]

# In the order in which they are listed to people. A module loads its heavy libraries when it writes.
MODULES = (
    "jsonl", "csv_table", "tsv_table", "xlsx", "parquet", "json_ld", "web_annotation", "geojson",
    "brat", "doccano", "label_studio", "follow_the_money", "citron",
)  # fmt: skip

FORMATS: dict[str, Format] = {
    chosen.name: chosen for chosen in (import_module(f"onrecord.export.{name}").FORMAT for name in MODULES)
}


def find_format(wanted: str | Path) -> Format:
    """The format of this name, or of a file that is named so; raises `ExportError`, which lists them all.

    Of several ends that fit, the longest tells: "a.citron.json" is no plain ".json".
    """
    if isinstance(wanted, str) and wanted.casefold() in FORMATS:
        return FORMATS[wanted.casefold()]
    name = Path(wanted).name.casefold()
    fitting = [suffix for suffix in _suffixes() if name.endswith(suffix)]
    if not fitting:
        raise ExportError(
            f"{str(wanted)!r:.200} is neither a format nor a file whose name tells one.",
            cure=f"Give the format by name or by the end of the file's name: {list_formats()}.",
        )
    return _suffixes()[max(fitting, key=len)]


@cache
def _suffixes() -> dict[str, Format]:
    return {suffix: chosen for chosen in FORMATS.values() for suffix in chosen.suffixes}


def list_formats() -> str:
    """All formats with the ends of their files' names, as a sentence lists them."""
    return ", ".join(f"{chosen.name} ({', '.join(chosen.suffixes)})" for chosen in FORMATS.values())
