"""Posting, editing, withdrawing, hiding, and the board's timer."""

from __future__ import annotations

from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    water, air = house.board("Water"), house.board("Air")
    take("Fatima", water, "step.open", "collecting", step="collect")
    house["Fatima"].opens(air, "collect")
    first = take("Amina", water, "proposal.post", "the first", text="More\nbuses")["proposal"]
    second = take("Bruno", water, "proposal.post", "another", text="Clean <b>water</b> & air")["proposal"]
    take("Fatima", water, "proposal.post", "by the facilitator", text="A ring road")
    take("Chen", air, "proposal.post", "in a lane", text="Trees", lane="north")
    take("Amina", water, "proposal.edit", "reworded", proposal=first, text="More buses at night")
    take("Amina", water, "proposal.edit", "the same words again", proposal=first, text="More buses at night")
    take("Amina", water, "proposal.withdraw", proposal=first)
    take("Amina", water, "proposal.reinstate", proposal=first)
    take("Fatima", water, "proposal.hide", proposal=second, reason="Not about water")
    take("Olga", water, "proposal.restore", proposal=second)
    take("Amina", water, "proposal.withdraw", "then it is hidden as well", proposal=first)
    take("Fatima", water, "proposal.hide", "a withdrawn one", proposal=first, reason="Off topic")
    take("Fatima", water, "proposal.restore", "it is withdrawn still", proposal=first)
    take("Fatima", water, "step.close")
    for command, args in (("start", {"seconds": 300}), ("extend", {"seconds": 60}), ("extend", {"seconds": -9999})):
        take("Fatima", water, f"timer.{command}", str(args["seconds"]), **args)
    take("Olga", water, "timer.stop")
