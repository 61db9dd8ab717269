"""The files that pages are drawn with: which there are, and where each stands in the package."""

from functools import cache
from importlib.resources import files

# The marks of an article are drawn as on the page that is exported, by the same style.
STATIC = {
    "marks.css": "export",
    "verdicts.css": "export",
    "room.css": "serve/static",
    "article.css": "serve/static",
    "home.css": "serve/static",
    "search.css": "serve/static",
    "timeline.css": "serve/static",
    "verify.css": "serve/static",
    "review.css": "serve/static",
    "home.js": "serve/static",
    "article.js": "serve/static",
    "timeline.js": "serve/static",
    "review.js": "serve/static",
    "search.js": "serve/static",
    "verify.js": "serve/static",
}


@cache
def load_static(name: str) -> bytes:
    """The bytes of a file."""
    return files("onrecord").joinpath(STATIC[name], name).read_bytes()
