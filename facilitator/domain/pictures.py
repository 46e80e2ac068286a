"""What a picture of the event may be, and what becomes of it."""

from __future__ import annotations

MOST_BYTES = 10_000_000
MOST_PIXELS = 50_000_000
SIZES = (320, 800, 1600)
"""Pixels on the longer side of what is kept of a picture. What was sent is not kept."""

MOST_OF_ONE = 200
"""Pictures of one person that can stand in the gallery."""


def file_name(file: str, width: int) -> str:
    """The name of one rendition, in the data folder as in its address: `width` is its own, in pixels."""
    return f"{file}-{width}.jpg"
