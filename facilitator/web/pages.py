"""The pages of a seat at an event: lobby, board, day, cockpit, projector. They start from what the server knows now."""

from __future__ import annotations

import io
from typing import Any

import segno
from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, select

from .. import access, library, snapshot
from ..access import Actor
from ..domain.refusals import Refused
from ..outcomes import FORMATS
from ..store.models import Conclusion, Day, JoinCode, now_ms
from .errors import locale
from .house import address_of, live, store
from .who import person_of

blueprint = Blueprint("pages", __name__)

STAFF = ("facilitator", "organiser")


@blueprint.get("/s/<person>/")
def home(person: str) -> ResponseReturnValue:
    row = person_of(person)
    if row.role == "organiser":
        return redirect(url_for("organise.event", person=person))
    if row.role == "facilitator":
        return redirect(url_for("pages.cockpit", person=person))
    if row.role == "projector":
        return redirect(url_for("pages.projector", person=person))
    return _page("lobby", row, f"event:{row.event}")


@blueprint.get("/s/<person>/board/<board>")
def board(person: str, board: str) -> ResponseReturnValue:
    row = person_of(person, "participant", "observer", *STAFF)
    state = _known(row, f"board:{board}")
    return _page("board", row, f"board:{board}", f"event:{row.event}", f"day:{state['snapshot']['day']}")


@blueprint.get("/s/<person>/day/<day>")
def day(person: str, day: str) -> ResponseReturnValue:
    return _page("day", row := person_of(person), f"day:{day}", f"event:{row.event}")


@blueprint.get("/s/<person>/conclusion/<conclusion>")
def conclusion(person: str, conclusion: str) -> ResponseReturnValue:
    """Where a conclusion comes from, all the way."""
    row = person_of(person, "participant", "observer", *STAFF)
    with store().reading() as db:
        day = db.execute(
            select(Conclusion.day)
            .join(Day, Day.id == Conclusion.day)
            .where(Conclusion.id == conclusion, Day.event == row.event, Conclusion.taken_back_at.is_(None))
        ).scalar()
        if day is None:
            raise Refused("unknown_page")
        found = snapshot.provenance(db, conclusion)
    return _page("provenance", row, f"day:{day}", f"event:{row.event}", more={"provenance": found})


@blueprint.get("/s/<person>/mine")
def mine(person: str) -> ResponseReturnValue:
    """What became of what somebody has written, for them alone."""
    row = person_of(person, "participant", *STAFF)
    with store().reading() as db:
        found = snapshot.became(db, row.id)
    return _page("mine", row, f"event:{row.event}", more={"mine": found})


@blueprint.get("/s/<person>/coverage")
def coverage(person: str) -> ResponseReturnValue:
    """Which tags of the event's frameworks its conclusions answer to, and which not yet."""
    row = person_of(person, "participant", "observer", *STAFF)
    with store().reading() as db:
        days = db.execute(select(Day.id).where(Day.event == row.event).order_by(Day.number)).scalars().all()
    return _page("coverage", row, f"event:{row.event}", *(f"day:{day}" for day in days))


@blueprint.get("/s/<person>/cockpit")
def cockpit(person: str) -> ResponseReturnValue:
    row = person_of(person, *STAFF)
    return _page("cockpit", row, f"event:{row.event}", *_boards_on(row))


@blueprint.get("/s/<person>/desk/<day>")
def desk(person: str, day: str) -> ResponseReturnValue:
    """The theme desk of a day: what its groups say, put together while they work."""
    row = person_of(person, *STAFF)
    return _page("desk", row, f"day:{day}", f"event:{row.event}", *_boards_on(row))


@blueprint.get("/s/<person>/stage")
def stage(person: str) -> ResponseReturnValue:
    """What the whole event looks at, steered from a phone."""
    return _page("stage", row := person_of(person, *STAFF), f"event:{row.event}")


@blueprint.get("/s/<person>/activities")
def activities(person: str) -> ResponseReturnValue:
    """The library, to look into, to change and to use."""
    row = person_of(person, *STAFF)
    ready = [{"name": name, "minutes": one.minutes, **one.data()} for name, one in library.activities().items()]
    return _page("activities", row, f"event:{row.event}", more={"library": ready})


@blueprint.get("/s/<person>/gallery")
def gallery(person: str) -> ResponseReturnValue:
    row = person_of(person, "participant", "observer", *STAFF)
    return _page("gallery", row, f"event:{row.event}")


@blueprint.get("/projector/<person>/")
def projector(person: str) -> ResponseReturnValue:
    row = person_of(person, "projector")
    return _page("projector", row, f"event:{row.event}", *_boards_on(row))


@blueprint.get("/s/<person>/join.svg")
def join_qr(person: str) -> Response:
    return _qr(join_address(person_of(person).event))


@blueprint.get("/s/<person>/device")
def device(person: str) -> ResponseReturnValue:
    """One's own personal link, to come back to the same seat on another device."""
    row = person_of(person)
    return render_template("device.html", person=row, link=personal_link(row))


@blueprint.get("/s/<person>/device.svg")
def device_qr(person: str) -> Response:
    return _qr(personal_link(person_of(person)))


def personal_link(row: Row[Any]) -> str:
    """The full address that signs a person in. Whoever has it is that person here."""
    token = access.link_token(store().key, row.id, row.link)
    return address_of("join.projector_link" if row.role == "projector" else "join.personal_link", token=token)


def join_address(event: str) -> str:
    with store().reading() as db:
        code = db.execute(
            select(JoinCode.code).where(JoinCode.event == event, JoinCode.expired_at.is_(None))
        ).scalar_one()
    return address_of("join.form", code=code)


def urls_of(row: Row[Any]) -> dict[str, Any]:
    """Where a person's pages are. `{id}` stands for the id of a board or a day."""
    urls: dict[str, Any] = {
        "home": url_for("pages.home", person=row.id),
        "board": url_for("pages.board", person=row.id, board="ID").replace("ID", "{id}"),
        "day": url_for("pages.day", person=row.id, day="ID").replace("ID", "{id}"),
        "conclusion": url_for("pages.conclusion", person=row.id, conclusion="ID").replace("ID", "{id}"),
        "coverage": url_for("pages.coverage", person=row.id),
        "mine": url_for("pages.mine", person=row.id) if row.role in ("participant", *STAFF) else None,
        "gallery": url_for("pages.gallery", person=row.id),
        "device": url_for("pages.device", person=row.id),
        "check": url_for("checks.show", person=row.id, edition="ID").replace("ID", "{id}"),
        "news": url_for("news.show", address="ID").replace("ID", "{id}"),
        "join": join_address(row.event),
        "qr": url_for("pages.join_qr", person=row.id),
    }
    if row.role in STAFF:
        urls["cockpit"] = url_for("pages.cockpit", person=row.id)
        urls["stage"] = url_for("pages.stage", person=row.id)
        urls["activities"] = url_for("pages.activities", person=row.id)
        urls["editions"] = url_for("editions.index", person=row.id)
        urls["outcome"] = {format: url_for("outcomes.download", person=row.id, format=format) for format in FORMATS}
        urls["desk"] = url_for("pages.desk", person=row.id, day="ID").replace("ID", "{id}")
        urls["agenda"] = url_for("agenda.plan", person=row.id)
        urls["run_of_show"] = url_for("agenda.run_of_show", person=row.id)
        urls["groups"] = url_for("groups.groups", person=row.id)
        urls["rotation"] = url_for("rotation.rotation", person=row.id)
        urls["check_in"] = url_for("roster.check_in", person=row.id)
    if row.role == "organiser":
        urls["event"] = url_for("organise.event", person=row.id)
        urls["people"] = url_for("roster.people", person=row.id)
        urls["slips"] = url_for("slips.show", person=row.id)
        urls["ballots"] = url_for("outcomes.ballots", person=row.id)
    return urls


def _qr(address: str) -> Response:
    image = io.BytesIO()
    segno.make(address, error="m").save(image, kind="svg", scale=8, border=2, xmldecl=False, dark="#000", light="#fff")
    return Response(image.getvalue(), mimetype="image/svg+xml")


def _boards_on(row: Row[Any]) -> list[str]:
    """The rooms of the session that is on: its boards, and its day."""
    state = _known(row, f"event:{row.event}")["snapshot"]
    for day in state["days"]:
        for session in day["sessions"]:
            if session["id"] == state["now"]:
                kinds = {id: group["kind"] for id, group in state["groups"].items()}
                boards = [one for one in session["boards"] if row.role in STAFF or kinds[one["group"]] != "overlay"]
                return [f"day:{day['id']}", *(f"board:{board['id']}" for board in boards)]
    return []


def _known(row: Row[Any], room: str) -> dict[str, Any]:
    answer = live().watch(Actor(person=row.id), room)
    return {key: answer[key] for key in ("seq", "snapshot", "me")}


def _page(page: str, row: Row[Any], room: str, *rooms: str, more: dict[str, Any] | None = None) -> str:
    screen = page == "projector"
    boot = {
        "page": page,
        "as": row.id,
        "role": row.role,
        "person": None if screen else {"id": row.id, "name": row.name, "organisation": row.organisation},
        "event": row.event,
        "room": room,
        "rooms": {name: _known(row, name) for name in (room, *rooms)},
        "now": now_ms(),
        "version": live().version,
        "locale": locale(),
        "urls": urls_of(row),
        **(more or {}),
    }
    title = boot["rooms"][f"event:{row.event}"]["snapshot"]["title"]
    return render_template("app.html", boot=boot, page=page, title=title)
