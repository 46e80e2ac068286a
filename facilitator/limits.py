"""How often somebody may do something. Per person and per wrong try, never per address alone: a venue shares one."""

from __future__ import annotations

import time
from collections import OrderedDict, deque

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from .domain.refusals import Refused

PACE, PACE_SECONDS = 30, 3  # 10 a second, in bursts of 30
MOST_PEOPLE = 10_000
WRONG_CODES = RateLimitItemPerMinute(20)
WRONG_CODES_EVERYWHERE = RateLimitItemPerMinute(600)


class Limits:
    """Counters of one process."""

    def __init__(self) -> None:
        self._fixed = FixedWindowRateLimiter(MemoryStorage())
        #: person -> the moments of their last messages; whoever was silent for longest is forgotten first
        self._messages: OrderedDict[str, deque[float]] = OrderedDict()

    def require_pace(self, person: str) -> None:
        """Raises Refused `too_fast` beyond 10 messages a second (bursts of 30)."""
        # Asked for every message, so it is no more than this: the library's windows start a timer each.
        now = time.monotonic()
        last = self._messages.setdefault(person, deque(maxlen=PACE))
        if len(last) == PACE and now - last[0] < PACE_SECONDS:
            raise Refused("too_fast")
        last.append(now)
        self._messages.move_to_end(person)
        if len(self._messages) > MOST_PEOPLE:
            self._messages.popitem(last=False)

    def count_wrong(self, address: str) -> None:
        """Somebody at `address` has tried a wrong code, link or password. Raises Refused `too_many_tries` from the
        20th a minute on. A right one is never counted and never refused."""
        alone = self._fixed.hit(WRONG_CODES, "wrong", address)
        together = self._fixed.hit(WRONG_CODES_EVERYWHERE, "wrong", "everywhere")
        if not (alone and together):
            raise Refused("too_many_tries")
