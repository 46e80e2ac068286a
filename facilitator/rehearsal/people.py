"""The participants: they read the board, write, change their mind, spend their dots, and lose their connection."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass
from typing import Any

from .window import Answered, Window

JSON = dict[str, Any]
MANY = 20
"""In a group larger than this, everybody posts one proposal only."""
MOST_AGREED = 8


@dataclass
class Pace:
    """How fast people are. Everything that they wait for goes through here."""

    speed: float

    async def pause(self, seconds: float) -> None:
        await asyncio.sleep(seconds / self.speed)


@dataclass
class Participant:
    window: Window
    name: str
    organisation: str
    groups: list[str]
    pace: Pace
    chance: random.Random
    #: somebody in a cellar: their connection breaks in the middle of posting and voting
    flaky: bool = False

    @property
    def person(self) -> str:
        return self.window.person

    async def collect(self, room: str, step: str, texts: tuple[str, ...], group_size: int, seconds: float) -> None:
        """Post one or two proposals once the step is open; some change or withdraw theirs and put it back."""
        if not await self._sees(room, step):
            return
        board = self.window.rooms[room].ledger.state
        for n in range(1 if group_size > MANY else self.chance.choice((1, 2))):
            await self.pace.pause(self.chance.uniform(0, seconds * 0.55))
            with contextlib.suppress(Answered):
                proposal = await self._post(room, board, texts, cut=self.flaky and n == 0)
                await self._change_mind(room, proposal, seconds)

    async def vote(self, room: str, step: str, seconds: float) -> None:
        """Spend one's votes: dots one by one, or an opinion on some of the proposals."""
        if not await self._sees(room, step):
            return
        ledger = self.window.rooms[room].ledger
        await self.window.until(room, lambda state: ledger.me.get("elector") is not None)  # what one has left is known
        await self.pace.pause(self.chance.uniform(0, seconds * 0.5))
        standing = [p["id"] for p in ledger.state["proposals"].values() if p["status"] == "standing"]
        ballot = ledger.state["ballot"]
        if not standing or ballot is None:
            return
        mine: dict[str, int] = dict(ledger.me.get("votes", {}))
        self.chance.shuffle(standing)
        plan = self._dots(ballot, standing, mine) if ballot["kind"] == "dots" else self._opinions(standing)
        cut_at = len(plan) // 2 if self.flaky else -1
        for n, (proposal, value) in enumerate(plan):
            cut_for = self.chance.uniform(0.5, 2) / self.pace.speed if n == cut_at else None
            with contextlib.suppress(Answered):
                await self.window.command(
                    room, "vote.cast", {"proposal": proposal, "value": value}, timed=not mine, cut_for=cut_for
                )
                mine[proposal] = value
            await self.pace.pause(self.chance.uniform(0.05, 0.1) * seconds)

    async def _sees(self, room: str, step: str) -> bool:
        return room in self.window.rooms and await self.window.until(
            room, lambda state: bool(state["step"] == step and state["open"])
        )

    async def _post(self, room: str, board: JSON, texts: tuple[str, ...], cut: bool) -> str:
        taken = {p["text"] for p in board["proposals"].values()}
        free = [text for text in texts if text not in taken]
        text = self.chance.choice(free) if free else f"{self.chance.choice(texts)} ({self.organisation or self.name})"
        lane = self.chance.choice(board["lanes"])["id"] if board["lanes"] else None
        cut_for = self.chance.uniform(0.5, 2) / self.pace.speed if cut else None
        reply = await self.window.command(
            room, "proposal.post", {"text": text, "lane": lane}, timed=True, cut_for=cut_for
        )
        return str(reply["proposal"])

    async def _change_mind(self, room: str, proposal: str, seconds: float) -> None:
        dice = self.chance.random()
        await self.pace.pause(self.chance.uniform(0.05, 0.2) * seconds)
        if dice < 0.2:
            text = self.window.rooms[room].ledger.state["proposals"].get(proposal, {}).get("text")
            if text:
                edited = {"proposal": proposal, "text": f"{text}, from 2017 on"}
                await self.window.command(room, "proposal.edit", edited)
        elif dice < 0.3:
            await self.window.command(room, "proposal.withdraw", {"proposal": proposal})
            await self.pace.pause(0.1 * seconds)
            await self.window.command(room, "proposal.reinstate", {"proposal": proposal})

    def _dots(self, ballot: JSON, standing: list[str], mine: dict[str, int]) -> list[tuple[str, int]]:
        """Each move as (proposal, dots on it from now on): most spend all, some move one afterwards."""
        budget, now = ballot["budget"], dict(mine)
        cap = ballot["cap"] or budget
        favourites = standing[: max(3, len(standing) // 2)]
        moves: list[tuple[str, int]] = []
        while sum(now.values()) < budget:
            open_ones = [p for p in favourites if now.get(p, 0) < cap]
            if not open_ones:
                break
            moves.append(self._set(now, self.chance.choice(open_ones), 1))
        placed = [p for p in now if now[p] and p in standing]
        elsewhere = [p for p in standing if p not in now]
        if placed and elsewhere and self.chance.random() < 0.2:
            moves.append(self._set(now, self.chance.choice(placed), -1))
            moves.append(self._set(now, self.chance.choice(elsewhere), 1))
        return moves

    def _set(self, now: dict[str, int], proposal: str, more: int) -> tuple[str, int]:
        now[proposal] = now.get(proposal, 0) + more
        return proposal, now[proposal]

    def _opinions(self, standing: list[str]) -> list[tuple[str, int]]:
        return [(p, self.chance.choice((1, 1, 1, 0, -1))) for p in standing[:MOST_AGREED]]
