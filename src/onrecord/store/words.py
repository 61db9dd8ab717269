"""Words as they are searched: a text in, its words out, the same for every database.

Folding is done here, once, and the databases get nothing but the folded words: what is one word to SQLite
is one to PostgreSQL, whatever version of Unicode they know.
"""

import re
import unicodedata

# Longer runs without a space are no words; PostgreSQL takes 2,046 bytes.
LONGEST_WORD = 100
# Scripts without spaces: each sign is a word, so that any part of a phrase is found.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]+")
_TYPOGRAPHY = str.maketrans("“”„‘’–—…\u00a0•·«»", "             ")


def words_of(text: str) -> list[str]:
    """The words of a text, without case and accents; marks divide them.

    >>> words_of("The Mayor’s café: “10-12 ﬁsh”")
    ['the', 'mayor', 's', 'cafe', '10', '12', 'fish']
    """
    return [word[:LONGEST_WORD] for word in _WORD.findall(_fold(text))]


def _fold(text: str) -> str:
    # Most news is ASCII but for its quotation marks and dashes; the rest is twenty times slower.
    plain = text.translate(_TYPOGRAPHY)
    if plain.isascii():
        return plain.lower()
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
    return "".join(sign for sign in letters if not unicodedata.combining(sign))
