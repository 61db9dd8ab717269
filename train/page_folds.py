"""Which pages are held out together: a page's id and address in, the number of its site's fold out."""

import hashlib
import re
from urllib.parse import urlsplit

FOLDS = 5
# Pages of publishers are named "at/DerStandard_2024_05_03.html.gz": a country and an outlet.
_OUTLET = re.compile(r"(\w\w/.+?)_\d{4}_\d")


def find_fold(page_id: str, url: str | None) -> int:
    """The fold of a page's site (its outlet, else its host, else itself), the same on every machine."""
    outlet = _OUTLET.match(page_id)
    host = (urlsplit(url or "").hostname or "").removeprefix("www.")
    site = outlet[1] if outlet else host or page_id
    return int(hashlib.sha256(site.encode()).hexdigest(), 16) % FOLDS
