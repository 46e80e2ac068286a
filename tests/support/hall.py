"""A served workshop, and its people at their pages."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Browser, Locator

from facilitator import recount

from .browser import PHONE, Visitor
from .house import House
from .server import Server

SEND = """async ([as, room, name, args]) => (await fetch("/api/commands", {method: "POST",
    headers: {"Content-Type": "application/json"},
    body: JSON.stringify({as, id: crypto.randomUUID(), room, name, args})})).json()"""


class Hall:
    def __init__(self, house: House, server: Server, chrome: Browser) -> None:
        self.house, self.server, self.chrome = house, server, chrome
        self.url = server.url
        self.visitors: list[Visitor] = []

    @property
    def water(self) -> str:
        """The board that most tests are about."""
        return self.house.board("Water")

    def comes(
        self, name: str, size: tuple[int, int] = PHONE, *, dark: bool = False, board: str | None = None
    ) -> Visitor:
        """Somebody at a board; the `Screen` at its projector's page."""
        return self.at(name, board or ("" if name == "Screen" else self.water), size, dark=dark)

    def at(self, name: str, page: str, size: tuple[int, int] = PHONE, *, dark: bool = False) -> Visitor:
        """Somebody, in a browser of their own, at a page: `board:ID`, `day:ID`, `mine`; empty: where a link leads."""
        visitor = self.stranger(name, size, dark=dark)
        if name == "Screen":
            visitor.page.goto(f"{self.url}/projector/{self.house[name].link()}")
            visitor.page.locator("#app main").wait_for()
        else:
            visitor.context.request.get(f"{self.url}/p/{self.house[name].link()}")
            self.goes(visitor, page)
        return visitor

    def stranger(self, name: str, size: tuple[int, int] = PHONE, *, dark: bool = False) -> Visitor:
        """Whoever has a browser, and no link."""
        visitor = Visitor(self.chrome, name, size, dark=dark)
        self.visitors.append(visitor)
        return visitor

    def goes(self, visitor: Visitor, page: str) -> None:
        visitor.page.goto(f"{self.url}/s/{self.house[visitor.name].id}/{page.replace(':', '/')}")
        visitor.page.locator(".board-main" if page.startswith("board") else "main h1").first.wait_for()

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


def conclusion(visitor: Visitor, text: str) -> Locator:
    return visitor.page.locator(".conclusion", has_text=text).first


def dialog(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("dialog")


def tile(visitor: Visitor, group: str) -> Locator:
    return visitor.page.locator(".tile", has=visitor.page.get_by_role("heading", name=group, exact=True))
