"""Activities of the library: an ordered list of steps, as a person would hand it out on paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Self

from pydantic import Field, SerializeAsAny, ValidationError, model_validator

from ..domain.sheet import Identifier, Line, Minutes, Prose, Sheet, frozen
from ..domain.steps import GENERAL, KINDS, Settings


class Lane(Sheet):
    """A column of a board: an area or a prompt that proposals can be put under."""

    id: Identifier
    title: Line


class StepSheet(Sheet):
    """One step, written flat: `kind` says which further fields it may have (domain.steps). `minutes` is the planned
    length; nothing closes by itself."""

    id: Identifier
    kind: Identifier
    title: Line
    instruction: Prose
    minutes: Minutes
    settings: SerializeAsAny[Settings]

    @model_validator(mode="before")
    @classmethod
    def _by_its_kind(cls, raw: Any) -> Any:
        if not isinstance(raw, Mapping) or isinstance(raw.get("settings"), Settings):
            return raw
        kind = KINDS.get(str(raw.get("kind")))
        if kind is None:
            raise ValueError(f"there is no kind of step {raw.get('kind')!r}; there are: {', '.join(KINDS)}")
        own = {key: value for key, value in raw.items() if key not in GENERAL}
        try:
            settings = kind.model_validate(own)
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(str(part) for part in first["loc"])
            why = first["msg"].removeprefix("Value error, ")
            raise ValueError(f"{where}: {why}" if where else why) from None
        return {key: raw[key] for key in GENERAL if key in raw} | {"settings": settings}

    def data(self) -> dict[str, Any]:
        """The step as a board keeps it, the shape that `domain.steps.Step.from_data` reads."""
        return {key: getattr(self, key) for key in GENERAL} | self.settings.data()


class GroupSize(Sheet):
    """For how many people an activity is meant."""

    least: Annotated[int, Field(ge=1)]
    most: Annotated[int, Field(ge=1)]


class Activity(Sheet):
    """An activity: what it is for, for how many people, its steps in order, and the lanes that it brings along."""

    title: Line
    purpose: Annotated[str, Field(max_length=2000)] = ""
    group_size: GroupSize | None = None
    lanes: Annotated[tuple[Lane, ...], Field(max_length=12)] = ()
    steps: Annotated[tuple[StepSheet, ...], Field(min_length=1, max_length=20)]

    @model_validator(mode="after")
    def _steps_make_sense(self) -> Self:
        if len({lane.id for lane in self.lanes}) != len(self.lanes):
            raise ValueError("two lanes have the same id")
        seen: set[str] = set()
        texts: dict[str, str] = {}
        voted = False
        for step in self.steps:
            if step.id in seen:
                raise ValueError(f"two steps have the id {step.id!r}")
            seen.add(step.id)
            voted = voted or step.settings.rules is not None
            if step.settings.shows_results and not voted:
                raise ValueError(f"the step {step.id!r} reveals a vote, but no vote comes before it")
            for item in step.settings.given([]):
                if texts.setdefault(str(item["key"]), str(item["text"])) != item["text"]:
                    raise ValueError(f"two given items have the id {item['key']!r}")
        return self

    @property
    def minutes(self) -> int:
        """The planned length of all steps together."""
        return sum(step.minutes for step in self.steps)

    def data(self) -> dict[str, Any]:
        """The JSON that a board keeps: `{"title", "purpose"?, "group_size"?, "lanes"?, "steps": [...]}`; a step has its
        general fields and those of its kind that are not as usual."""
        said = self.model_dump(mode="json", exclude={"steps"}, exclude_defaults=True)
        return said | {"steps": [step.data() for step in self.steps]}

    def on(self, lanes: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        """The lanes of a board that has `lanes` of its own and works with this activity.

        Raises:
            ValueError: a step votes on the lanes, and there are none.
        """
        here = [dict(lane) for lane in lanes] or [lane.model_dump() for lane in self.lanes]
        for step in self.steps:
            if getattr(step.settings, "on", None) == "lanes" and not here:
                raise ValueError(f"the step {step.title!r} votes on the board's lanes, and there are none")
        return here

    def changed(self, *, title: str | None = None, steps: Mapping[str, Mapping[str, Any]] | None = None) -> Activity:
        """A copy with another title, and with some steps changed. `steps` is by step id: any of a step's fields;
        `budget` and `cap` change its ballot.

        Raises:
            ValueError: an unknown step, a budget for a step without a ballot, or a change that makes the step invalid.
        """
        changes = dict(steps or {})
        if unknown := set(changes) - {step.id for step in self.steps}:
            raise ValueError(f"the activity {self.title!r} has no step {', '.join(sorted(unknown))}")
        raw = self.data() | {"title": title or self.title}
        for step in raw["steps"]:
            change = dict(changes.get(step["id"], {}))
            for key in ("budget", "cap"):
                if key in change:
                    if "ballot" not in step:
                        raise ValueError(f"the step {step['id']!r} has no ballot, so no {key}")
                    step["ballot"][key] = change.pop(key)
            step.update(change)
        return Activity.model_validate(frozen(raw))
