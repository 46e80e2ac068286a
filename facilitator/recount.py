"""Recounting: everything that the tables say of each other, computed again from what was stored first.

`check(store, event)` returns what is off, in sentences; nothing off is an empty list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, func, select

from . import snapshot
from .domain import ballots
from .store.db import Store
from .store.models import (
    Ballot,
    Board,
    Command,
    Conclusion,
    Day,
    Elector,
    Event,
    Log,
    Proposal,
    Room,
    Session,
    Source,
    Vote,
    Wording,
)


@dataclass
class Recount:
    """How much was looked at, and what is off."""

    events: int = 0
    rooms: int = 0
    ballots: int = 0
    votes: int = 0
    proposals: int = 0
    conclusions: int = 0
    off: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.off


def check(store: Store, event: str | None = None) -> Recount:
    """Recount one event, or all of the installation."""
    recount = Recount()
    with store.reading() as db:
        ids = [event] if event else list(db.execute(select(Event.id).order_by(Event.created_at)).scalars())
        for id in ids:
            recount.events += 1
            for look in (_rooms, _ballots, _wordings, _provenance):
                recount.off += look(db, id, recount)
    return recount


def _rooms(db: Db, event: str, recount: Recount) -> Iterator[str]:
    """Sequences run from 1 to the room's clock without a gap, and no command answers with a later moment."""
    rows = db.execute(
        select(Room.id, Room.seq, func.count(Log.seq).label("n"), func.max(Log.seq).label("last"))
        .outerjoin(Log, Log.room == Room.id)
        .where(Room.event == event)
        .group_by(Room.id, Room.seq)
    )
    for row in rows:
        recount.rooms += 1
        if not row.n == (row.last or 0) == row.seq:
            yield f"{row.id}: its clock says {row.seq}, its log has {row.n} events up to {row.last or 0}"
    known = {row.id: row.seq for row in db.execute(select(Room.id, Room.seq).where(Room.event == event))}
    for command in db.execute(select(Command.room, Command.id, Command.reply)):
        if command.room in known and command.reply.get("seq", 0) > known[command.room]:
            yield f"{command.room}: command {command.id} was answered with a moment that the room has not reached"


def _ballots(db: Db, event: str, recount: Recount) -> Iterator[str]:
    """Nobody votes who is no elector, nobody beyond their budget or the cap, nobody on another board's proposal; and
    the count that pages show equals one made by hand."""
    for ballot in db.execute(of_event(select(*Ballot.__table__.c, Board.step.label("now")), Ballot.board, event)):
        recount.ballots += 1
        votes = db.execute(
            select(Vote.voter, Vote.proposal, Vote.value, Proposal.board)
            .join(Proposal, Proposal.id == Vote.proposal)
            .where(Vote.ballot == ballot.id)
        ).all()
        recount.votes += len(votes)
        allowed = set(db.execute(select(Elector.person).where(Elector.ballot == ballot.id)).scalars())
        where = f"ballot {ballot.id} of board {ballot.board}"
        if strangers := {vote.voter for vote in votes} - allowed:
            yield f"{where}: {len(strangers)} people voted who are no electors"
        if any(vote.board != ballot.board for vote in votes):
            yield f"{where}: votes on proposals of another board"
        yield from _budgets(where, ballot, votes)
        yield from _by_hand(db, where, ballot, votes)


def _budgets(where: str, ballot: Row[Any], votes: Any) -> Iterator[str]:
    if ballot.kind != "dots":
        if any(vote.value not in (-1, 0, 1) for vote in votes):
            yield f"{where}: a vote that is neither agree, pass nor disagree"
        return
    spent: Counter[str] = Counter()
    for vote in votes:
        spent[vote.voter] += vote.value
        if not 1 <= vote.value <= (ballot.cap or ballot.budget):
            yield f"{where}: {vote.value} dots on one proposal, {ballot.cap} is the cap"
    if over := [voter for voter, dots in spent.items() if dots > ballot.budget]:
        yield f"{where}: {len(over)} people spent more than {ballot.budget} dots"


def _by_hand(db: Db, where: str, ballot: Row[Any], votes: Any) -> Iterator[str]:
    shown = snapshot.count(db, ballot.board, ballot)
    values: dict[str, list[int]] = defaultdict(list)
    for vote in votes:
        values[vote.proposal].append(vote.value)
    if shown["voted"] != len({vote.voter for vote in votes}) or shown["voted"] != snapshot.voted(db, ballot.id):
        yield f"{where}: the turnout shown is not the number of people who voted"
    for row in shown["ranked"]:
        cast = values[row["proposal"]]
        score = sum(cast)  # dots, or agree minus disagree: the sum of the values in both
        better = sum(1 for other in shown["ranked"] if sum(values[other["proposal"]]) > score)
        if (row["score"], row["rank"]) != (score, better + 1):
            yield f"{where}: proposal {row['proposal']} is shown with {row['score']} at rank {row['rank']}, not {score}"


def _wordings(db: Db, event: str, recount: Recount) -> Iterator[str]:
    """Every wording is kept: versions run from 1, and the last one stands."""
    standing = {
        row.id: row.text for row in db.execute(of_event(select(Proposal.id, Proposal.text), Proposal.board, event))
    }
    recount.proposals += len(standing)
    conclusions = (
        select(Conclusion.id, Conclusion.wording).join(Day, Day.id == Conclusion.day).where(Day.event == event)
    )
    standing |= {row.id: row.wording for row in db.execute(conclusions)}
    kept: dict[str, list[str]] = defaultdict(list)
    for row in db.execute(select(Wording.of, Wording.text).order_by(Wording.of, Wording.version)):
        kept[row.of].append(row.text)
    for id, text in standing.items():
        if not kept[id] or kept[id][-1] != text:
            yield f"{id}: its wording is not the last one that was kept"


def _provenance(db: Db, event: str, recount: Recount) -> Iterator[str]:
    """Every conclusion walks back to a proposal of its own day, and to figures that a recount still gives."""
    rows = db.execute(
        select(
            Conclusion.id,
            Conclusion.day,
            Conclusion.at,
            Source.proposal,
            Source.figures,
            Source.ballot,
            Session.day.label("proposed_on"),
        )
        .join(Day, Day.id == Conclusion.day)
        .outerjoin(Source, Source.conclusion == Conclusion.id)
        .outerjoin(Proposal, Proposal.id == Source.proposal)
        .outerjoin(Board, Board.id == Proposal.board)
        .outerjoin(Session, Session.id == Board.session)
        .where(Day.event == event)
    ).all()
    for row in rows:
        recount.conclusions += 1
        if row.proposal is None:
            yield f"conclusion {row.id}: it does not say which proposal it comes from"
        elif row.proposed_on != row.day:
            yield f"conclusion {row.id}: its proposal was made on another day"
        elif row.ballot is not None:
            yield from _figures(db, row)


def _figures(db: Db, row: Row[Any]) -> Iterator[str]:
    ballot = db.execute(select(*Ballot.__table__.c).where(Ballot.id == row.ballot)).one()
    if ballot.closed_at is None or ballot.closed_at > row.at:
        return  # the vote was opened again since: the figures are those of the moment of promotion
    values = db.execute(select(Vote.value).where(Vote.ballot == ballot.id, Vote.proposal == row.proposal)).scalars()
    counted = ballots.KINDS[ballot.kind].tally(list(values))
    shown = {key: row.figures[key] for key in counted}
    if shown != counted:
        yield f"conclusion {row.id}: it was promoted with {shown}, a recount gives {counted}"


def of_event(query: Any, board_column: Any, event: str) -> Any:
    """`query`, joined over `board_column`, for the boards of one event."""
    return (
        query.join(Board, Board.id == board_column)
        .join(Session, Session.id == Board.session)
        .join(Day, Day.id == Session.day)
        .where(Day.event == event)
    )
