"""Downloads of the outcome, at any time, also while people vote."""

from __future__ import annotations

import re

from flask import Blueprint, Response, request
from sqlalchemy import select

from .. import beside, i18n, outcomes
from ..domain.refusals import Refused
from ..store.models import Event
from .errors import locale
from .house import store
from .pages import STAFF
from .who import person_of

blueprint = Blueprint("outcomes", __name__)
DEFAULT: outcomes.Depth = "contributions"


@blueprint.get("/s/<person>/outcome.<format>")
def download(person: str, format: str) -> Response:
    """The outcome as it is now. `?depth=` says how much a report tells, `?lang=` in which language: as asked, or that
    of the page."""
    row = person_of(person, *STAFF)
    depth: outcomes.Depth | None = next((d for d in outcomes.DEPTHS if d == request.args.get("depth", DEFAULT)), None)
    if format not in outcomes.FORMATS or depth is None:
        raise Refused("unknown_page")
    wanted = outcomes.FORMATS[format]
    language = request.args.get("lang", "")
    language = language if language in i18n.LANGUAGES else locale()
    with store().reading() as db:
        gathered = outcomes.gather(db, row.event)
        title = db.execute(select(Event.title).where(Event.id == row.event)).scalar_one()
    body = beside.execute(wanted.write, gathered, i18n.translator(language), language, depth)
    told = depth if wanted.report is not None else "data"
    return file(body, format, title, told)


@blueprint.get("/s/<person>/ballots.zip")
def ballots(person: str) -> Response:
    """Whole ballots without names, for researchers: organisers decide who gets them."""
    row = person_of(person, "organiser")
    with store().reading() as db:
        casts = outcomes.research.read(db, row.event)
        title = db.execute(select(Event.title).where(Event.id == row.event)).scalar_one()
    return _file(beside.execute(outcomes.research.write, casts), "application/zip", title, "ballots.zip")


def file(body: bytes, format: str, title: str, told: str) -> Response:
    """A report as a download; `told` is what the file's name says after the title."""
    wanted = outcomes.FORMATS[format]
    response = _file(body, wanted.mimetype, title, f"{told}.{wanted.ending}")
    if format == "html":  # a file of its own: its style is inside, and it may do nothing else
        response.headers["Content-Security-Policy"] = outcomes.CSP
    return response


def _file(body: bytes, mimetype: str, title: str, ending: str) -> Response:
    response = Response(body, content_type=mimetype)
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60] or "event"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{ending}"'
    return response
