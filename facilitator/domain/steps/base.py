"""What all kinds of steps have in common."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from ..ballots.rules import BallotRules
from ..sheet import Identifier, Line, Sheet

Names = Literal["named", "organisation", "anonymous"]
ItemKind = Literal["proposal", "given", "line", "phrase"]

NOTHING: frozenset[str] = frozenset()
POSTING = frozenset({"proposal.post", "proposal.edit", "proposal.withdraw", "proposal.reinstate"})


class Item(Sheet):
    """Something that is given to a board to be weighed, and that nobody there has proposed."""

    id: Identifier
    text: Line


class Settings(Sheet):
    """What an activity says of one step, beyond its title, instruction and minutes. A kind of step adds its own.

    `names` is how people stand beside what they write in the step: by name, by their organisation only, or not at all.
    It is kept with each contribution, so that it stays as it was promised.
    """

    #: the participants' commands that the step allows while it is open
    allows: ClassVar[frozenset[str]] = NOTHING
    #: what a post becomes
    makes: ClassVar[ItemKind] = "proposal"
    #: anybody of the group may change what stands, not its author alone
    one_pen: ClassVar[bool] = False
    #: the results of the vote before it are on show
    shows_results: ClassVar[bool] = False

    names: Names = "named"
    comments: bool = False
    reactions: bool = False

    def allowed(self) -> frozenset[str]:
        talking = {"comment.post", "comment.withdraw"} if self.comments else set()
        return self.allows | talking | ({"reaction.set"} if self.reactions else set())

    def votes_on(self, lanes: list[dict[str, Any]]) -> tuple[ItemKind, tuple[str, ...] | None]:
        """What a ballot of this step is about: a kind of item, and the keys of the given ones."""
        return "proposal", None

    def given(self, lanes: list[dict[str, Any]]) -> list[dict[str, str | None]]:
        """The items that a board needs before the step can open: `{key, text, lane}`."""
        return []

    @property
    def hides_posts(self) -> bool:
        """What is posted stays its author's own until a step opens that does not hide it."""
        return False

    @property
    def own_limit(self) -> int | None:
        """How many of one's own may stand at once."""
        return None

    @property
    def group_limit(self) -> int | None:
        """How many of the group may stand at once."""
        return None

    @property
    def rules(self) -> BallotRules | None:
        """The rules of the step's ballot, if it has one."""
        return None


Limit = Annotated[int, Field(ge=1, le=100)]
