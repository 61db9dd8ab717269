"""Toponyms: a place name with the words around it that tell what kind of place is meant, and within what.

In: a text and the spans of its place names. Out: for each the names to look up, the kind that the words want
("the Harlow and Tessaly regions" wants regions), and the place that is named as holding it ("Harlow, Ill.").
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from onrecord.language.tables import read_rows
from onrecord.record import Span

Want = Literal["settlement", "region", "county", "country", "water", "facility", "body"]

ARTICLE = re.compile(r"(?:the|The|THE)\s+")
POSSESSIVE = re.compile(r"['’](?:s|S)?$")
DIRECTION = re.compile(
    r"(?:(?:north|south|east|west|central|mid|greater|downtown|upper|lower|inner|outer|metro|metropolitan|rural"
    r"|northern|southern|eastern|western|northeastern|northwestern|southeastern|southwestern|northeast"
    r"|northwest|southeast|southwest)[\s-]+)+",
    re.IGNORECASE,
)
NEXT_WORD = re.compile(r"[\s-]+([A-Za-z]+)")
WORD_BEFORE = re.compile(r"([A-Za-z]+)\s+(of\s+)?(?:the\s+)?$")
JOINING = re.compile(r",?\s+(?:and|or|&)\s+(?:the\s+)?|,\s+(?:the\s+)?")
CONTAINER = re.compile(
    r",\s+((?:[A-Z]\.\s?){2,3}|[A-Z][\w’'-]*\.?(?:[ \u00a0](?:of[ ]|and[ ])?[A-Z][\w’'-]*\.?){0,2})"
)
PARENTHESIS = re.compile(r"\s+\(([A-Z][\w.’' -]{1,30})\)")
LONGEST_LIST = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Toponym:
    """One place name. `lookups` are the forms to look up, the fullest first. `want` is the kind that words
    beside it tell, `inner_want` that of a word inside it, which counts where the form without that word is
    found. `container` are the names that may hold it, the longest first, `listed` where they may as well be
    the next of a list.
    """

    span: Span
    lookups: tuple[str, ...]
    want: Want | None = None
    inner_want: Want | None = None
    container: tuple[str, ...] = ()
    listed: bool = False


@cache
def kind_words() -> dict[str, dict[str, Want]]:
    """Words for kinds of places, by where they stand: after a name, before it."""
    found: dict[str, dict[str, Want]] = {"after": {}, "before": {}}
    for word, kind, side in read_rows("place_words.tsv"):
        for where in ("after", "before") if side == "both" else (side,):
            found[where][word] = kind  # type: ignore[assignment]  # a test sweeps the table
    return found


def read_toponyms(text: str, spans: Sequence[Span]) -> list[Toponym]:
    """The toponyms of a text; the spans are in order and flat."""
    wanted = [_wanted_beside(text, span) for span in spans]
    _spread_over_lists(text, spans, wanted)
    return [
        _read_toponym(text, span, want, spans[k + 1] if k + 1 < len(spans) else None)
        for k, (span, want) in enumerate(zip(spans, wanted, strict=True))
    ]


def _read_toponym(text: str, span: Span, want: Want | None, following: Span | None) -> Toponym:
    lookups, own = _lookups_of(span.of(text))
    container, listed = _container_of(text, span, following)
    return Toponym(
        span=span,
        lookups=tuple(lookups),
        want=want,
        inner_want=own,
        container=tuple(container),
        listed=listed,
    )


def _lookups_of(raw: str) -> tuple[list[str], Want | None]:
    """The forms to look up, and the kind that a word inside the name tells."""
    name = POSSESSIVE.sub("", " ".join(raw.split()))
    forms, want = [name], None
    plain = ARTICLE.sub("", name, count=1) if ARTICLE.match(name) else name
    bare, kind = _take_off_kind(plain)
    if bare:
        forms.append(bare)
        want = kind
    for form in (plain, bare):
        undirected = DIRECTION.sub("", form, count=1) if form and DIRECTION.match(form) else ""
        if undirected:
            forms.append(undirected)
    return list(dict.fromkeys(forms)), want


def _take_off_kind(name: str) -> tuple[str, Want | None]:
    """The name without a word for its kind at its end or, with "of", at its start, and that kind."""
    words = name.split()
    if len(words) < 2:
        return "", None
    tables = kind_words()
    last, first = tables["after"].get(words[-1].lower().rstrip(".")), tables["before"].get(words[0].lower())
    if last and last not in ("facility", "body"):
        return " ".join(words[:-1]), last
    if first and len(words) > 2 and words[1].lower() == "of":
        return " ".join(words[2:]), first
    if first and first in ("water", "county"):
        return " ".join(words[1:]), first
    return "", None


def _wanted_beside(text: str, span: Span) -> Want | None:
    """The kind that the word after the name tells, or the one before it."""
    tables = kind_words()
    after = NEXT_WORD.match(text, span.end_char, span.end_char + 30)
    if (
        after
        and (kind := tables["after"].get(after[1].lower()))
        and kind not in ("facility", "body", "water")
    ):
        return kind
    before = WORD_BEFORE.search(text, max(span.start_char - 30, 0), span.start_char)
    if before and (kind := tables["before"].get(before[1].lower())):
        joined = before[2] is not None
        if kind == "settlement" and (joined or before[1].lower() == "downtown"):
            return kind
        if kind not in ("settlement", "facility") and (joined or before[1][0].isupper()):
            return kind
    return None


def _spread_over_lists(text: str, spans: Sequence[Span], wanted: list[Want | None]) -> None:
    """A plural word for a kind counts for every name of the list before it."""
    tables = kind_words()
    for last in range(1, len(spans)):
        after = NEXT_WORD.match(text, spans[last].end_char, spans[last].end_char + 30)
        if wanted[last] is None or not after or not after[1].lower().endswith("s"):
            continue
        if tables["after"].get(after[1].lower()) != wanted[last]:
            continue
        first = last
        while first > max(last - LONGEST_LIST, 0) and _are_joined(text, spans[first - 1], spans[first]):
            first -= 1
            wanted[first] = wanted[last]


def _are_joined(text: str, one: Span, other: Span) -> bool:
    return JOINING.fullmatch(text, one.end_char, other.start_char) is not None


def _container_of(text: str, span: Span, following: Span | None) -> tuple[list[str], bool]:
    """The names that may hold the place: what follows a comma or stands in parentheses."""
    end = span.end_char
    after = NEXT_WORD.match(text, end, end + 30)
    if after and after[1].lower() in kind_words()["after"]:
        end = after.end()
    inside = PARENTHESIS.match(text, end)
    if inside:
        return [inside[1]], False
    match = CONTAINER.match(text, end)
    if not match:
        return [], False
    start = match.start(1)
    names = [following.of(text)] if following and following.start_char == start else []
    words = match[1].split()
    names += [" ".join(words[:k]) for k in range(len(words), 0, -1)]
    stop = following.end_char if names and following and following.start_char == start else match.end()
    listed = re.match(r",?\s+(?:and|or)\s+[A-Z]", text[stop : stop + 12]) is not None
    return list(dict.fromkeys(names)), listed


CAPITALISED_WORD = r"(?:[A-ZÀ-Þ][a-z]{0,3}\.(?=[ ,])|[A-ZÀ-Þ][\w’'-]*)"
CAPITALISED = re.compile(rf"(?:[A-Z]\.){{2,}}|{CAPITALISED_WORD}(?:[ \u00a0](?:of[ ])?{CAPITALISED_WORD})*")
LONGEST_NAME_WORDS = 3


@cache
def _function_words() -> frozenset[str]:
    """Words that open sentences and no names."""
    return frozenset(
        [row[0] for row in read_rows("function_words.tsv")]
        + [row[1] for row in read_rows("place_use_words.tsv")]
    )


def iter_runs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Bounds of runs of words with capitals, without a word of grammar that opens a sentence: "In Harlow"."""
    for match in CAPITALISED.finditer(text, start, end):
        first = match.start()
        while (space := text.find(" ", first, match.end())) >= 0:
            if text[first:space].lower() not in _function_words():
                break
            first = space + 1
        yield first, match.end()


def iter_other_names(text: str, spans: Sequence[Span]) -> Iterator[tuple[str, bool]]:
    """Names that may be of places, each once, outside the spans: runs of words with capitals, and their
    parts.

    "Harlow State University" gives "Harlow State University", "Harlow State", "Harlow". With each comes
    whether a word for a body follows ("Harlow police"): then it is hardly a surname.
    """
    taken = iter(sorted(spans))
    span = next(taken, None)
    seen: set[str] = set()
    for start, end in iter_runs(text, 0, len(text)):
        while span is not None and span.end_char <= start:
            span = next(taken, None)
        if span is not None and span.start_char < end:
            continue
        words = text[start:end].split()
        for count in range(min(len(words), LONGEST_NAME_WORDS), 0, -1):
            name = POSSESSIVE.sub("", " ".join(words[:count]))
            if name not in seen and len(name) > 3:
                seen.add(name)
                yield name, _is_of_body(text, end, words[count:])


def _is_of_body(text: str, end: int, following: Sequence[str]) -> bool:
    """Whether the words behind a name are those of a body or building."""
    after = NEXT_WORD.match(text, end, end + 30)
    words = [*following, *([after[1]] if after else [])]
    table = kind_words()["after"]
    return any(table.get(word.lower()) in ("facility", "body", "county") for word in words)
