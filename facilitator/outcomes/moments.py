"""How a moment is written in a report: the same in every language, in UTC, and sortable."""

from __future__ import annotations

from datetime import UTC, datetime


def written(at: int, zone: bool = True) -> str:
    """2016-07-05 09:30 UTC, for a moment in milliseconds. Without the zone where a column's title says it."""
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%d %H:%M UTC" if zone else "%Y-%m-%d %H:%M")


def iso(at: int) -> str:
    """2016-07-05T09:30:00.000Z for a moment in ms."""
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S") + f".{at % 1000:03}Z"
