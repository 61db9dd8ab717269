"""How well expressions of time are found and read, on TimeML documents, scored as TempEval-3 does.

In: the TempEval-3 training archive. Out: span F1 (strict and relaxed), value F1 and type F1 of all
documents, the held-out fifth or the rest. The held-out fifth are the documents whose name hashes to
a multiple of five. Run as `python -m eval.times --data DIR`.
"""

import hashlib
import html
import re
import tarfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from onrecord.encode.encoder import Encoder
from onrecord.engine import Engine
from onrecord.extract.found import FoundTime, TimexKind
from onrecord.extract.page import Page
from onrecord.extract.statements import find_statements
from onrecord.extract.times import join_found, make_times
from onrecord.record import Moment, Origin, Precision, Span, TimeValue

Predict = Callable[[str, str], Sequence[TimeValue]]
TAG = re.compile(r"<(/?)(\w+)([^>]*)>")
ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
PARAGRAPH = re.compile(r"\S(?:.*?\S)?(?=\s*\n[ \t]*\n|\s*\Z)", re.S)
ARCHIVE = "tempeval3-train.tar.xz"
FOLDS = 5
TIMEX = Path("../shared/data/timex")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldTime:
    """A TIMEX3 of the corpus: its place in the text, type, value and modifier."""

    span: Span
    kind: str
    value: str
    mod: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A TimeML document: the text between its TEXT tags, its creation time, and its expressions."""

    name: str
    text: str
    dct: str
    times: tuple[GoldTime, ...]


@dataclass(slots=True)
class Counts:
    """What was counted: of the corpus, of the prediction, and of matches between them."""

    gold: int = 0
    predicted: int = 0
    strict: int = 0
    relaxed: int = 0
    value: int = 0
    kind: int = 0

    def f1(self, matched: int) -> float:
        """F1 in per cent of so many matches."""
        return 200 * matched / (self.gold + self.predicted) if self.gold + self.predicted else 0.0


def read_documents(archive: Path) -> Iterator[Document]:
    """The documents of the archive, by name."""
    with tarfile.open(archive) as tar:
        members = sorted((m for m in tar.getmembers() if m.name.endswith(".tml")), key=lambda m: m.name)
        for member in members:
            stored = tar.extractfile(member)
            if stored is not None:
                yield read_timeml(Path(member.name).stem, stored.read().decode("utf-8", "replace"))


def read_timeml(name: str, raw: str) -> Document:
    """One document from its TimeML."""
    head = re.search(r"<DCT>.*?</DCT>", raw, re.S)
    value = re.search(r'value="([^"]*)"', head[0]) if head else None
    body = re.search(r"<TEXT>(.*?)</TEXT>", raw, re.S)
    text, times = _strip_tags(body[1] if body else "")
    return Document(name=name, text=text, dct=value[1] if value else "", times=tuple(times))


def is_held_out(name: str) -> bool:
    """Whether the document belongs to the held-out fifth."""
    return int(hashlib.sha256(name.encode()).hexdigest(), 16) % FOLDS == 0


def score(documents: Iterable[Document], predict: Predict) -> Counts:
    """The counts over the documents of what `predict` makes of each text and creation time."""
    counts = Counts()
    for document in documents:
        count_matches(counts, document.times, predict(document.text, document.dct))
    return counts


def count_matches(counts: Counts, gold: Sequence[GoldTime], predicted: Sequence[TimeValue]) -> None:
    """Add one document: each gold expression is matched by at most one prediction that overlaps it."""
    counts.gold += len(gold)
    counts.predicted += len(predicted)
    for time, match in match_times(gold, predicted):
        counts.strict += time.span == match.span
        counts.relaxed += 1
        counts.value += time.value == match.timex_value
        counts.kind += time.kind == match.kind.upper()


def match_times(
    gold: Sequence[GoldTime], predicted: Sequence[TimeValue]
) -> Iterator[tuple[GoldTime, TimeValue]]:
    """Each gold expression with the prediction it shares most characters with, each used once."""
    left = list(predicted)
    for time in gold:
        over = [p for p in left if p.span.overlaps(time.span)]
        if over:
            best = max(over, key=lambda p: _shared(p.span, time.span))
            left.remove(best)
            yield time, best


def predict_by_rules(text: str, dct: str) -> tuple[TimeValue, ...]:
    """The expressions that the rules find alone, with their values."""
    page = page_of(text)
    return known_only(make_times("", page, join_found(page, ()), published=moment_of(dct)))


def predictor(encoder: Encoder) -> Predict:
    """Reads a text with the heads of this encoder, joined with the rules."""

    def predict(text: str, dct: str) -> tuple[TimeValue, ...]:
        page = page_of(text)
        found = find_statements("", text, page.paragraphs, encoder)[1]
        return known_only(make_times("", page, join_found(page, found.times), published=moment_of(dct)))

    return predict


def score_gold_spans(documents: Iterable[Document]) -> Counts:
    """The counts of the values that the rules give the corpus's own expressions."""
    counts = Counts()
    for document in documents:
        count_matches(counts, document.times, predict_gold_spans(document))
    return counts


def predict_gold_spans(document: Document) -> tuple[TimeValue, ...]:
    """The values that the rules give the expressions of the corpus."""
    kinds: dict[str, TimexKind] = {"DATE": "date", "TIME": "time", "DURATION": "duration", "SET": "set"}
    found = [FoundTime(span=t.span, kind=kinds.get(t.kind, "date"), sureness=1.0) for t in document.times]
    return make_times("", page_of(document.text), found, published=moment_of(document.dct))


def known_only(times: Iterable[TimeValue]) -> tuple[TimeValue, ...]:
    """Those with a value: TIMEX3 marks no expression that is only relative to an event."""
    return tuple(t for t in times if t.timex_value is not None)


def page_of(text: str) -> Page:
    """The page of a text whose paragraphs are parted by empty lines."""
    return Page(text, [(m.start(), m.end()) for m in PARAGRAPH.finditer(text)] or [(0, len(text))])


def moment_of(dct: str) -> Moment | None:
    """The creation time as the moment of publication."""
    if not dct:
        return None
    origin = Origin(kind="given", name="dct", version="1")
    precision: Precision = "minute" if "T" in dct else "day"
    return Moment(value=dct[:16], precision=precision, zone=None, raw=dct, span=None, origin=origin)


def write_figures(counts: Counts) -> str:
    """The figures on one line."""
    return (
        f"gold {counts.gold}, predicted {counts.predicted}: strict span F1 {counts.f1(counts.strict):.1f}, "
        f"relaxed {counts.f1(counts.relaxed):.1f}, value {counts.f1(counts.value):.1f}, "
        f"type {counts.f1(counts.kind):.1f}"
    )


def _strip_tags(raw: str) -> tuple[str, list[GoldTime]]:
    """The text without tags and the TIMEX3 of it by their places."""
    pieces: list[str] = []
    times: list[GoldTime] = []
    length, at = 0, 0
    opened: tuple[int, dict[str, str]] | None = None
    for tag in TAG.finditer(raw):
        piece = html.unescape(raw[at : tag.start()])
        pieces.append(piece)
        length += len(piece)
        at = tag.end()
        if tag[2] != "TIMEX3":
            continue
        if not tag[1]:
            opened = length, dict(ATTRIBUTE.findall(tag[3]))
        elif opened and opened[0] < length:
            start, attributes = opened
            times.append(_gold(start, length, attributes))
            opened = None
    pieces.append(html.unescape(raw[at:]))
    return "".join(pieces), times


def _gold(start: int, end: int, attributes: dict[str, str]) -> GoldTime:
    return GoldTime(
        span=Span(start_char=start, end_char=end),
        kind=attributes.get("type", ""),
        value=attributes.get("value", ""),
        mod=attributes.get("mod"),
    )


def _shared(a: Span, b: Span) -> int:
    return min(a.end_char, b.end_char) - max(a.start_char, b.start_char)


@click.command()
@click.option("--data", type=click.Path(file_okay=False, path_type=Path), default=TIMEX, show_default=True)
@click.option("--split", type=click.Choice(["held-out", "rest", "all"]), default="rest", show_default=True)
@click.option("--gold-spans", is_flag=True, help="Give values to the corpus's own expressions.")
@click.option("--rules", is_flag=True, help="Let the rules find the expressions, without the model.")
@click.option("--weights", type=click.Path(file_okay=False, path_type=Path), help="Other weights.")
def main(data: Path, split: str, gold_spans: bool, rules: bool, weights: Path | None) -> None:
    """Score expressions of time on the training documents of TempEval-3."""
    wanted = {"held-out": (True,), "rest": (False,), "all": (True, False)}[split]
    documents = [d for d in read_documents(data / ARCHIVE) if is_held_out(d.name) in wanted]
    if gold_spans:
        counts = score_gold_spans(documents)
    else:
        counts = score(documents, predict_by_rules if rules else predictor(Engine(weights=weights).encoder))
    click.echo(f"{split}, {len(documents)} documents: {write_figures(counts)}")


if __name__ == "__main__":
    main()
