"""The engine: the one place where the stages are composed.

In: the bytes or the text of one article. Out: a record; or, for many, records and failures.
"""

import dataclasses
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from onrecord.errors import EmptyInputError, GazetteerError, InputError, TooLargeError, WeightsError
from onrecord.ingest import can_be_read_twice, captures, make_capture, name_capture, read_article
from onrecord.ingest.reading import READER_VERSION
from onrecord.record import (
    Article,
    Capture,
    Failure,
    HeaderField,
    Meanings,
    Moment,
    Note,
    Origin,
    Record,
    Statement,
    content_id,
)

if TYPE_CHECKING:
    from onrecord.encode.encoder import Encoder
    from onrecord.encode.weights import Weights
    from onrecord.extract.parts import Parts
    from onrecord.gazetteer.lookup import Gazetteer
    from onrecord.ingest.site_furniture import Repeated

LANGUAGES = ("en",)  # the languages the weights were trained for
# About 160,000 words, several times the longest articles, a minute's reading; more is a mistake (an
# archive, a log) that would keep the caller waiting for minutes.
LONGEST_TEXT_CHARS = 1_000_000
LINE = re.compile(r"[^\n]+")


class Engine:
    """Reads articles. The weights and the gazetteer are loaded at the first one and kept.

    `weights` is a folder written by `python -m train.export`; by default those of the package.
    `threads` is the number of cores that one article is read with. `say` is told in a sentence
    where something takes long: the gazetteer is built once, at the first need. `folder` is the folder of
    weights that was named, None for those of the package.
    """

    def __init__(
        self, *, weights: Path | None = None, threads: int = 1, say: Callable[[str], None] | None = None
    ) -> None:
        self.folder = weights
        self._threads = threads
        self._say = say

    @cached_property
    def weights(self) -> "Weights":
        """The weights, checked and not yet loaded; raises `WeightsError`."""
        from onrecord.encode.weights import open_weights

        return open_weights(self.folder)

    @cached_property
    def encoder(self) -> "Encoder":
        """The loaded encoder; raises `WeightsError`."""
        from onrecord.encode.encoder import Encoder

        return Encoder(self.weights, threads=self._threads)

    @cached_property
    def gazetteer(self) -> "Gazetteer":
        """The open gazetteer; raises `GazetteerError`."""
        from onrecord.gazetteer.location import open_gazetteer

        return open_gazetteer(self._say)

    @cached_property
    def signature(self) -> str:
        """What reads here: program, readers, model and gazetteer, with their versions, on one line.

        Two engines with the same signature make the same record of the same capture. It takes some
        0.05 s, and loads neither model nor places. Raises as `weights` and `gazetteer` do.
        """
        from onrecord.gazetteer.location import sign_gazetteer

        names = {
            "onrecord": _program_version(),
            "readers": READER_VERSION,
            "model": f"{self.weights.version}:{self.weights.digest}",
            "gazetteer": sign_gazetteer(),
        }
        return " ".join(f"{name}={value}" for name, value in names.items())

    def read(self, source: str | bytes, *, url: str | None = None, published: str | None = None) -> Record:
        """The record of one article, given as bytes or text, plain or HTML.

        `published` and `url` give what a bare text lacks. Raises `InputError` where the source
        cannot be read as an article, `WeightsError` where the package is not whole.
        """
        body = source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source
        return self.read_capture(make_capture(body, url=url), published=published)

    def read_capture(
        self, capture: Capture, *, published: str | None = None, repeated: "Repeated | None" = None
    ) -> Record:
        """The record of the article that a capture holds; raises as `read` does.

        `repeated`, as `ingest.repetition.learn_repeated` gives it, is left out of pages.
        """
        article = read_article(capture, published=published, repeated=repeated)
        article = with_language(_not_too_long(article))
        parts = self._read_body(article)
        return Record(
            capture=capture,
            article=article,
            statements=parts.statements,
            entities=parts.entities,
            times=parts.times,
            places=parts.places,
            notes=tuple(_notes(article, parts.statements)),
            meanings=parts.meanings,
        )

    def embed(self, sentence: str) -> Meanings:
        """The vector of a sentence, to look for statements that say the like; its id is "".

        Raises `InputError` where the sentence holds no word.
        """
        from onrecord.extract.statements import read_drafts

        found = read_drafts(sentence, lines_of(sentence), self.encoder)[1]
        pooled = found.states.pool([(0, len(sentence))]) if found.states else None
        if pooled is None:
            raise EmptyInputError(
                "There is no word whose meaning could be looked for.", cure="Give a sentence."
            )
        vector = self.encoder.embed(pooled[None])[0].tobytes()
        return Meanings(model=self.weights.version, vectors=(("", vector),))

    def read_captures(
        self, found: Iterable[Capture | Failure], *, repeated: "Repeated | None" = None
    ) -> Iterator[Record | Failure]:
        """A record or a failure for each capture, in order; failures pass through.

        Raises `WeightsError` and `GazetteerError` alone: without these nothing can be read.
        """
        for entry in found:
            if isinstance(entry, Failure):
                yield entry
                continue
            try:
                yield self.read_capture(entry, repeated=repeated)
            except (WeightsError, GazetteerError):
                raise
            except Exception as error:  # whatever a capture holds, the rest is read
                yield _failure_of(error, name_capture(entry))

    def read_all(
        self, source: str | Path, *, column: str | None = None, learn_furniture: bool = False
    ) -> Iterator[Record | Failure]:
        """A record or a failure for each article of a file or folder, in order.

        With `learn_furniture` the source is read through at once to learn what the pages of each site
        repeat (boxes, biographies, notes on itself), which is then left out of its articles; raises
        `InputError` for a pipe, which cannot be read twice.
        """
        repeated = _learn_furniture(Path(source), column) if learn_furniture else None
        return self.read_captures(captures(source, column=column), repeated=repeated)

    def read_many(self, sources: Iterable[tuple[str, str | bytes]]) -> Iterator[Record | Failure]:
        """A record or a failure for each (name, source), in order; one failure stops nothing.

        Raises `WeightsError` and `GazetteerError` alone: without these nothing can be read.
        """
        for name, source in sources:
            try:
                yield self.read(source)
            except (WeightsError, GazetteerError):
                raise
            except Exception as error:  # whatever a source holds, the rest is read
                yield _failure_of(error, name)

    def _read_body(self, article: Article) -> "Parts":
        """What an article's body says: statements, entities, times and places, from one reading."""
        from onrecord.extract.parts import Setting, read_parts

        paragraphs = [(b.span.start_char, b.span.end_char) for b in article.body()]
        setting = Setting(
            article_id=article.article_id,
            published=article.published_at,
            dateline=next((b.span for b in article.blocks if b.kind == "dateline"), None),
            home=_home_of(article),
            headings=tuple(b.span.start_char for b in article.blocks if b.kind == "heading"),
            agencies=article.agencies,
        )
        return read_parts(article.text, paragraphs, self, setting)

    def parts_of(self, text: str, *, published: Moment | None = None) -> "Parts":
        """The statements, entities, times and places of a text that is all body: a line is a paragraph."""
        from onrecord.extract.parts import Setting, read_parts

        setting = Setting(article_id=content_id("text", text), published=published)
        return read_parts(text, lines_of(text), self, setting)

    def statements_of(self, text: str) -> tuple[Statement, ...]:
        """The statements of a text that is all body: every line of it is a paragraph."""
        from onrecord.extract.statements import find_statements

        return find_statements(content_id("text", text), text, lines_of(text), self.encoder)[0]


def _program_version() -> str:
    """The version of the installed program; "unknown" where it was never installed."""
    try:
        return version("onrecord")
    except PackageNotFoundError:
        return "unknown"


def _home_of(article: Article) -> str | None:
    """The host of the article's address, else the name of its outlet: either tells of a place."""
    host = urlsplit(article.url).hostname if article.url else None
    return host or (article.outlet.value if article.outlet else None)


def _learn_furniture(source: Path, column: str | None) -> "Repeated":
    from onrecord.ingest.repetition import learn_repeated

    if not can_be_read_twice(source):
        raise InputError(
            "A pipe cannot be read twice: first to learn the furniture of its pages, then for its articles.",
            where=str(source),
            cure="Save it as a file, and give that.",
        )
    return learn_repeated(captures(source, column=column))


def _failure_of(error: Exception, subject: str) -> Failure:
    return Failure(stage="read", reason=type(error).__name__, detail=str(error), subject=subject)


def lines_of(text: str) -> list[tuple[int, int]]:
    """Half-open bounds of the lines that hold more than white space."""
    return [match.span() for match in LINE.finditer(text) if not match.group().isspace()]


def _not_too_long(article: Article) -> Article:
    if len(article.text) > LONGEST_TEXT_CHARS:
        raise TooLargeError(
            f"The text has {len(article.text):,} characters; one article may have {LONGEST_TEXT_CHARS:,}.",
            cure="Give each article on its own.",
        )
    return article


def with_language(article: Article) -> Article:
    """The article with its language identified from its body; the markup's where that cannot tell.

    Pages declare a language that they are not written in, so the text is believed first.
    """
    from onrecord.language.identify import identify_language

    identified = identify_language("\n".join(b.span.of(article.text) for b in article.body()))
    if identified is None:
        return article
    code, name = identified
    declared = article.language.raw if article.language else code
    origin = Origin(kind="rule", name=f"language/{name}", version="1")
    unknowns = tuple(u for u in article.unknowns if u.field != "language")
    language = HeaderField(value=code, raw=declared, span=None, origin=origin)
    return dataclasses.replace(article, language=language, unknowns=unknowns)


def _notes(article: Article, statements: tuple[Statement, ...]) -> Iterator[Note]:
    language = article.language
    if language is not None and _base(language.value) not in LANGUAGES:
        yield Note(
            stage="language",
            reason="untrained_language",
            detail=f"The article is in “{language.value}”; the model was trained on English alone: "
            "statements will be missing and wrong.",
        )
    if language is not None and _base(language.raw) != _base(language.value):
        yield Note(
            stage="language",
            reason="language_disagrees",
            detail=f"The page declares “{language.raw}”; its text reads as “{language.value}”.",
        )
    if statements:
        return
    if not article.body():
        yield Note(stage="ingest", reason="no_body", detail="No paragraph was found that reports anything.")
    else:
        words = sum(len(b.span.of(article.text).split()) for b in article.body())
        yield Note(
            stage="extract",
            reason="no_attribution",
            detail=f"None of the {words} words read belongs to a cue that attributes something to a source.",
        )


def _base(language: str) -> str:
    """The language of a tag without its region: "en" of "en-GB"."""
    return language.replace("_", "-").split("-")[0].lower()
