"""Who is meant where somebody is named: a name or an id in, the people of the record who may be meant out."""

from onrecord.errors import UnknownIdError
from onrecord.export.visible import show_line
from onrecord.record import Person, fold_name
from onrecord.store.base import View

MOST_SHOWN = 8


def list_namesakes(view: View, wanted: str) -> tuple[Person, ...]:
    """One where an id or a whole name tells; else all whose names hold these words, who said most first."""
    found = view.find_people(wanted)
    exact = [p for p in found if wanted == p.person_id or fold_name(wanted) in map(fold_name, p.names)]
    return tuple(exact) if len(exact) == 1 else found


def find_person(view: View, wanted: str) -> Person:
    """The one person with this id or name; raises `UnknownIdError` that names those it may be."""
    found = list_namesakes(view, wanted)
    if len(found) == 1:
        return found[0]
    if not found:
        raise UnknownIdError(
            f"Nobody in the record is {wanted!r:.80}.", cure="Names and ids are in `onrecord search --json`."
        )
    people = "; ".join(
        f"{show_line(p.name)}, {p.kind}, {p.statements} statements ({p.person_id})"
        for p in found[:MOST_SHOWN]
    )
    raise UnknownIdError(f"{wanted!r:.80} may be several: {people}.", cure="Give the id of one.")
