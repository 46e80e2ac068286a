"""What a client starts from: the state of a room as everybody there may see it, and `me`, what is only one's own.

`state(old) + events == snapshot` holds for every command; the client's reducer keeps the same shapes. README's
*Protocol* describes them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, Select, bindparam, exists, func, or_, select

from . import access
from .access import Place
from .domain import ballots
from .domain.ballots import BallotRules
from .domain.events import EVENTS, JSON, for_screen
from .domain.steps import BOUND_TO_STEPS, Step, allowed_now
from .domain.wording import difference
from .store.models import (
    Ballot,
    Board,
    Conclusion,
    Day,
    Elector,
    Event,
    Group,
    JoinCode,
    Log,
    Organisation,
    Person,
    Proposal,
    Room,
    Seat,
    Session,
    Source,
    Vote,
    Wording,
)

CATCH_UP_LIMIT = 500
"""More events than this, and a snapshot is the shorter way."""


class Snapshots:
    """Answers `watch`. The state of a room is built once per sequence number, however many people ask for it."""

    def __init__(self, keep: int = 200) -> None:
        self._kept: OrderedDict[tuple[str, bool], tuple[int, JSON]] = OrderedDict()
        self._keep = keep
        self._lock = threading.Lock()

    def watch(self, db: Db, place: Place, since: int | None = None) -> JSON:
        """`{"room", "seq", "snapshot" | "events", "me"}`, all of one moment.

        `since` is the last sequence number that the client has; events after it come where that is the shorter and
        the discreet way, a snapshot otherwise.
        """
        seq = db.execute(_SEQ, {"room": place.room}).scalar_one()
        answer: JSON = {"room": place.room, "seq": seq, "me": me(db, place)}
        events = self._events(db, place, since, seq)
        if events is not None:
            answer["events"] = events
        else:
            answer["snapshot"] = self._state(db, place, seq)
        return answer

    def _events(self, db: Db, place: Place, since: int | None, seq: int) -> list[JSON] | None:
        if since is None or not max(0, seq - CATCH_UP_LIMIT) <= since <= seq:
            return None
        if since == seq:
            return []
        rows = db.execute(_LOGGED, {"room": place.room, "since": since, "seq": seq}).all()
        if any(EVENTS[row.name].retracts for row in rows):
            return None
        events = [event_of(row) for row in rows]
        return for_screen(events) if place.role == "projector" else events

    def _state(self, db: Db, place: Place, seq: int) -> JSON:
        screen = place.role == "projector"
        with self._lock:
            kept = self._kept.get((place.room, screen))
        if kept and kept[0] == seq:
            return kept[1]
        state: JSON = STATES[place.kind](db, place.id)
        if screen:
            state = for_screen(state)
        with self._lock:
            self._kept[place.room, screen] = (seq, state)
            self._kept.move_to_end((place.room, screen))
            while len(self._kept) > self._keep:
                self._kept.popitem(last=False)
        return state


def event_of(row: Row[Any]) -> JSON:
    """An event out of the log, as it travelled."""
    kind = EVENTS[row.name]
    event: JSON = {"seq": row.seq, "name": row.name}
    if kind.signed:
        event |= {"at": row.at, "by": row.by}
    if kind.asks_me:
        event["me"] = True
    data: JSON = row.data
    return event | data


# --- an event's room ------------------------------------------------------------------------------------------------


def event_state(db: Db, event: str) -> JSON:
    row = db.execute(select(*Event.__table__.c).where(Event.id == event)).one()
    code = db.execute(select(JoinCode.code).where(JoinCode.event == event, JoinCode.expired_at.is_(None))).scalar()
    people = [person_card(person, groups) for person, groups in _people(db, event)]
    return {
        "id": row.id,
        "title": row.title,
        "place": row.place,
        "purpose": row.purpose,
        "sample": row.sample,
        "join_code": code,
        "joined": sum(1 for card in people if card["joined"] and card["role"] == "participant"),
        "now": row.now_session,
        "days": _days(db, event),
        "groups": {
            g.id: {"id": g.id, "name": g.name, "kind": g.kind, "number": g.number}
            for g in db.execute(select(*Group.__table__.c).where(Group.event == event).order_by(Group.number))
        },
        "organisations": {
            o.id: {"id": o.id, "name": o.name, "kind": o.kind}
            for o in db.execute(
                select(*Organisation.__table__.c).where(Organisation.event == event).order_by(Organisation.name)
            )
        },
        "people": {card["id"]: card for card in people},
    }


def _days(db: Db, event: str) -> list[JSON]:
    sessions: dict[str, list[JSON]] = {}
    rows = db.execute(
        select(*Session.__table__.c)
        .join(Day, Day.id == Session.day)
        .where(Day.event == event)
        .order_by(Day.number, Session.number)
    )
    boards: dict[str, list[JSON]] = {}
    for b in db.execute(
        select(Board.id, Board.session, Board.group)
        .join(Session, Session.id == Board.session)
        .join(Day, Day.id == Session.day)
        .join(Group, Group.id == Board.group)
        .where(Day.event == event)
        .order_by(Group.number)
    ):
        boards.setdefault(b.session, []).append({"id": b.id, "group": b.group})
    for row in rows:
        sessions.setdefault(row.day, []).append(session_card(row, boards.get(row.id, [])))
    return [
        {"id": d.id, "number": d.number, "date": d.date, "title": d.title, "sessions": sessions.get(d.id, [])}
        for d in db.execute(select(*Day.__table__.c).where(Day.event == event).order_by(Day.number))
    ]


def session_card(row: Row[Any], boards: list[JSON]) -> JSON:
    return {
        "id": row.id,
        "number": row.number,
        "kind": row.kind,
        "title": row.title,
        "description": row.description,
        "starts_at": row.starts_at,
        "minutes": row.minutes,
        "opened_at": row.opened_at,
        "closed_at": row.closed_at,
        "boards": boards,
    }


def _people(db: Db, event: str) -> Iterable[tuple[Row[Any], list[str]]]:
    seats: dict[str, list[str]] = {}
    for seat in db.execute(
        select(Seat.person, Seat.group)
        .join(Group, Group.id == Seat.group)
        .where(Group.event == event)
        .order_by(Group.number)
    ):
        seats.setdefault(seat.person, []).append(seat.group)
    rows = db.execute(
        select(*Person.__table__.c)
        .where(Person.event == event, Person.origin != "import", Person.role != "projector")
        .order_by(Person.created_at, Person.id)
    )
    return [(row, seats.get(row.id, [])) for row in rows]


def person_card(row: Row[Any], groups: list[str]) -> JSON:
    """What everybody at the event may know of a person."""
    return {
        "id": row.id,
        "name": row.name,
        "organisation": row.organisation,
        "role": row.role,
        "groups": groups,
        "joined": row.joined_at is not None,
    }


# --- a board's room -------------------------------------------------------------------------------------------------

_EDITED = (
    select(func.count(Wording.version)).where(Wording.of == Proposal.id).correlate(Proposal).scalar_subquery()
).label("wordings")
PROPOSALS: Select[Any] = select(*Proposal.__table__.c, _EDITED)


def board(db: Db, board_id: str) -> Row[Any]:
    """The board's row as it is now in this transaction, with its session, day and group."""
    row = access.board_row(db, board_id)
    assert row is not None
    return row


def board_state(db: Db, board_id: str) -> JSON:
    row = board(db, board_id)
    proposals = db.execute(PROPOSALS.where(Proposal.board == board_id).order_by(Proposal.number))
    return {
        "id": row.id,
        "event": row.event,
        "day": row.day,
        "session": row.session,
        "group": row.group,
        "title": row.title,
        "group_name": row.group_name,
        "prompt": row.prompt,
        "lanes": row.lanes,
        "activity": row.activity,
        "step": row.step,
        "open": row.step_open,
        "can": can(row),
        "timer": timer(row),
        "proposals": {p.id: proposal(p) for p in proposals},
        "ballot": ballot_card(db, row),
        "results": results(db, row),
    }


def proposal(row: Row[Any]) -> JSON:
    """A proposal as the room sees it. What was withdrawn or hidden leaves its place, not its text."""
    status = "hidden" if row.hidden_at is not None else "withdrawn" if row.withdrawn_at is not None else "standing"
    return {
        "id": row.id,
        "number": row.number,
        "lane": row.lane,
        "text": row.text if status == "standing" else None,
        "author": row.author,
        "at": row.at,
        "edited": row.wordings > 1,
        "status": status,
        "reason": row.hidden_reason,
    }


def activity_steps(board: Row[Any]) -> list[Step]:
    return [Step.from_data(step) for step in board.activity["steps"]]


def current_step(board: Row[Any]) -> Step | None:
    return next((step for step in activity_steps(board) if step.id == board.step), None)


def can(board: Row[Any]) -> dict[str, list[str]]:
    """Role -> the commands it has on this board now. Buttons read this; nobody decides twice."""
    now = allowed_now(current_step(board), board.step_open)
    return {
        role: [
            name
            for name in access.MAY
            if access.may(role, name)
            and name.split(".")[0] in _BOARD_NOUNS
            and (name in now or name not in BOUND_TO_STEPS)
        ]
        for role in access.ROLES
    }


def timer(board: Row[Any]) -> JSON | None:
    if board.timer_ends_at is None:
        return None
    return {"started_at": board.timer_started_at, "ends_at": board.timer_ends_at}


def current_ballot(db: Db, board: Row[Any], who: str = "") -> Row[Any] | None:
    """The ballot that the current step is about: its own, or that of the nearest vote step before it. `elector` says
    whether `who` may vote in it."""
    up_to_here: list[str] = []
    for step in activity_steps(board):
        up_to_here.append(step.id)
        if step.id == board.step:
            break
    else:
        return None
    held = {b.step: b for b in db.execute(_BALLOTS, {"board": board.id, "who": who})}
    return next((held[step] for step in reversed(up_to_here) if step in held), None)


def ballot_card(db: Db, board: Row[Any]) -> JSON | None:
    ballot = current_ballot(db, board)
    if ballot is None:
        return None
    return {
        **ballot_rules(ballot).public(),
        "secret": ballot.secret,
        "electors": electors(db, ballot.id),
        "voted": voted(db, ballot.id),
    }


def ballot_rules(ballot: Row[Any]) -> BallotRules:
    return BallotRules(ballot.kind, ballot.budget, ballot.cap)


def electors(db: Db, ballot: str) -> int:
    return int(db.execute(_ELECTORS, {"ballot": ballot}).scalar_one())


def voted(db: Db, ballot: str) -> int:
    """How many have cast a vote. Dots that were all taken back are no vote; an explicit pass is one."""
    return int(db.execute(_VOTED, {"ballot": ballot}).scalar_one())


def results(db: Db, board: Row[Any]) -> JSON | None:
    """The results of the current ballot, from the reveal on; None before, for everybody."""
    step = current_step(board)
    if step is None or step.kind != "reveal":
        return None
    ballot = current_ballot(db, board)
    return count(db, board.id, ballot) if ballot is not None else None


def count(db: Db, board: str, ballot: Row[Any]) -> JSON:
    """Count a ballot from its stored votes. Only standing proposals are ranked."""
    standing = db.execute(
        select(Proposal.id)
        .where(Proposal.board == board, Proposal.hidden_at.is_(None), Proposal.withdrawn_at.is_(None))
        .order_by(Proposal.number)
    ).scalars()
    votes = db.execute(select(Vote.voter, Vote.proposal, Vote.value).where(Vote.ballot == ballot.id)).all()
    turnout = len({vote.voter for vote in votes})
    return {
        "ballot": ballot_rules(ballot).public(),
        "electors": electors(db, ballot.id),
        "voted": turnout,
        "few": turnout < ballots.FEW_VOTERS,
        "ranked": ballots.rank(
            ballot_rules(ballot), standing, [(vote.voter, vote.proposal, vote.value) for vote in votes]
        ),
    }


# --- a day's room ---------------------------------------------------------------------------------------------------


def day_state(db: Db, day: str) -> JSON:
    row = db.execute(select(*Day.__table__.c).where(Day.id == day)).one()
    return {
        "id": row.id,
        "event": row.event,
        "number": row.number,
        "date": row.date,
        "title": row.title,
        "conclusions": conclusions(db, Conclusion.day == day),
    }


def conclusions(db: Db, which: Any) -> list[JSON]:
    """The conclusions that stand and match `which`, in order, with their provenance."""
    query: Select[Any] = (
        select(
            *Conclusion.__table__.c,
            Source.proposal,
            Source.text,
            Source.figures,
            Proposal.board,
            Proposal.author,
            Board.session,
            Board.group,
            Session.title.label("session_title"),
            Group.name.label("group_name"),
        )
        .join(Source, Source.conclusion == Conclusion.id)
        .join(Proposal, Proposal.id == Source.proposal)
        .join(Board, Board.id == Proposal.board)
        .join(Session, Session.id == Board.session)
        .join(Group, Group.id == Board.group)
        .where(which, Conclusion.taken_back_at.is_(None))
        .order_by(Conclusion.position)
    )
    rows = db.execute(query).all()
    versions: dict[str, list[JSON]] = {row.id: [] for row in rows}
    for v in db.execute(select(*Wording.__table__.c).where(Wording.of.in_(versions)).order_by(Wording.version)):
        versions[v.of].append({"version": v.version, "text": v.text, "at": v.at, "by": v.by})
    return [_conclusion(row, versions[row.id]) for row in rows]


def _conclusion(row: Row[Any], versions: list[JSON]) -> JSON:
    return {
        "id": row.id,
        "wording": row.wording,
        "at": row.at,
        "by": row.by,
        "versions": versions,
        "diff": [list(piece) for piece in difference(row.text, row.wording)],
        "source": {
            "proposal": row.proposal,
            "board": row.board,
            "session": row.session,
            "session_title": row.session_title,
            "group": row.group,
            "group_name": row.group_name,
            "text": row.text,
            "author": row.author,
            "ballot": row.figures,
        },
    }


STATES = {"event": event_state, "board": board_state, "day": day_state}

_BOARD_NOUNS = frozenset({"proposal", "vote", "step", "timer", "conclusion"})


# --- me -------------------------------------------------------------------------------------------------------------


def me(db: Db, place: Place) -> JSON:
    """What is only one's own in a room: never in an event, never in anybody else's snapshot."""
    if place.role == "projector":
        return {"role": "projector"}
    assert place.person is not None
    own: JSON = {"person": place.who, "role": place.role}
    if place.kind == "event":
        seats = select(Seat.group).join(Group, Group.id == Seat.group).where(Seat.person == place.who)
        return own | {"groups": list(db.execute(seats.order_by(Group.number)).scalars())}
    if place.kind == "day":
        return own | _day_me(db, place)
    return own | _board_me(db, place)


def _day_me(db: Db, place: Place) -> JSON:
    names = sorted(name for name in access.MAY if name.startswith("conclusion.") and access.may(place.role, name))
    taken_back = (
        select(Conclusion.id, Conclusion.wording)
        .where(Conclusion.day == place.id, Conclusion.taken_back_at.is_not(None))
        .order_by(Conclusion.taken_back_at)
    )
    rows = db.execute(taken_back).all() if names else []
    return {"can": names, "taken_back": [{"id": row.id, "wording": row.wording} for row in rows]}


def _board_me(db: Db, place: Place) -> JSON:
    steering = access.may(place.role, "proposal.restore")
    touched = db.execute(_TOUCHED if steering else _OWN, {"board": place.id, "who": place.who}).all()
    ballot = current_ballot(db, place.row, place.who)
    votes: dict[str, int] = {}
    elector = None
    if ballot is not None:
        votes = my_votes(db, ballot.id, place.who)
        elector = ballot.elector
    return {
        "member": place.member,
        "own": [row.id for row in touched if row.author == place.who],
        "texts": {row.id: row.text for row in touched if row.withdrawn_at is not None or row.hidden_at is not None},
        "votes": votes,
        "left": ballots.left(ballot_rules(ballot), votes) if ballot is not None else None,
        "elector": elector,
    }


def my_votes(db: Db, ballot: str, voter: str) -> dict[str, int]:
    return {row.proposal: row.value for row in db.execute(_MY_VOTES, {"ballot": ballot, "voter": voter})}


# What every command and every `watch` asks is written down once: putting a statement together takes longer than
# running it.
_SEQ = select(Room.seq).where(Room.id == bindparam("room"))
_LOGGED: Select[Any] = (
    select(*Log.__table__.c)
    .where(Log.room == bindparam("room"), Log.seq > bindparam("since"), Log.seq <= bindparam("seq"))
    .order_by(Log.seq)
)
_BALLOTS: Select[Any] = select(
    *Ballot.__table__.c,
    exists().where(Elector.ballot == Ballot.id, Elector.person == bindparam("who")).label("elector"),
).where(Ballot.board == bindparam("board"))
_ELECTORS = select(func.count()).select_from(Elector).where(Elector.ballot == bindparam("ballot"))
_VOTED = select(func.count(func.distinct(Vote.voter))).where(Vote.ballot == bindparam("ballot"))
_MY_VOTES = select(Vote.proposal, Vote.value).where(
    Vote.ballot == bindparam("ballot"), Vote.voter == bindparam("voter")
)
_OWN = (
    select(Proposal.id, Proposal.author, Proposal.text, Proposal.withdrawn_at, Proposal.hidden_at)
    .where(Proposal.board == bindparam("board"), Proposal.author == bindparam("who"))
    .order_by(Proposal.number)
)
_TOUCHED = (
    select(Proposal.id, Proposal.author, Proposal.text, Proposal.withdrawn_at, Proposal.hidden_at)
    .where(
        Proposal.board == bindparam("board"),
        or_(Proposal.author == bindparam("who"), Proposal.hidden_at.is_not(None)),
    )
    .order_by(Proposal.number)
)
