"""Words of a text as the figures of pages count them, and how two texts, or two values, are compared.

In: strings. Out: words, precision, recall and F1 of one page, or yes and no.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

# Scripts that put no space between words: Thai, Lao, Myanmar, Khmer, kana, Han. Each character counts.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}\U00020000-\U0003ffff]|[^\W{_UNSPACED}\U00020000-\U0003ffff]+")
_MINUTE = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:?\d\d")
_MARKS = str.maketrans(
    {**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‛`´", "'"), **dict.fromkeys("‐‑‒–—―", "-")}
)
SHINGLE = 4
Parts = tuple[float, float, float]


def words_of(text: str) -> list[str]:
    r"""The runs of `\w`, casefolded.

    >>> words_of("Zoë's dam: 東京 held")
    ['zoë', 's', 'dam', '東', '京', 'held']
    """
    return _WORD.findall(text.casefold())


def shingles_of(words: Sequence[str], size: int = SHINGLE) -> list[tuple[str, ...]]:
    """Every run of so many words; a shorter text is one run."""
    return [tuple(words[i : i + size]) for i in range(max(1, len(words) - size + 1))] if words else []


def compare_multisets(found: Iterable[object], gold: Iterable[object]) -> Parts:
    """Precision, recall and F1 of two multisets; all 0 where they share nothing.

    >>> compare_multisets("aab", "abcd")[:2]
    (0.6666666666666666, 0.5)
    """
    left, right = Counter(found), Counter(gold)
    shared = (left & right).total()
    if not shared:
        return 0.0, 0.0, 0.0
    precision, recall = shared / left.total(), shared / right.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def joined_words(text: str) -> str:
    """The words with one space between and around, so that one such string can be sought in another."""
    return f" {' '.join(words_of(text))} "


def normalise(value: str) -> str:
    """A name or title for comparison: NFKC, casefolded, white space single."""
    return " ".join(unicodedata.normalize("NFKC", value).casefold().split())


def normalise_marks(value: str) -> str:
    """The same with every quotation mark and dash of one shape: golds were typed, titles are typeset.

    >>> normalise_marks("“Dam – holds”") == normalise_marks('"Dam - holds"')
    True
    """
    return normalise(value).translate(_MARKS)


def is_day_right(published: str | None, day: str, moment: datetime | None) -> bool:
    """Whether it is the gold's day, as it stands or in the zone of the gold's moment."""
    found = _read_iso(published)
    if published is None or found is None:
        return False
    if published[: len(day)] == day:
        return True
    return bool(found.tzinfo and moment and found.astimezone(moment.tzinfo).date().isoformat() == day)


def is_moment_right(published: str | None, moment: datetime) -> bool:
    """Whether it is the gold's minute; without a time or a zone it is not."""
    found = _read_iso(published)
    if published is None or found is None or found.tzinfo is None or not _MINUTE.match(published):
        return False
    return _minute_of(found) == _minute_of(moment)


def _read_iso(published: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(published or "")
    except ValueError:
        return None


def _minute_of(moment: datetime) -> datetime:
    return moment.astimezone(UTC).replace(second=0, microsecond=0)
