"""Reveal: the result of the vote before it, the same for everybody."""

from __future__ import annotations

from typing import ClassVar

from .base import Limit, Settings


class Reveal(Settings):
    """`shortlist`: how many results the group wants to take further; the result shows the first so many beside a
    proportional choice of as many."""

    shows_results: ClassVar[bool] = True

    shortlist: Limit | None = None
