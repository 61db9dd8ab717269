"""The page ‘Person’."""

from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []
