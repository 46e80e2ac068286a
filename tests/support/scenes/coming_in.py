"""People come in, by link and by code."""

from __future__ import annotations

from facilitator.access import Actor

from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    for who in ("Olga", "Fatima", "Oscar", "Amina", "Bruno", "Screen"):
        take(who, house.room, "person.arrive", f"{who} opens the personal link")
    take("Amina", house.room, "person.arrive", "Amina opens it again")
    guest = Actor(code=house.code())
    for name, home in (("Elena", "Seoul"), ("Farid", "CODATU")):
        take(guest, house.room, "person.join", f"{name} joins", name=name, organisation=house.organisation(home))
    take(guest, house.room, "person.join", "somebody rehearses", name="Gita", rehearsal=True,
         organisation=house.organisation("Seoul"))  # fmt: skip
    take("Fatima", house.room, "link.renew", "Amina gets a new link", person=house["Amina"].id)
    take("Olga", house.room, "code.renew", "the code has leaked")
