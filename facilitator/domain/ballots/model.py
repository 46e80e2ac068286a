"""What a ballot is counted from, and what a kind of ballot has to say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal, NamedTuple, Protocol

from .rules import BallotRules

Number = int | Fraction
Answers = Mapping[str, int]
"""One voter on one item: criterion -> value. The criterion is "" where the ballot asks one thing."""
Mine = Mapping[str, Answers]
"""One voter: item -> criterion -> value."""


class Vote(NamedTuple):
    """One voter's value on one item. `reason` goes with a consent, `pinned` is the version of the guiding text that was
    on the screen."""

    voter: str
    item: str
    criterion: str
    value: int
    reason: str | None = None
    pinned: int | None = None


@dataclass(frozen=True)
class Elector:
    """Somebody who may vote. `entered`: a scribe has entered their ballot."""

    voter: str
    organisation: str | None
    entered: bool


class Kind(Protocol):
    """A kind of ballot: one file beside this one."""

    SHARES: Literal["ballot", "item"]
    """Among whom of its people an organisation's one voice is shared: all who voted in the ballot, or those who voted
    on the item."""

    def check(
        self, rules: BallotRules, mine: Mine, item: str, criterion: str, value: int, reason: str | None
    ) -> None: ...

    def left(self, rules: BallotRules, mine: Mine) -> int | None: ...

    def is_kept(self, value: int) -> bool: ...

    def join(self, rules: BallotRules, values: Sequence[int]) -> int:
        """One voter's values on the parts of a merged item, as one value on the whole."""
        ...

    def shares(
        self, rules: BallotRules, items: Sequence[str], cast: Mapping[str, Mine]
    ) -> dict[str, dict[str, dict[str, Number]]]:
        """What each voter adds to each item: item -> voter -> name of a figure -> amount. `cast` is voter -> theirs."""
        ...

    def besides(self, items: Sequence[str], cast: Mapping[str, Mine]) -> dict[str, dict[str, Any]]:
        """Figures of whole items that are no sum over voters: item -> name -> figure."""
        ...

    def key(self, totals: Mapping[str, Number]) -> Any:
        """What items are ranked by, the larger the better; None: not ranked."""
        ...

    def score(self, totals: Mapping[str, Number]) -> Number | None:
        """The one figure that stands for the totals."""
        ...

    def tally(self, rules: BallotRules, totals: Mapping[str, Number]) -> dict[str, Any]:
        """The totals as they are shown."""
        ...

    def swing(self, rules: BallotRules, items: int, totals: Mapping[str, Number]) -> Number | None:
        """By how much one voter could turn the score of an item at most; None: places say nothing in this kind."""
        ...

    def spread(self, rules: BallotRules, items: int, answers: Sequence[Answers]) -> dict[str, float | None]:
        """`{"spread", "divided", "dissent"}` of an item: how far apart the answers are, from 0 (of one mind) to 1 (two
        camps) how divided, and the share of those who are against."""
        ...

    def approves(self, rules: BallotRules, items: int, answers: Answers) -> bool:
        """Does a voter who answers so want the item?"""
        ...


def one_each(
    names: Mapping[int, str], items: Sequence[str], cast: Mapping[str, Mine]
) -> dict[str, dict[str, dict[str, Number]]]:
    """The shares of a kind where an answer is one of a few names: each voter adds one to the name of theirs."""
    found: dict[str, dict[str, dict[str, Number]]] = {item: {} for item in items}
    for voter, mine in cast.items():
        for item, answers in mine.items():
            found[item][voter] = {names[answers[""]]: 1}
    return found


def rounded(value: Number | float | None) -> int | float | None:
    """An exact number as JSON: whole ones as they are, others to three places."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, Fraction) and value.denominator == 1:
        return int(value)
    return round(float(value), 3)


def balance(one: Number, other: Number) -> float:
    """How evenly two camps stand against each other: 0 with one camp alone, 1 with equal ones."""
    both = one + other
    return float(1 - abs(Fraction(one) - Fraction(other)) / Fraction(both)) if both else 0.0
