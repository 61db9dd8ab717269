"""Styles and scripts, each under a name that tells its content: read once, kept by browsers for good."""

import hashlib
from functools import cache
from importlib.resources import files
from pathlib import PurePath

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

# How an article and a verdict are marked is drawn as on the pages that are exported, by the same styles.
EXPORTED = ("marks.css", "verdicts.css")
OWN = files("onrecord.serve") / "static"
FILES = {name: files("onrecord.export") / name for name in EXPORTED} | {
    one.name: one for one in OWN.iterdir()
}
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
FOR_GOOD = "public, max-age=31536000, immutable"


@cache
def load_static(name: str) -> bytes:
    """The bytes of a file."""
    return FILES[name].read_bytes()


@cache
def name_static(name: str) -> str:
    """The address of a file, which changes when the file does."""
    digest = hashlib.sha256(load_static(name)).hexdigest()[:12]
    return f"/static/{name}?{digest}"


def show_static(request: Request) -> Response:
    """One file."""
    name = request.path_params["name"]
    if name not in FILES:
        raise HTTPException(404)
    kept = FOR_GOOD if request.url.query else "no-cache"
    return Response(
        load_static(name), media_type=TYPES[PurePath(name).suffix], headers={"Cache-Control": kept}
    )
