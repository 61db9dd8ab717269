"""/api/export: what answers a question, as a file in any of the formats."""

import tempfile
from collections.abc import Iterator
from typing import IO, Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response, StreamingResponse

from onrecord.export.formats import FORMATS, find_format
from onrecord.export.writing import write_stream
from onrecord.record import Query as Question
from onrecord.serve.api.asked import Asked
from onrecord.serve.room import room_of

router = APIRouter(tags=["statements"])
IN_MEMORY = 8_000_000  # bytes; larger files wait on the disk
CHUNK = 1 << 18


class AskedExport(Asked):
    """A question, and the format of the file. Everything that answers is in it."""

    format: str = Field(description="The format.", examples=["csv"], json_schema_extra={"enum": [*FORMATS]})


@router.get(
    "/export",
    response_class=Response,
    responses={
        200: {
            "description": "The file, whole.",
            "content": {one.media_type: {"schema": {}} for one in FORMATS.values()},
        }
    },
    summary="Export what answers",
)
def export(request: Request, asked: Annotated[AskedExport, Query()]) -> Response:
    """The articles with the statements that answer a question; without one, everything."""
    chosen = find_format(asked.format)
    query = asked.to_query()
    entries = room_of(request).store.iter_judged(None if query == Question() else query)
    stream: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed by _read
    try:
        write_stream(chosen, entries, stream)  # type: ignore[arg-type]
        size = stream.tell()
        stream.seek(0)
    except BaseException:
        stream.close()
        raise
    headers = {
        "content-disposition": f'attachment; filename="onrecord{chosen.suffixes[0]}"',
        "content-length": str(size),
    }
    return StreamingResponse(_read(stream), media_type=chosen.media_type, headers=headers)


def _read(stream: IO[bytes]) -> Iterator[bytes]:
    with stream:
        while chunk := stream.read(CHUNK):
            yield chunk
