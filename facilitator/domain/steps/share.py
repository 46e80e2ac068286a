"""Share: the final lines of a group come into the plenary, which may endorse or answer them and not change them."""

from __future__ import annotations

from typing import ClassVar

from .base import Settings


class Share(Settings):
    allows: ClassVar[frozenset[str]] = frozenset({"lines.share"})
