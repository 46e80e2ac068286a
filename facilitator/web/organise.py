"""The organiser's pages: the first organiser, the events, one event with its links and downloads."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from .. import demo
from ..access import Actor
from ..domain.refusals import Refused
from ..founding import found_event
from ..library import LibraryError, blank_agenda
from ..snapshot import event_state
from ..store.models import Account, Day, Event, Person
from . import accounts
from .errors import said
from .house import live, store
from .pages import join_address, personal_link, urls_of
from .who import ACCOUNT, person_of

blueprint = Blueprint("organise", __name__)


@blueprint.get("/setup")
def setup() -> ResponseReturnValue:
    with store().reading() as db:
        if not accounts.nobody_yet(db):
            return redirect(url_for("join.index"))
    return _setup(error=None, setup_token="", name="", email="")


@blueprint.post("/setup")
def make_first() -> ResponseReturnValue:
    sent = {key: request.form.get(key, "") for key in ("setup_token", "name", "email")}
    try:
        session[ACCOUNT] = accounts.make_first(
            store(),
            token=sent["setup_token"],
            name=sent["name"],
            email=sent["email"],
            password=request.form.get("password", ""),
        )
    except Refused as refused:
        if refused.code == "setup_token_wrong":
            live().limits.count_wrong(request.remote_addr or "")
        return _setup(error=said(refused), **sent), 422
    session.permanent = True
    return redirect(url_for("organise.events"))


@blueprint.get("/organise")
def events() -> ResponseReturnValue:
    return _events(_account(), error=None, typed={})


@blueprint.post("/organise/events")
def create() -> ResponseReturnValue:
    account = _account()
    typed = {key: request.form.get(key, "") for key in ("title", "place", "starts_on", "days", "groups")}
    typed["organisations"] = request.form.get("organisations", "")
    try:
        event = found_event(store(), _agenda(typed), account=account)
    except Refused as refused:
        return _events(account, error=said(refused), typed=typed), 422
    return redirect(url_for("organise.event", person=_organiser(event, account)))


@blueprint.post("/organise/sample")
def sample() -> ResponseReturnValue:
    account = _account()
    event = demo.found(store(), account)
    return redirect(url_for("organise.event", person=_organiser(event, account)))


@blueprint.get("/s/<person>/event")
def event(person: str) -> ResponseReturnValue:
    row = person_of(person, "organiser")
    with store().reading() as db:
        state = event_state(db, row.event)
        people = db.execute(
            select(*Person.__table__.c)
            .where(Person.event == row.event, Person.origin != "import")
            .order_by(Person.created_at, Person.name)
        ).all()
    links = [_link(p) for p in people if p.role in ("facilitator", "projector", "observer")]
    organisations = {id: o["name"] for id, o in state["organisations"].items()}
    participants = [
        {
            "id": p.id,
            "name": p.name,
            "organisation": organisations.get(p.organisation, ""),
            "joined": p.joined_at is not None,
            "url": _link(p)["url"],
        }
        for p in people
        if p.role == "participant"
    ]
    return render_template(
        "event.html",
        event=state,
        person=row,
        join_url=join_address(row.event),
        links=links,
        people=participants,
        urls=urls_of(row),
    )


@blueprint.post("/s/<person>/event/code")
def renew_code(person: str) -> ResponseReturnValue:
    return _do(person, "code.renew", {})


@blueprint.post("/s/<person>/event/link")
def renew_link(person: str) -> ResponseReturnValue:
    return _do(person, "link.renew", {"person": request.form.get("person", "")})


def _setup(**values: Any) -> str:
    return render_template("setup.html", shortest_password=accounts.SHORTEST_PASSWORD, **values)


def _do(person: str, name: str, args: dict[str, Any]) -> ResponseReturnValue:
    row = person_of(person, "organiser")
    live().run(id=request.form.get("id"), actor=Actor(person=row.id), room=f"event:{row.event}", name=name, args=args)
    return redirect(url_for("organise.event", person=person))


def _link(person: Any) -> dict[str, str]:
    return {"label": person.name, "role": person.role, "id": person.id, "url": personal_link(person)}


def _account() -> str:
    account = session.get(ACCOUNT)
    with store().reading() as db:
        if not account or db.execute(select(Account.id).where(Account.id == account)).first() is None:
            raise Refused("not_signed_in")
    return str(account)


def _organiser(event: str, account: str) -> str:
    with store().reading() as db:
        return db.execute(select(Person.id).where(Person.event == event, Person.account == account)).scalar_one()


def _events(account: str, **values: Any) -> str:
    with store().reading() as db:
        rows = db.execute(
            select(Event.id, Event.title, Event.place, Event.sample, Person.id.label("person"))
            .join(Person, Person.event == Event.id)
            .where(Person.account == account)
            .order_by(Event.created_at.desc())
        ).all()
        dates: dict[str, list[str]] = {}
        for day in db.execute(
            select(Day.event, Day.date).where(Day.event.in_([row.id for row in rows])).order_by(Day.number)
        ):
            dates.setdefault(day.event, []).append(day.date)
    listed = [
        {
            "id": row.id,
            "title": row.title,
            "place": row.place,
            "sample": row.sample,
            "dates": dates.get(row.id, []),
            "url": url_for("organise.event", person=row.person),
        }
        for row in rows
    ]
    return render_template("organise.html", events=listed, **values)


def _agenda(typed: dict[str, str]) -> Any:
    try:
        starts_on = date.fromisoformat(typed["starts_on"])
        days = int(typed["days"])
    except ValueError:
        raise Refused("date_wrong") from None
    if not 1 <= days <= 14:
        raise Refused("agenda_wrong", why="1 to 14 days")
    lines = {key: [line.strip() for line in typed[key].splitlines() if line.strip()] for key in _LISTS}
    try:
        return blank_agenda(typed["title"].strip(), typed["place"].strip(), starts_on, days, **lines)
    except LibraryError as error:
        raise Refused("agenda_wrong", why=str(error)) from None


_LISTS = ("groups", "organisations")
