"""Whether who the draft says spoke is who the record says: by name, never by guess.

In: two names as written. Out: the same, another, or unknown where one of them is no name.
"""

import re
from typing import Literal

from onrecord.language.names import ProperName, read_body_name, read_person_name, same_body, same_person
from onrecord.language.nouns import is_office
from onrecord.record.person import fold_name
from onrecord.record.query import Hit
from onrecord.verifier.verdict import Claim
from onrecord.verifier.wanted import Wanted
from onrecord.verifier.wordlists import word_set

Likeness = Literal["same", "other", "unknown"]
CAPITAL = re.compile(r"(?<!\w)[^\W\d_a-zß-öø-ÿ]")
ARTICLE = re.compile(r"^(?:the|a|an|his|her|its|their|our|my)\s+", re.IGNORECASE)
PRONOUNS = word_set("pronoun")
SHORT_OFFICES = word_set("office")


def compare_speaker(wanted: Wanted, hit: Hit | None) -> Likeness:
    """Whether the statement is of whom the draft names."""
    claimed = name_of_claim(wanted.claim)
    if claimed is None or hit is None or not hit.speaker:
        return "unknown"
    return compare_names(claimed, hit.speaker, " ".join(hit.source))


def name_of_claim(claim: Claim) -> str | None:
    """The name under which the draft has the speaker, None where it has no name."""
    return next((name for name in (claim.speaker, claim.source) if name and _is_name(name)), None)


def compare_names(claimed: str, held: str, source: str = "") -> Likeness:
    """Whether two names are one's; `source` are the words of the article for the second.

    >>> compare_names("Mayor Orrin", "Dana Orrin"), compare_names("Bea Orrin", "Dana Orrin")
    ('same', 'other')
    >>> compare_names("The mayor", "Dana Orrin", "the mayor"), compare_names("the mayor", "Dana Orrin")
    ('same', 'unknown')
    """
    ours = fold_name(ARTICLE.sub("", claimed))
    if ours and ours in (fold_name(ARTICLE.sub("", held)), fold_name(ARTICLE.sub("", source))):
        return "same"
    if not _is_name(claimed) or not _is_name(held):
        return "unknown"
    if _same_person(claimed, held) or same_body(read_body_name(claimed), read_body_name(held)):
        return "same"
    named = set(_bare(claimed).words)
    return "same" if named and named <= set(fold_name(source).split()) else "other"


def _same_person(claimed: str, held: str) -> bool:
    ours, theirs = _bare(claimed), _bare(held)
    return bool(ours.words and theirs.words) and same_person(ours, theirs)


def _bare(name: str) -> ProperName:
    """A name without the office before it: "Transport Minister Bo Lind", "Chief Halloway"."""
    words = ARTICLE.sub("", name.partition(",")[0].strip()).split()
    office = max((k for k, word in enumerate(words[:-1]) if _is_office(word)), default=-1)
    return read_person_name(" ".join(words[office + 1 :]))


def _is_office(word: str) -> bool:
    bare = word.strip(".,'’").lower()
    return is_office(bare) or bare in SHORT_OFFICES


def _is_name(name: str) -> bool:
    """Whether the words are somebody's name, and not "she" or "the mayor"."""
    first = name.split()[:1]
    if not first or (len(name.split()) == 1 and fold_name(name) in PRONOUNS):
        return False
    return bool(CAPITAL.search(ARTICLE.sub("", name)))
