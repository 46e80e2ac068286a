"""The stage: lined up, shown, moved, taken off; summons and announcements; who looks after a group; the plan moves."""

from __future__ import annotations

from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    room, day, water = house.room, house.day(1), house.board("Water")
    home = water.removeprefix("board:")
    house["Fatima"].opens(water, "collect")
    bus = house["Amina"].posts(water, "More buses", id=camera.id())
    house["Fatima"].opens(water, "vote")
    house["Amina"].votes(water, bus, 2)
    house["Fatima"].opens(water, "reveal")
    kept = house["Fatima"].does(
        day, "conclusion.promote", id=camera.id(), sources=[{"proposal": bus}], wording="More buses, everywhere"
    )["conclusion"]
    groups = [group["id"] for group in house.state(room)["groups"].values()]

    said = take("Fatima", room, "announcement.make", "to everybody", text="Coffee is here.")["announcement"]
    take("Fatima", room, "announcement.make", "to a group", text="Come back.", groups=groups[1:2])
    network = next(id for id, one in house.state(room)["groups"].items() if one["kind"] == "overlay")
    own = take("Fatima", room, "announcement.make", "to an overlay group", text="We meet in the garden.",
               groups=[network])["announcement"]  # fmt: skip
    take("Fatima", room, "announcement.end", "of an overlay group", announcement=own)
    take("Olga", room, "announcement.end", announcement=said)

    results = take("Fatima", room, "cue.add", "results", view="results", board=home)["cue"]
    take("Fatima", room, "cue.add", "a conclusion", view="conclusion", conclusion=kept)
    days = take("Fatima", room, "cue.add", "all of a day", view="conclusions", day=day.removeprefix("day:"))["cue"]
    join = take("Fatima", room, "cue.add", "the way in", view="join")["cue"]
    take("Fatima", room, "cue.move", "to the front", cue=join, position=0)
    take("Fatima", room, "cue.move", "to where it is", cue=join, position=0)
    take("Fatima", room, "cue.show", "the first", cue=results)
    take("Fatima", room, "cue.show", "in its place", cue=days)
    take("Fatima", room, "cue.add", "at once", view="proposal", proposal=bus, show=True)
    take("Fatima", room, "cue.show", "what was on before", cue=results)
    take("Fatima", room, "cue.show", "the same again", cue=results)
    take("Fatima", room, "cue.turn", page=1)
    take("Fatima", room, "cue.turn", "to where it is", page=1)
    take("Fatima", room, "cue.remove", cue=join)

    take("Fatima", room, "summon.call", "some groups", groups=groups[1:3])
    take("Fatima", room, "summon.call", "everybody", groups=[])
    take("Fatima", room, "summon.call", "the same", groups=[])
    take("Olga", room, "summon.release")
    take("Fatima", room, "cue.end")

    take("Fatima", room, "lead.take", "oneself", group=groups[1])
    take("Fatima", room, "lead.take", "again", group=groups[1])
    take("Fatima", room, "lead.take", "handed over", group=groups[1], person=house["Olga"].id)
    take("Olga", room, "lead.release", group=groups[1])

    tables = house.session("Tables")
    take("Fatima", room, "session.plan", "later and shorter", session=tables, starts_at="11:15", minutes=45)
    take("Fatima", room, "session.plan", "the same", session=tables, starts_at="11:15", minutes=45)

    house["Fatima"].opens(water, "collect")
    trams = house["Amina"].posts(water, "More trams", id=camera.id())
    house["Fatima"].opens(water, "vote")
    house["Bruno"].votes(water, trams, 1)
    house["Fatima"].opens(water, "reveal")
    house["Fatima"].does(room, "cue.show", cue=results)
    take("Fatima", water, "proposal.hide", "a part of what is on the stage", proposal=bus, reason="It is said twice.")
    house["Fatima"].does(room, "cue.add", id=camera.id(), view="proposal", proposal=trams, show=True)
    house["Fatima"].opens(water, "collect")
    take("Amina", water, "proposal.withdraw", "all that is on the stage", proposal=trams)
    house["Fatima"].does(room, "cue.add", id=camera.id(), view="conclusion", conclusion=kept, show=True)
    house["Fatima"].does(room, "cue.show", cue=days)
    take("Fatima", day, "conclusion.take_back", "what was on the stage before", conclusion=kept)
