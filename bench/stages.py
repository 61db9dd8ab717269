"""Where the time of a read goes: each stage timed apart, over the same articles."""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from onrecord.engine import Engine, with_language
from onrecord.extract.attribution import find_attributions
from onrecord.extract.statements import find_statements
from onrecord.ingest import make_capture, read_article
from onrecord.language.quotations import pair_quotations


class Timer:
    """Seconds of processor time by stage."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = time.process_time()
        yield
        self.spent[name] += time.process_time() - began


def stage_shares(engine: Engine, texts: list[str]) -> dict[str, float]:
    """Seconds of processor time by stage, summed over the texts.

    Each stage holds the one before it where it cannot be run alone, which is then taken off.
    """
    timer = Timer()
    for text in texts:
        with timer.stage("ingest"):
            article = read_article(make_capture(text.encode()))
        with timer.stage("language"):
            article = with_language(article)
        paragraphs = [(b.span.start_char, b.span.end_char) for b in article.body()]
        with timer.stage("quotations and word pieces"):
            found = [q for s, e in paragraphs for q in pair_quotations(article.text, s, e)]
            words = engine.encoder.cut(article.text, paragraphs, [(q.start_char, q.end_char) for q in found])
        with timer.stage("encoder"):
            list(engine.encoder.read(words))
        with timer.stage("attribution head and decoding"):
            find_attributions(engine.encoder, words)
        with timer.stage("repairs, hops, form"):
            find_statements(article.article_id, article.text, paragraphs, engine.encoder)
    spent = timer.spent
    spent["repairs, hops, form"] -= (
        spent["attribution head and decoding"] + spent["quotations and word pieces"]
    )
    spent["attribution head and decoding"] -= spent["encoder"]
    return {stage: max(seconds, 0.0) for stage, seconds in spent.items()}
