"""How synthetic people play each kind of step: one function a kind, and a table of them.

Side by side people get in each other's way, as in a real group: that a card was merged a moment ago, or that the lines
are full, is a normal answer.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from typing import Any

from ..library import RehearsalTexts
from .facilitator import Facilitator
from .people import Participant
from .window import Answered

JSON = dict[str, Any]

COLLECT_SECONDS, CLUSTER_SECONDS, VOTE_SECONDS, WRITE_SECONDS, LOOK_SECONDS = 5.0, 4.0, 4.0, 5.0, 1.0
NOT_FITTING = frozenset({"proposal_merged", "proposal_parked", "proposal_split", "proposal_withdrawn"})
SECOND_ROUND = 0.25


@dataclass
class Scene:
    """A board at a step, and who works there."""

    room: str
    step: JSON
    texts: tuple[str, ...]
    words: RehearsalTexts
    people: list[Participant]
    facilitator: Facilitator
    moderated: bool
    #: the boards of groups that have written lines
    with_lines: list[str]

    @property
    def state(self) -> JSON:
        return self.facilitator.window.rooms[self.room].ledger.state

    def standing(self, kind: str = "proposal") -> list[JSON]:
        cards = self.state["proposals"].values()
        return [card for card in cards if card["kind"] == kind and card["status"] == "standing"]

    async def shows(self, kind: str) -> None:
        """Wait until there is something of the kind to work on."""
        await self.facilitator.window.until(self.room, lambda state: bool(self.standing(kind)))

    async def everybody(self, act: Callable[[Participant], Awaitable[None]], seconds: float) -> None:
        """All who see the step open act, each at a moment of their own."""

        async def one(person: Participant) -> None:
            if await person.sees(self.room, self.step["id"]):
                await person.pace.pause(person.chance.uniform(0, seconds * 0.5))
                with contextlib.suppress(Answered):
                    await act(person)

        await gather(one(person) for person in self.people)

    async def do(self, person: Participant, name: str, /, **args: Any) -> JSON | None:
        """A command whose refusal is part of the play."""
        with contextlib.suppress(Answered):
            return await person.window.command(self.room, name, args)
        return None


async def play(scene: Scene) -> None:
    await PLAYED[scene.step["kind"]](scene)


async def talk(scene: Scene) -> None:
    await scene.facilitator.pace.pause(LOOK_SECONDS)


async def collect(scene: Scene) -> None:
    """Post, change one's mind, and say something to the others where the step has room for it."""
    limit = scene.step.get("limit")
    moderating = [scene.facilitator.moderate(scene.room, COLLECT_SECONDS)] if scene.moderated else []
    posting = [
        person.collect(scene.room, scene.step, scene.texts, len(scene.people), COLLECT_SECONDS, limit)
        for person in scene.people
    ]
    await gather([*posting, *moderating])
    await say_something(scene)


async def say_something(scene: Scene) -> None:
    async def act(person: Participant) -> None:
        cards = [card for kind in ("proposal", "line", "given") for card in scene.standing(kind)]
        if not cards:
            return
        if scene.step.get("comments") and person.chance.random() < 0.4:
            text = person.chance.choice(scene.words.comments)
            reply = await scene.do(person, "comment.post", proposal=person.chance.choice(cards)["id"], text=text)
            if reply and person.chance.random() < 0.1:
                await scene.do(person, "comment.withdraw", comment=reply["comment"])
        if scene.step.get("reactions"):
            await scene.do(person, "reaction.set", proposal=person.chance.choice(cards)["id"], kind="like")

    if scene.step.get("comments") or scene.step.get("reactions"):
        await scene.everybody(act, 1.0)


async def cluster(scene: Scene) -> None:
    """Two name themes, everybody sorts, some merge, one of them thinks better of it, one parks something."""
    for number, person in enumerate(scene.people[:2]):
        if await person.sees(scene.room, scene.step["id"]):
            await scene.do(person, "theme.name", name=person.chance.choice(scene.words.themes))
            if number == 1 and scene.state["themes"]:
                theme = next(iter(scene.state["themes"]))
                await scene.do(person, "theme.name", theme=theme, name=person.chance.choice(scene.words.themes))

    await scene.facilitator.window.until(scene.room, lambda state: bool(state["themes"]))

    async def act(person: Participant) -> None:
        cards, themes = [card["id"] for card in scene.standing()], list(scene.state["themes"])
        if not cards or not themes:
            return
        few = person.chance.sample(cards, min(2, len(cards)))
        await scene.do(person, "proposal.sort", proposals=few, theme=person.chance.choice(themes))

    await scene.everybody(act, CLUSTER_SECONDS)
    merging = scene.people[0]
    cards = scene.standing()
    if len(cards) >= 4:
        one, other = merging.chance.sample(cards, 2)
        args = {"proposals": [one["id"], other["id"]], "wording": f"{one['text'][:200]}; {other['text'][:200]}"}
        merged = await scene.do(merging, "proposal.merge", **args)
        if merged and merging.chance.random() < 0.3:
            await scene.do(merging, "proposal.split", proposal=merged["proposal"])
    if len(cards) >= 6 and merging.chance.random() < 0.5:
        parked = merging.chance.choice(scene.standing() or cards)["id"]
        await scene.do(merging, "proposal.park", proposal=parked)
        if merging.chance.random() < 0.5:
            await scene.do(merging, "proposal.unpark", proposal=parked)


async def vote(scene: Scene) -> None:
    await gather(person.vote(scene.room, scene.step["id"], VOTE_SECONDS, scene.words) for person in scene.people)
    await say_something(scene)
    facilitator = scene.facilitator
    ballot = scene.state["ballot"]
    if ballot and ballot["secrecy"] != "named" and next(facilitator.reads_paper):
        await facilitator.enter_paper(scene.room)
    if facilitator.chance.random() < SECOND_ROUND and ballot and ballot["kind"] == "consent":
        await facilitator.renew(scene.room)
        await gather(person.vote(scene.room, scene.step["id"], VOTE_SECONDS, scene.words) for person in scene.people)
    await facilitator.extend_timer(scene.room)


async def pulse(scene: Scene) -> None:
    await gather(person.vote(scene.room, scene.step["id"], VOTE_SECONDS, scene.words) for person in scene.people)


async def reveal(scene: Scene) -> None:
    await say_something(scene)
    with contextlib.suppress(Answered):
        await scene.facilitator.window.command(scene.room, "ballot.recount", {})
    await scene.facilitator.pace.pause(LOOK_SECONDS)


async def lines(scene: Scene) -> None:
    """Some write, others improve what they wrote, and somebody will report."""
    most = scene.step.get("lines", 3)

    async def act(person: Participant) -> None:
        written = scene.standing("line")
        if len(written) < most and person.chance.random() < 0.5:
            await scene.do(person, "proposal.post", text=person.chance.choice(scene.words.lines))
        elif written:
            line = person.chance.choice(written)
            await scene.do(person, "proposal.edit", proposal=line["id"], text=person.chance.choice(scene.words.lines))

    await scene.everybody(act, WRITE_SECONDS)
    first = scene.people[0]
    if not scene.standing("line"):
        await scene.do(first, "proposal.post", text=scene.words.lines[0])
    await scene.do(first, "rapporteur.name", person=first.person)
    await say_something(scene)


async def share(scene: Scene) -> None:
    """The facilitator brings in what the groups have agreed on; people answer."""
    for board in scene.with_lines:
        with contextlib.suppress(Answered):
            await scene.facilitator.window.command(scene.room, "lines.share", {"board": board})
    await say_something(scene)


async def draft(scene: Scene) -> None:
    """A first version, what people make of it, another wording that is adopted; then it is the event's text."""
    facilitator = scene.facilitator
    text = " ".join(facilitator.chance.choice(scene.words.drafts))
    await facilitator.window.command(scene.room, "draft.set", {"text": text})
    await scene.shows("phrase")

    async def act(person: Participant) -> None:
        phrases = scene.standing("phrase")
        if not phrases:
            return
        phrase = person.chance.choice(phrases)["id"]
        await scene.do(
            person, "reaction.set", proposal=phrase, kind=person.chance.choice(("support", "support", "concern"))
        )
        if person is scene.people[0] or person.chance.random() < 0.3:
            other = person.chance.choice(scene.words.alternatives)
            await scene.do(person, "comment.post", proposal=phrase, text=other, kind="alternative")

    await scene.everybody(act, WRITE_SECONDS)
    await facilitator.adopt_one(scene.room)
    await facilitator.word_text(scene.room, scene.step["text"])


async def plan(scene: Scene) -> None:
    """Improvements, how they will be done, and pledges."""

    async def post(person: Participant) -> None:
        if len(scene.standing()) < 6 or person.chance.random() < 0.2:
            await scene.do(person, "proposal.post", text=person.chance.choice(scene.texts))

    async def act(person: Participant) -> None:
        cards = scene.standing()
        if not cards:
            return
        card, chance = person.chance.choice(cards)["id"], person.chance
        organisations = list(scene.facilitator.event["organisations"])
        year = int(scene.facilitator.event["days"][0]["date"][:4]) + chance.randrange(scene.step.get("years", 4))
        partners = chance.sample(organisations, min(2, len(organisations)))
        when = {
            "year": year,
            "quarter": chance.randint(1, 4),
            "effort": chance.randint(1, 5),
            "impact": chance.randint(1, 5),
        }
        lead = {"lead": chance.choice(organisations)} if organisations else {}
        first = chance.choice(scene.words.first_steps)
        await scene.do(person, "roadmap.plan", proposal=card, partners=partners, first_step=first, **lead, **when)
        made = await scene.do(person, "pledge.make", proposal=card, text=chance.choice(scene.words.pledges))
        if made and chance.random() < 0.1:
            await scene.do(person, "pledge.withdraw", pledge=made["pledge"])

    await scene.everybody(post, WRITE_SECONDS / 2)
    await scene.shows("proposal")
    await scene.everybody(act, WRITE_SECONDS)
    await say_something(scene)


PLAYED: dict[str, Callable[[Scene], Awaitable[None]]] = {
    "talk": talk,
    "collect": collect,
    "cluster": cluster,
    "vote": vote,
    "pulse": pulse,
    "reveal": reveal,
    "lines": lines,
    "share": share,
    "draft": draft,
    "plan": plan,
}


async def gather(work: Iterable[Awaitable[Any]]) -> list[Any]:
    """All of it, side by side. If one fails the others are ended: nothing goes on behind a rehearsal that has
    stopped."""
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        return await asyncio.gather(*tasks)
    except BaseException:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        raise
