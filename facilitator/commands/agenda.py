"""Planning the agenda: days, and the sessions in them. Sessions follow one another; what is fixed stays where it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Literal

from pydantic import Field, ValidationError
from sqlalchemy import Row, delete, exists, insert, select, update

from .. import snapshot
from ..domain import agenda, text
from ..domain.agenda import Slot
from ..domain.events import (
    JSON,
    DayAdded,
    DayChanged,
    DayRemoved,
    SessionAdded,
    SessionChanged,
    SessionMoved,
    SessionRemoved,
)
from ..domain.refusals import Refused
from ..domain.sheet import frozen
from ..library import Activity, load_activity
from ..store.models import Base, Board, Day, Group, Log, Room, Session, new_id
from .board import drop, framed, pristine, write_board
from .context import Context
from .frames import day_framed, retell_days
from .rotation import require_no_round, require_no_table
from .session import find as find_session
from .spec import ID, TEXT, Args, command

MOST_DAYS = 31
MOST_SESSIONS = 60  # of a day
CLOCK = r"^(([01]\d|2[0-3]):[0-5]\d)?$"
Minutes = Field(ge=1, le=24 * 60)


class NewDay(Args):
    date: str = Field(max_length=10)
    title: str = TEXT


class ChangedDay(NewDay):
    day: str = ID


class WhichDay(Args):
    day: str = ID


class Words(Args):
    """What a session says of itself. `starts_at` is HH:MM, or empty: when the one before it is over."""

    title: str = TEXT
    description: str = Field(default="", max_length=20_000)
    starts_at: str = Field(default="", pattern=CLOCK)
    minutes: int = Minutes
    fixed: bool = False
    groups: list[str] | None = Field(default=None, max_length=200)


class NewSession(Words):
    day: str = ID
    position: int | None = Field(default=None, ge=0, le=MOST_SESSIONS)
    kind: Literal["plenary", "breakout", "break"]
    activity: dict[str, Any] | None = Field(default=None, max_length=40)
    prompt: str = Field(default="", max_length=20_000)


class ChangedSession(Words):
    session: str = ID


class Move(Args):
    session: str = ID
    day: str = ID
    position: int = Field(ge=0, le=MOST_SESSIONS)


class Which(Args):
    session: str = ID


# --- days -----------------------------------------------------------------------------------------------------------


@command("day.add", "event", NewDay)
def add_day(ctx: Context, args: NewDay) -> None:
    """Add a day, with an empty agenda. Days stand in the order of their dates."""
    when, days = _free_date(ctx, args.date), _days(ctx)
    if len(days) >= MOST_DAYS:
        raise Refused("days_many", limit=MOST_DAYS)
    id = new_id()
    ctx.write(
        insert(Day.__table__).values(
            id=id, event=ctx.place.event, number=len(days) + 1, date=when, title=text.line(args.title)
        )
    )
    ctx.write(insert(Room.__table__).values(id=f"day:{id}", event=ctx.place.event, seq=0))
    ctx.answer["day"] = id
    ctx.emit(DayAdded(_in_order(ctx, but_not=id)))


@command("day.change", "event", ChangedDay)
def change_day(ctx: Context, args: ChangedDay) -> None:
    """Give a day another date or title."""
    day = _day(ctx, args.day)
    values = {"date": _free_date(ctx, args.date, but_not=day.id), "title": text.line(args.title)}
    if values == {"date": day.date, "title": day.title}:
        return
    ctx.write(update(Day.__table__).where(Day.id == day.id).values(**values))
    ctx.emit(DayChanged(_in_order(ctx, touched=day.id)))


@command("day.remove", "event", WhichDay)
def remove_day(ctx: Context, args: WhichDay) -> None:
    """Take a day away on which nothing has happened, with its sessions. An event keeps one day at least."""
    day = _day(ctx, args.day)
    if len(_days(ctx)) == 1:
        raise Refused("day_last")
    for session in ctx.db.execute(select(Session.id).where(Session.day == day.id)).scalars().all():
        _drop_session(ctx, find_session(ctx, session))
    for table in Base.metadata.sorted_tables:
        columns = [key.parent for key in table.foreign_keys if key.target_fullname == "day.id"]
        if any(ctx.db.execute(select(exists().where(column == day.id))).scalar() for column in columns):
            raise Refused("day_used")
    ctx.write(delete(Log.__table__).where(Log.room == f"day:{day.id}"))
    ctx.write(delete(Room.__table__).where(Room.id == f"day:{day.id}"))
    ctx.write(delete(Day.__table__).where(Day.id == day.id))
    ctx.emit(DayRemoved(_in_order(ctx)))


# --- sessions -------------------------------------------------------------------------------------------------------


@command("session.add", "event", NewSession)
def add_session(ctx: Context, args: NewSession) -> None:
    """Add a session to a day: at its end, or at a place of its list (0 is the first). A plenary has one board; in a
    breakout each breakout group has one, or those in `groups`. Without an activity the board has the usual one."""
    day = _day(ctx, args.day)
    rows = _rows(ctx, day.id)
    if len(rows) >= MOST_SESSIONS:
        raise Refused("sessions_many", limit=MOST_SESSIONS)
    id = new_id()
    last = rows[-1] if rows else None
    ends = max((slot.end for slot in map(_slot, rows) if slot.starts_at), default=None)
    starts_at = args.starts_at or (agenda.latest(ends) if ends is not None else agenda.DAY_STARTS)
    ctx.write(
        insert(Session.__table__).values(
            id=id,
            day=day.id,
            number=last.number + 1 if last else 1,
            kind=args.kind,
            title=text.title(args.title),
            description=text.description(args.description),
            starts_at=starts_at,
            minutes=args.minutes,
            fixed=args.fixed,
        )
    )
    if args.kind != "break":
        activity = _activity(args.activity)
        for group in _groups_of(ctx, args.kind, args.groups):
            write_board(
                ctx.db, ctx.place.event, ctx.now, session=id, group=group,
                prompt=text.description(args.prompt), lanes=_lanes(activity), activity=activity,
            )  # fmt: skip
    ctx.answer["session"] = id
    ctx.emit(SessionAdded(day.id, snapshot.session_cards(ctx.db, day.id)[-1]))
    at = len(rows) if args.position is None else min(args.position, len(rows))
    if at < len(rows):
        _place(ctx, id, day.id, at, first=at, starts_at=args.starts_at or None)


@command("session.change", "event", ChangedSession)
def change_session(ctx: Context, args: ChangedSession) -> None:
    """Say anew what a session is: its words, when it starts and how long it is, whether its time is fixed, and which
    groups work in it. Those that come after it move along."""
    session = find_session(ctx, args.session)
    values = {
        "title": text.title(args.title),
        "description": text.description(args.description),
        "starts_at": args.starts_at or session.starts_at,
        "minutes": args.minutes,
        "fixed": args.fixed,
    }
    if session.opened_at is not None and values["starts_at"] != session.starts_at:
        raise Refused("session_begun", title=session.title)
    known = _boards(ctx, session.id)
    boards = _change_groups(ctx, session, args.groups) if args.groups is not None else False
    changed = values != {key: getattr(session, key) for key in values}
    if not changed and not boards:
        return
    ctx.write(update(Session.__table__).where(Session.id == session.id).values(**values))
    ctx.emit(SessionChanged(_card(ctx, session.id)))
    if values["title"] != session.title:
        here = [board for board in _boards(ctx, session.id) if board in known]
        for board in here:
            ctx.tell(f"board:{board}", framed(ctx.db, board))
        retell_days(ctx, here)
    if (values["starts_at"], values["minutes"]) != (session.starts_at, session.minutes):
        ids = [row.id for row in _rows(ctx, session.day)]
        _reflow(ctx, session.day, ids, first=ids.index(session.id) + 1)


@command("session.move", "event", Move)
def move_session(ctx: Context, args: Move) -> None:
    """Put a session at another place of its day, or into another day (0 is the first place). Times follow."""
    session = find_session(ctx, args.session)
    day = _day(ctx, args.day)
    if session.opened_at is not None:
        raise Refused("session_begun", title=session.title)
    if day.id != session.day:
        boards = _boards(ctx, session.id)
        for board in boards:
            if not pristine(ctx.db, board):
                raise Refused("board_used", name=snapshot.board_now(ctx.db, board).group_name)
        _place(ctx, session.id, day.id, args.position)
        for board in boards:
            ctx.tell(f"board:{board}", framed(ctx.db, board))
        return
    ids = [row.id for row in _rows(ctx, day.id)]
    at = min(args.position, len(ids) - 1)
    if ids.index(session.id) != at:
        _place(ctx, session.id, day.id, at)


@command("session.remove", "event", Which)
def remove_session(ctx: Context, args: Which) -> None:
    """Take a session off the agenda in which nothing has happened. Those that come after it move up."""
    session = find_session(ctx, args.session)
    ids = [row.id for row in _rows(ctx, session.day)]
    start = _rows(ctx, session.day)[0].starts_at
    _drop_session(ctx, session)
    ctx.emit(SessionRemoved(session.id))
    at = ids.index(session.id)
    ids.remove(session.id)
    _reflow(ctx, session.day, ids, first=at, starts_at=start or None)


# --- pieces ---------------------------------------------------------------------------------------------------------


def _place(
    ctx: Context, session: str, day: str, at: int, first: int | None = None, starts_at: str | None = None
) -> None:
    """Put a session at a place, number both days anew, and let the times follow."""
    before = ctx.db.execute(select(Session.day).where(Session.id == session)).scalar_one()
    rows = _rows(ctx, day)
    start = starts_at or (rows[0].starts_at if rows else None)
    ids = [row.id for row in rows if row.id != session]
    was = next((place for place, row in enumerate(rows) if row.id == session), len(rows))
    ids.insert(min(at, len(ids)), session)
    if before != day:
        others = _rows(ctx, before)
        left = [row.id for row in others if row.id != session]
        gone = next(place for place, row in enumerate(others) if row.id == session)
        # Into its new day first, behind everything there: no two sessions ever have one number.
        number = max((row.number for row in rows), default=0) + 1
        ctx.write(update(Session.__table__).where(Session.id == session).values(day=day, number=number))
        days = _times(ctx, before, left, gone, others[0].starts_at or None)
    else:
        days = {}
    _number(ctx, day, ids)
    days |= _times(ctx, day, ids, min(at, was) if first is None else first, start)
    ctx.emit(SessionMoved(days))


def _reflow(ctx: Context, day: str, ids: Sequence[str], first: int, starts_at: str | None = None) -> None:
    """Let the times from a place on follow; heard only if one has changed."""
    before = snapshot.session_cards(ctx.db, day)
    after = _times(ctx, day, ids, first, starts_at)
    if after[day] != before:
        ctx.emit(SessionMoved(after))


def _times(ctx: Context, day: str, ids: Sequence[str], first: int, starts_at: str | None) -> dict[str, list[JSON]]:
    rows = {row.id: row for row in _rows(ctx, day)}
    slots = [_slot(rows[id]) for id in ids]
    if first == 0 and slots and not slots[0].fixed and starts_at:
        slots[0] = replace(slots[0], starts_at=starts_at)
    for slot in agenda.flow(slots, first, starts_at):
        if slot.starts_at != rows[slot.id].starts_at:
            ctx.write(update(Session.__table__).where(Session.id == slot.id).values(starts_at=slot.starts_at))
    return {day: snapshot.session_cards(ctx.db, day)}


def _number(ctx: Context, day: str, ids: Sequence[str]) -> None:
    """Number a day's sessions from 1, in two steps: the numbers of a day are unique at every moment."""
    ctx.write(update(Session.__table__).where(Session.day == day).values(number=Session.number + 10_000))
    for number, id in enumerate(ids, start=1):
        ctx.write(update(Session.__table__).where(Session.id == id).values(number=number))


def _change_groups(ctx: Context, session: Row[Any], groups: list[str]) -> bool:
    """Give the groups that are new here a board like the others', and take those of the others away."""
    if session.kind == "break":
        return False
    wanted = _groups_of(ctx, session.kind, groups)
    here = {
        row.group: row
        for row in ctx.db.execute(
            select(*Board.__table__.c, Group.name.label("group_name"))
            .join(Group, Group.id == Board.group)
            .where(Board.session == session.id)
            .order_by(Group.number)
        )
    }
    like = next(iter(here.values()))
    for group, board in here.items():
        if group not in wanted:
            require_no_table(ctx, group, board.group_name, session.id)
            drop(ctx, board.id)
    for group in wanted:
        if group not in here:
            activity = Activity.model_validate(frozen(like.activity))
            write_board(
                ctx.db, ctx.place.event, ctx.now, session=session.id, group=group, prompt=like.prompt,
                lanes=like.lanes, activity=activity,
            )  # fmt: skip
    return set(wanted) != set(here)


def _boards(ctx: Context, session: str) -> Sequence[str]:
    return ctx.db.execute(select(Board.id).where(Board.session == session).order_by(Board.id)).scalars().all()


def _groups_of(ctx: Context, kind: str, wanted: list[str] | None) -> list[str]:
    """The groups that have a board in a session of this kind, in order."""
    rows = ctx.db.execute(
        select(Group.id, Group.kind).where(Group.event == ctx.place.event).order_by(Group.number)
    ).all()
    if kind == "plenary":
        return [row.id for row in rows if row.kind == "plenary"]
    if wanted is None:
        found = [row.id for row in rows if row.kind == "breakout"]
    else:
        found = [row.id for row in rows if row.id in wanted and row.kind != "plenary"]
        if len(found) < len(set(wanted)):
            raise Refused("group_missing_here")
    if not found:
        raise Refused("groups_none")
    return found


def _activity(said: dict[str, Any] | None) -> Activity:
    if said is None:
        return load_activity("brainstorm_and_dot_vote")
    try:
        return Activity.model_validate(frozen(said))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise Refused("activity_wrong", why=first["msg"].removeprefix("Value error, ")) from None


def _lanes(activity: Activity) -> list[dict[str, str]]:
    try:
        return activity.on([])
    except ValueError as error:
        raise Refused("activity_wrong", why=str(error)) from None


def _drop_session(ctx: Context, session: Row[Any]) -> None:
    if session.opened_at is not None:
        raise Refused("session_begun", title=session.title)
    require_no_round(ctx, session.id, session.title)
    for board in _boards(ctx, session.id):
        drop(ctx, board)
    ctx.write(delete(Session.__table__).where(Session.id == session.id))


def _free_date(ctx: Context, raw: str, but_not: str | None = None) -> str:
    try:
        when = date.fromisoformat(raw).isoformat()
    except ValueError:
        raise Refused("date_wrong") from None
    if any(row.date == when and row.id != but_not for row in _days(ctx)):
        raise Refused("date_taken", date=when)
    return when


def _in_order(ctx: Context, but_not: str | None = None, touched: str | None = None) -> list[JSON]:
    """Number the days by their dates, and tell each day whose number, date or title has changed, except a new one."""
    days = sorted(_days(ctx), key=lambda row: row.date)
    moved = [row for number, row in enumerate(days, start=1) if row.number != number]
    for row in moved:
        ctx.write(update(Day.__table__).where(Day.id == row.id).values(number=row.number + 10_000))
    for number, row in enumerate(days, start=1):
        if row in moved:
            ctx.write(update(Day.__table__).where(Day.id == row.id).values(number=number))
    for id in sorted({*(row.id for row in moved), *([touched] if touched else [])} - {but_not}):
        ctx.tell(f"day:{id}", day_framed(ctx, id))
    return [{"id": row.id, "number": row.number, "date": row.date, "title": row.title} for row in _days(ctx)]


def _days(ctx: Context) -> Sequence[Row[Any]]:
    return ctx.db.execute(select(*Day.__table__.c).where(Day.event == ctx.place.event).order_by(Day.number)).all()


def _day(ctx: Context, day: str) -> Row[Any]:
    row = next((row for row in _days(ctx) if row.id == day), None)
    if row is None:
        raise Refused("day_unknown")
    return row


def _rows(ctx: Context, day: str) -> Sequence[Row[Any]]:
    return ctx.db.execute(select(*Session.__table__.c).where(Session.day == day).order_by(Session.number)).all()


def _card(ctx: Context, session: str) -> JSON:
    day = ctx.db.execute(select(Session.day).where(Session.id == session)).scalar_one()
    return next(card for card in snapshot.session_cards(ctx.db, day) if card["id"] == session)


def _slot(row: Row[Any]) -> Slot:
    return Slot(row.id, row.kind, row.starts_at, row.minutes, row.fixed, row.opened_at is not None, row.title)
