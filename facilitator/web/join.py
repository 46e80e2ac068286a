"""The ways in: a join code, a personal link, a password."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection as Db
from sqlalchemy import select

from .. import access
from ..access import Actor
from ..domain.refusals import Refused
from ..store.models import Account, Event, Organisation
from . import accounts, who
from .errors import said
from .house import live, store
from .who import actor_of, remember

blueprint = Blueprint("join", __name__)


@blueprint.get("/")
def index() -> ResponseReturnValue:
    with store().reading() as db:
        if accounts.nobody_yet(db):
            return redirect(url_for("organise.setup"))
    return render_template("index.html", error=None, code="")


@blueprint.get("/j/")
def find() -> ResponseReturnValue:
    """The code typed into the landing page."""
    code = access.tidy_code(request.args.get("code", ""))
    try:
        _event_of(code)
    except Refused as refused:
        return render_template("index.html", error=said(refused), code=request.args.get("code", "")[:20]), 404
    return redirect(url_for("join.form", code=code))


@blueprint.get("/j/<code>")
def form(code: str) -> ResponseReturnValue:
    return _form(code, error=None, name="", organisation="", id=str(uuid.uuid4()))


@blueprint.post("/j/<code>")
def join(code: str) -> ResponseReturnValue:
    event = _event_of(code)
    sent = {key: request.form.get(key, "") for key in ("name", "organisation", "id")}
    args: dict[str, Any] = {"name": sent["name"], "organisation": sent["organisation"] or None}
    if request.form.get("rehearsal"):
        args["rehearsal"] = True
    actor = Actor(code=access.tidy_code(code))
    try:
        reply = live().run(id=sent["id"], actor=actor, room=f"event:{event['id']}", name="person.join", args=args)
    except Refused as refused:
        sent["name"] = sent["name"][:200]
        return _form(code, error=said(refused), **sent), 422
    remember(reply["person"], 0)
    return redirect(url_for("pages.home", person=reply["person"]))


@blueprint.get("/p/<token>")
@blueprint.get("/projector/<token>", endpoint="projector_link")
def personal_link(token: str) -> ResponseReturnValue:
    """Exchange a personal link for a cookie at once, so that the secret leaves the address bar."""
    if request.path.startswith("/projector/") and _is_seat(token):
        return redirect(url_for("pages.projector", person=token))
    try:
        with store().reading() as db:
            row = access.person_of_link(db, token)
    except Refused as refused:
        if refused.code == "link_unknown":
            live().limits.count_wrong(request.remote_addr or "")
        raise
    remember(row.id, row.link)
    if row.joined_at is None:
        arrival = str(uuid.uuid5(uuid.NAMESPACE_URL, f"arrival of {row.id}"))
        live().run(id=arrival, actor=Actor(person=row.id), room=f"event:{row.event}", name="person.arrive", args={})
    return redirect(url_for("pages.home", person=row.id))


@blueprint.get("/sign-in")
def sign_in_form() -> ResponseReturnValue:
    return render_template("sign_in.html", error=None, email="")


@blueprint.post("/sign-in")
def sign_in() -> ResponseReturnValue:
    email, password = request.form.get("email", ""), request.form.get("password", "")
    email = "".join(ch for ch in email if ch.isprintable())
    with store().reading() as db:
        row = db.execute(select(*Account.__table__.c).where(Account.email == email.strip().lower())).one_or_none()
    if row is None or not accounts.password_fits(row.password_hash, password):
        try:
            live().limits.count_wrong(request.remote_addr or "")
            raise Refused("sign_in_wrong")
        except Refused as refused:
            return render_template("sign_in.html", error=said(refused), email=email[:254]), 422
    who.sign_in(row.id)
    return redirect(url_for("organise.events"))


@blueprint.post("/sign-out")
def sign_out() -> ResponseReturnValue:
    session.clear()
    return redirect(url_for("join.index"))


def _is_seat(person: str) -> bool:
    try:
        actor_of(person)
    except Refused:
        return False
    return True


def _event_of(code: str) -> dict[str, Any]:
    with store().reading() as db:
        try:
            row = access.join_code(db, code)
        except Refused:
            live().limits.count_wrong(request.remote_addr or "")
            raise
        event = db.execute(select(*Event.__table__.c).where(Event.id == row.event)).one()
        return {"id": event.id, "title": event.title, "place": event.place, "sample": event.sample}


def _form(code: str, **values: Any) -> str:
    event = _event_of(code)
    with store().reading() as db:
        organisations = _organisations(db, event["id"])
    return render_template("join.html", code=access.tidy_code(code), event=event, organisations=organisations, **values)


def _organisations(db: Db, event: str) -> list[dict[str, str]]:
    rows = db.execute(
        select(Organisation.id, Organisation.name).where(Organisation.event == event).order_by(Organisation.name)
    )
    return [{"id": row.id, "name": row.name} for row in rows]
