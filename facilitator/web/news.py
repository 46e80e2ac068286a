"""The public page of an event's outcome: for everybody who has its address, as long as the organisers let it be.

What it says was frozen with the edition. Its pictures are read anew every time, so that one which is hidden, withdrawn
or no longer chosen is gone from here at once.
"""

from __future__ import annotations

import re
from typing import Any

from flask import Blueprint, Response, g, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, select

from .. import beside, snapshot
from ..domain import frozen
from ..domain.document import Document
from ..domain.refusals import Refused
from ..outcomes import edition_files, html
from ..outcomes.moments import iso, written
from ..store.models import Edition, Event
from .house import address_of, arriving, live, settings, store
from .outcomes import file
from .pictures import NAME

blueprint = Blueprint("news", __name__)

FORMATS = ("pdf", "docx", "html", "json")


@blueprint.get("/e/<address>")
def show(address: str) -> ResponseReturnValue:
    found, document = _published(address)
    return shown(found, frozen.read(document).news, preview=None)


@blueprint.get("/e/<address>/report.<format>")
def download(address: str, format: str) -> Response:
    found, document = _published(address)
    if format not in FORMATS:
        raise Refused("unknown_page")
    body = beside.execute(edition_files.kept, format, document, shown_pictures(found.event))
    return file(body, format, found.title, f"edition-{found.number}")


@blueprint.get("/e/<address>/pictures/<name>")
def picture(address: str, name: str) -> Response:
    found, _document = _published(address)
    images = (image for one in pictures_of(found.event, None) for image in one["images"])
    if not any(image["url"].rpartition("/")[2] == name for image in images):
        raise Refused("picture_unknown")
    parts = NAME.fullmatch(name)
    assert parts is not None
    response = send_file(arriving().path(parts[1], int(parts[2])), mimetype="image/jpeg", etag=False, last_modified=0)
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def shown(found: Row[Any], news: Document, preview: str | None) -> str:
    """The page. `preview` is the address that organisers go back to while it is not public; pictures are for the public
    page alone, then there is only their number."""
    g.locale = news.language
    return render_template(
        "news.html",
        edition=found,
        news=news,
        content=html.pieces(news.blocks, 2),
        pictures=pictures_of(found.event, None if preview else found.address),
        changes=found.changes,
        corrects=found.number - 1 if found.corrects else None,
        published=None if found.published_at is None else {
            "iso": iso(found.published_at), "said": written(found.published_at),
        },
        address=address_of("news.show", address=found.address),
        preview=preview,
    )  # fmt: skip


def shown_pictures(event: str) -> edition_files.Shown:
    """What an edition's files may show: the same pictures as the public page."""
    with store().reading() as db:
        return edition_files.shown(db, event, settings().data)


def _published(address: str) -> tuple[Row[Any], str]:
    """The edition at an address, with its frozen text.

    Raises:
        Refused: `unknown_page`, or `edition_taken_back` where there was one.
    """
    known = re.fullmatch(r"[0-9a-z]{12}", address) is not None
    with store().reading() as db:
        rows = db.execute(snapshot.EDITIONS.where(Edition.address == address)).all() if known else []
        there = [row for row in rows if row.status == "published"]
        if there:
            document = db.execute(select(Edition.document).where(Edition.id == there[-1].id)).scalar_one()
            gone = db.execute(select(Event.delete_at).where(Event.id == there[-1].event)).scalar_one() is not None
    if there and not gone:
        return there[-1], str(document)
    if there or any(row.status == "taken_back" for row in rows):
        raise Refused("edition_taken_back")
    live().limits.count_wrong(request.remote_addr or "")
    raise Refused("unknown_page")


def pictures_of(event: str, address: str | None) -> list[dict[str, Any]]:
    """What was chosen for the report and may be shown, without who has taken it: at the public page of an address, or
    where people of the event see it."""

    def at(image: dict[str, Any]) -> dict[str, Any]:
        name = image["url"].rpartition("/")[2]
        return image if address is None else image | {"url": url_for("news.picture", address=address, name=name)}

    with store().reading() as db:
        cards = snapshot.public_pictures(db, event)
    return [
        {"caption": card["caption"], "alt": card["alt"], "images": [at(image) for image in card["images"]]}
        for card in cards
    ]
