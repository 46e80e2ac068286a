"""How long a test waits for what has to happen: no promise of the product's, only the end of a wait that is in vain."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

Found = TypeVar("Found")

PATIENCE = 60.0
"""Seconds that nothing here takes, on the slowest machine."""


def until(happens: Callable[[], Found], why: Callable[[], Any], *, every: float = 0.05) -> Found:
    """Ask every so many seconds until something is so, and return it; `why` says what to know where it never is."""
    end = time.monotonic() + PATIENCE
    while not (found := happens()):
        assert time.monotonic() < end, why()
        time.sleep(every)
    return found
