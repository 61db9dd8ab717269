"""What kind of attribution a cue makes: said, wrote, thinks, wants, feels or knows.

In: the words of a cue ("has repeatedly said"). Out: its mode, or None where it does not tell.
The words and their modes are data, in language/en/.

said: put into words or made known to others, by people, courts, polls and papers alike.
wrote: the same, where the word itself says that it was written. thinks: opinion, expectation.
wants: wish, intention, preference, support. feels: emotion. knows: knowledge, perception.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import cast, get_args

from onrecord.record import Mode

MODES = frozenset(get_args(Mode))
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*(?:['’][^\W\d_]+)?")
COLON = re.compile(r"[:：]\s*[\"“«„‘']?$")
NEGATION_OR_POSSESSIVE = re.compile(r"(?:n['’]t|['’](?:s|re|ve|ll|m|d)?)$")
PREFIXES = ("re-", "co-", "pre-")
LONGEST_PHRASE_WORDS = 4
# British spellings read as the American ones of the data.
BRITISH = ((re.compile(r"is(e|es|ed|ing|ation|ations)$"), r"iz\1"), (re.compile(r"our"), "or"))


def mode_of_cue(cue_text: str) -> Mode | None:
    """The mode that the cue's head gives, None where no word of it tells.

    The head is the first word that attributes: auxiliaries, adverbs and "to" do not, so
    "declined to say" and "wrote in a statement" are decided by "declined" (said) and "wrote",
    "wanted to say" by "wanted" (wants), "is expected" by "expected" (thinks). Negation changes
    nothing. Words such as "seemed", "tried", "issued", "reportedly" leave the mode to a later
    word ("seemed to suggest": said) and give their own (thinks, wants, said, said) only when
    there is none. A colon that ends the cue says "said" when no word does.

    >>> [mode_of_cue(c) for c in ("has repeatedly said", "wrote in a statement", "is", "hopes")]
    ['said', 'wrote', None, 'wants']
    """
    words = [w.lower() for w in WORD.findall(cue_text)]
    fallback: Mode | None = None
    for k, word in enumerate(words):
        mode = _mode_of_phrase(words[k : k + LONGEST_PHRASE_WORDS]) or _mode_of_word(word)
        if mode is not None:
            return mode
        if fallback is None:
            fallback = _look_up(word, _modes("cue_light.tsv"))
    if fallback is None and COLON.search(cue_text.strip()):
        return "said"
    return fallback


def is_reporting_verb(word: str) -> bool:
    """Whether the word is a form of a verb of saying or writing ("said", "tweets", "claiming").

    >>> is_reporting_verb("told"), is_reporting_verb("believed"), is_reporting_verb("table")
    (True, False, False)
    """
    return _look_up(word.lower(), _modes("cue_verbs.tsv")) in ("said", "wrote")


def is_base_form(word: str) -> bool:
    """Whether a verb that attributes stands in its base form, which a noun may share: "claim", "say".

    >>> is_base_form("report"), is_base_form("reported"), is_base_form("said")
    (True, False, False)
    """
    return word.lower() in _modes("cue_verbs.tsv")


def _mode_of_word(word: str) -> Mode | None:
    return _look_up(word, _modes("cue_verbs.tsv")) or _look_up(word, _modes("cue_nouns.tsv"))


def _look_up(word: str, modes: dict[str, Mode]) -> Mode | None:
    return next((modes[form] for form in _forms_of(word) if form in modes), None)


def _mode_of_phrase(words: list[str]) -> Mode | None:
    phrases = _phrases()
    if len(words) < 2:
        return None
    for size in range(len(words), 1, -1):
        rest = " ".join(words[1:size])
        found = (phrases.get(f"{form} {rest}") for form in _forms_of(words[0]))
        mode: Mode | None = next((mode for mode in found if mode is not None), None)
        if mode is not None:
            return mode
    return None


@cache
def _forms_of(word: str) -> tuple[str, ...]:
    """The word and what it may be a form of, likeliest first, in American spelling too."""
    stem = NEGATION_OR_POSSESSIVE.sub("", word) or word
    forms = list(dict.fromkeys((word, stem, *_lemmas_of(stem))))
    for prefix in PREFIXES:
        if stem.startswith(prefix):
            forms += _lemmas_of(stem.removeprefix(prefix))
    for pattern, american in BRITISH:
        forms += [pattern.sub(american, form) for form in forms if pattern.search(form)]
    return tuple(dict.fromkeys(forms))


def _lemmas_of(form: str) -> Iterator[str]:
    """Possible lemmas of a form: irregular, then by its ending. Not all of them are words."""
    irregular = _table("irregular_forms.tsv").get(form)
    if irregular is not None:
        yield irregular
        return
    yield form
    for ending, replacements in (
        ("ies", ("y",)), ("ied", ("y",)), ("es", ("e", "")), ("s", ("",)),
        ("ed", ("e", "")), ("ing", ("e", "")),
    ):  # fmt: skip
        stem = form.removesuffix(ending)
        if stem == form or len(stem) < 2:
            continue
        yield from (stem + replacement for replacement in replacements)
        if ending in ("ed", "ing") and stem[-1] == stem[-2]:
            yield stem[:-1]


@cache
def _table(name: str) -> dict[str, str]:
    text = resources.files("onrecord.language").joinpath("en", name).read_text("utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return dict(rows)


@cache
def _modes(name: str) -> dict[str, Mode]:
    """The table, its values checked to be modes."""
    table = _table(name)
    wrong = {key: value for key, value in table.items() if value not in MODES}
    if wrong:
        raise ValueError(f"{name} holds values that are no mode: {wrong}. Use one of {sorted(MODES)}.")
    return cast("dict[str, Mode]", table)


def _phrases() -> dict[str, Mode]:
    return _modes("cue_phrases.tsv")
