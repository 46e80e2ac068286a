"""Downloads of the outcome, at any time, also while people vote: each file is made by a process of its own.

    GET    /s/PERSON/outcome.FORMAT?depth=D&lang=L                   -> the file, when it is made
    GET    /s/PERSON/ballots.zip                                     -> whole ballots, likewise

and for a page that shows how far it is, and can end it (ID is the client's own, a UUID):

    PUT    /api/reports/ID?as=PERSON&format=F&depth=D&lang=L         -> {ok, stage, step, steps, file}: begin
    GET    /api/reports/ID?as=PERSON                                 -> the same: how far it is
    DELETE /api/reports/ID?as=PERSON                                 -> the same: its process has ended
    GET    /s/PERSON/reports/ID                                      -> the file, once `stage` is ready

`stage` is waiting, reading, compiling, writing, ready, failed or cancelled; `step` of `steps` says it as a number.
FORMAT is a key of `outcomes.FORMATS`, or `ballots` for organisers.
"""

from __future__ import annotations

import re
import uuid
from functools import partial
from typing import Any

from flask import Blueprint, Response, jsonify, request, send_file, url_for
from sqlalchemy import Row, select

from .. import i18n, outcomes
from ..domain.refusals import Refused
from ..reports import Order, Report
from ..store.models import Event
from .errors import locale
from .house import reports, store
from .pages import STAFF
from .who import person_of

blueprint = Blueprint("outcomes", __name__)
DEFAULT: outcomes.Depth = "contributions"
OTHERS = {
    "ballots": outcomes.Format("application/zip", "ballots.zip"),
    "slips": outcomes.Format("application/pdf", "slips.pdf"),
}
"""What else `reports` makes, with data of its own."""


@blueprint.get("/s/<person>/outcome.<format>")
def download(person: str, format: str) -> Response:
    """The outcome as it is now. `?depth=` says how much a report tells, `?lang=` in which language: as asked, or that
    of the page."""
    if format not in outcomes.FORMATS:
        raise Refused("unknown_page")
    row = person_of(person, *STAFF)
    return made(row.id, _order(row, format))


@blueprint.get("/s/<person>/ballots.zip")
def ballots(person: str) -> Response:
    """Whole ballots without names, for researchers: organisers decide who gets them."""
    row = person_of(person, "organiser")
    return made(row.id, _order(row, "ballots"))


@blueprint.put("/api/reports/<id>")
def begin(id: str) -> Response:
    row = person_of(request.args.get("as", ""), *STAFF)
    return _told(reports().start(_id(id), row.id, _order(row, request.args.get("format", ""))))


@blueprint.get("/api/reports/<id>")
def look(id: str) -> Response:
    return _told(_find(request.args.get("as", ""), id))


@blueprint.delete("/api/reports/<id>")
def cancel(id: str) -> Response:
    report = _find(request.args.get("as", ""), id)
    reports().forget(report)
    return _told(report)


@blueprint.get("/s/<person>/reports/<id>")
def fetch(person: str, id: str) -> Response:
    report = _find(person, id)
    if report.stage == "failed":
        raise Refused("report_failed")
    if report.stage != "ready":
        raise Refused("report_unready")
    return _file(report)


def _find(person: str, id: str) -> Report:
    return reports().find(_id(id), person_of(person, *STAFF).id)


def made(owner: str, order: Order) -> Response:
    """A file, as soon as its process has made it; nothing of it is kept."""
    report = reports().start(str(uuid.uuid4()), owner, order)
    if report.wait() != "ready":
        reports().forget(report)
        raise Refused("report_failed")
    response = _file(report)
    response.direct_passthrough = False  # or it would not be closed, and the file would stay
    response.call_on_close(partial(reports().forget, report))
    return response


def _order(row: Row[Any], what: str) -> Order:
    depth = request.args.get("depth", DEFAULT)
    if what not in (*outcomes.FORMATS, "ballots") or depth not in outcomes.DEPTHS:
        raise Refused("unknown_page")
    if what == "ballots" and row.role != "organiser":
        raise Refused("not_allowed", role=row.role)
    language = request.args.get("lang", "")
    return Order(row.event, what, depth, language if language in i18n.LANGUAGES else locale())


def _format(report: Report) -> outcomes.Format:
    return (outcomes.FORMATS | OTHERS)[report.order.what]


def _told(report: Report) -> Response:
    stages = ["reading", *(["compiling"] if _format(report).report is not None else []), "writing"]
    stage = report.stage
    step = len(stages) if stage == "ready" else stages.index(stage) if stage in stages else 0
    file = url_for("outcomes.fetch", person=report.owner, id=report.id)
    return jsonify(ok=True, stage=stage, step=step, steps=len(stages), file=file)


def _file(report: Report) -> Response:
    with store().reading() as db:
        title = db.execute(select(Event.title).where(Event.id == report.order.event)).scalar_one()
    format = _format(report)
    told = f"{report.order.depth}." if format.report is not None else "data." if format.data is not None else ""
    response = send_file(report.path, etag=False, last_modified=0, mimetype=format.mimetype)
    return _labelled(response, format, title, told)


def file(body: bytes, format: str, title: str, told: str) -> Response:
    """A report as a download; `told` is what the file's name says after the title."""
    return _labelled(Response(body), outcomes.FORMATS[format], title, f"{told}.")


def _labelled(response: Response, format: outcomes.Format, title: str, told: str) -> Response:
    """What a download is, and what it is called."""
    name = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:60] or "event"
    response.content_type = format.mimetype
    response.headers["Content-Disposition"] = f'attachment; filename="{name}-{told}{format.ending}"'
    if format is outcomes.FORMATS["html"]:  # a file of its own: its style is inside, and it may do nothing else
        response.headers["Content-Security-Policy"] = outcomes.CSP
    return response


def _id(raw: str) -> str:
    try:
        return str(uuid.UUID(raw))
    except ValueError:
        raise Refused("bad_message", why="a report's id is a UUID") from None
