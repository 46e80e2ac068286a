"""Cluster: what is alike is put under a theme, or merged into one proposal with a new wording."""

from __future__ import annotations

from typing import ClassVar

from .base import Settings


class Cluster(Settings):
    allows: ClassVar[frozenset[str]] = frozenset(
        {
            *("theme.name", "theme.dissolve", "proposal.sort", "proposal.merge", "proposal.split"),
            *("proposal.park", "proposal.unpark"),
        }
    )
