"""The gate of pages: figures of a fixed part of both page sets, held above pinned floors.

In: the folder of the sets and `page_floors.toml`. Out: scores in points, and what has dropped. Floors
are read, raised and reset as those of `eval.gate` are.
"""

from collections.abc import Mapping
from pathlib import Path

from eval import gate as gates
from eval.page_corpus import FILES, GoldPage, hash_pages, read_pages, take_part
from eval.page_figures import Read, count_page, sum_pages
from eval.page_readings import read_with_onrecord

FLOORS = Path(__file__).parent / "page_floors.toml"
# One page in six: 172 pages, some seconds.
ONE_IN = 6
HEADER = """\
# Floors of the gate of pages, in points on a fixed part of both sets: one page in six, by the hash of
# its id. `articles` is how many pages that is, `sha256` is over them and their gold. In every figure
# more is better: `captions_kept_out` and `authors_not_invented` are 100 less what leaks or is invented.
# Written by `python -m eval pagegate --update` (which never lowers) and `--accept-lower`; not by hand.
"""
# Figures where less is better, by the name under which the gate counts what is left.
COMPLEMENTS = {"captions_kept_out": "captions_leaking", "authors_not_invented": "authors_invented"}
NAMES = {
    "publishers": (
        "text", "shingles", "headings", "captions_found", "captions_kept_out", "title", "authors",
        "day", "moment", "located",
    ),
    "wcxb": (
        "text", "shingles", "with", "without", "title", "authors", "authors_not_invented", "day", "located",
    ),
}  # fmt: skip
Part = Mapping[str, list[GoldPage]]


def read_part(folder: Path) -> Part:
    """The pages that the gate scores, by set."""
    return {name: take_part(read_pages(folder, name), ONE_IN) for name in FILES}


def hash_part(part: Part) -> str:
    """The hash over the pages of all sets."""
    return hash_pages(page for pages in part.values() for page in pages)


def judge_pages(part: Part, floors: gates.Floors, read: Read = read_with_onrecord) -> gates.Verdict:
    """The verdict on a reader; a part that is not the pinned one is not scored."""
    return gates.judge_part("The pages", hash_part(part), floors, lambda: score_part(part, read))


def score_part(part: Part, read: Read = read_with_onrecord) -> dict[str, float]:
    """The points of every figure that the gate holds; 0 where no page tells of it."""
    scores: dict[str, float] = {}
    for name, pages in part.items():
        figures = sum_pages([count_page(page, read(page)) for page in pages], boot=0)
        for wanted in NAMES[name]:
            figure = figures.get(COMPLEMENTS.get(wanted, wanted))
            value = figure.value if figure else 0.0
            scores[f"{name}_{wanted}"] = 100 * (1 - value if wanted in COMPLEMENTS else value)
    return scores


def floors_for(part: Part, scores: Mapping[str, float]) -> gates.Floors:
    """Floors for these scores on this part, lower or not."""
    return gates.set_floors(sum(map(len, part.values())), hash_part(part), scores)
