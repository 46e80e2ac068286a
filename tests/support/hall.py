"""A served workshop with every kind of step, and its people at their pages."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Locator

from facilitator import recount
from facilitator.library import Agenda
from facilitator.store.db import Store

from .agenda import everything, workshop_of
from .browser import PHONE, Visitor
from .house import House

SEND = """async ([as, room, name, args]) => (await fetch("/api/commands", {method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify({as, id: crypto.randomUUID(), room, name, args})})).json()"""


class Hall:
    def __init__(self, store: Store, url: str, chrome: Browser, agenda: Agenda | None = None) -> None:
        self.house = House(store, agenda or workshop_of(everything()))
        self.url, self.chrome = url, chrome
        self.visitors: list[Visitor] = []
        self.water = self.house.board("Water")

    def comes(
        self, name: str, size: tuple[int, int] = PHONE, *, dark: bool = False, board: str | None = None
    ) -> Visitor:
        visitor = Visitor(self.chrome, name, size, dark=dark)
        self.visitors.append(visitor)
        door = "projector" if name == "Screen" else "p"
        visitor.page.goto(f"{self.url}/{door}/{self.house[name].link()}")
        visitor.page.locator("#app main").wait_for()
        if name != "Screen":
            self.goes(visitor, board or self.water)
        return visitor

    def at(self, name: str, page: str, size: tuple[int, int] = PHONE, *, dark: bool = False) -> Visitor:
        """Somebody at a page that is not a board."""
        visitor = Visitor(self.chrome, name, size, dark=dark)
        self.visitors.append(visitor)
        visitor.page.goto(f"{self.url}/p/{self.house[name].link()}")
        visitor.page.get_by_role("heading", level=1).first.wait_for()
        visitor.page.goto(f"{self.url}/s/{self.house[name].id}/{page}")
        visitor.page.get_by_role("heading", level=1).first.wait_for()
        return visitor

    def goes(self, visitor: Visitor, board: str) -> None:
        visitor.page.goto(f"{self.url}/s/{self.house[visitor.name].id}/board/{board.removeprefix('board:')}")
        visitor.page.locator(".board-main").wait_for()

    def does(self, visitor: Visitor, room: str, name: str, **args: Any) -> Any:
        reply = visitor.page.evaluate(SEND, [self.house[visitor.name].id, room, name, args])
        assert reply["ok"], reply
        return reply

    def opens(self, visitor: Visitor, step: str, board: str | None = None) -> None:
        self.does(visitor, board or self.water, "step.open", step=step)

    def empties(self) -> None:
        """Everybody closes their browser."""
        for visitor in self.visitors:
            visitor.context.close()

    def is_well(self) -> None:
        problems = [problem for visitor in self.visitors for problem in visitor.problems]
        assert not problems, "\n".join(problems)
        assert recount.check(self.house.store).off == []


def card(visitor: Visitor, text: str) -> Locator:
    return visitor.page.locator("[data-proposal]", has_text=text).first
