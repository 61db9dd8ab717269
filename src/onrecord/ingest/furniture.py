"""Page furniture: a line in, out whether it is a button, a notice or the heading of a box of links.

Looks at the line alone; `body.py` looks at its neighbours. Whole lines and the openings of other
languages than English stand in `words/`; the patterns here are those of English pages.
"""

import re

from onrecord.ingest.speech import is_link_or_notice, quotes_or_reports
from onrecord.ingest.wordlists import find_opening, read_words

# What is longer is no button, heading of a box, or credit.
MAX_CHARS = 220
# Buttons that stand side by side, "Share Tweet Print", are copied as one line of at most so many words,
# each button of at most so many.
MAX_BUTTON_LINE_WORDS, MAX_BUTTON_WORDS = 14, 5
# An opening such as "Read also" is believed of longer lines only where a colon or the like follows it.
MAX_OPENED_WORDS = 8

_SHAPES = re.compile(
    r"(?:read|see|also read|watch|listen|related|more|recommended|up next|don't miss|read (?:more|also"
    r"|next)|see also"
    r"|(?:related|recommended) (?:article|story|stories|news|post)s?|tags?|topics?|filed under"
    r"|categor(?:y|ies)|keywords"
    r"|newsletters?|share(?: this(?: article| story)?)?|advertisement|sponsored|most read|trending)\s?[:|»>→]"
    r"|(?:sign up|subscribe|register)\b.{0,80}\b(?:newsletters?|alerts?|emails?|inbox|updates"
    r"|podcasts?|channel|today\W*$|now\W*$)"
    r"|(?:sign up|subscribe) (?:for|to)\b|sign up here\b"
    r"|follow (?:us|me|our|[@\w .'-]{2,40}) on (?:social media|[a-z]*\s?(?:facebook|twitter|x"
    r"|instagram|youtube|telegram"
    r"|tiktok|linkedin|whatsapp|threads|bluesky|mastodon|google news))\b|like us on facebook"
    r"|join (?:us|our) (?:on|channel)"
    r"|share (?:this )?(?:on|via|to) \w+$|(?:click|tap) here\b|download (?:the|our) .{0,30}app\b"
    r"|(?:story|article|post) continues (?:below|after)|this (?:article|story) (?:is|was) (?:supported"
    r"|sponsored) by"
    r"|(?:copyright\b|©|\(c\)).{0,120}(?:all rights reserved|\b(?:1[6-9]|20)\d\d\b)"
    r"|.{0,100}\ball rights reserved\b"
    r"|this material may not be (?:published|reproduced)|\d[\d,.]*\s?k?\s(?:comments?|shares?|views?"
    r"|likes?|reactions?)$"
    r"|(?:comments?|shares?|views?|likes?)\s?\(?\d[\d,.]*k?\)?$|\d{1,3}[ -]min(?:ute)?s?[ -](?:read"
    r"|listen|watch)$"
    r"|(?:reading time|listen|read time)\b.{0,12}\d{1,3}\s?min"
    r"|(?:we use|this (?:site|website) uses) cookies|by (?:continuing|using) (?:to (?:use"
    r"|browse) )?(?:this|our) (?:web)?site"
    r"|view (?:all|more|\d+) \w+$|more from [\w .'’-]{2,40}$"
    # The space before a mark belongs to the words: with two places for it this took 2^n steps.
    r"|\w[\w\s&'-]{0,25}(?:[>›»/]\s?\w[\w\s&'-]{0,25}){2,}$",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"(?:now )?trending|most (?:read|popular|viewed|shared|commented)|popular|latest|top (?:stories"
    r"|news)|more (?:news|stories|on|from)"
    r"|related|recommended|(?:also )?read (?:more|also|next)|also read|see also|you (?:may"
    r"|might) (?:also )?like|up next"
    r"|editors?'s? (?:picks|choice)|don't miss|in case you missed|what to read|from (?:the web"
    r"|our partners)|around the web",
    re.IGNORECASE,
)
_EDGE = " \t:.…!»›>→|•·-–—*#[]()▼▾↓+✕×"
# An agency's line under its report, "(Reporting by ...)", is the tail of a paragraph and of no picture.
REPORTING_TAIL = re.compile(
    r"\((?:additional |further )?(?:reporting|writing|editing|compiled|written|edited)\b[^()]*\)?\.?$",
    re.IGNORECASE,
)
_ANY_WORD = re.compile(r"[^\W_]")
# The first words that the patterns above can begin with: most lines are told by these alone, in a
# tenth of the time that the patterns take.
_NOTICE_STARTS = frozenset(
    (
        "read", "see", "also", "watch", "listen", "related", "more", "recommended", "up", "don't", "don’t",
        "tag", "tags", "topic", "topics", "filed", "category", "categories", "keywords", "newsletter",
        "newsletters", "share", "shares", "advertisement", "sponsored", "most", "trending", "sign",
        "subscribe", "register", "follow", "like", "likes", "join", "click", "tap", "download", "story",
        "article", "post", "copyright", "©", "c", "this", "comment", "comments", "views", "view", "reading",
        "we", "by",
    )
)  # fmt: skip


def furniture_rule(line: str) -> str | None:
    """The rule by which a line is page furniture: "no-words", "phrase" or "notice"; None if it is not."""
    if not _ANY_WORD.search(line):
        return "no-words"
    if len(line) > MAX_CHARS:
        return None
    core = _core(line)
    if _is_phrase(core) or (line[0] in "-#*" and core.isdecimal()):
        return "phrase"
    if _opens_notice(line):
        return "notice"
    may_match = (
        first_word(line) in _NOTICE_STARTS
        or line[0].isdecimal()
        or "©" in line
        or any(line.count(mark) > 1 for mark in ">›»/")
        or core.endswith("all rights reserved")
    )
    if not may_match or not _SHAPES.match(line) or (quotes_or_reports(line) and not is_link_or_notice(line)):
        return None
    return "notice"


def _is_phrase(core: str) -> bool:
    """Whether the words are the words of a button, or of several side by side."""
    phrases = read_words("furniture", "phrase")
    if core in phrases:
        return True
    words = core.split()
    if not 1 < len(words) <= MAX_BUTTON_LINE_WORDS:
        return False
    start = 0
    while start < len(words):
        sizes = range(min(MAX_BUTTON_WORDS, len(words) - start), 0, -1)
        size = next((n for n in sizes if _core(" ".join(words[start : start + n])) in phrases), 0)
        if not size:
            return False
        start += size
    return True


def _opens_notice(line: str) -> bool:
    """Whether a line opens as a pointer or a notice does in one of the languages of the list.

    Their reporting verbs are not known here, so the line must be short or say that a link follows.
    """
    end = find_opening(line, "furniture", "opens")
    if not end or len(line) > MAX_CHARS:
        return False
    if line[end : end + 2].strip()[:1] in {":", "：", "»", ">", "→", "|"} or line[end - 1] in ":：":
        return not quotes_or_reports(line) or is_link_or_notice(line)
    short = len(line.split()) <= MAX_OPENED_WORDS and len(line) <= 80
    return short and not quotes_or_reports(line)


def first_word(line: str) -> str:
    """The first word of a line in small letters, without the marks round it."""
    head = line[:24].split(None, 1)[0].casefold()
    return head.strip("([:.,|/)]").split(":", 1)[0].split("/", 1)[0]


def opens_box(line: str) -> bool:
    """Whether a line of furniture is the heading of a box that lists other articles."""
    core = _core(line)
    return _BOX.match(core) is not None or find_opening(core, "furniture", "box") > 0


def without_agency_tail(line: str) -> str:
    """A line without the "(Reporting by ...)" at its end, where something stands before it."""
    return REPORTING_TAIL.sub("", line).rstrip() or line


def _core(line: str) -> str:
    return line.strip(_EDGE).replace("’", "'").replace("İ", "i").casefold()
