"""Which language a text is in.

In: a text. Out: an ISO 639-1 code (639-3 for a language that has none) and the name of what
told it, or None where there is too little to tell. Plain English is told by its function words
alone; a library is asked for the rest.
"""

import re
from functools import cache
from importlib import resources
from itertools import islice
from typing import Any

FEWEST_LETTERS = 20
# Words looked at; characters given to the library. More changed no answer on 252 pages.
MOST_WORDS = 2000
MOST_CHARS = 4000
# English where the function words are at least this share of so many words, and the rivals stay
# under their share. On the texts of 252 publishers' pages in 25 languages English had 0.21 to 0.43 and
# at most 0.013 rivals; the others had at most 0.10 (Danish).
ENGLISH_SHARE = 0.18
FEWEST_WORDS = 12
# Words of the languages nearest to English, none of them English; so many of them, as a share,
# send the text to the library instead.
RIVAL_SHARE = 0.03
# Below this the library's normalised probability is a guess.
LEAST_PROBABILITY = 0.5
# The library's codes for one written language under another name, and for no language at all.
SAME_LANGUAGE = {"ary": "ar", "arz": "ar", "wuu": "zh", "yue": "zh", "uzs": "uz"}
NO_LANGUAGE = "zxx"
FUNCTION_WORDS = "function-words"
LIBRARY = "py3langid"
WORD = re.compile(r"[^\W\d_]+")


def identify_language(text: str) -> tuple[str, str] | None:
    """The code of the text's language and the rule or library that told it.

    None with fewer than 20 letters, where the library gives its best guess a normalised
    probability under `LEAST_PROBABILITY`, or where it finds no language ("asdf qwer").

    >>> identify_language("The mayor said that she would not sign it before it was read by all of them.")
    ('en', 'function-words')
    """
    words = [m.group().lower() for m in islice(WORD.finditer(text), MOST_WORDS)]
    if sum(map(len, words)) < FEWEST_LETTERS:
        return None
    if _is_plainly_english(words):
        return "en", FUNCTION_WORDS
    return _ask_library(text)


def _is_plainly_english(words: list[str]) -> bool:
    if len(words) < FEWEST_WORDS:
        return False
    return (
        _share(words, _words_of("function_words.tsv")) >= ENGLISH_SHARE
        and _share(words, _words_of("rival_words.tsv")) < RIVAL_SHARE
    )


def _share(words: list[str], known: frozenset[str]) -> float:
    return sum(word in known for word in words) / len(words)


@cache
def _words_of(name: str) -> frozenset[str]:
    lines = resources.files("onrecord.language").joinpath("en", name).read_text("utf-8")
    return frozenset(line for line in lines.splitlines() if line and not line.startswith("#"))


def _ask_library(text: str) -> tuple[str, str] | None:
    # Lone surrogates cannot be encoded for it.
    start = text[:MOST_CHARS].encode("utf-8", "ignore").decode("utf-8")
    code, probability = _identifier().classify(start)
    if code == NO_LANGUAGE or probability < LEAST_PROBABILITY:
        return None
    return SAME_LANGUAGE.get(code, code), LIBRARY


@cache
def _identifier() -> Any:
    """The library, loaded once, only when a text is not plainly English."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
