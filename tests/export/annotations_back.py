"""Annotations read back by the published formats of their tools; each reader checks what its tool does."""

import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

# brat 1.3, server/src/annotation.py: what each line of an annotation file may be.
BRAT_LINES = {
    "T": re.compile(r"(?P<label>\S+) (?P<bounds>\d+ \d+(?:;\d+ \d+)*)\t(?P<words>.*)", re.DOTALL),
    "R": re.compile(r"(?P<kind>\S+) Arg1:(?P<tail>T\d+) Arg2:(?P<head>T\d+)"),
    "A": re.compile(r"(?P<name>\S+) (?P<of>[TR]\d+) (?P<value>\S+)"),
    "N": re.compile(r"Reference (?P<of>T\d+) (?P<base>[^\s:]+):(?P<entry>\S+)\t(?P<words>.*)"),
    "#": re.compile(r"AnnotatorNotes (?P<of>T\d+)\t(?P<words>.+)"),
}


@dataclass
class BratDocument:
    """A text with what stands in its annotation file, by id."""

    text: str
    lines: dict[str, dict[str, str]] = field(default_factory=dict)

    def of(self, prefix: str, **wanted: str) -> list[dict[str, str]]:
        """The annotations of a kind with these fields, in order, each with its id."""
        chosen = ({"id": i, **one} for i, one in self.lines.items() if i[0] == prefix)
        return [one for one in chosen if wanted.items() <= one.items()]

    def bounds(self, one: dict[str, str]) -> list[tuple[int, int]]:
        """The fragments of a span."""
        return [tuple(map(int, pair.split())) for pair in one["bounds"].split(";")]  # type: ignore[misc]


def parse_brat(text: str, annotations: str) -> BratDocument:
    """The document, or an assertion that fails where brat would refuse a line."""
    document = BratDocument(text)
    for line in annotations.splitlines():  # brat takes each of Unicode's line ends for one
        name, _, rest = line.partition("\t")
        assert re.fullmatch(r"[TRAN#]\d+", name), line
        assert name not in document.lines
        match = BRAT_LINES[name[0]].fullmatch(rest)
        assert match, line
        document.lines[name] = match.groupdict()
    for one in document.of("T"):
        check_brat_span(document, one)
    for one in (*document.of("R"), *document.of("A"), *document.of("N"), *document.of("#")):
        assert all(one[key] in document.lines for key in ("of", "tail", "head") if key in one)
    return document


def check_brat_span(document: BratDocument, one: dict[str, str]) -> None:
    bounds = document.bounds(one)
    assert all(0 <= start <= end <= len(document.text) for start, end in bounds)
    assert all(end <= start for (_, end), (start, _) in pairwise(bounds))
    assert one["words"] == " ".join(document.text[start:end] for start, end in bounds)


def read_brat(path: Path) -> dict[str, BratDocument]:
    """The documents of an archive by their names."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name).decode("utf-8") for name in archive.namelist()}
    texts = {name.removesuffix(".txt"): text for name, text in files.items() if name.endswith(".txt")}
    assert {"onrecord/annotation.conf", "onrecord/visual.conf"} <= files.keys()
    assert len(files) == 2 * len(texts) + 2
    return {name: parse_brat(text, files[f"{name}.ann"]) for name, text in texts.items()}


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The JSON of each line."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def read_doccano(path: Path) -> list[dict[str, Any]]:
    """The examples, or an assertion that fails where doccano would refuse one."""
    lines = read_lines(path)
    spans = [span for line in lines for span in line["entities"]]
    ties = [tie for line in lines for tie in line["relations"]]
    assert [line["id"] for line in lines] == list(range(1, len(lines) + 1))
    assert len({span["id"] for span in spans}) == len(spans)
    assert len({tie["id"] for tie in ties}) == len(ties)
    for line in lines:
        size = len(line["text"].encode("utf-16-le")) // 2
        own = {span["id"] for span in line["entities"]}
        assert all(0 <= span["start_offset"] < span["end_offset"] <= size for span in line["entities"])
        assert all({tie["from_id"], tie["to_id"]} <= own and tie["type"] for tie in line["relations"])
    return lines


def words_in_units(text: str, start: int, end: int) -> str:
    """What a browser shows at these offsets."""
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")


def read_label_studio(path: Path) -> list[dict[str, Any]]:
    """The tasks; each region's text is what stands at its offsets."""
    tasks = json.loads(path.read_text(encoding="utf-8"))
    for task in tasks:
        for results in (one["result"] for one in (*task["predictions"], *task["annotations"])):
            check_results(task["data"]["text"], results)
    return tasks


def check_results(text: str, results: list[dict[str, Any]]) -> None:
    labels = {one["id"]: one["value"] for one in results if one["type"] == "labels"}
    assert len(labels) == sum(one["type"] == "labels" for one in results)
    for value in labels.values():
        assert value["start"] < value["end"]
        assert text[value["start"] : value["end"]] == value["text"]
    for one in results:
        if one["type"] == "relation":
            assert {one["from_id"], one["to_id"]} <= labels.keys()
        else:
            value = labels[one["id"]]
            assert (one["value"]["start"], one["value"]["end"]) == (value["start"], value["end"])


def read_citron(path: Path) -> list[dict[str, Any]]:
    """The documents; each span's text is what stands at its offsets."""
    documents = read_lines(path)
    for document in documents:
        spans = [span for group in document["coreference_groups"] for span in group]
        for quote in document["quotes"]:
            spans += [*quote["sources"], *quote["contents"], *quote["coreferences"]]
            spans += [quote["cue"]] if quote["cue"] else []
        assert all(document["text"][one["start"] : one["end"]] == one["text"] for one in spans)
    return documents


ANNOTATION_READERS: dict[str, Callable[[Path], int]] = {
    "brat": lambda path: len(read_brat(path)),
    "doccano": lambda path: len(read_doccano(path)),
    "label-studio": lambda path: len(read_label_studio(path)),
    "follow-the-money": lambda path: sum(one["schema"] == "Note" for one in read_lines(path)),
    "citron": lambda path: len(read_citron(path)),
}
