"""`python -m eval.scrapes`: scores the reader of plain text on scrapes of real pages, beside two others.

In: the folder of the pages. Out: a table of body F1, title, authors, invented authors and captions, each
with its 95 % interval over resampled scrapes, by corpus, layout and half of the sites.
"""

import hashlib
import html
import importlib.util
import json
import statistics
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click
import numpy as np

from eval.page_readings import TEXT_KINDS
from eval.scraping import Scrape, count_words, fold_words, read_scrapes
from onrecord.ingest.text import read_text

# The rule that scrapers use: what is longer than this is body text.
LONG_LINE_CHARS = 80
MEASURES = ("body", "title", "authors", "invented", "captions in body")
Row = dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """What a system reads in a scrape."""

    title: str | None
    authors: tuple[str, ...]
    body: str


def read_with_onrecord(text: str) -> Guess:
    """What the reader of this package makes of a text."""
    reading = read_text(text)
    body = [block.span.of(text) for block in reading.blocks if block.kind in TEXT_KINDS]
    return Guess(
        title=reading.title.value if reading.title else None,
        authors=tuple(author.value for author in reading.authors),
        body="\n".join(body),
    )


def read_by_long_lines(text: str) -> Guess:
    """The long-line rule: the first line is the title, "By ..." the author, every long line the body.

    A text in which no line is long is taken for hard-wrapped: its blocks count as lines.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    by = next((line[3:].strip() for line in lines if line[:3].casefold() == "by " and len(line) < 60), None)
    title = lines[0] if lines else None
    if all(len(line) <= LONG_LINE_CHARS for line in lines):
        lines = [" ".join(block.split()) for block in text.split("\n\n")]
    body = "\n".join(line for line in lines if len(line) > LONG_LINE_CHARS)
    return Guess(title=title, authors=tuple(by.split(" and ")) if by else (), body=body)


def find_systems() -> dict[str, Callable[[str], Guess]]:
    """The systems at hand: goose3, which wants a page, is given each line as a paragraph where installed."""
    systems = {"onrecord": read_with_onrecord, "long lines": read_by_long_lines}
    if importlib.util.find_spec("goose3"):
        systems["goose3"] = _make_goose()
    return systems


def _make_goose() -> Callable[[str], Guess]:
    from goose3 import Goose

    goose = Goose({"enable_image_fetching": False})

    def read_with_goose(text: str) -> Guess:
        lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.splitlines() if line.strip())
        found = goose.extract(raw_html=f"<html><body>{lines}</body></html>")
        return Guess(title=found.title or None, authors=tuple(found.authors), body=found.cleaned_text)

    return read_with_goose


def score_guess(scrape: Scrape, guess: Guess) -> Row:
    """The measures of one guess that apply to its scrape, each from 0 to 1."""
    row = {
        "body": f1_of_words(guess.body, scrape.body),
        "title": float(guess.title is not None and fold_words(guess.title) == fold_words(scrape.title)),
    }
    if scrape.shows_authors:
        row["authors"] = float(set(map(fold_words, guess.authors)) == set(map(fold_words, scrape.authors)))
    if not scrape.authors:
        row["invented"] = float(bool(guess.authors))
    text, gold, body = (fold_words(t) for t in (scrape.text, scrape.body, guess.body))
    captions = [c for c in map(fold_words, scrape.captions) if c and c in text and c not in gold]
    if captions:
        row["captions in body"] = statistics.fmean(c in body for c in captions)
    return row


def f1_of_words(guess: str, gold: str) -> float:
    """The F1 of two texts as multisets of words.

    >>> f1_of_words("the bridge is shut", "The bridge is open.")
    0.75
    """
    guessed, wanted = count_words(guess), count_words(gold)
    both = (guessed & wanted).total()
    return 2 * both / (guessed.total() + wanted.total()) if both else 0.0


def half_of(site: str) -> str:
    """The half of the sites that a site is in: rules are made on "A" and judged on "B"."""
    return "AB"[hashlib.sha256(site.encode()).digest()[0] % 2]


def interval_of(values: Sequence[float], *, boot: int, seed: int = 0) -> tuple[float, float]:
    """The 2.5th and 97.5th percentile of the mean over resamples of the values."""
    array, size = np.asarray(values), len(values)
    draws = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), size=boot)
    low, high = np.quantile(draws @ array / size, [0.025, 0.975])
    return float(low), float(high)


def show_rows(rows: Mapping[str, Sequence[Row]], *, boot: int) -> str:
    """A line a name: each measure as mean [low high] and the number of scrapes it is over."""
    head = f"{'':32}" + "".join(f"{measure:>26}" for measure in MEASURES)
    return "\n".join([head, *(f"{name:32}{_show_measures(found, boot)}" for name, found in rows.items())])


def _show_measures(rows: Sequence[Row], boot: int) -> str:
    cells = []
    for measure in MEASURES:
        values = [row[measure] for row in rows if measure in row]
        cell = "–"
        if values:
            low, high = interval_of(values, boot=boot)
            cell = f"{statistics.fmean(values):.3f} [{low:.3f} {high:.3f}] {len(values):4}"
        cells.append(f"{cell:>26}")
    return "".join(cells)


def group_rows(scored: Iterable[tuple[Scrape, Row]]) -> dict[str, list[Row]]:
    """The rows by corpus, layout and half of the sites, and all of them."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for scrape, row in scored:
        for name in ("all", scrape.corpus, scrape.layout, f"half {half_of(scrape.site)} of the sites"):
            groups[name].append(row)
    return dict(sorted(groups.items()))


@click.command()
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("../shared/data/pages"),
    show_default=True,
    help="Folder of the pages.",
)
@click.option(
    "--step", type=click.IntRange(min=1), default=1, show_default=True, help="Take every n-th page."
)
@click.option("--boot", type=int, default=500, show_default=True, help="Resamples for the intervals.")
@click.option("--json", "json_path", type=click.Path(dir_okay=False, path_type=Path), help="Write means too.")
def main(data: Path, step: int, boot: int, json_path: Path | None) -> None:
    """Plain text pasted from pages: what each system reads in it, against the gold of the pages."""
    made = list(read_scrapes(data, step=step))
    scrapes = [scrape for scrape in made if isinstance(scrape, Scrape)]
    left_out = Counter(reason for reason in made if isinstance(reason, str))
    click.echo(f"{len(scrapes)} scrapes")
    for reason, count in left_out.items():
        click.echo(f"{count} pages left out: {reason}")
    tables = {name: _run_system(name, read, scrapes) for name, read in find_systems().items()}
    click.echo("\n" + show_rows({name: groups["all"] for name, groups in tables.items()}, boot=boot))
    click.echo("\nonrecord by part\n" + show_rows(tables["onrecord"], boot=boot))
    if json_path:
        means = {
            name: {part: _means(rows) for part, rows in groups.items()} for name, groups in tables.items()
        }
        json_path.write_text(json.dumps(means, indent=1) + "\n", encoding="utf-8")


def _run_system(name: str, read: Callable[[str], Guess], scrapes: Sequence[Scrape]) -> dict[str, list[Row]]:
    start = time.process_time()
    guesses = [read(scrape.text) for scrape in scrapes]
    seconds = max(time.process_time() - start, 1e-9)
    words = sum(len(scrape.text.split()) for scrape in scrapes)
    click.echo(f"{name}: {words / seconds:,.0f} words a second")
    return group_rows((s, score_guess(s, guess)) for s, guess in zip(scrapes, guesses, strict=True))


def _means(rows: Sequence[Row]) -> Row:
    named = {measure: [row[measure] for row in rows if measure in row] for measure in MEASURES}
    return {measure: statistics.fmean(values) for measure, values in named.items() if values}


if __name__ == "__main__":
    main()
