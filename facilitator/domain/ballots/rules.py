"""How a ballot is cast: its rules as data. What a value means is the business of the kind."""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import Field, model_validator

from ..sheet import Identifier, Line, Sheet, frozen

BallotKind = Literal["dots", "approval", "scale", "ranking", "consent"]
Secrecy = Literal["secret", "anonymous", "named"]
LEAST_POINTS, MOST_POINTS = 2, 11


class Criterion(Sheet):
    """What a scale is asked of each item. `text` names a guiding text of the event (mission, vision): a rating is
    pinned to the version of it that was on the screen."""

    id: Identifier
    title: Line
    text: Identifier | None = None


class BallotRules(Sheet):
    """How a ballot is cast.

    `budget` and `cap` count dots; with `against`, dots may also be placed against (their number counts). `anchors` name
    the points of a scale from the lowest, 1, upwards; 0 is “no opinion”. `criteria` are what a scale asks; without any
    it asks one thing.

    `secrecy`: *secret* shows nothing before the reveal and never a name; *anonymous* never shows a name; *named* shows
    who voted what, as soon as results are on show. `live` shows results while the vote goes on; a secret one cannot.
    """

    kind: BallotKind
    budget: Annotated[int, Field(ge=1, le=100)] | None = None
    cap: Annotated[int, Field(ge=1, le=100)] | None = None
    against: bool = False
    criteria: tuple[Criterion, ...] = ()
    anchors: tuple[Line, ...] = ()
    secrecy: Secrecy = "secret"
    live: bool = False

    @model_validator(mode="after")
    def _fits_its_kind(self) -> Self:
        if self.kind == "dots":
            if self.budget is None or self.cap is None:
                raise ValueError("a dots ballot needs a budget and a cap")
            if self.cap > self.budget:
                raise ValueError(f"the cap ({self.cap}) is above the budget ({self.budget})")
        elif self.budget is not None or self.cap is not None or self.against:
            raise ValueError(f"a budget, a cap or dots against mean nothing in a ballot of the kind {self.kind!r}")
        if self.kind == "scale":
            if not LEAST_POINTS <= len(self.anchors) <= MOST_POINTS:
                raise ValueError(f"a scale needs {LEAST_POINTS} to {MOST_POINTS} anchors, a name for each point")
        elif self.anchors or self.criteria:
            raise ValueError(f"anchors and criteria mean nothing in a ballot of the kind {self.kind!r}")
        if len({criterion.id for criterion in self.criteria}) != len(self.criteria):
            raise ValueError("two criteria have the same id")
        if self.live and self.secrecy == "secret":
            raise ValueError("a secret ballot cannot show results while it runs; make it anonymous or named")
        return self

    @property
    def asked(self) -> tuple[str, ...]:
        """The ids of the criteria; one empty id where the ballot asks one thing only."""
        return tuple(criterion.id for criterion in self.criteria) or ("",)

    @property
    def points(self) -> int:
        """How many points the scale has."""
        return len(self.anchors)

    @staticmethod
    def from_data(data: Any) -> BallotRules:
        return BallotRules.model_validate(frozen(data))

    def public(self) -> dict[str, Any]:
        """All of it, as it travels."""
        return self.model_dump(mode="json")
