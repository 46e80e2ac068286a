"""What is only one's own in a room: never in an event, never in anybody else's snapshot."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import and_, bindparam, or_, select

from .. import access
from ..access import Place
from ..domain import ballots
from ..domain.events import JSON
from ..store.models import (
    Attribute,
    AttributeAnswer,
    Comment,
    Conclusion,
    Group,
    GroupRanking,
    Pledge,
    Proposal,
    Ratifier,
    Reaction,
)
from .ballot import ballot_rules, current_ballot, my_votes
from .board import DAY_NOUNS, EVENT_NOUNS, LATE, PLANNING, PROPOSALS, hides_posts, proposal, scribe_can
from .naming import agrees_to_be_named
from .pictures import kept_pictures, my_pictures
from .ratification import may_report, my_positions, ratification
from .stage import kept_announcements


def me(db: Db, place: Place) -> JSON:
    if place.role == "projector":
        return {"role": "projector"}
    assert place.person is not None
    own: JSON = {"person": place.who, "role": place.role}
    if place.kind == "event":
        groups = access.groups_of(db, place.who)
        kept = {"pictures": kept_pictures(db, place, groups), "announcements": kept_announcements(db, place, groups)}
        return (
            own
            | {"groups": groups}
            | {"ranking": _my_ranking(db, place), "attributes": _my_attributes(db, place)}
            | my_pictures(db, place)
            | {"kept": kept, "agreed": agrees_to_be_named(db, place.who)}
            | _event_can(place)
        )
    if place.kind == "day":
        return own | _day_me(db, place)
    return own | _board_me(db, place)


_MODERATES = "conclusion.reinstate"
EVENT_COMMANDS = sorted(name for name in access.MAY if name.split(".")[0] in EVENT_NOUNS - {"person"})
DAY_COMMANDS = [name for name in access.MAY if name.split(".")[0] in DAY_NOUNS and name not in PLANNING]


def _event_can(place: Place) -> JSON:
    return {"can": [name for name in EVENT_COMMANDS if access.may(place.role, name)]}


def _my_ranking(db: Db, place: Place) -> list[str]:
    """One's own order of the groups that there are, best first."""
    order = db.execute(_RANKING, {"who": place.who}).scalar()
    if not order:
        return []
    groups = set(db.execute(select(Group.id).where(Group.id.in_(order))).scalars())
    return [group for group in order if group in groups]


def _my_attributes(db: Db, place: Place) -> list[JSON]:
    """What those who take part may say of themselves, and what one has said: `{id, name, options, answer}`."""
    if place.role != "participant":
        return []
    rows = db.execute(_ATTRIBUTES, {"who": place.who, "event": place.event})
    return [{"id": row.id, "name": row.name, "options": row.options, "answer": row.option} for row in rows]


def _day_me(db: Db, place: Place) -> JSON:
    names = sorted(name for name in DAY_COMMANDS if access.may(place.role, name))
    taken_back = (
        select(Conclusion.id, Conclusion.wording)
        .where(Conclusion.day == place.id, Conclusion.taken_back_at.is_not(None))
        .order_by(Conclusion.taken_back_at)
    )
    rows = db.execute(taken_back).all() if _MODERATES in names else []
    asked = ratification(db, place.id)
    elector = select(Ratifier.person).where(Ratifier.ratification == bindparam("asked"), Ratifier.person == place.who)
    return {
        "can": names,
        "taken_back": [{"id": row.id, "wording": row.wording} for row in rows],
        # Which one the positions are in: a page may hear of a new ratification before it knows its own part in it.
        "ratification": asked["id"] if asked else None,
        "elector": bool(asked and db.execute(elector, {"asked": asked["id"]}).first()),
        "positions": my_positions(db, asked["id"], place.who) if asked else {},
        "may_report": may_report(db, place.who) if asked else [],
    }


def _board_me(db: Db, place: Place) -> JSON:
    """`own` are one's proposals; `texts` of what only its author (or who moderates) may still read; `mine` the whole
    ones that nobody else sees yet; for who moderates, `late` are those that came after their step had ended, and
    `hidden` says of what is hidden who hid it, and when."""
    steering = access.may(place.role, "proposal.restore")
    touched = db.execute(_TOUCHED if steering else _OWN, {"board": place.id, "who": place.who}).all()
    private = [row.id for row in touched if row.author == place.who and row.revealed_at is None]
    ballot = current_ballot(db, place.row, place.who)
    own: JSON = {
        "member": place.member,
        "seat": place.seat,
        "scribe": scribe_can(place.row) if place.seat == "scribe" else [],
        "own": [row.id for row in touched if row.author == place.who],
        "texts": {row.id: row.text for row in touched if row.withdrawn_at is not None or row.hidden_at is not None},
        "mine": _private(db, private),
        "late": _late(db, place) if steering else {},
        "hidden": {row.id: _by_whom(row) for row in touched if row.hidden_at is not None} if steering else {},
        # Which one the votes are in: a page may hear of a new ballot before it knows its own part in it.
        "ballot": None,
        "votes": {},
        "reasons": {},
        "left": None,
        "elector": None,
    }
    if ballot is not None:
        votes, reasons = my_votes(db, ballot, place.who)
        left = ballots.left(ballot_rules(ballot), votes)
        own |= {"ballot": ballot.id, "votes": votes, "reasons": reasons, "left": left, "elector": ballot.elector}
    talk, hidden = _talk(db, place, steering)
    return own | talk | {"hidden": own["hidden"] | hidden}


def _private(db: Db, ids: list[str]) -> dict[str, JSON]:
    if not ids:
        return {}
    rows = db.execute(PROPOSALS.where(Proposal.id.in_(ids)).order_by(Proposal.number))
    return {row.id: proposal(row, []) for row in rows}


def _late(db: Db, place: Place) -> dict[str, JSON]:
    """The late ones. While the board is at a step that people write in for themselves, nobody reads them yet."""
    unread = {"text": None} if hides_posts(place.row) else {}
    rows = db.execute(PROPOSALS.where(Proposal.board == place.id, LATE).order_by(Proposal.number))
    return {row.id: proposal(row, []) | unread for row in rows}


def _by_whom(row: Any) -> JSON:
    return {"by": row.hidden_by, "at": row.hidden_at}


def _talk(db: Db, place: Place, steering: bool) -> tuple[JSON, JSON]:
    """One's own comments, reactions and pledges, on boards whose activity has such; and, for who moderates, who hid
    which comments."""
    hidden: JSON = {}
    steps = place.row.activity["steps"]
    kinds = {step["kind"] for step in steps}
    talk: JSON = {"comments": [], "comment_texts": {}, "reactions": {}, "pledges": []}
    here = {"board": place.id, "who": place.who}
    if "draft" in kinds or any(step.get("comments") for step in steps):
        rows = db.execute(_COMMENTS, here).all()
        talk["comments"] = [row.id for row in rows if row.author == place.who]
        talk["comment_texts"] = {
            row.id: row.text
            for row in rows
            if (row.withdrawn_at is not None or row.hidden_at is not None) and (steering or row.author == place.who)
        }
        hidden = {row.id: _by_whom(row) for row in rows if row.hidden_at is not None} if steering else {}
    if "draft" in kinds or any(step.get("reactions") for step in steps):
        talk["reactions"] = {row.proposal: row.kind for row in db.execute(_REACTIONS, here)}
    if "plan" in kinds:
        talk["pledges"] = list(db.execute(_PLEDGES, here).scalars())
    return talk, hidden


# What every command and every `watch` asks is written down once: putting a statement together takes longer than
# running it.
_FIELDS = (
    Proposal.id,
    Proposal.author,
    Proposal.text,
    Proposal.withdrawn_at,
    Proposal.hidden_at,
    Proposal.hidden_by,
    Proposal.revealed_at,
)
_OWN = (
    select(*_FIELDS)
    .where(Proposal.board == bindparam("board"), Proposal.author == bindparam("who"))
    .order_by(Proposal.number)
)
_TOUCHED = (
    select(*_FIELDS)
    .where(
        Proposal.board == bindparam("board"),
        or_(Proposal.author == bindparam("who"), Proposal.hidden_at.is_not(None)),
    )
    .order_by(Proposal.number)
)
_COMMENTS = (
    select(Comment.id, Comment.author, Comment.text, Comment.withdrawn_at, Comment.hidden_at, Comment.hidden_by)
    .where(Comment.board == bindparam("board"), or_(Comment.author == bindparam("who"), Comment.hidden_at.is_not(None)))
    .order_by(Comment.at, Comment.id)
)
_REACTIONS = (
    select(Reaction.proposal, Reaction.kind)
    .join(Proposal, Proposal.id == Reaction.proposal)
    .where(Proposal.board == bindparam("board"), Reaction.person == bindparam("who"))
    .order_by(Proposal.number)
)
_RANKING = select(GroupRanking.groups).where(GroupRanking.person == bindparam("who"))
_ATTRIBUTES = (
    select(Attribute.id, Attribute.name, Attribute.options, AttributeAnswer.option)
    .outerjoin(
        AttributeAnswer,
        and_(AttributeAnswer.attribute == Attribute.id, AttributeAnswer.person == bindparam("who")),
    )
    .where(Attribute.event == bindparam("event"))
    .order_by(Attribute.number)
)
_PLEDGES = select(Pledge.id).where(
    Pledge.board == bindparam("board"), Pledge.author == bindparam("who"), Pledge.withdrawn_at.is_(None)
)
