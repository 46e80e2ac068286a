"""The organiser's people: list, edit, check-in, links."""

from __future__ import annotations

import csv
import io
import uuid
from datetime import date
from typing import Any

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, select

from .. import snapshot
from ..access import Actor
from ..domain import roster
from ..domain.attributes import MOST
from ..domain.colours import COLOURS
from ..domain.refusals import Refused
from ..forgetting import mentions
from ..outcomes.csvs import guard
from ..store.models import Event, Group, Organisation, Person, Seat
from .errors import said
from .house import live, store
from .pages import STAFF, personal_link, urls_of
from .spread import asked
from .who import person_of

blueprint = Blueprint("roster", __name__)


@blueprint.get("/s/<person>/people")
def people(person: str) -> ResponseReturnValue:
    return people_page(person_of(person, "organiser"), error=None, typed={})


@blueprint.post("/s/<person>/people")
def add(person: str) -> ResponseReturnValue:
    """One more: an import of one."""
    row = person_of(person, "organiser")
    typed = _typed()
    try:
        do(row, "roster.import", {"people": [_said(typed) | ({"group": typed["group"]} if typed["group"] else {})]})
    except Refused as refused:
        return people_page(row, error=said(refused), typed=typed), 422
    return redirect(url_for("roster.people", person=person))


@blueprint.get("/s/<person>/people/<who>")
def edit(person: str, who: str) -> ResponseReturnValue:
    row = person_of(person, "organiser")
    one = _one(row, who)
    return _edit(row, one, error=None, typed=one)


@blueprint.post("/s/<person>/people/<who>")
def change(person: str, who: str) -> ResponseReturnValue:
    row = person_of(person, "organiser")
    one, typed = _one(row, who), _typed()
    try:
        do(row, "person.edit", {"person": who, **_said(typed)})
    except Refused as refused:
        return _edit(row, one, error=said(refused), typed=typed), 422
    return redirect(url_for("roster.people", person=person, _anchor=f"p-{who}"))


@blueprint.post("/s/<person>/people/<who>/<what>")
def act(person: str, who: str, what: str) -> ResponseReturnValue:
    row = person_of(person, "organiser")
    one = _one(row, who)
    commands = {
        "remove": "person.remove",
        "reopen": "person.reopen",
        "erase": "person.erase",
        "link": "link.renew",
    }
    if what not in commands:
        raise Refused("unknown_page")
    try:
        if what == "erase" and not request.form.get("sure"):
            raise Refused("erase_unsure")
        do(row, commands[what], {"person": who})
    except Refused as refused:
        return _edit(row, one, error=said(refused), typed=one, erasing=what == "erase"), 422
    if what == "remove":
        return redirect(url_for("roster.people", person=person))
    return redirect(url_for("roster.edit", person=person, who=who))


@blueprint.post("/s/<person>/organisations")
def organisation(person: str) -> ResponseReturnValue:
    row = person_of(person, "organiser")
    which = request.form.get("organisation") or None
    try:
        if request.form.get("remove"):
            do(row, "organisation.remove", {"organisation": which or ""})
        else:
            named = {"name": request.form.get("name", ""), "kind": request.form.get("kind", "member")}
            do(row, "organisation.name", {**named, "organisation": which, "colour": request.form.get("colour") or None})
    except Refused as refused:
        return people_page(row, error=said(refused), typed={}), 422
    return redirect(url_for("roster.people", person=person, _anchor="organisations"))


# --- at the door ----------------------------------------------------------------------------------------------------


@blueprint.get("/s/<person>/check-in")
def check_in(person: str) -> ResponseReturnValue:
    row = person_of(person, *STAFF)
    listed = [one for one in _listed(row) if not one["closed"] and one["role"] != "projector"]
    counts = {key: sum(one["attendance"] == key for one in listed) for key in ("here", "expected", "absent")}
    return page("check_in.html", row, "check-in", people=listed, counts=counts)


@blueprint.post("/s/<person>/check-in")
def checked(person: str) -> ResponseReturnValue:
    row = person_of(person, *STAFF)
    for attendance in ("here", "absent", "expected"):
        if who := request.form.get(attendance):
            do(row, "person.check", {"people": [who], "attendance": attendance})
            return redirect(url_for("roster.check_in", person=person, _anchor=f"p-{who}"))
    missing = [one["id"] for one in _listed(row) if one["attendance"] == "expected" and one["role"] == "participant"]
    if missing:
        do(row, "person.check", {"people": missing, "attendance": "absent"})
    return redirect(url_for("roster.check_in", person=person))


# --- by mail --------------------------------------------------------------------------------------------------------


@blueprint.get("/s/<person>/links.csv")
def links(person: str) -> Response:
    """Everybody's link for a mail merge: UTF-8 with a mark, so that spreadsheets read the accents."""
    row = person_of(person, "organiser")
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(("name", "email", "organisation", "role", "group", "languages", "link"))
    for one in _listed(row, links=True):
        if not one["closed"] and one["role"] != "projector":
            cells = (one["name"], one["email"], one["organisation"], one["role"], one["group"])
            writer.writerow([guard(cell) for cell in (*cells, " ".join(one["languages"]), one["url"])])
    response = Response(file.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="links.csv"'
    return response


# --- pieces ---------------------------------------------------------------------------------------------------------


def page(template: str, row: Row[Any], here: str, **values: Any) -> str:
    """A page of the event's own, with its tabs."""
    with store().reading() as db:
        event = snapshot.event_state(db, row.event)
        rehearsal = db.execute(select(Event.rehearsal_of).where(Event.id == row.event)).scalar() is not None
    return render_template(
        template,
        event=event,
        is_rehearsal=rehearsal,
        person=row,
        here=here,
        urls=urls_of(row),
        new_id=lambda: str(uuid.uuid4()),
        **values,
    )


def do(
    row: Row[Any], name: str, args: dict[str, Any], room: str | None = None, id: str | None = None
) -> dict[str, Any]:
    """A command of the person whose page it is. The form brings its id along, so that a double click is one."""
    id = id or request.form.get("id") or str(uuid.uuid4())
    return live().run(id=id, actor=Actor(person=row.id), room=room or f"event:{row.event}", name=name, args=args)


def people_page(row: Row[Any], **values: Any) -> str:
    listed = _listed(row, links=True)
    counts = {key: sum(one["attendance"] == key and not one["closed"] for one in listed) for key in ("here", "absent")}
    return page(
        "people.html",
        row,
        "people",
        people=listed,
        counts=counts,
        roles=roster.ROLES,
        colours=COLOURS,
        attributes=asked(row.event),
        most=MOST,
        **values,
    )


def _edit(row: Row[Any], one: dict[str, Any], **values: Any) -> str:
    with store().reading() as db:
        one = one | {"mentions": mentions(db, row.event, one["name"]) if one["name"] else 0}
    return page("person.html", row, "people", one=one, roles=roster.ROLES, **values)


def _typed() -> dict[str, str]:
    keys = ("name", "organisation", "kind", "role", "languages", "email", "group")
    return {key: request.form.get(key, "") for key in keys}


def _said(typed: dict[str, str]) -> dict[str, Any]:
    """What was typed, as the command takes it."""
    return {
        "name": typed["name"],
        "organisation": typed["organisation"] or None,
        "kind": typed["kind"] or None,
        "role": typed["role"] or "participant",
        "languages": list(roster.languages(typed["languages"])),
        "email": typed["email"] or None,
    }


def _one(row: Row[Any], who: str) -> dict[str, Any]:
    one = next((one for one in _listed(row, links=True) if one["id"] == who), None)
    if one is None:
        raise Refused("person_unknown")
    return one


def _listed(row: Row[Any], links: bool = False) -> list[dict[str, Any]]:
    """Everybody on the roster, by name; the personal links only for those who may hand them out."""
    with store().reading() as db:
        rows: list[Any] = db.execute(
            select(*Person.__table__.c, Organisation.name.label("organisation_name"), Organisation.colour)
            .outerjoin(Organisation, Organisation.id == Person.organisation)
            .where(Person.event == row.event, Person.origin != "import")
            .order_by(Person.name, Person.id)
        ).all()  # type: ignore[assignment]
        seated = db.execute(
            select(Seat.person, Group.name, Group.kind)
            .join(Group, Group.id == Seat.group)
            .where(Group.event == row.event)
            .order_by(Group.number)
        ).all()
    group = {seat.person: seat.name for seat in seated if seat.kind == "breakout"}
    overlay: dict[str, list[str]] = {}
    for seat in seated:
        if seat.kind == "overlay":
            overlay.setdefault(seat.person, []).append(seat.name)
    return [
        {
            "id": one.id,
            "name": one.name,
            "organisation": one.organisation_name or "",
            "colour": one.colour,
            "role": one.role,
            "languages": one.languages,
            "email": one.email or "",
            "group": group.get(one.id, ""),
            "overlay": overlay.get(one.id, []),
            "joined": one.joined_at is not None,
            "attendance": snapshot.attendance(one),
            "closed": one.closed_at is not None,
            "erased": date.fromtimestamp(one.erased_at / 1000).isoformat() if one.erased_at else None,
            "url": personal_link(one) if links else "",
        }
        for one in rows
    ]
