"""Records made by hand for the tests: invented people and places, every shape a face must show."""

import hashlib
from collections.abc import Sequence

from onrecord.record import (
    Article,
    Block,
    Capture,
    Confidence,
    HeaderField,
    Hop,
    Mention,
    Moment,
    Note,
    Origin,
    Record,
    Span,
    Statement,
    Unknown,
    article_id_of,
    statement_id_of,
)

RULE = Origin(kind="rule", name="plain-text", version="1")
MODEL = Origin(kind="model", name="attribution", version="0.1", rules=("close_quotation", "trim_space"))

PARTS: tuple[tuple[str, str], ...] = (
    ("title", "Harbour council puts off the Tessaly bridge"),
    ("byline", "By Ondrej Vale"),
    ("dateline", "PORT TESSALY, 3 May 2031"),
    ("caption", "The old bridge at low water."),
    ("credit", "Photo: I. Marrow / Brightwater Pictures"),
    ("furniture", "Trending now"),
    (
        "paragraph",
        "“We will not open it before the frost,” Mira Vance told the Tessaly Lantern. “Not with "
        "these cables.”",
    ),
    (
        "paragraph",
        "The harbour master said that Vance had promised “a safe crossing” and that the council "
        "believed her.",
    ),
    ("heading", "Costs <not> settled & “open”"),
    (
        "paragraph",
        "The bill has doubled since winter, according to a report by Quay Audit. She wants a second opinion.",
    ),
    ("list_item", "The tolls would rise by a third, it was said."),
    ("list_item", "Nothing was said of the ferry."),
    ("quotation", "“The river does not read our plans,” wrote Ilse Corran, the engineer. “It never did."),
    ("paragraph", "“And it will not start now.”"),
)
TEXT = "\n\n".join(text for _, text in PARTS)


def span_of(text: str, part: str, *, after: int = 0) -> Span:
    """The first place of the part in the text, at or after a character; it must be there."""
    start = text.index(part, after)
    return Span(start_char=start, end_char=start + len(part))


def make_statement(
    text: str,
    contents: Sequence[str],
    *,
    cue: str | None,
    source: str | None,
    after: int = 0,
    **fields: object,
) -> Statement:
    """A statement whose spans are found in the text; `fields` replace the usual values."""
    content = tuple(span_of(text, part, after=after) for part in contents)
    cues = (span_of(text, cue, after=after),) if cue else ()
    sources = (span_of(text, source, after=after),) if source else ()
    article_id = article_id_of(make_capture(text), text)
    values: dict[str, object] = {
        "statement_id": statement_id_of(article_id, content, cues, sources),
        "article_id": article_id,
        "content": content,
        "cue": cues,
        "source": sources,
        "form": "indirect",
        "mode": "said",
        "speaker": Mention(text=source, span=sources[0]) if source else None,
        "chain": (),
        "confidence": Confidence(statement=0.91, content=0.88, cue=0.97, source=0.93 if source else 0.0),
        "origin": MODEL,
    }
    return Statement(**(values | fields))  # type: ignore[arg-type]


def make_capture(text: str) -> Capture:
    """The capture of a plain text, with its bytes."""
    body = text.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(body).hexdigest()
    return Capture(sha256=digest, media_type="text/plain", encoding="utf-8", size_bytes=len(body), body=body)


def make_article(parts: Sequence[tuple[str, str]], **fields: object) -> Article:
    """An article whose text is the parts, a blank line between two; `fields` fill its header."""
    text, blocks = "\n\n".join(part for _, part in parts), []
    at = 0
    for kind, part in parts:
        if part:
            blocks.append(Block(kind=kind, span=Span(start_char=at, end_char=at + len(part)), origin=RULE))  # type: ignore[arg-type]
        at += len(part) + 2
    article_id = article_id_of(make_capture(text), text)
    return Article(article_id=article_id, text=text, blocks=tuple(blocks), **fields)  # type: ignore[arg-type]


def make_small_record(text: str, statements: Sequence[Statement] = (), **fields: object) -> Record:
    """A record of one paragraph, or of nothing where the text is empty."""
    article = make_article([("paragraph", text)], **fields)
    return Record(capture=make_capture(text), article=article, statements=tuple(statements))


def header_field(value: str, part: str, *, rule: Origin = RULE) -> HeaderField:
    """A header value that stands in the text of the factory's article."""
    return HeaderField(value=value, raw=part, span=span_of(TEXT, part), origin=rule)


def make_record() -> Record:
    """A record with direct, mixed and indirect statements, two contents, nesting, hops, unknowns, notes."""
    article = make_article(
        PARTS,
        title=header_field(PARTS[0][1], PARTS[0][1]),
        authors=(header_field("Ondrej Vale", "Ondrej Vale"),),
        published_at=Moment(
            value="2031-05-03",
            precision="day",
            zone=None,
            raw="3 May 2031",
            span=span_of(TEXT, "3 May 2031"),
            origin=RULE,
        ),
        language=HeaderField(value="en", raw="en", span=None, origin=RULE),
        url="https://lantern.invalid/bridge?a=1&b=2",
        unknowns=(Unknown(field="outlet", reason="neither the text nor an address names one"),),
    )
    note = Note(
        stage="language",
        reason="short_text",
        detail="The text is short; the language was told from 90 words.",
    )
    return Record(capture=make_capture(TEXT), article=article, statements=make_statements(), notes=(note,))


def make_statements() -> tuple[Statement, ...]:
    """The statements of the factory's article, in the order of the text."""
    hop = Hop(kind="told", text="the Tessaly Lantern", span=span_of(TEXT, "the Tessaly Lantern"), origin=RULE)
    report = Hop(kind="cited_document", text="a report", span=span_of(TEXT, "a report"), origin=RULE)
    no_source = Unknown(field="speaker", reason="the sentence names nobody")
    no_mode = Unknown(field="mode", reason="the cue does not tell")
    nested, council = TEXT.index("that Vance"), TEXT.index("the council")
    frost = ["“We will not open it before the frost,”", "“Not with these cables.”"]
    crossing = ["that Vance had promised “a safe crossing” and that the council believed her"]
    bill = ["The bill has doubled since winter"]
    river = ["“The river does not read our plans,”", "“It never did.", "“And it will not start now.”"]

    def make(contents: Sequence[str], cue: str, source: str | None, **fields: object) -> Statement:
        return make_statement(TEXT, contents, cue=cue, source=source, **fields)  # type: ignore[arg-type]

    return (
        make(frost, "told", "Mira Vance", form="direct", chain=(hop,)),
        make(crossing, "said", "The harbour master", form="mixed"),
        make(["“a safe crossing”"], "had promised", "Vance", after=nested, form="direct"),
        make(["her"], "believed", "the council", after=council, mode="thinks"),
        make(bill, "according to", "Quay Audit", mode=None, chain=(report,), unknowns=(no_mode,)),
        make(["a second opinion"], "wants", "She", mode="wants"),
        make(["The tolls would rise by a third"], "it was said", None, unknowns=(no_source,)),
        make(river, "wrote", "Ilse Corran, the engineer", mode="wrote", form="direct"),
    )
