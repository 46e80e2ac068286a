"""Pictures: uploads in pieces, and the files themselves for people of the event.

    GET /api/uploads/ID?as=PERSON                       -> {ok, offset}: how many bytes are here
    PUT /api/uploads/ID?as=PERSON&offset=N&size=BYTES   -> {ok, offset}: a piece; where to go on
    PUT /api/uploads/ID/whole?as=PERSON&size=BYTES      -> {ok, upload}: the ticket for `picture.add`

ID is the client's own, a UUID. A piece that does not follow what is here changes nothing: the answer says what does.
"""

from __future__ import annotations

import re
import uuid
from typing import Any

from flask import Blueprint, Response, jsonify, request, send_file
from sqlalchemy import Row, select

from .. import access, snapshot
from ..domain.refusals import Refused
from ..pictures import Arrived, ticket
from ..store.models import Picture
from .house import arriving, live, store
from .who import anybody_of, person_of

blueprint = Blueprint("pictures", __name__)

MOST_PIECE = 512_000
NAME = re.compile(r"([0-9a-f]{32})-([1-9][0-9]{0,3})\.jpg")


@blueprint.get("/api/uploads/<id>")
def offset(id: str) -> Response:
    return jsonify(ok=True, offset=arriving().offset(_uploader().id, _id(id)))


@blueprint.put("/api/uploads/<id>")
def piece(id: str) -> Response:
    row = _uploader()
    if request.content_length is None or request.content_length > MOST_PIECE:
        raise Refused("too_big", limit=MOST_PIECE // 1000)
    request.max_content_length = MOST_PIECE
    body = request.get_data(cache=False)
    arriving().sweep(_known)
    return jsonify(ok=True, offset=arriving().take(row.id, _id(id), _number("offset"), _number("size"), body))


@blueprint.put("/api/uploads/<id>/whole")
def whole(id: str) -> Response:
    row = _uploader()
    made = arriving().finish(row.id, _id(id), _number("size"))
    arrived = Arrived(row.event, row.id, _id(id), made["file"], made["sizes"])
    return jsonify(ok=True, upload=ticket.write(store().key, arrived))


@blueprint.get("/pictures/<name>")
def picture(name: str) -> Response:
    """A rendition of a picture, for those people of its event who may see it."""
    found = NAME.fullmatch(name)
    file, width = (found[1], int(found[2])) if found else ("", 0)
    with store().reading() as db:
        row = snapshot.picture_of(db, file, width)
    if row is None:
        raise Refused("picture_unknown")
    people = anybody_of(row.event)
    with store().reading() as db:
        seen = any(snapshot.may_see(db, row, person) for person in people)
    if not seen:
        raise Refused("picture_unknown")
    response = send_file(arriving().path(file, width), mimetype="image/jpeg", etag=False, last_modified=0)
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _uploader() -> Row[Any]:
    row = person_of(request.args.get("as", ""))
    if not access.may(row.role, "picture.add"):
        raise Refused("not_allowed", role=row.role)
    # Beside the pace of commands, not part of it: whoever sends pictures can still vote.
    live().limits.require_pace(f"{row.id} pictures")
    return row


def _id(raw: str) -> str:
    try:
        return str(uuid.UUID(raw))
    except ValueError:
        raise Refused("bad_message", why="an upload's id is a UUID") from None


def _number(name: str) -> int:
    raw = request.args.get(name, "")
    if not (raw.isascii() and raw.isdecimal()) or len(raw) > 12:
        raise Refused("bad_message", why=f"“{name}” is a whole number")
    return int(raw)


def _known(file: str) -> bool:
    with store().reading() as db:
        return db.execute(select(Picture.id).where(Picture.file == file)).first() is not None
