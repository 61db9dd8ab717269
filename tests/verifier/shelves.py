"""Passages made by hand for the tests of the verifier, and a source that holds them."""

import hashlib
from collections.abc import Sequence

from onrecord.record import Hit, Passage, Span, person_id_of
from onrecord.verifier import Claim, Verdict, verify_claims


class Shelf:
    """All its passages answer every question that shares a word with them, in the order given."""

    def __init__(self, *passages: Passage) -> None:
        self.passages = passages
        self._words = [set(_words(passage.text)) for passage in passages]
        self.questions: list[str] = []

    def find_passages(self, words: str, *, limit: int) -> Sequence[Passage]:
        self.questions.append(words)
        wanted = set(words.casefold().split())
        shared = (p for p, words in zip(self.passages, self._words, strict=True) if wanted & words)
        return list(shared)[:limit]


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() or c in "'’" else " " for c in text).replace("’", "'").casefold().split()


def make_passage(
    text: str,
    *said: tuple[str | None, str | tuple[str, ...]],
    published: str | None = "2031-05-03",
    outlet: str | None = "Tessaly Lantern",
    form: str = "",
    **fields: object,
) -> Passage:
    """An article with statements (speaker, content); the form is direct where the content is in marks."""
    article_id = hashlib.sha256(f"{text}{outlet}{published}".encode("utf-8", "replace")).hexdigest()[:16]
    hits = [_make_hit(article_id, text, speaker, content, form) for speaker, content in said]
    values: dict[str, object] = {
        "article_id": article_id,
        "capture_id": "capture-" + article_id,
        "capture_sha256": article_id,
        "text": text,
        "outlet": outlet,
        "title": "The bridge",
        "url": "https://lantern.example/" + article_id,
        "published": published,
        "statements": tuple(hits),
    }
    return Passage(**(values | fields))  # type: ignore[arg-type]


def _make_hit(
    article_id: str, text: str, speaker: str | None, content: str | tuple[str, ...], form: str
) -> Hit:
    parts = (content,) if isinstance(content, str) else content
    spans = tuple(Span(start_char=text.index(p), end_char=text.index(p) + len(p)) for p in parts)
    quoted = all(p[0] in '“"‘' for p in parts)
    return Hit(
        statement_id=f"{article_id}:{spans[0].start_char}:{spans[0].end_char}",
        article_id=article_id,
        capture_id="capture-" + article_id,
        capture_sha256=article_id,
        speaker=speaker,
        person_id=person_id_of("person", speaker) if speaker else None,
        content=parts,
        content_spans=spans,
        cue=(),
        cue_spans=(),
        source=(speaker,) if speaker else (),
        source_spans=(),
        before="",
        after="",
        form=form or ("direct" if quoted else "indirect"),  # type: ignore[arg-type]
        mode="said",
        via=(),
        when=None,
        when_is=None,
        said_from=None,
        said_to=None,
        said_in=None,
        outlet=None,
        title=None,
        url=None,
        link="https://lantern.example/#words",
        published=None,
        confidence=0.9,
        status=None,
    )


def make_quoted(words: str, speaker: str | None = "Mira Vance", **fields: object) -> Passage:
    """An article that is one quotation and who said it."""
    quoted = f"“{words}”"
    return make_passage(f"{quoted} said {speaker or 'somebody'}.", (speaker, quoted), **fields)  # type: ignore[arg-type]


def make_claim(
    *parts: str, speaker: str | None = "Mira Vance", form: str = "direct", around: str = "{}"
) -> tuple[Claim, str]:
    """A claim with the draft that it stands in: each part in quotation marks, or all in `around`."""
    text, words, spans = "", [], []
    lead, _, tail = around.partition("{}")
    for part in parts:
        text += lead + "“"
        if part:
            spans.append(Span(start_char=len(text), end_char=len(text) + len(part)))
            words.append(part)
        text += part + "”" + tail
        lead = " she said, "
    claim = Claim(words=tuple(words), spans=tuple(spans), form=form, source=speaker, speaker=speaker)  # type: ignore[arg-type]
    return claim, text


def judge(
    *parts: str,
    held: Sequence[Passage],
    speaker: str | None = "Mira Vance",
    form: str = "direct",
    around: str = "{}",
) -> Verdict:
    """The verdict on one claim."""
    claim, text = make_claim(*parts, speaker=speaker, form=form, around=around)
    return verify_claims([claim], Shelf(*held), draft="draft.md", text=text).verdicts[0]
