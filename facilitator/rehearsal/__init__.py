"""A rehearsal: synthetic people play an event's whole agenda over real sockets, against the running server.

    report = rehearse(settings, store, event="…", people=64)

`play` is the run of the day, `people` and `facilitator` are who takes part, `window` is the page that each of them has
open (it reconnects, sends again and catches up like the real one), `ledger` and `mirror` are what such a page knows,
`tape` remembers what was sent, acknowledged and seen, and `audit` holds all of it against the database.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from ..settings import Settings
from ..store.db import Store
from .house import RehearsalError
from .play import Rehearsal
from .report import Report

__all__ = ["RehearsalError", "Report", "rehearse"]


def rehearse(
    settings: Settings,
    store: Store,
    *,
    event: str,
    people: int = 64,
    speed: float = 1.0,
    url: str | None = None,
    seed: int | None = None,
    progress: Callable[[int, int, str], None] = lambda done, total, what: None,
) -> Report:
    """Let `people` synthetic people play the agenda of `event`, and look afterwards whether anything was lost.

    Args:
        store: the database that the server works on; it is what the people's memories are compared with.
        event: the event's id.
        speed: pauses between what people do are divided by it.
        url: the server; by default the one that runs on the data folder.
        seed: the same seed makes the same choices (the network still decides who is first).
        progress: called with (done, total, what is going on).

    Raises:
        RehearsalError: it could not be played; the message says what to do.
    """
    return asyncio.run(Rehearsal(settings, store, event, people, speed, url, seed, progress).play())
