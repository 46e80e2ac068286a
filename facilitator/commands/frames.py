"""Days hear it when the names that their conclusions come from have changed."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from .. import snapshot
from ..domain.events import DayFramed
from ..store.models import Conclusion, Day, Source
from .context import Context


def retell_days(ctx: Context, boards: Iterable[str]) -> None:
    """Tell each day that has a conclusion out of one of these boards."""
    days = (
        select(Conclusion.day)
        .join(Source, Source.conclusion == Conclusion.id)
        .where(Source.board.in_(list(boards)), Conclusion.taken_back_at.is_(None))
        .distinct()
    )
    for day in sorted(ctx.db.execute(days).scalars()):
        ctx.tell(f"day:{day}", day_framed(ctx, day))


def day_framed(ctx: Context, day: str) -> DayFramed:
    row = ctx.db.execute(select(Day.number, Day.date, Day.title).where(Day.id == day)).one()
    return DayFramed(row.number, row.date, row.title, snapshot.conclusions(ctx.db, Conclusion.day == day))
