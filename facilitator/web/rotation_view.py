"""What the rotation's page shows: a plan with names, what it is worth, and what has changed since it was stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, select

from .. import beside, snapshot
from ..domain import grouping
from ..domain.grouping import Figures
from ..store.models import Board, Day, Group, Organisation, Person, Rotation, Seat, Session
from .house import store


@dataclass(frozen=True)
class Draft:
    """A plan on the page: `rotation` is null as long as it was never stored. `rounds` as they are stored."""

    rotation: str | None
    planned_at: int
    sessions: list[str]
    groups: list[str]
    hosts: grouping.Hosts
    cap: int | None
    seed: int
    locked: list[int]
    rounds: list[list[dict[str, Any]]]

    @classmethod
    def of(cls, row: Row[Any]) -> Draft:
        return cls(
            row.id, row.planned_at, row.sessions, row.groups, row.hosts, row.cap, row.seed, row.locked, row.rounds
        )

    @classmethod
    def planned(cls, plan: grouping.Rotation, **more: Any) -> Draft:
        rounds = [
            [{"people": list(people), "hosted": host is not None} for people, host in zip(tables, hosts, strict=True)]
            for tables, hosts in zip(plan.rounds, plan.host_of, strict=True)
        ]
        return cls(hosts=plan.hosts, cap=plan.cap, seed=plan.seed, rounds=rounds, **more)

    def plan(self, organisation: Mapping[str, str]) -> grouping.Rotation:
        rounds = tuple(tuple(tuple(table["people"]) for table in tables) for tables in self.rounds)
        host_of = tuple(
            tuple(table["people"][0] if table["hosted"] else None for table in tables) for tables in self.rounds
        )
        counted: Figures = beside.execute(grouping.figures, rounds, host_of, organisation, self.cap)
        return grouping.Rotation(rounds, host_of, self.hosts, self.seed, counted, self.cap)


class Known:
    """What the event has: sessions in groups, tables, who can be seated and where they sit, rotations."""

    def __init__(self, row: Row[Any]) -> None:
        with store().reading() as db:
            works: dict[str, list[Any]] = {}
            for board in db.execute(
                select(Board.session, Board.group, Board.activity)
                .join(Group, Group.id == Board.group)
                .where(Group.event == row.event, Group.kind == "breakout")
                .order_by(Group.number)
            ):
                works.setdefault(board.session, []).append(board)
            self.sessions: dict[str, dict[str, Any]] = {
                one.id: {
                    "id": one.id,
                    "title": one.title,
                    "day": one.day_number,
                    "starts_at": one.starts_at,
                    "minutes": one.minutes,
                    "begun": one.opened_at is not None,
                    "over": one.closed_at is not None,
                    "tables": [board.group for board in works.get(one.id, [])],
                    "activity": next((board.activity["title"] for board in works.get(one.id, [])), ""),
                }
                for one in db.execute(
                    select(*Session.__table__.c, Day.number.label("day_number"))
                    .join(Day, Day.id == Session.day)
                    .where(Day.event == row.event, Session.kind == "breakout")
                    .order_by(Day.number, Session.number)
                )
            }
            self.groups = {
                one.id: {"id": one.id, "name": one.name, "number": one.number}
                for one in db.execute(
                    select(*Group.__table__.c)
                    .where(Group.event == row.event, Group.kind == "breakout")
                    .order_by(Group.number)
                )
            }
            rows: list[Any] = db.execute(
                select(*Person.__table__.c, Organisation.name.label("organisation_name"))
                .outerjoin(Organisation, Organisation.id == Person.organisation)
                .where(Person.event == row.event, Person.origin != "import", Person.role == "participant")
                .order_by(Person.name, Person.id)
            ).all()  # type: ignore[assignment]
            self.people: dict[str, dict[str, Any]] = {
                one.id: {
                    "id": one.id,
                    "name": one.name,
                    "organisation": one.organisation_name or "",
                    "absent": snapshot.attendance(one) == "absent",
                    "gone": one.closed_at is not None,
                }
                for one in rows
            }
            seats = select(Seat.person, Seat.group).join(Group, Group.id == Seat.group)
            self.seats = {
                seat.person: seat.group
                for seat in db.execute(seats.where(Group.event == row.event, Group.kind == "breakout"))
            }
            self.rotations = {
                one.id: one
                for one in db.execute(
                    select(*Rotation.__table__.c)
                    .where(Rotation.event == row.event)
                    .order_by(Rotation.planned_at, Rotation.id)
                )
            }
        self.organisation = {id: one["organisation"] for id, one in self.people.items()}

    def present(self) -> list[grouping.Person]:
        """Who is to be seated from now on."""
        return [
            grouping.Person(id, one["organisation"])
            for id, one in self.people.items()
            if not one["absent"] and not one["gone"]
        ]


def shown(known: Known, draft: Draft, stored: Row[Any] | None) -> dict[str, Any]:
    """A plan as the page shows it: names, what it is worth, and what has changed since it was stored."""
    counted = draft.plan(known.organisation).figures
    sessions = [known.sessions.get(id) or {"title": "–", "begun": False} for id in draft.sessions]
    before = stored.rounds if stored is not None else None
    where = [_where(tables) for tables in before] if before else None
    rounds: list[dict[str, Any]] = []
    for number, (session, tables) in enumerate(zip(sessions, draft.rounds, strict=True)):
        rounds.append(
            {
                "number": number + 1,
                "session": session,
                "on": stored is not None and stored.seated == number,
                "locked": number in draft.locked,
                "tables": [
                    {
                        **known.groups.get(group, {"name": "–", "number": 0}),
                        "people": [
                            {
                                **known.people.get(
                                    id, {"name": "–", "organisation": "", "absent": False, "gone": True}
                                ),
                                "host": table["hosted"] and place == 0,
                                "moved": where is not None and where[number].get(id) != seat,
                            }
                            for place, id in enumerate(table["people"])
                        ],
                    }
                    for seat, (group, table) in enumerate(zip(draft.groups, tables, strict=True))
                ],
            }
        )
    ahead = [n for n, session in enumerate(sessions) if not session["begun"]]
    seated = {id for n in ahead for id in _where(draft.rounds[n])}
    present = {one.id for one in known.present()}
    return {
        **vars(draft),
        "id": draft.rotation,
        "rounds": rounds,
        "people": len({id for tables in draft.rounds for id in _where(tables)}),
        "figures": counted,
        "over_cap": [
            {
                "round": rounds[over.round]["session"]["title"],
                "table": rounds[over.round]["tables"][over.table]["name"],
                "people": ", ".join(known.people.get(id, {"name": "–"})["name"] for id in over.people),
            }
            for over in counted.over_cap
        ],
        "changed": sum(one["moved"] for round in rounds for table in round["tables"] for one in table["people"]),
        "ahead": len(ahead),
        "late": sorted(known.people[id]["name"] for id in present - seated) if ahead else [],
        "missing": sorted(known.people[id]["name"] for id in seated - present if id in known.people) if ahead else [],
    }


def _where(tables: list[dict[str, Any]]) -> dict[str, int]:
    """Person -> the number of their table."""
    return {id: number for number, table in enumerate(tables) for id in table["people"]}
