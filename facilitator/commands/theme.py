"""Naming themes and dissolving them."""

from __future__ import annotations

from pydantic import Field
from sqlalchemy import func, insert, select, update

from .. import snapshot
from ..domain import steps, text
from ..domain.events import ThemeDissolved, ThemeNamed
from ..store.models import Proposal, Theme
from .context import Context
from .proposal import theme as find_theme
from .spec import ID, TEXT, Args, command


class Name(Args):
    name: str = TEXT
    theme: str | None = Field(default=None, max_length=36)


class Which(Args):
    theme: str = ID


@command("theme.name", "board", Name)
def name(ctx: Context, args: Name) -> None:
    """Make a theme, or give one a new name. The command's id becomes a new theme's."""
    _require_step(ctx)
    wording = text.theme_name(args.name)
    if args.theme is None:
        last = ctx.db.execute(select(func.coalesce(func.max(Theme.number), 0)).where(Theme.board == ctx.place.id))
        values = {"id": ctx.id, "board": ctx.place.id, "name": wording, "number": 1 + last.scalar_one()}
        ctx.write(insert(Theme.__table__).values(**values, by=ctx.who, at=ctx.now))
    else:
        if find_theme(ctx, args.theme).name == wording:
            return
        ctx.write(update(Theme.__table__).where(Theme.id == args.theme).values(name=wording))
    theme = find_theme(ctx, args.theme or ctx.id)
    ctx.answer["theme"] = theme.id
    ctx.emit(ThemeNamed(snapshot.theme_card(theme)))


@command("theme.dissolve", "board", Which)
def dissolve(ctx: Context, args: Which) -> None:
    """Dissolve a theme; its proposals stand without one."""
    _require_step(ctx)
    theme = find_theme(ctx, args.theme)
    ctx.write(update(Theme.__table__).where(Theme.id == theme.id).values(dissolved_at=ctx.now))
    ctx.write(update(Proposal.__table__).where(Proposal.theme == theme.id).values(theme=None))
    ctx.emit(ThemeDissolved(theme.id))


def _require_step(ctx: Context) -> None:
    steps.require_allowed(ctx.command, snapshot.current_step(ctx.place.row), ctx.place.row.step_open)
