"""Rotations: rounds in which people change tables. The plan is made beside (`domain.grouping`); it is checked here.

A round that begins gives its people their places as `group.seat` does, so that boards and doors know nothing of
rotations. Once a session begins that is no round, everybody is back where they sat before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Row, delete, insert, select, update

from .. import snapshot
from ..domain import grouping
from ..domain.events import JSON, GroupSeated, RotationPlanned, RotationRemoved
from ..domain.grouping.people import MOST_GROUPS, MOST_PEOPLE, MOST_ROUNDS
from ..domain.refusals import Refused
from ..store.models import Board, Day, Group, Person, Rotation, Seat, Session, new_id
from .context import Context
from .person import emptiest_group
from .spec import ID, Args, command

LARGEST_SEED = 2**53  # what every client can count to
Place = tuple[str, str]
"""A group, and one's role in it."""


class Table(Args):
    """Who sits at it; with `hosted`, the first is its host."""

    people: list[str] = Field(max_length=MOST_PEOPLE)
    hosted: bool = False


Rounds = Field(min_length=1, max_length=MOST_ROUNDS)
Seed = Field(ge=0, le=LARGEST_SEED)


class Plan(Args):
    sessions: list[str] = Field(min_length=1, max_length=MOST_ROUNDS)
    groups: list[str] = Field(min_length=1, max_length=MOST_GROUPS)
    hosts: Literal["none", "fixed", "changing"]
    cap: int | None = Field(default=None, ge=0, le=MOST_PEOPLE**2)
    seed: int = Seed
    rounds: list[list[Table]] = Rounds


class Replan(Args):
    rotation: str = ID
    planned_at: int
    seed: int = Seed
    locked: list[int] = Field(max_length=MOST_ROUNDS)
    rounds: list[list[Table]] = Rounds


class Which(Args):
    rotation: str = ID


@command("rotation.plan", "event", Plan)
def plan(ctx: Context, args: Plan) -> None:
    """Store a rotation: its rounds are breakout `sessions` that have not begun, its tables breakout `groups` that work
    in all of them, and `rounds` says for each round and table who sits there. When a round begins, its people are
    seated; once another session begins, they are back where they sat before."""
    if len(args.rounds) != len(args.sessions) or len(set(args.groups)) < len(args.groups):
        raise Refused("plan_wrong")
    taken = {session for row in _rotations(ctx) for session in row.sessions}
    sessions = _sessions(ctx, args.sessions)
    for session in sessions:
        if session.id in taken or args.sessions.count(session.id) > 1:
            raise Refused("round_taken", title=session.title)
        if session.opened_at is not None:
            raise Refused("session_begun", title=session.title)
    _require_boards(ctx, sessions, args.groups)
    rounds = _checked(ctx, args.rounds, len(args.groups), args.hosts, held=(), before=())
    values = {"hosts": args.hosts, "cap": args.cap, "seed": args.seed, "sessions": args.sessions}
    values |= {"groups": args.groups, "rounds": rounds, "locked": []}
    id = new_id()
    ctx.write(
        insert(Rotation.__table__).values(
            id=id, event=ctx.place.event, planned_at=ctx.now, planned_by=ctx.who, home={}, **values
        )
    )
    ctx.answer["rotation"] = id
    _tell(ctx, id)


@command("rotation.replan", "event", Replan)
def replan(ctx: Context, args: Replan) -> None:
    """Store another plan of a rotation, after no-shows and late arrivals. Rounds that have begun or are locked stay as
    they are (`locked`: numbers from 0); people may come to the one that is being held, and have their seat at once.
    `planned_at` is that of the plan that it was made from. Sending the answer's `before` again takes it back."""
    row = _find(ctx, args.rotation)
    if row.planned_at != args.planned_at:
        raise Refused("plan_older")
    count = len(row.sessions)
    if len(args.rounds) != count or any(not 0 <= number < count for number in args.locked):
        raise Refused("plan_wrong")
    sessions = _sessions(ctx, row.sessions)
    begun = {number for number, session in enumerate(sessions) if session.opened_at is not None}
    rounds = _checked(ctx, args.rounds, len(row.groups), row.hosts, begun | set(args.locked), row.rounds)
    # A lock holds until it is taken off, and taking that back may put the old round under it again.
    for number in sorted(begun | (set(args.locked) & set(row.locked))):
        before, after = _where(row.rounds[number]), _where(rounds[number])
        comes = number == row.seated and all(after[who] == before[who] for who in after if who in before)
        if not comes and rounds[number] != row.rounds[number]:
            raise Refused("round_held", title=sessions[number].title)
    locked = sorted(set(args.locked))
    ctx.answer |= {"rotation": row.id, "planned_at": row.planned_at}
    ctx.answer["before"] = {"seed": row.seed, "locked": row.locked, "rounds": row.rounds}
    if (args.seed, locked, rounds) == (row.seed, row.locked, row.rounds):
        return
    ctx.write(
        update(Rotation.__table__)
        .where(Rotation.id == row.id)
        .values(seed=args.seed, locked=locked, rounds=rounds, planned_at=ctx.now, planned_by=ctx.who)
    )
    ctx.answer["planned_at"] = ctx.now
    _tell(ctx, row.id)
    if row.seated is not None:
        before, after = _where(row.rounds[row.seated]), _where(rounds[row.seated])
        _seat(ctx, _find(ctx, row.id), row.seated, only=set(after) - set(before))
        _send_home(ctx, row, set(before) - set(after))


@command("rotation.remove", "event", Which)
def remove(ctx: Context, args: Which) -> None:
    """Take a rotation away. Its sessions and groups stay, and everybody is back where they sat before it."""
    row = _find(ctx, args.rotation)
    if row.seated is not None:
        _end(ctx, row)
    ctx.write(delete(Rotation.__table__).where(Rotation.id == row.id))
    ctx.emit(RotationRemoved(row.id))


# --- what else happens at the event -----------------------------------------------------------------------------------


def begins(ctx: Context, session: str) -> None:
    """A session has begun: as a round, it seats its people; otherwise rotations that go on are over for now."""
    rows = _rotations(ctx)
    for row in rows:
        if row.seated is not None and session not in row.sessions:
            _end(ctx, row)
    for row in rows:
        if session in row.sessions and row.seated != (number := row.sessions.index(session)):
            ctx.write(update(Rotation.__table__).where(Rotation.id == row.id).values(seated=number))
            _seat(ctx, row, number)


def require_no_round(ctx: Context, session: str, title: str) -> None:
    """Raises Refused if the session is a round."""
    if any(session in row.sessions for row in _rotations(ctx)):
        raise Refused("session_in_rotation", title=title)


def require_no_table(ctx: Context, group: str, name: str, session: str | None = None) -> None:
    """Raises Refused if the group is a table of a rotation (of which `session` is a round)."""
    if any(group in row.groups and session in (None, *row.sessions) for row in _rotations(ctx)):
        raise Refused("group_in_rotation", name=name)


# --- who sits where ---------------------------------------------------------------------------------------------------


def _seat(ctx: Context, row: Row[Any], number: int, only: set[str] | None = None) -> None:
    """Give the people of a round their places, and keep where they sat before the rotation."""
    ordinary = "member" if row.hosts == "none" else "traveller"
    wanted = {
        who: (group, "host" if table["hosted"] and place == 0 else ordinary)
        for group, table in zip(row.groups, row.rounds[number], strict=True)
        for place, who in enumerate(table["people"])
        if only is None or who in only
    }
    now = _seats(ctx, wanted)
    home = {who: place and list(place) for who, place in now.items() if who not in row.home}
    ctx.write(update(Rotation.__table__).where(Rotation.id == row.id).values(home=row.home | home))
    for who, place in now.items():
        if place and place[0] == wanted[who][0] and "host" not in (place[1], wanted[who][1]):
            wanted[who] = place  # who writes down at this table goes on doing so
    _move(ctx, {who: wanted[who] for who in now if wanted[who] != now[who]})


def _end(ctx: Context, row: Row[Any]) -> None:
    """Everybody back where they sat before; who has come meanwhile gets a place where the others are."""
    _send_home(ctx, row, row.home)
    ctx.write(update(Rotation.__table__).where(Rotation.id == row.id).values(seated=None, home={}))
    homes = {place[0] for place in row.home.values() if place}
    if not homes:
        return
    strangers = (
        select(Seat.person, Person.organisation)
        .join(Person, Person.id == Seat.person)
        .where(Seat.group.in_(set(row.groups) - homes), Person.id.not_in(list(row.home)))
        .order_by(Person.created_at, Person.id)
    )
    for who in ctx.db.execute(strangers).all():
        group = emptiest_group(ctx.db, ctx.place.event, who.organisation, among=homes)
        _move(ctx, {who.person: (group, "member") if group else None})


def _send_home(ctx: Context, row: Row[Any], who: Iterable[str]) -> None:
    """Back to where they sat before: those who still sit where the rotation has put them. Who was given another place
    by hand meanwhile keeps that."""
    assert row.seated is not None
    put = {id: group for group, table in zip(row.groups, row.rounds[row.seated], strict=True) for id in table["people"]}
    groups = set(ctx.db.execute(select(Group.id).where(Group.event == ctx.place.event)).scalars())
    now = _seats(ctx, [id for id in who if id in row.home])
    moves: dict[str, Place | None] = {}
    for id, place in now.items():
        before = row.home[id]
        home = (before[0], before[1]) if before and before[0] in groups else None
        if place and place[0] == put.get(id) and place != home:
            moves[id] = home
    _move(ctx, moves)


def _seats(ctx: Context, who: Iterable[str]) -> dict[str, Place | None]:
    """Person -> their place in a breakout group: of those named who may have one."""
    ids = list(who)
    open_ones = select(Person.id).where(
        Person.id.in_(ids), Person.event == ctx.place.event, Person.closed_at.is_(None), Person.role == "participant"
    )
    found: dict[str, Place | None] = dict.fromkeys(ctx.db.execute(open_ones.order_by(Person.id)).scalars())
    seats = select(*Seat.__table__.c).join(Group, Group.id == Seat.group)
    for seat in ctx.db.execute(seats.where(Seat.person.in_(list(found)), Group.kind == "breakout")):
        found[seat.person] = (seat.group, seat.role)
    return found


def _move(ctx: Context, places: Mapping[str, Place | None]) -> None:
    """Another place in a breakout group for each of them, or none; overlay groups are as they were."""
    if not places:
        return
    breakout = select(Group.id).where(Group.event == ctx.place.event, Group.kind == "breakout")
    ctx.write(delete(Seat.__table__).where(Seat.person.in_(list(places)), Seat.group.in_(breakout)))
    rows = [{"person": who, "group": place[0], "role": place[1]} for who, place in places.items() if place]
    if rows:
        ctx.write(insert(Seat.__table__), rows)
    ctx.emit(GroupSeated(snapshot.person_cards(ctx.db, ctx.place.event, places)))


# --- pieces -----------------------------------------------------------------------------------------------------------


def _checked(
    ctx: Context, rounds: list[list[Table]], tables: int, hosts: Any, held: Collection[int], before: Sequence[Any]
) -> list[Any]:
    """The rounds as they are stored, once they are a plan. Who was not in a round `before` has to be a participant."""
    tried = [[grouping.Table(tuple(table.people), table.hosted) for table in round] for round in rounds]
    grouping.check_plan(tried, tables, hosts, held)
    found = [[table.model_dump() for table in round] for round in rounds]
    known = set(
        ctx.db.execute(select(Person.id).where(Person.event == ctx.place.event, Person.role == "participant")).scalars()
    )
    for number, round in enumerate(found):
        if not known >= _where(round).keys() - (_where(before[number]).keys() if before else set()):
            raise Refused("person_unknown")
    return found


def _where(round: list[JSON]) -> dict[str, int]:
    """Person -> the number of their table."""
    return {who: number for number, table in enumerate(round) for who in table["people"]}


def _require_boards(ctx: Context, sessions: list[Row[Any]], groups: list[str]) -> None:
    names = {
        row.id: row.name
        for row in ctx.db.execute(
            select(Group.id, Group.name).where(Group.event == ctx.place.event, Group.kind == "breakout")
        )
    }
    if not names.keys() >= set(groups):
        raise Refused("group_missing_here")
    boards = {
        (row.session, row.group)
        for row in ctx.db.execute(
            select(Board.session, Board.group).where(Board.session.in_([session.id for session in sessions]))
        )
    }
    for session in sessions:
        for group in groups:
            if (session.id, group) not in boards:
                raise Refused("round_without_table", title=session.title, group=names[group])


def _sessions(ctx: Context, ids: list[str]) -> list[Row[Any]]:
    rows = {
        row.id: row
        for row in ctx.db.execute(
            select(*Session.__table__.c)
            .join(Day, Day.id == Session.day)
            .where(Session.id.in_(ids), Day.event == ctx.place.event)
        )
    }
    if not rows.keys() >= set(ids):
        raise Refused("session_unknown")
    return [rows[id] for id in ids]


def _rotations(ctx: Context) -> list[Row[Any]]:
    return list(
        ctx.db.execute(
            select(*Rotation.__table__.c)
            .where(Rotation.event == ctx.place.event)
            .order_by(Rotation.planned_at, Rotation.id)
        ).all()
    )


def _find(ctx: Context, rotation: str) -> Row[Any]:
    row = next((row for row in _rotations(ctx) if row.id == rotation), None)
    if row is None:
        raise Refused("rotation_unknown")
    return row


def _tell(ctx: Context, rotation: str) -> None:
    ctx.emit(RotationPlanned(snapshot.rotation_card(_find(ctx, rotation))))
