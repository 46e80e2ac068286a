"""How often somebody may do something. Per person and per wrong try, never per address alone: a venue shares one."""

from __future__ import annotations

from limits import RateLimitItemPerMinute, RateLimitItemPerSecond
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter, MovingWindowRateLimiter

from .domain.refusals import Refused

PACE = RateLimitItemPerSecond(30, 3)  # 10 a second, in bursts of 30
WRONG_CODES = RateLimitItemPerMinute(20)
WRONG_CODES_EVERYWHERE = RateLimitItemPerMinute(600)


class Limits:
    """Counters of one process."""

    def __init__(self) -> None:
        storage = MemoryStorage()
        self._moving = MovingWindowRateLimiter(storage)
        self._fixed = FixedWindowRateLimiter(storage)

    def require_pace(self, person: str) -> None:
        """Raises Refused `too_fast` beyond 10 messages a second (bursts of 30)."""
        if not self._moving.hit(PACE, "pace", person):
            raise Refused("too_fast")

    def count_wrong(self, address: str) -> None:
        """Somebody at `address` has tried a wrong code, link or password. Raises Refused `too_many_tries` from the
        20th a minute on. A right one is never counted and never refused."""
        alone = self._fixed.hit(WRONG_CODES, "wrong", address)
        together = self._fixed.hit(WRONG_CODES_EVERYWHERE, "wrong", "everywhere")
        if not (alone and together):
            raise Refused("too_many_tries")
