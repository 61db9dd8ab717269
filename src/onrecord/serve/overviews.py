"""What a store counted a moment ago: overviews take longer than pages may, and the same are asked again and
again, with each page of an answer. In: a store, what is asked, how it is counted. Out: what was counted.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from onrecord.record.overview import Facets, Moments
from onrecord.store.base import Store

T = TypeVar("T")
# Seconds. An article that was added, or a judgement that was made since, is counted so much later. Where only
# the first of many were counted nobody sees the difference.
FRESH, FRESH_PART = 10.0, 120.0
MOST_KEPT = 400

_lock = threading.Lock()
_kept: "WeakKeyDictionary[Store, OrderedDict[Hashable, tuple[float, Any]]]" = WeakKeyDictionary()


def count_once(store: Store, asked: Hashable, count: Callable[[], T], *, fresh: float | None = None) -> T:
    """What `count` gives, or what it gave before when the same was asked, as long as that is `fresh`."""
    with _lock:
        found = _kept.setdefault(store, OrderedDict()).get(asked)
    if found is not None and time.monotonic() < found[0]:
        value: T = found[1]
        return value
    counted = count()
    until = time.monotonic() + (_tell_fresh(counted) if fresh is None else fresh)
    with _lock:
        own = _kept.setdefault(store, OrderedDict())
        own[asked] = (until, counted)
        own.move_to_end(asked)
        while len(own) > MOST_KEPT:
            own.popitem(last=False)
    return counted


def _tell_fresh(counted: object) -> float:
    is_part = isinstance(counted, Facets | Moments) and not counted.complete
    return FRESH_PART if is_part else FRESH
