"""What a store counted a moment ago: overviews take longer than pages may, and the same are asked again and
again, with each page of an answer. In: a store, what is asked, how it is counted. Out: what was counted.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord.record.overview import Facets, Moments
from onrecord.serve.settings import SAFE_METHODS
from onrecord.store.base import Store

T = TypeVar("T")
# Seconds. What this room changes is counted anew at once (`forget_counts`); what other programs add to the
# record, so much later. Where only the first of many were counted nobody sees the difference.
FRESH, FRESH_PART = 10.0, 120.0
MOST_KEPT = 400

_lock = threading.Lock()
_kept: "WeakKeyDictionary[Store, OrderedDict[Hashable, tuple[float, Any]]]" = WeakKeyDictionary()


def count_once(store: Store, asked: Hashable, count: Callable[[], T], *, fresh: float | None = None) -> T:
    """What `count` gives, or what it gave before when the same was asked, as long as that is `fresh`."""
    with _lock:
        own = _kept.setdefault(store, OrderedDict())
        found = own.get(asked)
    if found is not None and time.monotonic() < found[0]:
        value: T = found[1]
        return value
    counted = count()
    until = time.monotonic() + (_tell_fresh(counted) if fresh is None else fresh)
    with _lock:  # where all was forgotten meanwhile, nobody looks into `own` any more
        own[asked] = (until, counted)
        own.move_to_end(asked)
        while len(own) > MOST_KEPT:
            own.popitem(last=False)
    return counted


def forget_counts(store: Store) -> None:
    """Makes all be counted anew: the record was changed."""
    with _lock:
        _kept.pop(store, None)


class CountsAnew:
    """The app; what was counted is forgotten before a request is answered that may change the record."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers."""

        async def forgetting(message: Message) -> None:
            if message["type"] == "http.response.start":
                forget_counts(scope["app"].state.room.store)
            await send(message)

        changes = scope["type"] == "http" and scope["method"] not in SAFE_METHODS
        await self.app(scope, receive, forgetting if changes else send)


def _tell_fresh(counted: object) -> float:
    is_part = isinstance(counted, Facets | Moments) and not counted.complete
    return FRESH_PART if is_part else FRESH
