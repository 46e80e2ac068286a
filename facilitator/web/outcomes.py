"""Downloads of the outcome, at any time, also while people vote."""

from __future__ import annotations

import re

from flask import Blueprint, Response
from sqlalchemy import select

from .. import beside, i18n, outcomes
from ..domain.refusals import Refused
from ..store.models import Event
from .errors import locale
from .house import store
from .pages import STAFF
from .who import person_of

blueprint = Blueprint("outcomes", __name__)


@blueprint.get("/s/<person>/outcome.<format>")
def download(person: str, format: str) -> Response:
    row = person_of(person, *STAFF)
    if format not in outcomes.FORMATS:
        raise Refused("unknown_page")
    with store().reading() as db:
        gathered = outcomes.gather(db, row.event)
        title = db.execute(select(Event.title).where(Event.id == row.event)).scalar_one()
    mimetype, render = outcomes.FORMATS[format]
    body = beside.execute(render, gathered, i18n.translator(locale()), locale())
    response = Response(body, content_type=mimetype)
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60] or "event"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-outcome.{format}"'
    if format == "html":  # a file of its own: its style is inside, and it may do nothing else
        response.headers["Content-Security-Policy"] = outcomes.CSP
    return response
