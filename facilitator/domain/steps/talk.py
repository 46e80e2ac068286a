"""Talk: people speak with each other, and nothing is written."""

from __future__ import annotations

from .base import Settings


class Talk(Settings):
    """An instruction and a time-box."""
