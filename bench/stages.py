"""Where the time of a read goes: each stage timed apart, over the same articles."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.encode.encoder import Encoder
from onrecord.engine import Engine, with_language
from onrecord.extract.attribution import find_attributions
from onrecord.extract.statements import find_statements
from onrecord.ingest import make_capture, read_article
from onrecord.language.quotations import pair_quotations


def stage_shares(engine: Engine, texts: list[str]) -> dict[str, float]:
    """Seconds of processor time by stage, summed over the texts."""
    spent: Counter[str] = Counter()

    @contextmanager
    def timed(stage: str) -> Iterator[None]:
        began = time.process_time()
        yield
        spent[stage] += time.process_time() - began

    for text in texts:
        with timed("ingest"):
            article = read_article(make_capture(text.encode()))
        with timed("language"):
            article = with_language(article)
        paragraphs = [(b.span.start_char, b.span.end_char) for b in article.body()]
        _time_extraction(engine.encoder, article.text, paragraphs, timed, spent)
    return dict(spent)


def _time_extraction(encoder: Encoder, text: str, paragraphs: list, timed, spent: Counter) -> None:  # type: ignore[no-untyped-def]
    with timed("quotations and word pieces"):
        found = [q for s, e in paragraphs for q in pair_quotations(text, s, e)]
        words = encoder.cut(text, paragraphs, [(q.start_char, q.end_char) for q in found])
    with timed("encoder"):
        list(encoder.read(words))
    began = time.process_time()
    find_attributions(encoder, words)
    attributed = time.process_time()
    find_statements("article", text, paragraphs, encoder)
    whole = time.process_time() - attributed
    spent["attribution head and decoding"] += attributed - began
    spent["repairs, hops, form"] += whole
