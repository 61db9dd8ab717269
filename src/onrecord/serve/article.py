"""The page ‘Article’."""

from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []
