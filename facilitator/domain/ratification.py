"""Ratification: does the room stand behind a conclusion? Two tallies, a quorum of each, and who dissents."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Literal

from .refusals import Refused

JSON = dict[str, Any]
Outcome = Literal["ratified", "not_ratified", "no_quorum"]

AGREE, LIVE, OBJECT = 3, 2, 0
"""The values of a consent ballot; a ratification does not offer to stand aside: who takes no position has not voted."""
NAMES = {AGREE: "agree", LIVE: "live", OBJECT: "object"}
FEW = 4


@dataclass(frozen=True)
class Terms:
    """What it takes, in per cent: how many of the people and of the organisations asked have to take a position, and
    how many of those positions have to be “agree” or “can live with it”."""

    quorum_people: int
    quorum_organisations: int
    support: int


@dataclass(frozen=True)
class Stand:
    """Where somebody stands on the conclusion."""

    person: str
    value: int
    reason: str | None


def check(value: int, reason: str | None) -> None:
    """Raises Refused: `bad_vote`, or `objection_needs_reason`."""
    if value not in NAMES:
        raise Refused("bad_vote", allowed="3, 2, 0")
    if value == OBJECT and not (reason or "").strip():
        raise Refused("objection_needs_reason")


def count(terms: Terms, stands: Iterable[Stand], electors: Mapping[str, str | None]) -> JSON:
    """What came of the ratification of one conclusion.

    Args:
        electors: person -> the organisation that they speak for, or None; all who were asked.

    Returns:
        `{outcome, few, people, organisations, disagree, reasons}`. `people` is `{electors, voted, agree, live, object,
        support}`, support in per cent of those who took a position, None without any. `organisations` is the same of
        organisations, each with one voice that its people share equally, and `split`, how many differ among themselves;
        figures to two places. `disagree`: one tally reaches the support that was asked for, the other does not.
        `reasons`: `{value, reason}`, without names, in no order of voting.
    """
    taken = list(stands)
    homes: dict[str, Counter[str]] = defaultdict(Counter)
    for stand in taken:
        home = electors.get(stand.person)
        if home is not None:
            homes[home][NAMES[stand.value]] += 1
    people = Tally.of([Counter([NAMES[stand.value]]) for stand in taken], len(electors))
    organisations = Tally.of(homes.values(), len(set(electors.values()) - {None}))
    split = sum(1 for voice in homes.values() if len(voice) > 1)
    reached = {tally.reaches(terms.support) for tally in (people, organisations)}
    return {
        "outcome": _outcome(terms, people, organisations),
        "few": 0 < len(taken) < FEW,
        "people": people.figures(),
        "organisations": organisations.figures() | {"split": split},
        "disagree": len(reached) > 1,
        "reasons": sorted(
            ({"value": stand.value, "reason": stand.reason} for stand in taken if stand.reason),
            key=lambda given: (given["value"], given["reason"]),
        ),
    }


def may_dissent(outcome: Outcome, value: int) -> bool:
    """May somebody with this position file a minority report? Who objected may; where the conclusion was not ratified,
    also who can only live with it."""
    return value == OBJECT or (outcome == "not_ratified" and value == LIVE)


@dataclass(frozen=True)
class Tally:
    """So many voices of so many who were asked, and how much of them stands behind each position."""

    shares: Mapping[str, Fraction]
    voices: int
    electors: int

    @classmethod
    def of(cls, voices: Collection[Counter[str]], electors: int) -> Tally:
        """The tally of voices, each a whole one that its people share equally: name of a position -> how many of its
        people have taken it."""
        # Whole numbers are added up for each size of a voice first: adding fractions is a hundred times slower.
        sized: dict[int, Counter[str]] = defaultdict(Counter)
        for voice in voices:
            sized[voice.total()].update(voice)
        shares = {
            name: sum((Fraction(counts[name], size) for size, counts in sized.items()), Fraction(0))
            for name in NAMES.values()
        }
        return cls(shares, len(voices), electors)

    @property
    def support(self) -> Fraction:
        return self.shares["agree"] + self.shares["live"]

    def figures(self) -> JSON:
        support = _plain(100 * self.support / self.voices) if self.voices else None
        counts = {name: _plain(share) for name, share in self.shares.items()}
        return {"electors": self.electors, "voted": self.voices, **counts, "support": support}

    def quorate(self, asked: int) -> bool:
        return 100 * self.voices >= asked * self.electors

    def reaches(self, support: int) -> bool:
        """Nobody who has a voice here stands in the way of a support that was asked for: an event without organisations
        has one tally only."""
        return 100 * self.support >= support * self.voices


def _outcome(terms: Terms, people: Tally, organisations: Tally) -> Outcome:
    if not (
        people.voices and people.quorate(terms.quorum_people) and organisations.quorate(terms.quorum_organisations)
    ):
        return "no_quorum"
    return "ratified" if people.reaches(terms.support) and organisations.reaches(terms.support) else "not_ratified"


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else round(float(value), 2)
