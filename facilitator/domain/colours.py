"""The colours of organisations: a few names. What each looks like, in light and in dark, is in static/css/tokens.css.

A colour is never the only carrier of a meaning: the organisation's name stands beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Literal, get_args

Colour = Literal[
    "brick", "teal", "ochre", "violet", "forest", "rose", "sky", "cocoa", "olive", "plum", "slate", "indigo"
]

COLOURS: tuple[Colour, ...] = get_args(Colour)
"""The palette, in the order in which it is given out: neighbours are easy to tell apart."""


def dealt(count: int, taken: Iterable[str] = ()) -> list[str]:
    """Colours for `count` more organisations, beside those that are `taken`: free ones; once all are, those that the
    fewest have."""
    used = Counter(taken)
    found: list[str] = []
    for _ in range(count):
        colour = min(COLOURS, key=lambda one: used[one])
        used[colour] += 1
        found.append(colour)
    return found
