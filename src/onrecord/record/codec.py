"""Records as JSON and back, and the JSON Schema that describes them; all from the types.

A span is written with its text, so that JSON can be read by eye and by other programs; reading
it back checks each of those texts against the article, so that a span that drifted is an error, and each
id that one part of a record gives of another.
"""

import base64
import binascii
import dataclasses
import inspect
import json
import types
import typing
from collections.abc import Iterator
from typing import Any, Literal, Union, get_args, get_origin

from onrecord.errors import CodecError
from onrecord.record.plain import hints_in_json, reader_of
from onrecord.record.record import SCHEMA_VERSION, Failure, Record
from onrecord.record.references import broken_references
from onrecord.record.span import Span

SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"
T = typing.TypeVar("T")
_PLAIN_KINDS = frozenset({str, int, float, bool, type(None)})
SCALARS: dict[type, str] = {str: "string", int: "integer", float: "number", bool: "boolean"}


def to_json(entry: Record | Failure, *, with_body: bool = False) -> str:
    """One line of JSON; the same entry always gives the same characters.

    `with_body` keeps the captured bytes in it (base64); without it only their hash is written.
    """
    if isinstance(entry, Record) and not with_body and entry.capture.body is not None:
        entry = dataclasses.replace(entry, capture=dataclasses.replace(entry.capture, body=None))
    text = entry.article.text if isinstance(entry, Record) else ""
    # Lone surrogates cannot be written as UTF-8: escape whatever is not ASCII only then.
    line = json.dumps(to_plain(entry, text), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        line = json.dumps(json.loads(line), separators=(",", ":"), sort_keys=True)
    return line


def from_json(line: str) -> Record | Failure:
    """The record or failure that a line of JSON holds; raises `CodecError`."""
    try:
        value = json.loads(line, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise CodecError(
            f"This is not JSON that a record can be: {error}.",
            cure="Give one record a line, as `onrecord read --json` writes it.",
        ) from error
    kind: type[Record] | type[Failure] = Record if isinstance(value, dict) and "article" in value else Failure
    version = value.get("schema_version") if isinstance(value, dict) else None
    if isinstance(version, int) and version != SCHEMA_VERSION:
        raise CodecError(
            f"The record has schema version {version}; this onrecord reads {SCHEMA_VERSION}.",
            cure="Read it with the version that wrote it, or read the article again.",
        )
    entry: Record | Failure = from_plain(value, kind)
    if isinstance(entry, Record):
        _check_texts(value, entry.article.text, "record")
        for where, fault in broken_references(entry):
            raise CodecError(fault, where=f"record.{where}")
    return entry


def _refuse_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON number")


def to_plain(value: Any, text: str | None = None) -> Any:
    """A record, or any other of its dataclasses, as JSON has it: objects, lists, strings and numbers.

    Spans get their words where the text that they are of is given.
    """
    kind: Any = type(value)
    if kind in _PLAIN_KINDS:  # by far the most there are
        return value
    if kind is Span:
        plain = {"start_char": value.start_char, "end_char": value.end_char}
        return plain if text is None else plain | {"text": value.of(text)}
    if kind is tuple:
        return [to_plain(item, text) for item in value]
    if kind is bytes:
        return base64.b64encode(value).decode("ascii")
    return {name: to_plain(getattr(value, name), text) for name in hints_in_json(kind)}


def from_plain(value: Any, kind: type[T]) -> T:
    """The dataclass of this kind that `to_plain` wrote so; raises `CodecError`."""
    try:
        return typing.cast(T, reader_of(typing.cast(Any, kind))(value))
    except (ValueError, TypeError, KeyError):
        # Only what is wrong takes the slower way, which tells where.
        return typing.cast(T, _typed(value, kind, kind.__name__.lower()))


def _typed(value: Any, kind: Any, where: str) -> Any:  # noqa: PLR0911 - one return a kind of type
    choices = get_args(kind)
    if get_origin(kind) in (Union, types.UnionType):
        if value is None and type(None) in choices:
            return None
        return _typed(value, next(c for c in choices if c is not type(None)), where)
    if get_origin(kind) is Literal:
        return _expect(value in choices, value, where, f"one of {', '.join(map(repr, choices))}")
    if get_origin(kind) is tuple:
        _expect(isinstance(value, list), value, where, "a list")
        return tuple(_typed(item, choices[0], f"{where}[{i}]") for i, item in enumerate(value))
    if dataclasses.is_dataclass(kind):
        return _typed_fields(value, typing.cast(type, kind), where)
    if kind is bytes:
        return _decode_bytes(_expect(isinstance(value, str), value, where, "base64 text"), where)
    if kind is float:
        _expect(isinstance(value, int | float) and not isinstance(value, bool), value, where, "a number")
        return float(value)
    return _expect(type(value) is kind, value, where, SCALARS[kind])


def _typed_fields(value: Any, kind: type, where: str) -> Any:
    _expect(isinstance(value, dict), value, where, f"an object ({kind.__name__})")
    hints = hints_in_json(kind)
    extra = value.keys() - hints.keys() - ({"text"} if kind is Span else set())
    _expect(not extra, sorted(extra), where, f"only the fields {', '.join(hints)}")
    missing = hints.keys() - value.keys()
    _expect(not missing, sorted(value), where, f"the fields {', '.join(sorted(missing))} too")
    fields = {name: _typed(value[name], hint, f"{where}.{name}") for name, hint in hints.items()}
    try:
        return kind(**fields)
    except ValueError as error:
        raise CodecError(str(error), where=where) from error


def _decode_bytes(value: str, where: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise CodecError(f"This is not base64: {error}.", where=where) from error


def _expect(holds: bool, value: Any, where: str, wanted: str) -> Any:
    if not holds:
        raise CodecError(f"Expected {wanted}, found {value!r:.80}.", where=where)
    return value


def _check_texts(value: Any, text: str, where: str) -> None:
    """Raises where a span's own text is not what the article holds at its bounds."""
    if isinstance(value, list):
        for i, item in enumerate(value):
            _check_texts(item, text, f"{where}[{i}]")
    elif isinstance(value, dict):
        if {"start_char", "end_char"} <= value.keys():
            _expect(
                value["end_char"] <= len(text), value["end_char"], where, f"an end of at most {len(text)}"
            )
            held = text[value["start_char"] : value["end_char"]]
            _expect(
                value.get("text") == held, value.get("text"), where, f"the article's text there, {held!r:.80}"
            )
        # A mention, a hop, a time and a place repeat the text of their span; a name does on one line.
        if "text" in value and isinstance(value.get("span"), dict):
            _expect(value["text"] == value["span"].get("text"), value["text"], where, "the text of its span")
        if isinstance(value.get("name_span"), dict):
            stands = " ".join(str(value["name_span"].get("text")).split())
            _expect(value["name"] == stands, value["name"], f"{where}.name", f"its words, {stands!r:.80}")
        for name, item in value.items():
            _check_texts(item, text, f"{where}.{name}")


def json_schema() -> dict[str, Any]:
    """The JSON Schema of one line: a record or a failure."""
    definitions: dict[str, Any] = {}
    choices = [_schema_of(kind, definitions) for kind in (Record, Failure)]
    return {"$schema": SCHEMA_DIALECT, "title": "onrecord", "anyOf": choices, "$defs": definitions}


def _schema_of(kind: Any, definitions: dict[str, Any]) -> dict[str, Any]:  # noqa: PLR0911 - as above
    choices = get_args(kind)
    if get_origin(kind) in (Union, types.UnionType):
        return {"anyOf": [_schema_of(c, definitions) for c in choices]}
    if get_origin(kind) is Literal:
        return {"enum": list(choices)}
    if get_origin(kind) is tuple:
        return {"type": "array", "items": _schema_of(choices[0], definitions)}
    if dataclasses.is_dataclass(kind):
        return _schema_of_fields(typing.cast(type, kind), definitions)
    if kind is type(None):
        return {"type": "null"}
    if kind is bytes:
        return {"type": "string", "contentEncoding": "base64"}
    return {"type": SCALARS[kind]}


def _schema_of_fields(kind: type, definitions: dict[str, Any]) -> dict[str, Any]:
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}
        properties = {n: _schema_of(h, definitions) for n, h in hints_in_json(kind).items()}
        if kind is Span:
            properties |= {"text": {"type": "string"}}
            properties["start_char"] |= {"minimum": 0}
            properties["end_char"] |= {"minimum": 1}
        definitions[kind.__name__] = {
            "type": "object",
            "description": inspect.cleandoc(kind.__doc__ or "").split("\n\n")[0].replace("\n", " "),
            "properties": properties,
            "required": sorted(properties),
            "additionalProperties": False,
        }
    return {"$ref": f"#/$defs/{kind.__name__}"}


def iter_spans(value: Any) -> Iterator[Span]:
    """Every span of a record or a part of one."""
    if isinstance(value, Span):
        yield value
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from iter_spans(getattr(value, field.name))
    elif isinstance(value, tuple):
        for item in value:
            yield from iter_spans(item)
