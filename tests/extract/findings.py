"""What a model might find in a text, written by hand: mentions in clusters, names, and statements."""

import re
from collections.abc import Sequence

from onrecord.extract.found import Found, FoundMention, FoundName
from onrecord.extract.page import Page
from onrecord.language.phrases import head_of_phrase
from onrecord.language.pronouns import pronouns
from onrecord.record import Confidence, Origin, Span, Statement, statement_id_of

ARTICLE = "article-1"
CERTAIN = Confidence(statement=1.0, content=1.0, cue=1.0, source=1.0)
MODEL = Origin(kind="model", name="attribution", version="test")


def page_of(text: str) -> Page:
    """A page whose paragraphs are the lines that hold more than white space; headings begin with #."""
    lines = (m for m in re.finditer(r"[^\n]+", text) if not m.group().isspace())
    return Page(text, [m.span() for m in lines if not m.group().startswith("#")])


def place_of(text: str, words: str) -> Span:
    """Where words stand; "she@2" is the second time that they do, as whole words."""
    part, _, number = words.partition("@")
    found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(part)}(?!\w)", text)]
    start = found[int(number or 1) - 1]
    return Span(start_char=start, end_char=start + len(part))


def found_in(
    text: str,
    *clusters: Sequence[str],
    names: Sequence[tuple[str, str]] = (),
    kinds: dict[str, str] | None = None,
) -> Found:
    """Findings with these clusters of mentions; a mention is a person where `kinds` does not tell."""
    placed = [(place_of(text, words), words, c) for c, cluster in enumerate(clusters) for words in cluster]
    placed.sort(key=lambda entry: (entry[0].start_char, -entry[0].end_char))
    known = [FoundName(span=place_of(text, n), kind=k, sureness=0.9) for n, k in names]  # type: ignore[arg-type]
    mentions = [
        mention_at(text, span, (kinds or {}).get(words, "person"), known) for span, words, _ in placed
    ]
    numbered = [[k for k, entry in enumerate(placed) if entry[2] == c] for c in range(len(clusters))]
    return Found(
        mentions=tuple(mentions),
        clusters=tuple(tuple(cluster) for cluster in numbered),
        names=tuple(sorted(known, key=lambda n: n.span)),
    )


def mention_at(text: str, span: Span, kind: str, names: Sequence[FoundName]) -> FoundMention:
    """A mention with its head and form as a model would give them."""
    head = head_of_phrase(text, span, [n.span for n in names])
    form = "nominal"
    if span.of(text).lower() in pronouns():
        form = "pronoun"
    elif any(n.span.overlaps(head) for n in names):
        form = "name"
    return FoundMention(span=span, head=head, kind=kind, form=form, sureness=0.8)  # type: ignore[arg-type]


def statement_in(
    text: str, content: str, *, cue: str, source: str = "", form: str = "direct", **fields: object
) -> Statement:
    """A statement by the words of its parts; without words for its source it has none."""
    contents, cues = (place_of_text(text, content),), (place_of(text, cue),) if cue else ()
    sources = (place_of(text, source),) if source else ()
    values: dict[str, object] = {
        "statement_id": statement_id_of(ARTICLE, contents, cues, sources),
        "article_id": ARTICLE,
        "content": contents,
        "cue": cues,
        "source": sources,
        "form": form,
        "mode": "said",
        "speaker": None,
        "chain": (),
        "confidence": CERTAIN,
        "origin": MODEL,
    }
    return Statement(**(values | fields))  # type: ignore[arg-type]


def place_of_text(text: str, part: str) -> Span:
    """The first place of a part of the text, marks and all."""
    start = text.index(part)
    return Span(start_char=start, end_char=start + len(part))
