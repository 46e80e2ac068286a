"""Voting: a value on an item, set absolutely, so that sending it twice changes nothing."""

from __future__ import annotations

from typing import Any

from pydantic import Field
from sqlalchemy import Row, bindparam, delete, exists, insert, select, update
from sqlalchemy.orm import aliased

from .. import snapshot
from ..domain import ballots, steps, text
from ..domain.ballots import BallotRules
from ..domain.events import VoteCast, VoteEntered
from ..domain.refusals import Refused
from ..domain.steps import Step
from ..store.models import Elector, Organisation, Person, Proposal, Seat, Vote, new_id
from .context import Context
from .proposal import require_standing
from .results import emit_results
from .spec import ID, Args, command

VALUE = Field(ge=-100, le=10_000)


class Cast(Args):
    proposal: str = ID
    value: int = VALUE
    criterion: str = Field(default="", max_length=20)
    reason: str | None = Field(default=None, max_length=20_000)
    pinned: int | None = Field(default=None, ge=1, le=1_000_000)


class Rank(Args):
    order: list[str] = Field(max_length=2_000)


class EnteredVote(Args):
    proposal: str = ID
    value: int = VALUE
    criterion: str = Field(default="", max_length=20)
    reason: str | None = Field(default=None, max_length=20_000)


class Enter(Args):
    votes: list[EnteredVote] = Field(max_length=2_000)
    paper: str | None = Field(default=None, min_length=1, max_length=20, pattern=r"^[^\x00]+$")
    person: str | None = Field(default=None, max_length=12)
    organisation: str | None = Field(default=None, max_length=12)


@command("vote.cast", "board", Cast)
def cast(ctx: Context, args: Cast) -> None:
    """Set one's own value on an item: dots on it (0 takes them back); agree 1, pass 0, disagree -1; a point of a scale
    (0: no opinion) for a criterion; consent 3, with a reservation 2, stand aside 1, object 0 with a reason. `pinned` is
    the version of the criterion's guiding text that is on the screen."""
    board = ctx.place.row
    steps.require_allowed(ctx.command, snapshot.current_step(board), board.step_open)
    ballot = snapshot.current_ballot(ctx.db, board, ctx.who)
    if ballot is None or not ballot.elector:
        raise Refused("not_elector")
    rules = snapshot.ballot_rules(ballot)
    mine, _ = snapshot.my_votes(ctx.db, ballot, ctx.who)
    said = mine.get(args.proposal, {})
    item = _require_votable(ctx, snapshot.step_of(board, ballot), args.proposal, bool(said) and args.value == 0)
    reason = text.comment_text(args.reason) if args.reason and args.reason.strip() else None
    ballots.check(rules, mine, args.proposal, args.criterion, args.value, reason)

    voted_before = bool(mine)
    vote = {"ballot": ballot.id, "voter": ctx.who, "proposal": args.proposal, "criterion": args.criterion}
    told = {"value": args.value, "reason": reason, "pinned": _pinned(rules, args)}
    if item.whole:
        # What was said of its parts has moved into what is said of the whole.
        ctx.write(_TAKE_BACK_PARTS, {"this_ballot": ballot.id, "this_voter": ctx.who, "whole": args.proposal})
        ctx.write(_TAKE_BACK, _this(vote))
    if not ballots.is_kept(rules, args.value):
        ctx.write(_TAKE_BACK, _this(vote))
        mine.pop(args.proposal, None)
    elif args.criterion in said and not item.whole:
        ctx.write(_CHANGE, _this(vote | told))
    else:
        ctx.write(_CAST, vote | told)
        mine.setdefault(args.proposal, {})[args.criterion] = args.value
    ctx.answer |= {"proposal": args.proposal, "value": args.value}
    _tell(ctx, ballot, rules, changed=voted_before != bool(mine))


@command("vote.rank", "board", Rank)
def rank(ctx: Context, args: Rank) -> None:
    """Put the items in one's own order, the best first; it replaces the order before. It may leave some out; an empty
    one takes the vote back."""
    board = ctx.place.row
    steps.require_allowed(ctx.command, snapshot.current_step(board), board.step_open)
    ballot = snapshot.current_ballot(ctx.db, board, ctx.who)
    if ballot is None or not ballot.elector:
        raise Refused("not_elector")
    rules = snapshot.ballot_rules(ballot)
    ballots.check_order(rules, args.order, snapshot.items(ctx.db, board, snapshot.step_of(board, ballot)))
    voted_before = bool(snapshot.my_votes(ctx.db, ballot, ctx.who)[0])
    _clear(ctx, ballot.id, ctx.who)
    _write_order(ctx, ballot.id, ctx.who, args.order)
    _tell(ctx, ballot, rules, changed=voted_before != bool(args.order))


@command("vote.enter", "board", Enter)
def enter(ctx: Context, args: Enter) -> None:
    """Enter a whole ballot from paper (by the number on it), or of somebody of the group who has no device. Entering it
    again replaces it. Results say how many were entered so."""
    board = ctx.place.row
    step = steps.require_allowed(ctx.command, snapshot.current_step(board), board.step_open)
    ballot = snapshot.current_ballot(ctx.db, board)
    if ballot is None:
        raise Refused("ballot_none")
    rules = snapshot.ballot_rules(ballot)
    voter = _enter_elector(ctx, args, ballot.id, rules)
    _clear(ctx, ballot.id, voter)
    items = set(snapshot.items(ctx.db, board, step))
    if rules.kind == "ranking":
        order = [vote.proposal for vote in sorted(args.votes, key=lambda vote: vote.value)]
        ballots.check_order(rules, order, items)
        _write_order(ctx, ballot.id, voter, order)
    else:
        _write_entered(ctx, args.votes, ballot.id, voter, rules, items)
    ctx.emit(
        VoteEntered(
            snapshot.electors(ctx.db, ballot.id),
            snapshot.voted(ctx.db, ballot.id),
            snapshot.entered(ctx.db, ballot.id),
        )
    )
    if rules.live:
        emit_results(ctx)


def _tell(ctx: Context, ballot: Row[Any], rules: BallotRules, *, changed: bool) -> None:
    """The room hears how many have voted, and only when that number changes: a frame for every dot that moves would
    give away who is moving theirs. A live ballot's results follow every vote."""
    if changed:
        ctx.emit(VoteCast(snapshot.voted(ctx.db, ballot.id)))
    if rules.live:
        emit_results(ctx)


def _require_votable(ctx: Context, step: Step, proposal: str, takes_back: bool) -> Row[Any]:
    item = ctx.db.execute(_VOTABLE, {"proposal": proposal, "board": ctx.place.id}).one_or_none()
    kind, keys = step.settings.votes_on(ctx.place.row.lanes)
    if item is None or item.revealed_at is None or item.kind != kind or (keys is not None and item.key not in keys):
        raise Refused("proposal_unknown")
    if not takes_back:  # what was hidden after one's vote can still be taken back
        require_standing(item)
    return item


def _pinned(rules: BallotRules, args: Cast) -> int | None:
    """The version of the text that the criterion is about."""
    text = next((criterion.text for criterion in rules.criteria if criterion.id == args.criterion), None)
    return args.pinned if text is not None else None


def _enter_elector(ctx: Context, args: Enter, ballot: str, rules: BallotRules) -> str:
    """Whose ballot is entered: their id as a voter. They become an elector if they are none."""
    if (args.paper is None) == (args.person is None):
        raise Refused("no_elector")
    here = Elector.__table__.c
    if args.person is not None:
        person = _without_device(ctx, args.person)
        values = {"voter": person.id, "person": person.id, "organisation": person.organisation, "paper": None}
        known = ctx.db.execute(select(here.voter).where(here.ballot == ballot, here.voter == person.id)).scalar()
    else:
        if rules.secrecy == "named":
            raise Refused("ballot_named")
        home = args.organisation
        if (
            home is not None
            and not ctx.db.execute(
                select(Organisation.id).where(Organisation.id == home, Organisation.event == ctx.place.event)
            ).scalar()
        ):
            raise Refused("organisation_unknown")
        values = {"voter": new_id(), "person": None, "organisation": home, "paper": args.paper}
        known = ctx.db.execute(select(here.voter).where(here.ballot == ballot, here.paper == args.paper)).scalar()
    if known is None:
        ctx.write(insert(Elector.__table__).values(ballot=ballot, entered_by=ctx.who, **values))
        return str(values["voter"])
    ctx.write(
        update(Elector.__table__)
        .where(here.ballot == ballot, here.voter == known)
        .values(entered_by=ctx.who, organisation=values["organisation"])
    )
    return str(known)


def _without_device(ctx: Context, person: str) -> Row[Any]:
    """A participant of the group who has not come in on a device of their own."""
    query = select(*Person.__table__.c).where(
        Person.id == person,
        Person.event == ctx.place.event,
        Person.role == "participant",
        Person.closed_at.is_(None),
    )
    if ctx.place.row.group_kind != "plenary":
        query = query.where(exists().where(Seat.group == ctx.place.row.group, Seat.person == Person.id))
    row = ctx.db.execute(query).one_or_none()
    if row is None:
        raise Refused("no_elector")
    if row.joined_at is not None:
        raise Refused("has_device", name=row.name)
    return row


def _write_entered(
    ctx: Context, votes: list[EnteredVote], ballot: str, voter: str, rules: BallotRules, items: set[str]
) -> None:
    mine: dict[str, dict[str, int]] = {}
    for vote in votes:
        if vote.proposal not in items:
            raise Refused("proposal_unknown")
        if vote.criterion in mine.get(vote.proposal, {}):
            raise Refused("bad_message", why="“votes”: one value for each item and criterion")
        reason = text.comment_text(vote.reason) if vote.reason and vote.reason.strip() else None
        ballots.check(rules, mine, vote.proposal, vote.criterion, vote.value, reason)
        if ballots.is_kept(rules, vote.value):
            mine.setdefault(vote.proposal, {})[vote.criterion] = vote.value
            where = {"ballot": ballot, "voter": voter, "proposal": vote.proposal, "criterion": vote.criterion}
            ctx.write(_CAST, where | {"value": vote.value, "reason": reason, "pinned": None})


def _write_order(ctx: Context, ballot: str, voter: str, order: list[str]) -> None:
    if order:
        ranked = {"ballot": ballot, "voter": voter, "criterion": "", "reason": None, "pinned": None}
        ctx.write(_CAST, [ranked | {"proposal": item, "value": place} for place, item in enumerate(order, start=1)])


def _clear(ctx: Context, ballot: str, voter: str) -> None:
    ctx.write(_TAKE_BACK_ALL, {"this_ballot": ballot, "this_voter": voter})


def _this(vote: dict[str, Any]) -> dict[str, Any]:
    return {f"this_{key}": value for key, value in vote.items()}


_part = aliased(Proposal)
_VOTABLE: Any = select(
    Proposal.kind,
    Proposal.key,
    Proposal.revealed_at,
    Proposal.hidden_at,
    Proposal.hidden_reason,
    Proposal.withdrawn_at,
    Proposal.merged_into,
    Proposal.split_at,
    Proposal.late_at,
    Proposal.admitted_at,
    Proposal.parked_at,
    exists().where(_part.merged_into == Proposal.id).label("whole"),
).where(Proposal.id == bindparam("proposal"), Proposal.board == bindparam("board"))
_votes = Vote.__table__
_OWN = (_votes.c.ballot == bindparam("this_ballot")) & (_votes.c.voter == bindparam("this_voter"))
_THIS = _OWN & (_votes.c.proposal == bindparam("this_proposal")) & (_votes.c.criterion == bindparam("this_criterion"))
_CAST = insert(_votes)
_CHANGE = (
    update(_votes)
    .where(_THIS)
    .values(value=bindparam("this_value"), reason=bindparam("this_reason"), pinned=bindparam("this_pinned"))
)
_TAKE_BACK = delete(_votes).where(_THIS)
_TAKE_BACK_ALL = delete(_votes).where(_OWN)
_TAKE_BACK_PARTS = delete(_votes).where(
    _OWN & _votes.c.proposal.in_(select(Proposal.id).where(Proposal.merged_into == bindparam("whole")))
)
