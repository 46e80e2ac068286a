"""The run of the day: who comes, and what happens in which order."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
from sqlalchemy import case, select

from .. import recount
from ..access import link_token
from ..library import RehearsalTexts, rehearsal_texts
from ..settings import Settings
from ..store.db import Store
from ..store.models import Event, Group, JoinCode, Organisation, Person, Seat
from . import ending, steering
from .acts import Scene, gather, play
from .audit import Audit, conclusions_of, proposals_of, votes_of
from .facilitator import Facilitator
from .house import House, RehearsalError, download, join, open_link
from .ledger import Ledger
from .people import Pace, Participant
from .report import Report
from .tape import Tape, percentile
from .window import Window

JSON = dict[str, Any]
FLAKY = 0.1
SETTLE_SECONDS = 10.0
AT_THE_DOOR = 8
UNNAMED = 4
"""One in so many does not say that they may be named in the report."""
"""So many join at the same moment."""


@dataclass(frozen=True)
class Seated:
    """Somebody who has a personal link already."""

    id: str
    name: str
    organisation: str
    token: str


@dataclass(frozen=True)
class Cast:
    """What has to be known of an event before anybody comes."""

    code: str
    facilitator: Seated
    organisations: list[tuple[str, str]]
    #: of the groups beside the base groups, whom nobody can join by code: those who play their roster (sample events)
    overlay: list[Seated]
    #: the people of earlier rehearsals
    earlier: frozenset[str]


class Rehearsal:
    def __init__(
        self,
        settings: Settings,
        store: Store,
        event: str,
        people: int,
        speed: float,
        url: str | None,
        seed: int | None,
        progress: Callable[[int, int, str], None],
    ) -> None:
        self.settings, self.store, self.event, self.people = settings, store, event, people
        self.house = House(settings.data, url)
        self.pace = Pace(speed)
        self.seed = seed if seed is not None else random.SystemRandom().randrange(10**9)
        self.chance = random.Random(self.seed)
        self.texts: RehearsalTexts = rehearsal_texts()
        self.tape = Tape()
        self.audit = Audit()
        self.participants: list[Participant] = []
        self._with_lines: list[str] = []
        self._progress, self._done, self._total = progress, 0, people

    async def play(self) -> Report:
        started = time.monotonic()
        cast = read_cast(self.store, self.event, self.people)
        before = proposals_of(self.store, self.event)
        concluded = conclusions_of(self.store, self.event)
        self._connector = aiohttp.TCPConnector(limit=0, force_close=True)
        self._browsers: list[aiohttp.ClientSession] = []
        windows: list[Window] = []
        try:
            await self.house.require(self._browser())
            windows.append(await self._open_facilitator(cast))
            voted = await self._bring_people(cast, windows)
            await self._play_agenda()
            await self._settle([(w.name, w.rooms[room].ledger) for w in windows for room in self._common(w)])
            path = await self._download(cast)
        finally:
            await asyncio.gather(*(window.close() for window in windows), return_exceptions=True)
            for browser in self._browsers:
                await browser.close()
            await self._connector.close()
        seconds = time.monotonic() - started
        self.audit.commands_against_database(self.store, self.tape)
        joined = {person.person: person.name for person in self.participants}
        self.audit.strays(self.store, self.event, joined, cast.earlier, before, self.tape)
        return self._report(seconds, concluded, voted, str(path))

    # --- who comes ----------------------------------------------------------------------------------------------

    async def _open_facilitator(self, cast: Cast) -> Window:
        browser = self._browser()
        await open_link(self.house, browser, cast.facilitator.token, cast.facilitator.name)
        window = self._window(browser, cast.facilitator.id, cast.facilitator.name)
        self.facilitator = Facilitator(window, self.pace, random.Random(f"{self.seed} facilitator"))
        await window.open(f"event:{self.event}")
        for day in self._agenda["days"]:
            await window.follow(f"day:{day['id']}")
        self._total += sum(1 + len(s["boards"]) for day in self._agenda["days"] for s in day["sessions"])
        self._total += len(self._agenda["days"])
        return window

    async def _bring_people(self, cast: Cast, windows: list[Window]) -> set[tuple[str, str]]:
        """Everybody comes in. Returns the votes that some of them had cast at an earlier rehearsal."""
        door = asyncio.Semaphore(AT_THE_DOOR)

        async def come(number: int) -> None:
            chance = random.Random(f"{self.seed} {number}")
            async with door:
                await self.pace.pause(chance.uniform(0, 0.5))
                browser = self._browser()
                if number < len(cast.overlay):
                    seated = cast.overlay[number]
                    await open_link(self.house, browser, seated.token, seated.name)
                    person, name, organisation = seated.id, seated.name, seated.organisation
                else:
                    name = self.texts.name(len(cast.earlier) + number - len(cast.overlay))
                    listed, organisation = chance.choice(cast.organisations or [("", "")])
                    person = await join(self.house, browser, cast.code, name, listed)
                window = self._window(browser, person, name, chance)
                windows.append(window)
                await window.open(f"event:{self.event}")
                if number % UNNAMED:
                    await window.command(f"event:{self.event}", "naming.agree", {"agreed": True})
            groups = window.rooms[f"event:{self.event}"].ledger.me["groups"]
            flaky = number in broken
            self.participants.append(Participant(window, name, organisation, groups, self.pace, chance, flaky))
            self._step(f"{name} has come in")

        broken = set(self.chance.sample(range(self.people), max(1, round(self.people * FLAKY))))
        await gather(come(number) for number in range(self.people))
        return votes_of(self.store, self.event, [seated.id for seated in cast.overlay])

    # --- the agenda ---------------------------------------------------------------------------------------------

    @property
    def _agenda(self) -> JSON:
        return self.facilitator.window.rooms[f"event:{self.event}"].ledger.state

    async def _play_agenda(self) -> None:
        days = [f"day:{day['id']}" for day in self._agenda["days"]]
        for room, day in zip(days, list(self._agenda["days"]), strict=True):
            await ending.begin_day(self.facilitator, room)
            for session in list(day["sessions"]):
                await self._play_session(room, session)
            await ending.end_day(self.facilitator, room, self.participants, self.texts)
            self._step(f"Day {day['number']} is closed")
        await ending.decide(self.facilitator, days)

    async def _play_session(self, day: str, session: JSON) -> None:
        room = f"event:{self.event}"
        await self.facilitator.window.command(room, "session.open", {"session": session["id"]})
        seated = self._seat_people(session)
        busy = [f"board:{board}" for board in seated]
        for board in busy:
            await self.facilitator.window.follow(board)
        await gather(
            self._come_to_board(person, session["id"], f"board:{board}", day)
            for board, people in seated.items()
            for person in people
        )
        if busy:
            await steering.begin(self.facilitator, session, busy)
        moderated = self.chance.choice(list(seated)) if seated else None
        made = await gather(
            self._play_board(f"board:{board}", people, session, board == moderated, day)
            for board, people in seated.items()
        )
        await self.facilitator.edit_conclusions(day, [conclusion for few in made for conclusion in few])
        if busy:
            await steering.gather_themes(self.facilitator, day, busy)
            await steering.share_back(self.facilitator, day, busy)
            await steering.leave(self.facilitator, busy)
        await self.facilitator.window.command(room, "session.close", {"session": session["id"]})
        await self._leave_boards(busy)
        self._step(f"{session['title']} is over", 1 + len(session["boards"]) - len(seated))

    def _seat_people(self, session: JSON) -> dict[str, list[Participant]]:
        """Board -> who works there: those who have a seat beside the base groups go there. Empty boards stay closed."""
        kinds = {id: group["kind"] for id, group in self._agenda["groups"].items()}
        boards = {board["group"]: board["id"] for board in session["boards"]}
        seated: dict[str, list[Participant]] = {}
        for person in self.participants:
            open_to = [g for g in boards if g in person.groups or kinds[g] == "plenary"]
            open_to.sort(key=lambda group: ("overlay", "breakout", "plenary").index(kinds[group]))
            if open_to:
                seated.setdefault(boards[open_to[0]], []).append(person)
        return seated

    async def _come_to_board(self, person: Participant, session: str, board: str, day: str) -> None:
        if await person.window.until(f"event:{self.event}", lambda state: bool(state["now"] == session)):
            await person.window.follow(board)
            await person.window.follow(day)

    async def _play_board(
        self, board: str, people: list[Participant], session: JSON, moderated: bool, day: str
    ) -> list[str]:
        state = self.facilitator.window.rooms[board].ledger.state
        texts = self.texts.about(state["prompt"], state["group_name"], state["title"])
        for step in state["activity"]["steps"]:
            await self.facilitator.open_step(board, step)
            await self.facilitator.start_timer(board, step["minutes"])
            lines = [written for written in self._with_lines if written != board.removeprefix("board:")]
            moderates = moderated and step["kind"] == "collect"
            scene = Scene(board, step, texts, self.texts, people, self.facilitator, moderates, lines)
            await play(scene)
            if step["kind"] == "collect":
                await steering.attend(scene)
                await steering.come_late(scene, people[0])
            if step["kind"] == "lines" and board.removeprefix("board:") not in self._with_lines:
                self._with_lines.append(board.removeprefix("board:"))
        await steering.answer_parked(self.facilitator, board)
        made = await self.facilitator.promote_best(board, day, self.chance.choice((1, 2)))
        self._step(f"{session['title']}: {state['group_name']}")
        return made

    async def _leave_boards(self, boards: list[str]) -> None:
        """Everybody's page is held against the database, then closed."""
        windows = [self.facilitator.window, *(person.window for person in self.participants)]
        here = [(w, w.rooms[board].ledger) for w in windows for board in boards if board in w.rooms]
        await self._settle([(window.name, ledger) for window, ledger in here])
        await gather(window.leave(ledger.room) for window, ledger in here)

    async def _settle(self, pages: list[tuple[str, Ledger]]) -> None:
        """Wait until what is on its way has arrived, then compare."""
        for window in [self.facilitator.window, *(person.window for person in self.participants)]:
            await window.require_online(time.monotonic() + SETTLE_SECONDS * 6)
        deadline = time.monotonic() + SETTLE_SECONDS
        while self.audit.is_behind(self.store, pages) and time.monotonic() < deadline:
            await asyncio.sleep(0.2)
        self.audit.pages_against_rooms(self.store, pages)

    def _common(self, window: Window) -> list[str]:
        return [room for room in window.rooms if not room.startswith("board:")]

    # --- afterwards ---------------------------------------------------------------------------------------------

    async def _download(self, cast: Cast) -> Any:
        moment = datetime.now().strftime("%Y%m%d-%H%M%S")
        path = (self.settings.data / "rehearsals" / f"{self.event}-{moment}.html").absolute()
        facilitator = self.facilitator.window
        await download(self.house, facilitator.browser, f"/s/{cast.facilitator.id}/outcome.html", path)
        return path

    def _report(self, seconds: float, concluded: set[str], voted: set[tuple[str, str]], path: str) -> Report:
        joined = {person.person for person in self.participants}
        latencies = self.tape.latencies_ms()
        return Report(
            people=len(self.participants),
            proposals=len(proposals_of(self.store, self.event) & self.tape.sent),
            votes=len(votes_of(self.store, self.event, joined) - voted),
            conclusions=len(conclusions_of(self.store, self.event) - concluded),
            commands=len(self.tape.acknowledged),
            deliveries=self.tape.deliveries,
            lost=self.audit.lost,
            doubled=self.audit.doubled,
            p50_ms=percentile(latencies, 50),
            p95_ms=percentile(latencies, 95),
            p99_ms=percentile(latencies, 99),
            outcome=path,
            seconds=seconds,
            pages=self.audit.pages,
            cuts=self.tape.cuts,
            reconnections=self.tape.reconnections,
            refused=dict(self.tape.refused),
            findings=self.audit.findings,
            off=recount.check(self.store, self.event).off,
        )

    def _browser(self) -> aiohttp.ClientSession:
        browser = self.house.browser(self._connector)
        self._browsers.append(browser)
        return browser

    def _window(
        self, browser: aiohttp.ClientSession, person: str, name: str, chance: random.Random | None = None
    ) -> Window:
        return Window(self.house, browser, person, name, self.tape, chance or random.Random(f"{self.seed} {name}"))

    def _step(self, what: str, steps: int = 1) -> None:
        self._done += steps
        self._progress(self._done, self._total, what)


def read_cast(store: Store, event: str, people: int) -> Cast:
    """Who is there already. Raises RehearsalError where the event cannot be rehearsed."""
    with store.reading() as db:
        row = db.execute(select(Event.id, Event.sample).where(Event.id == event)).one_or_none()
        if row is None:
            raise RehearsalError(f"There is no event “{event}” here. Check its id, and --data.")
        code = db.execute(
            select(JoinCode.code).where(JoinCode.event == event, JoinCode.expired_at.is_(None))
        ).scalar_one_or_none()
        facilitator = db.execute(
            select(Person.id, Person.name, Person.link)
            .where(Person.event == event, Person.role == "facilitator", Person.account.is_(None))
            .order_by(case((Person.origin == "rehearsal", 0), else_=1), Person.created_at)
            .limit(1)
        ).one_or_none()
        if code is None or facilitator is None:
            raise RehearsalError("The event has no join code or no facilitator with a personal link. Add them first.")
        organisations = db.execute(
            select(Organisation.id, Organisation.name).where(Organisation.event == event).order_by(Organisation.name)
        ).all()
        overlay = db.execute(
            select(
                Person.id, Person.name, Person.link, Person.created_at, Organisation.name.label("organisation")
            )  # PostgreSQL orders distinct rows only by what they hold
            .join(Seat, Seat.person == Person.id)
            .join(Group, Group.id == Seat.group)
            .outerjoin(Organisation, Organisation.id == Person.organisation)
            .where(Person.event == event, Person.role == "participant", Group.kind == "overlay")
            .order_by(Person.created_at, Person.id)
            .distinct()
        ).all()
        earlier = db.execute(select(Person.id).where(Person.event == event, Person.origin == "rehearsal")).scalars()
        few = max(0, min(len(overlay), people // 8)) if row.sample is not None else 0
        return Cast(
            code=code,
            facilitator=Seated(
                facilitator.id, facilitator.name, "", link_token(store.key, facilitator.id, facilitator.link)
            ),
            organisations=[(id, name) for id, name in organisations],
            overlay=[
                Seated(p.id, p.name, p.organisation or "", link_token(store.key, p.id, p.link)) for p in overlay[:few]
            ],
            earlier=frozenset(earlier),
        )
