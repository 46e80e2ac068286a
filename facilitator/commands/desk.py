"""The theme desk: a few people put together what several groups of a day say, while these still work. No board changes
by it."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import Row, delete, func, insert, select, update

from .. import access, snapshot
from ..domain import text
from ..domain.events import DeskDissolved, DeskNamed, DeskSorted
from ..domain.refusals import Refused
from ..store.models import DeskCard, DeskTheme, Proposal
from .context import Context
from .spec import ID, TEXT, Args, command


class Name(Args):
    name: str = TEXT
    theme: str | None = Field(default=None, max_length=36)


class Sort(Args):
    proposals: list[str] = Field(min_length=1, max_length=200)
    theme: str | None = Field(default=None, max_length=36)


class Which(Args):
    theme: str = ID


@command("desk.name", "day", Name)
def name(ctx: Context, args: Name) -> None:
    """Make a theme across groups, or give one a new name. The command's id becomes a new theme's."""
    wording = text.theme_name(args.name)
    if args.theme is None:
        last = select(func.coalesce(func.max(DeskTheme.number), 0)).where(DeskTheme.day == ctx.place.id)
        values = {"id": ctx.id, "day": ctx.place.id, "name": wording, "number": 1 + ctx.db.execute(last).scalar_one()}
        ctx.write(insert(DeskTheme.__table__).values(**values, by=ctx.who, at=ctx.now))
    else:
        if _theme(ctx, args.theme).name == wording:
            return
        ctx.write(update(DeskTheme.__table__).where(DeskTheme.id == args.theme).values(name=wording))
    theme = args.theme or ctx.id
    ctx.answer["theme"] = theme
    ctx.emit(DeskNamed(snapshot.desk(ctx.db, ctx.place.id)[theme]))


@command("desk.sort", "day", Sort)
def sort(ctx: Context, args: Sort) -> None:
    """Put proposals of any of the day's groups under a theme, or take them out of theirs (theme null)."""
    if args.theme is not None:
        _theme(ctx, args.theme)
    ids = list(dict.fromkeys(args.proposals))
    for id in ids:
        _require_on_the_day(ctx, id)
    lies = {card: theme["id"] for theme in snapshot.desk(ctx.db, ctx.place.id).values() for card in theme["proposals"]}
    moved = [id for id in ids if lies.get(id) != args.theme]
    if not moved:
        return
    ctx.write(delete(DeskCard.__table__).where(DeskCard.proposal.in_(moved)))
    if args.theme is not None:
        last = select(func.coalesce(func.max(DeskCard.number), 0)).where(DeskCard.theme == args.theme)
        first = 1 + ctx.db.execute(last).scalar_one()
        rows = [
            {"proposal": id, "theme": args.theme, "number": number, "by": ctx.who, "at": ctx.now}
            for number, id in enumerate(moved, start=first)
        ]
        ctx.write(insert(DeskCard.__table__), rows)
    ctx.emit(DeskSorted(moved, args.theme))


@command("desk.dissolve", "day", Which)
def dissolve(ctx: Context, args: Which) -> None:
    """Take a theme off the theme desk; its proposals are on their boards as before."""
    theme = _theme(ctx, args.theme)
    ctx.write(delete(DeskCard.__table__).where(DeskCard.theme == theme.id))
    ctx.write(update(DeskTheme.__table__).where(DeskTheme.id == theme.id).values(dissolved_at=ctx.now))
    ctx.emit(DeskDissolved(theme.id))


def _theme(ctx: Context, id: str) -> Row[Any]:
    row = ctx.db.execute(
        select(*DeskTheme.__table__.c).where(
            DeskTheme.id == id, DeskTheme.day == ctx.place.id, DeskTheme.dissolved_at.is_(None)
        )
    ).one_or_none()
    if row is None:
        raise Refused("theme_unknown")
    return row


def _require_on_the_day(ctx: Context, proposal: str) -> None:
    row = ctx.db.execute(select(Proposal.board, Proposal.revealed_at).where(Proposal.id == proposal)).one_or_none()
    board = access.board_row(ctx.db, row.board) if row is not None and row.revealed_at is not None else None
    if board is None or board.day != ctx.place.id:
        raise Refused("proposal_unknown")
