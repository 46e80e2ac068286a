"""Plan: who leads an improvement, with whom, by when, with what effort; and what organisations pledge."""

from __future__ import annotations

from typing import ClassVar

from .base import Limit, Settings


class Plan(Settings):
    """`years`: how many years the roadmap has, from the year of the event on."""

    allows: ClassVar[frozenset[str]] = frozenset(
        {"proposal.post", "proposal.edit", "roadmap.plan", "pledge.make", "pledge.withdraw"}
    )

    years: Limit = 4
