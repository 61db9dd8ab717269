"""The page ‘Review’."""

from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []
