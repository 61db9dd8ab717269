"""/api/export: what answers a question, as a file in any of the formats; as /search/export gives it."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import Field
from starlette.responses import Response

from onrecord.export.formats import FORMATS
from onrecord.serve.api.asked import Asked
from onrecord.serve.search_export import MOST_EXPORTED, send_export

router = APIRouter(tags=["statements"])


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
    description=f"The articles with the statements that answer a question, {MOST_EXPORTED:,} at most; "
    "without one, everything. What is more is written by `onrecord export`.",
)
async def export(request: Request, asked: Annotated[AskedExport, Query()]) -> Response:
    """The file, from the same words as a page's."""
    asked.to_query()
    return await send_export(request)
