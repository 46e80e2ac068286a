"""Recounting ratifications: what everybody was told when one closed, against the positions that are stored."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, select

from .domain.events import JSON
from .store.models import Day, Log, Position, Ratification, Ratified, Ratifier

NAMES = {3: "agree", 2: "live", 0: "object"}


def recount_ratifications(db: Db, event: str) -> Iterator[tuple[int, str | None]]:
    """For each ratification of the event: how many positions it has, and what is off, if anything."""
    told = _told(db, event)
    rows = db.execute(
        select(*Ratification.__table__.c).join(Day, Day.id == Ratification.day).where(Day.event == event)
    ).all()
    for row in rows:
        positions = db.execute(select(*Position.__table__.c).where(Position.ratification == row.id)).all()
        yield len(positions), None
        for position in positions:
            if position.value == 0 and not (position.reason or "").strip():
                yield 0, f"ratification {row.id}: an objection to {position.conclusion} has no reason"
        if row.closed_at is None:
            continue
        asked = db.execute(select(*Ratifier.__table__.c).where(Ratifier.ratification == row.id)).all()
        homes = {elector.person: elector.organisation or elector.voice for elector in asked}
        inside = db.execute(select(Ratified.conclusion).where(Ratified.ratification == row.id)).scalars().all()
        for conclusion in inside:
            said = {p.person: p.value for p in positions if p.conclusion == conclusion}
            if (row.id, conclusion) not in told:
                yield 0, f"ratification {row.id}: nobody was told what came of {conclusion}"
            elif (shown := told[row.id, conclusion]) != (counted := by_hand(row, said, homes)):
                yield 0, f"conclusion {conclusion}: it was ratified with {shown}, a recount gives {counted}"


def by_hand(row: Row[Any], said: dict[str, int], homes: dict[str, str | None]) -> JSON:
    """Outcome and both tallies, counted in another way than where they are shown."""
    groups: dict[str, list[int]] = defaultdict(list)
    for person, value in said.items():
        home = homes[person]
        if home is not None:
            groups[home].append(value)
    shares: Counter[str] = Counter()
    for values in groups.values():
        for value in values:
            shares[NAMES[value]] += Fraction(1, len(values))  # type: ignore[assignment]
    tallies = {
        "people": (Counter(NAMES[value] for value in said.values()), len(said), len(homes)),
        "organisations": (shares, len(groups), len({home for home in homes.values() if home is not None})),
    }
    figures: JSON = {}
    quorate, reached = bool(said), True
    for name, (counts, voted, electors) in tallies.items():
        behind = Fraction(voted) - counts["object"]
        quorate = quorate and Fraction(voted) * 100 >= electors * getattr(row, f"quorum_{name}")
        reached = reached and behind * 100 >= row.support * voted
        figures[name] = {
            "electors": electors,
            "voted": voted,
            "support": _plain(behind * 100 / voted) if voted else None,
            **{key: _plain(Fraction(counts[key])) for key in NAMES.values()},
        }
    return figures | {"outcome": ("ratified" if reached else "not_ratified") if quorate else "no_quorum"}


def _told(db: Db, event: str) -> dict[tuple[str, str], JSON]:
    """(ratification, conclusion) -> what everybody was told when it closed, out of the log."""
    rooms = [f"day:{id}" for id in db.execute(select(Day.id).where(Day.event == event)).scalars()]
    found = {}
    for row in db.execute(select(Log.data).where(Log.room.in_(rooms), Log.name == "ratification.closed")):
        for conclusion in row.data["conclusions"]:
            result = conclusion["ratification"]
            tallies = {
                name: {key: value for key, value in result[name].items() if key != "split"}
                for name in ("people", "organisations")
            }
            found[row.data["ratification"]["id"], conclusion["id"]] = {**tallies, "outcome": result["outcome"]}
    return found


def _plain(value: Fraction) -> int | float:
    return int(value) if value.denominator == 1 else round(float(value), 2)
