"""Agree on lines: a group writes its final lines with one pen, and says who will report them."""

from __future__ import annotations

from typing import ClassVar

from .base import POSTING, ItemKind, Limit, Settings


class Lines(Settings):
    """`lines`: how many final lines there are at most. Anybody of the group may change any of them; every wording is
    kept."""

    allows: ClassVar[frozenset[str]] = POSTING | {"rapporteur.name"}
    makes: ClassVar[ItemKind] = "line"
    one_pen: ClassVar[bool] = True

    lines: Limit = 3

    @property
    def group_limit(self) -> int:
        return self.lines
