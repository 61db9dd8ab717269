"""People across articles: the name of an entity in, out the person whom the name alone makes it.

That two articles mean the same one is a judgement; without one, the rule here is the only guess that is
made: entities of one kind with the same full name are one, until somebody splits them.
"""

import unicodedata

from onrecord.record.ids import content_id

SAME_NAME = "person/same-full-name"


def fold_name(name: str) -> str:
    """A name without case, accents, marks and double spaces: what two spellings of it share.

    >>> fold_name("Zoë  O’Hara-Lind"), fold_name("ŁUKASZ")
    ('zoe ohara lind', 'łukasz')
    """
    letters = unicodedata.normalize("NFKD", name).casefold()
    kept = (_fold_sign(sign) for sign in letters if not unicodedata.combining(sign))
    return " ".join("".join(kept).split())


def _fold_sign(sign: str) -> str:
    if sign in "'’‘ʼ.":
        return ""
    return sign if sign.isalnum() else " "


def person_id_of(kind: str, name: str) -> str:
    """The id of whoever bears this full name, by the rule `SAME_NAME`."""
    return content_id("person", kind, fold_name(name))


def split_person_id_of(entity_id: str) -> str:
    """The id of an entity that somebody judged not to be who its name says."""
    return content_id("person", "split", entity_id)
