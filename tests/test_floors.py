"""The rooms of the house: each floor imports only floors below it (docs: DESIGN, "Rooms of the house")."""

from __future__ import annotations

import ast
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HOUSE = ROOT / "facilitator"
FILES = sorted(path for path in HOUSE.rglob("*.py") if not {"versions", "translations"} & set(path.parts))

BELOW: dict[str, set[str]] = {
    "settings": set(),
    "domain": set(),
    "library": {"domain"},
    "store": {"settings"},
    "limits": {"domain"},
    "beside": set(),
    "i18n": set(),
    "translations": {"i18n"},
    "access": {"domain", "store"},
    "snapshot": {"domain", "store", "access"},
    "pictures": {"domain"},
    "forgetting": {"domain", "store", "i18n"},
    "commands": {"domain", "store", "access", "snapshot", "library", "recount", "pictures", "forgetting"},
    "copying": {"domain", "store", "access", "commands", "pictures"},
    "archive": {
        "domain",
        "store",
        "access",
        "commands",
        "library",
        "snapshot",
        "recount",
        "outcomes",
        "i18n",
        "settings",
    },
    "spreadsheet": {"domain"},
    "founding": {"domain", "store", "access", "library", "commands"},
    "outcomes": {"domain", "store", "access", "snapshot", "i18n"},
    "recount": {"domain", "store", "access", "snapshot", "recount_ratification"},
    "recount_ratification": {"domain", "store"},
    "slips": {"domain", "store", "access", "snapshot", "outcomes", "i18n"},
    "reports": {"domain", "settings", "store", "outcomes", "slips", "i18n"},
}
"""Floor -> the floors that it may use. Those that are not listed (live, web, the ways in) stand on top."""

ABOVE_THE_STORE = {"flask", "flask_socketio", "flask_wtf", "socketio", "engineio", "eventlet", "werkzeug"}
DATABASE = {"sqlalchemy", "alembic", "sqlite3", "psycopg2"}


def imported(path: Path) -> set[str]:
    """Full names of all modules that a file imports, wherever in it and however written."""
    package = ("facilitator", *path.relative_to(HOUSE).parent.parts)
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            start = ".".join([*base, *([node.module] if node.module else [])])
            names |= {start} | {f"{start}.{alias.name}" for alias in node.names}
    return names


def floor(path: Path) -> str:
    return path.relative_to(HOUSE).parts[0].removesuffix(".py")


def floors_used(path: Path) -> set[str]:
    all_floors = {floor(other) for other in FILES} - {"__init__"}
    used = {name.split(".")[1] for name in imported(path) if name.startswith("facilitator.")}
    return (used & all_floors) - {floor(path)}


def test_the_reader_of_imports_sees_relative_ones() -> None:
    file = HOUSE / "commands" / "context.py"
    assert {"facilitator.access", "facilitator.store.models", "sqlalchemy"} <= imported(file)


def test_a_floor_imports_only_floors_below_it() -> None:
    for path in FILES:
        if floor(path) in BELOW:
            assert floors_used(path) <= BELOW[floor(path)], path


def test_every_floor_that_rules_or_stores_is_listed() -> None:
    on_top = {"live", "web", "cli", "serving", "demo", "polis", "rehearsal", "rehearsing", "__init__", "__main__"}
    assert {floor(path) for path in FILES} - on_top <= set(BELOW) | on_top
    assert {"domain", "store", "access", "commands", "snapshot"} <= set(BELOW)


def test_only_the_edges_know_the_web_and_only_the_store_opens_the_database() -> None:
    for path in FILES:
        outside = {name.split(".")[0] for name in imported(path)}
        if floor(path) in BELOW:
            assert not outside & ABOVE_THE_STORE, path
        if floor(path) in ("domain", "library", "settings", "limits", "i18n"):
            assert not outside & DATABASE, path
        if floor(path) != "store":
            assert not outside & {"sqlite3", "psycopg2", "alembic"}, path
        assert "eventlet" not in outside, path


def test_rules_do_no_input_or_output() -> None:
    banned = {"os", "socket", "subprocess", "time", "random", "secrets", "pathlib", "logging", "threading", "requests"}
    for path in (HOUSE / "domain").rglob("*.py"):
        assert not {name.split(".")[0] for name in imported(path)} & banned, path.name


def test_eventlet_is_named_in_run_py_alone() -> None:
    assert "import eventlet" in (ROOT / "run.py").read_text()
