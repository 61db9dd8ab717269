"""Pages written for tests: their parts in, a parsed tree as the reader of pages makes it out."""

import json

from lxml import html as lxml_html

from onrecord.ingest.page_header import PageHeader, read_page_header


def parse(page):
    """The tree of a page, without comments and processing instructions."""
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    return lxml_html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)


def make_page(body="", *, head="", lang="en", json_ld=None):
    """A page with this body and head; `json_ld` is an object, or the words of a script."""
    script = ""
    if json_ld is not None:
        words = json_ld if isinstance(json_ld, str) else json.dumps(json_ld)
        script = f'<script type="application/ld+json">{words}</script>'
    return f'<html lang="{lang}"><head>{head}{script}</head><body>{body}</body></html>'


def read_header(body="", *, url=None, retrieved_at=None, **options) -> PageHeader:
    """The header of a page with this body."""
    return read_page_header(parse(make_page(body, **options)), url=url, retrieved_at=retrieved_at)


def names(found):
    """The values of what was found."""
    return [one.value for one in found]
