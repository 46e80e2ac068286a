"""What can happen, one frozen class per event. The docstring of a class is its reference.

An event carries results, not increments, so that a client which applies it needs no other source. It is public to its
room: what not everybody there may see is not in it. `name` is the name on the wire and in the client's reducer
(`proposal.posted` -> `on["proposal.posted"]`).

Moments (`at`, `ends_at`, ...) are milliseconds since 1970-01-01 UTC, here, in the tables and on the wire.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any, ClassVar, Literal

JSON = dict[str, Any]
RoomKind = Literal["event", "board", "day"]

PERSONAL = frozenset({"by", "author", "person", "people", "seats"})
"""Keys that say who. Frames and snapshots for a projector are sent without them."""


@dataclass(frozen=True)
class Event:
    """Base of all events."""

    name: ClassVar[str]
    room: ClassVar[RoomKind]
    #: The event says who did it, and when. A secret ballot says neither.
    signed: ClassVar[bool] = True
    #: What one may do or still has may have changed for everybody: clients ask for their `me` again.
    asks_me: ClassVar[bool] = False
    #: Something was taken out of sight. Catch-up across it sends a snapshot, never the old text.
    retracts: ClassVar[bool] = False

    def data(self) -> JSON:
        """The event's own fields as they travel. Values are JSON; nothing is renamed."""
        return {f.name: getattr(self, f.name) for f in fields(self)}


# --- the event's room -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class PersonJoined(Event):
    """Somebody came in for the first time. `person` is their public card `{id, name, organisation, role, groups}`;
    `joined` counts everybody who has come in; `seats` are the seats of the groups that gained a member."""

    name = "person.joined"
    room = "event"
    person: JSON
    joined: int


@dataclass(frozen=True)
class SessionOpened(Event):
    """A session of the agenda is on now. `closed` is the session that it took over from, or null."""

    name = "session.opened"
    room = "event"
    session: str
    closed: str | None
    opened_at: int


@dataclass(frozen=True)
class SessionClosed(Event):
    """The session is over; nothing is on until the next one opens."""

    name = "session.closed"
    room = "event"
    session: str
    closed_at: int


@dataclass(frozen=True)
class SessionAdded(Event):
    """The agenda of `day` has gained `session` at its end (an imported conversation, for example)."""

    name = "session.added"
    room = "event"
    day: str
    session: JSON


@dataclass(frozen=True)
class CodeRenewed(Event):
    """The join code was replaced; the old one lets nobody in any more."""

    name = "code.renewed"
    room = "event"
    join_code: str


# --- a board's room ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ProposalPosted(Event):
    """A new proposal stands on the board: `{id, lane, text, author, at, edited, status, reason}`."""

    name = "proposal.posted"
    room = "board"
    proposal: JSON


@dataclass(frozen=True)
class ProposalEdited(Event):
    """Its author has given a proposal a new text. The earlier wording is kept."""

    name = "proposal.edited"
    room = "board"
    proposal: str
    text: str


@dataclass(frozen=True)
class ProposalWithdrawn(Event):
    """Its author has taken a proposal off the board; they can put it back."""

    name = "proposal.withdrawn"
    room = "board"
    retracts = True
    proposal: str


@dataclass(frozen=True)
class ProposalReinstated(Event):
    """Its author has put a withdrawn proposal back: the whole proposal again."""

    name = "proposal.reinstated"
    room = "board"
    proposal: JSON


@dataclass(frozen=True)
class ProposalHidden(Event):
    """A facilitator has hidden a proposal, with a reason that everybody can read."""

    name = "proposal.hidden"
    room = "board"
    retracts = True
    asks_me = True
    proposal: str
    reason: str


@dataclass(frozen=True)
class ProposalRestored(Event):
    """A facilitator has restored a hidden proposal: the whole proposal again."""

    name = "proposal.restored"
    room = "board"
    asks_me = True
    proposal: JSON


@dataclass(frozen=True)
class StepOpened(Event):
    """A step of the board's activity is open. `can` lists the commands a role has in it; `ballot` is the ballot of a
    vote step `{kind, budget, cap, secret, electors, voted}`, or the last one held, or null."""

    name = "step.opened"
    room = "board"
    asks_me = True
    step: str
    can: dict[str, list[str]]
    ballot: JSON | None


@dataclass(frozen=True)
class StepClosed(Event):
    """The open step is closed. Nothing is taken away; `can` says what is left to do."""

    name = "step.closed"
    room = "board"
    step: str
    can: dict[str, list[str]]


@dataclass(frozen=True)
class VoteCast(Event):
    """How many people have voted by now. Never who, when or for what: the ballot is secret and runs."""

    name = "vote.cast"
    room = "board"
    signed = False
    voted: int


@dataclass(frozen=True)
class ResultsCounted(Event):
    """The results of the last ballot, as everybody sees them from the reveal on:
    `{ballot, electors, voted, few, ranked: [{proposal, rank, tied, score, ...tally}]}`."""

    name = "results.counted"
    room = "board"
    results: JSON


@dataclass(frozen=True)
class TimerStarted(Event):
    """A timer runs on the board: `{started_at, ends_at}`."""

    name = "timer.started"
    room = "board"
    timer: JSON


@dataclass(frozen=True)
class TimerExtended(Event):
    """The running timer has a new end; a timer that had run out runs again."""

    name = "timer.extended"
    room = "board"
    timer: JSON


@dataclass(frozen=True)
class TimerStopped(Event):
    """The timer is gone."""

    name = "timer.stopped"
    room = "board"


# --- a day's room -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ConclusionPromoted(Event):
    """A proposal has become a conclusion of the day, at the end of the list:
    `{id, wording, at, by, versions, diff, source}`, where `source` is the proposal as it was, its board, session and
    group, and its ballot's figures."""

    name = "conclusion.promoted"
    room = "day"
    conclusion: JSON


@dataclass(frozen=True)
class ConclusionReworded(Event):
    """A conclusion has a new wording; the earlier ones stay in `versions`."""

    name = "conclusion.reworded"
    room = "day"
    conclusion: JSON


@dataclass(frozen=True)
class ConclusionMoved(Event):
    """The day's conclusions have a new order: all their ids, first to last."""

    name = "conclusion.moved"
    room = "day"
    order: list[str]


@dataclass(frozen=True)
class ConclusionTakenBack(Event):
    """A promotion was taken back. The proposal is as it was; the conclusion can be reinstated."""

    name = "conclusion.taken_back"
    room = "day"
    retracts = True
    conclusion: str


@dataclass(frozen=True)
class ConclusionReinstated(Event):
    """A conclusion that was taken back stands again, at its place in `order`."""

    name = "conclusion.reinstated"
    room = "day"
    conclusion: JSON
    order: list[str]


EVENTS: dict[str, type[Event]] = {
    cls.name: cls
    for cls in list(globals().values())
    if isinstance(cls, type) and issubclass(cls, Event) and cls is not Event
}


def for_screen(value: Any) -> Any:
    """The same JSON without the keys that say who, at any depth: what a projector may receive."""
    if isinstance(value, dict):
        return {key: for_screen(inner) for key, inner in value.items() if key not in PERSONAL}
    if isinstance(value, list):
        return [for_screen(inner) for inner in value]
    return value
