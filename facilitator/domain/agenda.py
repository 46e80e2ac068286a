"""A day's agenda: how its sessions follow one another in time, and what does not work about it. Pure.

Times are HH:MM in the event's place. A session without a time (brought in from elsewhere) takes part in none of this.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

DAY_STARTS = "09:00"
LONGEST_WITHOUT_BREAK = 120
"""Minutes of work after which people need a break."""
MIDNIGHT = 24 * 60


@dataclass(frozen=True)
class Work:
    """What a group does in a session: how long its steps take, and for how many people they are meant."""

    group: str
    minutes: int
    people: int
    least: int | None = None
    most: int | None = None
    overlay: bool = False
    seated: Mapping[str, str] = field(default_factory=dict)
    """Who works there: id -> name."""


@dataclass(frozen=True)
class Slot:
    """A session's place in the day. `fixed`: its time cannot move, nor can that of one that has begun."""

    id: str
    kind: str
    starts_at: str
    minutes: int
    fixed: bool = False
    begun: bool = False
    title: str = ""
    works: tuple[Work, ...] = ()

    @property
    def start(self) -> int:
        return minute(self.starts_at)

    @property
    def end(self) -> int:
        return self.start + self.minutes


@dataclass(frozen=True)
class Warning:
    """What does not work. `code`: `overlap` (it starts before `title` is over), `no_break` (`minutes` of work in a
    row), `short` (the steps of `group` take `minutes`), `few` and `many` (`group` has `people`, meant for `limit`),
    `midnight`, `double` (`names` of the overlay group `group` are in `others` at the same time)."""

    session: str
    code: str
    details: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Totals:
    """Of a day: when it starts and ends, and its minutes of work and of breaks."""

    starts_at: str
    ends_at: str
    work: int
    breaks: int


def minute(clock: str) -> int:
    """Minutes since midnight."""
    return int(clock[:2]) * 60 + int(clock[3:])


def clock(minutes: int) -> str:
    """HH:MM, as a clock on the wall says it: after midnight it begins anew."""
    minutes %= MIDNIGHT
    return f"{minutes // 60:02}:{minutes % 60:02}"


def latest(minutes: int) -> str:
    """When a session starts, HH:MM: what would lie after midnight is put to one minute before it."""
    return clock(min(minutes, MIDNIGHT - 1))


def flow(slots: Sequence[Slot], first: int = 0, starts_at: str | None = None) -> list[Slot]:
    """Let the sessions from place `first` on follow one another.

    Each starts when the one before it is over; what is fixed or has begun stays where it is. The very first one keeps
    its time, or gets `starts_at`.
    """
    placed = list(slots[:first])
    ends = max((slot.end for slot in placed if slot.starts_at), default=None)
    for slot in slots[first:]:
        if not slot.fixed and not slot.begun and (slot.starts_at or slot.minutes):
            start = ends if ends is not None else minute(starts_at or slot.starts_at or DAY_STARTS)
            slot = replace(slot, starts_at=latest(start))
        placed.append(slot)
        if slot.starts_at:
            ends = max(ends or 0, slot.end)
    return placed


def totals(slots: Sequence[Slot]) -> Totals | None:
    """None for a day in which nothing is planned."""
    timed = [slot for slot in slots if slot.starts_at]
    if not timed:
        return None
    return Totals(
        starts_at=clock(min(slot.start for slot in timed)),
        ends_at=clock(max(slot.end for slot in timed)),
        work=sum(slot.minutes for slot in timed if slot.kind != "break"),
        breaks=sum(slot.minutes for slot in timed if slot.kind == "break"),
    )


def warnings(slots: Sequence[Slot]) -> list[Warning]:
    """What does not work about a day, in the order of its sessions."""
    found: list[Warning] = []
    before: Slot | None = None
    since: int | None = None  # when the work began that has not been interrupted yet
    for slot in (slot for slot in slots if slot.starts_at):
        if before is not None and slot.start < before.end:
            found.append(Warning(slot.id, "overlap", {"title": before.title}))
        if slot.end > MIDNIGHT:
            found.append(Warning(slot.id, "midnight"))
        if slot.kind == "break" or (before is not None and slot.start - before.end >= 10):
            since = None
        if slot.kind != "break":
            already = 0 if since is None else slot.start - since
            since = slot.start if since is None else since
            if already <= LONGEST_WITHOUT_BREAK < already + slot.minutes:
                found.append(Warning(slot.id, "no_break", {"minutes": already + slot.minutes}))
        found += _misfits(slot) + _double_booked(slot, slots)
        before = slot
    return found


def _double_booked(slot: Slot, slots: Sequence[Slot]) -> list[Warning]:
    """People of an overlay group who have to be somewhere else while it works."""
    found = []
    at_once = [one for one in slots if one.starts_at and one.start < slot.end and slot.start < one.end]
    for work in (work for work in slot.works if work.overlay):
        busy: dict[str, str] = {}
        others: list[str] = []
        for other in (other for one in at_once for other in one.works if other.group != work.group):
            both = {id: name for id, name in work.seated.items() if id in other.seated}
            busy |= both
            others += [other.group] if both and other.group not in others else []
        if busy:
            found.append(
                Warning(slot.id, "double", {"group": work.group, "names": sorted(busy.values()), "others": others})
            )
    return found


def _misfits(slot: Slot) -> list[Warning]:
    """Activities that take longer than the session, or are for more or fewer people than the group has."""
    found = []
    longest = max(slot.works, key=lambda work: work.minutes, default=None)
    if longest is not None and longest.minutes > slot.minutes:
        found.append(Warning(slot.id, "short", {"group": longest.group, "minutes": longest.minutes}))
    for work in slot.works:
        if work.people and work.least is not None and work.people < work.least:
            found.append(Warning(slot.id, "few", {"group": work.group, "people": work.people, "limit": work.least}))
        if work.people and work.most is not None and work.people > work.most:
            found.append(Warning(slot.id, "many", {"group": work.group, "people": work.people, "limit": work.most}))
    return found
