"""Numbers in words and digits, as amounts and as years.

In: the tokens of a field. Out: a number; VAGUE where the words name none ("several").
"""

from collections.abc import Iterable, Sequence

from onrecord.language.time_words import Token

VAGUE = "X"
FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
# Two digits of a year below this, counted from the anchor's century, mean this century, else the last.
YEARS_AHEAD = 20


def read_count(tokens: Sequence[Token]) -> float | str:
    """The amount that the words state, VAGUE where they state none.

    "two" is 2, "twenty-four" 24, "2 1/2" 2.5, "a dozen" 12, "a couple of" 2, "a few" VAGUE, "a" 1.
    """
    if any(t.meanings.get("vague") == VAGUE for t in tokens):
        return VAGUE
    if any("half" in t.meanings for t in tokens):
        whole = _add_up([t.meanings["num"] for t in tokens if "num" in t.meanings])
        return whole + 0.5
    fraction = sum(_read_fraction(t.text) for t in tokens if "fraction" in t.meanings)
    words = [t.meanings.get("num") or t.meanings.get("vague", "") for t in tokens]
    stated = [w for w in words if w]
    return _add_up(stated) + fraction if stated else fraction or 1


def read_year(tokens: Sequence[Token], base_year: int | None) -> int | None:
    """The year that "1998", "'98", "98" or "nineteen ninety-eight" means; None where it is none."""
    first = tokens[0]
    if len(tokens) > 1:
        return _read_spoken_year(tokens)
    digits = "".join(c for c in first.text if c.isdigit())
    if not digits:
        return None
    number = int(digits)
    return expand_year(number, base_year) if len(digits) == 2 else number


def read_decade(token: Token, base_year: int | None) -> int | None:
    """The first year of "the 1980s", "the '80s" or "the eighties"."""
    digits = "".join(c for c in token.text if c.isdigit()) or token.meanings.get("decadeword", "")
    if not digits:
        return None
    number = int(digits)
    return expand_year(number, base_year, ahead=0) if len(digits) <= 2 else number


def whole(count: float) -> str:
    """The amount as ISO 8601 writes it: no ".0"."""
    return str(int(count)) if count == int(count) else str(count)


def expand_year(number: int, base_year: int | None, ahead: int = YEARS_AHEAD) -> int:
    """Two digits as a year of the hundred years that end shortly after the anchor."""
    latest = (2000 if base_year is None else base_year) + ahead
    year = latest // 100 * 100 + number
    return year if year <= latest else year - 100


def _read_spoken_year(tokens: Sequence[Token]) -> int | None:
    words = [t.meanings["num"] for t in tokens if "num" in t.meanings]
    if not words or any(w.startswith("*") for w in words):
        total = int(_add_up(words))
    else:
        tens = sum(int(w) for w in words[1:])
        total = int(words[0]) * 100 + tens if 10 <= tens < 100 else 0
    return total if 1100 <= total <= 2199 else None


def _add_up(words: Iterable[str]) -> float:
    """Number words in order, "*100" multiplying what stands before it."""
    total = 0.0
    part = 0.0
    for word in words:
        if not word.startswith("*"):
            part += float(word.replace(",", ""))
            continue
        factor = float(word[1:])
        part = (part or 1) * factor
        if factor >= 1000:
            total, part = total + part, 0.0
    return total + part


def _read_fraction(text: str) -> float:
    if text in FRACTIONS:
        return FRACTIONS[text]
    above, _, below = text.partition("/")
    return int(above) / int(below) if int(below) else 0.0
