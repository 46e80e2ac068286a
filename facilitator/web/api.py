"""`run()` and `watch` over HTTP, and whether the house is up."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from ..access import Actor
from ..domain.refusals import Refused
from ..store.db import head_revision
from .house import live, store
from .who import actor_of

blueprint = Blueprint("api", __name__)


@blueprint.post("/api/commands")
def command() -> Response:
    """`{as, id, room, name, args}` -> the reply, as over the socket."""
    message = _json()
    actor = _paced(message.get("as"))
    room = message.get("room")
    reply = live().run(id=message.get("id"), actor=actor, room=room, name=message.get("name"), args=message.get("args"))
    if "me" in reply:
        live().tell_me(actor, str(room), reply)
    return jsonify(reply)


@blueprint.get("/api/rooms/<room>")
def watch(room: str) -> Response:
    """`?as=…&since=…` -> the answer to `watch`."""
    actor = _paced(request.args.get("as"))
    since = request.args.get("since")
    if since is not None and not (since.isdecimal() and len(since) <= 15):
        raise Refused("bad_message", why="“since” is a whole number")
    return jsonify(live().watch(actor, room, int(since) if since is not None else None))


@blueprint.get("/api/rooms/<room>/similar")
def similar(room: str) -> Response:
    """`?as=…&text=…` -> the answer to `similar`."""
    return jsonify(live().similar(_paced(request.args.get("as")), room, request.args.get("text")))


@blueprint.get("/healthz")
def healthz() -> Response:
    return jsonify(ok=True)


@blueprint.get("/readyz")
def readyz() -> ResponseReturnValue:
    try:
        found = store().revision()
    except Exception:
        return jsonify(ok=False, why="the database cannot be reached"), 503
    if found != head_revision():
        return jsonify(ok=False, why="the database is not migrated; run: facilitator migrate"), 503
    return jsonify(ok=True, schema=found)


def _paced(person: Any) -> Actor:
    actor = actor_of(person)
    live().limits.require_pace(actor.key)
    return actor


def _json() -> dict[str, Any]:
    # Only a page of ours can send JSON with our cookie: for any other, the browser asks first and is refused.
    if request.mimetype != "application/json":
        raise Refused("bad_message", why="send application/json")
    try:
        message = request.get_json(silent=True)
    except RecursionError:  # brackets in brackets, thousands deep
        message = None
    if not isinstance(message, dict):
        raise Refused("bad_json")
    return message
