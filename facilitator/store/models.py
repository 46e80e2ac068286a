"""The tables. Mapped classes are typed rows for reading; commands write through Core.

Moments are milliseconds since 1970-01-01 UTC. Ids are random text. A fact has who and when beside it, and what was
once written stays: wordings are rows, moderation is a moment and a reason, the log keeps every event.
"""

from __future__ import annotations

import secrets
import time
from typing import Any, ClassVar

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # 31 symbols, no look-alikes: ids and join codes can be read aloud


def new_id() -> str:
    """12 symbols of 31, about 59 random bits: an address, not a secret."""
    return "".join(secrets.choice(ALPHABET) for _ in range(12))


def now_ms() -> int:
    """This moment in milliseconds since 1970-01-01 UTC."""
    return time.time_ns() // 1_000_000


class Base(DeclarativeBase):
    __table__: ClassVar[Table]
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_N_label)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {int: BigInteger, dict[str, Any]: JSON, list[Any]: JSON}


class Account(Base):
    """Somebody who signs in with a password: an organiser."""

    __tablename__ = "account"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    password_hash: Mapped[str] = mapped_column(String(255))
    created_at: Mapped[int]
    epoch: Mapped[int] = mapped_column(default=0, server_default="0")  # how often every device was signed out


class Event(Base):
    __tablename__ = "event"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(Text)
    sample: Mapped[str | None] = mapped_column(String(500))  # why its data is not real; null for a real event
    template: Mapped[str | None] = mapped_column(String(40))  # the agenda in library/ that it was made from
    now_session: Mapped[str | None] = mapped_column(String(12))
    frameworks: Mapped[list[Any]]  # domain.frameworks: what conclusions are tagged with
    wifi_name: Mapped[str | None] = mapped_column(String(64))  # the venue's network, for the personal slips
    wifi_password: Mapped[str | None] = mapped_column(String(64))
    grouping: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")  # wishes and locks, for nobody
    created_at: Mapped[int]  # but those who make the groups
    created_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    archived_at: Mapped[int | None]
    archived_by: Mapped[str | None] = mapped_column(String(12))  # the person
    delete_at: Mapped[int | None]  # it was deleted: from this moment on all of it may be gone
    delete_by: Mapped[str | None] = mapped_column(String(12))  # the person
    rehearsal_of: Mapped[str | None] = mapped_column(String(12))  # a copy for synthetic people, of that event


class Invitation(Base):
    """A link that makes whoever opens it an organiser or a facilitator of an event, once, until it expires."""

    __tablename__ = "invitation"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    event: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    by: Mapped[str] = mapped_column(String(12))  # the person who invites
    at: Mapped[int]
    expires_at: Mapped[int]
    used_at: Mapped[int | None]
    used_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    withdrawn_at: Mapped[int | None]
    __table_args__ = (CheckConstraint("role IN ('organiser', 'facilitator')", name="role"),)


class JoinCode(Base):
    """A code lets people into one event until it is replaced."""

    __tablename__ = "join_code"
    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    event: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    issued_at: Mapped[int]
    expired_at: Mapped[int | None]
    __table_args__ = (
        Index(
            "uq_join_code_current",
            "event",
            unique=True,
            sqlite_where=text("expired_at IS NULL"),
            postgresql_where=text("expired_at IS NULL"),
        ),
    )


class Day(Base):
    __tablename__ = "day"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    event: Mapped[str] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int]
    date: Mapped[str] = mapped_column(String(10))  # ISO 8601
    title: Mapped[str] = mapped_column(String(200))
    closed_at: Mapped[int | None]
    closed_by: Mapped[str | None] = mapped_column(String(12))  # the person
    closing: Mapped[dict[str, Any] | None]  # what was concluded and parked by then, and what the next day starts from
    __table_args__ = (UniqueConstraint("event", "number"),)


class Session(Base):
    """An agenda item. Its groups have a board each, unless it is a break."""

    __tablename__ = "session"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    day: Mapped[str] = mapped_column(ForeignKey("day.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text)
    starts_at: Mapped[str] = mapped_column(String(5))  # planned, HH:MM in the event's place; "" if unplanned
    minutes: Mapped[int]
    fixed: Mapped[bool] = mapped_column(default=False, server_default=false())  # its time cannot move: lunch, a guest
    opened_at: Mapped[int | None]
    closed_at: Mapped[int | None]
    __table_args__ = (
        UniqueConstraint("day", "number"),
        CheckConstraint("kind IN ('plenary', 'breakout', 'break')", name="kind"),
    )


class Organisation(Base):
    __tablename__ = "organisation"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    event: Mapped[str] = mapped_column(ForeignKey("event.id"))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(16))
    colour: Mapped[str] = mapped_column(String(12), server_default="slate")  # domain.colours
    __table_args__ = (
        UniqueConstraint("event", "name"),
        CheckConstraint("kind IN ('member', 'collaborating')", name="kind"),
    )


class Person(Base):
    """Somebody's place at an event, in one role. `link` counts how often their personal link was renewed."""

    __tablename__ = "person"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    event: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    name: Mapped[str] = mapped_column(String(60))
    organisation: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    role: Mapped[str] = mapped_column(String(12))
    origin: Mapped[str] = mapped_column(String(12))  # how they came to be here
    account: Mapped[str | None] = mapped_column(ForeignKey("account.id"))
    link: Mapped[int] = mapped_column(default=0)
    link_hash: Mapped[str] = mapped_column(String(64), unique=True)
    languages: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # codes, the best first
    email: Mapped[str | None] = mapped_column(String(254))  # for sending the link; no page of the event shows it
    joined_at: Mapped[int | None]
    checked_in_at: Mapped[int | None]  # ticked off at the door
    absent_at: Mapped[int | None]  # did not come
    closed_at: Mapped[int | None]  # taken off the roster after having contributed: the name stays, the seat is closed
    closed_by: Mapped[str | None] = mapped_column(String(12))  # the person
    erased_at: Mapped[int | None]  # forgotten for good: the name is empty, what they contributed stays
    erased_by: Mapped[str | None] = mapped_column(String(12))  # the person
    created_at: Mapped[int]
    __table_args__ = (
        CheckConstraint("role IN ('participant', 'facilitator', 'organiser', 'observer', 'projector')", name="role"),
        CheckConstraint("origin IN ('roster', 'code', 'rehearsal', 'import', 'setup')", name="origin"),
    )


class ExpiredLink(Base):
    """The hash of a personal link that was replaced, so that its holder is told so."""

    __tablename__ = "expired_link"
    link_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.id"))
    expired_at: Mapped[int]


class Group(Base):
    """A plenary (everybody is in it), a breakout group, or an overlay group beside the base groups."""

    __tablename__ = "group"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    event: Mapped[str] = mapped_column(ForeignKey("event.id"))
    name: Mapped[str] = mapped_column(String(120))
    kind: Mapped[str] = mapped_column(String(12))
    number: Mapped[int]
    __table_args__ = (
        UniqueConstraint("event", "name"),
        CheckConstraint("kind IN ('plenary', 'breakout', 'overlay')", name="kind"),
    )


class Seat(Base):
    """A person's place in a breakout or overlay group."""

    __tablename__ = "seat"
    group: Mapped[str] = mapped_column(ForeignKey("group.id"))
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), index=True)
    role: Mapped[str] = mapped_column(String(12))
    __table_args__ = (
        PrimaryKeyConstraint("group", "person"),
        CheckConstraint("role IN ('member', 'scribe', 'rapporteur', 'host', 'traveller')", name="role"),
    )


class GroupQuestion(Base):
    """An event asks its people which group they want: each takes one, or each ranks all of them."""

    __tablename__ = "group_question"
    event: Mapped[str] = mapped_column(ForeignKey("event.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(12))
    most: Mapped[int | None]  # people in a group
    asked_at: Mapped[int]
    asked_by: Mapped[str] = mapped_column(String(12))  # the person
    closed_at: Mapped[int | None]
    closed_by: Mapped[str | None] = mapped_column(String(12))
    __table_args__ = (CheckConstraint("kind IN ('choice', 'preference')", name="kind"),)


class GroupRanking(Base):
    """A person's own order of the groups, best first. It is nobody else's business."""

    __tablename__ = "group_ranking"
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    event: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    groups: Mapped[list[Any]]
    at: Mapped[int]


class Attribute(Base):
    """Something that people may say of themselves, so that groups are mixed: a name, and the answers to choose from."""

    __tablename__ = "attribute"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    event: Mapped[str] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int]
    name: Mapped[str] = mapped_column(String(60))
    options: Mapped[list[Any]]
    balanced: Mapped[bool]  # balancing spreads it over the groups
    __table_args__ = (UniqueConstraint("event", "number"),)


class AttributeAnswer(Base):
    """What somebody says of themselves. Nobody else is shown it; who says nothing has no row, and a row that is taken
    back is deleted. It carries no moment, and no event has it."""

    __tablename__ = "attribute_answer"
    person: Mapped[str] = mapped_column(ForeignKey("person.id"))
    attribute: Mapped[str] = mapped_column(ForeignKey("attribute.id"), index=True)
    option: Mapped[str] = mapped_column(String(60))
    __table_args__ = (PrimaryKeyConstraint("person", "attribute"),)


class Rotation(Base):
    """Rounds in which people change tables (a world café): its rounds are sessions, its tables breakout groups.

    While its rounds go on, people sit where the round has them (`seated`), and `home` keeps where they sat before.
    """

    __tablename__ = "rotation"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    event: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    hosts: Mapped[str] = mapped_column(String(8))
    cap: Mapped[int | None]  # the most pairs of one organisation at a table
    seed: Mapped[int]
    sessions: Mapped[list[Any]]  # the rounds in order
    groups: Mapped[list[Any]]  # the tables in order
    rounds: Mapped[list[Any]]  # round -> table -> {people, hosted}; the host is the first
    locked: Mapped[list[Any]]  # numbers of rounds, from 0, that stay when the others are planned anew
    planned_at: Mapped[int]
    planned_by: Mapped[str] = mapped_column(String(12))  # the person
    seated: Mapped[int | None]  # the round in which people sit now
    home: Mapped[dict[str, Any]] = mapped_column(default=dict, server_default="{}")  # person -> [group, role] or null
    __table_args__ = (CheckConstraint("hosts IN ('none', 'fixed', 'changing')", name="hosts"),)


class Room(Base):
    """What people watch. The row is the room's lock and its clock."""

    __tablename__ = "room"
    id: Mapped[str] = mapped_column(String(20), primary_key=True)  # "board:" + the board's id, and so on
    event: Mapped[str] = mapped_column(ForeignKey("event.id"))
    seq: Mapped[int] = mapped_column(default=0)


class Log(Base):
    """Every event of a room, numbered without a gap from 1."""

    __tablename__ = "log"
    room: Mapped[str] = mapped_column(ForeignKey("room.id"))
    seq: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    at: Mapped[int | None]  # null where the event does not say when
    by: Mapped[str | None] = mapped_column(String(32))  # null where the event does not say who
    data: Mapped[dict[str, Any]]
    __table_args__ = (PrimaryKeyConstraint("room", "seq"),)


class Command(Base):
    """A command that was done, with its answer: the same actor and id get the same answer again."""

    __tablename__ = "command"
    actor: Mapped[str] = mapped_column(String(32))
    id: Mapped[str] = mapped_column(String(36))
    room: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(40))
    reply: Mapped[dict[str, Any]]
    __table_args__ = (PrimaryKeyConstraint("actor", "id"),)


class Board(Base):
    """Where one group works in one session. `activity` is its own copy of an activity of the library."""

    __tablename__ = "board"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    session: Mapped[str] = mapped_column(ForeignKey("session.id"))
    group: Mapped[str] = mapped_column(ForeignKey("group.id"))
    prompt: Mapped[str] = mapped_column(Text)
    lanes: Mapped[list[Any]]
    activity: Mapped[dict[str, Any]]
    step: Mapped[str | None] = mapped_column(String(20))
    step_open: Mapped[bool] = mapped_column(default=False)
    timer_started_at: Mapped[int | None]
    timer_ends_at: Mapped[int | None]
    rapporteur: Mapped[str | None] = mapped_column(String(12))  # the person who will report what came of it
    grace_step: Mapped[str | None] = mapped_column(String(20))  # a step that has just ended: what was being written
    grace_until: Mapped[int | None]  # in it may still be sent until this moment, and comes into the late bucket
    locked_at: Mapped[int | None]
    locked_by: Mapped[str | None] = mapped_column(String(12))  # the person
    spotlight: Mapped[str | None] = mapped_column(String(36))  # the proposal that everybody looks at
    __table_args__ = (UniqueConstraint("session", "group"),)


class Theme(Base):
    """A name under which proposals of a board are put together. Dissolving it takes nothing off the board."""

    __tablename__ = "theme"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that named it
    board: Mapped[str] = mapped_column(ForeignKey("board.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    dissolved_at: Mapped[int | None]


class Proposal(Base):
    """A card on a board: a proposal, a final line of the group, a phrase of a text, or an item that is given.

    `names` is how its author stands beside it, for good. A private one is nobody else's business until `revealed_at`.
    """

    __tablename__ = "proposal"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that posted it
    board: Mapped[str] = mapped_column(ForeignKey("board.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12), default="proposal", server_default="proposal")
    key: Mapped[str | None] = mapped_column(String(20))  # a given item's id in the activity
    lane: Mapped[str | None] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)  # the wording that stands; all of them are in `wording`
    author: Mapped[str | None] = mapped_column(ForeignKey("person.id"))  # null: given by the activity
    names: Mapped[str] = mapped_column(String(12), default="named", server_default="named")
    at: Mapped[int]
    number: Mapped[int]  # order of arrival on its board
    imported: Mapped[str | None] = mapped_column(String(40))  # its id in the conversation that it was imported from
    revealed_at: Mapped[int | None]
    late_at: Mapped[int | None]  # it came after its step had ended, and waits until it is admitted
    admitted_at: Mapped[int | None]
    theme: Mapped[str | None] = mapped_column(ForeignKey("theme.id"))
    merged_into: Mapped[str | None] = mapped_column(ForeignKey("proposal.id"), index=True)  # what stands for it now
    split_at: Mapped[int | None]  # it was merged out of others, which stand for themselves again
    shared_from: Mapped[str | None] = mapped_column(ForeignKey("proposal.id"))  # the line of another group's board
    parked_at: Mapped[int | None]
    parked_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[int | None]
    hidden_at: Mapped[int | None]
    hidden_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    hidden_reason: Mapped[str | None] = mapped_column(String(200))
    __table_args__ = (
        UniqueConstraint("board", "number"),
        UniqueConstraint("board", "key"),
        UniqueConstraint("board", "shared_from"),
        CheckConstraint("(hidden_at IS NULL) = (hidden_reason IS NULL)", name="hidden_has_reason"),
        CheckConstraint("kind IN ('proposal', 'given', 'line', 'phrase')", name="kind"),
        CheckConstraint("names IN ('named', 'organisation', 'anonymous')", name="names"),
        CheckConstraint("author IS NOT NULL OR kind = 'given'", name="author"),
    )


class Parked(Base):
    """Who takes care of a proposal in the parking lot, and what came of it. The place in the parking lot itself is the
    proposal's `parked_at`."""

    __tablename__ = "parked"
    proposal: Mapped[str] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    owner: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str | None] = mapped_column(Text)
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]


class Signal(Base):
    """What somebody says without words: a raised hand, that they have finished, or that the group needs help."""

    __tablename__ = "signal"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that gave it
    board: Mapped[str] = mapped_column(ForeignKey("board.id"), index=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    at: Mapped[int]
    ended_at: Mapped[int | None]
    ended_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        CheckConstraint("kind IN ('hand', 'finished', 'help')", name="kind"),
        Index(
            "uq_signal_standing",
            "board",
            "person",
            "kind",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class Announcement(Base):
    """A word of the facilitators to everybody, until it is taken down."""

    __tablename__ = "announcement"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that made it
    event: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    groups: Mapped[list[Any]]  # for these groups; none: for all
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    ended_at: Mapped[int | None]


class Cue(Base):
    """What is, was or will be on the stage: the one thing that the whole event looks at. Waiting while it has not been
    shown; on the stage while it has not ended; afterwards it is the history of the share-back."""

    __tablename__ = "cue"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that lined it up
    event: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    position: Mapped[int]  # its place among those that wait
    view: Mapped[str] = mapped_column(String(12))
    board: Mapped[str | None] = mapped_column(ForeignKey("board.id"))
    proposal: Mapped[str | None] = mapped_column(ForeignKey("proposal.id"))
    day: Mapped[str | None] = mapped_column(ForeignKey("day.id"))
    conclusion: Mapped[str | None] = mapped_column(ForeignKey("conclusion.id"))
    content: Mapped[dict[str, Any] | None]  # what was shown, as it was then
    page: Mapped[int]  # which part of it is on show, where it does not fit on one screen
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    shown_at: Mapped[int | None]
    ended_at: Mapped[int | None]
    __table_args__ = (
        CheckConstraint(
            "view IN ('join', 'session', 'lines', 'results', 'proposal', 'conclusions', 'conclusion', 'gallery')",
            name="view",
        ),
    )


class Summon(Base):
    """Screens come along to the stage, until they are released."""

    __tablename__ = "summon"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that called it
    event: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    groups: Mapped[list[Any]]  # those of these groups; none: everybody's
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    released_at: Mapped[int | None]
    released_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class Lead(Base):
    """Which facilitator looks after a group, until another one takes over or nobody does."""

    __tablename__ = "lead"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command
    group: Mapped[str] = mapped_column(ForeignKey("group.id"), index=True)
    person: Mapped[str] = mapped_column(ForeignKey("person.id"))
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    ended_at: Mapped[int | None]
    __table_args__ = (
        Index(
            "uq_lead_standing",
            "group",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
    )


class DeskTheme(Base):
    """A theme of the theme desk: what several groups of a day have in common, seen while they still work."""

    __tablename__ = "desk_theme"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that named it
    day: Mapped[str] = mapped_column(ForeignKey("day.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    number: Mapped[int]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    dissolved_at: Mapped[int | None]


class DeskCard(Base):
    """A proposal of some group under a theme of the theme desk. Its own board knows nothing of it."""

    __tablename__ = "desk_card"
    proposal: Mapped[str] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    theme: Mapped[str] = mapped_column(ForeignKey("desk_theme.id"), index=True)
    number: Mapped[int]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]


class GroupCheck(Base):
    """Did we get you right? What the theme desk has understood, sent back to a group, and what the group says to it."""

    __tablename__ = "group_check"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that asked
    board: Mapped[str] = mapped_column(ForeignKey("board.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    proposals: Mapped[list[Any]]  # the ids of those that it is about
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    right: Mapped[bool | None]
    answer: Mapped[str | None] = mapped_column(Text)
    answered_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    answered_at: Mapped[int | None]


class Lineage(Base):
    """What a merged proposal was made of. It stays when the proposal is split again."""

    __tablename__ = "lineage"
    whole: Mapped[str] = mapped_column(ForeignKey("proposal.id"))
    part: Mapped[str] = mapped_column(ForeignKey("proposal.id"), index=True)
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    __table_args__ = (PrimaryKeyConstraint("whole", "part"),)


class Comment(Base):
    """What somebody says to a proposal, or another wording that they suggest for a phrase."""

    __tablename__ = "comment"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that posted it
    board: Mapped[str] = mapped_column(ForeignKey("board.id"), index=True)
    proposal: Mapped[str] = mapped_column(ForeignKey("proposal.id"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    text: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(ForeignKey("person.id"))
    names: Mapped[str] = mapped_column(String(12))
    at: Mapped[int]
    adopted_at: Mapped[int | None]
    adopted_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[int | None]
    hidden_at: Mapped[int | None]
    hidden_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    hidden_reason: Mapped[str | None] = mapped_column(String(200))
    __table_args__ = (
        CheckConstraint("kind IN ('comment', 'alternative')", name="kind"),
        CheckConstraint("names IN ('named', 'organisation', 'anonymous')", name="names"),
        CheckConstraint("(hidden_at IS NULL) = (hidden_reason IS NULL)", name="hidden_has_reason"),
    )


class Reaction(Base):
    """A light word of one person on one proposal. Only how many there are is ever shown."""

    __tablename__ = "reaction"
    proposal: Mapped[str] = mapped_column(ForeignKey("proposal.id"))
    person: Mapped[str] = mapped_column(ForeignKey("person.id"))
    kind: Mapped[str] = mapped_column(String(12))
    __table_args__ = (
        PrimaryKeyConstraint("proposal", "person"),
        CheckConstraint("kind IN ('like', 'support', 'concern')", name="kind"),
    )


class GuidingText(Base):
    """A text that the whole event works with, the mission for example. Every version is kept; the last one stands."""

    __tablename__ = "guiding_text"
    event: Mapped[str] = mapped_column(ForeignKey("event.id"))
    key: Mapped[str] = mapped_column(String(20))
    version: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    text: Mapped[str] = mapped_column(Text)
    board: Mapped[str | None] = mapped_column(ForeignKey("board.id"))  # where it was drafted
    by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))  # null: the event was founded with it
    at: Mapped[int]
    __table_args__ = (PrimaryKeyConstraint("event", "key", "version"),)


class RoadmapItem(Base):
    """Who leads an improvement, by when, and with how much effort for how much impact (both 1 to 5)."""

    __tablename__ = "roadmap_item"
    proposal: Mapped[str] = mapped_column(ForeignKey("proposal.id"), primary_key=True)
    lead: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    partners: Mapped[list[Any]]  # ids of organisations
    year: Mapped[int | None]
    quarter: Mapped[int | None]
    effort: Mapped[int | None]
    impact: Mapped[int | None]
    first_step: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    __table_args__ = (
        CheckConstraint("quarter BETWEEN 1 AND 4", name="quarter"),
        CheckConstraint("effort BETWEEN 1 AND 5", name="effort"),
        CheckConstraint("impact BETWEEN 1 AND 5", name="impact"),
    )


class Pledge(Base):
    """What somebody's organisation promises to do for an improvement."""

    __tablename__ = "pledge"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that made it
    board: Mapped[str] = mapped_column(ForeignKey("board.id"), index=True)
    proposal: Mapped[str] = mapped_column(ForeignKey("proposal.id"), index=True)
    organisation: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    text: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    withdrawn_at: Mapped[int | None]


class Wording(Base):
    """Every wording that a proposal or a conclusion has had, the first one being version 1."""

    __tablename__ = "wording"
    of: Mapped[str] = mapped_column(String(36))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))  # null: given when the event was founded
    at: Mapped[int]
    __table_args__ = (PrimaryKeyConstraint("of", "version"),)


class Ballot(Base):
    """A vote on a board. Opening its step again goes on with the same ballot; a further round is a ballot of its own,
    on the same items."""

    __tablename__ = "ballot"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    board: Mapped[str] = mapped_column(ForeignKey("board.id"))
    step: Mapped[str] = mapped_column(String(20))
    round: Mapped[int] = mapped_column(default=1)
    kind: Mapped[str] = mapped_column(String(12))
    rules: Mapped[dict[str, Any]]  # domain.ballots.rules.BallotRules, as they were when it opened
    opened_at: Mapped[int]
    closed_at: Mapped[int | None]
    counted_at: Mapped[int | None]  # when the results that are on show were counted
    recounted_at: Mapped[int | None]  # when a second count, made another way, gave the same
    __table_args__ = (
        UniqueConstraint("board", "step", "round"),
        CheckConstraint("kind IN ('dots', 'approval', 'scale', 'ranking', 'consent')", name="kind"),
    )


class Elector(Base):
    """Who may vote in a ballot: frozen when it opens, with the organisation that they speak for; added to only when it
    is opened again, or by a scribe for somebody without a device, or for a ballot on paper (then without a person)."""

    __tablename__ = "elector"
    ballot: Mapped[str] = mapped_column(ForeignKey("ballot.id"))
    voter: Mapped[str] = mapped_column(String(36))  # the person's id; of a paper ballot, its own
    person: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    organisation: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    voice: Mapped[str | None] = mapped_column(String(12))  # stands for the organisation where an archive hid it
    paper: Mapped[str | None] = mapped_column(String(20))  # what is written on the paper ballot: its number
    entered_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        PrimaryKeyConstraint("ballot", "voter"),
        UniqueConstraint("ballot", "paper"),
        CheckConstraint("person IS NOT NULL OR (paper IS NOT NULL AND entered_by IS NOT NULL)", name="paper"),
    )


class Vote(Base):
    """One voter's value on one proposal, for one criterion where the ballot has several. What it means is the ballot's
    kind's business. It carries no moment. `pinned` is the version of the guiding text that was on the screen."""

    __tablename__ = "vote"
    ballot: Mapped[str] = mapped_column(ForeignKey("ballot.id"))
    voter: Mapped[str] = mapped_column(String(36))
    proposal: Mapped[str] = mapped_column(ForeignKey("proposal.id"), index=True)
    criterion: Mapped[str] = mapped_column(String(20), default="", server_default="")
    value: Mapped[int]
    reason: Mapped[str | None] = mapped_column(Text)
    pinned: Mapped[int | None]
    __table_args__ = (
        PrimaryKeyConstraint("ballot", "voter", "proposal", "criterion"),
        ForeignKeyConstraint(["ballot", "voter"], ["elector.ballot", "elector.voter"]),
        CheckConstraint("value BETWEEN -100 AND 10000", name="value"),
    )


class Conclusion(Base):
    __tablename__ = "conclusion"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that promoted it
    day: Mapped[str] = mapped_column(ForeignKey("day.id"), index=True)
    kind: Mapped[str] = mapped_column(String(16), default="conclusion", server_default="conclusion")
    position: Mapped[int]
    wording: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    taken_back_at: Mapped[int | None]
    taken_back_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (CheckConstraint("kind IN ('conclusion', 'decision', 'recommendation', 'action')", name="kind"),)


class Source(Base):
    """One of the things that a conclusion rests on, as it was at that moment: a proposal (or a line, or a phrase), a
    theme with what was under it, or a cell of an alignment."""

    __tablename__ = "source"
    conclusion: Mapped[str] = mapped_column(ForeignKey("conclusion.id"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(12))
    board: Mapped[str] = mapped_column(ForeignKey("board.id"))
    proposal: Mapped[str | None] = mapped_column(ForeignKey("proposal.id"), index=True)  # of a cell: the item
    theme: Mapped[str | None] = mapped_column(ForeignKey("theme.id"))
    criterion: Mapped[str | None] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)
    parts: Mapped[list[Any]]  # [{proposal, text}]: what was merged into it, or stood under the theme
    ballot: Mapped[str | None] = mapped_column(ForeignKey("ballot.id"))
    figures: Mapped[dict[str, Any] | None]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    __table_args__ = (
        PrimaryKeyConstraint("conclusion", "number"),
        CheckConstraint("kind IN ('proposal', 'theme', 'cell')", name="kind"),
        CheckConstraint("(kind = 'theme') = (theme IS NOT NULL)", name="theme"),
        CheckConstraint("(kind = 'theme') = (proposal IS NULL)", name="proposal"),
        CheckConstraint("(kind = 'cell') = (criterion IS NOT NULL)", name="criterion"),
    )


class Tag(Base):
    """A conclusion answers to something of a framework: a development goal, a cross-cutting concern."""

    __tablename__ = "tag"
    conclusion: Mapped[str] = mapped_column(ForeignKey("conclusion.id"))
    framework: Mapped[str] = mapped_column(String(20))
    tag: Mapped[str] = mapped_column(String(20))
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    __table_args__ = (PrimaryKeyConstraint("conclusion", "framework", "tag"),)


class Ratification(Base):
    """Everybody is asked to stand behind conclusions of a day. Quorums and support are per cent."""

    __tablename__ = "ratification"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that opened it
    day: Mapped[str] = mapped_column(ForeignKey("day.id"))
    number: Mapped[int]
    quorum_people: Mapped[int]
    quorum_organisations: Mapped[int]
    support: Mapped[int]
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    opened_at: Mapped[int]
    closed_at: Mapped[int | None]
    __table_args__ = (
        UniqueConstraint("day", "number"),
        Index(
            "uq_ratification_open",
            "day",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
        CheckConstraint("quorum_people BETWEEN 0 AND 100", name="quorum_people"),
        CheckConstraint("quorum_organisations BETWEEN 0 AND 100", name="quorum_organisations"),
        CheckConstraint("support BETWEEN 0 AND 100", name="support"),
    )


class Ratified(Base):
    """A conclusion in a ratification, in the wording that was on the screen."""

    __tablename__ = "ratified"
    ratification: Mapped[str] = mapped_column(ForeignKey("ratification.id"))
    conclusion: Mapped[str] = mapped_column(ForeignKey("conclusion.id"), index=True)
    version: Mapped[int]
    __table_args__ = (PrimaryKeyConstraint("ratification", "conclusion"),)


class Ratifier(Base):
    """Who is asked: frozen when the ratification opens, with the organisation that they speak for."""

    __tablename__ = "ratifier"
    ratification: Mapped[str] = mapped_column(ForeignKey("ratification.id"))
    person: Mapped[str] = mapped_column(ForeignKey("person.id"))
    organisation: Mapped[str | None] = mapped_column(ForeignKey("organisation.id"))
    voice: Mapped[str | None] = mapped_column(String(12))  # stands for the organisation where an archive hid it
    __table_args__ = (PrimaryKeyConstraint("ratification", "person"),)


class Position(Base):
    """Where somebody stands on a conclusion: values and reasons of a consent ballot. It carries no moment."""

    __tablename__ = "position"
    ratification: Mapped[str] = mapped_column(ForeignKey("ratification.id"))
    person: Mapped[str] = mapped_column(ForeignKey("person.id"))
    conclusion: Mapped[str] = mapped_column(ForeignKey("conclusion.id"))
    value: Mapped[int]
    reason: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (
        PrimaryKeyConstraint("ratification", "person", "conclusion"),
        ForeignKeyConstraint(["ratification", "person"], ["ratifier.ratification", "ratifier.person"]),
        ForeignKeyConstraint(["ratification", "conclusion"], ["ratified.ratification", "ratified.conclusion"]),
        CheckConstraint("value IN (0, 2, 3)", name="value"),
    )


class MinorityReport(Base):
    """What those say who did not agree with a conclusion, beside it, under their name."""

    __tablename__ = "minority_report"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that filed it
    conclusion: Mapped[str] = mapped_column(ForeignKey("conclusion.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    withdrawn_at: Mapped[int | None]


class Verdict(Base):
    """What a body, the board of directors for example, decided on a conclusion after the event. The last one stands."""

    __tablename__ = "verdict"
    conclusion: Mapped[str] = mapped_column(ForeignKey("conclusion.id"))
    number: Mapped[int]
    verdict: Mapped[str] = mapped_column(String(12))
    reason: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(String(200))
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    __table_args__ = (
        PrimaryKeyConstraint("conclusion", "number"),
        CheckConstraint("verdict IN ('adopted', 'amended', 'deferred', 'rejected')", name="verdict"),
    )


class Picture(Base):
    """A picture of the event. Its files lie in the data folder (domain.pictures.file_name), made anew from what was
    sent."""

    __tablename__ = "picture"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of its upload, and of what added it
    event: Mapped[str] = mapped_column(ForeignKey("event.id"), index=True)
    session: Mapped[str | None] = mapped_column(ForeignKey("session.id"))  # the board's, or what was on
    board: Mapped[str | None] = mapped_column(ForeignKey("board.id"), index=True)  # it shows what a group has done
    caption: Mapped[str] = mapped_column(Text)
    alt: Mapped[str] = mapped_column(Text)  # what is in it, for those who cannot see it
    file: Mapped[str] = mapped_column(String(32), unique=True)
    sizes: Mapped[list[Any]]  # [[width, height]], the smallest first
    author: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    used_at: Mapped[int | None]  # chosen for the report
    used_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    withdrawn_at: Mapped[int | None]
    hidden_at: Mapped[int | None]
    hidden_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    hidden_reason: Mapped[str | None] = mapped_column(String(200))
    __table_args__ = (
        CheckConstraint("(hidden_at IS NULL) = (hidden_reason IS NULL)", name="hidden_has_reason"),
        CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name="used_by_somebody"),
    )


class PictureOptOut(Base):
    """Somebody does not want to be in pictures. The row goes when they say otherwise."""

    __tablename__ = "picture_opt_out"
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[int]


class Naming(Base):
    """Somebody agrees to stand by name in a report's list of who took part. The row goes when they say otherwise."""

    __tablename__ = "naming"
    person: Mapped[str] = mapped_column(ForeignKey("person.id"), primary_key=True)
    at: Mapped[int]


class Edition(Base):
    """A numbered report. A draft is arranged; once it is frozen, what it says is `document` for good (the canonical
    text of domain.frozen), and `content_hash` its SHA-256. Its public page lies at `address`, which the editions of an
    event share."""

    __tablename__ = "edition"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that drafted it
    event: Mapped[str] = mapped_column(ForeignKey("event.id"))
    number: Mapped[int]
    status: Mapped[str] = mapped_column(String(12))
    title: Mapped[str] = mapped_column(String(200))
    depth: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(12))
    named: Mapped[bool]  # people stand in it by name
    story: Mapped[str] = mapped_column(Text)  # Markdown
    sections: Mapped[list[Any]]  # [{section, off, intro, owner}] where the organiser has said something
    ordered: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # sections as the organiser put them
    revision: Mapped[int]  # how often the draft was arranged: what was compiled before is not frozen after
    corrects: Mapped[str | None] = mapped_column(ForeignKey("edition.id"))
    note: Mapped[str] = mapped_column(Text)  # what the organiser says of the changes, in Markdown
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    frozen_at: Mapped[int | None]
    frozen_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    check_until: Mapped[int | None]
    document: Mapped[str | None] = mapped_column(Text)
    content_hash: Mapped[str | None] = mapped_column(String(64))
    contents: Mapped[list[Any]]  # [{section, title}] of the frozen report
    erased: Mapped[list[Any]] = mapped_column(default=list, server_default="[]")  # when names left `document`
    changes: Mapped[list[Any]]  # domain.frozen.difference to the edition that it corrects
    signs: Mapped[list[Any]]  # [{section, by, at}]
    address: Mapped[str] = mapped_column(String(12), index=True)
    published_at: Mapped[int | None]
    published_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    taken_back_at: Mapped[int | None]
    taken_back_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (
        UniqueConstraint("event", "number"),
        CheckConstraint("status IN ('draft', 'checking', 'published', 'superseded', 'taken_back')", name="status"),
        CheckConstraint("(status = 'draft') = (document IS NULL)", name="frozen"),
    )


class EditionComment(Base):
    """What somebody says of a section in the check before an edition is published, to the organisers alone."""

    __tablename__ = "edition_comment"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that made it
    edition: Mapped[str] = mapped_column(ForeignKey("edition.id"), index=True)
    section: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    author: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    settled_at: Mapped[int | None]
    settled_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
