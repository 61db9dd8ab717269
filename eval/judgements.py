"""What people judged, as a test of the engine: the cases of an export in, how many it gets right today out.

`python -m eval.judgements FILE` reads what `onrecord export --judgements` wrote. An accepted or corrected
statement is right where one with the same content and speaker is found, a rejected one where none such is.
"""

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.record import Span, Statement, fold_name

ROLES = ("content", "cue", "source")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A statement as a case has it: its spans by role and its speaker's name."""

    spans: dict[str, tuple[Span, ...]]
    speaker: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementCase:
    """One judged statement: the text, the bounds of the paragraphs to read, and how it should be.

    `wanted` is what should be found, or, where it was rejected, what should not.
    """

    statement_id: str
    verdict: str
    text: str
    paragraphs: tuple[tuple[int, int], ...]
    wanted: Wanted


def read_judgement_cases(path: Path) -> Iterator[JudgementCase]:
    """The cases of statements in an export of judgements; raises `ValueError` with the line that is none."""
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                shape = json.loads(line)
                if shape["case"] == "statement":
                    yield _make_case(shape)
            except (KeyError, TypeError, ValueError) as error:
                raise ValueError(f"{path}, line {number}: no case of a judgement: {error!r}.") from error


def _make_case(shape: dict[str, Any]) -> JudgementCase:
    wanted = shape["right"] or shape["extracted"]
    text: str = shape["text"]
    spans = {role: tuple(_make_span(span, text) for span in wanted[role]) for role in ROLES}
    return JudgementCase(
        statement_id=shape["statement_id"],
        verdict=shape["verdict"],
        text=text,
        paragraphs=tuple((low, high) for low, high in shape["paragraphs"]),
        wanted=Wanted(spans=spans, speaker=wanted["speaker"]),
    )


def _make_span(shape: dict[str, Any], text: str) -> Span:
    span = Span(start_char=shape["start_char"], end_char=shape["end_char"])
    if span.of(text) != shape["text"]:
        raise ValueError(f"the text has {span.of(text)!r:.60} where the case has {shape['text']!r:.60}")
    return span


Read = Callable[[str, tuple[tuple[int, int], ...]], Sequence[Statement]]


def score_cases(cases: Iterable[JudgementCase], read: Read) -> Counter[tuple[str, str]]:
    """Counts by (verdict, "cases" or "right"); "content" counts those whose content alone is right.

    `read` gives the statements of a text; cases of one text after the other cost one reading.
    """
    counts: Counter[tuple[str, str]] = Counter()
    last: tuple[str, tuple[tuple[int, int], ...]] | None = None
    found: Sequence[Statement] = ()
    for case in cases:
        if last != (case.text, case.paragraphs):
            last = (case.text, case.paragraphs)
            found = read(*last)
        same = [s for s in found if _has_content(s, case)]
        both = any(_has_speaker(s, case) for s in same)
        is_wanted = case.verdict != "rejected"
        counts[case.verdict, "cases"] += 1
        counts[case.verdict, "content"] += bool(same) is is_wanted
        counts[case.verdict, "right"] += both is is_wanted
    return counts


def _has_content(statement: Statement, case: JudgementCase) -> bool:
    """Whether a statement has the content, but for marks and spaces, at its place."""
    wanted = case.wanted.spans["content"]
    overlap = all(any(one.overlaps(other) for other in statement.content) for one in wanted)
    return overlap and _letters(statement.content, case.text) == _letters(wanted, case.text)


def _has_speaker(statement: Statement, case: JudgementCase) -> bool:
    name = statement.speaker.name if statement.speaker else None
    wanted = case.wanted.speaker
    return name is wanted if name is None or wanted is None else fold_name(name) == fold_name(wanted)


def _letters(spans: Sequence[Span], text: str) -> str:
    return "".join(sign for span in spans for sign in span.of(text) if sign.isalnum())


def read_with_engine() -> Read:
    """Reads texts with the engine as it is today."""
    from onrecord.engine import Engine
    from onrecord.extract.parts import Setting, read_parts
    from onrecord.record import content_id

    engine = Engine()

    def read(text: str, paragraphs: tuple[tuple[int, int], ...]) -> Sequence[Statement]:
        return read_parts(text, paragraphs, engine, Setting(article_id=content_id("text", text))).statements

    return read


def tell_counts(counts: Counter[tuple[str, str]]) -> str:
    """A line a verdict: how many cases, and how many are right."""
    lines = [f"{'verdict':<10}{'cases':>7}{'content':>9}{'right':>7}"]
    for verdict in ("accepted", "corrected", "rejected"):
        figures = [counts[verdict, name] for name in ("cases", "content", "right")]
        if figures[0]:
            lines.append(f"{verdict:<10}{figures[0]:>7}{figures[1]:>9}{figures[2]:>7}")
    return "\n".join(lines)


def main(arguments: Sequence[str]) -> int:
    """Scores the engine by a file of cases."""
    if len(arguments) != 1:
        print(
            "Usage: python -m eval.judgements FILE, as onrecord export --judgements writes it",
            file=sys.stderr,
        )
        return 2
    print(tell_counts(score_cases(read_judgement_cases(Path(arguments[0])), read_with_engine())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
