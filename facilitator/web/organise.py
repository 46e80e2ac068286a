"""The organiser's pages: the first organiser, the events, one event with its links and downloads."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from .. import copying, demo, i18n, library, snapshot
from ..access import invitation_token
from ..domain.refusals import Refused
from ..founding import found_event
from ..library import LibraryError
from ..store.models import Day, Event, Group, Invitation, Person, Seat, Session, now_ms
from . import accounts, rehearsals
from .errors import said
from .house import address_of, live, store
from .pages import personal_link
from .roster import do, page
from .who import account_of, person_of, sign_in

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
        made = accounts.make_first(
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
    sign_in(made)
    return redirect(url_for("organise.events"))


@blueprint.get("/organise")
def events() -> ResponseReturnValue:
    return events_page(_account(), error=None, typed={})


@blueprint.post("/organise/events")
def create() -> ResponseReturnValue:
    account = _account()
    typed = {key: request.form.get(key, "") for key in ("title", "place", "starts_on", "days", "groups", "template")}
    typed["organisations"] = request.form.get("organisations", "")
    try:
        template = typed["template"] if typed["template"] in library.TEMPLATES else None
        event = found_event(store(), _agenda(typed), account=account, template=template)
    except Refused as refused:
        return events_page(account, error=said(refused), typed=typed), 422
    return redirect(url_for("organise.event", person=organiser_of(event, account)))


@blueprint.post("/organise/sample")
def sample() -> ResponseReturnValue:
    account = _account()
    event = demo.found(store(), account)
    return redirect(url_for("organise.event", person=organiser_of(event, account)))


@blueprint.post("/s/<person>/event/copy")
def copy(person: str) -> ResponseReturnValue:
    row = person_of(person, "organiser")
    account = _account()
    with store().reading() as db:
        title = db.execute(select(Event.title).where(Event.id == row.event)).scalar_one()
    what = request.form.get("what", "plan")
    title = request.form.get("title", "").strip()[:200] or title
    copied = copying.copy_event(
        store(),
        row.event,
        account=account,
        title=title,
        people=what != "plan",
        contributions=what == "everything",
    )
    return redirect(url_for("organise.event", person=organiser_of(copied, account)))


@blueprint.post("/s/<person>/event/<what>")
def put_away(person: str, what: str) -> ResponseReturnValue:
    row = person_of(person, "organiser")
    commands = {
        "archive": "event.archive",
        "reopen": "event.reopen",
        "delete": "event.delete",
        "restore": "event.restore",
    }
    if what not in commands:
        raise Refused("unknown_page")
    do(row, commands[what], {})
    return redirect(url_for("organise.event", person=person, _anchor="whole"))


@blueprint.get("/s/<person>/event")
def event(person: str) -> ResponseReturnValue:
    return _event(person_of(person, "organiser"), error=None)


@blueprint.post("/s/<person>/event")
def change(person: str) -> ResponseReturnValue:
    row = person_of(person, "organiser")
    typed = {key: request.form.get(key, "") for key in FACTS}
    try:
        do(row, "event.change", typed)
    except Refused as refused:
        return _event(row, error=said(refused), typed=typed), 422
    return redirect(url_for("organise.event", person=person))


@blueprint.post("/s/<person>/event/code")
def renew_code(person: str) -> ResponseReturnValue:
    return _do(person, "code.renew", {})


@blueprint.post("/s/<person>/event/link")
def renew_link(person: str) -> ResponseReturnValue:
    return _do(person, "link.renew", {"person": request.form.get("person", "")})


def _setup(**values: Any) -> str:
    return render_template("setup.html", shortest_password=accounts.SHORTEST_PASSWORD, **values)


def _do(person: str, name: str, args: dict[str, Any]) -> ResponseReturnValue:
    do(person_of(person, "organiser"), name, args)
    return redirect(url_for("organise.event", person=person))


FACTS = ("title", "place", "purpose", "wifi_name", "wifi_password")


def _event(row: Any, *, error: str | None, typed: dict[str, str] | None = None) -> str:
    with store().reading() as db:
        invitations = db.execute(
            select(*Invitation.__table__.c)
            .where(
                Invitation.event == row.event,
                Invitation.used_at.is_(None),
                Invitation.withdrawn_at.is_(None),
                Invitation.expires_at > now_ms(),
            )
            .order_by(Invitation.at)
        ).all()
        people = db.execute(
            select(*Person.__table__.c)
            .where(Person.event == row.event, Person.origin != "import", Person.closed_at.is_(None))
            .order_by(Person.created_at, Person.name)
        ).all()
        seated = set(
            db.execute(
                select(Seat.person)
                .join(Group, Group.id == Seat.group)
                .where(Group.event == row.event, Group.kind == "breakout")
            ).scalars()
        )
        breakouts = db.execute(select(Group.id).where(Group.event == row.event, Group.kind == "breakout")).first()
        sessions = db.execute(
            select(Session.opened_at).join(Day, Day.id == Session.day).where(Day.event == row.event)
        ).all()
        facts = db.execute(select(*(getattr(Event, key) for key in FACTS)).where(Event.id == row.event)).one()
        naming = snapshot.named_of(db, row.event)
        delete_at = db.execute(select(Event.delete_at).where(Event.id == row.event)).scalar_one()
    participants = [p for p in people if p.role == "participant"]
    return page(
        "event.html",
        row,
        "event",
        invitations=[{"id": one.id, "role": one.role, "url": invitations_link(one.id)} for one in invitations],
        team=[
            {"name": p.name, "role": p.role, "account": p.account is not None, "me": p.id == row.id}
            for p in people
            if p.role in ("organiser", "facilitator")
        ],
        links=[_link(p) for p in people if p.role in ("facilitator", "projector", "observer") and p.account is None],
        counts={
            "sessions": len(sessions),
            "begun": any(session.opened_at is not None for session in sessions),
            "people": len(participants),
            "unseated": sum(p.id not in seated for p in participants) if breakouts else 0,
        },
        rehearsals=rehearsals.of_event(row.event, row.account) if row.account else [],
        rehearsal_most=rehearsals.MOST,
        gone_on=date.fromtimestamp(delete_at / 1000).isoformat() if delete_at else None,
        typed=typed or {key: value or "" for key, value in facts._mapping.items()},
        languages=i18n.names(),
        naming=naming,
        error=error,
    )


def invitations_link(invitation: str) -> str:
    """The full address of an invitation."""
    return address_of("invite.show", token=invitation_token(store().key, invitation))


def _link(person: Any) -> dict[str, str]:
    return {"label": person.name, "role": person.role, "id": person.id, "url": personal_link(person)}


def _account() -> str:
    account = account_of()
    if account is None:
        raise Refused("not_signed_in")
    return account


def organiser_of(event: str, account: str) -> str:
    """Who the account is at an event."""
    with store().reading() as db:
        return db.execute(select(Person.id).where(Person.event == event, Person.account == account)).scalar_one()


def events_page(account: str, **values: Any) -> str:
    """The page of one's events, with what was wrong in what was sent from it."""
    copying.purge(store())
    with store().reading() as db:
        rows = db.execute(
            select(
                Event.id,
                Event.title,
                Event.place,
                Event.sample,
                Event.rehearsal_of,
                Event.archived_at,
                Event.delete_at,
                Person.id.label("person"),
                Person.role,
            )
            .join(Person, Person.event == Event.id)
            .where(Person.account == account, Person.closed_at.is_(None))
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
            "rehearsal": row.rehearsal_of is not None,
            "dates": dates.get(row.id, []),
            "state": "deleted" if row.delete_at else "archived" if row.archived_at else "open",
            "role": row.role,
            "url": url_for("pages.home", person=row.person),
        }
        for row in rows
    ]
    templates = [
        {
            "name": name,
            "title": one.title,
            "purpose": one.purpose,
            "days": len(one.days),
            "groups": sum(group.kind == "breakout" for group in one.groups),
        }
        for name, one in library.agenda_templates().items()
    ]
    return render_template("organise.html", events=listed, templates=templates, **values)


def _agenda(typed: dict[str, str]) -> Any:
    try:
        starts_on = date.fromisoformat(typed["starts_on"])
        days = int(typed["days"] or "1")
    except ValueError:
        raise Refused("date_wrong") from None
    if not 1 <= days <= 14:
        raise Refused("agenda_wrong", why="1 to 14 days")
    title, place = typed["title"].strip(), typed["place"].strip()
    lines = {key: [line.strip() for line in typed[key].splitlines() if line.strip()] for key in _LISTS}
    try:
        if typed["template"] in ("", "blank"):
            return library.blank_agenda(title, place, starts_on, days, **lines)
        if typed["template"] not in library.TEMPLATES:
            raise Refused("template_unknown")
        return library.from_template(
            typed["template"],
            title=title,
            place=place,
            starts_on=starts_on,
            groups=lines["groups"],
            organisations=lines["organisations"],
        )
    except LibraryError as error:
        raise Refused("agenda_wrong", why=str(error)) from None


_LISTS = ("groups", "organisations")
