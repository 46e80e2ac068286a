"""The state of a board's room: what stands on it, where its activity is, what is timed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import aliased

from .. import access
from ..domain.events import JSON
from ..domain.steps import BOUND_TO_STEPS, Step, allowed_now
from ..store.models import (
    Board,
    Comment,
    Group,
    Lineage,
    Person,
    Pledge,
    Proposal,
    Reaction,
    RoadmapItem,
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
    """standing, or why not: hidden, withdrawn, merged (into another), split (again into its parts), parked."""
    if row.hidden_at is not None:
        return "hidden"
    if row.withdrawn_at is not None:
        return "withdrawn"
    if row.merged_into is not None:
        return "merged"
    if row.split_at is not None:
        return "split"
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
            )
        ).scalar_one()
    )


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


def can(board: Row[Any]) -> dict[str, list[str]]:
    """Role -> the commands it has on this board now. Buttons read this; nobody decides twice. What only the scribe of
    a group may is not in it: that is in the scribe's own `me`."""
    now = allowed_now(current_step(board), board.step_open)
    return {
        role: [
            name
            for name, reach in BOARD_COMMANDS
            if reach.get(role) not in (None, "scribe") and (name in now or name not in BOUND_TO_STEPS)
        ]
        for role in access.ROLES
    }


def scribe_can(board: Row[Any]) -> list[str]:
    """What the scribe of a group may on this board now, beyond what everybody may."""
    now = allowed_now(current_step(board), board.step_open)
    return [name for name, reach in BOARD_COMMANDS if reach.get("participant") == "scribe" and name in now]


def timer(board: Row[Any]) -> JSON | None:
    if board.timer_ends_at is None:
        return None
    return {"started_at": board.timer_started_at, "ends_at": board.timer_ends_at}


DAY_NOUNS = frozenset({"conclusion", "ratification", "position", "minority", "day"})
EVENT_NOUNS = frozenset(
    {
        "event",
        "invitation",
        "person",
        "roster",
        "organisation",
        "group",
        "session",
        "code",
        "link",
        "conversation",
        "text",
    }
)
PLANNING = frozenset({"day.add", "day.change", "day.remove", "board.frame"})
_ELSEWHERE = EVENT_NOUNS | {"text"} | DAY_NOUNS - {"conclusion"}
BOARD_COMMANDS = [
    (name, reach) for name, reach in access.MAY.items() if name.split(".")[0] not in _ELSEWHERE and name not in PLANNING
]
"""What buttons on a board may do: its own commands, and those on the day's conclusions."""

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
