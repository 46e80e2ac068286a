"""Recounting: everything that the tables say of each other, computed again from what was stored first.

`check(store, event)` returns what is off, in sentences; nothing off is an empty list.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, func, select

from . import snapshot
from .domain.ballots import BallotRules
from .domain.events import JSON
from .recount_ratification import recount_ratifications
from .store.db import Store
from .store.models import (
    Ballot,
    Board,
    Command,
    Comment,
    Conclusion,
    Day,
    Elector,
    Event,
    Log,
    Proposal,
    Room,
    Session,
    Source,
    Theme,
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
    positions: int = 0
    off: list[str] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        return not self.off


def check(store: Store, event: str | None = None) -> Recount:
    """Recount one event, or all of the installation."""
    with store.reading() as db:
        ids = [event] if event else list(db.execute(select(Event.id).order_by(Event.created_at)).scalars())
        return recount(db, *ids)


def recount(db: Db, *events: str) -> Recount:
    """Recount some events."""
    found = Recount()
    for id in events:
        found.events += 1
        for look in (_rooms, _ballots, _wordings, _provenance, _ratifications, _silence):
            found.off += look(db, id, found)
    return found


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
    """Nobody votes who is no elector, nobody beyond their budget or the cap, nobody on another board's items; and the
    count that pages show equals one made by hand."""
    boards = {row.id: row for row in db.execute(of_event(select(*Board.__table__.c), None, event))}
    for ballot in db.execute(of_event(select(*Ballot.__table__.c), Ballot.board, event)):
        recount.ballots += 1
        board = boards[ballot.board]
        votes = _votes(db, ballot)
        recount.votes += len(votes)
        allowed = set(db.execute(select(Elector.voter).where(Elector.ballot == ballot.id)).scalars())
        where = _where(ballot)
        if strangers := {vote.voter for vote in votes} - allowed:
            yield f"{where}: {len(strangers)} people voted who are no electors"
        if any(vote.board != ballot.board for vote in votes):
            yield f"{where}: votes on proposals of another board"
        unknown = list(_values(where, snapshot.ballot_rules(ballot), votes))
        yield from unknown
        if not unknown and any(step["id"] == ballot.step for step in board.activity["steps"]):
            yield from by_hand(db, board, ballot)


def _values(where: str, rules: BallotRules, votes: Sequence[Row[Any]]) -> Iterator[str]:
    """Values that no ballot of its kind could have taken."""
    if rules.kind == "dots":
        spent: Counter[str] = Counter()
        for vote in votes:
            spent[vote.voter] += abs(vote.value)
            if not 1 <= (abs(vote.value) if rules.against else vote.value) <= (rules.cap or 0):
                yield f"{where}: {vote.value} dots on one proposal, {rules.cap} is the cap"
        if over := [voter for voter, dots in spent.items() if dots > (rules.budget or 0)]:
            yield f"{where}: {len(over)} people spent more than {rules.budget} dots"
        return
    highest = {"approval": 1, "consent": 3, "scale": rules.points, "ranking": 10_000}[rules.kind]
    lowest = {"approval": -1, "consent": 0, "scale": 0, "ranking": 1}[rules.kind]
    if any(not lowest <= vote.value <= highest or vote.criterion not in rules.asked for vote in votes):
        yield f"{where}: a vote that a ballot of the kind {rules.kind} does not know"
    if rules.kind == "consent" and any(vote.value == 0 and not vote.reason for vote in votes):
        yield f"{where}: an objection without a reason"


def by_hand(db: Db, board: Row[Any], ballot: Row[Any]) -> Iterator[str]:
    """Count a ballot a second time, from its stored votes and in another way, and say where the count that pages show
    differs: turnout, scores, places, the organisations' scores."""
    where = _where(ballot)
    shown = snapshot.count(db, board, ballot)
    rows = _votes(db, ballot)
    electors = db.execute(select(*Elector.__table__.c).where(Elector.ballot == ballot.id)).all()
    voted = {row.voter for row in rows}
    entered = {e.voter for e in electors if e.entered_by is not None}
    if (shown["voted"], shown["electors"], shown["entered"]) != (len(voted), len(electors), len(voted & entered)):
        yield f"{where}: the turnout shown is not the number of people who voted"
    items = [row["proposal"] for row in shown["ranked"]]
    rules = snapshot.ballot_rules(ballot)
    said = _said(rules, rows, set(items))
    homes = {elector.voter: elector.organisation or elector.voice for elector in electors}
    scores = {item: _score(rules, item, items, said, list(said)) for item in items}
    for row in shown["ranked"]:
        if row.get("withheld"):
            continue
        item, score = row["proposal"], scores[row["proposal"]]
        better = sum(1 for other in items if _key(scores[other]) > _key(score))
        hidden = sum(
            1 for other in shown["ranked"] if other.get("withheld") and _key(scores[other["proposal"]]) > _key(score)
        )
        place = None if score is None else better - hidden + 1
        if row["score"] != _figure(score) or row["rank"] != place:
            yield f"{where}: proposal {item} is shown with {row['score']} at rank {row['rank']}, not {_figure(score)}"
        theirs = _organisations_score(rules, item, items, said, homes)
        if row["by_organisation"]["score"] != _figure(theirs):
            its = row["by_organisation"]["score"]
            yield f"{where}: proposal {item} is shown with {its} of the organisations, not {_figure(theirs)}"


Said = dict[str, dict[str, dict[str, int]]]


def _said(rules: BallotRules, rows: Sequence[Row[Any]], items: set[str]) -> Said:
    """Voter -> item -> criterion -> value, with what was said of parts joined where the whole was not voted on."""
    found: dict[tuple[str, str, str], dict[bool, list[int]]] = {}
    for row in rows:
        item = row.merged_into or row.proposal
        if item in items:
            both = found.setdefault((row.voter, item, row.criterion), {True: [], False: []})
            both[row.merged_into is None].append(row.value)
    direct = {(voter, item) for (voter, item, _), both in found.items() if both[True]}
    said: Said = {}
    for (voter, item, criterion), both in found.items():
        if both[True]:
            value = both[True][0]
        elif (voter, item) in direct:
            continue
        else:
            value = _joined(rules, both[False])
        if rules.kind != "dots" or value:
            said.setdefault(voter, {}).setdefault(item, {})[criterion] = value
    return said


def _joined(rules: BallotRules, values: list[int]) -> int:
    if rules.kind == "dots":
        return min(max(sum(values), -(rules.cap or 0)), rules.cap or 0)
    if rules.kind == "approval":
        return 1 if 1 in values else min(values)
    if rules.kind == "scale":
        opinions = sorted(filter(None, values))
        return opinions[(len(opinions) - 1) // 2] if opinions else 0
    return min(values)  # the best place, or the gravest word


def _score(rules: BallotRules, item: str, items: list[str], said: Said, voters: list[str]) -> Any:
    """One tally, over `voters`: of consents a tuple in the order that counts, otherwise one number, None if there is no
    opinion."""
    mine = [said[voter][item] for voter in voters if item in said.get(voter, {})]
    if rules.kind == "ranking":
        points = Fraction(0)
        for voter in voters:
            order = sorted(said[voter], key=lambda one: said[voter][one][""])
            rest = len(items) - len(order)
            points += len(items) - 1 - order.index(item) if item in order else Fraction(rest - 1, 2)
        return points
    if rules.kind == "scale":
        words = [Fraction(sum(v), len(v)) for v in ([x for x in one.values() if x] for one in mine) if v]
        return sum(words, Fraction(0)) / len(words) if words else None
    values = [one[""] for one in mine]
    if rules.kind == "consent":
        return tuple(Fraction(values.count(word)) for word in (0, 1, 2, 3))
    return Fraction(sum(values))


def _organisations_score(
    rules: BallotRules, item: str, items: list[str], said: Said, homes: dict[str, str | None]
) -> Any:
    people: dict[str, list[str]] = defaultdict(list)
    for voter in said:
        if homes.get(voter) is not None:
            people[str(homes[voter])].append(voter)
    voices: list[Any] = []
    for theirs in people.values():
        here = [voter for voter in theirs if item in said[voter]]
        if rules.kind in ("approval", "consent", "scale"):
            theirs = here
        if rules.kind == "dots" and not here:
            continue
        voice: Any = _score(rules, item, items, said, theirs) if theirs else None
        if voice is None:
            continue
        share = 1 if rules.kind == "scale" else len(theirs)
        voices.append([part / share for part in voice] if isinstance(voice, tuple) else voice / share)
    if rules.kind == "consent":
        return tuple(sum((voice[n] for voice in voices), Fraction(0)) for n in range(4))
    if rules.kind == "scale":
        return sum(voices, Fraction(0)) / len(voices) if voices else None
    return sum(voices, Fraction(0))


def _key(score: Any) -> Any:
    """By what places go: the larger the better; without an opinion behind all."""
    if isinstance(score, tuple):
        return (-score[0], -score[1], -score[2], score[3])
    return float("-inf") if score is None else score


def _figure(score: Any) -> float | int | None:
    """The score as pages show it."""
    if isinstance(score, tuple):
        score = score[3] + score[2] - score[0]
    if score is None:
        return None
    return int(score) if score.denominator == 1 else round(float(score), 3)


def _votes(db: Db, ballot: Row[Any]) -> Sequence[Any]:
    """The stored votes, with what stands for the proposal that they are on."""
    return db.execute(
        select(*Vote.__table__.c, Proposal.board, Proposal.merged_into)
        .join(Proposal, Proposal.id == Vote.proposal)
        .where(Vote.ballot == ballot.id)
    ).all()


def _where(ballot: Row[Any]) -> str:
    return f"ballot {ballot.id} of board {ballot.board}"


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
    """Every conclusion walks back to what was said on boards of its own day, and to figures that a recount still
    gives."""
    rows = db.execute(
        select(
            Conclusion.id,
            Conclusion.day,
            Source.number,
            Source.at,
            Source.kind,
            Source.proposal,
            Source.board,
            Source.figures,
            Source.ballot,
            Proposal.board.label("proposed_on"),
            Theme.board.label("named_on"),
            Session.day.label("said_on"),
        )
        .join(Day, Day.id == Conclusion.day)
        .outerjoin(Source, Source.conclusion == Conclusion.id)
        .outerjoin(Proposal, Proposal.id == Source.proposal)
        .outerjoin(Theme, Theme.id == Source.theme)
        .outerjoin(Board, Board.id == Source.board)
        .outerjoin(Session, Session.id == Board.session)
        .where(Day.event == event)
    ).all()
    recount.conclusions += len({row.id for row in rows})
    for row in rows:
        if row.number is None:
            yield f"conclusion {row.id}: it does not say which proposal it comes from"
        elif row.board not in (row.proposed_on, row.named_on):
            yield f"conclusion {row.id}: what it rests on is on another board"
        elif row.said_on != row.day:
            yield f"conclusion {row.id}: its proposal was made on another day"
        elif row.ballot is not None and row.kind == "proposal":
            yield from _figures(db, row)


def _figures(db: Db, row: Row[Any]) -> Iterator[str]:
    """The figures that a conclusion was promoted with, against the votes on its proposal."""
    ballot = db.execute(select(*Ballot.__table__.c).where(Ballot.id == row.ballot)).one()
    if ballot.closed_at is None or ballot.closed_at > row.at or ballot.kind not in ("dots", "approval", "consent"):
        return  # the vote was opened again since: the figures are those of the moment of promotion
    merged = db.execute(select(Proposal.id).where(Proposal.merged_into == row.proposal)).first()
    if merged is not None:
        return  # several votes of a person count as one there; the ballot's own recount has looked at it
    values = list(
        db.execute(select(Vote.value).where(Vote.ballot == ballot.id, Vote.proposal == row.proposal)).scalars()
    )
    words = {"approval": {"agree": 1, "pass": 0, "disagree": -1}, "consent": {"agree": 3, "reservation": 2, "aside": 1}}
    counted: JSON = {name: values.count(value) for name, value in words.get(ballot.kind, {}).items()}
    counted |= {"voters": len(values)} | ({"dots": sum(v for v in values if v > 0)} if ballot.kind == "dots" else {})
    shown = {key: row.figures[key] for key in counted}
    if shown != counted:
        yield f"conclusion {row.id}: it was promoted with {shown}, a recount gives {counted}"


def _ratifications(db: Db, event: str, recount: Recount) -> Iterator[str]:
    """What everybody was told when a ratification closed is what the stored positions say."""
    for positions, off in recount_ratifications(db, event):
        recount.positions += positions
        if off is not None:
            yield off


def _silence(db: Db, event: str, recount: Recount) -> Iterator[str]:
    """What was promised to have no name has none in the log, and what is private still is in no event."""
    quiet: dict[str, tuple[str | None, bool]] = {}
    silent = (Proposal.names != "named") | Proposal.revealed_at.is_(None)
    proposals = select(Proposal.id, Proposal.author, Proposal.revealed_at).where(silent)
    for row in db.execute(of_event(proposals, Proposal.board, event)):
        quiet[row.id] = (row.author, row.revealed_at is None)
    comments = select(Comment.id, Comment.author).where(Comment.names != "named")
    for row in db.execute(of_event(comments, Comment.board, event)):
        quiet[row.id] = (row.author, False)
    if not quiet:
        return
    logged = db.execute(select(Log.room, Log.seq, Log.name, Log.by, Log.data).join(Room, Room.id == Log.room).where(
        Room.event == event, Log.name.in_(SPEAKING)
    ))  # fmt: skip
    for row in logged:
        about = row.data.get("proposal") or row.data.get("comment")
        id = about["id"] if isinstance(about, dict) else about
        if id not in quiet:
            continue
        author, private = quiet[id]
        if private:
            yield f"{row.room} #{row.seq}: {row.name} tells of a proposal that is private"
        elif row.by == author or (isinstance(about, dict) and about.get("author") == author):
            yield f"{row.room} #{row.seq}: {row.name} names the author of something that was to have no name"


SPEAKING = (
    *("proposal.posted", "proposal.edited", "proposal.withdrawn", "proposal.reinstated"),
    *("comment.posted", "comment.withdrawn"),
)


def of_event(query: Any, board_column: Any, event: str) -> Any:
    """`query`, joined over `board_column`, for the boards of one event; without it the query is one of boards."""
    if board_column is not None:
        query = query.join(Board, Board.id == board_column)
    return query.join(Session, Session.id == Board.session).join(Day, Day.id == Session.day).where(Day.event == event)
