"""The facilitator: opens sessions and steps, keeps time, moderates, promotes what the groups found."""

from __future__ import annotations

import contextlib
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .people import Pace
from .window import Answered, Window

JSON = dict[str, Any]


@dataclass
class Facilitator:
    window: Window
    pace: Pace
    chance: random.Random
    #: at every other ballot somebody has written on paper
    reads_paper: Iterator[bool] = field(default_factory=lambda: itertools.cycle((True, False)))

    async def open_step(self, room: str, step: JSON) -> None:
        await self.window.command(room, "step.open", {"step": step["id"]})

    async def start_timer(self, room: str, minutes: int) -> None:
        await self.window.command(room, "timer.start", {"seconds": 60 * max(1, minutes)})

    async def extend_timer(self, room: str) -> None:
        with contextlib.suppress(Answered):
            await self.window.command(room, "timer.extend", {"seconds": 120})

    async def moderate(self, room: str, seconds: float) -> None:
        """Hide one proposal with a reason, and think better of it."""
        await self.pace.pause(0.6 * seconds)
        standing = self._standing(room)
        if not standing:
            return
        proposal = self.chance.choice(standing)["id"]
        with contextlib.suppress(Answered):
            await self.window.command(
                room, "proposal.hide", {"proposal": proposal, "reason": "It names a person. Please say it without."}
            )
            await self.pace.pause(0.15 * seconds)
            await self.window.command(room, "proposal.restore", {"proposal": proposal})

    @property
    def event(self) -> JSON:
        """The event as this page knows it."""
        return next(f.ledger.state for room, f in self.window.rooms.items() if room.startswith("event:"))

    async def enter_paper(self, room: str) -> None:
        """Read one ballot from paper: an opinion on the first items."""
        board = self.window.rooms[room].ledger.state
        ballot = board["ballot"]
        kind, keys = ballot["of"]["kind"], ballot["of"]["keys"]
        items = [p["id"] for p in self._standing(room, kind) if keys is None or p["key"] in keys]
        value = {"dots": 1, "approval": 1, "consent": 3, "scale": 1, "ranking": 1}[ballot["kind"]]
        criterion = ballot["criteria"][0]["id"] if ballot["criteria"] else ""
        votes = [{"proposal": item, "value": value, "criterion": criterion} for item in items[:1]]
        with contextlib.suppress(Answered):
            await self.window.command(room, "vote.enter", {"paper": f"{self.chance.randrange(10**6)}", "votes": votes})

    async def renew(self, room: str) -> None:
        with contextlib.suppress(Answered):
            await self.window.command(room, "ballot.renew", {})

    async def adopt_one(self, room: str) -> None:
        """Adopt another wording of a phrase, once somebody has one."""

        def others() -> list[str]:
            comments = self.window.rooms[room].ledger.state["comments"].values()
            return [c["id"] for c in comments if c["kind"] == "alternative" and c["status"] == "standing"]

        if await self.window.until(room, lambda state: bool(others())):
            with contextlib.suppress(Answered):
                await self.window.command(room, "comment.adopt", {"comment": self.chance.choice(others())})

    async def word_text(self, room: str, key: str) -> None:
        """Make what was drafted the text of the event."""
        phrases = sorted(self._standing(room, "phrase"), key=lambda phrase: phrase["number"])
        wording = " ".join(phrase["text"] for phrase in phrases)
        args = {"text": key, "wording": wording, "title": key.capitalize(), "board": room.removeprefix("board:")}
        if wording:
            with contextlib.suppress(Answered):
                await self.window.command(f"event:{self.event['id']}", "text.word", args)

    async def promote_best(self, room: str, day: str, most: int) -> list[str]:
        """Promote the first of a board's results, with a wording of one's own. Returns the conclusions' ids."""
        await self.window.until(room, lambda state: self._counted(state))
        board = self.window.rooms[room].ledger.state
        conclusions = self.window.rooms[day].ledger.state["conclusions"]
        promoted = {source["proposal"] for conclusion in conclusions for source in conclusion["sources"]}
        ranked = [row["proposal"] for row in (board["results"] or {}).get("ranked", []) if row["rank"] is not None]
        standing = {p["id"]: p for kind in ("line", "proposal") for p in self._standing(room, kind)}
        best = [p for p in (ranked + list(standing)) if p in standing and p not in promoted]
        made = []
        for proposal in best[:most]:
            await self.pace.pause(0.3)
            wording = f"{board['group_name']}: {standing[proposal]['text']}".removeprefix("Plenary: ")
            with contextlib.suppress(Answered):
                reply = await self.window.command(
                    day, "conclusion.promote", {"sources": [{"proposal": proposal}], "wording": wording + "."}
                )
                made.append(str(reply["conclusion"]))
        return made

    async def edit_conclusions(self, day: str, made: list[str]) -> None:
        """Put the last new conclusion first, and give another one a better wording."""
        if not made:
            return
        order = [c["id"] for c in self.window.rooms[day].ledger.state["conclusions"]]
        with contextlib.suppress(Answered):
            if len(order) > 1:
                await self.window.command(day, "conclusion.move", {"conclusion": made[-1], "position": 0})
            await self.pace.pause(0.3)
            heard = await self.window.until(day, lambda state: any(c["id"] == made[0] for c in state["conclusions"]))
            if heard:
                state = self.window.rooms[day].ledger.state
                wording = next(c["wording"] for c in state["conclusions"] if c["id"] == made[0])
                await self.window.command(
                    day,
                    "conclusion.reword",
                    {"conclusion": made[0], "wording": f"{wording.rstrip('.')}, reported on once a year."},
                )

    def _standing(self, room: str, kind: str = "proposal") -> list[JSON]:
        proposals = self.window.rooms[room].ledger.state["proposals"].values()
        return [p for p in proposals if p["status"] == "standing" and p["kind"] == kind]

    def _counted(self, board: JSON) -> bool:
        """Nothing to count, or counted: what the promotion goes by is on this page."""
        kind = next((s["kind"] for s in board["activity"]["steps"] if s["id"] == board["step"]), None)
        return kind != "reveal" or board["ballot"] is None or board["results"] is not None
