"""Opening, closing and planning the sessions of the agenda. One is on at a time; its groups work in parallel."""

from __future__ import annotations

import re
from typing import Any

from pydantic import Field
from sqlalchemy import Row, select, update

from .. import snapshot
from ..domain.events import SessionClosed, SessionOpened, SessionPlanned
from ..domain.refusals import Refused
from ..store.models import Day, Event, Session
from . import rotation
from .context import Context
from .spec import ID, Args, command

CLOCK = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


class Which(Args):
    session: str = ID


class Plan(Args):
    session: str = ID
    starts_at: str = Field(max_length=20)
    minutes: int = Field(ge=1, le=1440)


@command("session.open", "event", Which)
def open_session(ctx: Context, args: Which) -> None:
    """Say that a session is on now; the one that was on is closed. A round of a rotation seats its people."""
    session = find(ctx, args.session)
    before = ctx.place.row.now_session
    closed = before if before not in (None, session.id) else None
    if closed:
        ctx.write(update(Session.__table__).where(Session.id == closed).values(closed_at=ctx.now))
    ctx.write(update(Session.__table__).where(Session.id == session.id).values(opened_at=ctx.now, closed_at=None))
    ctx.write(update(Event.__table__).where(Event.id == ctx.place.event).values(now_session=session.id))
    ctx.emit(SessionOpened(session.id, closed, ctx.now))
    rotation.begins(ctx, session.id)


@command("session.close", "event", Which)
def close_session(ctx: Context, args: Which) -> None:
    """Say that the session is over."""
    session = find(ctx, args.session)
    if ctx.place.row.now_session != session.id:
        raise Refused("session_not_open")
    ctx.write(update(Session.__table__).where(Session.id == session.id).values(closed_at=ctx.now))
    ctx.write(update(Event.__table__).where(Event.id == ctx.place.event).values(now_session=None))
    ctx.emit(SessionClosed(session.id, ctx.now))


@command("session.plan", "event", Plan)
def plan(ctx: Context, args: Plan) -> None:
    """Give a session another planned start (HH:MM in the event's place) and length in minutes."""
    session = find(ctx, args.session)
    if not CLOCK.fullmatch(args.starts_at):
        raise Refused("clock_wrong")
    if (session.starts_at, session.minutes) == (args.starts_at, args.minutes):
        return
    values = {"starts_at": args.starts_at, "minutes": args.minutes}
    ctx.write(update(Session.__table__).where(Session.id == session.id).values(**values))
    ctx.emit(SessionPlanned(snapshot.session_now(ctx.db, session.id)))


def find(ctx: Context, session: str) -> Row[Any]:
    """The row of a session of this event.

    Raises:
        Refused: `session_unknown`.
    """
    row = ctx.db.execute(
        select(*Session.__table__.c)
        .join(Day, Day.id == Session.day)
        .where(Session.id == session, Day.event == ctx.place.event)
    ).one_or_none()
    if row is None:
        raise Refused("session_unknown")
    return row
