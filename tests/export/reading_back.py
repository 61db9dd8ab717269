"""What other programs read from an export: a file in, the number of its units out, one reader a format.

Every format must have its reader here.
"""

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import polars
from lxml import etree

from onrecord.record import Record, from_json
from tests.export.annotations_back import ANNOTATION_READERS


def read_jsonl(path: Path) -> int:
    entries = [from_json(line) for line in path.read_text(encoding="utf-8").split("\n") if line]
    return sum(isinstance(entry, Record) for entry in entries)


def read_delimited(path: Path, delimiter: str) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream, delimiter=delimiter, strict=True))


def read_workbook(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:  # Excel refuses a workbook of which one part is no XML
        for name in archive.namelist():
            etree.fromstring(archive.read(name))
    book = openpyxl.load_workbook(path, read_only=True)
    try:
        return sum(1 for _ in book["statements"].iter_rows(min_row=2, values_only=True))
    finally:
        book.close()


def read_lines(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def read_archive(path: Path) -> int:
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None
        return sum(name.endswith(".txt") for name in archive.namelist())


def read_json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


READERS: dict[str, Callable[[Path], int]] = {
    "jsonl": read_jsonl,
    "csv": lambda path: len(read_delimited(path, ",")) - 1,
    "tsv": lambda path: len(read_delimited(path, "\t")) - 1,
    "xlsx": read_workbook,
    "parquet": lambda path: polars.read_parquet(path).height,
    "json-ld": lambda path: sum(n["@type"] != "NewsArticle" for n in read_json(path)["@graph"]),
    "web-annotation": lambda path: len(read_json(path)["first"]["items"]),
    "geojson": lambda path: len(read_json(path)["features"]),
    "brat": read_archive,
    "doccano": lambda path: len(read_lines(path)),
    "label-studio": lambda path: len(read_json(path)),
    "follow-the-money": lambda path: sum(one["schema"] == "Note" for one in read_lines(path)),
    "citron": lambda path: len(read_lines(path)),
    **ANNOTATION_READERS,
}
