"""What a client starts from: the state of a room as everybody there may see it, and `me`, what is only one's own.

`state(old) + events == snapshot` holds for every command; the client's reducer keeps the same shapes. README's
*Protocol* describes them.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, Select, bindparam, select

from ..access import Place
from ..domain.events import EVENTS, JSON, for_screen
from ..store.models import Log, Room
from .ballot import (
    ballot_card,
    ballot_rules,
    count,
    current_ballot,
    electorate,
    electors,
    entered,
    items,
    my_votes,
    results,
    shows_results,
    step_of,
    voted,
    votes_of,
)
from .board import (
    COMMENTS,
    LATE,
    PROPOSALS,
    activity_steps,
    board_now,
    board_state,
    can,
    checks,
    comment,
    comments,
    current_step,
    grace,
    hides_posts,
    late,
    no_reactions,
    parking,
    pledge_card,
    proposal,
    proposals,
    reactions_of,
    roadmap_item,
    scribe_can,
    signals,
    status,
    theme_card,
    timer,
    unrevealed,
)
from .day import SOURCES, conclusions, day_state, desk
from .editions import (
    EDITIONS,
    check_is_open,
    edition_card,
    editions,
    owners,
    pictures_held_back,
    public_pictures,
    unsigned,
)
from .event import (
    CAME_IN,
    attendance,
    event_state,
    guiding_texts,
    joined,
    organisation_card,
    person_card,
    person_cards,
    preference,
    rotation_card,
    session_card,
    session_cards,
    session_now,
)
from .naming import agrees_to_be_named, named, named_of
from .own import me
from .pictures import (
    PICTURES,
    declined,
    may_see,
    my_pictures,
    picture_card,
    picture_kept,
    picture_of,
    pictures_for_report,
)
from .provenance import became, provenance
from .ratification import may_report, my_positions, ratification, ratifications, ratifiers_heard
from .stage import CUES, announcements, cue_card, kept_announcements, leads, stage, summon

__all__ = [
    "CAME_IN",
    "COMMENTS",
    "CUES",
    "EDITIONS",
    "LATE",
    "PICTURES",
    "PROPOSALS",
    "SOURCES",
    "STATES",
    "Snapshots",
    "activity_steps",
    "agrees_to_be_named",
    "announcements",
    "attendance",
    "ballot_card",
    "ballot_rules",
    "became",
    "board_now",
    "board_state",
    "can",
    "check_is_open",
    "checks",
    "comment",
    "comments",
    "conclusions",
    "count",
    "cue_card",
    "current_ballot",
    "current_step",
    "day_state",
    "declined",
    "desk",
    "edition_card",
    "editions",
    "electorate",
    "electors",
    "entered",
    "event_of",
    "event_state",
    "grace",
    "guiding_texts",
    "hides_posts",
    "items",
    "joined",
    "kept_announcements",
    "late",
    "leads",
    "may_report",
    "may_see",
    "me",
    "my_pictures",
    "my_positions",
    "my_votes",
    "named",
    "named_of",
    "no_reactions",
    "organisation_card",
    "owners",
    "parking",
    "person_card",
    "person_cards",
    "picture_card",
    "picture_kept",
    "picture_of",
    "pictures_for_report",
    "pictures_held_back",
    "pledge_card",
    "preference",
    "proposal",
    "proposals",
    "provenance",
    "public_pictures",
    "ratification",
    "ratifications",
    "ratifiers_heard",
    "reactions_of",
    "results",
    "roadmap_item",
    "rotation_card",
    "scribe_can",
    "session_card",
    "session_cards",
    "session_now",
    "shows_results",
    "signals",
    "stage",
    "status",
    "step_of",
    "summon",
    "theme_card",
    "timer",
    "unrevealed",
    "unsigned",
    "voted",
    "votes_of",
]

CATCH_UP_LIMIT = 500
"""More events than this, and a snapshot is the shorter way."""

STATES = {"event": event_state, "board": board_state, "day": day_state}


class Snapshots:
    """Answers `watch`. The state of a room is built once per sequence number, however many people ask for it."""

    def __init__(self, keep: int = 200) -> None:
        self._kept: OrderedDict[tuple[str, bool], tuple[int, JSON]] = OrderedDict()
        self._keep = keep
        self._lock = threading.Lock()

    def watch(self, db: Db, place: Place, since: int | None = None) -> JSON:
        """`{"room", "seq", "snapshot" | "events", "me"}`, all of one moment.

        `since` is the last sequence number that the client has; events after it come where that is the shorter and
        the discreet way, a snapshot otherwise.
        """
        seq = db.execute(_SEQ, {"room": place.room}).scalar_one()
        answer: JSON = {"room": place.room, "seq": seq, "me": me(db, place)}
        events = self._events(db, place, since, seq)
        if events is not None:
            answer["events"] = events
        else:
            answer["snapshot"] = self._state(db, place, seq)
        return answer

    def state(self, db: Db, place: Place) -> JSON:
        """The state of a room as it is now, for those who may watch it."""
        return self._state(db, place, db.execute(_SEQ, {"room": place.room}).scalar_one())

    def _events(self, db: Db, place: Place, since: int | None, seq: int) -> list[JSON] | None:
        if since is None or not max(0, seq - CATCH_UP_LIMIT) <= since <= seq:
            return None
        if since == seq:
            return []
        rows = db.execute(_LOGGED, {"room": place.room, "since": since, "seq": seq}).all()
        if any(EVENTS[row.name].retracts for row in rows):
            return None
        events = [event_of(row) for row in rows]
        return for_screen(events) if place.role == "projector" else events

    def _state(self, db: Db, place: Place, seq: int) -> JSON:
        screen = place.role == "projector"
        with self._lock:
            kept = self._kept.get((place.room, screen))
        if kept and kept[0] == seq:
            return kept[1]
        state: JSON = STATES[place.kind](db, place.id)
        if screen:
            state = for_screen(state)
        with self._lock:
            self._kept[place.room, screen] = (seq, state)
            self._kept.move_to_end((place.room, screen))
            while len(self._kept) > self._keep:
                self._kept.popitem(last=False)
        return state


def event_of(row: Row[Any]) -> JSON:
    """An event out of the log, as it travelled."""
    kind = EVENTS[row.name]
    event: JSON = {"seq": row.seq, "name": row.name}
    if row.at is not None:
        event |= {"at": row.at, "by": row.by}
    if kind.asks_me:
        event["me"] = True
    data: JSON = row.data
    return event | data


_SEQ = select(Room.seq).where(Room.id == bindparam("room"))
_LOGGED: Select[Any] = (
    select(*Log.__table__.c)
    .where(Log.room == bindparam("room"), Log.seq > bindparam("since"), Log.seq <= bindparam("seq"))
    .order_by(Log.seq)
)
