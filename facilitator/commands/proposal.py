"""Posting, editing, withdrawing; hiding and restoring; the parking lot; merging and splitting."""

from __future__ import annotations

import hashlib
from typing import Any

from pydantic import Field
from sqlalchemy import Row, bindparam, func, insert, or_, select, update

from .. import snapshot
from ..domain import steps, text
from ..domain.events import (
    Event,
    LateCounted,
    ProposalAdmitted,
    ProposalEdited,
    ProposalHidden,
    ProposalMerged,
    ProposalParked,
    ProposalPosted,
    ProposalReinstated,
    ProposalRestored,
    ProposalsCounted,
    ProposalSorted,
    ProposalSplit,
    ProposalSpotlit,
    ProposalsRevealed,
    ProposalUnparked,
    ProposalWithdrawn,
)
from ..domain.refusals import Refused
from ..domain.steps import Step
from ..store.models import Board, Lineage, Proposal, Theme, Wording
from . import cue
from .context import Context
from .results import emit_results
from .spec import ID, TEXT, Args, command


class Post(Args):
    text: str = TEXT
    lane: str | None = Field(default=None, max_length=20)


class Edit(Args):
    proposal: str = ID
    text: str = TEXT


class Which(Args):
    proposal: str = ID


class Spotlight(Args):
    proposal: str | None = Field(default=None, max_length=36, pattern=r"^[0-9a-z-]+$")


class Hide(Args):
    proposal: str = ID
    reason: str = TEXT


class Sort(Args):
    proposals: list[str] = Field(min_length=1, max_length=200)
    theme: str | None = Field(default=None, max_length=36)


class Merge(Args):
    proposals: list[str] = Field(min_length=1, max_length=50)
    wording: str = TEXT


@command("proposal.post", "board", Post)
def post(ctx: Context, args: Post) -> None:
    """Put a proposal on the board; in a step for lines, a line. The command's id becomes the proposal's. Within a
    minute of the end of its step it comes late, and waits until a facilitator admits it."""
    late = _late_step(ctx)
    step = late or _require_step(ctx)
    wording = text.proposal_text(args.text)
    _require_lane(ctx, step, args.lane)
    _require_room(ctx, step)
    private = step.settings.hides_posts
    add(
        ctx,
        ctx.id,
        wording,
        kind=step.settings.makes,
        names=step.settings.names,
        lane=args.lane,
        author=ctx.who,
        revealed_at=None if private or late else ctx.now,
        late_at=ctx.now if late else None,
    )
    ctx.answer["proposal"] = ctx.id
    if late:
        ctx.answer["late"] = True
        ctx.emit(LateCounted(snapshot.late(ctx.db, ctx.place.id)))
    elif private:
        ctx.emit(ProposalsCounted(snapshot.unrevealed(ctx.db, ctx.place.id)))
    else:
        _say(ctx, find(ctx, ctx.id), ProposalPosted)


@command("proposal.admit", "board", Which)
def admit(ctx: Context, args: Which) -> None:
    """Let a late proposal onto the board. As long as the others are private, it joins them and is revealed with
    them."""
    proposal = find(ctx, args.proposal)
    if snapshot.status(proposal) != "late":
        raise Refused("proposal_not_late")
    private = snapshot.hides_posts(ctx.place.row)
    _set(ctx, proposal.id, admitted_at=ctx.now, revealed_at=None if private else ctx.now)
    if private:
        ctx.emit(LateCounted(snapshot.late(ctx.db, ctx.place.id)))
        ctx.emit(ProposalsCounted(snapshot.unrevealed(ctx.db, ctx.place.id)))
        return
    card = snapshot.proposals(ctx.db, Proposal.id == proposal.id)[0]
    ctx.emit(ProposalAdmitted(card, snapshot.late(ctx.db, ctx.place.id)))


@command("proposal.spotlight", "board", Spotlight)
def spotlight(ctx: Context, args: Spotlight) -> None:
    """Let everybody on the board look at one proposal; null: at none in particular."""
    if args.proposal is not None:
        proposal = find(ctx, args.proposal)
        _require_seen(proposal)
        if snapshot.status(proposal) != "parked":
            require_standing(proposal)
    if args.proposal == ctx.place.row.spotlight:
        return
    ctx.write(update(Board.__table__).where(Board.id == ctx.place.id).values(spotlight=args.proposal))
    ctx.emit(ProposalSpotlit(args.proposal))


@command("proposal.edit", "board", Edit)
def edit(ctx: Context, args: Edit) -> None:
    """Give one's own proposal a new text; a line can be changed by anybody of its group."""
    proposal = _own(ctx, args.proposal, _require_step(ctx))
    require_standing(proposal)
    wording = text.proposal_text(args.text)
    if wording == proposal.text:
        return
    reword(ctx, proposal, wording)


@command("proposal.withdraw", "board", Which, stage=True)
def withdraw(ctx: Context, args: Which) -> None:
    """Take one's own proposal off the board. It is kept, and can be put back."""
    proposal = _own(ctx, args.proposal, _require_step(ctx))
    require_standing(proposal)
    _set(ctx, proposal.id, withdrawn_at=ctx.now)
    if proposal.revealed_at is None:
        ctx.emit(ProposalsCounted(snapshot.unrevealed(ctx.db, ctx.place.id)))
    else:
        ctx.emit(ProposalWithdrawn(proposal.id), signed=proposal.names == "named")
        cue.retract(ctx, proposal.id)


@command("proposal.reinstate", "board", Which)
def reinstate(ctx: Context, args: Which) -> None:
    """Put one's own withdrawn proposal back."""
    step = _require_step(ctx)
    proposal = _own(ctx, args.proposal, step)
    if proposal.withdrawn_at is None:
        raise Refused("proposal_standing")
    _require_room(ctx, step)
    private = step.settings.hides_posts
    revealed = proposal.revealed_at if proposal.revealed_at is not None or private else ctx.now
    _set(ctx, proposal.id, withdrawn_at=None, revealed_at=revealed)
    if revealed is None:
        ctx.emit(ProposalsCounted(snapshot.unrevealed(ctx.db, ctx.place.id)))
    else:
        _say(ctx, find(ctx, proposal.id), ProposalReinstated)


@command("proposal.hide", "board", Hide, stage=True)
def hide(ctx: Context, args: Hide) -> None:
    """Hide a proposal from the group, with a reason that everybody sees. Dots on it can be taken back."""
    proposal = find(ctx, args.proposal)
    if proposal.hidden_at is not None:
        raise Refused("proposal_hidden", reason=proposal.hidden_reason)
    _require_seen(proposal)
    reason = text.moderation_reason(args.reason)
    _set(ctx, proposal.id, hidden_at=ctx.now, hidden_by=ctx.who, hidden_reason=reason)
    ctx.emit(ProposalHidden(proposal.id, reason))
    emit_results(ctx)
    cue.retract(ctx, proposal.id)


@command("proposal.restore", "board", Which)
def restore(ctx: Context, args: Which) -> None:
    """Restore a hidden proposal, with the votes that it had."""
    proposal = find(ctx, args.proposal)
    _require_seen(proposal)
    if proposal.hidden_at is None:
        raise Refused("proposal_standing")
    _set(ctx, proposal.id, hidden_at=None, hidden_by=None, hidden_reason=None)
    _say(ctx, find(ctx, proposal.id), ProposalRestored, signed=True)
    emit_results(ctx)


# --- the parking lot ------------------------------------------------------------------------------------------------


@command("proposal.park", "board", Which)
def park(ctx: Context, args: Which) -> None:
    """Put a proposal into the parking lot: it stays in sight, and nobody votes on it."""
    _require_step(ctx)
    proposal = _on_the_board(ctx, args.proposal)
    require_standing(proposal)
    _set(ctx, proposal.id, parked_at=ctx.now, parked_by=ctx.who)
    ctx.emit(ProposalParked(proposal.id))


@command("proposal.unpark", "board", Which)
def unpark(ctx: Context, args: Which) -> None:
    """Take a proposal back from the parking lot."""
    _require_step(ctx)
    proposal = _on_the_board(ctx, args.proposal)
    if snapshot.status(proposal) != "parked":
        require_standing(proposal)
        raise Refused("proposal_standing")
    _set(ctx, proposal.id, parked_at=None, parked_by=None)
    ctx.emit(ProposalUnparked(proposal.id))


# --- themes, merging, splitting -------------------------------------------------------------------------------------


@command("proposal.sort", "board", Sort)
def sort(ctx: Context, args: Sort) -> None:
    """Put proposals under a theme, or take them out of theirs (theme null)."""
    _require_step(ctx)
    if args.theme is not None:
        theme(ctx, args.theme)
    proposals = [_on_the_board(ctx, id) for id in dict.fromkeys(args.proposals)]
    for proposal in proposals:
        require_standing(proposal)
    moved = [proposal.id for proposal in proposals if proposal.theme != args.theme]
    if not moved:
        return
    ctx.write(update(Proposal.__table__).where(Proposal.id.in_(moved)).values(theme=args.theme))
    ctx.emit(ProposalSorted(moved, args.theme))


@command("proposal.merge", "board", Merge)
def merge(ctx: Context, args: Merge) -> None:
    """Merge proposals into one with a wording of its own. They stand behind it, and it has the votes of all who voted
    on any of them, each person once. The command's id becomes the new proposal's."""
    step = _require_step(ctx)
    parts = [_on_the_board(ctx, id) for id in dict.fromkeys(args.proposals)]
    if len(parts) < 2:
        raise Refused("merge_few")
    for part in parts:
        require_standing(part)
    wording = text.proposal_text(args.wording)
    themes = {part.theme for part in parts}
    add(
        ctx,
        ctx.id,
        wording,
        names=step.settings.names,
        lane=parts[0].lane,
        author=ctx.who,
        theme=themes.pop() if len(themes) == 1 else None,
        revealed_at=ctx.now,
    )
    ids = [part.id for part in parts]
    ctx.write(
        insert(Lineage.__table__), [{"whole": ctx.id, "part": part, "by": ctx.who, "at": ctx.now} for part in ids]
    )
    behind = or_(Proposal.id.in_(ids), Proposal.merged_into.in_(ids))
    ctx.write(update(Proposal.__table__).where(behind).values(merged_into=ctx.id))
    ctx.answer["proposal"] = ctx.id
    whole = snapshot.proposals(ctx.db, Proposal.id == ctx.id)[0]
    ctx.emit(ProposalMerged(whole, ids), signed=step.settings.names == "named")


@command("proposal.split", "board", Which)
def split(ctx: Context, args: Which) -> None:
    """Split a merged proposal again: its parts stand for themselves. What it was made of stays on record."""
    _require_step(ctx)
    whole = _on_the_board(ctx, args.proposal)
    require_standing(whole)
    parts = _parts(ctx, whole.id)
    if not parts:
        raise Refused("proposal_not_merged")
    _set(ctx, whole.id, split_at=ctx.now)
    for part in parts:
        _set(ctx, part, merged_into=None)
        _stand_behind(ctx, part, part)
    ctx.emit(ProposalSplit(whole.id, parts))


def _parts(ctx: Context, whole: str) -> list[str]:
    return list(
        ctx.db.execute(
            select(Lineage.part)
            .join(Proposal, Proposal.id == Lineage.part)
            .where(Lineage.whole == whole)
            .order_by(Proposal.number)
        ).scalars()
    )


def _stand_behind(ctx: Context, of: str, part: str) -> None:
    """What had been merged into a part before stands behind that part again."""
    standing = ctx.db.execute(select(Proposal.split_at).where(Proposal.id == of)).scalar()
    if standing is not None:
        return
    for below in _parts(ctx, of):
        _set(ctx, below, merged_into=part)
        _stand_behind(ctx, below, part)


# --- what was private -----------------------------------------------------------------------------------------------


def reveal_private(ctx: Context) -> None:
    """Put on the board for everybody what was posted in private. The order of arrival is lost on purpose: it would tell
    who was quick."""
    private = ctx.db.execute(
        select(Proposal.id).where(
            Proposal.board == ctx.place.id,
            Proposal.revealed_at.is_(None),
            Proposal.withdrawn_at.is_(None),
            ~snapshot.LATE,
        )
    ).scalars()
    shuffled = sorted(private, key=lambda id: hashlib.sha256(f"{ctx.place.id} {id}".encode()).digest())
    if not shuffled:
        return
    first = 1 + ctx.db.execute(_LAST_NUMBER, {"board": ctx.place.id}).scalar_one()
    for number, id in enumerate(shuffled, start=first):
        _set(ctx, id, revealed_at=ctx.now, number=number)
    ctx.emit(ProposalsRevealed(snapshot.proposals(ctx.db, Proposal.id.in_(shuffled))))


# --- used by other commands too -------------------------------------------------------------------------------------


def add(ctx: Context, id: str, wording: str, *, kind: str = "proposal", **values: Any) -> None:
    """Write a card at the end of the board, with its first wording."""
    number = 1 + ctx.db.execute(_LAST_NUMBER, {"board": ctx.place.id}).scalar_one()
    card = {"id": id, "board": ctx.place.id, "kind": kind, "text": wording, "at": ctx.now, "number": number}
    ctx.write(_POST, card | values)
    ctx.write(_WORDING, {"of": id, "version": 1, "text": wording, "by": values.get("author") or ctx.who, "at": ctx.now})


def reword(ctx: Context, proposal: Row[Any], wording: str) -> None:
    """Give a card another text; the earlier one is kept. What is still private is heard of by nobody."""
    _set(ctx, proposal.id, text=wording)
    version = 1 + ctx.db.execute(_LAST_VERSION, {"of": proposal.id}).scalar_one()
    ctx.write(_WORDING, {"of": proposal.id, "version": version, "text": wording, "by": ctx.who, "at": ctx.now})
    if proposal.revealed_at is not None:
        ctx.emit(ProposalEdited(proposal.id, wording), signed=proposal.names == "named")


def find(ctx: Context, proposal: str) -> Row[Any]:
    row = ctx.db.execute(_FIND, {"proposal": proposal, "board": ctx.place.id}).one_or_none()
    if row is None:
        raise Refused("proposal_unknown")
    return row


def theme(ctx: Context, id: str) -> Row[Any]:
    row = ctx.db.execute(
        select(*Theme.__table__.c).where(Theme.id == id, Theme.board == ctx.place.id, Theme.dissolved_at.is_(None))
    ).one_or_none()
    if row is None:
        raise Refused("theme_unknown")
    return row


def require_standing(proposal: Row[Any]) -> None:
    """Raises Refused with the reason why a card is not on the board to be worked with."""
    match snapshot.status(proposal):
        case "hidden":
            raise Refused("proposal_hidden", reason=proposal.hidden_reason)
        case "withdrawn":
            raise Refused("proposal_withdrawn")
        case "merged":
            raise Refused("proposal_merged")
        case "split":
            raise Refused("proposal_split")
        case "late":
            raise Refused("proposal_late")
        case "parked":
            raise Refused("proposal_parked")


# --- helpers --------------------------------------------------------------------------------------------------------


def _say(
    ctx: Context,
    proposal: Row[Any],
    event: type[ProposalPosted] | type[ProposalReinstated] | type[ProposalRestored],
    signed: bool | None = None,
) -> None:
    """Tell the room of a whole card: signed as far as its author was promised, or by the one who moderates."""
    card = snapshot.proposals(ctx.db, Proposal.id == proposal.id)[0]
    made: Event = event(card)
    ctx.emit(made, signed=proposal.names == "named" if signed is None else signed)


def _require_step(ctx: Context) -> Step:
    board = ctx.place.row
    return steps.require_allowed(ctx.command, snapshot.current_step(board), board.step_open)


def _late_step(ctx: Context) -> Step | None:
    """The step that has just ended, while what was being written in it may still be sent, and none is open that takes
    it."""
    board = ctx.place.row
    now = steps.allowed_now(snapshot.current_step(board), board.step_open)
    if board.grace_step is None or ctx.now > board.grace_until or ctx.command in now:
        return None
    return next((step for step in snapshot.activity_steps(board) if step.id == board.grace_step), None)


def _require_lane(ctx: Context, step: Step, lane: str | None) -> None:
    """A proposal goes into a lane where the board has some; a line or an improvement may."""
    lanes = [lane["id"] for lane in ctx.place.row.lanes]
    if (lane is None and lanes and step.kind == "collect") or (lane is not None and lane not in lanes):
        raise Refused("lane_unknown")


def _require_room(ctx: Context, step: Step) -> None:
    """Is there room for one more: of one's own, or of the group's lines?"""
    standing = select(func.count()).select_from(Proposal).where(
        Proposal.board == ctx.place.id,
        Proposal.kind == step.settings.makes,
        Proposal.withdrawn_at.is_(None),
        Proposal.hidden_at.is_(None),
    )  # fmt: skip
    limit = step.settings.own_limit
    if limit is not None and ctx.db.execute(standing.where(Proposal.author == ctx.who)).scalar_one() >= limit:
        raise Refused("limit_reached", limit=limit)
    lines = step.settings.group_limit
    if lines is not None and ctx.db.execute(standing).scalar_one() >= lines:
        raise Refused("lines_full", limit=lines)


def _own(ctx: Context, id: str, step: Step) -> Row[Any]:
    """One's own card, or, where a group writes with one pen, one of the group's."""
    proposal = find(ctx, id)
    if proposal.kind == "given":
        raise Refused("proposal_given")
    if proposal.shared_from is not None:
        raise Refused("proposal_shared")
    one_pen = step.settings.one_pen and proposal.kind == step.settings.makes
    if proposal.author != ctx.who and not one_pen:
        raise Refused("proposal_not_own")
    return proposal


def _on_the_board(ctx: Context, id: str) -> Row[Any]:
    """A proposal that the group may sort, park or merge: revealed, and somebody's own idea."""
    proposal = find(ctx, id)
    _require_seen(proposal)
    if proposal.kind != "proposal":
        if proposal.kind == "given":
            raise Refused("proposal_given")
        raise Refused("proposal_unknown")
    return proposal


def _require_seen(proposal: Row[Any]) -> None:
    """What is still private is nobody else's business: it sounds like what does not exist."""
    if proposal.revealed_at is None:
        raise Refused("proposal_unknown")


def _set(ctx: Context, proposal: str, **values: Any) -> None:
    ctx.write(update(Proposal.__table__).where(Proposal.id == proposal).values(**values))


_FIND = snapshot.PROPOSALS.where(Proposal.id == bindparam("proposal"), Proposal.board == bindparam("board"))
_LAST_NUMBER = select(func.coalesce(func.max(Proposal.number), 0)).where(Proposal.board == bindparam("board"))
_LAST_VERSION = select(func.coalesce(func.max(Wording.version), 0)).where(Wording.of == bindparam("of"))
_POST = insert(Proposal.__table__)
_WORDING = insert(Wording.__table__)
