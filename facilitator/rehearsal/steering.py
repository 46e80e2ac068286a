"""The other half of facilitating: being there for the groups, and bringing what they found before everybody."""

from __future__ import annotations

import contextlib
from typing import Any

from .acts import Scene
from .facilitator import Facilitator
from .people import Participant
from .window import Answered

JSON = dict[str, Any]
LOOK_SECONDS = 0.5


async def begin(facilitator: Facilitator, session: JSON, boards: list[str]) -> None:
    """Say what is on, look after one of its groups, and move its plan there and back."""
    room = f"event:{facilitator.event['id']}"
    await _do(facilitator, room, "lead.take", group=facilitator.window.rooms[boards[0]].ledger.state["group"])
    made = await _do(facilitator, room, "announcement.make", text=f"{session['title'][:200]}: find your group.")
    planned = {"session": session["id"], "starts_at": session["starts_at"] or "09:00"}
    for minutes in (session["minutes"] + 5, session["minutes"]):
        await _do(facilitator, room, "session.plan", minutes=minutes, **planned)
    if made:
        await _do(facilitator, room, "announcement.end", announcement=made["announcement"])


async def attend(scene: Scene) -> None:
    """Once in a group's work: somebody calls for help, raises a hand and has finished; the facilitator comes, locks the
    board for a word, lets everybody look at one proposal, and asks whether the theme desk has understood."""
    first, last, facilitator = scene.people[0], scene.people[-1], scene.facilitator
    if not await first.sees(scene.room, scene.step["id"]) or not await last.sees(scene.room, scene.step["id"]):
        return
    call = await scene.do(first, "signal.give", kind="help")
    hand = await scene.do(last, "signal.give", kind="hand")
    await scene.do(last, "signal.give", kind="finished")
    if call and "signal" in call:
        await _do(facilitator, scene.room, "signal.end", signal=call["signal"])
    if hand and "signal" in hand:
        await scene.do(last, "signal.end", signal=hand["signal"])
    await _do(facilitator, scene.room, "board.lock")
    await _do(facilitator, scene.room, "board.unlock")
    cards = scene.standing()
    if not cards:
        return
    await _do(facilitator, scene.room, "proposal.spotlight", proposal=cards[0]["id"])
    asked = await _do(
        facilitator,
        scene.room,
        "check.ask",
        text=f"We understood: {cards[0]['text'][:300]}",
        proposals=[cards[0]["id"]],
    )
    if asked:
        await scene.do(first, "check.answer", check=asked["check"], right=True)


async def come_late(scene: Scene, person: Participant) -> None:
    """Somebody was still writing when the step ended; what they send within a minute is admitted."""
    await _do(scene.facilitator, scene.room, "step.close")
    late = await scene.do(person, "proposal.post", text=f"{person.chance.choice(scene.texts)} (written to the end)",
                          lane=scene.state["lanes"][0]["id"] if scene.state["lanes"] else None)  # fmt: skip
    if late and late.get("late"):
        await _do(scene.facilitator, scene.room, "proposal.admit", proposal=late["proposal"])


async def answer_parked(facilitator: Facilitator, board: str) -> None:
    """Whatever is parked gets somebody who takes care of it, and an answer."""
    state = facilitator.window.rooms[board].ledger.state
    for card in [card for card in state["proposals"].values() if card["status"] == "parked"]:
        await _do(facilitator, board, "parking.route", proposal=card["id"], owner=facilitator.window.person)
        await _do(
            facilitator, board, "parking.answer", proposal=card["id"], answer="It goes to the secretariat, with a date."
        )


async def gather_themes(facilitator: Facilitator, day: str, boards: list[str]) -> None:
    """The theme desk: what the groups have in common, under one name."""
    cards = [
        card["id"]
        for board in boards
        for card in facilitator.window.rooms[board].ledger.state["proposals"].values()
        if card["status"] == "standing" and card["kind"] == "proposal"
    ]
    if not cards:
        return
    made = await _do(facilitator, day, "desk.name", name="What several groups say")
    passing = await _do(facilitator, day, "desk.name", name="Perhaps")
    if made and passing:
        await _do(facilitator, day, "desk.sort", proposals=cards[:6], theme=made["theme"])
        await _do(facilitator, day, "desk.sort", proposals=cards[:1], theme=passing["theme"])
        await _do(facilitator, day, "desk.dissolve", theme=passing["theme"])


async def share_back(facilitator: Facilitator, day: str, boards: list[str]) -> None:
    """Each group's lines or results are lined up and shown, on everybody's screen; then the day's conclusions."""
    room = f"event:{facilitator.event['id']}"
    lined_up = []
    for board in boards:
        state = facilitator.window.rooms[board].ledger.state
        lines = any(c["kind"] == "line" and c["status"] == "standing" for c in state["proposals"].values())
        view = "lines" if lines else "results" if state["results"] else None
        if view is not None:
            cue = await _do(facilitator, room, "cue.add", view=view, board=board.removeprefix("board:"))
            lined_up += [cue["cue"]] if cue else []
    last = await _do(facilitator, room, "cue.add", view="conclusions", day=day.removeprefix("day:"))
    spare = await _do(facilitator, room, "cue.add", view="join")
    if last is None or spare is None:
        return
    await _do(facilitator, room, "cue.move", cue=last["cue"], position=0)
    await _do(facilitator, room, "cue.remove", cue=spare["cue"])
    await _do(facilitator, room, "summon.call")
    for cue in [*lined_up, last["cue"]]:
        await _do(facilitator, room, "cue.show", cue=cue)
        await facilitator.pace.pause(LOOK_SECONDS)
    await _do(facilitator, room, "summon.release")
    await _do(facilitator, room, "cue.end")


async def leave(facilitator: Facilitator, boards: list[str]) -> None:
    group = facilitator.window.rooms[boards[0]].ledger.state["group"]
    await _do(facilitator, f"event:{facilitator.event['id']}", "lead.release", group=group)


async def _do(facilitator: Facilitator, room: str, name: str, /, **args: Any) -> JSON | None:
    """A command whose refusal is part of the play."""
    with contextlib.suppress(Answered):
        return await facilitator.window.command(room, name, args)
    return None
