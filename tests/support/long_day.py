"""A day in which everybody has said something in every kind of step. Amina Zuberi is in all of it."""

from __future__ import annotations

from facilitator.domain.pictures import file_name
from facilitator.store.db import Store

from .agenda import everything, workshop_of
from .house import House, new
from .pictures import drawn, ticket

NAME, SURNAME = "Amina", "Zuberi"


def a_long_day(store: Store) -> House:
    """The house at the end of it."""
    house = House(store, workshop_of(everything()))
    house.everybody_arrives()
    olga, fatima, amina, bruno = (house[name] for name in ("Olga", "Fatima", "Amina", "Bruno"))
    water, day = house.board("Water"), house.day()
    olga.does(house.room, "person.edit", person=amina.id, name=f"{NAME} {SURNAME}", organisation="Barcelona",
              languages=["ca", "es"], email="zuberi@example.org")  # fmt: skip
    olga.does(house.room, "person.check", people=[house["Dora"].id], attendance="here")
    olga.does(house.room, "link.renew", person=amina.id)
    olga.does(house.room, "group.wish", locked=[amina.id, bruno.id], wishes=[
        {"kind": "together", "people": [amina.id, bruno.id]},
        {"kind": "apart", "people": [amina.id, bruno.id, house["Chen"].id]},
    ])  # fmt: skip
    amina.does(house.room, "picture.decline", declined=True)
    amina.does(house.room, "naming.agree", agreed=True)
    for one in (amina, bruno):
        picture = new()
        one.does(house.room, "picture.add", id=picture, upload=ticket(house, one.id, picture))
        lay_down(house, picture.replace("-", ""))
    fatima.opens(water, "collect")
    bus, tram = amina.posts(water, "More buses", "north"), bruno.posts(water, "A tram", "north")
    amina.edits(water, bus, "Many more buses")
    fatima.opens(water, "vote")
    amina.votes(water, bus, 2)
    bruno.votes(water, tram, 1)
    fatima.opens(water, "reveal")
    amina.does(water, "signal.give", kind="help")
    fatima.opens(water, "talk")
    amina.does(water, "comment.post", proposal=tram, text="Rails are dear")
    bruno.does(water, "reaction.set", proposal=bus, kind="like")
    fatima.opens(water, "private")
    amina.posts(water, "Nobody dares to say parking fees", "south")
    never = bruno.posts(water, "I hate this town", "south")
    bruno.withdraws(water, never)
    fatima.opens(water, "cluster")
    fatima.does(water, "proposal.park", proposal=tram)
    fatima.does(water, "parking.route", proposal=tram, owner=amina.id)
    fatima.opens(water, "lines")
    line = amina.posts(water, "We want buses")
    fatima.does(water, "rapporteur.name", person=amina.id)
    fatima.opens(water, "consent")
    amina.votes(water, line, 3)
    fatima.opens(water, "share")
    fatima.does(house.room, "cue.show", cue=fatima.does(house.room, "cue.add", view="lines", board=water[6:])["cue"])
    conclusion = fatima.promotes(day, line, "We want many buses")
    fatima.asks_for_ratification(day)
    amina.objects(day, conclusion)
    fatima.does(day, "ratification.close")
    amina.dissents(day, conclusion, "Trams are better after all")
    bruno.does(house.room, "picture.withdraw", picture=picture)
    fatima.does(day, "day.close", note="Go home")
    return house


def lay_down(house: House, file: str) -> None:
    """The files of a picture, as they are after its upload."""
    folder = house.store.settings.data / "pictures"
    folder.mkdir(exist_ok=True)
    for width, height in ((320, 240), (640, 480)):
        drawn(width, height).save(folder / file_name(file, width), "JPEG")
