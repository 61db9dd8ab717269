"""Which of the first units of a plain text is its title: units and what each is known to be in, a place out.

Each unit is scored by marks that hold of it, from a table of weights; the best is the title, unless
none reaches the score that a text without a title gives. No mark knows a language.
"""

import re
from collections.abc import Sequence

from onrecord.ingest.lines import Unit, is_list_item, is_stopped

MAX_TITLE_CHARS, MAX_TITLE_WORDS = 250, 40
# Titles stand among the first units, and over the second long paragraph at the latest.
MAX_UNITS_OVER, MAX_LONG_OVER = 30, 1
LONG_CHARS = 250
# The text that a title is compared with: this many characters of it, of units at least so long.
BODY_CHARS, MIN_BODY_UNIT_CHARS = 12_000, 100
NEAR = 4

# Log-odds fitted on half of the sites of two page collections (a softmax over the units of a text and
# "none", with each text once more without its title), rounded to a tenth. "stopped-over-header" is by
# judgement: the collections have next to none.
WEIGHTS: dict[str, float] = {
    "again-below": 0.2, "again-over": 0.5, "among-short": 0.2, "apart": 0.9, "below-likely": -0.9,
    "below-long": -2.4, "below-longer": -1.0, "below-medium": -1.4, "capitals": 0.9, "crumbs": -1.9,
    "deep-14": -0.7, "deep-4": -0.8, "deep-8": -2.0, "digits-alone": -0.3, "ends-colon": -1.3,
    "ends-question": -0.2, "ends-stop": -3.0, "glued": -1.5, "header-in-1": 0.8, "header-in-2": 0.8,
    "header-in-3": 0.4, "header-in-4": 0.3, "header-over": -1.5, "hits-0": -0.2, "hits-1": -0.3,
    "hits-2": 0.2, "hits-3": 0.1, "hits-4": 0.1, "holds-below": -0.5, "holds-over": -0.4, "last": -0.2,
    "lead-0": -0.7, "lead-1": -0.2, "lead-2": 0.5, "lead-3": 0.3, "list-item": -0.7, "over-dek": 0.4,
    "over-likely": -0.2, "over-short": -0.2, "over-text": -1.0, "shared-0": -0.4, "shared-1": -0.2,
    "shared-2": 0.1, "shared-3": 0.4, "starts-lower": -0.7, "stopped-over-header": 2.0, "upper": -0.6,
    "within-below": 0.7, "within-over": 2.0, "words-1": -1.4, "words-10": 1.5, "words-14": 2.1,
    "words-18": 0.7, "words-2": -1.2, "words-24": -1.4, "words-3": -0.4, "words-5": 0.4, "words-7": 1.2,
    "words-more": -1.6,
}  # fmt: skip
# The score that a unit needs: below it, a text without a title does as well.
MIN_SCORE = -1.5

_WORD = re.compile(r"[぀-ヿ㐀-鿿]|[^\W_]+")
_CRUMBS = re.compile(r"[|›»❯→▸⟩>]|\s/\s")
_GLUED = re.compile(r"[a-zà-öø-ÿ]{2}[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]")
_NOT_WORDS = re.compile(r"[\W_]+")
_STOPS, _MARKS = ".。", "\"'“”‘’«»)]"


def find_title(units: Sequence[Unit], told: Sequence[str]) -> int | None:
    """The place of the title, or None.

    `told` says for each of the first units what it is known to be: "byline", "dateline", "aside"
    (furniture, a credit, a caption), "text", or "".
    """
    best, best_score = None, MIN_SCORE
    for i, marks in find_candidates(units, told):
        score = sum(WEIGHTS.get(mark, 0.0) for mark in marks)
        if score > best_score:
            best, best_score = i, score
    return best


def find_candidates(units: Sequence[Unit], told: Sequence[str]) -> list[tuple[int, list[str]]]:
    """The units that may be the title, each with the marks that hold of it."""
    body = _stems_of_body(units)
    folded = [fold_title(unit.words) for unit in units[: len(told)]]
    found, long_over = [], 0
    for i, unit in enumerate(units[: len(told)]):
        if long_over > MAX_LONG_OVER:
            break
        if not told[i] and may_be_title(unit):
            found.append((i, [*_marks_of_words(unit, body), *_marks_of_place(units, told, folded, i, body)]))
        long_over += len(unit.words) >= LONG_CHARS
    return found


def may_be_title(unit: Unit) -> bool:
    """Whether a unit is short enough for a title and has words."""
    words = unit.words
    return (
        len(words) <= MAX_TITLE_CHARS
        and unit.line_count <= 4
        and len(words.split()) <= MAX_TITLE_WORDS
        and any(c.isalpha() for c in words)
    )


def fold_title(words: str) -> str:
    """The words of a title whatever its marks and capitals."""
    return _NOT_WORDS.sub(" ", words).strip().casefold()


def _stems_of(words: str) -> list[str]:
    """Words of four letters and more by their first five letters, so that endings do not matter; where
    words are not parted, each character."""
    found = (word.casefold() for word in _WORD.findall(words))
    return [w[: 2 if "가" <= w[0] <= "힯" else 5] for w in found if len(w) >= 4 or w[0] >= "\u2e80"]


def _stems_of_body(units: Sequence[Unit]) -> set[str]:
    stems, chars = set[str](), 0
    for unit in units:
        if len(unit.words) >= MIN_BODY_UNIT_CHARS:
            stems.update(_stems_of(unit.words[:BODY_CHARS]))
            chars += len(unit.words)
            if chars > BODY_CHARS:
                break
    return stems


def _count_capitals(words: str) -> int:
    return sum(word[0].isupper() for word in _WORD.findall(words))


def _count_words(words: str) -> int:
    """How many words a line has; of scripts that do not part them, two characters count as one."""
    found: list[str] = _WORD.findall(words)
    unparted: int = sum(len(w) == 1 and w >= "\u2e80" for w in found)
    return len(found) - unparted + unparted // 2


def _marks_of_words(unit: Unit, body: set[str]) -> list[str]:
    words = unit.words
    count = _count_words(words)
    stems = set(_stems_of(words))
    hits = len(stems & body)
    share = hits / len(stems) if stems else 0.0
    size = next((str(n) for n in (1, 2, 3, 5, 7, 10, 14, 18, 24) if count <= n), "more")
    core = words.rstrip(_MARKS)
    marks = [f"words-{size}", f"shared-{int(min(share, 0.99) * 4)}", f"hits-{min(hits, 4)}"]
    checks = (
        ("ends-stop", is_stopped(words)),
        ("ends-question", core[-1:] in "?？"),
        ("ends-colon", core[-1:] in ":,;…："),
        ("starts-lower", words[0].islower()),
        ("glued", _GLUED.search(words) is not None),
        ("crumbs", _CRUMBS.search(words) is not None),
        ("list-item", is_list_item(words)),
        ("upper", words.isupper()),
        ("capitals", count >= 4 and _count_capitals(words) >= 0.6 * count),
        ("digits-alone", not any(len(w) > 2 for w in _WORD.findall(words)) and count < 4),
    )
    return marks + [name for name, holds in checks if holds]


def _stems_of_lead(units: Sequence[Unit], i: int) -> set[str]:
    """The stems of the first two longer units below one."""
    longer = [u for u in units[i + 1 : i + 12] if len(u.words) >= MIN_BODY_UNIT_CHARS][:2]
    return {stem for unit in longer for stem in _stems_of(unit.words[:1500])}


def _is_likely(unit: Unit, body: set[str]) -> bool:
    """Whether a unit alone reads as a title: four words and more, no full stop, half of them in the text."""
    words = unit.words
    if words[-1] in _STOPS + ":" or not may_be_title(unit) or _count_words(words) < 4:
        return False
    stems = set(_stems_of(words))
    return len(stems & body) >= max(2, len(stems) / 2)


def _marks_of_place(
    units: Sequence[Unit], told: Sequence[str], folded: Sequence[str], i: int, body: set[str]
) -> list[str]:
    after = list(range(i + 1, min(len(told), i + 1 + NEAR)))
    again = [j for j, other in enumerate(folded) if j != i and other == folded[i]]
    within = [j for j, other in enumerate(folded) if j != i and folded[i] in other and other != folded[i]]
    header = next((j - i for j in after if told[j] in {"byline", "dateline"}), 0)
    next_size = len(units[i + 1].words) if i + 1 < len(units) else 0
    marks = [f"header-in-{header}"] if header else []
    many = len(folded[i].split()) > 2
    held = [j for j, other in enumerate(folded) if j != i and len(other.split()) > 2 and other in folded[i]]
    lead = _stems_of_lead(units, i)
    hits = len(set(_stems_of(units[i].words)) & lead)
    marks.append(f"lead-{min(hits, 3)}")
    checks = (
        ("last", i + 1 == len(units)),
        ("holds-over", any(j < i and folded[j] != folded[i] for j in held)),
        ("holds-below", any(j > i and folded[j] != folded[i] for j in held)),
        ("again-over", any(j < i for j in again)),
        ("again-below", any(j > i for j in again)),
        ("within-over", many and any(j < i for j in within)),
        ("within-below", many and any(j > i for j in within)),
        ("header-over", any(t in {"byline", "dateline"} for t in told[:i])),
        ("stopped-over-header", header == 1 and i == 0 and is_stopped(units[i].words)),
        ("below-likely", any(_is_likely(units[j], body) for j in range(i) if not told[j])),
        ("over-likely", any(_is_likely(units[j], body) for j in range(i + 1, min(i + 3, len(told))))),
        ("among-short", 0 < i < len(units) - 1 and max(len(units[i - 1].words), next_size) < 25),
        ("over-text", next_size >= LONG_CHARS),
        ("over-dek", 100 <= next_size < LONG_CHARS),
        ("over-short", next_size < 30),
        ("below-long", any(len(u.words) >= LONG_CHARS for u in units[:i])),
        ("below-medium", any(100 <= len(u.words) < LONG_CHARS for u in units[:i])),
        ("below-longer", any(len(units[j].words) > max(30, len(units[i].words)) for j in range(i))),
        ("apart", i + 1 < len(units) and units[i].group != units[i + 1].group),
        ("deep-4", i >= 4),
        ("deep-8", i >= 8),
        ("deep-14", i >= 14),
    )
    return marks + [name for name, holds in checks if holds]
