"""Values as FollowTheMoney 4.11 takes them: what a record holds goes in, clean values of its types come out.

All values are texts in lists. A date is a prefix of ISO 8601 in UTC, a country ISO 3166-1 in small letters,
a language ISO 639-3 of a closed list; each type has a length that its values may have.
"""

import re
from datetime import datetime

from onrecord.export.regions import clean_text
from onrecord.export.scene import day_of, instant_of
from onrecord.export.visible import show_line
from onrecord.record import content_id

Properties = dict[str, list[str]]
# followthemoney.types: max_length of each.
LONGEST = {"name": 384, "string": 1024, "url": 4096, "address": 250}
LONGEST_TEXT = 65_000
# followthemoney.types.language: "arbitrarily limited", as it says.
_LANGUAGES = (
    "afr amh ara aze bel ben bos bul cat ces cnr dan deu ell eng est fas fil fin fra gle heb hin hrv hun hye "
    "ind isl ita jpn kan kat kaz khm kir kor lao lav lit ltz mkd mlt mon msa mul mya nep nld nor pol por pus "
    "ron rus sin slk slv spa sqi srp swa swe tam tel tgk tgl tha tuk tur ukr urd uzb vie zho"
)
LANGUAGES = frozenset(_LANGUAGES.split())
_ID = re.compile(r"[0-9a-zA-Z]([0-9a-zA-Z.-]*[0-9a-zA-Z])?", re.ASCII)
_PREFIX = re.compile(r"[1-9]\d{3}(-(0[1-9]|1[0-2])(-\d\d)?)?")
_WEB = re.compile(r"https?://[^\s/?#]+\S*", re.IGNORECASE)
_MEDIA_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")


class Entity:
    """One entity as it is filled: values of properties, each once and in order."""

    def __init__(self, schema: str, entity_id: str) -> None:
        self.schema = schema
        self.entity_id = name_id(entity_id)
        self.properties: Properties = {}

    def add(self, name: str, *values: str | None, kind: str = "string") -> None:
        """Adds values of a type of one line; those that are too long for it go whole into the notes."""
        for value in values:
            line = value if kind == "url" else show_line(value or "")
            if not line or (kind == "url" and not _WEB.fullmatch(line)):
                continue
            if len(line) <= LONGEST[kind]:
                self._put(name, line)
            else:
                self.add_text("notes", f"{name}: {line}")

    def add_text(self, name: str, *values: str | None) -> None:
        """Adds values of the type text; a longer one than it may be becomes several, in order."""
        for value in values:
            if value and value.strip():
                for part in _split_text(clean_text(value)):
                    self._put(name, part)

    def refer(self, name: str, *ids: str | None) -> None:
        """Adds references to entities by their ids."""
        for one in ids:
            if one:
                self._put(name, name_id(one))

    def put(self, name: str, value: str | None) -> None:
        """Adds a value that is clean already, if there is one."""
        if value:
            self._put(name, value)

    def _put(self, name: str, value: str) -> None:
        values = self.properties.setdefault(name, [])
        if value not in values:
            values.append(value)

    def to_line(self) -> dict[str, object]:
        """The entity as one line of JSON holds it."""
        return {"id": self.entity_id, "schema": self.schema, "properties": self.properties}


def name_id(one: str) -> str:
    """An id that is told from those of other datasets, of the signs that an id may have."""
    return f"onrecord-{one if _ID.fullmatch(one) else content_id('id', one)}"


def _split_text(text: str) -> list[str]:
    """The text in parts of the greatest length, cut at an end of a line or a word where there is one."""
    parts = []
    while len(text) > LONGEST_TEXT:
        cut = max(text.rfind("\n", 0, LONGEST_TEXT), text.rfind(" ", LONGEST_TEXT // 2, LONGEST_TEXT)) + 1
        cut = cut or LONGEST_TEXT
        parts.append(text[:cut])
        text = text[cut:]
    return [part for part in (*parts, text) if part.strip()]


def to_date(moment: str | None) -> str | None:
    """A date with the precision it has; a clock without an offset is left out, for dates are in UTC.

    >>> to_date("2031-05-03T01:30+02:00"), to_date("2031-05-03T10:00"), to_date("2031-05")
    ('2031-05-02T23:30', '2031-05-03', '2031-05')
    >>> to_date("2031-02-30"), to_date("soon"), to_date(None)
    (None, None, None)
    """
    instant = instant_of(moment)
    if instant is not None:
        return _write_instant(
            instant, has_seconds=(moment or "").count(":") > _colons_of_minutes(moment or "")
        )
    day = (moment or "").partition("T")[0]
    if not _PREFIX.fullmatch(day):
        return None
    return day if len(day) < len("2031-05-03") or day_of(day) else None


def _colons_of_minutes(moment: str) -> int:
    """How many colons a moment has that is told to the minute: one in the clock, one in most offsets."""
    return 1 + (":" in moment[-6:] and moment[-6] in "+-")


def _write_instant(instant: datetime, *, has_seconds: bool) -> str:
    return instant.strftime("%Y-%m-%dT%H:%M:%S" if has_seconds else "%Y-%m-%dT%H:%M")


def to_country(code: str | None) -> str | None:
    """A country's code, None where ISO 3166-1 has none such."""
    import pycountry

    known = pycountry.countries.get(alpha_2=code.upper()) if code and code.isascii() else None
    return str(known.alpha_2).lower() if known else None


def to_language(tag: str | None) -> str | None:
    """A language's code of three letters, None where FollowTheMoney knows it not.

    >>> to_language("en-GB"), to_language("eu"), to_language("words")
    ('eng', None, None)
    """
    import pycountry

    code = (tag or "").partition("-")[0].lower()
    known = pycountry.languages.get(alpha_2=code) if len(code) == len("en") else None
    found = str(known.alpha_3) if known else code
    return found if found in LANGUAGES else None


def to_media_type(media_type: str) -> str | None:
    """A media type without its parameters."""
    bare = media_type.partition(";")[0].strip().lower()
    return bare if _MEDIA_TYPE.fullmatch(bare) else None


def to_number(number: float) -> str:
    """A number in digits, without an exponent."""
    return f"{number:.6f}".rstrip("0").rstrip(".")
