"""What a step allows. An activity is an ordered list of steps, as data; a kind of step is one small file in this
folder: its settings, what it allows, what a post becomes in it.

A rule is asked with the board as it is, and says why not by raising `Refused`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..ballots.rules import BallotRules
from ..refusals import Refused
from ..sheet import frozen
from .base import Item, ItemKind, Names, Settings
from .cluster import Cluster
from .collect import Collect
from .draft import Draft
from .lines import Lines
from .plan import Plan
from .pulse import Pulse
from .reveal import Reveal
from .share import Share
from .talk import Talk
from .vote import Vote

__all__ = [
    "BOUND_TO_STEPS",
    "KINDS",
    "Item",
    "ItemKind",
    "Names",
    "Settings",
    "Step",
    "allowed_now",
    "find_step",
    "public_ballots",
    "require_allowed",
]

KINDS: dict[str, type[Settings]] = {
    "talk": Talk,
    "collect": Collect,
    "cluster": Cluster,
    "vote": Vote,
    "pulse": Pulse,
    "reveal": Reveal,
    "lines": Lines,
    "share": Share,
    "draft": Draft,
    "plan": Plan,
}

BOUND_TO_STEPS = frozenset().union(
    *(kind.allows for kind in KINDS.values()), {"comment.post", "comment.withdraw", "reaction.set"}
)
"""Commands that need a step which allows them. Steering and moderating is always possible for those whose role allows
it."""

GENERAL = ("id", "kind", "title", "instruction", "minutes")


@dataclass(frozen=True)
class Step:
    """One step of an activity: an instruction, what is allowed, a time-box.

    `minutes` is the planned length; nothing closes by itself. `settings` are those of the kind.
    """

    id: str
    kind: str
    title: str
    instruction: str
    minutes: int
    settings: Settings

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Step:
        """A step as a board keeps it: the general fields, and those of the kind beside them."""
        own = {key: frozen(value) for key, value in data.items() if key not in GENERAL}
        return Step(**{key: data[key] for key in GENERAL}, settings=KINDS[data["kind"]].model_validate(own))

    @property
    def ballot(self) -> BallotRules | None:
        return self.settings.rules


def find_step(steps: Sequence[Step], step_id: str | None) -> Step:
    for step in steps:
        if step.id == step_id:
            return step
    raise Refused("step_unknown")


def require_allowed(command: str, step: Step | None, is_open: bool) -> Step:
    """The open step, if people of the group may do `command` in it. Raises `step_closed` or `step_other` if not."""
    if step is None or not is_open:
        raise Refused("step_closed")
    if command not in step.settings.allowed():
        raise Refused("step_other", step=step.title)
    return step


def allowed_now(step: Step | None, is_open: bool) -> frozenset[str]:
    """The participants' commands that the board allows at this moment."""
    return step.settings.allowed() if step is not None and is_open else frozenset()


def public_ballots(steps: Sequence[Mapping[str, Any]], current: str | None) -> frozenset[str]:
    """The ids of the steps whose ballots everybody has seen the results of: a reveal between them and the next vote has
    been reached, or they run live. Going back before the reveal takes the results out of sight again.

    Args:
        steps: the steps of an activity, as a board keeps them.
        current: the id of the step that the board is at, or None before the first.
    """
    ids = [step["id"] for step in steps]
    if current not in ids:
        return frozenset()
    seen: set[str] = set()
    voted: list[str] = []
    for step in steps[: ids.index(current) + 1]:
        ballot = step.get("ballot")
        if ballot is not None:
            voted = [step["id"]]
            seen |= set(voted) if ballot.get("live") else set()
        elif KINDS[step["kind"]].shows_results:
            seen |= set(voted)
    return frozenset(seen)
