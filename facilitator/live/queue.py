"""What waits to be sent to one client: a short, bounded line.

python-engineio's own queue makes and cancels a timer for every delivery, and grows without end for a client that does
not read. It asks `create_queue` for something better; this is that.
"""

from __future__ import annotations

import threading
from collections import deque
from queue import Empty
from typing import Any

LIMIT = 200
"""Frames. A client that has left so many unread is dropped."""


class SendQueue:
    """The part of `queue.Queue` that python-engineio uses. Timeouts are left to its ping, which closes dead sockets."""

    def __init__(self, limit: int = LIMIT) -> None:
        self._items: deque[Any] = deque()
        self._limit = limit
        self._ready = threading.Condition(threading.Lock())
        self.overflowed = False

    def put(self, item: Any) -> None:
        with self._ready:
            if self.overflowed:
                return
            if item is not None and len(self._items) >= self._limit:
                # Never raise here: we are in the middle of sending to a whole room. The sweep drops this client.
                self.overflowed = True
                self._items.clear()
                item = None
            self._items.append(item)
            self._ready.notify()

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        with self._ready:
            while not self._items:
                if not block:
                    raise Empty
                self._ready.wait()
            return self._items.popleft()

    def task_done(self) -> None:
        """Nobody counts what is done."""

    def join(self) -> None:
        """Nobody waits for a client to have read everything."""

    def empty(self) -> bool:
        return not self._items
