"""Commands: the only way in which anything changes. `run()` is the door; each noun has a file of its own.

A command's function gets a `Context` and its checked arguments, lets a pure rule decide, writes rows through Core and
emits events. Neither Flask nor Socket.IO is known here.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from typing import Any

from pydantic import ValidationError
from sqlalchemy.exc import IntegrityError, OperationalError

from .. import access, snapshot
from ..access import Actor
from ..domain.events import JSON
from ..domain.refusals import Refused
from ..store.db import Store
from . import (
    activity,
    agenda,
    announcement,
    attribute,
    ballot,
    board,
    check,
    code,
    comment,
    conclusion,
    conversation,
    cue,
    day,
    desk,
    draft,
    edition,
    erasure,
    event,
    group,
    guiding,
    invitation,
    lead,
    line,
    link,
    naming,
    organisation,
    parking,
    person,
    picture,
    preference,
    proposal,
    ratification,
    reaction,
    roadmap,
    roster,
    rotation,
    session,
    signal,
    step,
    summon,
    theme,
    timer,
    vote,
)
from .context import Context
from .spec import Args, Spec, collect

COMMANDS: dict[str, Spec] = collect(
    *(
        event,
        invitation,
        person,
        roster,
        erasure,
        organisation,
        attribute,
        group,
        preference,
        rotation,
        agenda,
        session,
        code,
        link,
        guiding,
        conversation,
    ),
    *(announcement, cue, summon, lead, picture, naming),
    *(activity, board, step, timer, proposal, parking, theme, comment, reaction, vote, ballot, line, draft, roadmap),
    *(signal, check),
    *(desk, conclusion, ratification, day),
    *(edition,),
)

log = logging.getLogger(__name__)

Publish = Callable[[str, list[JSON]], None]


def run(store: Store, publish: Publish, *, id: Any, actor: Actor, room: Any, name: Any, args: Any) -> JSON:
    """Do one command: check its shape, lock its room, authorise, apply, number its events, commit, publish.

    Args:
        id: the client's UUID for this command, the same over retries.
        room: `event:…`, `day:…` or `board:…`.
        name: a key of `COMMANDS`.
        args: the command's arguments, not yet checked.

    Returns:
        The reply: `{"ok": True, "seq": …, "me": …, …}`. The same actor and id get the first reply again (with a
        fresh `me`).

    Raises:
        Refused: nothing was changed; its code and sentence say why.
    """
    spec, parsed, id = _parse(id, room, name, args)
    try:
        with store.writing() as db:
            ctx = Context.open(db, room=room, actor=actor, id=id, command=name, key=store.key, stage=spec.stage)
            reply = ctx.already_done()
            if reply is None:
                access.require(ctx.place, name)
                spec.apply(ctx, parsed)
                reply = ctx.append_events()
            me = snapshot.me(db, ctx.place) if actor.person else None
    except OperationalError as error:
        log.warning("storage: %s", error.orig)
        raise Refused("storage_busy") from error
    except IntegrityError as error:
        # A rule let something through that a constraint caught: the client's id stands in another row, for example.
        log.warning("constraint: %s", error.orig)
        raise Refused("id_taken") from error
    if ctx.events:
        publish(room, ctx.events)
    for other, events in ctx.elsewhere.items():
        publish(other, events)
    return {**reply, "me": me} if me is not None else reply


def _parse(id: Any, room: Any, name: Any, args: Any) -> tuple[Spec, Args, str]:
    if not isinstance(name, str) or name not in COMMANDS:
        raise Refused("unknown_command", name=str(name)[:40])
    if not isinstance(room, str) or len(room) > 20 or not room.partition(":")[2].isalnum():
        raise Refused("bad_message", why="“room” must be the name of a room")
    try:
        if not isinstance(id, str) or len(id) > 36:
            raise ValueError
        id = str(uuid.UUID(id))
    except ValueError:
        raise Refused("bad_message", why="“id” must be a UUID") from None
    spec = COMMANDS[name]
    if room.partition(":")[0] != spec.room:
        raise Refused("bad_message", why=f"{name} goes to the room of a {spec.room}")
    try:
        return spec, spec.args.model_validate(args, strict=True), id
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "args"
        raise Refused("bad_message", why=f"“{where}”: {first['msg']}") from None
