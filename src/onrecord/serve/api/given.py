"""Articles as a request gives them: JSON or uploaded files in, a drop that can be added out."""

import json
from collections.abc import Iterator
from functools import partial
from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.requests import Request

from onrecord.collection.inputs import Input
from onrecord.errors import InputError
from onrecord.record import Capture, Failure
from onrecord.serve.drops import LONGEST_ADDRESS, Crawl, Drop
from onrecord.serve.faults import RefusedError
from onrecord.serve.settings import MOST_FILES

ADDRESS = r"^https?://[^\s/?#]+[^\s]*$"


class Given(BaseModel):
    """One article: its `text`, or the `html` of its page, or neither: then its `url` is fetched."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = Field(None, min_length=1, description="The text of the article, as plain text.")
    html: str | None = Field(None, min_length=1, description="The page that the article stands on.")
    url: str | None = Field(
        None,
        max_length=LONGEST_ADDRESS,
        pattern=ADDRESS,
        description="Where it was published.",
        examples=["https://news.example/bridge"],
    )
    title: str | None = Field(None, max_length=500, description="Of a plain text: its title.")
    published: str | None = Field(
        None,
        max_length=100,
        description="When it was published, where its page does not say: a day, or a moment with offset.",
        examples=["2031-05-03", "2031-05-03T17:20:00+02:00"],
    )

    def put_into(self, drop: Drop, crawl: Crawl | None) -> None:
        """Puts it into a drop; raises `InputError`."""
        if self.text is not None and self.html is not None:
            raise InputError("An article is given as text or as html, not as both.", cure="Leave one out.")
        if self.text is not None:
            drop.add_text(self.text, title=self.title, url=self.url, published=self.published)
        elif self.html is not None:
            find = partial(_capture_page, self.html, self.url)
            name = self.url or "a page"
            drop.inputs.append(Input(name=name, find=find, published=self.published))
        elif self.url is not None:
            drop.add_addresses(self.url, crawl)


# One operation takes both: a program has the text at hand, a person a file.
GIVEN_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {"$ref": "#/components/schemas/Given"},
                "examples": {
                    "text": {
                        "value": {
                            "text": "“The bridge stays shut until the frost,” said Mira Vance on the quay.",
                            "title": "News of the harbour",
                            "published": "2031-05-03",
                        }
                    },
                    "address": {"value": {"url": "https://news.example/bridge"}},
                },
            },
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "properties": {
                        "files": {
                            "type": "array",
                            "items": {"type": "string", "contentMediaType": "application/octet-stream"},
                            "minItems": 1,
                        }
                    },
                    "required": ["files"],
                }
            },
        },
    }
}


async def read_given(request: Request, crawl: Crawl | None) -> Drop:
    """What a request gives to be added; raises `InputError` and `RefusedError`."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().casefold()
    drop = Drop()
    try:
        if kind == "application/json":
            given = _read_json(await request.body())
            await run_in_threadpool(given.put_into, drop, crawl)
        elif kind == "multipart/form-data":
            await _read_files(request, drop)
        else:
            raise RefusedError(
                HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
                f"Articles come as application/json or multipart/form-data, not as {kind!r:.80}.",
            )
        return drop.expect_some()
    except BaseException:
        drop.discard()
        raise


def _read_json(body: bytes) -> Given:
    try:
        return Given.model_validate(json.loads(body))
    except ValidationError as error:
        faults = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()[:5])
        raise InputError(f"This is no article: {faults}.") from error
    except (ValueError, RecursionError) as error:
        raise RefusedError(HTTPStatus.BAD_REQUEST, "The body is not JSON.") from error


async def _read_files(request: Request, drop: Drop) -> None:
    async with request.form(max_files=MOST_FILES, max_fields=10) as form:
        for upload in form.getlist("files"):
            if isinstance(upload, UploadFile):
                await run_in_threadpool(drop.add_file, upload.filename or "", upload.file)


def _capture_page(html: str, url: str | None) -> Iterator[Capture | Failure]:
    from onrecord.ingest import make_capture

    yield make_capture(html.encode("utf-8", "replace"), media_type="text/html; charset=utf-8", url=url)
