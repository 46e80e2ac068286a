"""What waits to be sent to one client: a short, bounded line.

python-engineio's own queue makes and cancels a timer for every delivery, and grows without end for a client that does
not read. It asks `create_queue` for something better; this is that.
"""

from __future__ import annotations

import contextlib
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
        self._bell = threading.Lock()  # released when something has come; a Condition makes a lock for every wait
        self._bell.acquire()
        self._idle = False  # somebody waits in `get`
        self.overflowed = False
        #: where what nobody waits for can be sent at once (straight.py)
        self.way_out: Any = None

    def put(self, item: Any) -> None:
        if self.overflowed:
            return
        if self.way_out is not None and self._idle and not self._items and item is not None:
            item = self.way_out.send(item)
            if item is None:
                return
        if item is not None and len(self._items) >= self._limit:
            # Never raise here: we are in the middle of sending to a whole room. The sweep drops this client.
            self.overflowed = True
            self._items.clear()
            item = None
        self._items.append(item)
        with contextlib.suppress(RuntimeError):  # it rings already
            if self._bell.locked():
                self._bell.release()

    def get(self, block: bool = True, timeout: float | None = None) -> Any:
        while True:
            try:
                return self._items.popleft()
            except IndexError:
                if not block:
                    raise Empty from None
            self._idle = True
            self._bell.acquire()
            self._idle = False

    def task_done(self) -> None:
        """Nobody counts what is done."""

    def join(self) -> None:
        """Nobody waits for a client to have read everything."""

    def empty(self) -> bool:
        return not self._items
