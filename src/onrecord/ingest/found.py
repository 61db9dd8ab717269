"""What a source gives: a capture with the place it stood at, or the failure to make one; and its name."""

import hashlib

from onrecord.errors import InputError
from onrecord.ingest.capture import make_capture
from onrecord.record import Capture, Container, Failure, StatedField

STAGE = "capture"
WHOLE_FILE = "whole file"


def contain(name: str, place: str, stored: bytes) -> Container:
    """The container of bytes that stood at this place of it, before anything was decoded."""
    return Container(name=name, place=place, sha256=hashlib.sha256(stored).hexdigest())


def name_container(container: Container) -> str:
    """Where the capture stood, in words: "articles.csv: row 17"; a file of a folder by its path alone."""
    if container.place == WHOLE_FILE:
        return container.name
    return f"{container.name}: {container.place}"


def name_capture(capture: Capture) -> str:
    """What a capture is called in a message: its place, else its address, else its hash."""
    if capture.container is not None:
        return name_container(capture.container)
    return capture.url or f"capture {capture.sha256}"


def fail(error: InputError, subject: str) -> Failure:
    """The failure that an error is; its subject stands in the place of the error's own `where`."""
    detail = " ".join(filter(None, (error.problem, error.cure)))
    return Failure(stage=STAGE, reason=type(error).__name__, detail=detail, subject=subject)


def try_capture(
    body: bytes,
    container: Container,
    *,
    media_type: str | None = None,
    url: str | None = None,
    retrieved_at: str | None = None,
    stated: tuple[StatedField, ...] = (),
) -> Capture | Failure:
    """The capture of these bytes, or the failure that says why they are none."""
    try:
        return make_capture(
            body,
            media_type=media_type,
            url=url,
            retrieved_at=retrieved_at,
            container=container,
            stated=stated,
        )
    except InputError as error:
        return fail(error, name_container(container))
