"""Groups and the agenda are planned, also while the event runs: everything that shows it hears of it."""

from __future__ import annotations

from facilitator.library import load_activity

from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    for who in ("Amina", "Bruno", "Chen"):
        house[who].does(house.room, "person.arrive")
    groups = {group["name"]: id for id, group in house.state(house.room)["groups"].items()}
    water, network = groups["Water"], groups["Women's network"]
    soil = take("Fatima", house.room, "group.make", "one more table", name="Soil", kind="breakout")["group"]
    youth = take("Olga", house.room, "group.make", "beside the others", name="Youth", kind="overlay")["group"]
    amina, bruno = house["Amina"].id, house["Bruno"].id
    seats = [
        {"person": amina, "seats": [{"group": soil, "role": "scribe"}, {"group": network}]},
        {"person": bruno, "seats": []},
    ]
    before = take("Fatima", house.room, "group.seat", "Amina to Soil, Bruno nowhere", people=seats)["before"]
    take("Fatima", house.room, "group.seat", "as it was", people=before)
    take("Fatima", house.room, "group.seat", "the same again", people=before)
    take("Fatima", house.room, "group.wish", "colleagues meet others", wishes=[], locked=[], mixed=True)
    board, day = house.board("Water"), house.day()
    house["Fatima"].opens(board, "collect")
    bus = house["Amina"].posts(board, "More buses", id=camera.id())
    source = {"proposal": bus}
    house["Fatima"].does(
        day, "conclusion.promote", id=camera.id(), kind="conclusion", wording="More buses", sources=[source]
    )
    take("Fatima", house.room, "group.rename", "a better name", group=water, name="Water and rivers")
    take("Olga", house.room, "group.remove", "a table too many", group=soil)
    take("Olga", house.room, "group.remove", "nobody came", group=youth)

    added = take("Fatima", house.room, "day.add", "an evening before", date="2016-07-04", title="Arrival")["day"]
    take("Fatima", house.room, "day.change", "two days later", day=added, date="2016-07-08", title="Visits")
    activity = load_activity("swot").data()
    plan = {"day": added, "kind": "breakout", "title": "Strengths", "minutes": 60, "activity": activity}
    swot = take("Fatima", house.room, "session.add", "the first of the day", **plan, prompt="How strong?")["session"]
    lunch = {"day": added, "kind": "break", "title": "Lunch", "minutes": 90, "starts_at": "13:00", "fixed": True}
    take("Fatima", house.room, "session.add", "lunch", **lunch)
    talk = {"day": added, "kind": "plenary", "title": "Welcome", "minutes": 30, "position": 0}
    welcome = take("Fatima", house.room, "session.add", "before the others", **talk)["session"]
    opening = {"session": swot, "title": "Strong and weak", "minutes": 75, "groups": [groups["Air"], network]}
    take("Fatima", house.room, "session.change", "longer, other groups", **opening)
    take("Fatima", house.room, "session.change", "nothing new", **opening)
    take("Fatima", house.room, "session.move", "after lunch", session=welcome, day=added, position=2)
    first = house.rows_of_day(1)[0]
    take("Fatima", house.room, "session.move", "into the first day", session=swot, day=first, position=1)
    tables = {"session": house.session("Tables"), "title": "At the tables", "minutes": 60, "starts_at": "11:00"}
    take("Fatima", house.room, "session.change", "renamed while it works", **tables)
    take("Fatima", house.room, "session.remove", "no welcome", session=welcome)
    take("Fatima", house.room, "session.remove", "no strengths", session=swot)
    take("Fatima", house.room, "day.remove", "nobody stays on", day=added)
    air = house.board("Air", day=2)
    take("Fatima", air, "board.frame", "another question", prompt="What now?", lanes=["Soon", "Later"])
    take("Fatima", air, "board.frame", "the same", prompt="What now?", lanes=["Soon", "Later"])
