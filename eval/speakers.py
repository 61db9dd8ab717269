"""`python -m eval.speakers`: whether each statement found has the right speaker, on MEANTIME or GUM.

In: documents that know who says what, and a reader of articles. Out: how many sayings were found,
and of these how many have the right speaker, none, or a wrong one, with 95 % intervals over
documents. A saying is found where the cue of a statement shares a character with its words. The
speaker is right where its entity has a mention that names the gold one (any mention of it, where the
document never names it), and is not called by a mention of another. An unknown speaker is not
right. Two figures stand beside it: the source's own words taken for the speaker, with no
resolution at all, and the same words linked by the gold, which is as far as resolution can go.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import click

from eval.ending import run_command
from eval.figures import Figure, Tally, summarise
from eval.gum_attributions import read_speakers
from eval.gum_split import read_split
from eval.meantime import ACROSS, WITHIN, read_meantime
from eval.report import as_json, show_grid
from eval.sayings import GoldEntity, Saying, SpeakerDocument, is_named, is_same_mention
from onrecord.engine import Engine
from onrecord.errors import InputError
from onrecord.record import Entity, Record, Span, Statement

Read = Callable[[SpeakerDocument], Record]
Outcome = Literal["missed", "unknown", "wrong", "right"]
PLACES = {"meantime": Path("../shared/data/meantime/airbus-apple.tar.xz"), "gum": Path("../shared/data/gum")}
SHARES = {
    "found": "found",
    "right": "right",
    "unknown": "unknown",
    "wrong": "wrong",
    "own_words": "own words alone",
    "gold_links": "linked by the gold",
}
# The groups a saying counts in, in the order of the table.
GROUPS = (
    "all",
    "third person",
    "third person, people and organisations",
    "name",
    "nominal",
    "pronoun",
    "none",
    "first or second person",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What became of one saying: the statement that was found for it, and who that says spoke.

    `own_words` is whether the source's words name the speaker as they stand, `gold_links` whether
    they are any mention of the speaker.
    """

    document: str
    saying: Saying
    outcome: Outcome
    words: str
    expected: str
    source: str = ""
    speaker: str = ""
    own_words: bool = False
    gold_links: bool = False


def measure(documents: Iterable[SpeakerDocument], read: Read) -> tuple[list[Tally], list[Verdict]]:
    """The counts of each document, and the verdict on each of its sayings."""
    tallies, verdicts = [], []
    for document in documents:
        judged = list(judge_document(document, read(document)))
        tallies.append(count_verdicts(document, judged))
        verdicts.extend(judged)
    return tallies, verdicts


def judge_document(document: SpeakerDocument, record: Record) -> Iterator[Verdict]:
    """A verdict on each saying of a document; raises `InputError` where the record is of another text."""
    if record.article.text != document.text:
        raise InputError(
            "The text was changed on reading, so its spans cannot be compared.", where=document.name
        )
    for saying in document.sayings:
        yield _judge(document, saying, record)


def _judge(document: SpeakerDocument, saying: Saying, record: Record) -> Verdict:
    gold = document.entity(saying.entity_id)
    known: dict[str, Any] = {
        "document": document.name,
        "saying": saying,
        "words": " ".join(word.of(document.text) for word in saying.words),
        "expected": gold.name,
    }
    statement = find_statement(saying, record.statements)
    if statement is None:
        return Verdict(outcome="missed", **known)
    outcome, speaker = _judge_speaker(document, gold, statement, record)
    sources = statement.source
    return Verdict(
        outcome=outcome,
        source=" … ".join(span.of(document.text) for span in sources),
        speaker=speaker,
        own_words=any(is_named(document.text, span, gold) for span in sources),
        gold_links=any(is_same_mention(document.text, span, m) for span in sources for m in gold.mentions),
        **known,
    )


def find_statement(saying: Saying, statements: Sequence[Statement]) -> Statement | None:
    """The statement whose cue shares most characters with a saying, the first of equals; None without any."""
    shared = [sum(_common(a, b) for a in saying.words for b in s.cue) for s in statements]
    best = max(shared, default=0)
    return statements[shared.index(best)] if best else None


def _common(one: Span, other: Span) -> int:
    return max(0, min(one.end_char, other.end_char) - max(one.start_char, other.start_char))


def _judge_speaker(
    document: SpeakerDocument, gold: GoldEntity, statement: Statement, record: Record
) -> tuple[Outcome, str]:
    """Whether the speaker of a statement is the gold entity, and what it is called."""
    if statement.speaker is None:
        return "unknown", ""
    entity = next((e for e in record.entities if e.entity_id == statement.speaker.entity_id), None)
    if entity is None:
        raise InputError(
            f"The speaker “{statement.speaker.name}” is no entity of the record.", where=document.name
        )
    spans = {entity.name_span, *(m.span for m in entity.mentions)}
    right = any(is_named(document.text, span, gold) for span in spans)
    return ("right" if right and not is_called_another(document, gold, entity) else "wrong"), entity.name


def is_called_another(document: SpeakerDocument, gold: GoldEntity, entity: Entity) -> bool:
    """Whether what an entity is called is a gold mention of another than this one."""

    def is_called(by: GoldEntity) -> bool:
        return any(is_same_mention(document.text, entity.name_span, m) for m in by.mentions)

    return not is_called(gold) and any(is_called(e) for e in document.entities)


def groups_of(document: SpeakerDocument, saying: Saying) -> Iterator[str]:
    """The groups that a saying counts in."""
    yield "all"
    if saying.is_first_person:
        yield "first or second person"
        return
    yield "third person"
    if document.entity(saying.entity_id).kind in ("person", "organisation"):
        yield "third person, people and organisations"
    yield saying.form


def count_verdicts(document: SpeakerDocument, verdicts: Iterable[Verdict]) -> Tally:
    """What was found is counted of all, everything else of what was found."""
    tally = Tally()
    for verdict in verdicts:
        is_found = verdict.outcome != "missed"
        counted = {
            "right": verdict.outcome == "right",
            "unknown": verdict.outcome == "unknown",
            "wrong": verdict.outcome == "wrong",
            "own_words": verdict.own_words,
            "gold_links": verdict.gold_links,
        }
        for group in groups_of(document, verdict.saying):
            tally.add_set(f"{group}: found", right=is_found, predicted=1, gold=1)
            for name, holds in counted.items():
                tally.add_set(f"{group}: {name}", right=holds, predicted=is_found, gold=is_found)
    return tally


def show_figures(figures: Mapping[str, Figure]) -> str:
    """A row a group: sayings, share found, and shares of those found."""
    lines = []
    for group in GROUPS:
        if f"{group}: found" in figures:
            shares = [figures[f"{group}: {name}"] for name in SHARES]
            lines.append([group, f"{shares[0].gold:.0f}", *(_shown(f) for f in shares)])
    return show_grid(["sayings", "gold", *SHARES.values()], lines)


def _shown(figure: Figure) -> str:
    """A share in per cent, with its interval where there is one; a dash where there is nothing to share."""
    if not figure.gold:
        return "–"
    interval = "" if figure.low is None else f" [{100 * figure.low:.0f}, {100 * (figure.high or 0):.0f}]"
    return f"{100 * figure.f1:.1f}{interval}"


def show_verdict(verdict: Verdict) -> str:
    """A line on what was read for a saying."""
    shown = f" for “{verdict.speaker}”" if verdict.speaker else ""
    return (
        f"{verdict.document}: {verdict.outcome}{shown}: “{verdict.words}” of {verdict.expected!r} "
        f"({verdict.saying.form}), read from the source “{verdict.source}”"
    )


def reader_of(engine: Engine) -> Read:
    """The whole way of an engine, given the text and when it was published."""
    return lambda document: engine.read(document.text, published=document.published)


def reader(weights: Path | None = None) -> Read:
    """The same with these weights; by default those of the package."""
    return reader_of(Engine(weights=weights))


def read_documents(
    corpus: str, data: Path, *, split: str = "dev", layer: str = WITHIN
) -> list[SpeakerDocument]:
    """The documents of a corpus; raises `InputError` where it is not there."""
    if corpus == "meantime":
        return list(read_meantime(data, layer))
    return [read_speakers(document) for document in read_split(data, split)]


@click.command()
@click.option("--corpus", type=click.Choice(list(PLACES)), default="meantime", show_default=True)
@click.option("--data", type=click.Path(path_type=Path), help="MEANTIME's archive, or the folder of GUM.")
@click.option("--split", default="dev", show_default=True, help="Of GUM.")
@click.option("--across", is_flag=True, help="MEANTIME's layer across documents, which has more mentions.")
@click.option("--limit", type=int, help="Score the first N documents alone.")
@click.option("--boot", type=int, default=500, show_default=True, help="Resamples for the intervals.")
@click.option("--show", type=int, default=0, help="List so many of those that are unknown or wrong.")
@click.option("--weights", type=click.Path(file_okay=False, path_type=Path), help="Other weights.")
@click.option("--json", "json_path", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON too.")
def main(corpus: str, data: Path | None, **options: Any) -> None:
    """Score who onrecord says spoke, of the statements it finds."""
    layer = ACROSS if options["across"] else WITHIN
    documents = read_documents(corpus, data or PLACES[corpus], split=options["split"], layer=layer)
    documents = documents[: options["limit"]]
    tallies, verdicts = measure(documents, reader(options["weights"]))
    figures = summarise(tallies, boot=options["boot"])
    click.echo(f"{corpus}: {len(documents)} documents; shares in per cent, from “right” on of those found\n")
    click.echo(show_figures(figures))
    click.echo(f"\n{dict(Counter(v.outcome for v in verdicts))}")
    for verdict in [v for v in verdicts if v.outcome in ("unknown", "wrong")][: options["show"]]:
        click.echo(show_verdict(verdict))
    if options["json_path"]:
        options["json_path"].write_text(json.dumps(as_json(figures), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    run_command(main)
