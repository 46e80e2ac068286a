"""Ballots as the room sees them: their rules and turnout while they run, their results once those are on show."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, Select, bindparam, exists, func, select

from ..domain import ballots
from ..domain.ballots import BallotRules
from ..domain.events import JSON
from ..domain.steps import Step
from ..store.models import Ballot, Elector, Proposal, Vote


def current_ballot(db: Db, board: Row[Any], who: str = "") -> Row[Any] | None:
    """The ballot that the current step is about: the last round of its own, or of the nearest vote step before it.
    `elector` says whether `who` may vote in it."""
    up_to_here: list[str] = []
    for step in board.activity["steps"]:
        up_to_here.append(step["id"])
        if step["id"] == board.step:
            break
    else:
        return None
    held = {b.step: b for b in db.execute(_BALLOTS, {"board": board.id, "who": who})}
    return next((held[step] for step in reversed(up_to_here) if step in held), None)


def step_of(board: Row[Any], ballot: Row[Any]) -> Step:
    """The step that a ballot was opened in."""
    return Step.from_data(next(step for step in board.activity["steps"] if step["id"] == ballot.step))


def ballot_rules(ballot: Row[Any]) -> BallotRules:
    return BallotRules.from_data(ballot.rules)


def ballot_card(db: Db, board: Row[Any]) -> JSON | None:
    ballot = current_ballot(db, board)
    if ballot is None:
        return None
    kind, keys = step_of(board, ballot).settings.votes_on(board.lanes)
    return {
        "id": ballot.id,
        **ballot_rules(ballot).public(),
        "round": ballot.round,
        "of": {"kind": kind, "keys": None if keys is None else list(keys)},
        "electors": electors(db, ballot.id),
        "voted": voted(db, ballot.id),
        "entered": entered(db, ballot.id),
    }


def electors(db: Db, ballot: str) -> int:
    return int(db.execute(_ELECTORS, {"ballot": ballot}).scalar_one())


def voted(db: Db, ballot: str) -> int:
    """How many have cast a vote. Dots that were all taken back are no vote; an explicit pass is one."""
    return int(db.execute(_VOTED, {"ballot": ballot}).scalar_one())


def entered(db: Db, ballot: str) -> int:
    """How many of those who have voted did so through a scribe."""
    return int(db.execute(_ENTERED, {"ballot": ballot}).scalar_one())


# --- results --------------------------------------------------------------------------------------------------------


def shows_results(board: Row[Any]) -> bool:
    """Are results on show: in a reveal, or while a live ballot's own step is the current one?"""
    step = next((step for step in board.activity["steps"] if step["id"] == board.step), None)
    if step is None:
        return False
    settings = Step.from_data(step).settings
    return settings.shows_results or (settings.rules is not None and settings.rules.live)


def results(db: Db, board: Row[Any]) -> JSON | None:
    """The results of the current ballot while they are on show; None otherwise, for everybody."""
    ballot = current_ballot(db, board) if shows_results(board) else None
    if ballot is None:
        return None
    step = next(step for step in board.activity["steps"] if step["id"] == board.step)
    return {
        **count(db, board, ballot, step.get("shortlist")),
        "counted_at": ballot.counted_at,
        "recounted_at": ballot.recounted_at,
        "earlier": [
            {"round": before.round, **_outline(count(db, board, before))}
            for before in db.execute(_EARLIER, {"board": board.id, "step": ballot.step, "round": ballot.round})
        ],
    }


def count(db: Db, board: Row[Any], ballot: Row[Any], shortlist: int | None = None) -> JSON:
    """Count a ballot from its stored votes: see `domain.ballots.count`. Only what stands on the board is ranked."""
    rules = ballot_rules(ballot)
    return {
        "ballot": rules.public(),
        "round": ballot.round,
        **ballots.count(
            rules,
            items(db, board, step_of(board, ballot)),
            votes_of(db, board, ballot),
            electorate(db, ballot),
            shortlist,
        ),
    }


def items(db: Db, board: Row[Any], step: Step) -> list[str]:
    """What a ballot of `step` is about, as far as it stands, in order of arrival."""
    kind, keys = step.settings.votes_on(board.lanes)
    found = db.execute(_ITEMS, {"board": board.id, "kind": kind}).all()
    return [row.id for row in found if keys is None or row.key in keys]


def votes_of(db: Db, board: Row[Any], ballot: Row[Any]) -> list[ballots.Vote]:
    """The votes of a ballot, those on merged proposals counted for what stands for them."""
    into = {row.id: row.merged_into for row in db.execute(_MERGED, {"board": board.id})}
    stored = [
        ballots.Vote(row.voter, row.proposal, row.criterion, row.value, row.reason, row.pinned)
        for row in db.execute(_VOTES, {"ballot": ballot.id})
    ]
    return ballots.fold(ballot_rules(ballot), stored, into) if into else stored


def electorate(db: Db, ballot: Row[Any]) -> list[ballots.Elector]:
    rows = db.execute(select(*Elector.__table__.c).where(Elector.ballot == ballot.id).order_by(Elector.voter))
    return [ballots.Elector(row.voter, row.organisation or row.voice, row.entered_by is not None) for row in rows]


def _outline(counted: JSON) -> JSON:
    """What an earlier round is remembered by."""
    places = ("proposal", "rank", "tied", "score")
    return {
        "electors": counted["electors"],
        "voted": counted["voted"],
        "ranked": [{key: row[key] for key in places} for row in counted["ranked"]],
    }


# --- one's own ------------------------------------------------------------------------------------------------------


def my_votes(db: Db, ballot: Row[Any], voter: str) -> tuple[dict[str, dict[str, int]], dict[str, str]]:
    """A voter's own values, item -> criterion -> value, and the reasons that they gave. Votes on what was merged are
    shown as they count: on what stands for it."""
    rows = db.execute(_MY_VOTES, {"ballot": ballot.id, "voter": voter}).all()
    votes = [ballots.Vote(voter, row.proposal, row.criterion, row.value, row.reason, row.pinned) for row in rows]
    into = {row.proposal: row.merged_into for row in rows if row.merged_into is not None}
    if into:
        votes = ballots.fold(ballot_rules(ballot), votes, into)
    mine: dict[str, dict[str, int]] = {}
    reasons: dict[str, str] = {}
    for vote in votes:
        mine.setdefault(vote.item, {})[vote.criterion] = vote.value
        if vote.reason:
            reasons[vote.item] = vote.reason
    return mine, reasons


_BALLOTS: Select[Any] = (
    select(
        *Ballot.__table__.c,
        exists().where(Elector.ballot == Ballot.id, Elector.voter == bindparam("who")).label("elector"),
    )
    .where(Ballot.board == bindparam("board"))
    .order_by(Ballot.round)
)
_EARLIER: Select[Any] = (
    select(*Ballot.__table__.c)
    .where(Ballot.board == bindparam("board"), Ballot.step == bindparam("step"), Ballot.round < bindparam("round"))
    .order_by(Ballot.round)
)
_ELECTORS = select(func.count()).select_from(Elector).where(Elector.ballot == bindparam("ballot"))
_VOTED = select(func.count(func.distinct(Vote.voter))).where(Vote.ballot == bindparam("ballot"))
_ENTERED = (
    select(func.count(func.distinct(Vote.voter)))
    .join(Elector, (Elector.ballot == Vote.ballot) & (Elector.voter == Vote.voter))
    .where(Vote.ballot == bindparam("ballot"), Elector.entered_by.is_not(None))
)
_ITEMS = (
    select(Proposal.id, Proposal.key)
    .where(
        Proposal.board == bindparam("board"),
        Proposal.kind == bindparam("kind"),
        Proposal.revealed_at.is_not(None),
        Proposal.hidden_at.is_(None),
        Proposal.withdrawn_at.is_(None),
        Proposal.merged_into.is_(None),
        Proposal.split_at.is_(None),
        Proposal.parked_at.is_(None),
    )
    .order_by(Proposal.number)
)
_MERGED = select(Proposal.id, Proposal.merged_into).where(
    Proposal.board == bindparam("board"), Proposal.merged_into.is_not(None)
)
_VOTES = select(Vote.voter, Vote.proposal, Vote.criterion, Vote.value, Vote.reason, Vote.pinned).where(
    Vote.ballot == bindparam("ballot")
)
_MY_VOTES = (
    select(Vote.proposal, Vote.criterion, Vote.value, Vote.reason, Vote.pinned, Proposal.merged_into)
    .join(Proposal, Proposal.id == Vote.proposal)
    .where(Vote.ballot == bindparam("ballot"), Vote.voter == bindparam("voter"), Proposal.split_at.is_(None))
    .order_by(Proposal.number, Vote.criterion)
)
