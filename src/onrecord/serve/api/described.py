"""The description of the API: the app in, its OpenAPI document out, the record's own types in it."""

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from onrecord.record.codec import json_schema
from onrecord.serve.api.given import Given
from onrecord.serve.api.shapes import KEPT
from onrecord.serve.settings import Settings
from onrecord.serve.tokens import Tokens

DESCRIPTION = (
    "A record of who said what, for programs. Every answer is an object of one of two shapes: "
    '`{"ok": true, "data": …, "next": …, "notes": […]}` or `{"ok": false, "error": {"kind": …, "problem": …, '
    '"where": …, "cure": …}}`; captured bytes and exports come as they are. Where `next` is not null, ask '
    "again with `after` set to it. The words of a question are those of `onrecord search`. Served beyond one "
    "machine, a token is needed: one that reads, or one that writes."
)
TAGS = [
    {"name": "statements", "description": "Who said what: found, counted, exported."},
    {"name": "articles", "description": "What it was read from."},
    {"name": "people", "description": "Who spoke."},
    {"name": "judgements", "description": "What people say of the record."},
    {"name": "adding", "description": "What is being added."},
    {"name": "verify", "description": "A draft held against the record."},
    {"name": "upkeep", "description": "How much there is, and what went wrong."},
]


def describe_api(api: FastAPI, settings: Settings) -> dict[str, Any]:
    """The OpenAPI document."""
    document = get_openapi(
        title=api.title, version=api.version, description=DESCRIPTION, routes=api.routes, tags=TAGS
    )
    document = {name: _refer_to_kept(part) for name, part in document.items()}
    document["servers"] = [{"url": "/api"}]
    schemas = document["components"]["schemas"]
    schemas.update(_record_schemas())
    schemas["Given"] = Given.model_json_schema()
    document["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A token of this room."},
        "cookie": {"type": "apiKey", "in": "cookie", "name": Tokens(settings).cookie},
    }
    needed: list[dict[str, list[str]]] = [{"token": []}, {"cookie": []}]
    document["security"] = needed if settings.tokens else [{}, *needed]
    return document


def _record_schemas() -> dict[str, Any]:
    """The types of a record in JSON, each under a name of its own: "Record", "RecordStatement"."""
    definitions = json_schema()["$defs"]
    named = json.dumps({_name(kind): schema for kind, schema in definitions.items()})
    for kind in definitions:
        named = named.replace(f'"#/$defs/{kind}"', f'"#/components/schemas/{_name(kind)}"')
    schemas: dict[str, Any] = json.loads(named)
    return schemas


def _refer_to_kept(part: Any) -> Any:
    """The same with a reference in place of each mark of a type of the record."""
    if isinstance(part, list):
        return [_refer_to_kept(one) for one in part]
    if not isinstance(part, dict):
        return part
    if KEPT in part:
        return {"$ref": f"#/components/schemas/{part[KEPT]}"}
    return {name: _refer_to_kept(one) for name, one in part.items()}


def _name(kind: str) -> str:
    return kind if kind == "Record" else f"Record{kind}"
