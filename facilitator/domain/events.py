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

PERSONAL = frozenset(
    {"by", "author", "person", "people", "seats", "rapporteur", "voters", "owner", "answered_by", "leads"}
)
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
    """Somebody came in for the first time. `person` is their public card `{id, name, organisation, role, groups,
    languages, joined, attendance, closed}`; `joined` counts everybody who has come in."""

    name = "person.joined"
    room = "event"
    person: JSON
    joined: int


@dataclass(frozen=True)
class RosterImported(Event):
    """People are on the roster who were not: their cards, and those of the organisations that came with them."""

    name = "roster.imported"
    room = "event"
    people: list[JSON]
    organisations: list[JSON]


@dataclass(frozen=True)
class PersonEdited(Event):
    """What the roster says of somebody has changed: their card, and those of organisations that are new."""

    name = "person.edited"
    room = "event"
    people: list[JSON]
    organisations: list[JSON]
    joined: int


@dataclass(frozen=True)
class PersonChecked(Event):
    """Somebody was ticked off at the door, did not come, or is expected again: the cards."""

    name = "person.checked"
    room = "event"
    people: list[JSON]


@dataclass(frozen=True)
class PersonRemoved(Event):
    """Somebody who had contributed nothing is off the roster. `person` is their id."""

    name = "person.removed"
    room = "event"
    retracts = True
    person: str
    joined: int


@dataclass(frozen=True)
class PersonClosed(Event):
    """The seat of somebody who had contributed is closed: what they wrote stays, under their name. Their card."""

    name = "person.closed"
    room = "event"
    people: list[JSON]
    joined: int


@dataclass(frozen=True)
class PersonReopened(Event):
    """A closed seat is open again, in no group yet: the card."""

    name = "person.reopened"
    room = "event"
    people: list[JSON]
    joined: int


@dataclass(frozen=True)
class PersonErased(Event):
    """Who somebody was is erased for good: their card, whose `name` is empty from now on. What they contributed stays,
    as from somebody of their organisation. `declined` counts who does not want to be in pictures."""

    name = "person.erased"
    room = "event"
    retracts = True
    asks_me = True
    people: list[JSON]
    joined: int
    declined: int


@dataclass(frozen=True)
class OrganisationNamed(Event):
    """An organisation was added, or has another name, kind or colour: `{id, name, kind, colour}`."""

    name = "organisation.named"
    room = "event"
    organisation: JSON


@dataclass(frozen=True)
class OrganisationRemoved(Event):
    """An organisation from which nobody comes is off the list."""

    name = "organisation.removed"
    room = "event"
    organisation: str


@dataclass(frozen=True)
class AttributeDefined(Event):
    """The event asks people something else of themselves, or otherwise: what they may answer is in their own `me`. What
    anybody answers is in no event, nor that somebody has."""

    name = "attribute.defined"
    room = "event"
    asks_me = True


@dataclass(frozen=True)
class AttributeRemoved(Event):
    """Something is not asked any more, and what was answered is gone."""

    name = "attribute.removed"
    room = "event"
    asks_me = True


@dataclass(frozen=True)
class EventChanged(Event):
    """The event has another title, place or purpose."""

    name = "event.changed"
    room = "event"
    title: str
    place: str
    purpose: str


@dataclass(frozen=True)
class EventArchived(Event):
    """The event is put away, since `archived_at`."""

    name = "event.archived"
    room = "event"
    archived_at: int


@dataclass(frozen=True)
class EventReopened(Event):
    """The event is out of the archive again."""

    name = "event.reopened"
    room = "event"


@dataclass(frozen=True)
class EventDeleted(Event):
    """The event is deleted; all of it is gone at `delete_at`, unless it is restored."""

    name = "event.deleted"
    room = "event"
    delete_at: int


@dataclass(frozen=True)
class EventRestored(Event):
    """The event is not deleted after all."""

    name = "event.restored"
    room = "event"


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
class SessionChanged(Event):
    """A session says something else of itself, or other groups work in it: the whole session."""

    name = "session.changed"
    room = "event"
    session: JSON


@dataclass(frozen=True)
class SessionMoved(Event):
    """Sessions stand at other places or have other times: `days` has, by the id of the day, all of its sessions."""

    name = "session.moved"
    room = "event"
    days: dict[str, list[JSON]]


@dataclass(frozen=True)
class SessionRemoved(Event):
    """A session is off the agenda."""

    name = "session.removed"
    room = "event"
    session: str


@dataclass(frozen=True)
class DayAdded(Event):
    """The event has one more day: all days `{id, number, date, title}` in order."""

    name = "day.added"
    room = "event"
    days: list[JSON]


@dataclass(frozen=True)
class DayChanged(Event):
    """A day has another date or title: all days in order."""

    name = "day.changed"
    room = "event"
    days: list[JSON]


@dataclass(frozen=True)
class DayRemoved(Event):
    """A day is off the agenda: the days that are left, in order."""

    name = "day.removed"
    room = "event"
    days: list[JSON]


@dataclass(frozen=True)
class GroupMade(Event):
    """There is a new group `{id, name, kind, number}`, with a board in sessions to come: `boards: [{session, id}]`."""

    name = "group.made"
    room = "event"
    group: JSON
    boards: list[JSON]


@dataclass(frozen=True)
class GroupRenamed(Event):
    """A group has another name."""

    name = "group.renamed"
    room = "event"
    group: str
    title: str


@dataclass(frozen=True)
class GroupRemoved(Event):
    """A group is gone, with its boards; the cards of those who were in it."""

    name = "group.removed"
    room = "event"
    asks_me = True
    group: str
    people: list[JSON]


@dataclass(frozen=True)
class GroupSeated(Event):
    """People have other places: their cards."""

    name = "group.seated"
    room = "event"
    asks_me = True
    people: list[JSON]


@dataclass(frozen=True)
class GroupChosen(Event):
    """Somebody has taken a place in the group that they want, or left theirs: their card."""

    name = "group.chosen"
    room = "event"
    people: list[JSON]


@dataclass(frozen=True)
class PreferenceAsked(Event):
    """People are asked which group they want: `{kind, most, open, answered}`. With the `kind` `choice` each takes one,
    with `preference` each ranks them. `most`: so many people in a group, or null."""

    name = "preference.asked"
    room = "event"
    asks_me = True
    preference: JSON


@dataclass(frozen=True)
class PreferenceRanked(Event):
    """How many people have ranked the groups by now. Never who, or how."""

    name = "preference.ranked"
    room = "event"
    signed = False
    answered: int


@dataclass(frozen=True)
class PreferenceClosed(Event):
    """People are no longer asked which group they want. Their answers are kept."""

    name = "preference.closed"
    room = "event"


@dataclass(frozen=True)
class RotationPlanned(Event):
    """There is a rotation, or another plan of it: `{id, hosts, cap, seed, planned_at, rounds: [{session, locked,
    tables: [{group, people, hosted}]}]}`. `people` are ids; with `hosted` the first is the table's host."""

    name = "rotation.planned"
    room = "event"
    rotation: JSON


@dataclass(frozen=True)
class RotationRemoved(Event):
    """A rotation is gone. Its sessions and groups stay."""

    name = "rotation.removed"
    room = "event"
    rotation: str


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


@dataclass(frozen=True)
class SessionPlanned(Event):
    """A session has another planned start or length: the whole session."""

    name = "session.planned"
    room = "event"
    session: JSON


@dataclass(frozen=True)
class AnnouncementMade(Event):
    """The facilitators say something to everybody, or to some groups: `{id, text, groups, at, by}`."""

    name = "announcement.made"
    room = "event"
    announcement: JSON


@dataclass(frozen=True)
class AnnouncementEnded(Event):
    """An announcement was taken down."""

    name = "announcement.ended"
    room = "event"
    announcement: str


@dataclass(frozen=True)
class AnnouncementKept(Event):
    """An announcement to overlay groups alone was made or taken down: their people and who facilitates have it in their
    `me`, and nobody else hears more."""

    name = "announcement.kept"
    room = "event"
    signed = False
    asks_me = True


@dataclass(frozen=True)
class CueAdded(Event):
    """Something is lined up for the stage, at the end: `{id, view, board, proposal, day, conclusion, title, group,
    content, page, at, shown_at, ended_at}`; `content` is null until it is shown."""

    name = "cue.added"
    room = "event"
    cue: JSON


@dataclass(frozen=True)
class CueMoved(Event):
    """What waits for the stage has a new order: all their ids, first to last."""

    name = "cue.moved"
    room = "event"
    order: list[str]


@dataclass(frozen=True)
class CueRemoved(Event):
    """Something is not lined up any more."""

    name = "cue.removed"
    room = "event"
    cue: str


@dataclass(frozen=True)
class CueShown(Event):
    """Something is on the stage, with its content as it is now; `ended` is what it took over from, without its content,
    or null."""

    name = "cue.shown"
    room = "event"
    cue: JSON
    ended: JSON | None


@dataclass(frozen=True)
class CueTurned(Event):
    """What is on the stage is turned to another page of it (0 is the first)."""

    name = "cue.turned"
    room = "event"
    cue: str
    page: int


@dataclass(frozen=True)
class CueEnded(Event):
    """The stage is empty; `cue` is what was on it, without its content."""

    name = "cue.ended"
    room = "event"
    cue: JSON


@dataclass(frozen=True)
class CueRetracted(Event):
    """Something that is or was on the stage has been hidden, withdrawn or taken back since. `cue` is what is on the
    stage now, without it, or null; `ended` is the cue of which nothing was left to show, without its content, or
    null."""

    name = "cue.retracted"
    room = "event"
    signed = False  # whose proposal it was, and who withdrew it, may be nobody's business
    retracts = True
    cue: JSON | None
    ended: JSON | None


@dataclass(frozen=True)
class SummonCalled(Event):
    """Screens come along to the stage, everybody's or those of some groups: `{id, groups, at}`."""

    name = "summon.called"
    room = "event"
    summon: JSON


@dataclass(frozen=True)
class SummonReleased(Event):
    """Everybody's screen is their own again."""

    name = "summon.released"
    room = "event"


@dataclass(frozen=True)
class LeadTaken(Event):
    """A facilitator looks after a group from now on: `leads` is who does by now, group -> `{person, at}`."""

    name = "lead.taken"
    room = "event"
    group: str
    leads: JSON


@dataclass(frozen=True)
class LeadReleased(Event):
    """Nobody looks after the group any more; `leads` as above."""

    name = "lead.released"
    room = "event"
    group: str
    leads: JSON


@dataclass(frozen=True)
class PictureAdded(Event):
    """A picture is in the gallery: `{id, status, caption, alt, session, board, group, author, at, images, use,
    reason}`. `images` are `{url, width, height}`, the smallest first; `use` is `{by, at}` where it was chosen for the
    report."""

    name = "picture.added"
    room = "event"
    picture: JSON


@dataclass(frozen=True)
class PictureDescribed(Event):
    """A picture has another caption, another text for those who cannot see it, or belongs to another board: the whole
    picture."""

    name = "picture.described"
    room = "event"
    picture: JSON


@dataclass(frozen=True)
class PictureUsed(Event):
    """A picture was chosen for the report: `{by, at}`; or it is left out of it: null."""

    name = "picture.used"
    room = "event"
    picture: str
    use: JSON | None


@dataclass(frozen=True)
class PictureHidden(Event):
    """A facilitator has hidden a picture, with a reason that everybody can read. Its words and addresses are gone."""

    name = "picture.hidden"
    room = "event"
    retracts = True
    asks_me = True
    picture: str
    reason: str


@dataclass(frozen=True)
class PictureRestored(Event):
    """A facilitator has restored a hidden picture: the whole picture again."""

    name = "picture.restored"
    room = "event"
    asks_me = True
    picture: JSON


@dataclass(frozen=True)
class PictureWithdrawn(Event):
    """Who took a picture has taken it out of the gallery; they can put it back."""

    name = "picture.withdrawn"
    room = "event"
    retracts = True
    picture: str


@dataclass(frozen=True)
class PictureReinstated(Event):
    """Who took a picture has put it back into the gallery: the whole picture again."""

    name = "picture.reinstated"
    room = "event"
    picture: JSON


@dataclass(frozen=True)
class PictureKept(Event):
    """A picture came onto an overlay group's board, or changed there: it is for that group's people, who took it and
    who facilitates. They have it in their `me`; for everybody else it is not in the gallery."""

    name = "picture.kept"
    room = "event"
    signed = False
    retracts = True
    asks_me = True
    picture: str


@dataclass(frozen=True)
class PicturesDeclined(Event):
    """How many people do not want to be in pictures by now. Who, is told to facilitators alone, in their `me`."""

    name = "pictures.declined"
    room = "event"
    signed = False
    asks_me = True
    declined: int


@dataclass(frozen=True)
class NamingAgreed(Event):
    """Somebody has said whether they may stand by name in a report's list of who took part. Who, and what, is in their
    own `me` alone."""

    name = "naming.agreed"
    room = "event"
    signed = False
    asks_me = True


@dataclass(frozen=True)
class EditionFrozen(Event):
    """An edition of the outcome is frozen, and open for the participants' check until `check_until`. `editions` are the
    frozen ones by id: `{id, number, title, status, hash, check_until, published_at, address}`; `status` is `checking`,
    `published`, `superseded` or `taken_back`, `address` that of the public page while it is there."""

    name = "edition.frozen"
    room = "event"
    editions: JSON


@dataclass(frozen=True)
class EditionPublished(Event):
    """An edition is on its public page, in place of the one before it: the editions."""

    name = "edition.published"
    room = "event"
    editions: JSON


@dataclass(frozen=True)
class EditionTakenBack(Event):
    """The public page is taken back: the editions."""

    name = "edition.taken_back"
    room = "event"
    retracts = True
    editions: JSON


# --- a board's room ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class BoardFramed(Event):
    """What frames the board has changed: its session's title, its group's name, its day, its question or its lanes."""

    name = "board.framed"
    room = "board"
    title: str
    group_name: str
    day: str
    prompt: str
    lanes: list[JSON]


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
class LateCounted(Event):
    """How many proposals came after their step had ended and wait to be admitted. Never whose or what."""

    name = "late.counted"
    room = "board"
    signed = False
    asks_me = True
    late: int


@dataclass(frozen=True)
class ProposalAdmitted(Event):
    """A facilitator has let a late proposal onto the board: the whole proposal, and how many still wait."""

    name = "proposal.admitted"
    room = "board"
    asks_me = True
    proposal: JSON
    late: int


@dataclass(frozen=True)
class ProposalSpotlit(Event):
    """Everybody on the board looks at this proposal; null: at none in particular."""

    name = "proposal.spotlit"
    room = "board"
    proposal: str | None


@dataclass(frozen=True)
class ParkingRouted(Event):
    """Somebody takes care of what is parked: `parked` is `{owner, answer, at}`."""

    name = "parking.routed"
    room = "board"
    proposal: str
    parked: JSON


@dataclass(frozen=True)
class ParkingAnswered(Event):
    """What is parked has an answer: `parked` is `{owner, answer, at}`."""

    name = "parking.answered"
    room = "board"
    proposal: str
    parked: JSON


@dataclass(frozen=True)
class SignalGiven(Event):
    """Somebody raises a hand, has finished, or calls for help for the group: `{id, kind, person, at}`."""

    name = "signal.given"
    room = "board"
    signal: JSON


@dataclass(frozen=True)
class SignalEnded(Event):
    """It has been taken down, or seen to."""

    name = "signal.ended"
    room = "board"
    signal: str


@dataclass(frozen=True)
class CheckAsked(Event):
    """Did we get you right? `{id, text, proposals, at, right, answer, answered_at}`; `right` is null until the group
    has answered."""

    name = "check.asked"
    room = "board"
    check: JSON


@dataclass(frozen=True)
class CheckAnswered(Event):
    """The group has said whether it was understood: the whole check."""

    name = "check.answered"
    room = "board"
    check: JSON


@dataclass(frozen=True)
class BoardLocked(Event):
    """For a moment nothing is accepted on the board, whatever the step; `can` says what is left."""

    name = "board.locked"
    room = "board"
    locked_at: int
    can: dict[str, list[str]]


@dataclass(frozen=True)
class BoardUnlocked(Event):
    """The board is as its step says again."""

    name = "board.unlocked"
    room = "board"
    can: dict[str, list[str]]


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
    entered}`, or the last one held, or null. `of` says what it is about: `{kind, keys}`. Nobody has finished yet, and
    nothing is in the spotlight. `grace` as when a step closes."""

    name = "step.opened"
    room = "board"
    asks_me = True
    step: str
    can: dict[str, list[str]]
    ballot: JSON | None
    grace: JSON | None


@dataclass(frozen=True)
class StepClosed(Event):
    """The open step is closed. Nothing is taken away; `can` says what is left to do. `grace` is `{step, until}` where
    what was being written may still be sent until that moment, as a late proposal."""

    name = "step.closed"
    room = "board"
    step: str
    can: dict[str, list[str]]
    grace: JSON | None


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
class DayFramed(Event):
    """What frames the day has changed: its number, date or title, or the names of the groups and sessions that its
    conclusions come from: the conclusions anew."""

    name = "day.framed"
    room = "day"
    number: int
    date: str
    title: str
    conclusions: list[JSON]


@dataclass(frozen=True)
class DeskNamed(Event):
    """The theme desk has a theme, or gave it a new name: `{id, name, number, proposals}`."""

    name = "desk.named"
    room = "day"
    theme: JSON


@dataclass(frozen=True)
class DeskSorted(Event):
    """Proposals of any group were put under a theme of the theme desk, or taken out of theirs (`theme` null)."""

    name = "desk.sorted"
    room = "day"
    proposals: list[str]
    theme: str | None


@dataclass(frozen=True)
class DeskDissolved(Event):
    """A theme of the theme desk is gone; nothing happened on any board."""

    name = "desk.dissolved"
    room = "day"
    theme: str


@dataclass(frozen=True)
class ConclusionPromoted(Event):
    """Something that a group found has become a conclusion of the day, at the end of the list: `{id, kind, wording, at,
    by, versions, diff, sources, tags, ratification, minority, verdict}`. A source is `{kind, board, proposal, theme,
    criterion, session, session_title, group, group_name, text, parts, author, organisation, ballot}`, all as it was at
    that moment; `ballot` holds its figures."""

    name = "conclusion.promoted"
    room = "day"
    conclusion: JSON


@dataclass(frozen=True)
class ConclusionExtended(Event):
    """A conclusion rests on more than before: the whole conclusion."""

    name = "conclusion.extended"
    room = "day"
    conclusion: JSON


@dataclass(frozen=True)
class ConclusionReworded(Event):
    """A conclusion has a new wording; the earlier ones stay in `versions`."""

    name = "conclusion.reworded"
    room = "day"
    conclusion: JSON


@dataclass(frozen=True)
class ConclusionClassified(Event):
    """A conclusion is of another kind: conclusion, decision, recommendation or action."""

    name = "conclusion.classified"
    room = "day"
    conclusion: JSON


@dataclass(frozen=True)
class ConclusionTagged(Event):
    """A conclusion answers to other tags of the event's frameworks: the whole conclusion."""

    name = "conclusion.tagged"
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
    """A promotion was taken back. What it rested on is as it was; the conclusion can be reinstated."""

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


@dataclass(frozen=True)
class ConclusionDecided(Event):
    """After the event a body has decided on a conclusion: adopted, amended, deferred or rejected, with its reason."""

    name = "conclusion.decided"
    room = "day"
    conclusion: JSON


@dataclass(frozen=True)
class RatificationOpened(Event):
    """Everybody is asked to stand behind conclusions: `{id, open, opened_at, closed_at, conclusions, quorum_people,
    quorum_organisations, support, electors, voted}`."""

    name = "ratification.opened"
    room = "day"
    asks_me = True
    ratification: JSON


@dataclass(frozen=True)
class PositionTaken(Event):
    """How many people have taken a position by now. Never who, when or which: it is asked in secret."""

    name = "position.taken"
    room = "day"
    signed = False
    voted: int


@dataclass(frozen=True)
class RatificationClosed(Event):
    """The ratification is over; its conclusions say what came of it: the whole conclusions."""

    name = "ratification.closed"
    room = "day"
    asks_me = True
    ratification: JSON
    conclusions: list[JSON]


@dataclass(frozen=True)
class MinorityReported(Event):
    """Somebody who dissents has put a minority report beside a conclusion: the whole conclusion."""

    name = "minority.reported"
    room = "day"
    conclusion: JSON


@dataclass(frozen=True)
class MinorityWithdrawn(Event):
    """A minority report was taken back by who wrote it: the whole conclusion."""

    name = "minority.withdrawn"
    room = "day"
    retracts = True
    conclusion: JSON


@dataclass(frozen=True)
class DayClosed(Event):
    """The day is closed: `{at, by, note, conclusions: [{id, kind, wording}], parked: [{proposal, board, group_name,
    text, owner, answer}]}`. `note` says what the next day starts from."""

    name = "day.closed"
    room = "day"
    closing: JSON


@dataclass(frozen=True)
class DayReopened(Event):
    """The day goes on after all."""

    name = "day.reopened"
    room = "day"


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
