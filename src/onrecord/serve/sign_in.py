"""Signing in with a token, where the room is served to others, and saying under which name one judges."""

from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []
