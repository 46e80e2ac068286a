"""Activities of the library: an ordered list of steps, as a person would hand it out on paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,19}$")]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Prose = Annotated[str, Field(min_length=1, max_length=2000)]
Minutes = Annotated[int, Field(ge=1, le=24 * 60)]


class Sheet(BaseModel):
    """Base of everything in the library: strict, frozen, and no field that nobody reads."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class BallotSheet(Sheet):
    """How a vote step is cast. `budget` and `cap` count dots and are for dots only."""

    kind: Literal["dots", "approval"]
    budget: Annotated[int, Field(ge=1, le=100)] | None = None
    cap: Annotated[int, Field(ge=1, le=100)] | None = None
    secret: bool = True

    @model_validator(mode="after")
    def _dots_have_a_budget(self) -> Self:
        if self.kind == "dots":
            if self.budget is None or self.cap is None:
                raise ValueError("a dots ballot needs a budget and a cap")
            if self.cap > self.budget:
                raise ValueError(f"the cap ({self.cap}) is above the budget ({self.budget})")
        elif self.budget is not None or self.cap is not None:
            raise ValueError(f"a budget or cap means nothing in a ballot of the kind {self.kind!r}")
        return self

    def data(self) -> dict[str, Any]:
        return {"kind": self.kind, "budget": self.budget, "cap": self.cap, "secret": self.secret}


class StepSheet(Sheet):
    """One step. `minutes` is the planned length; nothing closes by itself."""

    id: Identifier
    kind: Literal["collect", "vote", "reveal"]
    title: Line
    instruction: Prose
    minutes: Minutes
    ballot: BallotSheet | None = None

    @model_validator(mode="after")
    def _only_votes_have_a_ballot(self) -> Self:
        if (self.kind == "vote") != (self.ballot is not None):
            raise ValueError("a vote step needs a ballot, and no other step has one")
        return self

    def data(self) -> dict[str, Any]:
        """The step as a board keeps it, the shape that `domain.steps.Step.from_data` reads."""
        step: dict[str, Any] = self.model_dump(include={"id", "kind", "title", "instruction", "minutes"})
        return step | {"ballot": self.ballot.data()} if self.ballot else step


class GroupSize(Sheet):
    """For how many people an activity is meant."""

    least: Annotated[int, Field(ge=1)]
    most: Annotated[int, Field(ge=1)]


class StepChange(Sheet):
    """What an agenda may change about a step; None leaves it as it is. `budget` and `cap` change its ballot."""

    title: Line | None = None
    instruction: Prose | None = None
    minutes: Minutes | None = None
    budget: Annotated[int, Field(ge=1, le=100)] | None = None
    cap: Annotated[int, Field(ge=1, le=100)] | None = None


class Activity(Sheet):
    """An activity: what it is for, for how many people, and its steps in order."""

    title: Line
    purpose: Prose
    group_size: GroupSize
    steps: Annotated[tuple[StepSheet, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _steps_make_sense(self) -> Self:
        seen: set[str] = set()
        voted = False
        for step in self.steps:
            if step.id in seen:
                raise ValueError(f"two steps have the id {step.id!r}")
            seen.add(step.id)
            voted = voted or step.kind == "vote"
            if step.kind == "reveal" and not voted:
                raise ValueError(f"the step {step.id!r} reveals a vote, but no vote comes before it")
        return self

    @property
    def minutes(self) -> int:
        """The planned length of all steps together."""
        return sum(step.minutes for step in self.steps)

    def data(self) -> dict[str, Any]:
        """The JSON that a board keeps: `{"title", "steps": [{id, kind, title, instruction, minutes, ballot?}]}`."""
        return {"title": self.title, "steps": [step.data() for step in self.steps]}

    def changed(self, *, title: str | None = None, steps: Mapping[str, StepChange] | None = None) -> Activity:
        """A copy with another title, and with some steps changed. `steps` is by step id.

        Raises:
            ValueError: an unknown step, a budget for a step without dots, or a change that makes the step invalid.
        """
        changes = dict(steps or {})
        if unknown := set(changes) - {step.id for step in self.steps}:
            raise ValueError(f"the activity {self.title!r} has no step {', '.join(sorted(unknown))}")
        raw = self.model_dump()
        raw["title"] = title or self.title
        for step in raw["steps"]:
            change = changes.get(step["id"], StepChange()).model_dump(exclude_none=True)
            for key in ("budget", "cap"):
                if key in change:
                    if not step["ballot"]:
                        raise ValueError(f"the step {step['id']!r} has no ballot, so no {key}")
                    step["ballot"][key] = change.pop(key)
            step.update(change)
        return Activity.model_validate(raw | {"steps": tuple(raw["steps"])})
