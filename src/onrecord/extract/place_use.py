"""What the name of a place stands for: the place, those who govern it, or what is of it.

In: the text, the toponym and the entry that it means. Out: "place", "government" or "modifier".
"""

import re
from functools import cache

from onrecord.extract.found import FoundPlace
from onrecord.extract.place_groups import PlaceCandidate
from onrecord.language.cues import is_reporting_verb
from onrecord.language.tables import group_rows, read_rows
from onrecord.record import PlaceUse

AFTER = re.compile(r"(['’]s)?\s+([A-Za-z]+(?:['’]t)?)(?:\s+([A-Za-z]+))?")
BEFORE = re.compile(r"([A-Za-z]+)(?:\s+(?:the|of the))?\s+$")


@cache
def _word_sets() -> dict[str, frozenset[str]]:
    """Prepositions of place ("position"), auxiliaries, and other words of grammar."""
    return group_rows(read_rows("place_use_words.tsv"))


@cache
def government_words() -> dict[str, frozenset[str]]:
    """Words that make a name stand for a government, by where they stand."""
    rows = read_rows("government_words.tsv")
    return group_rows(rows, key=1, value=0)


def use_of(text: str, head: FoundPlace, best: PlaceCandidate | None) -> PlaceUse:
    """What the toponym stands for, by the words beside it and by the sense that the model gives it."""
    start, end = head.span.start_char, head.span.end_char
    after = AFTER.match(text, end, end + 60)
    possessive, word, second = (after[1], after[2], after[3] or "") if after else (None, "", "")
    before = BEFORE.search(text, max(start - 40, 0), start)
    governed, sets = government_words(), _word_sets()
    if word in governed["after"] and not possessive:
        return "government"
    if best is not None and best.name_kind == "people":
        return "modifier"
    placed = before is not None and before[1].lower() in sets["position"]
    if not placed and can_speak(best) and speaks(word, second) and not possessive:
        return "government"
    if head.sense == "literal" or placed:
        return "place"
    if word.islower() and not any(word in words for words in sets.values()) and not possessive:
        return "modifier"
    return (
        "government"
        if can_speak(best) and (word in sets["auxiliary"] or possessive or not word)
        else "modifier"
    )


def can_speak(best: PlaceCandidate | None) -> bool:
    """Whether a place has a government, or is the seat of one, that news name by it."""
    if best is None:
        return False
    return best.entry.kind in ("country", "facility") or best.population >= 300_000


def speaks(word: str, second: str) -> bool:
    """Whether the words after a name say something: "denied", "has said", "on Friday" do not count."""
    if word in _word_sets()["auxiliary"] and second:
        return is_reporting_verb(second)
    return word.islower() and is_reporting_verb(word)
