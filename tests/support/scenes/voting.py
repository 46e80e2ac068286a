"""Dots and approval, from the first vote to the reveal and back."""

from __future__ import annotations

from ..camera import Camera


def scene(camera: Camera) -> None:
    house, take = camera.house, camera.take
    house.everybody_arrives()
    for room, lane in ((house.board("Water"), None), (house.board("Air", day=2), None)):
        dots = room == house.board("Water")
        voters = ("Amina", "Bruno") if dots else ("Chen", "Dora")
        house["Fatima"].opens(room, "collect")
        a, b, c = (house[voters[0]].posts(room, text, lane, id=camera.id()) for text in ("One", "Two", "Three"))
        take("Fatima", room, "step.open", "the vote", step="vote")
        take(voters[0], room, "vote.cast", "the first vote", proposal=a, value=1)
        take(voters[0], room, "vote.cast", "another of the same voter", proposal=b, value=1)
        take(voters[0], room, "vote.cast", "changed", proposal=b, value=2 if dots else -1)
        take(voters[0], room, "vote.cast", "zero", proposal=a, value=0)
        take(voters[1], room, "vote.cast", "a second voter", proposal=c, value=1)
        take(voters[1], room, "vote.cast", "zero, of the second voter", proposal=c, value=0)
        take(voters[1], room, "vote.cast", "the second voter again", proposal=c, value=1)
        house.join("Elena")
        house.join("Farid")
        take("Fatima", room, "step.open", "the same again, for latecomers", step="vote")
        take("Fatima", room, "step.close", "the vote is over")
        take("Fatima", room, "step.open", "the reveal", step="reveal")
        take("Fatima", room, "proposal.hide", "what is on show", proposal=b, reason="Off topic")
        take("Fatima", room, "proposal.restore", "to the results", proposal=b)
        take("Fatima", room, "step.close", "the reveal is over")
        take("Fatima", room, "step.open", "back to the vote", step="vote")
        take("Fatima", room, "step.open", "back to collecting", step="collect")
        take("Fatima", room, "step.open", "to the reveal at once", step="reveal")
