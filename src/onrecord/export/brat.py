"""brat standoff: records as judged in, out a zip archive with a text and an annotation file for each article.

The texts are the articles' own, so that offsets are code points of them. Settings that fit the labels lie
beside them: unpacked into brat's data folder, the archive is a collection that opens as it is. What has no
UTF-8 (lone surrogates) is replaced, character for character.
"""

import re
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from onrecord.export.base import ExportContext, Format, count_records, replace_surrogates, to_utf8
from onrecord.export.markings import ATTRIBUTES, LABELS, LINKS, Marking, Markings, list_markings
from onrecord.export.visible import show_line
from onrecord.record import Judged, Span, content_id

FOLDER = "onrecord"
# A zip archive has no time zone and begins in 1980; the same records shall give the same bytes.
MADE_AT = (1980, 1, 1, 0, 0, 0)
# brat 1.3 reads annotations line by line, and a line ends wherever Python's splitlines says; a tab ends a
# field for most other readers. A span that crosses one is written as two fragments.
PIECE = re.compile("[^\t\n\x0b\x0c\r\x1c-\x1e\x85\u2028\u2029]+")
OWN_ID = re.compile("[a-z]+-[0-9a-f]+")
REFERENCE = re.compile(r"[^\s:]+:\S+")
COLOURS = {
    "Content": "#cfe3f7",
    "Cue": "#f9e0a8",
    "Source": "#cdeac8",
    "Speaker": "#a9d8a0",
    "Via": "#ead2f0",
    "Time": "#f7d0cf",
    "Place": "#d9d9d9",
}


def write(entries: Iterable[Judged], stream: BinaryIO, *, context: ExportContext) -> int:
    """How many articles were written, two files each."""
    names = Counter[str]()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        _put(archive, "annotation.conf", write_annotation_conf())
        _put(archive, "visual.conf", write_visual_conf())
        for judged in entries:
            name = _name_files(judged.record.article.article_id)
            names[name] += 1
            name = name if names[name] == 1 else f"{name}-{names[name]}"
            _put(archive, f"{name}.txt", judged.record.article.text)
            _put(archive, f"{name}.ann", write_annotations(judged))
    return names.total()


def _name_files(article_id: str) -> str:
    """The article's id; of one that was not made here a hash, for it could lead out of the folder."""
    return article_id if OWN_ID.fullmatch(article_id) else content_id("article", article_id)


def _put(archive: zipfile.ZipFile, name: str, text: str) -> None:
    entry = zipfile.ZipInfo(f"{FOLDER}/{name}", MADE_AT)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, to_utf8(text))


def write_annotations(judged: Judged) -> str:
    """The annotation file of one record: a line each for spans, links, attributes, references and notes."""
    markings = list_markings(judged)
    lines = [_write_span(n, one, judged.record.article.text) for n, one in enumerate(markings.listed, 1)]
    for n, link in enumerate(markings.links, 1):
        lines.append(f"R{n}\t{link.kind} Arg1:T{link.tail + 1} Arg2:T{link.head + 1}")
    lines += _write_attributes(markings)
    lines += _write_references(markings)
    notes = [(n, one.note) for n, one in enumerate(markings.listed, 1) if one.note]
    lines += [f"#{n}\tAnnotatorNotes T{of}\t{show_line(note)}" for n, (of, note) in enumerate(notes, 1)]
    return "".join(f"{line}\n" for line in lines)


def _write_span(number: int, marking: Marking, text: str) -> str:
    pieces = split_spans(marking.spans, text)
    bounds = ";".join(f"{start} {end}" for start, end in pieces)
    words = replace_surrogates(" ".join(text[start:end] for start, end in pieces))
    return f"T{number}\t{marking.label} {bounds}\t{words}"


def split_spans(spans: Sequence[Span], text: str) -> list[tuple[int, int]]:
    """The spans as fragments without line breaks; a span of nothing else is an empty one where it begins."""
    found = [m.span() for s in spans for m in PIECE.finditer(text, s.start_char, s.end_char)]
    worded = [bounds for bounds in found if not text[slice(*bounds)].isspace()]
    return worded or found[:1] or [(spans[0].start_char, spans[0].start_char)]


def _write_attributes(markings: Markings) -> Iterator[str]:
    pairs = [(n, pair) for n, one in enumerate(markings.listed, 1) for pair in one.attributes]
    for number, (of, (name, value)) in enumerate(pairs, 1):
        yield f"A{number}\t{name} T{of} {value}"


def _write_references(markings: Markings) -> Iterator[str]:
    """A normalisation for each place of the gazetteer; an id that brat cannot read is left to the note."""
    entries = [(n, one.entry) for n, one in enumerate(markings.listed, 1) if one.entry]
    fitting = [(n, entry) for n, entry in entries if REFERENCE.fullmatch(entry.entry_id)]
    for number, (of, entry) in enumerate(fitting, 1):
        reference = replace_surrogates(entry.entry_id)
        yield f"N{number}\tReference T{of} {reference}\t{show_line(entry.name)}"


def write_annotation_conf() -> str:
    """brat's `annotation.conf`: the labels, the links between them, and their attributes."""
    links = [f"{kind}\tArg1:{tail}, Arg2:{head}" for kind, (tail, head) in LINKS.items()]
    values = [f"{name}\tArg:{on}, Value:{'|'.join(those)}" for name, (on, those) in ATTRIBUTES.items()]
    return _write_sections(
        entities=LABELS,
        # Statements share words and hold each other; unless told so, brat takes each overlap for a mistake.
        relations=["<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", *links],
        events=[],
        attributes=values,
    )


def write_visual_conf() -> str:
    """brat's `visual.conf`: a colour for each label, and arrows."""
    drawn = ["SPAN_DEFAULT\tfgColor:black, bgColor:lightgreen, borderColor:darken"]
    drawn += ["ARC_DEFAULT\tcolor:black, dashArray:-, arrowHead:triangle-5"]
    drawn += [f"{label}\tbgColor:{colour}" for label, colour in COLOURS.items()]
    return _write_sections(labels=[f"{label} | {label}" for label in LABELS], drawing=drawn)


def _write_sections(**sections: Sequence[str]) -> str:
    return "\n".join(
        f"[{name}]\n" + "".join(f"{line}\n" for line in lines) for name, lines in sections.items()
    )


FORMAT = Format(
    name="brat",
    suffixes=(".brat.zip",),
    media_type="application/zip",
    describe="For annotators: brat standoff, a text and an annotation file for each article, with settings.",
    write=write,
    unit="article",
    count=count_records,
    is_text=False,
)
