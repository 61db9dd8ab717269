"""Names for linked data: an article in, the address of its page or the URN of its text out."""

import re
from urllib.parse import quote

from onrecord.record import Article

_WEB = re.compile(r"https?://[^\s/?#]", re.IGNORECASE)
# All that may stand in an IRI as it is (RFC 3987); the rest is percent-encoded.
_ALLOWED = "%/:=&?~+!$,;'@()*[]#"


def urn_of(own_id: str) -> str:
    """The URN of whatever onrecord gave this id."""
    return f"urn:onrecord:{quote(own_id, safe='', errors='replace')}"


def page_of(article: Article) -> str | None:
    """The address of the article's page, as an IRI has to be written; None where it has none on the web."""
    if not article.url or not _WEB.match(article.url):
        return None
    return quote(article.url, safe=_ALLOWED, errors="replace")
