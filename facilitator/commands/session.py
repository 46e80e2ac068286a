"""Opening and closing the sessions of the agenda. One is on at a time; its groups work in parallel."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, select, update

from ..domain.events import SessionClosed, SessionOpened
from ..domain.refusals import Refused
from ..store.models import Day, Event, Session
from .context import Context
from .spec import ID, Args, command


class Which(Args):
    session: str = ID


@command("session.open", "event", Which)
def open_session(ctx: Context, args: Which) -> None:
    """Say that a session is on now; the one that was on is closed."""
    session = _find(ctx, args.session)
    before = ctx.place.row.now_session
    closed = before if before not in (None, session.id) else None
    if closed:
        ctx.write(update(Session.__table__).where(Session.id == closed).values(closed_at=ctx.now))
    ctx.write(update(Session.__table__).where(Session.id == session.id).values(opened_at=ctx.now, closed_at=None))
    ctx.write(update(Event.__table__).where(Event.id == ctx.place.event).values(now_session=session.id))
    ctx.emit(SessionOpened(session.id, closed, ctx.now))


@command("session.close", "event", Which)
def close_session(ctx: Context, args: Which) -> None:
    """Say that the session is over."""
    session = _find(ctx, args.session)
    if ctx.place.row.now_session != session.id:
        raise Refused("session_not_open")
    ctx.write(update(Session.__table__).where(Session.id == session.id).values(closed_at=ctx.now))
    ctx.write(update(Event.__table__).where(Event.id == ctx.place.event).values(now_session=None))
    ctx.emit(SessionClosed(session.id, ctx.now))


def _find(ctx: Context, session: str) -> Row[Any]:
    row = ctx.db.execute(
        select(*Session.__table__.c)
        .join(Day, Day.id == Session.day)
        .where(Session.id == session, Day.event == ctx.place.event)
    ).one_or_none()
    if row is None:
        raise Refused("session_unknown")
    return row
