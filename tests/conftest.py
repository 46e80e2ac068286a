"""Fixtures: a store, a house on it, a server. `--store postgresql` runs all that needs a database on PostgreSQL."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from playwright.sync_api import Browser
from support.agenda import everything, workshop_of
from support.browser import chromium
from support.databases import Postgres, Sqlite
from support.hall import Hall
from support.house import House
from support.server import Server
from support.small import concluded, hostile, small, voted  # noqa: F401 - fixtures

from facilitator.settings import Settings
from facilitator.store.db import Store

hypothesis_settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")


LONG = re.compile(
    "test_(archive|editions|erasure|golden|grouping|may|outcome|pictures|ratification|recount|research|rotation|secrecy"
    "|slips|stateful|voting)"
)
"""Files of tests that take seconds: `make check` leaves them to `make test`."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--store", choices=("sqlite", "postgresql"), default="sqlite", help="the database to test on")
    parser.addoption("--write-golden", action="store_true", help="write tests/golden/*.json anew")


def pytest_report_header(config: pytest.Config) -> str:
    return f"store: {config.getoption('--store')}, sockets: {os.environ.get('FACILITATOR_TEST_ASYNC', 'eventlet')}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whatever has a store depends on the storage; a server starts a process, and a page needs a Chromium."""
    for item in items:
        if LONG.match(item.path.name):
            item.add_marker("long")
        names = getattr(item, "fixturenames", ())
        if "chrome" in names:
            item.add_marker("browser")
        if "databases" in names:
            item.add_marker("storage")
        if {"serve", "server", "console"} & set(names):
            item.add_marker("server")
    # Two workers share the files as they come: those that start processes take longest, so they come first.
    slow = {item.path for item in items if item.get_closest_marker("server")}
    items.sort(key=lambda item: item.path not in slow)


@pytest.fixture(scope="session")
def databases(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    kind = Postgres if request.config.getoption("--store") == "postgresql" else Sqlite
    made = kind(tmp_path_factory.mktemp("databases"))
    yield made
    made.stop()


class Installation:
    """One running server for all tests that are content with an event of their own on it."""

    def __init__(self, databases: Any, folder: Path) -> None:
        self.settings: Settings = databases.settings(folder)
        self._server: Server | None = None

    def server(self) -> Server:
        if self._server is None or self._server.process.poll() is not None:
            self._server = Server(self.settings)
        return self._server

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()


@pytest.fixture(scope="session")
def installation(databases: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    made = Installation(databases, tmp_path_factory.mktemp("installation") / "data")
    yield made
    made.stop()
    databases.drop(made.settings)


@pytest.fixture
def settings(request: pytest.FixtureRequest, databases: Any, tmp_path: Path) -> Iterator[Settings]:
    """Settings of a fresh, migrated, empty installation; with a `server`, of the one that it serves."""
    if "server" in request.fixturenames:
        yield request.getfixturevalue("installation").settings
        return
    made = databases.settings(tmp_path / "data")
    yield made
    databases.drop(made)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    made = Store(settings)
    yield made
    made.close()


@pytest.fixture
def house(store: Store) -> House:
    """The workshop, before anybody has arrived."""
    return House(store)


@pytest.fixture
def full_house(house: House) -> House:
    """The workshop with everybody there."""
    house.everybody_arrives()
    return house


@pytest.fixture
def serve(settings: Settings) -> Iterator[Any]:
    """Start servers on this installation: `serve()`; whatever still runs at the end is ended."""
    running: list[Server] = []

    def start(**options: Any) -> Server:
        running.append(Server(settings, **options))
        return running[-1]

    yield start
    for server in running:
        server.stop()


@pytest.fixture
def server(installation: Installation) -> Iterator[Server]:
    """A server on which the test's own workshop waits. Whatever a test does to it, it is well afterwards."""
    server = installation.server()
    yield server
    server.is_well()


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """A Chromium for the tests of a file, not for all: its driver keeps the event loop to itself."""
    with chromium() as started:
        yield started


@pytest.fixture
def hall(store: Store, server: Server, chrome: Browser) -> Iterator[Hall]:
    """A served workshop with every kind of step, and its people at their pages."""
    made = Hall(House(store, workshop_of(everything())), server, chrome)
    yield made
    made.empties()
