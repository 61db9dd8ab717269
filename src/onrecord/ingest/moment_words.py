"""The words of dates in many languages: the tables of this folder in, look-ups by folded word out.

Words are folded: lower case, without accents, so that SETEMBRO, Březen and brezen are found alike.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import resources

# The letter that stands for each kind of word in the shape of a line; a later kind overrules an earlier one.
KIND_LETTERS = {
    "weekday": "w", "filler": "f", "glue": "g", "ordinal": "o", "year_word": "G", "suffix": "U", "at": "k",
    "second_mark": "S", "minute_mark": "M", "hour_mark": "H", "published": "p", "updated": "u",
    "month_word": "V", "am": "h", "pm": "h", "month": "m", "year_mark": "a", "month_mark": "l",
    "day_mark": "j",
}  # fmt: skip
# The other kinds of the table, those of "2 hours ago", have no letter: "ago" is August in Spanish.
# The first month number of the Solar Hijri calendar, whose months count on from it.
PERSIAN = 100
_OPENING = re.compile(r"([^ '’\u200c-]+)[ '’\u200c-]")
_CJK = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")


@dataclass(slots=True, kw_only=True)
class MomentWords:
    """What each folded word can be: its letter, month by language, weekdays, unit, and other kinds."""

    letters: dict[str, str] = field(default_factory=dict)
    months: dict[str, dict[str, int]] = field(default_factory=dict)
    weekdays: dict[str, set[int]] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, set[str]] = field(default_factory=dict)
    cjk: list[str] = field(default_factory=list)
    phrases: dict[str, list[str]] = field(default_factory=dict)


@lru_cache(maxsize=4096)
def fold_word(word: str) -> str:
    """The word in lower case, without accents and points.

    >>> fold_word("BŘEZEN"), fold_word("Kasım")
    ('brezen', 'kasim')
    """
    if word.isascii():
        return word.lower()
    letters = unicodedata.normalize("NFKD", word.lower())
    return "".join(c for c in letters if not unicodedata.combining(c)).replace("ı", "i").replace("’", "'")


@cache
def load_words() -> MomentWords:
    """The tables, read once."""
    words = MomentWords()
    rows: dict[str, list[str]] = {kind: [] for kind in KIND_LETTERS}
    for kind, _, forms in read_table("moment_words.tsv"):
        rows.setdefault(kind, []).extend(forms.split("|"))
    for _, *names in read_table("weekday_names.tsv"):
        _add_weekdays(words, rows["weekday"], names)
    for language, *names in read_table("month_names.tsv"):
        _add_months(words, rows["month"], language, names)
    for kind, all_forms in rows.items():
        for form in all_forms:
            folded = fold_word(form)
            if kind.startswith("unit_"):
                words.units[folded] = kind.removeprefix("unit_")
            if kind in KIND_LETTERS:
                words.letters[folded] = KIND_LETTERS[kind]
            words.kinds.setdefault(folded, set()).add(kind)
            _note_phrase(words, form)
    for word in words.months.keys() & words.weekdays.keys():
        words.letters[word] = "b"
    words.cjk.sort(key=len, reverse=True)
    for phrases in words.phrases.values():
        phrases.sort(key=len, reverse=True)
    return words


def read_table(name: str) -> Iterator[list[str]]:
    """The rows of one of the tables beside this file, cut at tabs."""
    table = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return (line.split("\t") for line in table.splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=4096)
def month_of(word: str, language: str | None) -> int | None:
    """The month that a folded word names in the language; None where languages differ and none is known."""
    by_language = load_words().months[word]
    if language in by_language:
        return by_language[language]
    numbers = set(by_language.values())
    return numbers.pop() if len(numbers) == 1 else None


def _note_phrase(words: MomentWords, form: str) -> None:
    """Notes a form that the cutting of a line into words would break."""
    if _CJK.match(form):
        words.cjk.append(form)
    elif opening := _OPENING.match(form):
        words.phrases.setdefault(fold_word(opening[1]), []).append(form.lower().replace("’", "'"))


def _add_weekdays(words: MomentWords, row: list[str], names: list[str]) -> None:
    for weekday, forms in enumerate(names):
        for form in filter(None, forms.split("|")):
            row.append(form)
            words.weekdays.setdefault(fold_word(form), set()).add(weekday)


def _add_months(words: MomentWords, row: list[str], language: str, names: list[str]) -> None:
    first = PERSIAN + 1 if language == "fa-persian" else 1
    for month, forms in enumerate(names, first):
        for form in filter(None, forms.split("|")):
            row.append(form)
            words.months.setdefault(fold_word(form), {})[language.partition("-")[0]] = month
