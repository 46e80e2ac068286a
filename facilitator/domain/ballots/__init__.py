"""One ballot engine: check -> fold -> count. Pure; a kind of ballot is one small file in this folder.

A vote is `(voter, item, criterion, value)`, at most one a voter, item and criterion. What a value means is the kind's
business. Places are judged on exact numbers, so that ties are ties.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from ..refusals import Refused
from . import approval, consent, dots, ranking, scale
from .counting import FEW_VOTERS, LEAST_SHOWN, count
from .kinds import KINDS
from .model import Elector, Mine, Vote
from .rules import BallotRules, Criterion

__all__ = [
    "FEW_VOTERS",
    "KINDS",
    "LEAST_SHOWN",
    "BallotRules",
    "Criterion",
    "Elector",
    "Vote",
    "approval",
    "check",
    "check_order",
    "consent",
    "count",
    "dots",
    "fold",
    "is_kept",
    "left",
    "ranking",
    "scale",
]


def check(rules: BallotRules, mine: Mine, item: str, criterion: str, value: int, reason: str | None = None) -> None:
    """May a voter whose votes are `mine` say `value` of `item`? Raises Refused with the reason if not."""
    if criterion not in rules.asked:
        raise Refused("criterion_unknown")
    KINDS[rules.kind].check(rules, mine, item, criterion, value, reason)


def check_order(rules: BallotRules, order: Sequence[str], items: Collection[str]) -> None:
    """May a voter put `items` in this order? It may leave some out. Raises Refused with the reason if not."""
    if rules.kind != "ranking":
        raise Refused("not_ranking")
    ranking.check_order(order, items)


def left(rules: BallotRules, mine: Mine) -> int | None:
    """What is left of the voter's budget, or None where the kind has no budget."""
    return KINDS[rules.kind].left(rules, mine)


def is_kept(rules: BallotRules, value: int) -> bool:
    """Is such a value a vote? Dots that were all taken back are none; an explicit pass is one."""
    return KINDS[rules.kind].is_kept(value)


def fold(rules: BallotRules, votes: Iterable[Vote], into: Mapping[str, str]) -> list[Vote]:
    """Count votes on merged items for what stands for them: the union of the distinct voters, each once.

    Whoever voted on the whole itself has said so; otherwise their values on its parts become one, as the kind joins
    them, for each criterion. `into` maps a part to the whole that stands for it now.
    """
    kind = KINDS[rules.kind]
    folded: list[Vote] = []
    parts: dict[tuple[str, str, str], list[Vote]] = {}
    direct: set[tuple[str, str]] = set()
    for vote in votes:
        if vote.item in into:
            parts.setdefault((vote.voter, into[vote.item], vote.criterion), []).append(vote)
        else:
            folded.append(vote)
            direct.add((vote.voter, vote.item))
    for (voter, whole, criterion), several in parts.items():
        if (voter, whole) in direct:
            continue
        reasons = sorted({vote.reason for vote in several if vote.reason})
        pinned = [vote.pinned for vote in several if vote.pinned is not None]
        value = kind.join(rules, [vote.value for vote in several])
        if kind.is_kept(value):
            folded.append(
                Vote(voter, whole, criterion, value, "; ".join(reasons) or None, min(pinned) if pinned else None)
            )
    return folded
