"""What a store counted a moment ago: overviews take longer than pages may, and the same are asked again and
again, with each page of an answer. In: a store, what is asked, how it is counted. Out: what was counted.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

from onrecord.store.base import Store

T = TypeVar("T")
# Seconds. An article that was added, or a judgement that was made since, is counted so much later.
FRESH = 15.0
MOST_KEPT = 400

_lock = threading.Lock()
_kept: "WeakKeyDictionary[Store, OrderedDict[Hashable, tuple[float, Any]]]" = WeakKeyDictionary()


def count_once(store: Store, asked: Hashable, count: Callable[[], T], *, fresh: float = FRESH) -> T:
    """What `count` gives, or what it gave less than `fresh` seconds ago when the same was asked."""
    now = time.monotonic()
    with _lock:
        found = _kept.setdefault(store, OrderedDict()).get(asked)
    if found is not None and now - found[0] < fresh:
        value: T = found[1]
        return value
    counted = count()
    with _lock:
        own = _kept.setdefault(store, OrderedDict())
        own[asked] = (now, counted)
        own.move_to_end(asked)
        while len(own) > MOST_KEPT:
            own.popitem(last=False)
    return counted
