"""Vote: a ballot on what stands on the board, on its lanes (areas of work, for example), or on items that are given."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, Self

from pydantic import model_validator

from ..ballots.rules import BallotRules
from .base import Item, ItemKind, Settings


class Vote(Settings):
    """`on`: *proposals*, the final *lines* of a group, the board's *lanes*, or the *items* listed here."""

    allows: ClassVar[frozenset[str]] = frozenset({"vote.cast", "vote.rank", "vote.enter"})

    ballot: BallotRules
    on: Literal["proposals", "lines", "lanes", "items"] = "proposals"
    items: tuple[Item, ...] = ()

    @model_validator(mode="after")
    def _items_where_they_are_asked_for(self) -> Self:
        if (self.on == "items") != bool(self.items):
            raise ValueError("a vote on items lists them, and no other does")
        if len({item.id for item in self.items}) != len(self.items):
            raise ValueError("two items have the same id")
        return self

    @property
    def rules(self) -> BallotRules:
        return self.ballot

    def votes_on(self, lanes: list[dict[str, Any]]) -> tuple[ItemKind, tuple[str, ...] | None]:
        if self.on == "lanes":
            return "given", tuple(lane["id"] for lane in lanes)
        if self.on == "items":
            return "given", tuple(item.id for item in self.items)
        return ("line" if self.on == "lines" else "proposal"), None

    def given(self, lanes: list[dict[str, Any]]) -> list[dict[str, str | None]]:
        if self.on == "lanes":
            return [{"key": lane["id"], "text": lane["title"], "lane": lane["id"]} for lane in lanes]
        return [{"key": item.id, "text": item.text, "lane": None} for item in self.items]
