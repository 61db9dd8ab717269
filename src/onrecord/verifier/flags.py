"""What turns the sense of words: negations, numbers, names, modals, conditions.

In: the keys that a draft has where the record has others. Out: which of these the two differ in.
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from onrecord.verifier.tokens import MULTIPLES
from onrecord.verifier.verdict import Flag
from onrecord.verifier.wordlists import word_set

NEGATORS = word_set("negator")
CONDITIONS = word_set("condition")
MODALS = word_set("modal")
NEGATED_MODALS = {"won't": "will", "can't": "can", "cannot": "can", "shan't": "shall", "wo": "will"}
AMOUNTS = MULTIPLES | word_set("amount")
# They count only beside a number: "five metres" for "five miles".
UNITS = word_set("unit")
PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis")
# Begin like a negation of another word and are none.
NO_NEGATIONS = word_set("no_negation")


def count_negations(keys: Iterable[str]) -> int:
    """How many of the words negate."""
    return sum(key in NEGATORS or key.endswith("n't") for key in keys)


def opposite(one: str, other: str) -> bool:
    """Whether one word is the other with a negation grown onto it.

    >>> opposite("possible", "impossible"), opposite("careful", "careless"), opposite("form", "inform")
    (True, True, False)
    """
    short, long = sorted((one, other), key=len)
    if long in NO_NEGATIONS or len(short) < 4:
        return False
    if short.endswith(("ful", "less")) and long.endswith(("ful", "less")) and short[-3:] != long[-3:]:
        return short.removesuffix("ful").removesuffix("less") == long.removesuffix("ful").removesuffix("less")
    return any(long == prefix + short for prefix in PREFIXES)


def modals_of(keys: Iterable[str]) -> Counter[str]:
    """The modal verbs among the words, contracted ones too."""
    return Counter(modal for key in keys if (modal := _modal_of(key)))


def _modal_of(key: str) -> str | None:
    bare = NEGATED_MODALS.get(key) or key.removesuffix("n't").removesuffix("'ve")
    if bare in MODALS:
        return bare
    return "will" if key.endswith("'ll") else "would" if key.endswith("'d") else None


def is_number(key: str) -> bool:
    """Whether the word counts or measures by itself."""
    return any(sign.isdigit() for sign in key) or key in AMOUNTS


def numbers_of(keys: Iterable[str]) -> Counter[str]:
    """The numbers among the words."""
    return Counter(key for key in keys if is_number(key))


def read_number(keys: Sequence[str]) -> tuple[float, str] | None:
    """The amount and unit that the words write out, None where they are no such thing.

    >>> read_number(["20", "4"]), read_number(["5", "million", "dollars"]), read_number(["24", "boats"])
    ((24.0, ''), (5000000.0, 'dollars'), None)
    """
    unit = keys[-1] if keys and keys[-1] in UNITS else ""
    total = part = 0.0
    for key in keys[: len(keys) - bool(unit)]:
        if key in MULTIPLES:
            factor = _multiple(key)
            total, part = (
                (total, (part or 1) * factor) if factor == 100 else (total + (part or 1) * factor, 0.0)
            )
        elif key == "one" or key.replace(".", "", 1).isdecimal():
            part += 1 if key == "one" else float(key)
        elif key != "and":
            return None
    return (total + part, unit) if total + part else None


def _multiple(key: str) -> float:
    return {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12}[key]


def flags_between(draft: Sequence[str], held: Sequence[str], *, beside_number: bool = False) -> set[Flag]:
    """In what the words of a draft and those held turn the sense; names aside, which keys do not tell.

    `beside_number`: a number stands just before them.

    >>> sorted(flags_between(["will"], ["won't"])), sorted(flags_between(["12"], ["11"]))
    (['negation'], ['number'])
    """
    flags = set[Flag]()
    grown = any(opposite(d, h) for d in draft for h in held) if len(draft) * len(held) <= 400 else False
    if grown or count_negations(draft) != count_negations(held):
        flags.add("negation")
    if numbers_of(draft) != numbers_of(held) or (beside_number and set(draft) & UNITS != set(held) & UNITS):
        flags.add("number")
    if modals_of(draft) != modals_of(held):
        flags.add("modal")
    if sum(k in CONDITIONS for k in draft) != sum(k in CONDITIONS for k in held):
        flags.add("condition")
    return flags
