"""The server under rehearsal, as somebody at the door knows it: its address, and whether it is one of ours."""

from __future__ import annotations

import asyncio
import json
import random
import time
import uuid
from collections.abc import Awaitable, Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import TypeVar

import aiohttp
from yarl import URL

from ..store.db import running_server

PATIENCE_SECONDS = 60.0
"""So long people wait for a server that does not answer (it may be restarting) before they give up."""

T = TypeVar("T")


class RehearsalError(Exception):
    """The rehearsal cannot be played; the message says what to do."""


class Unanswered(Exception):
    """No answer came. Whether the server did what it was asked is unknown: ask again with the same id."""


class House:
    """Where the server is, by now: one that was restarted may be somewhere else."""

    def __init__(self, data: Path, url: str | None) -> None:
        self._data, self._given = data, url.rstrip("/") if url else None
        self._last = ""

    @property
    def url(self) -> str:
        self._last = self._given or running_server(self._data) or self._last
        return self._last

    async def require(self, http: aiohttp.ClientSession) -> None:
        """Raises RehearsalError unless a server of ours answers."""
        url = self.url
        if not url:
            raise RehearsalError(
                f"No server runs on the data folder {self._data}. Start it first (facilitator serve --data "
                f"{self._data}), or name another one with --url."
            )
        try:
            async with http.get(url + "/healthz", timeout=aiohttp.ClientTimeout(total=10)) as response:
                ours = response.status == 200 and json.loads(await response.text()).get("ok") is True
        except (aiohttp.ClientError, TimeoutError, OSError, aiohttp.InvalidURL) as error:
            raise RehearsalError(
                f"No server answers at {url} ({error or type(error).__name__}). Check --url, or start it."
            ) from None
        except (ValueError, AttributeError):
            ours = False
        if not ours:
            raise RehearsalError(f"What answers at {url} is not Facilitator. Check --url.")

    def browser(self, connector: aiohttp.TCPConnector) -> aiohttp.ClientSession:
        """A browser of one's own: a cookie jar. Cookies of an installation behind TLS also work beside it."""
        url = URL(self.url)
        trusted = [url.with_scheme(scheme).origin() for scheme in ("http", "ws")] if url.scheme == "http" else []
        jar = aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=trusted or None)
        return aiohttp.ClientSession(connector=connector, connector_owner=False, cookie_jar=jar)


async def patiently(what: str, do: Callable[[], Awaitable[T]], chance: random.Random) -> T:
    """Do it until it is answered. Raises RehearsalError when nothing has answered for a minute."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return await do()
        except (Unanswered, aiohttp.ClientError, TimeoutError, OSError) as error:
            if time.monotonic() > deadline:
                why = f" ({error})" if str(error) else ""
                raise RehearsalError(
                    f"The server did not answer for {PATIENCE_SECONDS:.0f} seconds: {what}{why}. See its log."
                ) from None
            await asyncio.sleep(chance.uniform(0.2, 0.6))


async def join(house: House, browser: aiohttp.ClientSession, code: str, name: str, organisation: str) -> str:
    """Come in with the join code, through the form. Returns the person's id.

    A form that was sent and not answered is sent again as it was: its hidden id lets nobody in twice.
    """
    form: dict[str, str] = {}

    async def once() -> str:
        nonlocal form
        if not form:
            async with browser.get(f"{house.url}/j/{code}") as page:
                _require_ours(house, page, "the join form", 200)
                form = _hidden_fields(await page.text())
            if "csrf_token" not in form:
                raise RehearsalError(f"The join form of {house.url} has no csrf_token. Is it this version?")
            form = {"id": str(uuid.uuid4()), **form}
        sent = {**form, "name": name, "organisation": organisation, "rehearsal": "1"}
        async with browser.post(f"{house.url}/j/{code}", data=sent, allow_redirects=False) as page:
            _require_ours(house, page, f"{name} who wants to join", 302)
            return URL(page.headers["Location"]).path.split("/")[2]

    return await patiently(f"{name} wants to join", once, random.Random())


async def open_link(house: House, browser: aiohttp.ClientSession, token: str, whose: str) -> None:
    """Open a personal link, and keep its cookie."""

    async def once() -> None:
        async with browser.get(f"{house.url}/p/{token}", allow_redirects=False) as page:
            _require_ours(house, page, f"the personal link of {whose}", 302)

    await patiently(f"the personal link of {whose}", once, random.Random())


async def download(house: House, browser: aiohttp.ClientSession, path: str, into: Path) -> None:
    async def once() -> bytes:
        async with browser.get(house.url + path) as page:
            _require_ours(house, page, path, 200)
            return await page.read()

    body = await patiently("the outcome", once, random.Random())
    into.parent.mkdir(parents=True, exist_ok=True)
    into.write_bytes(body)


def _require_ours(house: House, page: aiohttp.ClientResponse, what: str, status: int) -> None:
    if page.status >= 500 or page.status == 429:
        raise Unanswered(f"{page.status} for {what}")
    if page.status != status:
        raise RehearsalError(
            f"The server at {house.url} answers {page.status} to {what}. It may serve another data folder: check "
            "--url and --data."
        )


class _Inputs(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.hidden: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        field = dict(attrs)
        if tag == "input" and field.get("type") == "hidden" and (name := field.get("name")):
            self.hidden[name] = field.get("value") or ""


def _hidden_fields(page: str) -> dict[str, str]:
    inputs = _Inputs()
    inputs.feed(page)
    return inputs.hidden
