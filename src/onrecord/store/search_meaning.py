"""The one place where search by meaning is joined to the others; without its part it says what is missing."""

from typing import NoReturn

from onrecord.errors import MissingPartError
from onrecord.record.query import Query


def search_by_meaning(query: Query) -> NoReturn:
    """Raises `MissingPartError`: no index of meanings is there yet."""
    raise MissingPartError(
        f"The search by meaning ({query.meaning or ''!r:.80}) needs a part that is not installed.",
        cure="Install it: pip install 'onrecord[meaning]'",
    )
