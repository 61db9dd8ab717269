"""The words of a question as the API takes them: those of the command line and of the pages."""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from onrecord.record.query import DEFAULT_LIMIT, Query
from onrecord.serve.asking import CHOICES, FIELDS, LONGEST, MOST_SHOWN, read_query

DATES = "An EDTF date or interval: 2024, 2024-03, 2024-03-20, 2024-03/2024-05, ../2020."


def _word(told: str, *examples: str, of: str | None = None) -> Any:
    """A word that may be given; an empty one asks nothing, as in a form that was sent with it left empty."""
    schema: dict[str, Any] = {"enum": ["", *CHOICES[of]]} if of else {"maxLength": LONGEST}
    return Field("", description=told, examples=list(examples) or None, json_schema_extra=schema)


class Asked(BaseModel):
    """A question: all that is given must hold."""

    model_config = ConfigDict(extra="forbid")

    q: str = _word(
        'Words of a statement: all must stand there. "these words" together, begin*, -without.', "bridge"
    )
    scope: str = _word("Where the words are looked for: in statements, or in whole articles.", of="scope")
    speaker: str = _word("A name, part of one, or the id of a person.", "Vance")
    outlet: str = _word("The name or host of an outlet.", "The Tessaly Lantern")
    form: str = _word("How the words are given.", "direct", of="form")
    mode: str = _word("What the cue tells.", of="mode")
    via: str = _word("On whose word or through what: words of a hop.")
    via_kind: str = _word("The kind of a hop.", of="via_kind")
    when: str = _word(f"Said then where that is known, else published then; as fine as an hour. {DATES}")
    said: str = _word(f"Said then, where that is known. {DATES}")
    about_time: str = _word(f"Speaks of that time. {DATES}")
    published: str = _word(f"Published then. {DATES}", "2031-05")
    place: str = _word("Said there or of it: a name, or an id of the gazetteer.")
    near: str = _word("Said or of a place so near: degrees north, degrees east, km.", "52.5,13.4,30")
    status: str = _word("What people made of it.", of="status")
    meaning: str = _word("Statements that say the like of this sentence.")
    sort: str = _word("Newest first where nothing is given.", of="sort")

    def to_query(self) -> Query:
        """The question; raises `QueryError`."""
        return read_query({name: getattr(self, name) for name in FIELDS})


class AskedPage(Asked):
    """A question, and how much of its answer is wanted."""

    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MOST_SHOWN, description="So many at most.")
    after: str = Field("", max_length=LONGEST, description="The `next` of the answer before.")

    def to_query(self) -> Query:
        """The question; raises `QueryError`."""
        return super().to_query().narrow(limit=self.limit, after=self.after or None)
