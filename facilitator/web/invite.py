"""Accounts beyond the first: invited by link; signed out everywhere."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, select, update

from .. import access
from ..access import Actor
from ..domain.refusals import Refused
from ..store.models import Account, Event, Person, now_ms
from . import accounts
from .errors import said
from .house import live, store
from .roster import do
from .who import account_of, person_of, sign_in

blueprint = Blueprint("invite", __name__)


@blueprint.post("/s/<person>/invitations")
def issue(person: str) -> ResponseReturnValue:
    row = person_of(person, "organiser")
    if which := request.form.get("withdraw"):
        do(row, "invitation.withdraw", {"invitation": which})
    else:
        do(row, "invitation.issue", {"role": request.form.get("role", "facilitator")})
    return redirect(url_for("organise.event", person=person, _anchor="team"))


@blueprint.get("/i/<token>")
def show(token: str) -> ResponseReturnValue:
    return _show(_invitation(token), token, error=None, typed={})


@blueprint.post("/i/<token>")
def accept(token: str) -> ResponseReturnValue:
    """With the account that this browser is signed in with, with one's own by its password, or with a new one."""
    invitation = _invitation(token)
    typed = {key: request.form.get(key, "") for key in ("name", "email")}
    try:
        account = account_of() if request.form.get("act") == "here" else None
        if account is None:
            account = _account(typed, request.form.get("password", ""), new=request.form.get("act") == "new")
            sign_in(account)
        reply = live().run(
            id=str(uuid.uuid4()),
            actor=Actor(invitation=invitation.id),
            room=f"event:{invitation.event}",
            name="invitation.accept",
            args={"account": account},
        )
    except Refused as refused:
        return _show(invitation, token, error=said(refused), typed=typed), 422
    return redirect(url_for("pages.home", person=reply["person"]))


@blueprint.post("/account/sign-out-everywhere")
def sign_out_everywhere() -> ResponseReturnValue:
    """Every browser that is signed in with this account, this one too; and every page that is open as one of its
    people, because their links are replaced."""
    account = account_of()
    if account is None:
        raise Refused("not_signed_in")
    with store().writing() as db:
        db.execute(update(Account.__table__).where(Account.id == account).values(epoch=Account.epoch + 1))
        people = db.execute(
            select(Person.id, Person.event).where(Person.account == account, Person.closed_at.is_(None))
        ).all()
    for one in people:
        live().run(
            id=str(uuid.uuid4()),
            actor=Actor(person=one.id),
            room=f"event:{one.event}",
            name="link.renew",
            args={"person": one.id},
        )
    session.clear()
    return redirect(url_for("join.sign_in_form"))


def _invitation(token: str) -> Row[Any]:
    try:
        with store().reading() as db:
            return access.invitation_of(db, token, now_ms())
    except Refused as refused:
        if refused.code == "invitation_unknown":
            live().limits.count_wrong(request.remote_addr or "")
        raise


def _account(typed: dict[str, str], password: str, new: bool) -> str:
    if new:
        return accounts.make(store(), name=typed["name"], email=typed["email"], password=password)
    email = "".join(ch for ch in typed["email"] if ch.isprintable()).strip().lower()
    with store().reading() as db:
        row = db.execute(select(Account.id, Account.password_hash).where(Account.email == email)).one_or_none()
    if row is None or not accounts.password_fits(row.password_hash, password):
        live().limits.count_wrong(request.remote_addr or "")
        raise Refused("sign_in_wrong")
    return str(row.id)


def _show(invitation: Row[Any], token: str, **values: Any) -> str:
    account = account_of()
    with store().reading() as db:
        event = db.execute(select(Event.title, Event.place).where(Event.id == invitation.event)).one()
        by = db.execute(select(Person.name).where(Person.id == invitation.by)).scalar()
        me = db.execute(select(Account.name, Account.email).where(Account.id == account)).one_or_none()
    return render_template(
        "invitation.html",
        event=event,
        role=invitation.role,
        by=by,
        me=me,
        token=token,
        shortest_password=accounts.SHORTEST_PASSWORD,
        **values,
    )
