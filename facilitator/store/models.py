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


class Event(Base):
    __tablename__ = "event"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200))
    purpose: Mapped[str] = mapped_column(Text)
    sample: Mapped[str | None] = mapped_column(String(500))  # why its data is not real; null for a real event
    template: Mapped[str | None] = mapped_column(String(40))  # the agenda in library/ that it was made from
    now_session: Mapped[str | None] = mapped_column(String(12))
    created_at: Mapped[int]
    created_by: Mapped[str | None] = mapped_column(ForeignKey("account.id"))


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
    joined_at: Mapped[int | None]
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
    __table_args__ = (UniqueConstraint("session", "group"),)


class Proposal(Base):
    __tablename__ = "proposal"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that posted it
    board: Mapped[str] = mapped_column(ForeignKey("board.id"), index=True)
    lane: Mapped[str | None] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(Text)  # the wording that stands; all of them are in `wording`
    author: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    number: Mapped[int]  # order of arrival on its board
    imported: Mapped[str | None] = mapped_column(String(40))  # its id in the conversation that it was imported from
    withdrawn_at: Mapped[int | None]
    hidden_at: Mapped[int | None]
    hidden_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))
    hidden_reason: Mapped[str | None] = mapped_column(String(200))
    __table_args__ = (
        UniqueConstraint("board", "number"),
        CheckConstraint("(hidden_at IS NULL) = (hidden_reason IS NULL)", name="hidden_has_reason"),
    )


class Wording(Base):
    """Every wording that a proposal or a conclusion has had, the first one being version 1."""

    __tablename__ = "wording"
    of: Mapped[str] = mapped_column(String(36))
    version: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    __table_args__ = (PrimaryKeyConstraint("of", "version"),)


class Ballot(Base):
    """A vote on a board. Opening its step again goes on with the same ballot."""

    __tablename__ = "ballot"
    id: Mapped[str] = mapped_column(String(12), primary_key=True)
    board: Mapped[str] = mapped_column(ForeignKey("board.id"))
    step: Mapped[str] = mapped_column(String(20))
    kind: Mapped[str] = mapped_column(String(12))
    budget: Mapped[int | None]
    cap: Mapped[int | None]
    secret: Mapped[bool]
    opened_at: Mapped[int]
    closed_at: Mapped[int | None]
    __table_args__ = (
        UniqueConstraint("board", "step"),
        CheckConstraint("kind IN ('dots', 'approval')", name="kind"),
    )


class Elector(Base):
    """Who may vote in a ballot: frozen when it opens, added to only when it is opened again."""

    __tablename__ = "elector"
    ballot: Mapped[str] = mapped_column(ForeignKey("ballot.id"))
    person: Mapped[str] = mapped_column(ForeignKey("person.id"))
    __table_args__ = (PrimaryKeyConstraint("ballot", "person"),)


class Vote(Base):
    """One voter's value on one proposal. What it means is the ballot's kind's business. It carries no moment."""

    __tablename__ = "vote"
    ballot: Mapped[str] = mapped_column(ForeignKey("ballot.id"))
    voter: Mapped[str] = mapped_column(String(12))
    proposal: Mapped[str] = mapped_column(ForeignKey("proposal.id"), index=True)
    value: Mapped[int]
    __table_args__ = (
        PrimaryKeyConstraint("ballot", "voter", "proposal"),
        ForeignKeyConstraint(["ballot", "voter"], ["elector.ballot", "elector.person"]),
        CheckConstraint("value BETWEEN -1 AND 100", name="value"),
    )


class Conclusion(Base):
    __tablename__ = "conclusion"
    id: Mapped[str] = mapped_column(String(36), primary_key=True)  # the id of the command that promoted it
    day: Mapped[str] = mapped_column(ForeignKey("day.id"), index=True)
    position: Mapped[int]
    wording: Mapped[str] = mapped_column(Text)
    by: Mapped[str] = mapped_column(ForeignKey("person.id"))
    at: Mapped[int]
    taken_back_at: Mapped[int | None]
    taken_back_by: Mapped[str | None] = mapped_column(ForeignKey("person.id"))


class Source(Base):
    """What a conclusion was made of, as it was at that moment: the proposal's text and its ballot's figures."""

    __tablename__ = "source"
    conclusion: Mapped[str] = mapped_column(ForeignKey("conclusion.id"))
    proposal: Mapped[str] = mapped_column(ForeignKey("proposal.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    ballot: Mapped[str | None] = mapped_column(ForeignKey("ballot.id"))
    figures: Mapped[dict[str, Any] | None]
    __table_args__ = (PrimaryKeyConstraint("conclusion", "proposal"),)
