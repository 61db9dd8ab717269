"""Questions in addresses: the words after the "?" in, a `Query` out, and back. The same words as on the
command line, for pages, exports and the API alike."""

from collections.abc import Mapping
from typing import Any, get_args
from urllib.parse import urlencode

from onrecord.errors import QueryError
from onrecord.record import Form, HopKind, Mode, Query
from onrecord.record.query import DEFAULT_LIMIT, QueryStatus, Sort

# In the order in which a form shows them. "q" is the words; all else is named as in `Query`.
FIELDS = (
    "q", "scope", "speaker", "outlet", "form", "mode", "via", "via_kind", "when", "said", "about_time",
    "published", "place", "near", "status", "meaning", "sort",
)  # fmt: skip
CHOICES: dict[str, tuple[str, ...]] = {
    "scope": ("statements", "article"),
    "form": get_args(Form),
    "mode": get_args(Mode),
    "via_kind": get_args(HopKind),
    "status": get_args(QueryStatus),
    "sort": get_args(Sort),
}
MOST_SHOWN = 200  # on one page
LONGEST = 2_000  # characters of one filter


def read_query(given: Mapping[str, str], **usual: Any) -> Query:
    """The question that these words ask; empty ones ask nothing. Raises `QueryError`."""
    fields: dict[str, Any] = dict(usual)
    for name in FIELDS:
        value = given.get(name, "").strip()
        if not value:
            continue
        if len(value) > LONGEST:
            raise QueryError(f"{name!r} has {len(value):,} characters; it may have {LONGEST:,}.")
        fields["words" if name == "q" else name] = _read_value(name, value)
    if fields.get("meaning") and "sort" not in fields:
        fields["sort"] = "meaning"
    fields["limit"] = read_limit(given.get("limit", ""), fields.get("limit", DEFAULT_LIMIT))
    if given.get("after"):
        fields["after"] = given["after"]
    return Query(**fields)


def _read_value(name: str, value: str) -> Any:
    if name == "near":
        return _read_near(value)
    choices = CHOICES.get(name)
    if choices and value not in choices:
        raise QueryError(f"There is no {name} {value!r:.80}.", cure=f"Give one of {', '.join(choices)}.")
    return value


def _read_near(value: str) -> tuple[float, float, float]:
    parts = value.replace(";", ",").split(",")
    try:
        latitude, longitude, reach = map(float, parts)
    except ValueError:
        latitude, longitude, reach = 999.0, 0.0, 0.0
    if not (abs(latitude) <= 90 and abs(longitude) <= 180 and 0 < reach <= 20_100):
        raise QueryError(
            f"near {value!r:.80} is no place.", cure="Give degrees north, degrees east and km: 52.5,13.4,30."
        )
    return latitude, longitude, reach


def read_limit(value: str, usual: int) -> int:
    """How many are asked for, 1 to `MOST_SHOWN`; raises `QueryError`."""
    if not value:
        return usual
    limit = int(value) if value.isascii() and value.isdigit() and len(value) < 10 else 0
    if not 1 <= limit <= MOST_SHOWN:
        raise QueryError(f"limit {value!r:.80} cannot be shown.", cure=f"Give 1 to {MOST_SHOWN}.")
    return limit


def write_query(query: Query, **changed: Any) -> str:
    """The words after the "?" that ask this question, with these fields changed; None takes one away.

    >>> write_query(Query(words="bridge", form="direct"), form=None, speaker="Vance")
    'q=bridge&speaker=Vance'
    """
    pairs = []
    for name in (*FIELDS, "after"):
        field = "words" if name == "q" else name
        value = changed.get(field, getattr(query, field))
        if value is None or (name == "scope" and value == "statements"):
            continue
        if name == "sort" and value == ("meaning" if query.meaning else "date"):
            continue
        shown = ",".join(f"{part:g}" for part in value) if isinstance(value, tuple) else value
        pairs.append((name, shown))
    # Words of a stranger may hold what is no character: half of a surrogate pair.
    return urlencode(pairs, errors="replace")
