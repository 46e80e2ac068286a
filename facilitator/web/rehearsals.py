"""A rehearsal from the browser: synthetic people play a copy of the event, and one click wipes all of it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, func, select

from .. import copying, i18n, library
from ..copying import Rehearsed
from ..domain.refusals import Refused
from ..rehearsing import FEWEST, MOST, SPEEDS
from ..store.models import Board, Day, Event, Person, Session
from . import overview
from .errors import locale, said
from .house import rehearsing, store
from .roster import do, page
from .who import account_of, person_of

blueprint = Blueprint("rehearsals", __name__)

BESIDE = 8
"""One of so many is in an overlay group."""


@blueprint.post("/s/<person>/rehearse")
def start(person: str) -> ResponseReturnValue:
    """Copy the event's plan, and have synthetic people play it."""
    row = person_of(person, "organiser")
    account = account_of()
    if account is None:
        raise Refused("not_signed_in")
    typed = {key: request.form.get(key, "") for key in ("people", "speed")}
    try:
        copied = _begin(row, account, **typed)
    except Refused as refused:
        return overview.show(row, rehearsal_error=said(refused), rehearsal=typed), 422
    with store().reading() as db:
        mine = db.execute(select(Person.id).where(Person.event == copied, Person.account == account)).scalar_one()
    return redirect(url_for("rehearsals.show", person=mine))


@blueprint.get("/s/<person>/rehearsal")
def show(person: str) -> ResponseReturnValue:
    """How far it is, and how it went."""
    row = _organiser_of_rehearsal(person)
    return page("rehearsal.html", row, "rehearsal", played=rehearsing().look(row.event))


@blueprint.post("/s/<person>/rehearsal/cancel")
def cancel(person: str) -> ResponseReturnValue:
    """End it where it is. What was played until then can be looked at."""
    row = _organiser_of_rehearsal(person)
    rehearsing().cancel(row.event)
    return redirect(url_for("rehearsals.show", person=person))


@blueprint.post("/s/<person>/rehearsal/wipe")
def wipe(person: str) -> ResponseReturnValue:
    """Remove all of it at once: the copy, who played in it, what they wrote, its pictures and its outcome."""
    row = _organiser_of_rehearsal(person)
    rehearsing().forget(row.event)
    do(row, "event.delete", {})  # shuts the doors: whoever has a page of it open is told
    with store().reading() as db:
        original = db.execute(select(Event.rehearsal_of).where(Event.id == row.event)).scalar()
        back = db.execute(
            select(Person.id).where(Person.event == original, Person.account == row.account, Person.role == "organiser")
        ).scalar()
    copying.wipe(store(), row.event)
    if row.account is None or back is None:
        return redirect(url_for("join.index"))
    return redirect(url_for("organise.event", person=back, _anchor="rehearse"))


def _begin(row: Row[Any], account: str, people: str, speed: str) -> str:
    """The copy that is being played. Raises Refused."""
    if not (people.isascii() and people.isdecimal()) or len(people) > 4 or not FEWEST <= int(people) <= MOST:
        raise Refused("rehearsal_people", fewest=FEWEST, most=MOST)
    if speed not in map(str, SPEEDS):
        raise Refused("rehearsal_speed")
    rehearsing().require_free()
    with store().reading() as db:
        title = db.execute(select(Event.title).where(Event.id == row.event)).scalar_one()
        boards = select(func.count()).select_from(Board).join(Session, Session.id == Board.session)
        if not db.execute(boards.join(Day, Day.id == Session.day).where(Day.event == row.event)).scalar_one():
            raise Refused("rehearsal_empty")
    translate = i18n.translator(locale())
    texts, beside = library.rehearsal_texts(), int(people) // BESIDE
    copied = copying.copy_event(
        store(),
        row.event,
        account=account,
        title=(translate("Rehearsal: %(title)s") % {"title": title})[:200],
        rehearsal=Rehearsed(
            mark=translate("This is a rehearsal: synthetic people play it, and nothing in it was said by anybody."),
            facilitator=texts.name(beside),
            beside=tuple(texts.name(number) for number in range(beside)),
        ),
    )
    try:
        rehearsing().start(copied, int(people), float(speed))
    except Refused:
        copying.wipe(store(), copied)
        raise
    return copied


def _organiser_of_rehearsal(person: str) -> Row[Any]:
    """Raises Refused `not_a_rehearsal`: what people did is wiped by nobody's one click."""
    row = person_of(person, "organiser")
    with store().reading() as db:
        if db.execute(select(Event.rehearsal_of).where(Event.id == row.event)).scalar() is None:
            raise Refused("not_a_rehearsal")
    return row
