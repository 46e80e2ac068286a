"""Pulse: one question, answered on a scale, and a chart that grows while people answer. Also check-in and check-out."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from pydantic import model_validator

from ..ballots.rules import BallotRules
from .base import Item, ItemKind, Settings


class Pulse(Settings):
    allows: ClassVar[frozenset[str]] = frozenset({"vote.cast"})

    ballot: BallotRules
    question: Item

    @model_validator(mode="after")
    def _one_thing_at_once(self) -> Self:
        if self.ballot.kind != "scale" or self.ballot.criteria:
            raise ValueError("a pulse asks one thing on a scale")
        if not self.ballot.live:
            raise ValueError("a pulse shows its chart at once: its ballot is live, and anonymous or named")
        return self

    @property
    def rules(self) -> BallotRules:
        return self.ballot

    def votes_on(self, lanes: list[dict[str, Any]]) -> tuple[ItemKind, tuple[str, ...] | None]:
        return "given", (self.question.id,)

    def given(self, lanes: list[dict[str, Any]]) -> list[dict[str, str | None]]:
        return [{"key": self.question.id, "text": self.question.text, "lane": None}]
