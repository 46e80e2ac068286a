"""Who may be named as somebody who took part: each says so of themselves, at any time; nobody says it for others."""

from __future__ import annotations

from sqlalchemy import delete, insert

from .. import snapshot
from ..domain.events import NamingAgreed
from ..store.models import Naming
from .context import Context
from .spec import Args, command


class Agree(Args):
    agreed: bool


@command("naming.agree", "event", Agree)
def agree(ctx: Context, args: Agree) -> None:
    """Say of oneself that one may stand by name in a report's list of who took part, or that one may not (any more).
    Whoever has said nothing is not named there."""
    if snapshot.agrees_to_be_named(ctx.db, ctx.who) == args.agreed:
        return
    if args.agreed:
        ctx.write(insert(Naming.__table__).values(person=ctx.who, at=ctx.now))
    else:
        ctx.write(delete(Naming.__table__).where(Naming.person == ctx.who))
    ctx.emit(NamingAgreed())
