"""What people may say of themselves so that groups are mixed: how it is asked, and what of it may be told of groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import text
from .refusals import Refused
from .roster import plain

MOST = 4
LEAST_OPTIONS, MOST_OPTIONS = 2, 12
FEW = 3
"""Fewer people than that are not told of: whoever knows them would know who is meant."""


def options(raw: Sequence[str]) -> list[str]:
    """The answers to choose from, as they are shown.

    Raises:
        Refused: `attribute_options`, `option_twice`, `text_empty` or `text_too_long`.
    """
    found = [text.label(one) for one in raw]
    if not LEAST_OPTIONS <= len(found) <= MOST_OPTIONS:
        raise Refused("attribute_options", least=LEAST_OPTIONS, most=MOST_OPTIONS)
    for place, option in enumerate(found):
        if plain(option) in map(plain, found[:place]):
            raise Refused("option_twice", option=option)
    return found


def tellable(totals: Mapping[str, int], sizes: Sequence[int]) -> frozenset[str]:
    """The answers of which it may be told how many people in each group gave them.

    None, where there is a group of fewer than `FEW` people. Otherwise an answer that fewer than `FEW` people share is
    withheld. If those who gave such answers, together with those who said nothing, are fewer than `FEW` people, they
    could be found by counting off the others: then the next smallest answer is withheld as well.

    Args:
        totals: answer -> how many people of all groups gave it.
        sizes: how many people are in each group.
    """
    if any(0 < size < FEW for size in sizes):
        return frozenset()
    told = sorted((option for option, count in totals.items() if count >= FEW), key=lambda one: (totals[one], one))
    withheld = any(0 < count < FEW for count in totals.values())
    while told and withheld and sum(sizes) - sum(totals[one] for one in told) < FEW:
        told.pop(0)
    return frozenset(told)
