"""Work that would stall every socket: hashing, rendering. It runs beside them, in whatever way the server has.

`run.py` sets `execute` to a pool of real threads where sockets share one. It must not touch the database: connections
belong to the threads that opened them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

execute: Callable[..., Any] = lambda function, *args, **kwargs: function(*args, **kwargs)  # noqa: E731
