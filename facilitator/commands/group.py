"""Groups: made, named, removed, and who sits in which."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field
from sqlalchemy import Row, delete, insert, select, update

from .. import snapshot
from ..domain import roster, text
from ..domain.events import JSON, GroupMade, GroupRemoved, GroupRenamed, GroupSeated, LinesShared
from ..domain.refusals import Refused
from ..domain.sheet import frozen
from ..library import Activity
from ..store.models import Board, Day, Event, Group, Person, Proposal, Seat, Session, new_id
from .board import drop, framed, write_board
from .context import Context
from .frames import retell_days
from .rotation import require_no_table
from .spec import ID, TEXT, Args, command

MOST_GROUPS = 200


class Make(Args):
    name: str = TEXT
    kind: Literal["breakout", "overlay"]


class Rename(Args):
    group: str = ID
    name: str = TEXT


class Which(Args):
    group: str = ID


class Place(Args):
    group: str = ID
    role: Literal["member", "scribe", "rapporteur", "host", "traveller"] | None = None


class Seats(Args):
    """All places of one person afterwards."""

    person: str = ID
    seats: list[Place] = Field(max_length=20)


class Sit(Args):
    people: list[Seats] = Field(min_length=1, max_length=roster.MOST_PEOPLE)


class OneWish(Args):
    kind: Literal["together", "apart"]
    people: list[str] = Field(min_length=2, max_length=50)


class Wishes(Args):
    wishes: list[OneWish] = Field(max_length=500)
    locked: list[str] = Field(max_length=roster.MOST_PEOPLE)
    mixed: bool = True
    cap: int = Field(default=0, ge=0, le=10_000)


@command("group.make", "event", Make)
def make(ctx: Context, args: Make) -> None:
    """Make a breakout group, or an overlay group beside them. A breakout group gets a board in every session to come
    in which the others have one, with the same activity and question."""
    name = _free_name(ctx, args.name)
    rows = ctx.db.execute(select(Group.number).where(Group.event == ctx.place.event)).scalars().all()
    if len(rows) >= MOST_GROUPS:
        raise Refused("groups_many", limit=MOST_GROUPS)
    id = new_id()
    group = {"id": id, "name": name, "kind": args.kind, "number": max(rows, default=0) + 1}
    ctx.write(insert(Group.__table__).values(event=ctx.place.event, **group))
    boards = _boards_like_others(ctx, id) if args.kind == "breakout" else []
    ctx.answer["group"] = id
    ctx.emit(GroupMade(group, boards))


@command("group.rename", "event", Rename)
def rename(ctx: Context, args: Rename) -> None:
    """Give a group another name. It is the same group everywhere, also where it has already been."""
    group = _find(ctx, args.group)
    name = _free_name(ctx, args.name, but_not=group.id)
    if name == group.name:
        return
    ctx.write(update(Group.__table__).where(Group.id == group.id).values(name=name))
    ctx.emit(GroupRenamed(group.id, name))
    boards = list(ctx.db.execute(select(Board.id).where(Board.group == group.id).order_by(Board.id)).scalars())
    for board in boards:
        ctx.tell(f"board:{board}", framed(ctx.db, board))
    _retell_shared(ctx, boards)
    retell_days(ctx, boards)


@command("group.remove", "event", Which)
def remove(ctx: Context, args: Which) -> None:
    """Take a group away, with its empty boards. Its people are without a group then."""
    group = _find(ctx, args.group)
    if group.kind == "plenary":
        raise Refused("group_plenary")
    require_no_table(ctx, group.id, group.name)
    people = list(ctx.db.execute(select(Seat.person).where(Seat.group == group.id)).scalars())
    for board in ctx.db.execute(select(Board.id).where(Board.group == group.id)).scalars().all():
        drop(ctx, board)
    ctx.write(delete(Seat.__table__).where(Seat.group == group.id))
    ctx.write(delete(Group.__table__).where(Group.id == group.id))
    ctx.emit(GroupRemoved(group.id, snapshot.person_cards(ctx.db, ctx.place.event, people)))


@command("group.seat", "event", Sit)
def seat(ctx: Context, args: Sit) -> None:
    """Give people their places, all at once: for each of them all groups that they are in afterwards, at most one
    breakout group. A role that is not said stays as it was. What the people named had before is replaced; sending that
    again takes it back (the answer's `before`)."""
    groups = {row.id: row for row in ctx.db.execute(select(*Group.__table__.c).where(Group.event == ctx.place.event))}
    wanted = [one.person for one in args.people]
    if len(set(wanted)) < len(wanted):
        raise Refused("person_seated_twice")
    people = ctx.db.execute(
        select(Person.id, Person.name).where(
            Person.id.in_(wanted),
            Person.event == ctx.place.event,
            Person.role.not_in(("projector", "organiser")),
            Person.closed_at.is_(None),
        )
    ).all()
    if len(people) < len(wanted):
        raise Refused("person_unknown")
    names = {row.id: row.name for row in people}
    before: dict[str, dict[str, str]] = {id: {} for id in wanted}
    for row in ctx.db.execute(select(*Seat.__table__.c).where(Seat.person.in_(wanted))):
        before[row.person][row.group] = row.role
    after: dict[str, dict[str, str]] = {}
    for one in args.people:
        after[one.person] = {}
        for place in one.seats:
            if place.group not in groups or groups[place.group].kind == "plenary":
                raise Refused("group_missing_here")
            after[one.person][place.group] = place.role or before[one.person].get(place.group, "member")
        if sum(groups[group].kind == "breakout" for group in after[one.person]) > 1:
            raise Refused("two_groups", name=names[one.person])
    changed = [id for id in wanted if after[id] != before[id]]
    ctx.answer["before"] = [
        {"person": id, "seats": [{"group": group, "role": role} for group, role in before[id].items()]}
        for id in changed
    ]
    if not changed:
        return
    ctx.write(delete(Seat.__table__).where(Seat.person.in_(changed)))
    rows = [{"group": g, "person": id, "role": role} for id in changed for g, role in after[id].items()]
    if rows:
        ctx.write(insert(Seat.__table__), rows)
    ctx.emit(GroupSeated(snapshot.person_cards(ctx.db, ctx.place.event, changed)))


@command("group.wish", "event", Wishes)
def wish(ctx: Context, args: Wishes) -> None:
    """Keep what the groups should be like: who should be together or apart, who stays where they are, and whether
    colleagues should meet others (`mixed`: at most `cap` pairs of one organisation in a group). It is nobody's
    business but theirs who make the groups: no event has it."""
    named = {id for one in args.wishes for id in one.people} | set(args.locked)
    known = set(ctx.db.execute(select(Person.id).where(Person.event == ctx.place.event)).scalars())
    if not named <= known:
        raise Refused("person_unknown")
    ctx.write(update(Event.__table__).where(Event.id == ctx.place.event).values(grouping=args.model_dump()))


def _boards_like_others(ctx: Context, group: str) -> list[JSON]:
    """A board in each session to come in which breakout groups work, like that of the first of them."""
    rows = ctx.db.execute(
        select(Board.session, Board.prompt, Board.lanes, Board.activity)
        .join(Session, Session.id == Board.session)
        .join(Day, Day.id == Session.day)
        .join(Group, Group.id == Board.group)
        .where(Day.event == ctx.place.event, Group.kind == "breakout", Session.opened_at.is_(None))
        .order_by(Day.number, Session.number, Group.number)
    ).all()
    first: dict[str, Row[Any]] = {}
    for row in rows:
        first.setdefault(row.session, row)
    boards = []
    for session, row in first.items():
        activity = Activity.model_validate(frozen(row.activity))
        board = write_board(
            ctx.db, ctx.place.event, ctx.now, session=session, group=group, prompt=row.prompt,
            lanes=list(row.lanes),
            activity=activity,
        )  # fmt: skip
        boards.append({"session": session, "id": board})
    return boards


def _retell_shared(ctx: Context, boards: list[str]) -> None:
    """Lines that were shared into other boards say which group they come from."""
    lines = select(Proposal.id).where(Proposal.board.in_(boards))
    copies = ctx.db.execute(select(Proposal.id, Proposal.board).where(Proposal.shared_from.in_(lines))).all()
    for board in sorted({row.board for row in copies}):
        here = [row.id for row in copies if row.board == board]
        ctx.tell(f"board:{board}", LinesShared(snapshot.proposals(ctx.db, Proposal.id.in_(here))))


def _free_name(ctx: Context, raw: str, but_not: str | None = None) -> str:
    name = text.theme_name(raw)
    taken = select(Group.id, Group.name).where(Group.event == ctx.place.event)
    for row in ctx.db.execute(taken):
        if row.id != but_not and roster.plain(row.name) == roster.plain(name):
            raise Refused("group_known", name=row.name)
    return name


def _find(ctx: Context, group: str) -> Any:
    row = ctx.db.execute(
        select(Group.id, Group.name, Group.kind).where(Group.id == group, Group.event == ctx.place.event)
    ).one_or_none()
    if row is None:
        raise Refused("group_missing_here")
    return row
