"""A day in several groups with two facilitators, for the cockpit: its date and times are chosen by whoever asks."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from facilitator.library import Agenda, load_activity

GROUPS = ("Water", "Air", "Energy", "Mobility")
HOMES = ("Barcelona", "Seoul", "Bogotá")
NAMES = (
    ("Amina", "Bruno", "Carla"),
    ("Chen", "Dora", "Emil"),
    ("Farid", "Grace", "Hana"),
    ("Ines", "Jonas", "Kofi"),
)


def control_room(now: datetime, *, groups: tuple[str, ...] = GROUPS, people: int = 3, behind: int = 0) -> Agenda:
    """Welcome, then the tables, which were to begin `behind` minutes before `now`, a coffee, two more rounds at the
    tables, lunch at a fixed time, and an afternoon."""
    tables = load_activity("brainstorm_and_dot_vote")
    start = now - timedelta(minutes=behind + 30)

    def session(after: int, minutes: int, title: str, kind: str = "breakout", **more: Any) -> dict[str, Any]:
        at = (start + timedelta(minutes=after)).strftime("%H:%M")
        boards = tuple({"group": g, "prompt": f"What should {g} do first?", "activity": tables} for g in groups)
        together = ({"group": "All", "prompt": "What brings you here?", "activity": tables},)
        own = {"breakout": boards, "plenary": together, "break": ()}[kind]
        return {"kind": kind, "title": title, "starts_at": at, "minutes": minutes, "boards": own, **more}

    sessions = (
        session(0, 30, "Welcome", "plenary"),
        session(30, 30, "Tables"),
        session(60, 20, "Coffee", "break"),
        session(80, 30, "Second round"),
        session(110, 30, "Third round"),
        session(140, 60, "Lunch", "break", fixed=True),
        session(200, 60, "Afternoon", "plenary"),
    )
    members = [
        {
            "name": NAMES[n % 4][i] if n < 4 and i < 3 else f"{group} {i + 1}",
            "role": "participant",
            "organisation": HOMES[i % 3],
            "seats": ({"group": group},),
        }
        for n, group in enumerate(groups)
        for i in range(people)
    ]
    staff = [
        {"name": "Olga", "role": "organiser", "organisation": "Barcelona"},
        {"name": "Fatima", "role": "facilitator", "organisation": "Barcelona"},
        {"name": "Gustav", "role": "facilitator", "organisation": "Seoul"},
        {"name": "Screen", "role": "projector"},
    ]
    return Agenda.model_validate(
        {
            "title": "Four tables",
            "place": "Barcelona",
            "purpose": "Agree on what comes first.",
            "groups": (
                {"name": "All", "kind": "plenary"},
                *({"name": group, "kind": "breakout"} for group in groups),
            ),
            "organisations": tuple({"name": home, "kind": "member"} for home in HOMES),
            "people": tuple(staff + members),
            "days": ({"date": now.date().isoformat(), "title": "Today", "sessions": sessions},),
        }
    )
