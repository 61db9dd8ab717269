"""What the suite of the verifier holds drafts against: gold statements as passages, in memory.

In: the project's samples, or the articles of PolNeAR with their attributions. Out: passages, and a source
that finds them by their words, as a store does by its index.
"""

import hashlib
import json
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from eval.corpus import GoldArticle
from onrecord.record import Form, Hit, Passage, Span, person_id_of

WORD = re.compile(r"\w+")
MARKED = re.compile(r"[“\"«„»][^”\"»“«]*[”\"»“«]?")
MOST_NAME_WORDS = 6
PRONOUN = re.compile(r"(?:he|she|they|it|we|i|you|who|which|that)\b", re.IGNORECASE)


class MemorySource:
    """Finds the passages that have most of the words asked for, rare words counting more."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._holding: dict[str, set[int]] = defaultdict(set)
        for number, passage in enumerate(passages):
            for word in set(_words(passage.text)):
                self._holding[word].add(number)

    def find_passages(self, words: str, *, limit: int) -> tuple[Passage, ...]:
        """The passages with most of these words, best first."""
        scores = Counter[int]()
        for word in set(_words(words)):
            holding = self._holding.get(word, ())
            for number in holding:
                scores[number] += math.log(1 + len(self._passages) / len(holding))  # type: ignore[assignment]
        best = sorted(scores, key=lambda number: (-scores[number], number))[:limit]
        return tuple(self._passages[number] for number in best)


def _words(text: str) -> list[str]:
    return WORD.findall(text.replace("’", "'").casefold())


def passages_of_corpus(articles: Iterable[GoldArticle]) -> list[Passage]:
    """Each article with its gold statements; a source that is a name is the speaker."""
    passages = []
    for article in articles:
        rows = [
            (_spans(a.get("content", ())), _name_of(article.text, a.get("source", ())))
            for a in article.attributions
        ]
        passages.append(make_passage(article.article_id, article.text, rows))
    return passages


def passages_of_samples(folder: Path) -> list[Passage]:
    """The samples that are plain text, with the statements expected of them."""
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    passages = []
    for name in sorted(n for n in expected if n.endswith(".txt")):
        text = (folder / name).read_text("utf-8")
        rows = []
        for statement in expected[name]["statements"]:
            spans = _find_all(text, statement["content"])
            if spans:
                rows.append((spans, statement.get("speaker")))
        passages.append(make_passage(name, text, rows))
    return passages


def _find_all(text: str, parts: Iterable[str]) -> tuple[Span, ...]:
    spans, at = list[Span](), 0
    for part in parts:
        start = text.find(part, at)
        if start < 0:
            return ()
        spans.append(Span(start_char=start, end_char=start + len(part)))
        at = start + len(part)
    return tuple(spans)


def _spans(bounds: Iterable[Sequence[int]]) -> tuple[Span, ...]:
    return tuple(Span(start_char=s, end_char=e) for s, e in bounds)


def _name_of(text: str, bounds: Sequence[Sequence[int]]) -> str | None:
    """The words of a source that are a name of one person or body; None where they are not."""
    if len(bounds) != 1:
        return None
    words = " ".join(text[bounds[0][0] : bounds[0][1]].split())
    named = any(word[:1].isupper() for word in words.split()[1:] or words.split())
    short = len(words.split()) <= MOST_NAME_WORDS
    return words if named and short and not PRONOUN.match(words) and "," not in words else None


def make_passage(name: str, text: str, rows: Iterable[tuple[tuple[Span, ...], str | None]]) -> Passage:
    """A passage with a statement for each of (spans of the content, speaker)."""
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    hits = tuple(make_hit(name, sha256, text, spans, speaker) for spans, speaker in rows if spans)
    return Passage(
        article_id=name,
        capture_id=name,
        capture_sha256=sha256,
        text=text,
        outlet=name.split("_", maxsplit=1)[0],
        title=None,
        url=None,
        published=None,
        statements=hits,
    )


def make_hit(name: str, sha256: str, text: str, spans: tuple[Span, ...], speaker: str | None) -> Hit:
    """A statement as a store answers it; of its fields the verifier reads these."""
    words = tuple(span.of(text) for span in spans)
    return Hit(
        statement_id=f"{name}:{'+'.join(f'{s.start_char}-{s.end_char}' for s in spans)}",
        article_id=name,
        capture_id=name,
        capture_sha256=sha256,
        speaker=speaker,
        person_id=person_id_of("person", speaker) if speaker else None,
        content=words,
        content_spans=spans,
        cue=(),
        cue_spans=(),
        source=(speaker,) if speaker else (),
        source_spans=(),
        before="",
        after="",
        form=form_of(words),
        mode=None,
        via=(),
        when=None,
        when_is=None,
        said_from=None,
        said_to=None,
        said_in=None,
        outlet=None,
        title=None,
        url=None,
        link=None,
        published=None,
        confidence=1.0,
        status=None,
    )


def form_of(words: Sequence[str]) -> Form:
    """Direct where all words stand in quotation marks, indirect where none does."""
    whole = " ".join(words)
    outside = MARKED.sub(" ", whole)
    if len(outside) == len(whole):
        return "indirect"
    return "mixed" if WORD.search(outside) else "direct"
