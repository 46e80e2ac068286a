"""The groups of an event: by hand, balanced, with what speaks against it, and back again."""

from __future__ import annotations

import random
import uuid
from collections import Counter
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, select

from .. import beside, snapshot
from ..domain import grouping
from ..domain.grouping import Apart, Assignment, Balance, OrganisationCap, Spread, Together, Violation, Wish
from ..domain.refusals import Refused
from ..store.models import Command, Event, Group, Organisation, Person, Seat
from .agenda import double_booked
from .errors import said
from .house import store
from .pages import STAFF
from .preferences import assigned, figures
from .roster import do, page
from .spread import Told, answers, spread
from .who import person_of

blueprint = Blueprint("groups", __name__)

MOST_AT_ONCE = 20
LARGEST_SEED = 1_000_000


@blueprint.url_value_preprocessor
def _larger_forms(endpoint: str | None, values: Any) -> None:
    """For each of up to 2,000 people a place, the one before, and a lock."""
    request.max_content_length = request.max_form_memory_size = 500_000
    request.max_form_parts = 10_000


@blueprint.get("/s/<person>/groups")
def groups(person: str) -> ResponseReturnValue:
    row = person_of(person, *STAFF)
    return _groups(row, done=request.args.get("done", ""))


@blueprint.post("/s/<person>/groups/make")
def make(person: str) -> ResponseReturnValue:
    """One group by its name, or several at once, numbered."""
    row = person_of(person, *STAFF)
    kind = request.form.get("kind", "breakout")
    count = request.form.get("count", "")
    try:
        if count.isdecimal() and 1 <= int(count[:4]) <= MOST_AT_ONCE:
            known = {one["name"] for one in _rows(row)[0]}
            free = (f"{request.form.get('word', 'Group')} {number}" for number in range(1, 400))
            names = [name for name in free if name not in known][: int(count)]
            for name in names:
                do(row, "group.make", {"name": name, "kind": "breakout"}, id=str(uuid.uuid4()))
        else:
            do(row, "group.make", {"name": request.form.get("name", ""), "kind": kind})
    except Refused as refused:
        return _groups(row, error=said(refused)), 422
    return redirect(url_for("groups.groups", person=person))


@blueprint.post("/s/<person>/groups/ask")
def ask(person: str) -> ResponseReturnValue:
    """People are asked which group they want, or no longer."""
    row = person_of(person, *STAFF)
    try:
        if request.form.get("close"):
            do(row, "preference.close", {})
        else:
            kind, most = request.form.get("kind", ""), request.form.get("most", "")
            args = {"kind": kind if kind == "preference" else "choice", "anew": bool(request.form.get("anew"))}
            do(
                row,
                "preference.ask",
                args | {"most": int(most) if most.isdecimal() and 0 < int(most[:5]) < 10_000 else None},
            )
    except Refused as refused:
        return _groups(row, error=said(refused)), 422
    return redirect(url_for("groups.groups", person=person, _anchor="asking"))


@blueprint.post("/s/<person>/groups/<group>")
def change(person: str, group: str) -> ResponseReturnValue:
    row = person_of(person, *STAFF)
    try:
        if request.form.get("remove"):
            do(row, "group.remove", {"group": group})
        elif "name" in request.form:
            do(row, "group.rename", {"group": group, "name": request.form["name"]})
        else:
            _set_members(row, group)
    except Refused as refused:
        return _groups(row, error=said(refused)), 422
    return redirect(url_for("groups.groups", person=person, _anchor=f"g-{group}"))


@blueprint.post("/s/<person>/groups")
def seat(person: str) -> ResponseReturnValue:
    """What the page shows is stored as one step; or it is balanced first and shown again."""
    row = person_of(person, *STAFF)
    placed = {
        key.removeprefix("seat-"): value or None for key, value in request.form.items() if key.startswith("seat-")
    }
    # Who has not been moved on this page stays where they are by now: they may have chosen another group meanwhile.
    placed = {id: group for id, group in placed.items() if request.form.get(f"was-{id}") != (group or "")}
    act = request.form.get("act", "save")
    try:
        if act == "undo":
            before = _before(row, request.form.get("done", ""))
            do(row, "group.seat", {"people": before})
            return redirect(url_for("groups.groups", person=person))
        if act == "swap":
            return _swap(row, placed)
        wishes, locked = _wishes(row)
        mixed, cap = bool(request.form.get("mixed")), request.form.get("cap", "")
        do(
            row,
            "group.wish",
            {
                "wishes": wishes,
                "locked": locked,
                "mixed": mixed,
                "cap": int(cap) if cap.isdecimal() and len(cap) < 5 else 0,
            },
            id=str(uuid.uuid4()),
        )
        if act in ("balance", "mix"):
            return _groups(row, placed=placed, balanced=_balance(row, placed, wishes, locked, mixed, act))
        if act == "prefer":
            return _groups(row, placed=placed, assignment=assigned(*_rows(row)[:2], row.event))
        if act != "save":  # a wish was added or taken back
            return _groups(row, placed=placed)
        id = request.form.get("id") or str(uuid.uuid4())
        people = _seats(row, placed)
        if people:
            do(row, "group.seat", {"people": people}, id=id)
        return redirect(url_for("groups.groups", person=person, done=id if people else None))
    except Refused as refused:
        return _groups(row, placed=placed, error=said(refused)), 422


# --- pieces ---------------------------------------------------------------------------------------------------------


def _groups(
    row: Row[Any],
    *,
    placed: Mapping[str, str | None] | None = None,
    balanced: Balance | None = None,
    assignment: Assignment | None = None,
    error: str | None = None,
    done: str = "",
) -> str:
    groups, people, kept = _rows(row)
    breakout = [one for one in groups if one["kind"] == "breakout"]
    stored = {one["id"]: one["group"] for one in people}
    if balanced is not None:
        placed = {id: breakout[number]["id"] for number, ids in enumerate(balanced.groups) for id in ids}
    if assignment is not None:
        placed = assignment.topic
    shown = stored | {id: group for id, group in (placed or {}).items() if id in stored}
    for one in people:
        one["stored"] = one["group"]
        one["moved"] = shown[one["id"]] != one["group"]
        one["group"] = shown[one["id"]]
        one["locked"] = one["id"] in kept.get("locked", [])
    names = {one["id"]: one["name"] for one in people}
    told = spread(
        row.event,
        [[p["id"] for p in people if p["group"] == one["id"] and p["attendance"] != "absent"] for one in breakout],
    )
    return page(
        "groups.html",
        row,
        "groups",
        error=error,
        groups=breakout,
        double=double_booked(row),
        names_of_groups={one["id"]: one["name"] for one in breakout},
        overlays=[
            {**one, "people": [p for p in people if one["id"] in p["overlay"]]}
            for one in groups
            if one["kind"] == "overlay"
        ],
        columns=[
            {**one, "people": (here := [p for p in people if p["group"] == one["id"]]), "facts": _facts(here)}
            for one in [*breakout, {"id": None, "name": None, "number": 0}]
        ],
        people=people,
        changed=sum(one["moved"] for one in people),
        wishes=[{**one, "names": [names[id] for id in one["people"] if id in names]} for one in kept.get("wishes", [])],
        mixed=kept.get("mixed", True),
        cap=kept.get("cap", 0),
        balanced=balanced,
        assignment=assignment,
        figures=figures(assignment) if assignment else None,
        violations=[_violation(v, names, breakout) for v in balanced.violations] if balanced else [],
        told=told,
        uneven=_uneven(balanced, groups, told) if balanced else [],
        done=done if done and _before(row, done, required=False) else "",
    )


def _uneven(balanced: Balance, groups: list[dict[str, Any]], told: list[Told]) -> list[tuple[str, str, Spread]]:
    """What is not spread evenly and may be told: (attribute, value, spread), both by their names."""
    asked = {one.asked.id: one.asked.name for one in told}
    overlays = {one["id"]: one["name"] for one in groups}
    own = {one.asked.id: {option for option, spread in one.options if spread} for one in told}
    return [
        (asked.get(one.attribute, one.attribute), overlays.get(one.value, one.value), one)
        for one in balanced.spread
        if not one.even and one.value in own.get(one.attribute, {one.value})  # of what is no attribute, every value
    ]


def _facts(people: list[dict[str, Any]]) -> dict[str, Any]:
    """What a group is made of."""
    languages = Counter(code for one in people for code in one["languages"])
    return {
        "people": len(people),
        "organisations": len({one["organisation"] for one in people if one["organisation"]}),
        "languages": sorted(languages.items(), key=lambda pair: (-pair[1], pair[0])),
    }


def _violation(violation: Violation, names: Mapping[str, str], groups: list[dict[str, Any]]) -> dict[str, Any]:
    wish = violation.wish
    kind = "together" if isinstance(wish, Together) else "apart" if isinstance(wish, Apart) else "colleagues"
    return {
        "kind": kind,
        "people": ", ".join(names[id] for id in violation.people),
        "groups": ", ".join(groups[number]["name"] for number in violation.groups),
        "why": violation.why,
    }


def _balance(
    row: Row[Any],
    placed: Mapping[str, str | None],
    wishes: list[dict[str, Any]],
    locked: list[str],
    mixed: bool,
    act: str,
) -> Balance:
    """Everybody who takes part and has not stayed away, into the groups that there are."""
    groups, everybody, kept = _rows(row)
    breakout = [one["id"] for one in groups if one["kind"] == "breakout"]
    if not breakout:
        raise Refused("groups_none")
    said_of = answers(row.event, balanced=True)
    people = [
        grouping.Person(
            one["id"],
            one["organisation"],
            tuple(one["languages"]),
            attributes={"overlay": tuple(one["overlay"]), **said_of.get(one["id"], {})},
        )
        for one in everybody
        if one["attendance"] != "absent"
    ]
    here = {one.id for one in people}
    where = {one["id"]: placed.get(one["id"], one["group"]) for one in everybody if one["id"] in here}
    number = {group: at for at, group in enumerate(breakout)}
    asked: list[Wish] = []
    for wish in wishes:
        concerned = frozenset(wish["people"]) & here
        if len(concerned) > 1:
            asked.append(Together(concerned) if wish["kind"] == "together" else Apart(concerned))
    if mixed:
        asked.append(OrganisationCap(kept.get("cap", 0)))
    previous = [[id for id, group in where.items() if group == one] for one in breakout] if act == "balance" else None
    seed = random.randrange(LARGEST_SEED) if act == "mix" else 0
    locks = {id: number[group] for id in locked if (group := where.get(id)) in number}
    found: Balance = beside.execute(
        _balanced, people, len(breakout), wishes=asked, locked=locks, previous=previous, seed=seed
    )
    return found


def _balanced(people: list[grouping.Person], groups: int, **more: Any) -> Balance:
    return grouping.balance(people, groups, **more)


def _seats(row: Row[Any], placed: Mapping[str, str | None]) -> list[dict[str, Any]]:
    """The people whose breakout group has changed, each with all their places."""
    groups, people, _ = _rows(row)
    known = {one["id"] for one in groups if one["kind"] == "breakout"}
    return [
        {
            "person": one["id"],
            "seats": [{"group": group} for group in (placed[one["id"]], *one["overlay"]) if group is not None],
        }
        for one in people
        if one["id"] in placed and placed[one["id"]] != one["group"] and (placed[one["id"]] or "") in {*known, ""}
    ]


def _swap(row: Row[Any], placed: dict[str, str | None]) -> ResponseReturnValue:
    """Two people change places, in one step, each with the role that goes with the place. What else is chosen on the
    page and not saved yet stays chosen."""
    _, people, _ = _rows(row)
    stored = {one["id"]: one for one in people}
    a, b = request.form.get("swap-a", ""), request.form.get("swap-b", "")
    if a == b or a not in stored or b not in stored:
        raise Refused("swap_two")
    if stored[a]["group"] == stored[b]["group"]:
        raise Refused("swap_same", a=stored[a]["name"], b=stored[b]["name"])
    with store().reading() as db:
        roles = {
            seat.person: seat.role
            for one in (a, b)
            for seat in db.execute(
                select(*Seat.__table__.c).where(Seat.person == one, Seat.group == stored[one]["group"])
            )
        }
    id = request.form.get("id") or str(uuid.uuid4())
    seats = [
        {
            "person": one,
            "seats": [
                *([{"group": place, "role": roles[other]}] if (place := stored[other]["group"]) else []),
                *({"group": group} for group in stored[one]["overlay"]),
            ],
        }
        for one, other in ((a, b), (b, a))
    ]
    do(row, "group.seat", {"people": seats}, id=id)
    placed |= {a: stored[b]["group"], b: stored[a]["group"]}
    if any(group != stored[one]["group"] for one, group in placed.items() if one in stored and one not in (a, b)):
        return _groups(row, placed=placed, done=id)
    return redirect(url_for("groups.groups", person=row.id, done=id))


def _set_members(row: Row[Any], group: str) -> None:
    """Who is in an overlay group: those who are ticked."""
    _, people, _ = _rows(row)
    wanted = set(request.form.getlist("member"))
    changed = [
        {
            "person": one["id"],
            "seats": [
                {"group": place}
                for place in (one["group"], *(o for o in one["overlay"] if o != group), group if joins else None)
                if place is not None
            ],
        }
        for one in people
        if (joins := one["id"] in wanted) != (group in one["overlay"])
    ]
    if changed:
        do(row, "group.seat", {"people": changed})


def _wishes(row: Row[Any]) -> tuple[list[dict[str, Any]], list[str]]:
    """The wishes and locks as the form has them by now."""
    _, people, kept = _rows(row)
    here = {one["id"] for one in people}
    drop = request.form.get("unwish", "")
    wishes = [wish for at, wish in enumerate(kept.get("wishes", [])) if str(at) != drop and set(wish["people"]) <= here]
    pair = [id for id in (request.form.get("wish-a", ""), request.form.get("wish-b", "")) if id in here]
    if request.form.get("act") == "wish" and len(set(pair)) == 2:
        kind = "apart" if request.form.get("wish-kind") == "apart" else "together"
        wishes.append({"kind": kind, "people": pair})
    return wishes, [id for id in request.form.getlist("lock") if id in here]


def _before(row: Row[Any], command: str, required: bool = True) -> list[dict[str, Any]]:
    """How it was before one of one's own commands: its answer was kept."""
    with store().reading() as db:
        reply = db.execute(
            select(Command.reply).where(
                Command.actor == row.id, Command.id == command[:36], Command.name == "group.seat"
            )
        ).scalar()
    before = (reply or {}).get("before", [])
    if required and not before:
        raise Refused("nothing_to_undo")
    return list(before)


def _rows(row: Row[Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, Any]]:
    """The groups, the people who can have a place in one, and what was wished."""
    with store().reading() as db:
        groups = [
            {"id": g.id, "name": g.name, "kind": g.kind, "number": g.number}
            for g in db.execute(select(*Group.__table__.c).where(Group.event == row.event).order_by(Group.number))
        ]
        rows: list[Any] = db.execute(
            select(*Person.__table__.c, Organisation.name.label("organisation_name"), Organisation.colour)
            .outerjoin(Organisation, Organisation.id == Person.organisation)
            .where(
                Person.event == row.event,
                Person.origin != "import",
                Person.role == "participant",
                Person.closed_at.is_(None),
            )
            .order_by(Person.name, Person.id)
        ).all()  # type: ignore[assignment]
        seats: dict[str, list[str]] = {}
        for seated in db.execute(
            select(Seat.person, Seat.group).join(Group, Group.id == Seat.group).where(Group.event == row.event)
        ):
            seats.setdefault(seated.person, []).append(seated.group)
        kept = db.execute(select(Event.grouping).where(Event.id == row.event)).scalar_one()
    breakout = {one["id"] for one in groups if one["kind"] == "breakout"}
    people = [
        {
            "id": one.id,
            "name": one.name,
            "organisation": one.organisation_name or "",
            "colour": one.colour,
            "languages": one.languages,
            "attendance": snapshot.attendance(one),
            "group": next((g for g in seats.get(one.id, []) if g in breakout), None),
            "overlay": [g for g in seats.get(one.id, []) if g not in breakout],
        }
        for one in rows
    ]
    return groups, people, kept
