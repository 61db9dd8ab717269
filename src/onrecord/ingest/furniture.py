"""Lines that are not the report: a line in, out whether it is page furniture, a photo credit or a caption.

Looks at the line alone; `text.py` looks at its neighbours. Whole lines and the openings of other
languages than English stand in `words/`; the patterns here are those of English pages.
"""

import re
from functools import cache

from onrecord.ingest.agencies import names_agencies
from onrecord.ingest.speech import is_link_or_notice, quotes_or_reports
from onrecord.ingest.wordlists import choice_of, find_opening, read_words

# What is longer is no button, heading of a box, or credit.
MAX_CHARS = 220
# Buttons that stand side by side, "Share Tweet Print", are copied as one line of at most so many words,
# each button of at most so many.
MAX_BUTTON_LINE_WORDS, MAX_BUTTON_WORDS = 14, 5
# An opening such as "Read also" is believed of longer lines only where a colon or the like follows it.
MAX_OPENED_WORDS = 8
MAX_CAPTION_WORDS = 60

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
_SENTENCE_ENDS = frozenset('.!?”"’»')
_EDGE = " \t:.…!»›>→|•·-–—*#[]()▼▾↓+✕×"
_PICTURE = (
    r"(?:file )?(?:photo(?:s|graph|graphs|graphy)?|images?|pictures?|illustrations?|graphics?|video|artwork)"
)
_CREDIT_PREFIX = re.compile(
    rf"\(?(?:{_PICTURE}(?: (?:credits?|source|courtesy(?: of)?|by|via))?\s?:|{_PICTURE} (?:credit|by"
    rf"|via|courtesy)\b"
    r"|credits?\s?:|(?:photo|image|picture)s? ?/ ?\w|courtesy (?:of|photo)\b|getty images\b)\s*",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"\b(?:Getty(?: Images)?|Shutterstock|AP Photo|Associated Press|Reuters|AFP|EPA|EFE|Alamy"
    r"|iStock(?:photo)?|Unsplash"
    r"|Pexels|Pixabay|Depositphotos|Adobe Stock|Anadolu|Xinhua|TASS|Zuma(?: Press)?|PA Wire|PA Images"
    r"|Wikimedia(?: Commons)?"
    r"|Flickr|NurPhoto|Imago|IMAGO|imago images|dpa|Handout|Sipa|Bloomberg|Press Association"
    r"|[Pp]icture[- ][Aa]lliance|Keystone|Ritzau(?: Scanpix)?|Scanpix|NTB|PAP|ČTK|MTI|LaPresse|ANSA|LUSA"
    r"|Belga|ANP|Hollandse Hoogte|Yonhap|Kyodo|PTI|ANI|Europa Press|APA|Fotolia)\b|©|📷|📸",
)
_CAPTION_PREFIX = re.compile(
    r"(?:image )?caption\s?[:,]|(?:pictured|above|below|left|right|file(?: photo)?|in this photo)\s?[:–—-]\s",
    re.IGNORECASE,
)
_CREDIT_TAIL = re.compile(
    rf"\((?:[^()]{{0,80}}(?:/|\b(?:via|by)\b)[^()]{{0,80}}|{_PICTURE}[^()]{{0,80}})\)\.?$"
    rf"|\b{_PICTURE}(?: credit| by)?:\s[^.]{{2,80}}$|(?:[.!?]|\s)©\s?[^.]{{2,80}}$",
    re.IGNORECASE,
)
# An agency's line under its report, "(Reporting by ...)", is the tail of a paragraph and of no picture.
_REPORTING_TAIL = re.compile(
    r"\((?:additional |further )?(?:reporting|writing|editing|compiled|written|edited)\b[^()]*\)?\.?$",
    re.IGNORECASE,
)


# A credit so sure that the words before it are a caption even where they quote: "(AP Photo/Jane Doe)".
@cache
def _tail_pattern() -> re.Pattern[str]:
    """A caption's end in any language of the list: "Foto: Jane Doe", in brackets or without."""
    words = choice_of(read_words("pictures", "credit"))
    return re.compile(rf"(?:^|[\s(\[.|–-]){words}\s?[:=：/／]\s?[^.:“\"]{{2,80}}\.?$", re.IGNORECASE)


_SURE_TAIL = re.compile(
    r"\([^()]*(?:/|\b(?:photo|image|picture)\b)[^()]*\)\.?$"
    r"|[.!?)]\s(?:Photo|Image|Picture)[^:]{0,20}: [^“\"]+$",
    re.IGNORECASE,
)
# What follows the last sentence of a caption: "Jane Doe/Agency", "HANDOUT / Agency".
_SLASHED_END = re.compile(
    r"(?:[.!?)]\s?|[^\W\d_]{2}\.)"
    r"([^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,4}\s?/"
    r"\s?[\w.'’-]+(?:\s[\w.'’-]+){0,4}(?:/[\w .'’-]{1,40})?)$"
)
_SLASHED = re.compile(
    r"[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){1,3}\s?/\s?[^\W\d_][\w.'’-]*(?: [^\W\d_][\w.'’-]*){0,4}$"
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
_PICTURE_STARTS = frozenset(
    (
        "file", "photo", "photos", "photograph", "photographs", "photography", "image", "images", "picture",
        "pictures", "illustration", "illustrations", "graphic", "graphics", "video", "artwork", "credit",
        "credits", "courtesy", "getty", "caption", "pictured", "above", "below", "left", "right", "in",
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
        _first_word(line) in _NOTICE_STARTS
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


def _first_word(line: str) -> str:
    head = line[:24].split(None, 1)[0].casefold()
    return head.strip("([:.,|/)]").split(":", 1)[0].split("/", 1)[0]


def opens_box(line: str) -> bool:
    """Whether a line of furniture is the heading of a box that lists other articles."""
    core = _core(line)
    return _BOX.match(core) is not None or find_opening(core, "furniture", "box") > 0


def without_agency_tail(line: str) -> str:
    """A line without the "(Reporting by ...)" at its end, where something stands before it."""
    return _REPORTING_TAIL.sub("", line).rstrip() or line


def _core(line: str) -> str:
    return line.strip(_EDGE).replace("’", "'").replace("İ", "i").casefold()


def picture_rule(line: str) -> tuple[str, str] | None:
    """("credit", rule) or ("caption", rule) for a line that belongs to a picture; None for any other."""
    if len(line) > 2 * MAX_CHARS:
        return None
    told = _picture_rule(line)
    return told if told and (_is_sure_picture(line) or not quotes_or_reports(line)) else None


def _is_sure_picture(line: str) -> bool:
    """Whether it opens with "Photo:" or the like, or ends with a credit in brackets."""
    prefix = _CREDIT_PREFIX.match(line)
    opens = (prefix is not None and ":" in prefix[0]) or _CAPTION_PREFIX.match(line)
    return bool(opens or _find_credit(line) is not None or _SURE_TAIL.search(line, max(0, len(line) - 180)))


def _picture_rule(line: str) -> tuple[str, str] | None:
    if _first_word(line) in _PICTURE_STARTS and (told := _prefix_rule(line)):
        return told
    if (credit := _find_credit(line)) is not None:
        words = len(line[:credit].split())
        return ("caption", "caption-with-credit") if words else _credit_or_caption(line)
    tail = (
        _CREDIT_TAIL.search(line, max(0, len(line) - 180))
        if line[-2:].strip(".")[-1:] == ")" or _has_mark(line)
        else None
    )
    if tail and (_REPORTING_TAIL.match(tail[0]) or _is_wire_tail(line, tail.start())):
        return None
    bracketed = line[0] == "(" and tail and len(line.split()) <= 12
    if (bracketed and ("/" in line or _CREDIT_PREFIX.match(line))) or _is_agency_line(line):
        return "credit", "credit-agency"
    if _ends_slashed(line) or (tail and (_AGENCY.search(tail[0]) or _CREDIT_PREFIX.match(tail[0]))):
        return "caption", "caption-with-credit"
    return ("credit", "credit-slashed") if "/" in line and len(line) < 90 and _is_slashed(line) else None


def _ends_slashed(line: str) -> bool:
    """Whether names and an agency with a slash between them stand behind the last sentence of a line."""
    if "/" not in line[-80:] or len(line.split()) > MAX_CAPTION_WORDS:
        return False
    match = _SLASHED_END.search(line, max(0, len(line) - 100))
    if match is None or not _AGENCY.search(match[1]) or names_agencies(match[1].strip()):
        return False
    return all(not w[0].islower() or w == "dpa" for w in re.split(r"[ /]+", match[1]) if w)


def _is_wire_tail(line: str, start: int) -> bool:
    """Whether agencies and no more stand in brackets behind a sentence: its report's credit, no photo's."""
    return line[:start].rstrip()[-1:] in _SENTENCE_ENDS and names_agencies(line[start:].strip("().[] "))


def _find_credit(line: str) -> int | None:
    """Where "Foto: Jane Doe" or the like begins at the end of a line; None where there is none."""
    if not any(mark in line for mark in ":=：/／"):
        return None
    match = _tail_pattern().search(line, max(0, len(line) - 120))
    return match.start() if match else None


def _credit_or_caption(line: str) -> tuple[str, str]:
    """What a line is that opens with the word of a credit: a sentence behind it makes it a caption."""
    words = line.split()[1:]
    is_sentence = len(words) > 8 and sum(w[0].islower() for w in words) > len(words) / 2
    return ("caption", "caption-prefix") if is_sentence else ("credit", "credit-prefix")


def _has_mark(line: str) -> bool:
    return "©" in line or ": " in line


def _prefix_rule(line: str) -> tuple[str, str] | None:
    """What a line is that opens with "Photo:" or "Pictured:": a sentence behind it makes it a caption."""
    if match := _CREDIT_PREFIX.match(line):
        words = line[match.end() :].split()
        if ":" not in match[0] and _is_clause(words):
            return None
        is_sentence = len(words) > 8 and sum(w[0].islower() for w in words) > len(words) / 2
        return ("caption", "caption-prefix") if is_sentence else ("credit", "credit-prefix")
    return ("caption", "caption-prefix") if _CAPTION_PREFIX.match(line) else None


def _is_clause(words: list[str]) -> bool:
    """Whether what follows "Getty Images" or "Video by" goes on as a sentence, and not with a name."""
    lower = sum(w[0].islower() and w not in {"of", "the", "by", "via", "for", "and", "from"} for w in words)
    return lower >= 4 or (lower >= 2 and words[-1][-1] in ".!?")


def _is_agency_line(line: str) -> bool:
    """Whether a line is little but names, among them a picture agency's."""
    words = line.split()
    named = any(mark in line for mark in "/|©📷📸") or len(words) <= 3 or " via " in line
    if not named or len(words) > 12 or line[-1] in ".!?:;" or not _AGENCY.search(line):
        return False
    lower = [w for w in words if w[0].islower() and w not in {"via", "by", "of", "for", "and", "dpa", "the"}]
    return not lower


def _is_slashed(line: str) -> bool:
    """Whether it is a name, a slash and a name: "Jane Doe/Beltown Courier"."""
    return _SLASHED.fullmatch(line) is not None and all(
        w[0].isupper() for w in re.split(r"[ /]+", line) if w not in {"of", "the", "via", "de"}
    )
