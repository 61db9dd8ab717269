"""MEANTIME as it lies in the data folder: news in CAT XML, with entities, speech events and times.

In: `airbus-apple.tar.xz`. Out: documents with their text rebuilt from the tokens (Minard et al.
2016, "MEANTIME, the NewsReader Multilingual Event and Time Corpus", LREC). The corpus has two
layers. In `intra-doc_annotation` the headline and the first four sentences of the body are
annotated wholly; `intra_cross-doc_annotation` adds, to the end of each article, the mentions of
entities that the corpus follows across articles, and events without their participants. Who says
what stands in both alike.
"""

import lzma
import re
import tarfile
import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path, PurePosixPath

from eval.detokenise import detokenise
from eval.sayings import (
    FIRST_AND_SECOND,
    GoldEntity,
    GoldMention,
    Saying,
    SourceForm,
    SpeakerDocument,
    find_head,
    lies_in,
    tell_form,
)
from onrecord.errors import InputError
from onrecord.record import EntityKind, MentionForm, Span

WITHIN, ACROSS = "intra-doc_annotation", "intra_cross-doc_annotation"
SPEECH = "SPEECH_COGNITIVE"
KINDS: dict[str, EntityKind] = {"PER": "person", "ORG": "organisation", "LOC": "place"}
FORMS: dict[str, MentionForm] = {
    "NAM": "name", "PRE.NAM": "name", "NOM": "nominal", "PRE.NOM": "nominal",
    "HLS": "nominal", "PTV": "nominal", "PRO": "pronoun",
}  # fmt: skip
# The corpus has lost its paragraphs. Two sentences are the commonest length in Wikinews.
SENTENCES_A_PARAGRAPH = 2
LONGEST_PARAGRAPH = 6  # sentences, where a quotation is never closed
# The first half of a word cut at its apostrophe ("O'", "I'"), in the tokens of this corpus.
CUT_WORD = re.compile(r"[A-Z]'")
POUND = "#"  # as the Penn Treebank writes it


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldTime:
    """An expression of time, its type and value in TIMEX3; `is_creation` is the date of the article."""

    span: Span
    kind: str
    value: str
    is_creation: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MeantimeDocument(SpeakerDocument):
    """One article. `tokens` are the bounds of each of its tokens, `sentences` of each sentence."""

    title: str
    tokens: tuple[Span, ...]
    sentences: tuple[Span, ...]
    times: tuple[GoldTime, ...]


def read_meantime(path: Path, layer: str = WITHIN) -> list[MeantimeDocument]:
    """The articles of one layer of an archive, in the order of their names."""
    if not path.is_file():
        raise InputError(
            "There is no such file.", where=str(path), cure="Name MEANTIME's archive with --data."
        )
    try:
        with tarfile.open(path) as archive:
            files = dict(_files_of(archive, layer))
    except (tarfile.TarError, lzma.LZMAError, EOFError) as error:
        raise InputError(f"The archive cannot be unpacked: {error}.", where=str(path)) from error
    return [read_document(name, files[name]) for name in sorted(files)]


def _files_of(archive: tarfile.TarFile, layer: str) -> Iterator[tuple[str, bytes]]:
    for member in archive:
        path = PurePosixPath(member.name)
        if member.isfile() and path.suffix == ".xml" and layer in path.parts:
            file = archive.extractfile(member)
            if file:
                yield path.stem, file.read()


def read_document(name: str, body: bytes) -> MeantimeDocument:
    """One article out of its XML; raises `InputError` where that is none."""
    try:
        root = ET.fromstring(body)
    except ET.ParseError as error:
        raise InputError(f"This is no XML: {error}.", where=name) from error
    return _Reader(name, root).read()


class _Reader:
    """Makes one document out of its tree."""

    def __init__(self, name: str, root: ET.Element) -> None:
        self.name = name
        tokens = list(root.iter("token"))
        self.text, self.bounds, self.sentences = write_text(
            [(int(t.get("sentence", 0)), t.text or "") for t in tokens]
        )
        self.place = {t.get("t_id", ""): i for i, t in enumerate(tokens)}
        self.marked = {m.get("m_id", ""): m for m in root.iterfind("Markables/*")}
        self.relations = [
            (r.tag, r.get("sem_role"), s.get("m_id", ""), t.get("m_id", ""))
            for r in root.iterfind("Relations/*")
            for s in r.iterfind("source")
            for t in r.iterfind("target")
        ]
        # Of the few mentions that refer to two instances, the first holds.
        pairs = [(s, t) for tag, _, s, t in self.relations if tag == "REFERS_TO" and t in self.marked]
        self.instance_of = dict(reversed(pairs))

    def read(self) -> MeantimeDocument:
        times = tuple(self._times())
        return MeantimeDocument(
            name=self.name,
            title=self.sentences[0].of(self.text) if self.sentences else "",
            text=self.text,
            published=next((t.value for t in times if t.is_creation and t.value), None),
            tokens=self.bounds,
            sentences=self.sentences,
            entities=tuple(self._entities()),
            sayings=tuple(self._sayings()),
            times=times,
        )

    def _places(self, mark: str) -> list[int]:
        return sorted(self.place[a.get("t_id", "")] for a in self.marked[mark].iterfind("token_anchor"))

    def _span(self, mark: str) -> Span | None:
        """From the first to the last word of a markable; None where it has no words."""
        places = self._places(mark)
        if not places:
            return None
        return Span(start_char=self.bounds[places[0]].start_char, end_char=self.bounds[places[-1]].end_char)

    def _mention(self, mark: str) -> GoldMention | None:
        span = self._span(mark)
        if span is None:
            return None
        return GoldMention(span=span, head=self._head(mark, span), form=self._form(mark, span))

    def _head(self, mark: str, span: Span) -> Span:
        """The head that the corpus names, where it does and one word of the mention is that."""
        named = (self.marked[mark].get("head") or "").split()
        own = [self.bounds[i] for i in self._places(mark)]
        return next((b for b in own if named and b.of(self.text) == named[-1]), find_head(self.text, span))

    def _form(self, mark: str, span: Span) -> MentionForm:
        """As the corpus tells. One half of it tells names alone: of the other mentions, pronouns are
        told by their letters, and a phrase that holds a name of the same entity counts as a name."""
        told = self.marked[mark].get("syntactic_type")
        if told in FORMS:
            return FORMS[told]
        guessed = tell_form(span.of(self.text))
        if guessed == "pronoun" or told is None:
            return guessed
        names = (
            self._span(other)
            for other, instance in self.instance_of.items()
            if instance == self.instance_of.get(mark)
            and FORMS.get(self.marked[other].get("syntactic_type") or "") == "name"
        )
        return "name" if any(n and lies_in(n, span) for n in names) else "nominal"

    def _entities(self) -> Iterator[GoldEntity]:
        mentions: defaultdict[str, list[GoldMention]] = defaultdict(list)
        for mark, instance in self.instance_of.items():
            made = self._mention(mark) if self.marked[mark].tag == "ENTITY_MENTION" else None
            if made:
                mentions[instance].append(made)
        for instance, own in mentions.items():
            told = self.marked[instance]
            yield GoldEntity(
                entity_id=instance,
                name=told.get("TAG_DESCRIPTOR", ""),
                kind=KINDS.get(told.get("ent_type", ""), "other"),
                mentions=tuple(sorted(own, key=lambda m: m.span)),
                reference=told.get("external_ref") or None,
            )

    def _sayings(self) -> Iterator[Saying]:
        """The speech and cognition events whose first argument refers to an entity, each once."""
        who: dict[str, str] = {}
        for tag, role, event, mention in self.relations:
            if tag == "HAS_PARTICIPANT" and role == "Arg0" and mention in self.instance_of:
                who.setdefault(event, mention)
        for event, mention in who.items():
            instance = self.marked.get(self.instance_of.get(event, ""))
            source = self._mention(mention)
            if instance is None or instance.get("class") != SPEECH or source is None:
                continue
            words = tuple(self.bounds[i] for i in self._places(event))
            yield Saying(
                words=words,
                source=source,
                form=self._source_form(source, words),
                entity_id=self.instance_of[mention],
                is_first_person=source.span.of(self.text).lower() in FIRST_AND_SECOND,
            )

    def _source_form(self, source: GoldMention, words: Sequence[Span]) -> SourceForm:
        """The form of the source, "none" where it stands in another sentence than the event."""
        return (
            source.form
            if any(s.overlaps(words[0]) and s.overlaps(source.span) for s in self.sentences)
            else "none"
        )

    def _times(self) -> Iterator[GoldTime]:
        for mark, told in self.marked.items():
            span = self._span(mark) if told.tag == "TIMEX3" else None
            if span:
                yield GoldTime(
                    span=span,
                    kind=told.get("type", ""),
                    value=told.get("value", ""),
                    is_creation=told.get("functionInDocument") == "CREATION_TIME",
                )


def write_text(tokens: Sequence[tuple[int, str]]) -> tuple[str, tuple[Span, ...], tuple[Span, ...]]:
    """The text of tokens that know their sentence, the bounds of each token, and of each sentence.

    The first sentence is the headline, the second the date line, as Wikinews has them: each a
    block of its own. Then paragraphs, which are guessed: two sentences, and no end within a quotation.
    """
    sentences: dict[int, list[str]] = {}
    for number, token in tokens:
        sentences.setdefault(number, []).append("£" if token == POUND else token)
    text, bounds = "", list[Span]()
    for block in _blocks_of(list(sentences.values())):
        text += "\n\n" if text else ""
        shown, places = _join(block)
        bounds.extend(Span(start_char=len(text) + a, end_char=len(text) + b) for a, b in places)
        text += shown
    return text, tuple(bounds), tuple(_sentence_bounds(bounds, [len(s) for s in sentences.values()]))


def _sentence_bounds(bounds: Sequence[Span], lengths: Sequence[int]) -> Iterator[Span]:
    at = 0
    for length in lengths:
        first, last = bounds[at], bounds[at + length - 1]
        yield Span(start_char=first.start_char, end_char=last.end_char)
        at += length


def _blocks_of(sentences: Sequence[list[str]]) -> Iterator[list[str]]:
    yield from sentences[:2]
    block: list[list[str]] = []
    for sentence in sentences[2:]:
        block.append(sentence)
        words = [token for own in block for token in own]
        if len(block) >= LONGEST_PARAGRAPH or (len(block) >= SENTENCES_A_PARAGRAPH and not _is_open(words)):
            yield words
            block = []
    if block:
        yield [token for own in block for token in own]


def _is_open(tokens: Sequence[str]) -> bool:
    """Whether a quotation is open at the end of the tokens."""
    count: Mapping[str, int] = {mark: tokens.count(mark) for mark in ('"', "``", "''", "“", "”")}
    return count['"'] % 2 == 1 or count["``"] + count["“"] > count["''"] + count["”"]


def _join(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text of tokens, the halves of a cut word close to each other, and the place of each token."""
    words: list[list[str]] = []
    for token in tokens:
        if words and CUT_WORD.fullmatch(words[-1][-1]) and token[0].isalpha():
            words[-1].append(token)
        else:
            words.append([token])
    text, places = detokenise(["".join(word) for word in words])
    bounds: list[tuple[int, int]] = []
    for word, (start, end) in zip(words, places, strict=True):
        cuts = [start, *(start + n for n in accumulate(map(len, word[:-1]))), end]
        bounds.extend(pairwise(cuts))
    return text, bounds
