"""Doors. An object is reached only through one that checks who is asking.

`MAY` is the whole authorisation table, as data: what is not in it is refused. README shows the same table.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import Connection as Db
from sqlalchemy import Row, Select, bindparam, select

from .domain.refusals import Refused
from .domain.steps import BOUND_TO_STEPS
from .store.models import Board, Day, Event, ExpiredLink, Group, Invitation, JoinCode, Person, Seat, Session

ROLES = ("organiser", "facilitator", "participant", "observer", "projector")
Reach = Literal["scribe", "own group", "event"]

_ORGANISING: dict[str, Reach] = {"organiser": "event"}
_STEERING: dict[str, Reach] = {"organiser": "event", "facilitator": "event"}
_WRITING: dict[str, Reach] = {"participant": "own group", "organiser": "event", "facilitator": "event"}
_SCRIBING: dict[str, Reach] = {"participant": "scribe", "organiser": "event", "facilitator": "event"}
_OWN: dict[str, Reach] = {"participant": "own group"}
_PICTURING: dict[str, Reach] = {"participant": "event", **_STEERING}
_READING: dict[str, Reach] = {**_PICTURING, "observer": "event"}
_EVERYBODY: dict[str, Reach] = dict.fromkeys(ROLES, "event")

MAY: dict[str, dict[str, Reach]] = {
    "person.join": {"guest": "event"},
    "person.arrive": _EVERYBODY,
    "invitation.issue": _ORGANISING,
    "invitation.withdraw": _ORGANISING,
    "invitation.accept": {"guest": "event"},
    "event.change": _ORGANISING,
    "event.archive": _ORGANISING,
    "event.reopen": _ORGANISING,
    "event.delete": _ORGANISING,
    "event.restore": _ORGANISING,
    "roster.import": _ORGANISING,
    "person.edit": _ORGANISING,
    "person.remove": _ORGANISING,
    "person.reopen": _ORGANISING,
    "person.erase": _ORGANISING,
    "person.check": _STEERING,
    "organisation.name": _ORGANISING,
    "organisation.remove": _ORGANISING,
    "attribute.define": _ORGANISING,
    "attribute.remove": _ORGANISING,
    "attribute.answer": {"participant": "event"},
    "group.make": _STEERING,
    "group.rename": _STEERING,
    "group.remove": _STEERING,
    "group.seat": _STEERING,
    "group.wish": _STEERING,
    "group.choose": {"participant": "event"},
    "preference.ask": _STEERING,
    "preference.close": _STEERING,
    "preference.rank": {"participant": "event"},
    "rotation.plan": _STEERING,
    "rotation.replan": _STEERING,
    "rotation.remove": _STEERING,
    "day.add": _STEERING,
    "day.change": _STEERING,
    "day.remove": _STEERING,
    "session.add": _STEERING,
    "session.change": _STEERING,
    "session.move": _STEERING,
    "session.remove": _STEERING,
    "board.frame": _STEERING,
    "session.open": _STEERING,
    "session.close": _STEERING,
    "session.plan": _STEERING,
    "announcement.make": _STEERING,
    "announcement.end": _STEERING,
    "cue.add": _STEERING,
    "cue.move": _STEERING,
    "cue.remove": _STEERING,
    "cue.show": _STEERING,
    "cue.turn": _STEERING,
    "cue.end": _STEERING,
    "summon.call": _STEERING,
    "summon.release": _STEERING,
    "lead.take": _STEERING,
    "lead.release": _STEERING,
    "code.renew": _STEERING,
    "link.renew": _STEERING,
    "conversation.import": _ORGANISING,
    "picture.add": _PICTURING,
    "picture.describe": _PICTURING,
    "picture.withdraw": _PICTURING,
    "picture.reinstate": _PICTURING,
    "picture.use": _STEERING,
    "picture.hide": _STEERING,
    "picture.restore": _STEERING,
    "picture.decline": _READING,
    "naming.agree": {"participant": "event", "facilitator": "event"},
    "proposal.post": _WRITING,
    "proposal.edit": _WRITING,
    "proposal.withdraw": _WRITING,
    "proposal.reinstate": _WRITING,
    "proposal.hide": _STEERING,
    "proposal.restore": _STEERING,
    "proposal.park": _WRITING,
    "proposal.unpark": _WRITING,
    "proposal.admit": _STEERING,
    "proposal.spotlight": _STEERING,
    "parking.route": _STEERING,
    "parking.answer": _WRITING,
    "proposal.sort": _WRITING,
    "proposal.merge": _WRITING,
    "proposal.split": _WRITING,
    "theme.name": _WRITING,
    "theme.dissolve": _WRITING,
    "comment.post": _WRITING,
    "comment.withdraw": _WRITING,
    "comment.adopt": _SCRIBING,
    "comment.hide": _STEERING,
    "comment.restore": _STEERING,
    "reaction.set": _OWN,
    "vote.cast": _OWN,
    "vote.rank": _OWN,
    "vote.enter": _SCRIBING,
    "ballot.renew": _STEERING,
    "ballot.recount": _STEERING,
    "rapporteur.name": _WRITING,
    "lines.share": _WRITING,
    "draft.set": _SCRIBING,
    "roadmap.plan": _WRITING,
    "pledge.make": _OWN,
    "pledge.withdraw": _OWN,
    "signal.give": _OWN,
    "signal.end": _WRITING,
    "check.ask": _STEERING,
    "check.answer": _OWN,
    "board.lock": _STEERING,
    "board.unlock": _STEERING,
    "activity.choose": _STEERING,
    "text.word": _STEERING,
    "step.open": _STEERING,
    "step.close": _STEERING,
    "timer.start": _STEERING,
    "timer.extend": _STEERING,
    "timer.stop": _STEERING,
    "desk.name": _STEERING,
    "desk.sort": _STEERING,
    "desk.dissolve": _STEERING,
    "conclusion.promote": _STEERING,
    "conclusion.extend": _STEERING,
    "conclusion.reword": _STEERING,
    "conclusion.classify": _STEERING,
    "conclusion.tag": _STEERING,
    "conclusion.move": _STEERING,
    "conclusion.take_back": _STEERING,
    "conclusion.reinstate": _STEERING,
    "conclusion.decide": _STEERING,
    "ratification.open": _STEERING,
    "ratification.close": _STEERING,
    "position.take": {"participant": "event"},
    "minority.report": {"participant": "event"},
    "minority.withdraw": {"participant": "event"},
    "day.close": _STEERING,
    "day.reopen": _STEERING,
    "edition.draft": _ORGANISING,
    "edition.change": _ORGANISING,
    "edition.arrange": _ORGANISING,
    "edition.order": _ORGANISING,
    "edition.freeze": _ORGANISING,
    "edition.sign": _STEERING,
    "edition.comment": _READING,
    "edition.settle": _ORGANISING,
    "edition.publish": _ORGANISING,
    "edition.take_back": _ORGANISING,
}
"""Command -> role -> how far it reaches. A guest is somebody at the door, with nothing but a join code."""

WATCH: dict[str, dict[str, Reach]] = {
    "event": _EVERYBODY,
    "day": _EVERYBODY,
    "board": {**_EVERYBODY, "participant": "own group"},
}
"""Kind of room -> role -> who may watch it. The board of an overlay group only its people do, and who steers."""


@dataclass(frozen=True)
class Actor:
    """Who asks: a person of an event, or a guest at its door with a join code, or with an invitation (its id)."""

    person: str | None = None
    code: str | None = None
    invitation: str | None = None

    @property
    def key(self) -> str:
        return self.person or (f"invited:{self.invitation}" if self.invitation else f"code:{self.code}")


@dataclass(frozen=True)
class Place:
    """A room, and the one who has come through its door.

    `row` is the event's, day's or board's row (a board's with `session`, `day`, `group_kind` and names beside it).
    `member` says whether the person belongs to the board's group, `seat` in which role (null in the plenary).
    """

    room: str
    kind: Literal["event", "day", "board"]
    id: str
    event: str
    actor: Actor
    role: str
    person: Row[Any] | None
    member: bool
    seat: str | None
    row: Row[Any]

    @property
    def steers(self) -> bool:
        return steers(self.role)

    @property
    def scribe(self) -> bool:
        """Writes down for the others: the group's scribe, and whoever steers."""
        return self.seat == "scribe" or self.steers

    @property
    def who(self) -> str:
        """The person's id. A guest has none, and none of the commands that ask for it."""
        assert self.actor.person is not None
        return self.actor.person


def open_room(db: Db, actor: Actor, room: str) -> Place:
    """The door to a room.

    Raises:
        Refused: `not_signed_in`, `not_yours` (also for a room that does not exist: a stranger is not told), or
            `not_your_group`.
    """
    place = _place(db, actor, room)
    if actor.person is not None:
        reach = WATCH[place.kind].get(place.role)
        if reach is None:
            raise Refused("not_yours")
        # What an overlay group works on is its own, until it shares its lines or somebody promotes them.
        kept = place.kind == "board" and keeps([place.row.group_kind])
        if not place.member and (reach == "own group" or (kept and not place.steers)):
            raise Refused("not_your_group")
    return place


def keeps(kinds: Collection[str]) -> bool:
    """Is what belongs to groups of these kinds, and to nobody else, for their own people alone, and who steers? So it
    is with overlay groups, wherever it is told: on their boards, in the gallery, in announcements."""
    return bool(kinds) and all(kind == "overlay" for kind in kinds)


def steers(role: str) -> bool:
    return role in _STEERING


def event_of(db: Db, room: str) -> str | None:
    """The event that the room of a day or a board belongs to; None where there is no such room."""
    kind, _, target = room.partition(":")
    if kind == "day":
        return db.execute(select(Day.event).where(Day.id == target)).scalar()
    row = board_row(db, target)
    return row.event if row else None


def require(place: Place, command: str) -> None:
    """May the one who stands here do `command`? Default: no."""
    reach = MAY[command].get(place.role)
    if reach is None:
        raise Refused("not_allowed", role=place.role)
    if reach in ("own group", "scribe") and not place.member:
        raise Refused("not_your_group")
    if reach == "scribe" and not place.scribe:
        raise Refused("not_scribe")
    if place.kind == "board" and place.row.locked_at is not None and command in BOUND_TO_STEPS and not place.steers:
        raise Refused("board_locked")


def may(role: str, command: str) -> bool:
    return role in MAY[command]


def person(db: Db, person_id: str) -> Row[Any]:
    """The row of a person, for those who have proved to be them.

    Raises:
        Refused: `not_signed_in` if there is no such person, `seat_closed` if they were taken off the roster,
            `event_deleted` if the event waits to be gone and they are none of its organisers.
    """
    row = db.execute(_PERSON, {"person": person_id}).one_or_none()
    if row is None:
        raise Refused("not_signed_in")
    if row.closed_at is not None:
        raise Refused("seat_closed")
    if row.delete_at is not None and row.role != "organiser":
        raise Refused("event_deleted")
    return row


def _place(db: Db, actor: Actor, room: str) -> Place:
    kind, _, target = room.partition(":")
    if not target.isalnum():
        raise Refused("not_yours")
    row: Row[Any] | None
    if kind == "event":
        row = db.execute(select(*Event.__table__.c).where(Event.id == target)).one_or_none()
        event = row.id if row else None
    elif kind == "day":
        row = db.execute(select(*Day.__table__.c).where(Day.id == target)).one_or_none()
        event = row.event if row else None
    elif kind == "board":
        row = board_row(db, target)
        event = row.event if row else None
    else:
        raise Refused("not_yours")
    if row is None or event is None:
        raise Refused("not_yours")
    if actor.person is None:
        if kind != "event" or _let_in_by(db, actor) != event:
            raise Refused("not_yours")
        return Place(room, "event", target, event, actor, "guest", None, False, None, row)
    who = person(db, actor.person)
    if who.event != event:
        raise Refused("not_yours")
    seat = _seat(db, row.group, who.id) if kind == "board" else None
    member = kind != "board" or row.group_kind == "plenary" or seat is not None
    return Place(room, kind, target, event, actor, who.role, who, member, seat, row)  # type: ignore[arg-type]


def _let_in_by(db: Db, actor: Actor) -> str:
    """The event that a guest's code or invitation is for."""
    if actor.invitation is not None:
        event = db.execute(select(Invitation.event).where(Invitation.id == actor.invitation)).scalar()
        if event is None:
            raise Refused("not_yours")
        return event
    return str(join_code(db, actor.code or "").event)


def board_row(db: Db, board: str) -> Row[Any] | None:
    """A board with its session, day, event and group beside it."""
    return db.execute(_BOARD, {"board": board}).one_or_none()


def groups_of(db: Db, who: str) -> list[str]:
    """The groups in which somebody has a seat, in their order."""
    return list(db.execute(_GROUPS, {"person": who}).scalars())


def _seat(db: Db, group: str, who: str) -> str | None:
    return db.execute(_SEAT, {"group": group, "person": who}).scalar()


# What every message asks is written down once: putting a statement together takes longer than running it.
_PERSON: Select[Any] = (
    select(*Person.__table__.c, Event.delete_at)
    .join(Event, Event.id == Person.event)
    .where(Person.id == bindparam("person"))
)
_BOARD: Select[Any] = (
    select(
        *Board.__table__.c,
        Session.title.label("title"),
        Session.day.label("day"),
        Day.event.label("event"),
        Group.name.label("group_name"),
        Group.kind.label("group_kind"),
    )
    .join(Session, Session.id == Board.session)
    .join(Day, Day.id == Session.day)
    .join(Group, Group.id == Board.group)
    .where(Board.id == bindparam("board"))
)
_GROUPS: Select[Any] = (
    select(Seat.group)
    .join(Group, Group.id == Seat.group)
    .where(Seat.person == bindparam("person"))
    .order_by(Group.number)
)
_SEAT: Select[Any] = select(Seat.role).where(Seat.group == bindparam("group"), Seat.person == bindparam("person"))


# --- codes and links ------------------------------------------------------------------------------------------------


def join_code(db: Db, raw: str) -> Any:
    """The join code that somebody typed: any case, spaces and dashes forgiven.

    Raises:
        Refused: `code_unknown`, `code_expired`, or `event_over` if the event is put away or deleted.
    """
    code = tidy_code(raw)
    row: Any = db.execute(
        select(*JoinCode.__table__.c, Event.archived_at, Event.delete_at)
        .join(Event, Event.id == JoinCode.event)
        .where(JoinCode.code == code)
    ).one_or_none()
    if row is None:
        raise Refused("code_unknown", code=code[:12].upper() or "—")
    if row.expired_at is not None:
        raise Refused("code_expired", code=code.upper())
    if row.archived_at is not None or row.delete_at is not None:
        raise Refused("event_over")
    return row


def tidy_code(raw: str) -> str:
    return "".join(ch for ch in raw.lower() if ch.isalnum())[:12]


def link_token(key: str, person_id: str, renewed: int) -> str:
    """The secret of a personal link: 128 bits that only this installation's key can make again, so that a slip can be
    printed twice while the database keeps no more than a hash."""
    mac = hmac.new(key.encode(), f"personal link {person_id} {renewed}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac[:16]).decode().rstrip("=")


def invitation_token(key: str, invitation: str) -> str:
    """The secret of an invitation's link, made like that of a personal link."""
    mac = hmac.new(key.encode(), f"invitation {invitation}".encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac[:16]).decode().rstrip("=")


def invitation_of(db: Db, token: str, now: int) -> Row[Any]:
    """The invitation that a link is.

    Raises:
        Refused: `invitation_unknown`, `invitation_used` or `invitation_expired` (also if it was withdrawn).
    """
    row = db.execute(select(*Invitation.__table__.c).where(Invitation.token_hash == link_hash(token))).one_or_none()
    if row is None:
        raise Refused("invitation_unknown")
    require_open(row, now)
    return row


def require_open(invitation: Row[Any], now: int) -> None:
    """Raises Refused `invitation_used` or `invitation_expired`."""
    if invitation.used_at is not None:
        raise Refused("invitation_used")
    if invitation.withdrawn_at is not None or invitation.expires_at <= now:
        raise Refused("invitation_expired")


def link_hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def person_of_link(db: Db, token: str) -> Row[Any]:
    """Whose personal link this is.

    Raises:
        Refused: `link_unknown` or `link_expired`.
    """
    hashed = link_hash(token)
    row = db.execute(select(*Person.__table__.c).where(Person.link_hash == hashed)).one_or_none()
    if row is not None:
        return row
    if db.execute(select(ExpiredLink.person).where(ExpiredLink.link_hash == hashed)).first():
        raise Refused("link_expired")
    raise Refused("link_unknown")
