"""A rotation after no-shows and late arrivals: the rounds that are not locked, with as few changes as can be."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .people import Person
from .rotation import Rotation

WORK = 250_000
"""How many exchanges are looked at: with 64 people at 16 tables well below two seconds."""


def rerotate(
    previous: Rotation,
    people: Sequence[Person],
    *,
    locked: Collection[int],
    table_hosts: Sequence[str] = (),
    seed: int | None = None,
) -> Rotation:
    """Plan the rounds that are not locked anew for the people who are there now, changing as few places as possible.

    Who is new takes the places of those who are missing as far as they go. Sizes stay even, and what `rotate` promises
    counts for more than a change does.

    Args:
        previous: the plan so far. Who is in it and not in `people` is not seated any more; who is new gets seats.
        people: everybody who is to be seated from now on.
        locked: numbers of rounds, from 0, that stay as they are: those that were held, or are printed.
        table_hosts: with fixed hosts, who they are from now on; without it those who are there go on, and somebody
            else stands in for who is missing.
        seed: another one than the plan's, to get another answer.

    Raises Refused where there are fewer people than tables, or as `rotate` does.
    """
    raise NotImplementedError
