"""Posting, editing, withdrawing; hiding and restoring."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import Row, bindparam, func, insert, select, update

from .. import snapshot
from ..domain import steps, text
from ..domain.events import (
    ProposalEdited,
    ProposalHidden,
    ProposalPosted,
    ProposalReinstated,
    ProposalRestored,
    ProposalWithdrawn,
)
from ..domain.refusals import Refused
from ..store.models import Proposal, Wording
from .context import Context
from .spec import ID, Args, command
from .step import emit_results

TEXT = Field(max_length=20_000)  # far above the limit, so that whoever types too much hears by how much


class Post(Args):
    text: str = TEXT
    lane: str | None = Field(default=None, max_length=20)


class Edit(Args):
    proposal: str = ID
    text: str = TEXT


class Which(Args):
    proposal: str = ID


class Hide(Args):
    proposal: str = ID
    reason: str = TEXT


@command("proposal.post", "board", Post)
def post(ctx: Context, args: Post) -> None:
    """Put a proposal on the board. The command's id becomes the proposal's."""
    _require_step(ctx)
    wording = text.proposal_text(args.text)
    lanes = [lane["id"] for lane in ctx.place.row.lanes]
    if (args.lane is None and lanes) or (args.lane is not None and args.lane not in lanes):
        raise Refused("lane_unknown")
    number = 1 + ctx.db.execute(_LAST_NUMBER, {"board": ctx.place.id}).scalar_one()
    row = {"id": ctx.id, "board": ctx.place.id, "lane": args.lane, "text": wording, "author": ctx.who}
    ctx.write(_POST, row | {"at": ctx.now, "number": number})
    _keep_wording(ctx, ctx.id, wording)
    ctx.answer["proposal"] = ctx.id
    ctx.emit(ProposalPosted(snapshot.proposal(_find(ctx, ctx.id))))


@command("proposal.edit", "board", Edit)
def edit(ctx: Context, args: Edit) -> None:
    """Give one's own proposal a new text."""
    _require_step(ctx)
    proposal = _own(ctx, args.proposal)
    _require_standing(proposal)
    wording = text.proposal_text(args.text)
    if wording == proposal.text:
        return
    ctx.write(update(Proposal.__table__).where(Proposal.id == proposal.id).values(text=wording))
    _keep_wording(ctx, proposal.id, wording)
    ctx.emit(ProposalEdited(proposal.id, wording))


@command("proposal.withdraw", "board", Which)
def withdraw(ctx: Context, args: Which) -> None:
    """Take one's own proposal off the board. It is kept, and can be put back."""
    _require_step(ctx)
    proposal = _own(ctx, args.proposal)
    _require_standing(proposal)
    ctx.write(update(Proposal.__table__).where(Proposal.id == proposal.id).values(withdrawn_at=ctx.now))
    ctx.emit(ProposalWithdrawn(proposal.id))


@command("proposal.reinstate", "board", Which)
def reinstate(ctx: Context, args: Which) -> None:
    """Put one's own withdrawn proposal back."""
    _require_step(ctx)
    proposal = _own(ctx, args.proposal)
    if proposal.withdrawn_at is None:
        raise Refused("proposal_standing")
    ctx.write(update(Proposal.__table__).where(Proposal.id == proposal.id).values(withdrawn_at=None))
    _emit_back(ctx, proposal.id, ProposalReinstated)


@command("proposal.hide", "board", Hide)
def hide(ctx: Context, args: Hide) -> None:
    """Hide a proposal from the group, with a reason that everybody sees. Dots on it can be taken back."""
    proposal = _find(ctx, args.proposal)
    if proposal.hidden_at is not None:
        raise Refused("proposal_hidden", reason=proposal.hidden_reason)
    reason = text.moderation_reason(args.reason)
    ctx.write(
        update(Proposal.__table__)
        .where(Proposal.id == proposal.id)
        .values(hidden_at=ctx.now, hidden_by=ctx.who, hidden_reason=reason)
    )
    ctx.emit(ProposalHidden(proposal.id, reason))
    emit_results(ctx)


@command("proposal.restore", "board", Which)
def restore(ctx: Context, args: Which) -> None:
    """Restore a hidden proposal, with the votes that it had."""
    proposal = _find(ctx, args.proposal)
    if proposal.hidden_at is None:
        raise Refused("proposal_standing")
    ctx.write(
        update(Proposal.__table__)
        .where(Proposal.id == proposal.id)
        .values(hidden_at=None, hidden_by=None, hidden_reason=None)
    )
    _emit_back(ctx, proposal.id, ProposalRestored)
    emit_results(ctx)


def _emit_back(ctx: Context, proposal: str, event: type[ProposalReinstated] | type[ProposalRestored]) -> None:
    ctx.emit(event(snapshot.proposal(_find(ctx, proposal))))


def _require_step(ctx: Context) -> None:
    board = ctx.place.row
    steps.require_allowed(ctx.command, snapshot.current_step(board), board.step_open)


def _find(ctx: Context, proposal: str) -> Row[Any]:
    row = ctx.db.execute(_FIND, {"proposal": proposal, "board": ctx.place.id}).one_or_none()
    if row is None:
        raise Refused("proposal_unknown")
    return row


def _own(ctx: Context, proposal: str) -> Row[Any]:
    row = _find(ctx, proposal)
    if row.author != ctx.who:
        raise Refused("proposal_not_own")
    return row


def _require_standing(proposal: Row[Any]) -> None:
    if proposal.hidden_at is not None:
        raise Refused("proposal_hidden", reason=proposal.hidden_reason)
    if proposal.withdrawn_at is not None:
        raise Refused("proposal_withdrawn")


def _keep_wording(ctx: Context, of: str, wording: str) -> None:
    version = 1 + ctx.db.execute(_LAST_VERSION, {"of": of}).scalar_one()
    ctx.write(_WORDING, {"of": of, "version": version, "text": wording, "by": ctx.who, "at": ctx.now})


_FIND = snapshot.PROPOSALS.where(Proposal.id == bindparam("proposal"), Proposal.board == bindparam("board"))
_LAST_NUMBER = select(func.coalesce(func.max(Proposal.number), 0)).where(Proposal.board == bindparam("board"))
_LAST_VERSION = select(func.coalesce(func.max(Wording.version), 0)).where(Wording.of == bindparam("of"))
_POST = insert(Proposal.__table__)
_WORDING = insert(Wording.__table__)
