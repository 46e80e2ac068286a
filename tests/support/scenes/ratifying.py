"""Ratification, positions, minority reports; closing the day and reopening it."""

from __future__ import annotations

from sqlalchemy import insert

from facilitator.store.models import Parked

from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    water, day = house.board("Water"), house.day(1)
    house["Fatima"].opens(water, "collect")
    a, b, c = (house["Amina"].posts(water, text, id=camera.id()) for text in ("Buses", "Trams", "Boats"))
    house["Fatima"].does(water, "proposal.park", proposal=c)
    with house.store.writing() as db:
        row = {"proposal": c, "owner": house["Bruno"].id, "answer": "Next year", "by": house["Fatima"].id, "at": 1}
        db.execute(insert(Parked.__table__).values(row))
    promote = {"buses": {"sources": [{"proposal": a}], "wording": "More buses"},
               "trams": {"sources": [{"proposal": b}], "wording": "More trams"}}  # fmt: skip
    ids = {
        name: house["Fatima"].does(day, "conclusion.promote", id=camera.id(), **args)["conclusion"]
        for name, args in promote.items()
    }
    terms = {"quorum_people": 50, "quorum_organisations": 50, "support": 80}
    take("Fatima", day, "ratification.open", **terms)
    take("Amina", day, "position.take", "agrees", conclusion=ids["buses"], value=3)
    take("Amina", day, "position.take", "and with the other one", conclusion=ids["trams"], value=3)
    take("Bruno", day, "position.take", "objects", conclusion=ids["buses"], value=0, reason="Too many")
    take("Bruno", day, "position.take", "the same again", conclusion=ids["buses"], value=0, reason="Too many")
    take("Chen", day, "position.take", "objects", conclusion=ids["buses"], value=0, reason="No drivers")
    take("Chen", day, "position.take", "thinks better of it", conclusion=ids["buses"], value=2)
    house["Fatima"].does(day, "conclusion.move", conclusion=ids["trams"], position=0)
    take("Fatima", day, "ratification.close", "one was not ratified, one has no quorum")
    report = take("Bruno", day, "minority.report", conclusion=ids["buses"], text="The old town has no room.")["report"]
    take("Bruno", day, "minority.report", "in other words", conclusion=ids["buses"], text="There is no room.")
    take("Chen", day, "minority.report", "who can live with it", conclusion=ids["buses"], text="Who drives them?")
    last = house.state(day)["conclusions"][1]["minority"][0]["id"]
    assert report != last
    take("Bruno", day, "minority.withdraw", report=last)
    house["Fatima"].does(day, "conclusion.reword", conclusion=ids["buses"], wording="A few more buses")
    take(
        "Olga", day, "ratification.open", "a second round of one", conclusions=[ids["buses"]], **terms | {"support": 50}
    )
    for name in ("Amina", "Bruno", "Chen"):
        house[name].agrees(day, ids["buses"])
    take("Olga", day, "ratification.close", "ratified")
    take("Fatima", day, "day.close", note="Tomorrow starts from the buses.")
    take("Fatima", day, "day.reopen")
    take("Fatima", day, "day.close", "without a note", note="")
