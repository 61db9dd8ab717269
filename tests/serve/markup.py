"""A page read as a browser reads it, and all in it that no page of ours may hold.

In: HTML. Out: what is wrong, a line each; nothing of it depends on which words were put into the record.
"""

import re
from html.parser import HTMLParser

from onrecord.export.visible import HIDDEN

ELEMENTS = re.compile(
    "html|head|meta|title|link|script|body|header|footer|main|nav|section|article|aside|figure|figcaption|"
    "h[1-4]|p|div|span|[uod]l|li|d[td]|a|b|i|em|strong|small|mark|bdi|ins|del|s|su[pb]|q|blockquote|cite|time|"
    "abbr|kbd|code|pre|[bhw]b?r|table|caption|thead|tbody|tfoot|t[rhd]|form|fieldset|legend|label|input|"
    "textarea|select|option|optgroup|button|datalist|output|progress|meter|details|summary|noscript|dialog|"
    "search|svg|g|path|rect|circle|ellipse|line|polyline|polygon|text|tspan|desc|defs|use|clippath|pattern|"
    "symbol|image"
)
ATTRIBUTES = re.compile(
    r"(aria|data)-[a-z-]+|id|class|lang|dir|title|role|tabindex|hidden|href|rel|src|defer|name|value|type|for|"
    r"method|action|enctype|formaction|formnovalidate|novalidate|placeholder|autocomplete|autocapitalize|"
    r"spellcheck|autofocus|inputmode|required|readonly|disabled|checked|selected|multiple|accept|min|max|step|"
    r"minlength|maxlength|pattern|size|rows|cols|list|open|start|reversed|datetime|cite|colspan|rowspan|"
    r"scope|headers|charset|content|download|form|label|accesskey|enterkeyhint|translate|popover|popovertarget|"
    r"x|y|x1|x2|y1|y2|dx|dy|cx|cy|r|rx|ry|d|points|width|height|viewbox|preserveaspectratio|transform|"
    r"text-anchor|dominant-baseline|fill|fill-opacity|stroke|stroke-width|stroke-dasharray|stroke-linecap|"
    r"vector-effect|focusable|pathlength|clip-path|clip-rule|fill-rule|patternunits|patterntransform|xmlns|"
    r"opacity|font-size|textlength|lengthadjust|shape-rendering|stroke-linejoin|stroke-opacity"
)
INSIDE = r"(/(?![/\\])|[?#]|$)"
# Where each may lead: pages of others only by a link that a reader follows, scripts and styles only ours.
ADDRESSES = {
    ("a", "href"): re.compile(rf"https?://|{INSIDE}", re.IGNORECASE),
    ("link", "href"): re.compile(r"/static/|data:,$"),
    ("script", "src"): re.compile("/static/"),
    ("form", "action"): re.compile(INSIDE),
    ("button", "formaction"): re.compile(INSIDE),
    ("input", "formaction"): re.compile(INSIDE),
    ("image", "href"): re.compile("/(static|map)/"),
    ("use", "href"): re.compile("#"),
}
LEADING = frozenset({"href", "src", "action", "formaction", "xlink:href", "cite", "srcset", "poster", "ping"})
DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")
VOID = re.compile("meta|link|br|hr|wbr|input|path|rect|circle|line|use|image")


class Markup(HTMLParser):
    """What a page is made of; `faults` are what it may not be made of, `words` its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.faults: list[str] = []
        self.pieces: list[str] = []
        self._open: list[tuple[str, str]] = []
        self.feed(page)
        self.close()

    @property
    def words(self) -> str:
        """All text."""
        return "".join(self.pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not ELEMENTS.fullmatch(tag):
            self.faults.append(f"an element <{tag}>")
        given = dict(attrs)
        if (tag == "script" and not given.get("src")) or (tag == "meta" and not _is_reloading(given)):
            self.faults.append(f"an inline <{tag}>")
        for name, value in attrs:
            self._see(tag, name, value or "")
        if not VOID.fullmatch(tag):
            self._open.append((tag, given.get("class") or ""))

    def _see(self, tag: str, name: str, value: str) -> None:
        if not ATTRIBUTES.fullmatch(name):
            self.faults.append(f"an attribute {name!r} of <{tag}>")
        if HIDDEN.search(value) and name != "data-sign":
            self.faults.append(f"hidden characters in {name!r} of <{tag}>: {value[:60]!r}")
        if name in LEADING:
            allowed = ADDRESSES.get((tag, name))
            if allowed is None or not allowed.match(value):
                self.faults.append(f"an address {value[:80]!r} in {name!r} of <{tag}>")

    def handle_endtag(self, tag: str) -> None:
        names = [name for name, _ in self._open]
        if tag in names:
            del self._open[len(names) - 1 - names[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)
        shut_in = any("hidden-sign" in kind or name in {"textarea", "title"} for name, kind in self._open)
        if DIRECTIONS.search(data) and not shut_in:
            self.faults.append(f"a direction character that acts: {data[:60]!r}")

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment {data[:40]!r}")

    def handle_decl(self, decl: str) -> None:
        if decl.casefold() != "doctype html":
            self.faults.append(f"a declaration {decl[:40]!r}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"an instruction {data[:40]!r}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"a section {data[:40]!r}")


def _is_reloading(given: dict[str, str | None]) -> bool:
    """Whether a <meta> does no more than show the same page again, if it does anything."""
    return "http-equiv" not in given or (given.get("content") or "").isdigit()
