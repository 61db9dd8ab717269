"""The page ‘Timeline’."""

from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []
