"""What a step allows. An activity is an ordered list of steps, as data; a kind of step is a set of rules here.

A rule is asked with the board as it is, and says why not by raising `Refused`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .ballots import BallotRules
from .refusals import Refused

ALLOWS: dict[str, frozenset[str]] = {
    "collect": frozenset({"proposal.post", "proposal.edit", "proposal.withdraw", "proposal.reinstate"}),
    "vote": frozenset({"vote.cast"}),
    "reveal": frozenset(),
}
"""Kind of step -> the participants' commands that it allows while it is open. Steering and moderating is always
possible for those whose role allows it."""

BOUND_TO_STEPS = frozenset().union(*ALLOWS.values())
"""Commands that need a step which allows them."""


@dataclass(frozen=True)
class Step:
    """One step of an activity: an instruction, what is allowed, a time-box.

    `minutes` is the planned length; nothing closes by itself. `ballot` is set on a vote step only.
    """

    id: str
    kind: str
    title: str
    instruction: str
    minutes: int
    ballot: BallotRules | None = None
    secret: bool = True

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Step:
        ballot = data.get("ballot")
        return Step(
            id=data["id"],
            kind=data["kind"],
            title=data["title"],
            instruction=data["instruction"],
            minutes=data["minutes"],
            ballot=BallotRules(ballot["kind"], ballot.get("budget"), ballot.get("cap")) if ballot else None,
            secret=bool(ballot.get("secret", True)) if ballot else True,
        )


def find_step(steps: Sequence[Step], step_id: str | None) -> Step:
    for step in steps:
        if step.id == step_id:
            return step
    raise Refused("step_unknown")


def require_allowed(command: str, step: Step | None, is_open: bool) -> None:
    """May people of the group do `command` now? Raises `step_closed` or `step_other` if not."""
    if step is None or not is_open:
        raise Refused("step_closed")
    if command not in ALLOWS[step.kind]:
        raise Refused("step_other", step=step.title)


def allowed_now(step: Step | None, is_open: bool) -> frozenset[str]:
    """The participants' commands that the board allows at this moment."""
    return ALLOWS[step.kind] if step is not None and is_open else frozenset()
