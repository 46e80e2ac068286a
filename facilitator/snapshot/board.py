"""The state of a board's room: what stands on it, where its activity is, what is timed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, Select, bindparam, func, select
from sqlalchemy.orm import aliased

from .. import access
from ..domain.events import JSON
from ..domain.steps import BOUND_TO_STEPS, Step, allowed_now
from ..store.models import (
    Board,
    Comment,
    Group,
    GroupCheck,
    Lineage,
    Parked,
    Person,
    Pledge,
    Proposal,
    Reaction,
    RoadmapItem,
    Signal,
    Theme,
    Wording,
)
from .ballot import ballot_card, results

REACTIONS = ("like", "support", "concern")


def board_now(db: Db, board_id: str) -> Row[Any]:
    """The board's row as it is now in this transaction, with its session, day and group."""
    row = access.board_row(db, board_id)
    assert row is not None
    return row


def board_state(db: Db, board_id: str) -> JSON:
    row = board_now(db, board_id)
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
        "rapporteur": row.rapporteur,
        "locked_at": row.locked_at,
        "grace": grace(row),
        "spotlight": row.spotlight,
        "signals": signals(db, board_id),
        "checks": checks(db, board_id),
        "parking": parking(db, board_id),
        "late": late(db, board_id),
        "proposals": {card["id"]: card for card in proposals(db, Proposal.board == board_id)},
        "unrevealed": unrevealed(db, board_id),
        "themes": {
            theme.id: theme_card(theme)
            for theme in db.execute(
                select(*Theme.__table__.c)
                .where(Theme.board == board_id, Theme.dissolved_at.is_(None))
                .order_by(Theme.number)
            )
        },
        "comments": {card["id"]: card for card in comments(db, Comment.board == board_id)},
        "roadmap": {
            item.proposal: roadmap_item(item)
            for item in db.execute(
                select(*RoadmapItem.__table__.c)
                .join(Proposal, Proposal.id == RoadmapItem.proposal)
                .where(Proposal.board == board_id)
                .order_by(Proposal.number)
            )
        },
        "pledges": {
            pledge.id: pledge_card(pledge)
            for pledge in db.execute(
                select(*Pledge.__table__.c)
                .where(Pledge.board == board_id, Pledge.withdrawn_at.is_(None))
                .order_by(Pledge.at, Pledge.id)
            )
        },
        "ballot": ballot_card(db, row),
        "results": results(db, row),
    }


# --- cards ----------------------------------------------------------------------------------------------------------


def proposals(db: Db, which: Any) -> list[JSON]:
    """The proposals that match `which` and that the room may see, in order of arrival."""
    rows = db.execute(PROPOSALS.where(which, Proposal.revealed_at.is_not(None)).order_by(Proposal.number)).all()
    made_of: dict[str, list[str]] = {}
    reactions: dict[str, JSON] = {}
    if rows:
        board_id = rows[0].board
        parts = select(Lineage.whole, Lineage.part).join(Proposal, Proposal.id == Lineage.part)
        for line in db.execute(parts.where(Proposal.board == board_id).order_by(Proposal.number)):
            made_of.setdefault(line.whole, []).append(line.part)
        counted = (
            select(Reaction.proposal, Reaction.kind, func.count().label("people"))
            .join(Proposal, Proposal.id == Reaction.proposal)
            .where(Proposal.board == board_id)
            .group_by(Reaction.proposal, Reaction.kind)
        )
        for reaction in db.execute(counted):
            reactions.setdefault(reaction.proposal, no_reactions())[reaction.kind] = reaction.people
    return [proposal(row, made_of.get(row.id, []), reactions.get(row.id)) for row in rows]


def proposal(row: Row[Any], made_of: list[str], reactions: JSON | None = None) -> JSON:
    """A proposal as the room sees it. What was withdrawn or hidden leaves its place, not its text. What was promised
    when it was written holds: without a name there is no author, and no moment either."""
    state = status(row)
    return {
        "id": row.id,
        "kind": row.kind,
        "key": row.key,
        "number": row.number,
        "lane": row.lane,
        "text": row.text if state not in ("hidden", "withdrawn") else None,
        **signature(row),
        "edited": row.wordings > 1,
        "status": state,
        "reason": row.hidden_reason,
        "theme": row.theme,
        "merged_into": row.merged_into,
        "made_of": made_of,
        "shared_from": row.shared_from_group,
        "reactions": reactions or no_reactions(),
    }


def status(row: Row[Any]) -> str:
    """standing, or why not: hidden, withdrawn, merged (into another), split (again into its parts), late (and not yet
    admitted), parked."""
    if row.hidden_at is not None:
        return "hidden"
    if row.withdrawn_at is not None:
        return "withdrawn"
    if row.merged_into is not None:
        return "merged"
    if row.split_at is not None:
        return "split"
    if row.late_at is not None and row.admitted_at is None:
        return "late"
    return "parked" if row.parked_at is not None else "standing"


def signature(row: Row[Any]) -> JSON:
    """Who stands beside a contribution, as far as it was promised."""
    return {
        "author": row.author if row.names == "named" else None,
        "organisation": row.organisation if row.names == "organisation" else None,
        "at": row.at if row.names == "named" else None,
    }


def no_reactions() -> JSON:
    return dict.fromkeys(REACTIONS, 0)


def reactions_of(db: Db, proposal_id: str) -> JSON:
    counted = select(Reaction.kind, func.count().label("people")).where(Reaction.proposal == proposal_id)
    return no_reactions() | {row.kind: row.people for row in db.execute(counted.group_by(Reaction.kind))}


def unrevealed(db: Db, board_id: str) -> int:
    """How many proposals are still their authors' own."""
    private = select(func.count()).select_from(Proposal)
    return int(
        db.execute(
            private.where(
                Proposal.board == board_id,
                Proposal.revealed_at.is_(None),
                Proposal.withdrawn_at.is_(None),
                ~LATE,
            )
        ).scalar_one()
    )


def late(db: Db, board_id: str) -> int:
    """How many proposals came late and wait to be admitted."""
    return int(
        db.execute(select(func.count()).select_from(Proposal).where(LATE, _HERE), {"board": board_id}).scalar_one()
    )


def signals(db: Db, board_id: str) -> dict[str, JSON]:
    """The signals that stand, in the order in which they were given."""
    rows = db.execute(_SIGNALS, {"board": board_id})
    return {row.id: {key: getattr(row, key) for key in ("id", "kind", "person", "at")} for row in rows}


def checks(db: Db, board_id: str) -> dict[str, JSON]:
    """What the group was asked by the theme desk, in order, with its answers."""
    keys = ("id", "text", "proposals", "at", "by", "right", "answer", "answered_by", "answered_at")
    return {row.id: {key: getattr(row, key) for key in keys} for row in db.execute(_CHECKS, {"board": board_id})}


def parking(db: Db, board_id: str) -> dict[str, JSON]:
    """Proposal -> `{owner, answer, at}`: who takes care of what was parked, and what came of it."""
    rows = db.execute(_PARKING, {"board": board_id})
    return {row.proposal: {"owner": row.owner, "answer": row.answer, "at": row.at} for row in rows}


def grace(board: Row[Any]) -> JSON | None:
    """Which step has just ended, and until when what was being written in it may still be sent. It stays until another
    step ends: the moment says whether it is over."""
    if board.grace_step is None:
        return None
    return {"step": board.grace_step, "until": board.grace_until}


def theme_card(row: Row[Any]) -> JSON:
    return {"id": row.id, "name": row.name, "number": row.number}


def comments(db: Db, which: Any) -> list[JSON]:
    return [comment(row) for row in db.execute(COMMENTS.where(which).order_by(Comment.at, Comment.id))]


def comment(row: Row[Any]) -> JSON:
    state = "hidden" if row.hidden_at is not None else "withdrawn" if row.withdrawn_at is not None else "standing"
    return {
        "id": row.id,
        "proposal": row.proposal,
        "kind": row.kind,
        "text": row.text if state == "standing" else None,
        **signature(row),
        "status": state,
        "reason": row.hidden_reason,
        "adopted": row.adopted_at is not None,
    }


def roadmap_item(row: Row[Any]) -> JSON:
    return {key: getattr(row, key) for key in ("lead", "partners", "year", "quarter", "effort", "impact", "first_step")}


def pledge_card(row: Row[Any]) -> JSON:
    return {key: getattr(row, key) for key in ("id", "proposal", "organisation", "text", "author", "at")}


# --- where the activity is ------------------------------------------------------------------------------------------


def activity_steps(board: Row[Any]) -> list[Step]:
    return [Step.from_data(step) for step in board.activity["steps"]]


def current_step(board: Row[Any]) -> Step | None:
    return next((Step.from_data(step) for step in board.activity["steps"] if step["id"] == board.step), None)


def hides_posts(board: Row[Any]) -> bool:
    """Is the board at a step in which what people write stays their own?"""
    step = current_step(board)
    return step is not None and step.settings.hides_posts


def can(board: Row[Any]) -> dict[str, list[str]]:
    """Role -> the commands it has on this board now. Buttons read this; nobody decides twice. What only the scribe of
    a group may is not in it: that is in the scribe's own `me`."""
    now = allowed_now(current_step(board), board.step_open)
    locked = board.locked_at is not None
    return {
        role: [
            name
            for name, reach in BOARD_COMMANDS
            if reach.get(role) not in (None, "scribe")
            and (name not in BOUND_TO_STEPS or (name in now and not (locked and role == "participant")))
        ]
        for role in access.ROLES
    }


def scribe_can(board: Row[Any]) -> list[str]:
    """What the scribe of a group may on this board now, beyond what everybody may."""
    now = allowed_now(current_step(board), board.step_open and board.locked_at is None)
    return [name for name, reach in BOARD_COMMANDS if reach.get("participant") == "scribe" and name in now]


def timer(board: Row[Any]) -> JSON | None:
    if board.timer_ends_at is None:
        return None
    return {"started_at": board.timer_started_at, "ends_at": board.timer_ends_at}


EVENT_NOUNS = frozenset({"event", "invitation", "person", "roster", "organisation", "group", "rotation", "preference"})
EVENT_NOUNS |= {"session", "code", "link", "conversation", "text", "announcement", "cue", "summon", "lead", "picture"}
EVENT_NOUNS |= {"edition", "attribute", "naming"}
DAY_NOUNS = frozenset({"conclusion", "ratification", "position", "minority", "day", "desk"})
PLANNING = frozenset({"day.add", "day.change", "day.remove", "board.frame"})
_ELSEWHERE = EVENT_NOUNS | DAY_NOUNS - {"conclusion"}
BOARD_COMMANDS = [
    (name, reach) for name, reach in access.MAY.items() if name.split(".")[0] not in _ELSEWHERE and name not in PLANNING
]
"""What buttons on a board may do: its own commands, and those on the day's conclusions."""

_HERE = Proposal.board == bindparam("board")
LATE = Proposal.late_at.is_not(None) & Proposal.admitted_at.is_(None) & Proposal.withdrawn_at.is_(None)
_SIGNALS = (
    select(*Signal.__table__.c)
    .where(Signal.board == bindparam("board"), Signal.ended_at.is_(None))
    .order_by(Signal.at, Signal.id)
)
_CHECKS = (
    select(*GroupCheck.__table__.c).where(GroupCheck.board == bindparam("board")).order_by(GroupCheck.at, GroupCheck.id)
)
_PARKING = (
    select(*Parked.__table__.c).join(Proposal, Proposal.id == Parked.proposal).where(_HERE).order_by(Proposal.number)
)
_EDITED = (
    select(func.count(Wording.version)).where(Wording.of == Proposal.id).correlate(Proposal).scalar_subquery()
).label("wordings")
_line = aliased(Proposal)
_SHARED = (
    select(Group.name)
    .join(Board, Board.group == Group.id)
    .join(_line, _line.board == Board.id)
    .where(_line.id == Proposal.shared_from)
    .correlate(Proposal)
    .scalar_subquery()
).label("shared_from_group")
PROPOSALS: Select[Any] = select(*Proposal.__table__.c, Person.organisation, _EDITED, _SHARED).outerjoin(
    Person, Person.id == Proposal.author
)
COMMENTS: Select[Any] = select(*Comment.__table__.c, Person.organisation).join(Person, Person.id == Comment.author)
