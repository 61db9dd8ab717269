"""Lines that belong to a picture: a line in, out whether it is a credit or a caption, and by which rule.

Looks at the line alone; `body.py` looks at its neighbours. The words of other languages than English
stand in `words/pictures.tsv`.
"""

import re
from functools import cache
from typing import Literal

from onrecord.ingest.agencies import names_agencies
from onrecord.ingest.furniture import MAX_CHARS, REPORTING_TAIL, first_word
from onrecord.ingest.speech import quotes_or_reports
from onrecord.ingest.wordlists import choice_of, read_words

Told = tuple[Literal["credit", "caption"], str]
MAX_CAPTION_WORDS = 60

_SENTENCE_ENDS = frozenset('.!?”"’»')
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
# A credit so sure that the words before it are a caption even where they quote: "(AP Photo/Jane Doe)".
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
# The first words that the patterns above can begin with: see `furniture.py`.
_PICTURE_STARTS = frozenset(
    (
        "file", "photo", "photos", "photograph", "photographs", "photography", "image", "images", "picture",
        "pictures", "illustration", "illustrations", "graphic", "graphics", "video", "artwork", "credit",
        "credits", "courtesy", "getty", "caption", "pictured", "above", "below", "left", "right", "in",
    )
)  # fmt: skip


def picture_rule(line: str) -> Told | None:
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


def _picture_rule(line: str) -> Told | None:
    if first_word(line) in _PICTURE_STARTS and (told := _prefix_rule(line)):
        return told
    if (credit := _find_credit(line)) is not None:
        words = len(line[:credit].split())
        return ("caption", "caption-with-credit") if words else _judge_opened(line.split()[1:])
    tail = (
        _CREDIT_TAIL.search(line, max(0, len(line) - 180))
        if line[-2:].strip(".")[-1:] == ")" or _has_mark(line)
        else None
    )
    if tail and (REPORTING_TAIL.match(tail[0]) or _is_wire_tail(line, tail.start())):
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


@cache
def _tail_pattern() -> re.Pattern[str]:
    """A caption's end in any language of the list: "Foto: Jane Doe", in brackets or without."""
    words = choice_of(read_words("pictures", "credit"))
    return re.compile(rf"(?:^|[\s(\[.|–-]){words}\s?[:=：/／]\s?[^.:“\"]{{2,80}}\.?$", re.IGNORECASE)


def _find_credit(line: str) -> int | None:
    """Where "Foto: Jane Doe" or the like begins at the end of a line; None where there is none."""
    if not any(mark in line for mark in ":=：/／"):
        return None
    match = _tail_pattern().search(line, max(0, len(line) - 120))
    return match.start() if match else None


def _judge_opened(words: list[str]) -> Told:
    """What a line is that opens with the word of a credit, by those behind it: a sentence is a caption."""
    is_sentence = len(words) > 8 and sum(w[0].islower() for w in words) > len(words) / 2
    return ("caption", "caption-prefix") if is_sentence else ("credit", "credit-prefix")


def _has_mark(line: str) -> bool:
    return "©" in line or ": " in line


def _prefix_rule(line: str) -> Told | None:
    """What a line is that opens with "Photo:" or "Pictured:", None for one that opens otherwise."""
    if match := _CREDIT_PREFIX.match(line):
        words = line[match.end() :].split()
        if ":" not in match[0] and _is_clause(words):
            return None
        return _judge_opened(words)
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
