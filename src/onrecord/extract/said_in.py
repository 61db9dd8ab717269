"""Where a statement was made: only where the article tells it.

In: statements, the places of the article and the page. Out: the statements with `said_in`, by a named rule,
or with the reason why it is unknown. A place inside the content is what was spoken of, not where.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from onrecord.extract.page import Page
from onrecord.language.tables import read_rows
from onrecord.record import Origin, PlaceValue, SaidIn, Span, Statement, Unknown

VERSION = "1"
NAMED_BY_PLACE = "scene_named_by_place"  # "at a Beltown rally"
REASON = "The article does not tell where this was said."
WHERE = r"\b(?:in|at|outside|inside|near|from|aboard)\s+(?:(?:nearby|downtown|central)\s+)?(the\s+)?$"
WHERE_BEFORE = re.compile(WHERE, re.IGNORECASE)
OPENING = re.compile(
    r"(?:in|at|during|speaking|addressing|after|on|outside|inside|from|following)\b", re.IGNORECASE
)
PRONOUN = re.compile(r"(?:he|she|they)\Z", re.IGNORECASE)
NEXT_WORDS = re.compile(r"\s+((?:\w+\s+)?\w+)")
MOST_WORDS_AFTER_CUE = 6
MOST_CHARS_TO_COMMA = 40


@cache
def _scene_pattern() -> re.Pattern[str]:
    words = sorted((row[0] for row in read_rows("scene_words.tsv")), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(words)})\b", re.IGNORECASE)


def add_said_in(
    statements: Sequence[Statement], places: Sequence[PlaceValue], page: Page
) -> tuple[Statement, ...]:
    """The statements with where each was made.

    First the sentence of the cue is read; then a statement without a scene of its own takes that of the
    sentence right before, where the same person goes on in the same paragraph.
    """
    named = [p for p in places if p.use != "government" or p.kind == "facility"]
    told = {s.statement_id: _find_in_sentence(s, named, page) for s in statements}
    return tuple(
        _with_scene(s, told[s.statement_id] or _carry_over(s, statements, told, page)) for s in statements
    )


def _with_scene(statement: Statement, scene: SaidIn | None) -> Statement:
    kept = tuple(u for u in statement.unknowns if u.field != "said_in")
    if scene is None:
        kept = (*kept, Unknown(field="said_in", reason=REASON))
    return replace(statement, said_in=scene, unknowns=kept)


def _sentence_of(statement: Statement, page: Page) -> Span | None:
    if not statement.cue:
        return None
    return page.sentence_around(statement.cue[0].start_char, statement.cue[-1].end_char)


def _find_in_sentence(statement: Statement, places: Sequence[PlaceValue], page: Page) -> SaidIn | None:
    sentence = _sentence_of(statement, page)
    if sentence is None:
        return None
    for place in places:
        own = (*statement.content, *statement.source)
        if not place.span.overlaps(sentence) or any(place.span.overlaps(span) for span in own):
            continue
        rules = _rules_that_hold(place.span, statement, sentence, page.text)
        rule = next((r for r in rules if place.use != "modifier" or r == NAMED_BY_PLACE), None)
        if rule is not None:
            return _scene(place, rule, page.text)
    return None


def _rules_that_hold(place: Span, statement: Statement, sentence: Span, text: str) -> Iterator[str]:
    """The names of the rules by which the sentence says that the statement was made at this place."""
    before = text[sentence.start_char : place.start_char]
    following = NEXT_WORDS.match(text, place.end_char, place.end_char + 40)
    if (
        following
        and _scene_pattern().search(following[1])
        and re.search(r"\b(?:at|during|in)\s+(?:an?|the)\s+$", before)
    ):
        yield NAMED_BY_PLACE
    where = WHERE_BEFORE.search(before)
    if where is None:
        return
    clause = re.split(r"[,;:—–“”\"]", before[: where.start()])[-1]
    if _scene_pattern().search(clause) or _scene_pattern().search(before[where.start() - 40 : where.start()]):
        yield "scene_in_sentence"
    head = statement.cue[0].start_char
    if place.start_char < head and OPENING.match(before) and _comma_follows(text, place):
        yield "sentence_opening"
    if place.start_char > head and _is_right_after_cue(statement, sentence.start_char + where.start(), text):
        yield "after_cue"


def _comma_follows(text: str, place: Span) -> bool:
    return "," in text[place.end_char : place.end_char + MOST_CHARS_TO_COMMA]


def _is_right_after_cue(statement: Statement, where: int, text: str) -> bool:
    """Whether a few words part the cue from the preposition, none of them content."""
    end = max((c.end_char for c in statement.cue if c.end_char <= where), default=None)
    if end is None:
        return False
    end = max([end, *(s.end_char for s in statement.source if end <= s.start_char and s.end_char <= where)])
    between = text[end:where]
    crossed = any(s.start_char < where and end < s.end_char for s in statement.content)
    return (
        not crossed and len(between.split()) <= MOST_WORDS_AFTER_CUE and not re.search(r"[;:“”\"]", between)
    )


def _scene(place: PlaceValue, rule: str, text: str) -> SaidIn:
    article = re.search(r"[Tt]he\s+$", text[max(place.span.start_char - 5, 0) : place.span.start_char])
    start = place.span.start_char - (len(article[0]) if article else 0)
    span = Span(start_char=start, end_char=place.span.end_char)
    origin = Origin(kind="rule", name=f"said_in/{rule}", version=VERSION)
    return SaidIn(place_id=place.place_id, text=span.of(text), span=span, origin=origin)


def _carry_over(
    statement: Statement, statements: Sequence[Statement], told: dict[str, SaidIn | None], page: Page
) -> SaidIn | None:
    """The scene of the sentence before, or of another cue of this sentence, where its speaker goes on."""
    sentence = _sentence_of(statement, page)
    if sentence is None:
        return None
    for other in reversed(statements):
        scene, its = told[other.statement_id], _sentence_of(other, page)
        if scene is None or its is None or other.statement_id == statement.statement_id:
            continue
        is_near = its == sentence or _is_right_behind(its, sentence, page.text)
        if is_near and _is_same_speaker(other, statement, page.text):
            origin = replace(scene.origin, name="said_in/scene_goes_on", rules=(scene.origin.name,))
            return replace(scene, origin=origin)
    return None


def _is_right_behind(one: Span, other: Span, text: str) -> bool:
    """Whether the other sentence follows the first in the same paragraph."""
    between = text[one.end_char : other.start_char]
    return one.end_char <= other.start_char and between.isspace() and "\n" not in between


def _is_same_speaker(one: Statement, other: Statement, text: str) -> bool:
    """Whether both have one speaker; where that is unknown, whether a pronoun goes on."""
    if one.speaker is not None and other.speaker is not None:
        return one.speaker.entity_id == other.speaker.entity_id
    if one.source and one.source == other.source:
        return True
    return bool(other.source) and PRONOUN.match(other.source[0].of(text)) is not None
