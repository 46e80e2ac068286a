"""People say which group they want: each takes one, then each ranks them; and who goes takes their order along."""

from __future__ import annotations

from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    groups = {group["name"]: id for id, group in house.state(house.room)["groups"].items()}
    water, air = groups["Water"], groups["Air"]
    take("Fatima", house.room, "preference.ask", "each takes one", kind="choice", most=3)
    take("Fatima", house.room, "preference.ask", "the same", kind="choice", most=3)
    take("Amina", house.room, "group.choose", "to Air", group=air)
    take("Amina", house.room, "group.choose", "again", group=air)
    take("Amina", house.room, "group.choose", "to none", group=None)
    take("Fatima", house.room, "preference.close", "enough")
    take("Olga", house.room, "preference.ask", "each ranks them", kind="preference")
    take("Amina", house.room, "preference.rank", "an order", order=[air, water])
    take("Amina", house.room, "preference.rank", "another order", order=[water, air])
    take("Bruno", house.room, "preference.rank", "one group", order=[air])
    take("Bruno", house.room, "preference.rank", "taken back", order=[])
    house["Dora"].does(house.room, "preference.rank", order=[air])
    take("Olga", house.room, "person.remove", "with her order", person=house["Dora"].id)
    take("Olga", house.room, "preference.ask", "once more, forgetting the orders", kind="preference", anew=True)
    take("Olga", house.room, "preference.close")
