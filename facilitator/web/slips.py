"""Personal slips: a page, and the same as PDF."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import Row

from .. import beside
from .. import slips as paper
from ..reports import Order
from .errors import locale
from .house import address_of, store
from .outcomes import made
from .roster import page
from .who import person_of

blueprint = Blueprint("slips", __name__)


@blueprint.get("/s/<person>/slips")
def show(person: str) -> ResponseReturnValue:
    """A slip for everybody (or the people of `?group=`), eight on a sheet of A4, with the link that is only theirs."""
    row = person_of(person, "organiser")
    slips = _gathered(row)
    network = slips.wifi.text if slips.wifi else None
    codes = beside.execute(_codes, [slip.link for slip in slips.slips] + ([network] if network else []))
    return page("slips.html", row, "slips", slips=slips, codes=codes, group=_group())


@blueprint.get("/s/<person>/slips.pdf")
def pdf(person: str) -> ResponseReturnValue | Response:
    row = person_of(person, "organiser")
    if not _gathered(row).slips:
        return redirect(url_for("slips.show", person=person))  # which says what to do
    return made(row.id, Order(row.event, "slips", language=locale(), link=_link(), group=_group()))


def _gathered(row: Row[Any]) -> paper.Slips:
    with store().reading() as db:
        return paper.gather(db, row.event, store().key, _link(), _group())


def _link() -> str:
    return address_of("join.personal_link", token="TOKEN").replace("TOKEN", "{token}")


def _group() -> str:
    return request.args.get("group", "")


def _codes(texts: list[str]) -> list[Markup]:
    return [Markup(paper.code(text)) for text in texts]
