"""The parts of a record hold together: what is referred to exists, lies in the text, and is read in time."""

import hashlib
import re
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import onrecord
from onrecord.engine import Engine
from onrecord.record import Record, iter_spans, to_json

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
FILES = sorted(p.name for p in SAMPLES.iterdir() if p.suffix in (".txt", ".html"))
PUBLISHED = "2031-03-05T10:00Z"
SENTENCES = (
    "Mara Quill, the mayor of Beltown, said on Monday that the bridge was safe.",
    "She told the Beltown Courier in Paris that it would stay open until May.",
    "“We will not sleep,” her deputy Ondrej Vale wrote on Chirper last week.",
    "Vale had promised in 2024 that Quill would resign, according to two officials.",
    "Washington and the Texas region rejected it, a spokesman said, asking not to be named.",
    "He said she said that they had said so.",
    "The company announced that its engineers were told by the ministry.",
    "\n\n",
)
# How much more time a word may take in a text of 8,000 words than in one of 2,000: it would be 4 where
# time grew as the square. Measured: 1.24, for the pairs of mentions that are called alike.
MOST_GROWTH = 2


@cache
def record_of(file: str) -> Record:
    return onrecord.read((SAMPLES / file).read_bytes(), published=PUBLISHED)


def find_dangling(record: Record) -> list[str]:
    """What is referred to and is not there."""
    entities = {e.entity_id for e in record.entities}
    times = {t.time_id for t in record.times}
    places = {p.place_id for p in record.places}
    statements = {s.statement_id for s in record.statements}
    wanted: list[tuple[str | None, set[str]]] = []
    for s in record.statements:
        wanted.append((s.speaker.entity_id if s.speaker else None, entities))
        wanted += [(hop.entity_id, entities) for hop in s.chain]
        wanted.append((s.within, statements - {s.statement_id}))
        wanted.append((s.said_at.time_id if s.said_at else None, times))
        wanted.append((s.said_in.place_id if s.said_in else None, places))
        for ids, known in zip(
            (s.about.entity_ids, s.about.time_ids, s.about.place_ids), (entities, times, places), strict=True
        ):
            wanted += [(one, known) for one in ids]
    return [one for one, known in wanted if one is not None and one not in known]


def find_doubles(ids: Iterable[str]) -> list[str]:
    """Ids that are given twice."""
    held = list(ids)
    return sorted({one for one in held if held.count(one) > 1})


def check(record: Record) -> None:
    """Fails where the record does not hold together."""
    assert find_dangling(record) == []
    assert find_doubles(s.statement_id for s in record.statements) == []
    assert find_doubles(e.entity_id for e in record.entities) == []
    assert find_doubles(t.time_id for t in record.times) == []
    assert find_doubles(p.place_id for p in record.places) == []
    text = record.article.text
    for span in iter_spans(record):
        assert 0 <= span.start_char < span.end_char <= len(text)
    for held in (*record.times, *record.places, *(m for e in record.entities for m in e.mentions)):
        assert held.span.of(text) == held.text
    parts = (*record.statements, *record.entities, *record.times, *record.places)
    assert {part.article_id for part in parts} <= {record.article.article_id}


@pytest.mark.parametrize("file", FILES)
def test_whatever_a_record_refers_to_is_in_it(file):
    check(record_of(file))


@pytest.mark.parametrize("file", FILES)
def test_a_mention_belongs_to_one_entity(file):
    spans = [m.span for e in record_of(file).entities for m in e.mentions]
    assert len(spans) == len(set(spans))


@pytest.mark.parametrize("file", FILES)
def test_statements_within_each_other_make_no_ring(file):
    within = {s.statement_id: s.within for s in record_of(file).statements}
    for first, at in within.items():
        seen = {first}
        while at is not None:
            assert at not in seen
            seen.add(at)
            at = within[at]  # noqa: PLW2901


@pytest.mark.parametrize("file", FILES)
def test_a_fresh_engine_reads_the_same_json(file):
    again = Engine().read((SAMPLES / file).read_bytes(), published=PUBLISHED)
    assert to_json(again, with_body=True) == to_json(record_of(file), with_body=True)


def test_an_engine_that_has_read_others_reads_the_same_json():
    engine = Engine()
    first = [to_json(engine.read((SAMPLES / f).read_bytes(), published=PUBLISHED)) for f in FILES]
    second = [to_json(engine.read((SAMPLES / f).read_bytes(), published=PUBLISHED)) for f in FILES[::-1]]
    assert first == second[::-1]


@settings(max_examples=25)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=12).map(" ".join))
def test_sentences_in_any_order_make_a_record_that_holds_together(text):
    try:
        record = onrecord.read(text, published=PUBLISHED)
    except onrecord.OnrecordError:
        assert not text.strip()
        return
    check(record)


def test_an_article_without_a_body_has_nothing_and_says_why():
    record = onrecord.read("<html><body><nav><a href='/'>Beltown in March</a></nav></body></html>")
    assert (record.statements, record.entities, record.times, record.places) == ((), (), (), ())
    assert [note.reason for note in record.notes] == ["no_body"]


def rename(text: str, edition: int) -> str:
    """The text with each capitalised word within its sentences called otherwise, by a hash."""

    def name(match: re.Match[str]) -> str:
        digest = hashlib.sha256(f"{edition} {match[0]}".encode()).hexdigest()
        return "".join("abcdefghijklmnop"[int(n, 16)] for n in digest[:8]).capitalize()

    return re.sub(r"(?<=[a-z,] )[A-Z][a-z]{3,}", name, text)


def make_long_text(words: int) -> str:
    """The paragraphs of the samples again and again, each time with other names."""
    texts = [(SAMPLES / f).read_text("utf-8").partition("\n\n")[2] for f in FILES if f.endswith(".txt")]
    made: list[str] = []
    while sum(len(part.split()) for part in made) < words:
        made.append(rename(texts[len(made) % len(texts)], len(made)))
    return "\n\n".join(made)


def test_time_grows_with_the_length_of_the_text_and_not_with_its_square():
    engine = Engine()
    took = []
    for words in (2_000, 2_000, 8_000):  # the first loads what every read needs
        text = make_long_text(words)
        began = time.process_time()
        engine.read(text)
        took.append((time.process_time() - began) / len(text))
    assert took[2] / took[1] <= MOST_GROWTH
