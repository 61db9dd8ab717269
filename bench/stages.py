"""Where the time of a read goes: each step's own seconds, over whole reads of the same articles.

In: an engine and texts. Out: seconds of processor time by stage. A step is timed where it is called, by
the name it is called by; what it calls of other stages is taken off, and what belongs to none is "the rest".
"""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from onrecord import engine as engines
from onrecord.encode.encoder import Encoder
from onrecord.engine import Engine
from onrecord.extract import attribution, mentions, parts, statements

# Who calls a step by which name, and the stage that it belongs to; in the order of a read.
STEPS: tuple[tuple[object, str, str], ...] = (
    (engines, "read_article", "ingest"),
    (engines, "with_language", "language"),
    (statements, "Page", "quotations and word pieces"),
    (Encoder, "cut", "quotations and word pieces"),
    (Encoder, "read", "encoder"),
    (Encoder, "score_attributions", "attribution head and decoding"),
    (statements, "find_attributions", "attribution head and decoding"),
    (attribution, "best_labels", "attribution head and decoding"),
    (Encoder, "score_tags", "tags: names, times, places, heads of mentions"),
    (mentions, "decode_layer", "tags: names, times, places, heads of mentions"),
    (mentions.Finder, "take", "mentions"),
    (mentions.Finder, "found", "mentions"),
    (mentions, "candidate_pairs", "coreference"),
    (mentions, "pair_features", "coreference"),
    (Encoder, "score_antecedents", "coreference"),
    (mentions, "link_mentions", "coreference"),
    (parts, "find_statements", "repairs, hops, form"),
    (parts, "link_hops", "repairs, hops, form"),
    (parts, "add_agencies", "repairs, hops, form"),
    (parts, "nest_statements", "repairs, hops, form"),
    (parts, "join_found", "times"),
    (parts, "make_times", "times"),
    (parts, "make_places", "places"),
    (parts, "make_entities", "entities"),
    (parts, "resolve_speakers", "speakers"),
    (parts, "add_said_at", "said at, said in, about"),
    (parts, "add_said_in", "said at, said in, about"),
    (parts, "add_about", "said at, said in, about"),
    (parts, "embed_statements", "meaning"),
)
REST = "the rest"


class Timer:
    """Seconds of processor time by stage; of stages that run within each other, the innermost is charged."""

    def __init__(self) -> None:
        self.spent: Counter[str] = Counter()
        self._running: list[str] = []
        self._since = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        self._charge()
        self._running.append(name)
        try:
            yield
        finally:
            self._charge()
            self._running.pop()

    def _charge(self) -> None:
        now = time.process_time()
        if self._running:
            self.spent[self._running[-1]] += now - self._since
        self._since = now


def stage_shares(engine: Engine, texts: list[str]) -> dict[str, float]:
    """Seconds of processor time by stage, summed over the texts."""
    engine.read(texts[0])  # loads the weights, the gazetteer and the tables: no article's time
    timer = Timer()
    with _timed_steps(timer):
        for text in texts:
            with timer.stage(REST):
                engine.read(text)
    order = dict.fromkeys([*(stage for _, _, stage in STEPS), REST])
    return {stage: timer.spent[stage] for stage in order}


@contextmanager
def _timed_steps(timer: Timer) -> Iterator[None]:
    """Has each step charge its time to its stage, as long as the context is open."""
    patches = [patch.object(owner, name, _timed(owner, name, stage, timer)) for owner, name, stage in STEPS]
    for one in patches:
        one.start()
    try:
        yield
    finally:
        for one in patches:
            one.stop()


def _timed(owner: object, name: str, stage: str, timer: Timer) -> Callable[..., Any]:
    step: Callable[..., Any] = getattr(owner, name)

    def timed(*given: Any, **named: Any) -> Any:
        with timer.stage(stage):
            made = step(*given, **named)
        return _timed_items(made, stage, timer) if isinstance(made, Iterator) else made

    return timed


def _timed_items(items: Iterator[Any], stage: str, timer: Timer) -> Iterator[Any]:
    """The items of a step that makes them one by one."""
    while True:
        with timer.stage(stage):
            item = next(items, None)
        if item is None:
            return
        yield item
