"""Collect: people post proposals. In private nobody sees those of the others before a later step opens."""

from __future__ import annotations

from typing import ClassVar

from .base import POSTING, Limit, Settings


class Collect(Settings):
    """`private`: the others' proposals are in no frame before the next step opens. `limit`: how many of one's own may
    stand at once."""

    allows: ClassVar[frozenset[str]] = POSTING | {"proposal.park", "proposal.unpark"}

    private: bool = False
    limit: Limit | None = None

    @property
    def hides_posts(self) -> bool:
        return self.private

    @property
    def own_limit(self) -> int | None:
        return self.limit
