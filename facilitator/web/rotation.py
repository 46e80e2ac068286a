"""The rotation's page: rounds and tables are chosen, planned, looked at, stored, and planned anew as people come."""

from __future__ import annotations

import json
import random
import uuid
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, select

from .. import beside, library
from ..domain import grouping
from ..domain.refusals import Refused
from ..store.models import Command
from .errors import said
from .groups import LARGEST_SEED
from .house import store
from .pages import STAFF
from .roster import do, page
from .rotation_view import Draft, Known, shown
from .who import person_of

blueprint = Blueprint("rotation", __name__)

ROUND = "world_cafe_round"
"""The activity of the library that a round has, unless another one is chosen on the agenda."""
MOST_AT_ONCE = 12


@blueprint.url_value_preprocessor
def _larger_forms(endpoint: str | None, values: Any) -> None:
    """A plan that is not stored yet comes back with its form."""
    request.max_content_length = request.max_form_memory_size = 4_000_000


@blueprint.get("/s/<person>/rotation")
def rotation(person: str) -> ResponseReturnValue:
    row = person_of(person, *STAFF)
    return _page(row, Known(row), done=request.args.get("done", ""))


@blueprint.post("/s/<person>/rotation")
def act(person: str) -> ResponseReturnValue:
    """A plan is made and shown; it is stored by another press."""
    row = person_of(person, *STAFF)
    known, what = Known(row), request.form.get("act", "")
    draft = None
    try:
        if what in ("plan", "another"):
            draft = _planned(known, random.randrange(LARGEST_SEED) if what == "another" else _number("seed", 0))
        elif what == "anew":
            draft = _anew(known)
        elif what == "rounds":
            _add_rounds(row, known)
        elif what == "undo":
            _undo(row, request.form.get("done", ""))
        elif what == "remove":
            do(row, "rotation.remove", {"rotation": request.form.get("rotation", "")})
        elif what == "save":
            draft = _sent()
            id = request.form.get("id") or str(uuid.uuid4())
            _store(row, draft, id)
            return redirect(url_for("rotation.rotation", person=person, done=id))
        else:
            raise Refused("unknown_page")
    except Refused as refused:
        return _page(row, known, draft=draft, error=said(refused)), 422
    if draft is not None:
        return _page(row, known, draft=draft)
    return redirect(url_for("rotation.rotation", person=person))


# --- what the forms do ----------------------------------------------------------------------------------------------


def _planned(known: Known, seed: int) -> Draft:
    """The first plan of a rotation, for all who have not stayed away."""
    sessions = [id for id in known.sessions if id in request.form.getlist("session")]  # in the order of the agenda
    groups = [id for id in known.groups if id in request.form.getlist("group")]
    hosts: Any = request.form.get("hosts", "none")
    if hosts not in ("none", "fixed", "changing"):
        raise Refused("unknown_page")
    named = [id for id in (request.form.get(f"host-{group}", "") for group in groups) if id]
    plan: grouping.Rotation = beside.execute(
        _rotate,
        known.present(),
        len(groups),
        len(sessions),
        hosts=hosts,
        table_hosts=named if hosts == "fixed" else [],
        cap=_number("cap", None),
        seed=seed,
    )
    return Draft.planned(plan, rotation=None, planned_at=0, sessions=sessions, groups=groups, locked=[])


def _rotate(people: list[grouping.Person], tables: int, rounds: int, **more: Any) -> grouping.Rotation:
    return grouping.rotate(people, tables, rounds, **more)


def _anew(known: Known) -> Draft:
    """After no-shows and late arrivals: rounds that have begun or are locked stay, and whoever has come late comes to
    the round that is being held."""
    row = known.rotations.get(request.form.get("rotation", ""))
    if row is None:
        raise Refused("rotation_unknown")
    locked = sorted({int(number) for number in request.form.getlist("lock") if number.isdecimal()})
    before = Draft.of(row)
    people = known.present()
    previous = before.plan(known.organisation)
    if row.seated is not None:
        here = {id for table in before.rounds[row.seated] for id in table["people"]}
        late = [one.id for one in people if one.id not in here]
        at = {id: row.groups.index(known.seats[id]) for id in late if known.seats.get(id) in row.groups}
        previous = grouping.joined(previous, row.seated, late, at)
    begun = [number for number, id in enumerate(row.sessions) if known.sessions[id]["begun"]]
    plan: grouping.Rotation = beside.execute(_rerotate, previous, people, locked={*begun, *locked})
    return Draft.planned(
        plan, rotation=row.id, planned_at=row.planned_at, sessions=row.sessions, groups=row.groups, locked=locked
    )


def _rerotate(previous: grouping.Rotation, people: list[grouping.Person], **more: Any) -> grouping.Rotation:
    return grouping.rerotate(previous, people, **more)


def _store(row: Row[Any], draft: Draft, id: str) -> None:
    what: dict[str, Any] = {"seed": draft.seed, "rounds": draft.rounds}
    more: dict[str, Any]
    if draft.rotation is None:
        more = {"sessions": draft.sessions, "groups": draft.groups, "hosts": draft.hosts, "cap": draft.cap}
        do(row, "rotation.plan", what | more, id=id)
    else:
        more = {"rotation": draft.rotation, "planned_at": draft.planned_at, "locked": draft.locked}
        do(row, "rotation.replan", what | more, id=id)


def _undo(row: Row[Any], command: str) -> None:
    """Take a plan back: the one before it, or none."""
    done = _done(row, command)
    if done is None:
        raise Refused("nothing_to_undo")
    if "before" in done:
        again = {key: done[key] for key in ("rotation", "planned_at")} | done["before"]
        do(row, "rotation.replan", again, id=str(uuid.uuid4()))
    else:
        do(row, "rotation.remove", {"rotation": done["rotation"]}, id=str(uuid.uuid4()))


def _add_rounds(row: Row[Any], known: Known) -> None:
    """Sessions for the rounds, at the end of a day."""
    count, minutes = _number("count", 0) or 0, _number("minutes", 0) or 0
    if not 1 <= count <= MOST_AT_ONCE:
        raise Refused("rounds_wrong", limit=MOST_AT_ONCE)
    if not 1 <= minutes <= 24 * 60:
        raise Refused("minutes_wrong")
    word = request.form.get("word", "Round")
    titles = {one["title"] for one in known.sessions.values()}
    free = [title for number in range(1, 200) if (title := f"{word} {number}") not in titles]
    for title in free[:count]:
        session = {"day": request.form.get("day", ""), "kind": "breakout", "title": title, "minutes": minutes}
        work = {"activity": library.load_activity(ROUND).data(), "prompt": request.form.get("prompt", "")}
        do(row, "session.add", session | work, id=str(uuid.uuid4()))


def _sent() -> Draft:
    """The plan that the form brings back. Whether it is one, the command says."""
    try:
        return Draft(**json.loads(request.form.get("draft", "")))
    except (TypeError, ValueError):
        raise Refused("plan_wrong") from None


def _number(name: str, default: Any) -> Any:
    typed = request.form.get(name, "")
    return int(typed) if typed.isdecimal() and len(typed) < 16 else default


# --- what the page shows --------------------------------------------------------------------------------------------


def _page(row: Row[Any], known: Known, *, draft: Draft | None = None, error: str | None = None, done: str = "") -> str:
    taken = {id for one in known.rotations.values() for id in one.sessions}
    free = [one for one in known.sessions.values() if not one["begun"] and one["id"] not in taken and one["tables"]]
    cafe = library.load_activity(ROUND).title
    for one in free:
        one["chosen"] = one["id"] in draft.sessions if draft else one["activity"] == cafe
    typed = request.form if request.method == "POST" else {}
    return page(
        "rotation.html",
        row,
        "rotation",
        error=error,
        draft=shown(known, draft, known.rotations.get(draft.rotation or "")) if draft else None,
        sent=json.dumps(vars(draft), ensure_ascii=False, separators=(",", ":")) if draft else "",
        rotations=[shown(known, Draft.of(one), one) for one in known.rotations.values()],
        free=free,
        groups=list(known.groups.values()),
        chosen_groups=draft.groups if draft else list(known.groups),
        people=[one for one in known.people.values() if not one["absent"] and not one["gone"]],
        typed=typed,
        done=done if done and _done(row, done) else "",
    )


def _done(row: Row[Any], command: str) -> dict[str, Any] | None:
    """The answer that one of one's own commands got, if it stored a plan."""
    with store().reading() as db:
        reply: dict[str, Any] | None = db.execute(
            select(Command.reply).where(
                Command.actor == row.id,
                Command.id == command[:36],
                Command.name.in_(("rotation.plan", "rotation.replan")),
            )
        ).scalar()
    return reply
