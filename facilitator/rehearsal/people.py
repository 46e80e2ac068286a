"""The participants: they read the board, write, change their mind, spend their dots, and lose their connection."""

from __future__ import annotations

import asyncio
import contextlib
import random
from dataclasses import dataclass
from typing import Any

from ..library import RehearsalTexts
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

    async def collect(
        self, room: str, step: JSON, texts: tuple[str, ...], group_size: int, seconds: float, limit: int | None
    ) -> None:
        """Post one or two proposals once the step is open; some change or withdraw theirs and put it back."""
        if not await self.sees(room, step["id"]):
            return
        board = self.window.rooms[room].ledger.state
        for n in range(1 if group_size > MANY or limit == 1 else self.chance.choice((1, 2))):
            await self.pace.pause(self.chance.uniform(0, seconds * 0.55))
            with contextlib.suppress(Answered):
                proposal = await self._post(room, board, texts, bool(step.get("private")), cut=self.flaky and n == 0)
                await self._change_mind(room, proposal, seconds)

    async def vote(self, room: str, step: str, seconds: float, words: RehearsalTexts) -> None:
        """Vote as the ballot asks: dots one by one, an order as a whole, an opinion on some of the items."""
        if not await self.sees(room, step):
            return
        ledger = self.window.rooms[room].ledger
        await self.window.until(room, lambda state: ledger.me.get("elector") is not None)  # what one has left is known
        await self.pace.pause(self.chance.uniform(0, seconds * 0.5))
        ballot = ledger.state["ballot"]
        if ballot is None:
            return
        items = [p["id"] for p in ledger.state["proposals"].values() if _is_item(ballot, p)]
        if not items:
            return
        mine: dict[str, JSON] = dict(ledger.me.get("votes", {}))
        self.chance.shuffle(items)
        if ballot["kind"] == "ranking":
            with contextlib.suppress(Answered):
                await self.window.command(room, "vote.rank", {"order": items[: max(1, len(items) - 1)]}, timed=not mine)
            return
        plan = self._ballot(ballot, items, mine, words)
        cut_at = len(plan) // 2 if self.flaky else -1
        first = not mine
        for n, vote in enumerate(plan):
            cut_for = self.chance.uniform(0.5, 2) / self.pace.speed if n == cut_at else None
            with contextlib.suppress(Answered):
                # A live ballot answers with results as well: which of the two comes last is not a delay to measure.
                await self.window.command(room, "vote.cast", vote, timed=first and not ballot["live"], cut_for=cut_for)
                first = False
            await self.pace.pause(self.chance.uniform(0.05, 0.1) * seconds)

    async def sees(self, room: str, step: str) -> bool:
        """Wait until the page shows that the step is open."""
        return room in self.window.rooms and await self.window.until(
            room, lambda state: bool(state["step"] == step and state["open"])
        )

    async def _post(self, room: str, board: JSON, texts: tuple[str, ...], private: bool, cut: bool) -> str:
        taken = {p["text"] for p in board["proposals"].values()}
        free = [text for text in texts if text not in taken]
        text = self.chance.choice(free) if free else f"{self.chance.choice(texts)} ({self.organisation or self.name})"
        lane = self.chance.choice(board["lanes"])["id"] if board["lanes"] else None
        cut_for = self.chance.uniform(0.5, 2) / self.pace.speed if cut else None
        reply = await self.window.command(
            room, "proposal.post", {"text": text, "lane": lane}, timed=not private, cut_for=cut_for
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

    def _ballot(self, ballot: JSON, items: list[str], mine: dict[str, JSON], words: RehearsalTexts) -> list[JSON]:
        """The votes that one sends, in order."""
        if ballot["kind"] == "dots":
            now = {item: said[""] for item, said in mine.items()}
            return [{"proposal": item, "value": value} for item, value in self._dots(ballot, items, now)]
        if ballot["kind"] == "approval":
            return [{"proposal": item, "value": self.chance.choice((1, 1, 1, 0, -1))} for item in items[:MOST_AGREED]]
        if ballot["kind"] == "consent":
            return [self._consent(item, words) for item in items[:MOST_AGREED]]
        criteria = [one["id"] for one in ballot["criteria"]] or [""]
        points = len(ballot["anchors"])
        return [
            {"proposal": item, "value": self.chance.choice((0, *range(1, points + 1), points)), "criterion": criterion}
            | ({"pinned": 1} if criterion else {})
            for item in items[:MOST_AGREED]
            for criterion in criteria
        ]

    def _consent(self, item: str, words: RehearsalTexts) -> JSON:
        value = self.chance.choice((3, 3, 3, 3, 2, 1, 0))
        reason = {"reason": self.chance.choice(words.objections)} if value in (0, 2) else {}
        return {"proposal": item, "value": value} | reason

    def _dots(self, ballot: JSON, standing: list[str], mine: dict[str, int]) -> list[tuple[str, int]]:
        """Each move as (item, dots on it from now on): most spend all, some move one afterwards, some place one
        against."""
        budget, now = ballot["budget"], dict(mine)
        cap = ballot["cap"] or budget
        favourites = standing[: max(3, len(standing) // 2)]
        moves: list[tuple[str, int]] = []
        while sum(abs(dots) for dots in now.values()) < budget:
            open_ones = [p for p in favourites if 0 <= now.get(p, 0) < cap]
            if not open_ones:
                break
            moves.append(self._set(now, self.chance.choice(open_ones), 1))
        placed = [p for p in now if now[p] > 0 and p in standing]
        elsewhere = [p for p in standing if p not in now]
        if placed and elsewhere and self.chance.random() < 0.2:
            moves.append(self._set(now, self.chance.choice(placed), -1))
            moves.append(self._set(now, self.chance.choice(elsewhere), -1 if ballot["against"] else 1))
        return moves

    def _set(self, now: dict[str, int], proposal: str, more: int) -> tuple[str, int]:
        now[proposal] = now.get(proposal, 0) + more
        return proposal, now[proposal]


def _is_item(ballot: JSON, card: JSON) -> bool:
    kind, keys = ballot["of"]["kind"], ballot["of"]["keys"]
    return card["status"] == "standing" and card["kind"] == kind and (keys is None or card["key"] in keys)
