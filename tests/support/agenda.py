"""A workshop small enough to hold in the head: two days, the groups Water and Air, the women's network beside them."""

from __future__ import annotations

from typing import Any

from facilitator.library import Agenda, load_activity
from facilitator.library.activities import Activity

WATER, AIR, NETWORK, PLENARY = "Water", "Air", "Women's network", "Plenary"

PEOPLE: tuple[tuple[str, str, str | None, tuple[str, ...]], ...] = (
    ("Olga", "organiser", "Barcelona", ()),
    ("Fatima", "facilitator", "Barcelona", ()),
    ("Screen", "projector", None, ()),
    ("Oscar", "observer", "CODATU", ()),
    ("Amina", "participant", "Barcelona", (WATER,)),
    ("Bruno", "participant", "Seoul", (WATER,)),
    ("Chen", "participant", "Seoul", (AIR,)),
    ("Dora", "participant", "Barcelona", (AIR, NETWORK)),
)


def approval() -> Activity:
    """Collect, then agree, pass or disagree, then look."""
    steps: list[dict[str, Any]] = [
        {"id": "collect", "kind": "collect", "title": "Collect", "instruction": "One idea a card.", "minutes": 10},
        {
            "id": "vote",
            "kind": "vote",
            "title": "Agree or not",
            "instruction": "Say what you think of each.",
            "minutes": 5,
            "ballot": {"kind": "approval"},
        },
        {"id": "reveal", "kind": "reveal", "title": "Look", "instruction": "Look at it.", "minutes": 5},
    ]
    return Activity.model_validate({"title": "Agree or not", "steps": tuple(steps)})


def everything() -> Activity:
    """One step of each kind, talking and reacting in all of them."""
    talking = {"comments": True, "reactions": True}
    steps: tuple[dict[str, Any], ...] = (
        {"id": "collect", "kind": "collect"},
        {"id": "vote", "kind": "vote", "ballot": {"kind": "dots", "budget": 5, "cap": 2}},
        {"id": "reveal", "kind": "reveal", "shortlist": 2},
        {"id": "talk", "kind": "talk"},
        {"id": "private", "kind": "collect", "private": True, "names": "anonymous", "limit": 2},
        {"id": "cluster", "kind": "cluster"},
        {"id": "rank", "kind": "vote", "ballot": {"kind": "ranking"}},
        {"id": "rate", "kind": "vote", "on": "lanes", "ballot": {
            "kind": "scale", "anchors": ("Not", "Partly", "Fully"),
            "criteria": ({"id": "mission", "title": "Mission", "text": "mission"}, {"id": "vision", "title": "Vision"}),
        }},
        {"id": "map", "kind": "reveal"},
        {"id": "pulse", "kind": "pulse", "question": {"id": "how", "text": "How is it?"}, "ballot": {
            "kind": "scale", "anchors": ("Bad", "Good"), "secrecy": "anonymous", "live": True,
        }},
        {"id": "lines", "kind": "lines", "lines": 2},
        {"id": "consent", "kind": "vote", "on": "lines", "ballot": {"kind": "consent", "secrecy": "named"}},
        {"id": "share", "kind": "share"},
        {"id": "draft", "kind": "draft", "text": "mission"},
        {"id": "plan", "kind": "plan", "years": 3},
    )  # fmt: skip
    plain = {"title": "A step", "instruction": "Do it.", "minutes": 5}
    return Activity.model_validate(
        {
            "title": "Everything",
            "lanes": ({"id": "north", "title": "North"}, {"id": "south", "title": "South"}),
            "steps": tuple(
                plain | step | ({} if step["id"] in ("collect", "vote", "reveal") else talking) for step in steps
            ),
        }
    )


def workshop_of(
    *activities: Activity,
    title: str = "Water and air",
    groups: tuple[str, ...] = (WATER, AIR, NETWORK),
    plenary: Activity | None = None,
) -> Agenda:
    """The same people and groups; each activity has a breakout session of its own, and the first one, or `plenary`, a
    plenary at the end."""
    agenda = workshop(title)

    def boards(activity: Activity, *groups: str) -> tuple[dict[str, Any], ...]:
        return tuple({"group": group, "prompt": f"What should {group} do?", "activity": activity} for group in groups)

    sessions = tuple(
        {"kind": "breakout", "title": activity.title, "starts_at": f"{8 + number // 4:02}:{15 * (number % 4):02}",
         "minutes": 15, "boards": boards(activity, *groups)}
        for number, activity in enumerate(activities)
    )  # fmt: skip
    last = {"kind": "plenary", "title": "All", "starts_at": "20:00", "minutes": 60}
    day = {"date": "2016-07-05", "title": "Day one", "sessions": (
        *sessions, last | {"boards": boards(plenary or activities[0], PLENARY)},
    )}  # fmt: skip
    texts = ({"key": "mission", "title": "Mission", "text": "We act."},)
    return Agenda.model_validate(agenda.model_dump() | {"days": (day,), "texts": texts})


def workshop(title: str = "Water and air") -> Agenda:
    """The agenda. Its dots: a budget of 5, at most 2 on one proposal."""
    dots = load_activity("brainstorm_and_dot_vote")
    lanes = ({"id": "north", "title": "North"}, {"id": "south", "title": "South"})

    def board(group: str, activity: Activity = dots, **more: Any) -> dict[str, Any]:
        return {"group": group, "prompt": f"What should {group} do?", "activity": activity, **more}

    def session(kind: str, title: str, starts_at: str, *boards: dict[str, Any]) -> dict[str, Any]:
        return {"kind": kind, "title": title, "starts_at": starts_at, "minutes": 60, "boards": boards}

    first = (
        session("plenary", "Opening", "09:00", board(PLENARY)),
        session("break", "Coffee", "10:00"),
        session("breakout", "Tables", "11:00", board(WATER), board(AIR, lanes=lanes), board(NETWORK)),
    )
    second = (session("breakout", "Second round", "09:00", board(WATER), board(AIR, approval())),)
    return Agenda.model_validate(
        {
            "title": title,
            "place": "Barcelona",
            "purpose": "Agree on what to do about water and air.",
            "groups": (
                {"name": PLENARY, "kind": "plenary"},
                {"name": WATER, "kind": "breakout"},
                {"name": AIR, "kind": "breakout"},
                {"name": NETWORK, "kind": "overlay"},
            ),
            "organisations": (
                {"name": "Barcelona", "kind": "member"},
                {"name": "Seoul", "kind": "member"},
                {"name": "CODATU", "kind": "collaborating"},
            ),
            "people": tuple(
                {"name": name, "role": role, "organisation": home, "seats": tuple({"group": g} for g in groups)}
                for name, role, home, groups in PEOPLE
            ),
            "days": (
                {"date": "2016-07-05", "title": "Day one", "sessions": first},
                {"date": "2016-07-06", "title": "Day two", "sessions": second},
            ),
        }
    )
