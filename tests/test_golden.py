"""verify_action: for every command, the state before and the events give the state after.

The cases are written down in tests/golden/*.json (`pytest --write-golden` writes them anew), where the client's reducer
has to come to the same states (test_client_js.py).
"""

from __future__ import annotations

import importlib
import json
import pkgutil
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from support import scenes
from support.camera import Camera, stop_the_clock
from support.house import House

from facilitator.commands import COMMANDS
from facilitator.domain.events import EVENTS, Event
from facilitator.store.db import Store

GOLDEN = Path(__file__).parent / "golden"
JSON = dict[str, Any]


@pytest.fixture
def camera(store: Store, monkeypatch: pytest.MonkeyPatch) -> Camera:
    stop_the_clock(monkeypatch)
    return Camera(House(store))


SCENES = {
    module.name: importlib.import_module(f"support.scenes.{module.name}").scene
    for module in pkgutil.iter_modules(scenes.__path__)
}


@pytest.mark.parametrize("name", SCENES)
def test_what_happens_is_as_written_down(name: str, camera: Camera, request: pytest.FixtureRequest) -> None:
    SCENES[name](camera)
    path = GOLDEN / f"{name}.json"
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in camera.cases)
    if request.config.getoption("--write-golden"):
        GOLDEN.mkdir(exist_ok=True)
        path.write_text(f"[\n{lines}\n]\n")
    written = json.loads(path.read_text())
    seen = json.loads(f"[{lines}]")
    for before, now in zip(written, seen, strict=True):
        assert now == before, f"{name}: {now['name']} has changed; if it should have: pytest --write-golden"


def all_cases() -> list[JSON]:
    return [case for path in sorted(GOLDEN.glob("*.json")) for case in json.loads(path.read_text())]


def test_every_command_and_every_event_is_written_down() -> None:
    cases = all_cases()
    assert {case["command"] for case in cases} == set(COMMANDS)
    assert {event["name"] for case in cases for event in case["events"]} == set(EVENTS)
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(SCENES)


def test_an_event_carries_just_the_fields_of_its_class() -> None:
    envelope = {"seq", "name", "at", "by", "me"}
    for case in all_cases():
        for event in case["events"]:
            kind = EVENTS[event["name"]]
            assert set(event) - envelope <= names(kind), event["name"]
            if not case["name"].endswith("(screen)"):
                assert set(event) - envelope == names(kind), event["name"]
                assert ("by" in event) == ("at" in event)
                assert "by" not in event or kind.signed
            assert event.get("me", False) == kind.asks_me


def names(kind: type[Event]) -> set[str]:
    return {field.name for field in fields(kind)}
