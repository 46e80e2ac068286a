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

PERSONAL = frozenset({"by", "author", "person", "people", "seats", "rapporteur", "voters"})
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


@dataclass(frozen=True)
class TextWorded(Event):
    """A guiding text of the event (its mission, its vision) has a new wording: `{key, version, title, text, at,
    board}`, where `board` is where it was drafted, or null. Ratings that were made on an earlier one say so."""

    name = "text.worded"
    room = "event"
    text: JSON


# --- a board's room ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ProposalPosted(Event):
    """A new proposal stands on the board, or a line, or a phrase: `{id, kind, key, number, lane, text, author,
    organisation, at, edited, status, reason, theme, merged_into, made_of, shared_from, reactions}`. Who is beside it
    depends on the step: `author`, or `organisation` alone, or neither; then `by` is left out too."""

    name = "proposal.posted"
    room = "board"
    proposal: JSON


@dataclass(frozen=True)
class ProposalsCounted(Event):
    """How many proposals have been posted in private by now. Never whose, when or what."""

    name = "proposals.counted"
    room = "board"
    signed = False
    unrevealed: int


@dataclass(frozen=True)
class ProposalsRevealed(Event):
    """What was posted in private is on the board for everybody now: the whole proposals, their order shuffled."""

    name = "proposals.revealed"
    room = "board"
    signed = False
    asks_me = True
    proposals: list[JSON]


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
class ProposalParked(Event):
    """A proposal is in the parking lot: it stays in sight, and nobody votes on it."""

    name = "proposal.parked"
    room = "board"
    proposal: str


@dataclass(frozen=True)
class ProposalUnparked(Event):
    """A proposal is back from the parking lot."""

    name = "proposal.unparked"
    room = "board"
    proposal: str


@dataclass(frozen=True)
class ProposalSorted(Event):
    """Proposals were put under a theme, or taken out of theirs (`theme` null)."""

    name = "proposal.sorted"
    room = "board"
    proposals: list[str]
    theme: str | None


@dataclass(frozen=True)
class ProposalMerged(Event):
    """Proposals became one with a new wording: `proposal` is the whole, new on the board; `parts` stand behind it. Its
    votes are those of all who voted on a part, each person once."""

    name = "proposal.merged"
    room = "board"
    asks_me = True
    proposal: JSON
    parts: list[str]


@dataclass(frozen=True)
class ProposalSplit(Event):
    """A merged proposal was split: its parts stand for themselves again, the whole no longer does."""

    name = "proposal.split"
    room = "board"
    asks_me = True
    proposal: str
    parts: list[str]


@dataclass(frozen=True)
class ThemeNamed(Event):
    """A theme was made, or has a new name: `{id, name, number}`."""

    name = "theme.named"
    room = "board"
    theme: JSON


@dataclass(frozen=True)
class ThemeDissolved(Event):
    """A theme is gone; its proposals stand without one."""

    name = "theme.dissolved"
    room = "board"
    theme: str


@dataclass(frozen=True)
class CommentPosted(Event):
    """Somebody said something to a proposal, or suggests another wording for a phrase: `{id, proposal, kind, text,
    author, organisation, at, status, reason, adopted}`."""

    name = "comment.posted"
    room = "board"
    comment: JSON


@dataclass(frozen=True)
class CommentWithdrawn(Event):
    """Its author has taken a comment back."""

    name = "comment.withdrawn"
    room = "board"
    retracts = True
    comment: str


@dataclass(frozen=True)
class CommentHidden(Event):
    """A facilitator has hidden a comment, with a reason that everybody can read."""

    name = "comment.hidden"
    room = "board"
    retracts = True
    asks_me = True
    comment: str
    reason: str


@dataclass(frozen=True)
class CommentRestored(Event):
    """A facilitator has restored a hidden comment: the whole comment again."""

    name = "comment.restored"
    room = "board"
    asks_me = True
    comment: JSON


@dataclass(frozen=True)
class CommentAdopted(Event):
    """An alternative has become the wording of its phrase."""

    name = "comment.adopted"
    room = "board"
    comment: str


@dataclass(frozen=True)
class ReactionCounted(Event):
    """How many react to a proposal by now, and how: `{like, support, concern}`. Never who."""

    name = "reaction.counted"
    room = "board"
    signed = False
    proposal: str
    reactions: JSON


@dataclass(frozen=True)
class RapporteurNamed(Event):
    """The group has said who will report for it; null: nobody any more."""

    name = "rapporteur.named"
    room = "board"
    rapporteur: str | None


@dataclass(frozen=True)
class LinesShared(Event):
    """The final lines of a group are on the plenary's board: the whole lines. They can be endorsed and answered, and
    not changed."""

    name = "lines.shared"
    room = "board"
    proposals: list[JSON]


@dataclass(frozen=True)
class DraftSet(Event):
    """The text on the board has changed: its phrases in order, whole, and the ids of those that are no longer in it."""

    name = "draft.set"
    room = "board"
    proposals: list[JSON]
    gone: list[str]


@dataclass(frozen=True)
class RoadmapPlanned(Event):
    """How an improvement will be done: `{lead, partners, year, quarter, effort, impact, first_step}`."""

    name = "roadmap.planned"
    room = "board"
    proposal: str
    item: JSON


@dataclass(frozen=True)
class PledgeMade(Event):
    """An organisation pledges something for an improvement: `{id, proposal, organisation, text, author, at}`."""

    name = "pledge.made"
    room = "board"
    pledge: JSON


@dataclass(frozen=True)
class PledgeWithdrawn(Event):
    """A pledge was taken back."""

    name = "pledge.withdrawn"
    room = "board"
    retracts = True
    pledge: str


@dataclass(frozen=True)
class ActivityChosen(Event):
    """The board has another activity, or its own one changed: `activity` with its steps, the board's `lanes`, `can`,
    and the given items that its votes need and the board did not have."""

    name = "activity.chosen"
    room = "board"
    asks_me = True
    activity: JSON
    lanes: list[JSON]
    can: dict[str, list[str]]
    proposals: list[JSON]


@dataclass(frozen=True)
class StepOpened(Event):
    """A step of the board's activity is open. `can` lists the commands a role has in it; `ballot` is the ballot of a
    vote step `{id, kind, budget, cap, against, criteria, anchors, secrecy, live, round, rounds, of, electors, voted,
    entered}`, or the last one held, or null. `of` says what it is about: `{kind, keys}`."""

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
    """How many people have voted by now. Never who, when or for what: the ballot runs."""

    name = "vote.cast"
    room = "board"
    signed = False
    voted: int


@dataclass(frozen=True)
class VoteEntered(Event):
    """A scribe has entered a ballot from paper, or of somebody without a device: how many electors there are now, how
    many have voted, and how many of those were entered."""

    name = "vote.entered"
    room = "board"
    electors: int
    voted: int
    entered: int


@dataclass(frozen=True)
class ResultsCounted(Event):
    """The results of the last ballot, as everybody sees them, counted anew from the stored votes: `{ballot, round,
    earlier, counted_at, recounted_at, ...}` and the figures of `domain.ballots.count`."""

    name = "results.counted"
    room = "board"
    signed = False
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
