"""/api/: the API for people to read, made from its own description."""

from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from onrecord.serve.render import show_page


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word that an operation takes: where it stands, and what it may be."""

    name: str
    place: str
    told: str
    needed: bool
    choices: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that can be asked."""

    anchor: str
    method: str
    path: str
    title: str
    told: str
    words: tuple[Word, ...]
    body: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """Operations that belong together."""

    name: str
    told: str
    operations: tuple[Operation, ...]


def show_page_of_api(request: Request) -> Response:
    """The chapters of the API."""
    document = request.app.openapi()
    return show_page(
        request,
        "api.html",
        chapters=list_chapters(document),
        own=f"{request.url.scheme}://{request.url.netloc}",
    )


def list_chapters(document: dict[str, Any]) -> tuple[Chapter, ...]:
    """The operations of an OpenAPI document by their tags, in its order."""
    found = [
        (operation["tags"][0], _read_operation(method, path, operation))
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    return tuple(
        Chapter(
            name=tag["name"],
            told=tag["description"],
            operations=tuple(operation for name, operation in found if name == tag["name"]),
        )
        for tag in document["tags"]
    )


def _read_operation(method: str, path: str, operation: dict[str, Any]) -> Operation:
    body = operation.get("requestBody", {}).get("content", {})
    return Operation(
        anchor=operation["operationId"],
        method=method.upper(),
        path=f"/api{path}",
        title=operation["summary"],
        told=operation["description"],
        words=tuple(_read_word(one) for one in operation.get("parameters", ())),
        body=" or ".join(body) or None,
    )


def _read_word(parameter: dict[str, Any]) -> Word:
    schema = parameter["schema"]
    return Word(
        name=parameter["name"],
        place=parameter["in"],
        told=parameter.get("description", ""),
        needed=parameter["required"],
        choices=tuple(filter(None, schema.get("enum", ()))),
    )
