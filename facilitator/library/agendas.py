"""Agendas of the library: a whole event before it happens, with its groups and, for a model event, its people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from ..domain.sheet import Identifier, Line, Minutes, Prose, Sheet
from .activities import Activity, Lane

GroupName = Annotated[str, Field(min_length=1, max_length=120)]
PersonName = Annotated[str, Field(min_length=1, max_length=60)]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]


class AgendaGroup(Sheet):
    name: GroupName
    kind: Literal["plenary", "breakout", "overlay"]


class AgendaOrganisation(Sheet):
    name: GroupName
    kind: Literal["member", "collaborating"]


class AgendaSeat(Sheet):
    """A place in a breakout or overlay group."""

    group: GroupName
    role: Literal["member", "scribe", "rapporteur", "host", "traveller"] = "member"


class AgendaPerson(Sheet):
    """Somebody on the roster. Everybody is in the plenary without a seat."""

    name: PersonName
    role: Literal["participant", "facilitator", "organiser", "observer", "projector"]
    organisation: GroupName | None = None
    seats: tuple[AgendaSeat, ...] = ()


class AgendaBoard(Sheet):
    """Where one group works in one session, with its own prompt, lanes (by default the activity's) and copy of the
    activity."""

    group: GroupName
    prompt: Prose
    lanes: tuple[Lane, ...] = ()
    activity: Activity

    @model_validator(mode="after")
    def _lanes_differ(self) -> Self:
        _differ("lane", (lane.id for lane in self.lanes))
        self.board_lanes()
        return self

    def board_lanes(self) -> list[dict[str, str]]:
        return self.activity.on([lane.model_dump() for lane in self.lanes])


class AgendaSession(Sheet):
    """An agenda item. `starts_at` is HH:MM in the event's place; `minutes` is the planned length. A `fixed` one cannot
    be moved: a meal, a guest."""

    kind: Literal["plenary", "breakout", "break"]
    title: Line
    description: Annotated[str, Field(max_length=2000)] = ""
    starts_at: Clock
    minutes: Minutes
    fixed: bool = False
    boards: tuple[AgendaBoard, ...] = ()

    @model_validator(mode="after")
    def _boards_fit(self) -> Self:
        if (self.kind == "break") == bool(self.boards):
            raise ValueError(f"the session {self.title!r}: a break has no boards, and every other session has some")
        _differ("board for the group", (board.group for board in self.boards))
        return self

    @property
    def starts_minute(self) -> int:
        """Minutes since midnight."""
        return int(self.starts_at[:2]) * 60 + int(self.starts_at[3:])


class AgendaText(Sheet):
    """A text that the whole event works with from the start, its mission for example."""

    key: Identifier
    title: Line
    text: Annotated[str, Field(min_length=1, max_length=5_000)]


class AgendaDay(Sheet):
    date: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    title: Line
    sessions: Annotated[tuple[AgendaSession, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _times_run_forward(self) -> Self:
        date.fromisoformat(self.date)
        for before, after in zip(self.sessions, self.sessions[1:], strict=False):
            if before.starts_minute + before.minutes > after.starts_minute:
                raise ValueError(f"{after.title!r} starts at {after.starts_at}, before {before.title!r} is over")
        return self


class Agenda(Sheet):
    """A whole event before it happens. `sample` says what in it is invented; None for a real event."""

    title: Line
    place: Annotated[str, Field(max_length=200)]
    purpose: Prose
    sample: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    groups: Annotated[tuple[AgendaGroup, ...], Field(min_length=1)]
    organisations: tuple[AgendaOrganisation, ...] = ()
    people: tuple[AgendaPerson, ...] = ()
    texts: tuple[AgendaText, ...] = ()
    days: Annotated[tuple[AgendaDay, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _everything_named_is_there(self) -> Self:
        _differ("group", (group.name for group in self.groups))
        _differ("organisation", (organisation.name for organisation in self.organisations))
        _differ("text", (text.key for text in self.texts))
        _differ("day on", (day.date for day in self.days))
        kinds = {group.name: group.kind for group in self.groups}
        if list(kinds.values()).count("plenary") != 1:
            raise ValueError("an agenda has exactly one plenary group")
        for day in self.days:
            for session in day.sessions:
                for board in session.boards:
                    if board.group not in kinds:
                        raise ValueError(f"the session {session.title!r} names an unknown group {board.group!r}")
                    if (session.kind == "plenary") != (kinds[board.group] == "plenary"):
                        raise ValueError(f"the group {board.group!r} does not fit the {session.kind} {session.title!r}")
        organisations = {organisation.name for organisation in self.organisations}
        for person in self.people:
            if person.organisation is not None and person.organisation not in organisations:
                raise ValueError(f"{person.name} comes from an unknown organisation {person.organisation!r}")
            _differ(f"seat of {person.name} in", (seat.group for seat in person.seats))
            seated = [kinds.get(seat.group) for seat in person.seats]
            if None in seated or "plenary" in seated:
                raise ValueError(f"{person.name} has a seat in a group that has no seats")
            if seated.count("breakout") > 1:
                raise ValueError(f"{person.name} sits in two breakout groups that meet at the same time")
        return self


def _differ(what: str, names: Iterator[str]) -> None:
    if twice := [name for name, times in Counter(names).items() if times > 1]:
        raise ValueError(f"there is more than one {what} {twice[0]!r}")
