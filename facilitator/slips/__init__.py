"""Personal slips: what stands on each, gathered once, shown as a page (`templates/slips.html`) or set as a PDF.

Their QR codes are personal links: whoever has one is that person. So a slip is made anew each time, and kept nowhere.
"""

from __future__ import annotations

from dataclasses import dataclass

import segno
from sqlalchemy import Connection as Db
from sqlalchemy import select

from .. import access, snapshot
from ..domain.events import JSON
from ..store.models import Event, Person


@dataclass(frozen=True)
class Round:
    """Where somebody sits in a round of a rotation: the session's title, the table's name, whether they host it."""

    title: str
    table: str
    host: bool


@dataclass(frozen=True)
class Slip:
    """`organisation` and `group` are empty where there is none; `link` is the full address that signs the person in."""

    name: str
    organisation: str
    group: str
    rounds: tuple[Round, ...]
    link: str


@dataclass(frozen=True)
class Wifi:
    """The venue's network. `text` is what a phone reads out of its QR code."""

    name: str
    password: str
    text: str


@dataclass(frozen=True)
class Slips:
    """`days` are ISO 8601, in order; `groups` the names of all groups in which somebody sits."""

    title: str
    place: str
    days: tuple[str, ...]
    wifi: Wifi | None
    groups: tuple[str, ...]
    slips: tuple[Slip, ...]


def gather(db: Db, event: str, key: str, link: str, group: str = "") -> Slips:
    """The slips of all participants who have not been taken off the roster, by name.

    Args:
        key: the installation's, of which personal links are made.
        link: the full address of a personal link, with `{token}` in it.
        group: the name of a breakout group, for its people alone.

    Raises:
        LookupError: there is no such event.
    """
    facts = db.execute(select(Event.wifi_name, Event.wifi_password).where(Event.id == event)).one_or_none()
    if facts is None:
        raise LookupError(event)
    state = snapshot.event_state(db, event)
    renewed = {row.id: row.link for row in db.execute(select(Person.id, Person.link).where(Person.event == event))}
    rounds = _rounds(state)
    slips = [
        Slip(
            name=card["name"],
            organisation=state["organisations"][card["organisation"]]["name"] if card["organisation"] else "",
            group=_group(state, card),
            rounds=tuple(rounds.get(card["id"], ())),
            link=link.replace("{token}", access.link_token(key, card["id"], renewed[card["id"]])),
        )
        for card in sorted(state["people"].values(), key=lambda card: (card["name"], card["id"]))
        if card["role"] == "participant" and not card["closed"]
    ]
    return Slips(
        title=state["title"],
        place=state["place"],
        days=tuple(day["date"] for day in state["days"]),
        wifi=_wifi(facts.wifi_name, facts.wifi_password or "") if facts.wifi_name else None,
        groups=tuple(sorted({slip.group for slip in slips if slip.group})),
        slips=tuple(slip for slip in slips if not group or slip.group == group),
    )


def code(text: str) -> str:
    """A QR code as SVG of one path, as wide as its place; it reads well with a tenth of it gone."""
    svg: str = segno.make(text, error="m", micro=False).svg_inline(scale=4, border=1, dark="#000", light="#fff")
    return svg


def _group(state: JSON, card: JSON) -> str:
    """The name of a person's breakout group; overlay groups are nobody else's business."""
    kinds = [state["groups"][id] for id in card["groups"]]
    return next((str(group["name"]) for group in kinds if group["kind"] == "breakout"), "")


def _rounds(state: JSON) -> dict[str, list[Round]]:
    """Person -> their table in each round."""
    titles = {session["id"]: session["title"] for day in state["days"] for session in day["sessions"]}
    found: dict[str, list[Round]] = {}
    for rotation in state["rotations"].values():
        for round in rotation["rounds"]:
            for table in round["tables"]:
                name = state["groups"][table["group"]]["name"]
                for place, who in enumerate(table["people"]):
                    host = bool(table["hosted"]) and place == 0
                    found.setdefault(who, []).append(Round(titles[round["session"]], name, host))
    return found


def _wifi(name: str, password: str) -> Wifi:
    """With the WIFI: form that Android and iOS know."""

    def escaped(words: str) -> str:
        return "".join("\\" + ch if ch in '\\;,:"' else ch for ch in words)

    kind = "WPA" if password else "nopass"
    return Wifi(name, password, f"WIFI:T:{kind};S:{escaped(name)};P:{escaped(password)};;")
