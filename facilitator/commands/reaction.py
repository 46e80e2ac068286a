"""A light word on a proposal; support or concern for a phrase."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import delete, insert, select, update

from .. import snapshot
from ..domain import steps
from ..domain.events import ReactionCounted
from ..domain.refusals import Refused
from ..store.models import Reaction
from .context import Context
from .proposal import find, require_standing
from .spec import ID, Args, command


class Set(Args):
    proposal: str = ID
    kind: Literal["like", "support", "concern"] | None = None


@command("reaction.set", "board", Set)
def set_reaction(ctx: Context, args: Set) -> None:
    """Say that a proposal speaks to one; of a phrase, support or concern; null takes it back. Only how many
    there are is shown."""
    step = steps.require_allowed(ctx.command, snapshot.current_step(ctx.place.row), ctx.place.row.step_open)
    proposal = find(ctx, args.proposal)
    if proposal.revealed_at is None:
        raise Refused("proposal_unknown")
    require_standing(proposal)
    known = ("support", "concern") if step.kind == "draft" else ("like",)
    if args.kind is not None and args.kind not in known:
        raise Refused("step_other", step=step.title)
    mine = (Reaction.proposal == proposal.id, Reaction.person == ctx.who)
    before = ctx.db.execute(select(Reaction.kind).where(*mine)).scalar()
    if before == args.kind:
        return
    if args.kind is None:
        ctx.write(delete(Reaction.__table__).where(*mine))
    elif before is None:
        ctx.write(insert(Reaction.__table__).values(proposal=proposal.id, person=ctx.who, kind=args.kind))
    else:
        ctx.write(update(Reaction.__table__).where(*mine).values(kind=args.kind))
    ctx.emit(ReactionCounted(proposal.id, snapshot.reactions_of(ctx.db, proposal.id)))
