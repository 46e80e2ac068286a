"""A world café: it is planned, its rounds are held, somebody comes late, and everybody goes back to their group."""

from __future__ import annotations

from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house["Fatima"].does(house.room, "session.add", day=house.rows_of_day(2)[0], kind="breakout", title="Third round",
                         minutes=20)  # fmt: skip
    second, third = house.session("Second round"), house.session("Third round")
    groups = {group["name"]: id for id, group in house.state(house.room)["groups"].items()}
    amina, bruno, chen, dora = (house[name].id for name in ("Amina", "Bruno", "Chen", "Dora"))

    def tables(*people: tuple[str, ...]) -> list[dict[str, object]]:
        return [{"people": list(here), "hosted": True} for here in people]

    plan = [tables((amina, dora), (chen, bruno)), tables((amina, bruno), (chen, dora))]
    reply = take("Fatima", house.room, "rotation.plan", "two rounds", sessions=[second, third],
                 groups=[groups["Water"], groups["Air"]], hosts="fixed", seed=7, rounds=plan)  # fmt: skip
    rotation = reply["rotation"]
    take("Fatima", house.room, "session.open", "the first round", session=second)
    elena = house.join("Elena").id
    planned_at = house.state(house.room)["rotations"][rotation]["planned_at"]
    anew = [tables((amina, dora, elena), (chen, bruno)), tables((amina, bruno), (chen, dora, elena))]
    reply = take("Fatima", house.room, "rotation.replan", "Elena is there too", rotation=rotation, seed=7, rounds=anew,
                 planned_at=planned_at, locked=[0])  # fmt: skip
    take("Fatima", house.room, "rotation.replan", "or not", rotation=rotation, planned_at=reply["planned_at"],
         **reply["before"])  # fmt: skip
    take("Fatima", house.room, "session.open", "the second round", session=third)
    take("Fatima", house.room, "session.open", "everybody together", session=house.session("Opening"))
    take("Fatima", house.room, "session.open", "back to the first round", session=second)
    take("Fatima", house.room, "rotation.remove", "enough", rotation=rotation)
