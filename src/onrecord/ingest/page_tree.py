"""A page's tree as a row of blocks: an lxml tree in, its visible blocks in order out.

A block is a run of text between the starts and ends of block elements (WHATWG HTML, section 15.3) or
two line breaks in a row. Each knows where its characters lie in the stream of all characters of the
page that are not white space, which is how the source map finds them again.
"""

import re
from dataclasses import dataclass, field
from typing import Any

BLOCK_TAGS = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "button", "caption", "center", "dd", "details",
        "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset",
        "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu",
        "nav", "ol", "optgroup", "option", "p", "pre", "search", "section", "summary", "table", "tbody", "td",
        "tfoot", "th", "thead", "tr", "ul",
    )
)  # fmt: skip
# Elements that show no text of the page, or none of their own.
UNSEEN_TAGS = frozenset(
    (
        "script", "style", "noscript", "template", "svg", "math", "head", "select", "datalist", "object",
        "iframe", "embed", "canvas", "audio", "video", "map", "noframes", "noembed", "applet", "textarea",
        "title", "xmp",
    )
)  # fmt: skip
# Elements whose content is no markup: their characters are left out of the stream, here and in the source.
RAW_TAGS = frozenset(
    ("script", "style", "textarea", "title", "iframe", "noembed", "noframes", "xmp", "plaintext")
)


PICTURE_TAGS = frozenset(("img", "picture", "video", "amp-img"))
_ROLES = (
    dict.fromkeys(PICTURE_TAGS, "picture")
    | dict.fromkeys(BLOCK_TAGS, "block")
    | dict.fromkeys(UNSEEN_TAGS, "unseen")
    | dict.fromkeys(RAW_TAGS, "raw")
    | {"br": "break", "a": "link", "b": "bold", "strong": "bold"}
)
_UNSEEN_ROLES = frozenset(("unseen", "raw"))
_NOT_WORDS = re.compile(r"[\W_]+")


@dataclass(slots=True)
class PageBlock:
    """A run of visible text: its element, its words with single spaces, and where it lies in the stream.

    `folded` are its words as `fold_words` gives them. `link_chars` and `bold_chars` count the characters
    inside links and inside bold type, `pictures` the pictures and films between the block before and it;
    `runs` are half-open bounds in the stream.
    """

    element: Any
    words: str
    folded: str
    link_chars: int
    bold_chars: int
    pictures: int
    runs: list[tuple[int, int]]

    def count_letters(self) -> int:
        """How many characters its words have without their spaces, as those of links and bold type count."""
        return len(self.words) - self.words.count(" ")


@dataclass(slots=True)
class _Open:
    """The block being gathered."""

    parts: list[str] = field(default_factory=list)
    runs: list[tuple[int, int]] = field(default_factory=list)
    link_chars: int = 0
    bold_chars: int = 0


# libxml2 stops where elements are nested deeper, without an error that reaches us.
MAX_DEPTH = 2048


def parse_page(text: str) -> Any:
    """The tree of a page, or None where there is nothing in it."""
    from lxml import etree

    # Bytes, because lxml refuses a string that declares an encoding; ours is known. Without huge_tree
    # libxml2 drops what is nested over 255 deep, with it what is over 2,048.
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None


def is_cut_off(tree: Any) -> bool:
    """Whether the parser stopped before the end, at an element nested too deep: then it is the last."""
    depth, element = 0, tree
    while element is not None and depth < MAX_DEPTH:
        depth, element = depth + 1, next(element.iterchildren(reversed=True), None)
    return depth >= MAX_DEPTH


def fold_words(words: str) -> str:
    """Letters and digits alone, in one case: what makes two texts the same."""
    return _NOT_WORDS.sub("", words).casefold()


def squeeze(words: str) -> str:
    """The words without any white space: what the stream is made of."""
    return "".join(words.split())


class _Segmenter:
    """Walks the tree once; holds what is open at the point reached."""

    def __init__(self) -> None:
        self.blocks: list[PageBlock] = []
        self.stream: list[str] = []
        self.position = 0
        self.containers: list[Any] = []
        self.open = _Open()
        self.unseen = self.raw = self.links = self.bolds = self.pictures = 0

    def take(self, text: str) -> None:
        """Takes a text node at the point reached."""
        if self.raw:
            return
        run = squeeze(text)
        if self.unseen:
            self._advance(run)
            return
        block = self.open
        block.parts.append(text if run else " ")
        if not run:
            return
        if block.runs and block.runs[-1][1] == self.position:
            block.runs[-1] = block.runs[-1][0], self.position + len(run)
        else:
            block.runs.append((self.position, self.position + len(run)))
        if self.links:
            block.link_chars += len(run)
        if self.bolds:
            block.bold_chars += len(run)
        self._advance(run)

    def _advance(self, run: str) -> None:
        if run:
            self.stream.append(run)
            self.position += len(run)

    def start(self, element: Any, tag: str) -> None:
        """Enters an element."""
        role = _ROLES.get(tag)
        if role == "raw":
            self.raw += 1
        if self.unseen or role in _UNSEEN_ROLES:
            self.unseen += 1
            self.pictures += tag in PICTURE_TAGS
        elif role == "block":
            self.flush()
            self.containers.append(element)
        elif role == "picture":
            self.pictures += 1
        elif role == "break":
            self._break()
        elif role == "link":
            self.links += 1
        elif role == "bold":
            self.bolds += 1

    def end(self, tag: str) -> None:
        """Leaves an element."""
        role = _ROLES.get(tag)
        if role == "raw":
            self.raw -= 1
        if self.unseen:
            self.unseen -= 1
        elif role == "block":
            self.flush()
            self.containers.pop()
        elif role == "link":
            self.links -= 1
        elif role == "bold":
            self.bolds -= 1

    def _break(self) -> None:
        """A line break; after another one, with no words between, it ends the block."""
        parts = self.open.parts
        while parts and parts[-1] == " ":
            parts.pop()
        if parts and parts[-1] == "\n":
            self.flush()
        else:
            parts.append("\n")

    def flush(self) -> None:
        """Ends the block that is open."""
        block = self.open
        if block.runs:
            words = " ".join("".join(block.parts).split())
            made = PageBlock(
                element=self.containers[-1],
                words=words,
                folded=fold_words(words),
                link_chars=block.link_chars,
                bold_chars=block.bold_chars,
                pictures=self.pictures,
                runs=block.runs,
            )
            self.blocks.append(made)
            self.pictures = 0
        if block.parts:
            self.open = _Open()


def segment_page(tree: Any) -> tuple[list[PageBlock], str]:
    """The visible blocks of a page in order, and the stream of all its characters but white space."""
    from lxml import etree

    walker = _Segmenter()
    start, end, take = walker.start, walker.end, walker.take
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            start(element, element.tag)
            if text := element.text:
                take(text)
        else:
            end(element.tag)
            if (text := element.tail) and element is not tree:
                take(text)
    walker.flush()
    return walker.blocks, "".join(walker.stream)
