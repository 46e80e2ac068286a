"""The outcome is drafted, frozen, checked, signed, published and taken back."""

from __future__ import annotations

from ..camera import Camera
from ..editions import FACTS, ends_the_check, sealed


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    first = take("Olga", house.room, "edition.draft", "nobody else hears of it", **FACTS)["edition"]
    words = {"story": "We **met**.", "note": ""}
    take("Olga", house.room, "edition.change", edition=first, **FACTS | words | {"title": "What we found"})
    fatima = house["Fatima"].id
    take("Olga", house.room, "edition.arrange", edition=first, section="agenda", off=True, intro="", owner=None)
    take("Olga", house.room, "edition.arrange", "Fatima signs", edition=first, section="methods", off=False,
         intro="As *agreed*.", owner=fatima)  # fmt: skip
    take("Olga", house.room, "edition.order", edition=first, order=["methods", "purpose"])
    take("Olga", house.room, "edition.freeze", **sealed(house, first))
    said = take("Amina", house.room, "edition.comment", edition=first, section="methods", text="Say how")["comment"]
    take("Oscar", house.room, "edition.comment", "on the page", edition=first, section="news", text="A comma")
    take("Olga", house.room, "edition.settle", comment=said, settled=True)
    take("Olga", house.room, "edition.settle", "not yet", comment=said, settled=False)
    take("Fatima", house.room, "edition.sign", edition=first, section="methods", signed=True)
    ends_the_check(house, first)
    camera.look_anew()  # the check's end was written past the door
    take("Olga", house.room, "edition.publish", edition=first)
    take("Olga", house.room, "edition.take_back", edition=first)
    take("Olga", house.room, "edition.publish", "again", edition=first)
    second = take("Olga", house.room, "edition.draft", "a correction", **FACTS)["edition"]
    take("Olga", house.room, "edition.freeze", "the correction", **sealed(house, second))
