"""The gallery: pictures come, are described, chosen, hidden and withdrawn; some do not want to be in them."""

from __future__ import annotations

from collections.abc import Callable

from ..camera import Camera
from ..pictures import ticket


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    house["Fatima"].does(house.room, "session.open", id=camera.id(), session=house.session("Opening"))
    water = house.board("Water").partition(":")[2]

    def of(who: str) -> Callable[[str], str]:
        return lambda id: ticket(house, house[who].id, id)

    hall = take("Amina", house.room, "picture.add", "of what is on", upload=of("Amina"))["picture"]
    sheet = take("Bruno", house.room, "picture.add", "of a flipchart", upload=of("Bruno"), caption="Our flipchart",
                 alt="Six cards on a sheet", board=water)["picture"]  # fmt: skip
    words = {"caption": "The hall\nat nine", "alt": "People around tables"}
    take("Amina", house.room, "picture.describe", picture=hall, **words)
    take("Fatima", house.room, "picture.describe", "and put to a board", picture=hall, board=water, **words)
    take("Fatima", house.room, "picture.use", picture=hall, use=True)
    take("Olga", house.room, "picture.use", "again", picture=hall, use=True)
    take("Olga", house.room, "picture.use", "left out", picture=hall, use=False)
    take("Fatima", house.room, "picture.use", "chosen after all", picture=hall, use=True)
    take("Fatima", house.room, "picture.hide", picture=hall, reason="Somebody asked for it")
    take("Fatima", house.room, "picture.restore", picture=hall)
    take("Bruno", house.room, "picture.withdraw", picture=sheet)
    take("Bruno", house.room, "picture.reinstate", picture=sheet)
    network = house.board("Women's network").partition(":")[2]
    lamp = take("Dora", house.room, "picture.add", "of an overlay group", upload=of("Dora"), board=network)["picture"]
    take("Dora", house.room, "picture.describe", "of an overlay group", picture=lamp, board=network, caption="Lamps",
         alt="Eight lamps on a sheet")  # fmt: skip
    take("Fatima", house.room, "picture.hide", "of an overlay group", picture=lamp, reason="Faces")
    take("Fatima", house.room, "picture.restore", "of an overlay group", picture=lamp)
    take("Dora", house.room, "picture.withdraw", "of an overlay group", picture=lamp)
    take("Dora", house.room, "picture.reinstate", "of an overlay group", picture=lamp)
    take("Dora", house.room, "picture.describe", "out of an overlay group", picture=lamp, caption="Lamps", alt="")
    take("Dora", house.room, "picture.describe", "into an overlay group", picture=lamp, board=network, caption="Lamps",
         alt="")  # fmt: skip
    take("Chen", house.room, "picture.decline", declined=True)
    take("Oscar", house.room, "picture.decline", "another", declined=True)
    take("Chen", house.room, "picture.decline", "again", declined=True)
    take("Chen", house.room, "picture.decline", "not any more", declined=False)
