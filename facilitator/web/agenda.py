"""The agenda's page: days and sessions, planned with plain forms; the same as a calendar file and as a run of show."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, func, select

from .. import library
from ..domain import agenda, calendar
from ..domain.agenda import Slot, Work
from ..domain.refusals import Refused
from ..store.models import Board, Day, Event, Group, Person, Seat, Session, now_ms
from .errors import said
from .house import store
from .pages import STAFF
from .roster import do, page
from .who import person_of

blueprint = Blueprint("agenda", __name__)


@blueprint.get("/s/<person>/agenda")
def plan(person: str) -> ResponseReturnValue:
    return _plan(person_of(person, *STAFF), edit=request.args.get("edit", ""))


@blueprint.post("/s/<person>/agenda")
def change(person: str) -> ResponseReturnValue:
    row = person_of(person, *STAFF)
    act = request.form.get("act", "")
    if act not in ACTS:
        raise Refused("unknown_page")
    try:
        anchor = ACTS[act](row)
    except Refused as refused:
        return _plan(row, error=said(refused), edit=request.form.get("session", ""), at=request.form.get("at", "")), 422
    return redirect(url_for("agenda.plan", person=person, _anchor=anchor))


@blueprint.get("/s/<person>/agenda.ics")
def ics(person: str) -> Response:
    """For everybody's calendar."""
    row = person_of(person)
    with store().reading() as db:
        event = db.execute(select(Event.title, Event.place).where(Event.id == row.event)).one()
        sessions = db.execute(
            select(*Session.__table__.c, Day.date)
            .join(Day, Day.id == Session.day)
            .where(Day.event == row.event, Session.starts_at != "")
            .order_by(Day.number, Session.number)
        ).all()
    entries = [
        calendar.Entry(one.id, one.date, one.starts_at, one.minutes, one.title, one.description) for one in sessions
    ]
    body = calendar.calendar(event.title, event.place, entries, now_ms())
    response = Response(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="agenda.ics"'
    return response


@blueprint.get("/s/<person>/run-of-show")
def run_of_show(person: str) -> ResponseReturnValue:
    """What happens when, minute by minute, for those who run it: to print."""
    row = person_of(person, *STAFF)
    days = _days(row)
    for day in days:
        for session in day["sessions"]:
            at = agenda.minute(session["starts_at"]) if session["starts_at"] else None
            for work in session["works"]:
                time = at
                for step in work["steps"]:
                    step["at"] = agenda.clock(time) if time is not None else ""
                    time = time + step["minutes"] if time is not None else None
    return page("run_of_show.html", row, "agenda", days=days)


# --- what the forms do ----------------------------------------------------------------------------------------------


def _add_day(row: Row[Any]) -> str:
    reply = do(row, "day.add", {"date": request.form.get("date", ""), "title": request.form.get("title", "")})
    return f"d-{reply['day']}"


def _change_day(row: Row[Any]) -> str:
    day = request.form.get("day", "")
    do(row, "day.change", {"day": day, "date": request.form.get("date", ""), "title": request.form.get("title", "")})
    return f"d-{day}"


def _remove_day(row: Row[Any]) -> str:
    do(row, "day.remove", {"day": request.form.get("day", "")})
    return "agenda"


def _add_session(row: Row[Any]) -> str:
    kind, name = request.form.get("kind", "plenary"), request.form.get("activity", "")
    args: dict[str, Any] = {"day": request.form.get("day", ""), "kind": kind, **_words()}
    if kind != "break":
        known = library.activities()
        if name in known:
            args["activity"] = known[name].data()
            args["title"] = args["title"] or known[name].title
        args["prompt"] = request.form.get("prompt", "")
    if request.form.get("position", "").isdecimal():
        args["position"] = int(request.form["position"][:3])
    return f"s-{do(row, 'session.add', args)['session']}"


def _change_session(row: Row[Any]) -> str:
    session = request.form.get("session", "")
    with store().reading() as db:
        boards = db.execute(
            select(Board.id, Board.prompt, Board.group).where(Board.session == session).order_by(Board.id)
        ).all()
    args: dict[str, Any] = {"session": session, **_words()}
    if request.form.get("groups-shown"):
        args["groups"] = request.form.getlist("groups")
    do(row, "session.change", args)
    chosen = library.activities().get(request.form.get("activity", ""))
    for board in boards:
        if args.get("groups") is not None and board.group not in args["groups"]:
            continue
        room = f"board:{board.id}"
        if chosen is not None:
            do(row, "activity.choose", {"activity": chosen.data()}, room=room, id=str(uuid.uuid4()))
        prompt = request.form.get(f"prompt-{board.id}", request.form.get("prompt", board.prompt))
        do(row, "board.frame", {"prompt": prompt}, room=room, id=str(uuid.uuid4()))
    return f"s-{session}"


def _move_session(row: Row[Any]) -> str:
    """To a place of a day: `to` is DAY or DAY:PLACE."""
    session = request.form.get("session", "")
    day, _, place = request.form.get("to", "").partition(":")
    position = int(place) if place.isdecimal() and len(place) < 4 else 60
    do(row, "session.move", {"session": session, "day": day, "position": position})
    return f"s-{session}"


def _remove_session(row: Row[Any]) -> str:
    do(row, "session.remove", {"session": request.form.get("session", "")})
    return f"d-{request.form.get('day', '')}"


ACTS: dict[str, Callable[[Row[Any]], str]] = {
    "day.add": _add_day,
    "day.change": _change_day,
    "day.remove": _remove_day,
    "session.add": _add_session,
    "session.change": _change_session,
    "session.move": _move_session,
    "session.remove": _remove_session,
}


def _words() -> dict[str, Any]:
    minutes = request.form.get("minutes", "")
    if not minutes.isdecimal() or not 1 <= int(minutes[:5]) <= 24 * 60:
        raise Refused("minutes_wrong")
    return {
        "title": request.form.get("title", ""),
        "description": request.form.get("description", ""),
        "starts_at": request.form.get("starts_at", "")[:5],
        "minutes": int(minutes),
        "fixed": bool(request.form.get("fixed")),
    }


# --- what the page shows --------------------------------------------------------------------------------------------


def _plan(row: Row[Any], *, error: str | None = None, edit: str = "", at: str = "") -> str:
    ready = [
        {"name": name, "title": one.title, "minutes": one.minutes, "purpose": one.purpose}
        for name, one in library.activities().items()
    ]
    return page("agenda.html", row, "agenda", days=_days(row), activities=ready, error=error, edit=edit, at=at)


def _days(row: Row[Any]) -> list[dict[str, Any]]:
    """The days as the pages show them: sessions with what their groups do, totals, warnings."""
    with store().reading() as db:
        days = db.execute(select(*Day.__table__.c).where(Day.event == row.event).order_by(Day.number)).all()
        sessions = db.execute(
            select(*Session.__table__.c)
            .join(Day, Day.id == Session.day)
            .where(Day.event == row.event)
            .order_by(Day.number, Session.number)
        ).all()
        boards = db.execute(
            select(
                Board.id, Board.session, Board.group, Board.prompt, Board.activity, Board.step, Group.name, Group.kind
            )
            .join(Group, Group.id == Board.group)
            .where(Group.event == row.event)
            .order_by(Group.number)
        ).all()
        counted: Any = db.execute(
            select(Seat.group, func.count().label("people"))
            .join(Person, Person.id == Seat.person)
            .where(Person.event == row.event, Person.absent_at.is_(None))
            .group_by(Seat.group)
        ).all()
        seats = db.execute(
            select(Seat.group, Person.id, Person.name)
            .join(Person, Person.id == Seat.person)
            .where(Person.event == row.event, Person.absent_at.is_(None), Person.closed_at.is_(None))
        ).all()
        everybody = db.execute(
            select(Person.id, Person.name).where(
                Person.event == row.event,
                Person.role == "participant",
                Person.origin != "import",
                Person.closed_at.is_(None),
                Person.absent_at.is_(None),
            )
        ).all()
    seated: dict[str, dict[str, str]] = {}
    for seat in seats:
        seated.setdefault(seat.group, {})[seat.id] = seat.name
    together = {one.id: one.name for one in everybody}
    size = {row.group: row.people for row in counted}
    found: list[dict[str, Any]] = []
    for day in days:
        here: list[dict[str, Any]] = []
        for session in (one for one in sessions if one.day == day.id):
            works = [
                {
                    "board": board.id,
                    "group": board.name,
                    "id": board.group,
                    "prompt": board.prompt,
                    "title": board.activity["title"],
                    "steps": [dict(step) for step in board.activity["steps"]],
                    "minutes": sum(step["minutes"] for step in board.activity["steps"]),
                    "size": board.activity.get("group_size") or {},
                    "people": len(everybody) if board.kind == "plenary" else size.get(board.group, 0),
                    "overlay": board.kind == "overlay",
                    "seated": together if board.kind == "plenary" else seated.get(board.group, {}),
                    "begun": board.step is not None,
                }
                for board in boards
                if board.session == session.id
            ]
            here.append({**session._mapping, "works": works})
        slots = [_slot(one) for one in here]
        warnings: dict[str, list[agenda.Warning]] = {}
        for warning in agenda.warnings(slots):
            warnings.setdefault(warning.session, []).append(warning)
        for one in here:
            one["warnings"] = warnings.get(one["id"], [])
            one["ends_at"] = agenda.clock(agenda.minute(one["starts_at"]) + one["minutes"]) if one["starts_at"] else ""
        found.append({**day._mapping, "sessions": here, "totals": agenda.totals(slots)})
    return found


def double_booked(row: Row[Any]) -> dict[str, list[dict[str, Any]]]:
    """Overlay group (its name) -> when its people have to be elsewhere: `day` (number), `title`, `names`, `others`."""
    found: dict[str, list[dict[str, Any]]] = {}
    for day in _days(row):
        for session in day["sessions"]:
            for warning in (one for one in session["warnings"] if one.code == "double"):
                when = {"day": day["number"], "title": session["title"]}
                found.setdefault(warning.details["group"], []).append(when | warning.details)
    return found


def _slot(one: dict[str, Any]) -> Slot:
    works = tuple(
        Work(
            work["group"],
            work["minutes"],
            work["people"],
            work["size"].get("least"),
            work["size"].get("most"),
            work["overlay"],
            work["seated"],
        )
        for work in one["works"]
    )
    return Slot(
        one["id"], one["kind"], one["starts_at"], one["minutes"], one["fixed"], one["opened_at"] is not None,
        one["title"], works,
    )  # fmt: skip
