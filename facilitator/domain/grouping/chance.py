"""Chance that comes from a seed alone: the same on every machine and in every version of Python, whose own generator
promises that for single numbers only, not for samples and shuffles.

Knuth's linear congruential generator modulo 2^64 (*The Art of Computer Programming*, vol. 2, 3.3.4), of which the upper
53 bits are used, begun at a seed stirred by SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1


class Chance:
    """Draws, each of which depends on the seed and the draws before it. Not for secrets."""

    def __init__(self, seed: int) -> None:
        state = (seed + 0x9E3779B97F4A7C15) & _MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
        self._state = state ^ (state >> 31)

    def random(self) -> float:
        """From 0 to below 1."""
        self._state = state = (self._state * 6364136223846793005 + 1442695040888963407) & _MASK
        return (state >> 11) * 1.1102230246251565e-16

    def below(self, end: int) -> int:
        """From 0 to below `end`."""
        return int(self.random() * end)

    def choice(self, items: Sequence[T]) -> T:
        return items[int(self.random() * len(items))]

    def shuffle(self, items: list[T]) -> None:
        for place in range(len(items) - 1, 0, -1):
            other = self.below(place + 1)
            items[place], items[other] = items[other], items[place]

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """So many of the items, in the order in which they are drawn."""
        pool = list(items)
        for place in range(count):
            other = place + self.below(len(pool) - place)
            pool[place], pool[other] = pool[other], pool[place]
        return pool[:count]
