"""A fair shortlist: which results deserve to be taken further, so that a minority gets its share of them.

Both rules read a ballot as approvals: who wants which item.

- *Equal shares*: everybody has the same sum to spend, an item costs as much as one voter's share of the places times
  the voters, and is bought by those who want it, equally. Peters and Skowron, *Proportionality and the limits of
  welfarism*, 2020; completed with what is left over by Phragmén's sequential rule (1894), as is usual.
- *Sequential proportional approval*: one after the other the item with the most support, where a voter who already has
  k of the chosen ones counts 1 / (k + 1). Thiele, 1895.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

Approvals = Mapping[str, frozenset[str]]
"""voter -> what they want"""


def equal_shares(approvals: Approvals, items: Sequence[str], size: int, *, named: bool = False) -> list[dict[str, Any]]:
    """At most `size` of `items` by the method of equal shares; ties go to the earlier item.

    Returns:
        `[{"proposal", "represents", "newly"}]` in the order of choice: how many people want it, and how many of them
        want none of those chosen before; `named`: with the `voters` as well.
    """
    supporters = _supporters(approvals, items)
    people = sorted({voter for voters in supporters.values() for voter in voters})
    electorate = len(approvals)
    if not people or size < 1:
        return []
    budget = dict.fromkeys(people, Fraction(min(size, len(supporters)), electorate))
    chosen: list[str] = []
    while len(chosen) < size:
        best: tuple[Fraction, str] | None = None
        for item, voters in supporters.items():
            if item in chosen:
                continue
            price = _price(sorted(budget[voter] for voter in voters))
            if price is not None and (best is None or price < best[0]):
                best = (price, item)
        if best is None:
            break
        price, item = best
        for voter in supporters[item]:
            budget[voter] -= min(price, budget[voter])
        chosen.append(item)
    _complete(supporters, budget, chosen, size)
    return _told(supporters, chosen, named)


def sequential(approvals: Approvals, items: Sequence[str], size: int, *, named: bool = False) -> list[dict[str, Any]]:
    """At most `size` of `items` by sequential proportional approval; ties go to the earlier item. Returns as
    `equal_shares` does."""
    supporters = _supporters(approvals, items)
    weight = {voter: Fraction(1) for voters in supporters.values() for voter in voters}
    has = dict.fromkeys(weight, 0)
    chosen: list[str] = []
    while len(chosen) < min(size, len(supporters)):
        support = {
            item: sum((weight[v] for v in voters), Fraction(0))
            for item, voters in supporters.items()
            if item not in chosen
        }
        best = max(support, key=lambda item: support[item])
        chosen.append(best)
        for voter in supporters[best]:
            has[voter] += 1
            weight[voter] = Fraction(1, has[voter] + 1)
    return _told(supporters, chosen, named)


def _supporters(approvals: Approvals, items: Sequence[str]) -> dict[str, list[str]]:
    """Item -> who wants it, in the order of the items; what nobody wants is not there."""
    wanted: dict[str, list[str]] = {item: [] for item in items}
    for voter in sorted(approvals):
        for item in approvals[voter]:
            if item in wanted:
                wanted[item].append(voter)
    return {item: voters for item, voters in wanted.items() if voters}


def _price(purses: Sequence[Fraction]) -> Fraction | None:
    """The least that each has to give at most, so that together they pay 1; None if they cannot. `purses` ascending."""
    missing, payers = Fraction(1), len(purses)
    for purse in purses:
        if purse * payers >= missing:
            return missing / payers
        missing -= purse
        payers -= 1
    return None


def _complete(
    supporters: Mapping[str, Sequence[str]], budget: dict[str, Fraction], chosen: list[str], size: int
) -> None:
    """Phragmén: everybody earns at the same pace; an item is bought as soon as those who want it have 1 together."""
    while len(chosen) < min(size, len(supporters)):
        waits = {
            item: (1 - sum((budget[voter] for voter in voters), Fraction(0))) / len(voters)
            for item, voters in supporters.items()
            if item not in chosen
        }
        best = min(waits, key=lambda item: waits[item])
        for voter in budget:
            budget[voter] += waits[best]
        for voter in supporters[best]:
            budget[voter] = Fraction(0)
        chosen.append(best)


def _told(supporters: Mapping[str, Sequence[str]], chosen: Sequence[str], named: bool) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = []
    heard: set[str] = set()
    for item in chosen:
        voters = set(supporters[item])
        choice: dict[str, Any] = {"proposal": item, "represents": len(voters), "newly": len(voters - heard)}
        told.append(choice | {"voters": sorted(voters)} if named else choice)
        heard |= voters
    return told
