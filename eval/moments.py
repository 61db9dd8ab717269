"""`python -m eval.moments`: how the words of pages for moments are read, beside what their markup says.

In: the folder of the page sets. Out: for the words of each `<time datetime="…">`, whether they read to
the day and minute of the attribute, to another, or were refused, and why. Exit code 1 above a share wrong.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from eval.page_corpus import FILES, read_pages
from onrecord.ingest.dates import ParsedMoment, RefusedMoment, examine_moment, parse_moment

PAGES = Path("../shared/data/pages")
MAX_CHARS = 150
# Offsets from UTC of inhabited places.
WEST, EAST = timedelta(hours=-12), timedelta(hours=14)


def read_pairs(html: str) -> Iterator[tuple[str, str]]:
    """The words and the attribute of each time element of a page, each pair once."""
    from lxml.html import HTMLParser, fromstring

    body = html.encode("utf-8", "replace")
    try:
        tree: Any = fromstring(body, parser=HTMLParser(encoding="utf-8"))
    except ValueError:
        return
    seen = set()
    for element in tree.iter("time"):
        words = " ".join(" ".join(element.itertext()).split())
        stated = element.get("datetime") or ""
        if stated and words and len(words) <= MAX_CHARS and (words, stated) not in seen:
            seen.add((words, stated))
            yield words, stated


def judge_words(words: str, stated: ParsedMoment) -> str:
    """What became of the words of a moment whose markup states it: right, wrong, refused or unread."""
    found = examine_moment(words)
    if found is None:
        return "unread: words beside it" if any(c.isdecimal() for c in words) else "unread: no digit"
    if isinstance(found, RefusedMoment):
        return f"refused: {found.reason.split(', ')[0].rstrip('.')}"
    if found.precision in ("year", "month"):
        return "right" if stated.value.startswith(found.value) else "WRONG"
    return "right" if is_same_moment(found, stated) else "WRONG"


def is_same_moment(found: ParsedMoment, stated: ParsedMoment) -> bool:
    """Whether two moments can be one, as far as both tell; a missing offset can be any there is."""
    if stated.precision == "day" or found.precision == "day":
        there, here = _local(stated), _local(found)
        if found.value[:10] == stated.value[:10]:
            return True
        if stated.precision == "day" or _offset(stated) is None:
            return False
        utc = there - (_offset(stated) or timedelta())
        return (utc + WEST).date() <= here.date() <= (utc + EAST).date()
    apart = _local(found) - _local(stated)
    ours, theirs = _offset(found), _offset(stated)
    if ours is not None and theirs is not None:
        apart -= ours - theirs
        return abs(apart) < timedelta(minutes=2)
    if theirs is not None:
        apart += theirs
    return WEST <= apart <= EAST and min(apart % timedelta(minutes=15), -apart % timedelta(minutes=15)) < (
        timedelta(minutes=2)
    )


def _moment(parsed: ParsedMoment) -> datetime:
    value = parsed.value
    return datetime.fromisoformat(value if "T" in value else f"{value}T00:00")


def _local(parsed: ParsedMoment) -> datetime:
    return _moment(parsed).replace(tzinfo=None)


def _offset(parsed: ParsedMoment) -> timedelta | None:
    return _moment(parsed).utcoffset()


def count_judgements(folder: Path, name: str, *, show: bool = False) -> Counter[str]:
    """How often each judgement was passed on the pages of a set; with `show`, what was wrong is printed."""
    counts: Counter[str] = Counter()
    for page in read_pages(folder, name):
        for words, attribute in read_pairs(page.html):
            stated = parse_moment(attribute)
            if stated is None or stated.precision in ("year", "month"):
                continue
            judged = judge_words(words, stated)
            counts[judged] += 1
            if show and judged == "WRONG":
                click.echo(f"{page.page_id}: {words!r} beside {attribute!r}")
    return counts


@click.command()
@click.option("--pages", type=click.Path(file_okay=False, path_type=Path), default=PAGES, show_default=True)
@click.option("--most-wrong", type=float, default=1.0, show_default=True, help="Percent wrong that may be.")
@click.option("--show", is_flag=True, help="Print the words that were read wrong.")
def main(pages: Path, most_wrong: float, show: bool) -> None:
    """Read the words of time elements and compare them with the moment their markup states."""
    failed = False
    for name in FILES:
        counts = count_judgements(pages, name, show=show)
        total = counts.total() or 1
        click.echo(f"{name}: {counts.total()} moments")
        for judged, count in counts.most_common():
            click.echo(f"  {count:5}  {100 * count / total:5.1f} %  {judged}")
        failed = failed or 100 * counts["WRONG"] / total > most_wrong
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
