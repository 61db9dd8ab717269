"""The API: the record for programs, described by OpenAPI."""

from fastapi import FastAPI

from onrecord.serve.room import Room


def make_api(room: Room) -> FastAPI:
    """The app below /api."""
    api = FastAPI(title="onrecord", docs_url=None, redoc_url=None)
    api.state.room = room
    return api
