"""How a day of a rehearsal ends: everybody is asked to ratify, one objects and says why beside the conclusion, the day
is closed; and after the event a body decides. Who does what is not left to chance, so that every run has it all.
"""

from __future__ import annotations

import itertools
from typing import Any

from ..library import RehearsalTexts
from .acts import gather
from .facilitator import Facilitator
from .people import Participant

JSON = dict[str, Any]
MOST_RATIFIED = 5
TERMS = {"quorum_people": 25, "quorum_organisations": 25, "support": 80}
READ_SECONDS = 2.0
VERDICTS = ("adopted", "amended", "deferred", "rejected")


async def begin_day(facilitator: Facilitator, day: str) -> None:
    """An earlier rehearsal may have left the day closed, or in the middle of a ratification."""
    state = facilitator.window.rooms[day].ledger.state
    if state["closing"]:
        await facilitator.window.command(day, "day.reopen", {})
    if (state["ratification"] or {}).get("open"):
        await facilitator.window.command(day, "ratification.close", {})


async def end_day(facilitator: Facilitator, day: str, people: list[Participant], texts: RehearsalTexts) -> None:
    """Sort the day's conclusions by kind and tag, ask those who are there, close the day."""
    window = facilitator.window
    conclusions = [conclusion["id"] for conclusion in window.rooms[day].ledger.state["conclusions"]][:MOST_RATIFIED]
    here = [person for person in people if day in person.window.rooms]
    if conclusions:
        await _sort(facilitator, day, conclusions)
    if conclusions and here:
        reply = await window.command(day, "ratification.open", {"conclusions": conclusions, **TERMS})
        opened = str(reply["ratification"])
        dissenter = here[-1]
        await gather(_answer(person, day, opened, conclusions, person is dissenter, texts) for person in here)
        await window.command(day, "ratification.close", {})
        await _dissent(dissenter, day, opened, conclusions[0], texts)
    await window.command(day, "day.close", {"note": f"We start from “{_first(facilitator, day)}”."})


async def decide(facilitator: Facilitator, days: list[str]) -> None:
    """After the event: what the board of directors made of the first conclusions of each day."""
    verdicts = itertools.cycle(VERDICTS)
    for day in days:
        for conclusion in facilitator.window.rooms[day].ledger.state["conclusions"][: len(VERDICTS)]:
            verdict = next(verdicts)
            reason = "" if verdict == "adopted" else "It comes back with figures at the next meeting."
            noted = {"verdict": verdict, "body": "Board of directors", "reason": reason}
            await facilitator.window.command(day, "conclusion.decide", {"conclusion": conclusion["id"], **noted})


async def _sort(facilitator: Facilitator, day: str, conclusions: list[str]) -> None:
    kinds = itertools.cycle(("decision", "recommendation", "action", "conclusion"))
    tags = [
        {"framework": framework["key"], "tag": tag["key"]}
        for framework in facilitator.event["frameworks"]
        for tag in framework["tags"]
    ]
    for number, (conclusion, kind) in enumerate(zip(conclusions, kinds, strict=False)):
        await facilitator.window.command(day, "conclusion.classify", {"conclusion": conclusion, "kind": kind})
        if tags:
            few = [tags[(3 * number + n) % len(tags)] for n in range(2)]
            await facilitator.window.command(day, "conclusion.tag", {"conclusion": conclusion, "tags": few})


async def _answer(
    person: Participant, day: str, opened: str, conclusions: list[str], dissents: bool, texts: RehearsalTexts
) -> None:
    """Everybody says something of everything; the dissenter objects to the first."""
    if not await person.window.until(day, lambda state: _is_on(state, opened)):
        return
    await person.pace.pause(person.chance.uniform(0, READ_SECONDS))
    for number, conclusion in enumerate(conclusions):
        position: JSON = {"conclusion": conclusion, "value": person.chance.choice((3, 3, 3, 2))}
        if dissents and number == 0:
            position |= {"value": 0, "reason": texts.objections[0]}
        await person.window.command(day, "position.take", position)


async def _dissent(person: Participant, day: str, opened: str, conclusion: str, texts: RehearsalTexts) -> None:
    if await person.window.until(day, lambda state: not _is_on(state, opened)):
        report = {"conclusion": conclusion, "text": f"{texts.objections[0]} We ask that this is read beside it."}
        await person.window.command(day, "minority.report", report)


def _is_on(state: JSON, opened: str) -> bool:
    ratification = state["ratification"]
    return bool(ratification and ratification["id"] == opened and ratification["open"])


def _first(facilitator: Facilitator, day: str) -> str:
    conclusions = facilitator.window.rooms[day].ledger.state["conclusions"]
    return conclusions[0]["wording"][:500] if conclusions else "what is on the boards"
