"""Names as they are compared: without case, accents, marks, and the words that are abbreviated at will."""

import re
import unicodedata

# Marks that fall away, and those that part words. "St. John's" and "St Johns" are one name.
DROPPED = ".'’‘ʼʹ`´\"“”"
PARTING = "-–—/_,()&\u00a0"
LETTERS = {"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"}
TABLE = str.maketrans({**dict.fromkeys(DROPPED), **dict.fromkeys(PARTING, " "), **LETTERS})
SAME = {"saint": "st", "mount": "mt", "fort": "ft", "sankt": "st", "sainte": "ste"}
ACCENTS = re.compile("[\u0300-\u036f]+")


def normalise_name(name: str) -> str:
    """The name as it is looked up.

    >>> normalise_name("St. John’s"), normalise_name("the Saint-Étienne")
    ('st johns', 'st etienne')
    """
    folded = name.casefold()
    if not folded.isascii():
        folded = ACCENTS.sub("", unicodedata.normalize("NFKD", folded))
    words = folded.translate(TABLE).split()
    if len(words) > 1:
        if words[0] == "the":
            del words[0]
        words = [SAME.get(word, word) for word in words]
    return " ".join(words)
