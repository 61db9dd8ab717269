"""People across articles: the name of an entity in, out the person whom the name alone makes it.

That two articles mean the same one is a judgement; without one, the rule here is the only guess that is
made: entities of one kind with the same full name are one, until somebody splits them. A person's name of
one word ("Marsten", "Mr Marsten", "J. Marsten") is not full: many bear it, so it is somebody of its own in
each capture, until somebody merges them. So is whoever is only described ("the mayor"). Organisations,
places and all else are the same by any name.
"""

import unicodedata
from functools import lru_cache

from onrecord.record.entity import Entity
from onrecord.record.ids import content_id

SAME_NAME = "person/same-full-name"
# What stands before a name and tells nothing of who bears it.
TITLES = frozenset({
    "mr", "mrs", "ms", "miss", "mx", "mister", "madam", "dr", "doctor", "prof", "professor", "sir", "dame",
    "lord", "lady", "rev", "reverend", "father", "sister", "president", "chancellor", "premier",
    "minister", "secretary", "senator", "sen", "representative", "rep", "congressman", "congresswoman",
    "governor", "gov", "mayor", "judge", "justice", "general", "gen", "colonel", "col", "major", "captain",
    "capt", "lieutenant", "lt", "sergeant", "sgt", "admiral", "commissioner", "inspector", "detective",
    "officer", "chief", "king", "queen", "prince", "princess",
})  # fmt: skip


def fold_name(name: str) -> str:
    """A name without case, accents, marks and double spaces: what two spellings of it share.

    >>> fold_name("Zoë  O’Hara-Lind"), fold_name("ŁUKASZ")
    ('zoe ohara lind', 'łukasz')
    """
    if name.isascii() and name.isalnum():
        return name.lower()
    letters = unicodedata.normalize("NFKD", name).casefold()
    kept = (_fold_sign(sign) for sign in letters if not unicodedata.combining(sign))
    return " ".join("".join(kept).split())


def _fold_sign(sign: str) -> str:
    if sign in "'’‘ʼ.":
        return ""
    return sign if sign.isalnum() else " "


def is_full_name(kind: str, name: str) -> bool:
    """Whether a name alone tells who it is in another article.

    >>> is_full_name("person", "Mr Marsten"), is_full_name("person", "Ann Marsten")
    (False, True)
    >>> is_full_name("organisation", "Lumen")
    True
    """
    words = fold_name(name).split()
    if kind != "person":
        return bool(words)
    while words and words[0] in TITLES:
        words = words[1:]
    if words and len(words[0]) == 1:  # "J. Marsten" are many, "J. K. Marsten" hardly
        words = words[1:]
    return len(words) > 1


@lru_cache(maxsize=65536)  # the same names come in article after article
def person_id_of(kind: str, name: str) -> str:
    """The id of whoever bears this full name, by the rule `SAME_NAME`."""
    return content_id("person", kind, fold_name(name))


def person_id_in(capture_id: str, entity: Entity) -> str:
    """The id of the person that an entity is: by its name where that is full, else in this capture alone."""
    if entity.named and _is_full(entity.kind, entity.name):
        return person_id_of(entity.kind, entity.name)
    name = fold_name(entity.name)
    if entity.named and name:
        return content_id("person", entity.kind, name, capture_id)
    return content_id("person", entity.kind, name, capture_id, str(entity.name_span.start_char))


_is_full = lru_cache(maxsize=65536)(is_full_name)


def split_person_id_of(entity_id: str) -> str:
    """The id of an entity that somebody judged not to be who its name says."""
    return content_id("person", "split", entity_id)
