"""A row of a table or of JSON: its fields in, the capture of its text with what stood beside it out.

The names are those that trafilatura, newspaper, news-please, fundus, Media Cloud, passim and NGEC
write, and those of schema.org; case, spaces, dots and hyphens of a name do not count.
"""

import ast
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from onrecord.errors import EmptyInputError, InputError
from onrecord.ingest.found import fail, name_container, try_capture
from onrecord.record import Capture, Container, Failure, StatedField

# In order: where a row has several, the first that holds something counts. Plain text that a scraper
# made comes before the page it was made from.
TEXT_KEYS = (
    "text", "maintext", "main_text", "article_text", "full_text", "fulltext", "content", "text_content",
    "articlebody", "article_body", "body", "body_text", "plaintext", "plain_text", "cleaned_text",
    "story_text", "event_text", "raw_text", "content_text", "article", "story",
)  # fmt: skip
HTML_KEYS = (
    "html", "raw_html", "html_text", "content_html", "body_html", "page_html", "article_html",
)  # fmt: skip
URL_KEYS = (
    "url", "link", "article_url", "original_url", "canonical_url", "canonical_link", "page_url", "source_url",
    "source", "external_url",
)  # fmt: skip
STATED_KEYS: dict[str, tuple[str, ...]] = {
    "title": ("title", "headline", "article_title", "event_title", "story_title", "title_page"),
    "authors": ("authors", "author", "byline", "creator", "writer"),
    "outlet": (
        "publisher", "sitename", "site_name", "outlet", "media_name", "publication", "newspaper",
        "meta_site_name", "source_name", "source_hostname", "source", "hostname", "source_domain",
        "canonical_domain", "domain",
    ),
    "published_at": (
        "date_published", "datepublished", "published_at", "date_publish", "publish_date", "published_date",
        "publication_date", "publishing_date", "pub_date", "pubdate", "datetimepub", "published", "date",
        "datetime",
    ),
    "updated_at": (
        "date_modified", "datemodified", "date_modify", "modified_date", "updated_at", "updated",
        "last_modified", "lastmod",
    ),
    "language": ("language", "lang", "inlanguage", "language_code", "meta_lang"),
}  # fmt: skip
KNOWN_KEYS = frozenset({*TEXT_KEYS, *HTML_KEYS, *URL_KEYS}.union(*STATED_KEYS.values()))
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_LIST = re.compile(r"\[.*\]", re.DOTALL)
MAX_LIST_CHARS = 10_000


def normalize_key(key: str) -> str:
    """The name of a column as the tables here write it.

    >>> normalize_key(" Date-Publish ")
    'date_publish'
    """
    return re.sub(r"[\s.-]+", "_", key.strip().lower())


def find_text_key(keys: Iterator[str] | list[str], column: str | None) -> str | None:
    """The name, as it stands, of the column with the text; `column` where it is there."""
    names = list(keys)
    if column is not None:
        return next((k for k in (column, *names) if k in names and _is_same(k, column)), None)
    by_name = {normalize_key(k): k for k in reversed(names)}
    return next((by_name[k] for k in (*TEXT_KEYS, *HTML_KEYS) if k in by_name), None)


def _is_same(key: str, column: str) -> bool:
    return key == column or normalize_key(key) == normalize_key(column)


def capture_row(
    row: Mapping[str, Any], container: Container, *, column: str | None = None
) -> Capture | Failure:
    """The capture of the text of a row, or of its page where it has no text; the other fields are stated."""
    fields = {normalize_key(str(key)): (str(key), value) for key, value in reversed(list(row.items()))}
    found = _find_text(fields, row, column)
    if isinstance(found, InputError):
        return fail(found, name_container(container))
    key, text = found
    return try_capture(
        _encode(text),
        container,
        media_type="text/html; charset=utf-8" if normalize_key(key) in HTML_KEYS else None,
        url=_find_url(fields),
        stated=tuple(_stated(fields, key)),
    )


def _find_text(
    fields: Mapping[str, tuple[str, Any]], row: Mapping[str, Any], column: str | None
) -> tuple[str, str] | InputError:
    """The name of the column with the text, and the text; or why there is none."""
    keys = (normalize_key(column),) if column is not None else (*TEXT_KEYS, *HTML_KEYS)
    there = [fields[key] for key in keys if key in fields]
    for name, value in there:
        if isinstance(value, str) and value.strip():
            return name, value
    if there:
        name, value = there[0]
        what = "is empty" if value is None or isinstance(value, str) else f"is no text but {_kind(value)}"
        return EmptyInputError(f"The column {name!r} {what}.")
    names = ", ".join(map(repr, list(row)[:20])) or "none"
    missing = f"There is no column {column!r}" if column is not None else "No column is known to hold a text"
    return InputError(
        f"{missing}; the columns are {names}.",
        cure="Name the one with the text (on the command line: --column).",
    )


def _kind(value: Any) -> str:
    return {list: "a list", dict: "an object", bool: "true or false"}.get(type(value), "a number")


def _encode(text: str) -> bytes:
    """The bytes of a text: those that were no characters again as they stood."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")


def _find_url(fields: Mapping[str, tuple[str, Any]]) -> str | None:
    values = (fields[key][1] for key in URL_KEYS if key in fields)
    return next((v.strip() for v in values if isinstance(v, str) and _ADDRESS.fullmatch(v.strip())), None)


def _stated(fields: Mapping[str, tuple[str, Any]], text_key: str) -> Iterator[StatedField]:
    for field, keys in STATED_KEYS.items():
        for key in keys:
            name, value = fields.get(key, (text_key, None))
            words = [
                w
                for w in _words_of(_spell(field, value))
                if not (field == "outlet" and _ADDRESS.fullmatch(w))
            ]
            if name != text_key and words:
                kept = words if field == "authors" else words[:1]
                yield from (StatedField(field=field, value=w, place=f"column {name}") for w in kept)
                break


def _spell(field: str, value: Any) -> Any:
    """The value, as words where it is a number in the place of a date: what it states is said, not lost."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number and field.endswith("_at") else value


def _words_of(value: Any) -> list[str]:
    """The words of a value: of a list one by one, of an object its name."""
    if isinstance(value, str):
        words = value.encode("utf-8", "replace").decode().strip()
        listed = _read_list(words) if len(words) <= MAX_LIST_CHARS and _LIST.fullmatch(words) else None
        return _words_of(listed) if listed is not None else [words] if words else []
    if isinstance(value, list):
        return [w for item in value[:100] if not isinstance(item, list) for w in _words_of(item)]
    if isinstance(value, dict):
        return _words_of(next((value[k] for k in ("name", "title") if isinstance(value.get(k), str)), None))
    return []


def _read_list(words: str) -> list[Any] | None:
    """The list that a cell of a table holds, as JSON or as Python prints it."""
    for read in (json.loads, ast.literal_eval):
        try:
            value = read(words)
        except (ValueError, SyntaxError, RecursionError, MemoryError):
            continue
        if isinstance(value, list):
            return value
    return None
