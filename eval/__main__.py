"""`python -m eval`: scores onrecord and the baseline on public corpora, and runs the quality gate.

In: a command, and the folder of a corpus. Out: tables on standard output; exit code 1 where the
gate or the seed article fails, 2 where something could not be read.
"""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from eval import gate as gates
from eval.ceiling import measure_ceiling
from eval.coreference import main as coreference
from eval.corpus import GoldArticle, hash_articles, read_articles, read_instances
from eval.ending import run_command
from eval.figures import Figure, summarise
from eval.named_commands import namedgate
from eval.page_commands import pagegate, pages
from eval.predict import Prediction, predictor, read_record, score_corpus
from eval.repairs import repair_rows
from eval.report import (
    ARTICLE_ROWS,
    SENTENCE_ROWS,
    as_json,
    show_beside,
    show_choices,
    show_forms,
    show_table,
)
from eval.seed import check_seed, read_seed
from eval.sentences import score_instances
from eval.speakers import main as speakers
from onrecord.engine import Engine

Command = Callable[..., Any]
FOLDER = click.Path(file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)
POLNEAR = Path("../shared/data/polnear")


def _option_data(default: Path) -> Callable[[Command], Command]:
    return click.option(
        "--data", type=FOLDER, default=default, show_default=True, help="Folder of the corpus."
    )


option_weights = click.option("--weights", type=FOLDER, help="Weights to use in place of the package's.")
option_baseline = click.option("--baseline", is_flag=True, help="Score the baseline in place of onrecord.")
option_boot = click.option(
    "--boot", type=int, default=500, show_default=True, help="Resamples for the intervals."
)
option_limit = click.option("--limit", type=int, help="Score the first N alone.")
option_json = click.option("--json", "json_path", type=FILE, help="Write the figures as JSON too.")


@click.group()
def main() -> None:
    """Score what onrecord finds against public corpora."""


main.add_command(pages)
main.add_command(pagegate)
main.add_command(namedgate)
main.add_command(speakers, "speakers")
main.add_command(coreference, "coreference")


@main.command()
@_option_data(POLNEAR)
@click.option("--split", default="dev", show_default=True)
@option_boot
@option_baseline
@option_limit
@option_json
@click.option("--predictions", type=FILE, help="Write what was predicted, one article a line.")
@option_weights
def articles(data: Path, split: str, predictions: Path | None, **options: Any) -> None:
    """Whole articles: tokens, exact spans, end to end, and each by form."""
    found = read_articles(data, split)[: options["limit"]]
    figures, guessed = _score_articles(found, options)
    click.echo(
        f"{len(found)} articles of {split}\n\n{show_table(figures, ARTICLE_ROWS)}\n\n{show_forms(figures)}"
    )
    _write_json(options["json_path"], as_json(figures))
    if predictions:
        lines = (json.dumps({"doc": name, "attributions": found}) for name, found in guessed)
        predictions.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _score_articles(
    found: Sequence[GoldArticle], options: dict[str, Any]
) -> tuple[dict[str, Figure], list[Prediction]]:
    predict = predictor(weights=options["weights"], baseline=options["baseline"])
    tallies, guessed = score_corpus(found, predict)
    return summarise(tallies, boot=options["boot"]), guessed


@main.command()
@_option_data(POLNEAR)
@option_boot
@option_baseline
@option_limit
@option_json
@option_weights
def sentences(data: Path, **options: Any) -> None:
    """Labelled instances, scored as CofeNet scores them."""
    figures = _score_sentences(data, options)
    click.echo(show_table(figures, SENTENCE_ROWS))
    _write_json(options["json_path"], as_json(figures))


def _score_sentences(data: Path, options: dict[str, Any]) -> dict[str, Figure]:
    predict = predictor(weights=options["weights"], baseline=options["baseline"])
    instances = read_instances(data)[: options["limit"]]
    tallies = [scored.tally for scored in score_instances(instances, predict)]
    return summarise(tallies, boot=options["boot"])


@main.command()
@_option_data(POLNEAR)
@option_limit
@option_weights
def repairs(data: Path, limit: int | None, weights: Path | None) -> None:
    """What each repair adds to what the model says, on whole articles."""
    rows = repair_rows(read_articles(data)[:limit], Engine(weights=weights))
    click.echo(show_choices(rows))


@main.command()
@_option_data(POLNEAR)
def ceiling(data: Path) -> None:
    """What flat labels of the gold itself reach on the instances."""
    click.echo(show_table(measure_ceiling(read_articles(data), read_instances(data)), SENTENCE_ROWS))


@main.command()
@_option_data(Path("../shared/seed"))
@option_weights
def seed(data: Path, weights: Path | None) -> None:
    """The seed article against the record expected of it."""
    text, expected = read_seed(data)
    report = check_seed(text, expected, read_record(text, weights=weights))
    click.echo(f"{report.found} of {report.expected} statements found, {report.predicted} read.")
    for complaint in report.complaints:
        click.echo(complaint)
    for begin in report.beyond:
        click.echo(f"Beyond the expected: {begin}")
    sys.exit(1 if report.complaints else 0)


@main.command(name="all")
@_option_data(POLNEAR)
@option_boot
@option_limit
@option_json
@option_weights
def everything(data: Path, **options: Any) -> None:
    """One table: articles and instances, onrecord beside the baseline, with 95 % intervals."""
    found = read_articles(data)[: options["limit"]]
    parts: dict[str, dict[str, dict[str, Figure]]] = {"articles": {}, "sentences": {}}
    for name, baseline in (("onrecord", False), ("marks and say-verbs", True)):
        chosen = {**options, "baseline": baseline}
        parts["articles"][name] = _score_articles(found, chosen)[0]
        parts["sentences"][name] = _score_sentences(data, chosen)
    rows = {"articles": ARTICLE_ROWS, "sentences": SENTENCE_ROWS}
    for part, systems in parts.items():
        click.echo(f"{part}\n\n{show_beside(systems, rows[part])}\n")
    shown = {part: {n: as_json(f) for n, f in systems.items()} for part, systems in parts.items()}
    _write_json(options["json_path"], shown)


@main.command()
@_option_data(POLNEAR)
@option_weights
@click.option("--update", is_flag=True, help="Raise the floors to what was reached; never lower one.")
@click.option("--accept-lower", is_flag=True, help="Write floors for what was reached, lower or not.")
def gate(data: Path, weights: Path | None, update: bool, accept_lower: bool) -> None:
    """Fail where a figure of the fixed part of dev is below its floor."""
    if not (data / "dev.jsonl.gz").is_file():
        click.echo(f"skipped: {data} holds no dev.jsonl.gz; the gate needs PolNeAR's dev split there.")
        return
    floors = gates.read_floors()
    part, predict = gates.read_part(data, floors), predictor(weights=weights)
    if accept_lower:
        scores = gates.score_part(part, predict, floors)
        gates.write_floors(gates.reset(floors, scores, hash_articles(part)))
        _show_scores(scores, gates.read_floors())
        return
    verdict = gates.judge(part, predict, floors)
    if update and not verdict.drops:
        floors = gates.raised(floors, verdict.scores)
        gates.write_floors(floors)
    _show_scores(verdict.scores, floors)
    for drop in verdict.drops:
        click.echo(drop, err=True)
    sys.exit(1 if verdict.drops else 0)


def _show_scores(scores: Mapping[str, float], floors: gates.Floors) -> None:
    for name, score in scores.items():
        click.echo(f"{name:14} {score:6.2f}   floor {floors.floors[name]:.1f}")


def _write_json(path: Path | None, value: dict[str, Any]) -> None:
    if path:
        path.write_text(json.dumps(value, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    run_command(main)
