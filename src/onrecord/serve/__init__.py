"""The reading room, a record in the browser: `make_app` gives the app, `Settings` say how it is served."""

from onrecord.serve.app import make_app
from onrecord.serve.settings import Settings, Token

__all__ = ["Settings", "Token", "make_app"]
