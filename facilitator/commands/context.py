"""One command under way: its locked room, who stands in it, and what it has emitted so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import bindparam, insert, select, update

from .. import access
from ..access import Actor, Place
from ..domain.events import JSON, Event
from ..domain.refusals import Refused
from ..store.models import Command, Log, Room, now_ms


@dataclass
class Context:
    db: Db
    place: Place
    id: str
    command: str
    key: str
    seq: int
    now: int
    events: list[JSON] = field(default_factory=list)
    answer: JSON = field(default_factory=dict)
    #: room -> what happened there too, because of what was done here
    elsewhere: dict[str, list[JSON]] = field(default_factory=dict)

    @classmethod
    def open(cls, db: Db, *, room: str, actor: Actor, id: str, command: str, key: str, stage: bool = False) -> Context:
        """Lock the room's row, then read who the actor is by now. With `stage` the event's room is locked before it.

        Two commands of one room never overlap: the second one waits here and sees all that the first one wrote.
        """
        if stage and (event := access.event_of(db, room)) is not None:
            db.execute(_LOCKED_ROOM, {"room": f"event:{event}"})
        row = db.execute(_LOCKED_ROOM, {"room": room}).one_or_none()
        if row is None:
            raise Refused("not_yours")
        return cls(db, access.open_room(db, actor, room), id, command, key, row.seq, now_ms())

    @property
    def who(self) -> str:
        return self.place.who

    def already_done(self) -> JSON | None:
        """The first reply, if this actor has sent this command before."""
        done = self.db.execute(_DONE, {"actor": self.place.actor.key, "id": self.id}).one_or_none()
        if done is None:
            return None
        if (done.name, done.room) != (self.command, self.place.room):
            raise Refused("id_taken")
        reply: JSON = done.reply
        return reply

    def write(self, statement: Any, rows: Any = None) -> None:
        self.db.execute(statement, rows) if rows is not None else self.db.execute(statement)

    def emit(self, event: Event, *, signed: bool = True) -> None:
        """Number an event and keep it for the log; it is published once the transaction is through.

        `signed=False` where people were promised that nobody learns who writes, or when.
        """
        self.seq += 1
        self.events.append(self._numbered(event, self.seq, signed))

    def tell(self, room: str, event: Event, *, signed: bool = True) -> None:
        """Emit an event into another room of the same event. Only commands that have locked the event's room first do
        so (those of that room, and those with `stage`): whoever waits for a second lock holds the event's, so that no
        two wait for each other."""
        seq = self.db.execute(_LOCKED_ROOM, {"room": room}).scalar_one() + 1
        row = self._numbered(event, seq, signed)
        self.write(_LOG, [log_row(room, row)])
        self.write(_CLOCK, {"room": room, "now": seq})
        self.elsewhere.setdefault(room, []).append(row)

    def _numbered(self, event: Event, seq: int, signed: bool) -> JSON:
        row: JSON = {"seq": seq, "name": event.name}
        if event.signed and signed:
            row["at"] = self.now
            row["by"] = self.place.actor.person
        if event.asks_me:
            row["me"] = True
        return row | event.data()

    def append_events(self) -> JSON:
        """Write the events and the reply. A command that emitted nothing leaves the clock as it is."""
        room = self.place.room
        if self.events:
            self.write(_LOG, [log_row(room, event) for event in self.events])
            self.write(_CLOCK, {"room": room, "now": self.seq})
        reply = {"ok": True, "seq": self.seq, **self.answer}
        actor = self.place.actor.key
        self.write(_COMMAND, {"actor": actor, "id": self.id, "room": room, "name": self.command, "reply": reply})
        return reply


_LOCKED_ROOM = select(Room.seq).where(Room.id == bindparam("room")).with_for_update()
_DONE = select(Command.name, Command.room, Command.reply).where(
    Command.actor == bindparam("actor"), Command.id == bindparam("id")
)
_LOG = insert(Log.__table__)
_CLOCK = update(Room.__table__).where(Room.__table__.c.id == bindparam("room")).values(seq=bindparam("now"))
_COMMAND = insert(Command.__table__)

ENVELOPE = ("seq", "name", "at", "by", "me")


def log_row(room: str, event: JSON) -> JSON:
    return {
        "room": room,
        "seq": event["seq"],
        "name": event["name"],
        "at": event.get("at"),
        "by": event.get("by"),
        "data": {key: value for key, value in event.items() if key not in ENVELOPE},
    }
