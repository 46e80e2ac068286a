"""Voting: a value on a proposal, set absolutely, so that sending it twice changes nothing."""

from __future__ import annotations

from pydantic import Field
from sqlalchemy import and_, bindparam, delete, insert, select, update

from .. import snapshot
from ..domain import ballots, steps
from ..domain.events import VoteCast
from ..domain.refusals import Refused
from ..store.models import Proposal, Vote
from .context import Context
from .spec import ID, Args, command


class Cast(Args):
    proposal: str = ID
    value: int = Field(ge=-1, le=100)


@command("vote.cast", "board", Cast)
def cast(ctx: Context, args: Cast) -> None:
    """Set one's own value on a proposal: dots on it (0 takes them back), or agree 1, pass 0, disagree -1."""
    board = ctx.place.row
    steps.require_allowed(ctx.command, snapshot.current_step(board), board.step_open)
    ballot = snapshot.current_ballot(ctx.db, board, ctx.who)
    if ballot is None or not ballot.elector:
        raise Refused("not_elector")
    mine = snapshot.my_votes(ctx.db, ballot.id, ctx.who)
    _require_votable(ctx, args, mine)
    rules = snapshot.ballot_rules(ballot)
    ballots.check(rules, mine, args.proposal, args.value)

    voted_before = bool(mine)
    vote = {"ballot": ballot.id, "voter": ctx.who, "proposal": args.proposal, "value": args.value}
    if rules.kind == "dots" and args.value == 0:
        ctx.write(_TAKE_BACK, {f"this_{key}": vote[key] for key in ("ballot", "voter", "proposal")})
        mine.pop(args.proposal, None)
    elif args.proposal in mine:
        ctx.write(_CHANGE, {f"this_{key}": value for key, value in vote.items()})
    else:
        ctx.write(_CAST, vote)
        mine[args.proposal] = args.value
    ctx.answer |= {"proposal": args.proposal, "value": args.value}
    # The room hears how many have voted, and only when that number changes: a frame for every dot that moves would
    # give away who is moving theirs.
    if voted_before != bool(mine):
        ctx.emit(VoteCast(snapshot.voted(ctx.db, ballot.id)))


def _require_votable(ctx: Context, args: Cast, mine: dict[str, int]) -> None:
    proposal = ctx.db.execute(_VOTABLE, {"proposal": args.proposal, "board": ctx.place.id}).one_or_none()
    if proposal is None:
        raise Refused("proposal_unknown")
    if args.value == 0 and args.proposal in mine:
        return  # what was hidden after one's vote can still be taken back
    if proposal.hidden_at is not None:
        raise Refused("proposal_hidden", reason=proposal.hidden_reason)
    if proposal.withdrawn_at is not None:
        raise Refused("proposal_withdrawn")


_VOTABLE = select(Proposal.hidden_at, Proposal.hidden_reason, Proposal.withdrawn_at).where(
    Proposal.id == bindparam("proposal"), Proposal.board == bindparam("board")
)
_votes = Vote.__table__
_THIS = and_(
    _votes.c.ballot == bindparam("this_ballot"),
    _votes.c.voter == bindparam("this_voter"),
    _votes.c.proposal == bindparam("this_proposal"),
)
_CAST = insert(_votes)
_CHANGE = update(_votes).where(_THIS).values(value=bindparam("this_value"))
_TAKE_BACK = delete(_votes).where(_THIS)
