"""Raised hands and calls for help, the lock, the spotlight, what comes late, what is parked, and the theme desk."""

from __future__ import annotations

from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    water, day = house.board("Water"), house.day(1)
    house["Fatima"].opens(water, "collect")
    bus = house["Amina"].posts(water, "More buses", id=camera.id())
    tram = house["Bruno"].posts(water, "More trams", id=camera.id())

    hand = take("Amina", water, "signal.give", "a hand", kind="hand")["signal"]
    take("Amina", water, "signal.give", "the same hand", kind="hand")
    take("Bruno", water, "signal.give", "finished", kind="finished")
    call = take("Bruno", water, "signal.give", "help", kind="help")["signal"]
    take("Fatima", water, "signal.end", "seen to", signal=call)
    take("Amina", water, "signal.end", "taken down", signal=hand)

    take("Fatima", water, "proposal.spotlight", proposal=bus)
    take("Fatima", water, "proposal.spotlight", "the same", proposal=bus)
    take("Fatima", water, "board.lock")
    take("Fatima", water, "board.unlock")

    take("Fatima", water, "proposal.park", proposal=tram)
    take("Fatima", water, "parking.route", proposal=tram, owner=house["Bruno"].id)
    take("Fatima", water, "parking.route", "the same", proposal=tram, owner=house["Bruno"].id)
    take("Bruno", water, "parking.answer", proposal=tram, answer="The network plan has them.")
    take("Fatima", water, "parking.route", "to nobody", proposal=tram, owner=None)

    asked = take("Fatima", water, "check.ask", text="You want more buses.", proposals=[bus])["check"]
    take("Amina", water, "check.answer", "not quite", check=asked, right=False, text="At night above all")
    more = take("Fatima", water, "check.ask", "once more", text="You want night buses.")["check"]
    take("Bruno", water, "check.answer", "yes", check=more, right=True)

    moving = take("Fatima", day, "desk.name", "new", name="Moving")["theme"]
    other = take("Olga", day, "desk.name", "another", name="Other")["theme"]
    take("Olga", day, "desk.name", "renamed", name="Getting about", theme=moving)
    take("Olga", day, "desk.name", "the same", name="Getting about", theme=moving)
    take("Fatima", day, "desk.sort", "under a theme", proposals=[bus, tram], theme=moving)
    take("Fatima", day, "desk.sort", "to another", proposals=[bus], theme=other)
    take("Fatima", day, "desk.sort", "the same", proposals=[bus], theme=other)
    take("Fatima", day, "desk.sort", "out of it", proposals=[tram], theme=None)
    take("Fatima", day, "desk.dissolve", theme=other)

    take("Fatima", water, "step.close", "with a grace")
    late = take("Amina", water, "proposal.post", "late", text="Ferries")["proposal"]
    take("Fatima", water, "proposal.admit", proposal=late)
    take("Fatima", water, "step.open", "where nobody has finished", step="vote")
