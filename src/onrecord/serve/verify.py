"""The page ‘Verify’."""

from starlette.routing import BaseRoute

ROUTES: list[BaseRoute] = []
