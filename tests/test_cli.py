"""The console: each command does what it says, and says what to do when it cannot."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from support.server import environment

from facilitator.settings import Settings
from facilitator.store.db import Store
from facilitator.store.models import Base

CONVERSATION = Path(__file__).parent / "data" / "affordable-housing"


@pytest.fixture
def console(settings: Settings) -> Any:
    def run(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", "from facilitator.cli import main; main()", *words]
        return subprocess.run(command, env=environment(settings, **env), capture_output=True, text=True, timeout=60)

    return run


def said(done: subprocess.CompletedProcess[str]) -> Any:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_help_lists_the_commands(console: Any) -> None:
    done = console("--help")
    for command in ("serve", "demo", "rehearse", "import-polis", "check", "report", "export-ballots", "migrate"):
        assert command in done.stdout


def test_the_sample_event_is_made_once_and_its_links_stay_the_same(console: Any) -> None:
    first, second = said(console("demo", "--json")), said(console("demo", "--json"))
    assert first == second
    assert set(first) == {"event", "join_code", "links"}
    assert set(first["links"]) == {"organiser", "facilitator", "projector", "participants"}
    assert len(set(first["links"]["participants"])) == 64


def test_a_conversation_is_imported_and_everything_adds_up_until_somebody_meddles(console: Any, store: Store) -> None:
    event = said(console("demo", "--json"))["event"]
    imported = said(console("import-polis", str(CONVERSATION), "--event", event, "--group", "Plenary", "--json"))
    assert set(imported) == {"board", "proposals", "voters", "votes", "tallies"}
    assert (imported["proposals"], len(imported["tallies"])) == (12, 12)
    assert sum(sum(tally.values()) for tally in imported["tallies"].values()) == imported["votes"]
    assert said(console("check", event, "--json"))["ok"] is True
    with store.writing() as db:
        db.execute(text("UPDATE room SET seq = seq + 1 WHERE id = :room"), {"room": f"event:{event}"})
    done = console("check", "--json")
    assert done.returncode == 1
    assert json.loads(done.stdout)["off"] == [f"event:{event}: its clock says 2, its log has 1 events up to 1"]


def test_unknown_events_and_groups_are_answered_with_those_that_there_are(console: Any) -> None:
    assert "This installation has no events yet." in console("check", "Bogotá").stderr
    event = said(console("demo", "--json"))["event"]
    assert event in console("check", "Bogotá").stderr
    done = console("import-polis", str(CONVERSATION), "--event", event, "--group", "Fire")
    assert done.returncode == 1
    assert "This event has no group “Fire”. It has: Plenary," in done.stderr


def test_a_rehearsal_without_a_server_says_how_to_start_one(console: Any) -> None:
    event = said(console("demo", "--json"))["event"]
    done = console("rehearse", event)
    assert done.returncode == 1
    assert "facilitator serve" in done.stderr


@pytest.mark.parametrize(
    ("variable", "value", "answer"),
    [
        ("FACILITATOR_PORT", "many", "FACILITATOR_PORT is “many”. Use a whole number."),
        ("FACILITATOR_ASYNC_MODE", "gevent", "Use eventlet or threading."),
        ("FACILITATOR_SECRET_KEY", "secret", "Use 32 random characters or more."),
        ("FACILITATOR_DATABASE_URL", "nonsense", "Use postgresql://user:password@host:5432/name"),
        ("FACILITATOR_DATABASE_URL", "postgresql+psycopg://localhost/x", "would stall the sockets"),
        ("FACILITATOR_DATABASE_URL", "postgresql://nobody@127.0.0.1:1/x", "The database cannot be opened"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named_with_what_to_do(
    console: Any, variable: str, value: str, answer: str
) -> None:
    done = console("demo", **{variable: value})
    assert done.returncode == 1
    assert answer in done.stderr
    assert "Traceback" not in done.stderr


def test_a_data_folder_that_cannot_be_is_named(console: Any, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = console("demo", "--data", str(tmp_path / "file" / "data"))
    assert done.returncode == 1
    assert "cannot be written" in done.stderr and "--data" in done.stderr


def test_migrating_is_safe_to_repeat_and_a_newer_schema_is_refused(console: Any, store: Store) -> None:
    assert console("migrate").returncode == console("migrate").returncode == 0
    with store.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    done = console("demo")
    assert done.returncode == 1
    assert "newer than this version of Facilitator" in done.stderr


def test_the_models_and_the_migrations_say_the_same(store: Store) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), Base.metadata) == []


def test_the_console_writes_reports_and_ballots_and_says_what_cannot_be(console: Any, tmp_path: Path) -> None:
    event = said(console("demo", "--json"))["event"]
    for format, start in (("pdf", b"%PDF"), ("docx", b"PK"), ("xlsx", b"PK"), ("csv", b"PK"), ("json", b"{")):
        path = tmp_path / f"out.{format}"
        done = console("report", event, "--format", format, "-o", str(path))
        assert done.returncode == 0, done.stderr
        assert path.read_bytes().startswith(start)
    spanish = tmp_path / "brief.html"
    console("report", event, "--format", "html", "--depth", "brief", "--lang", "es", "-o", str(spanish))
    assert '<html lang="es">' in spanish.read_text() and "annex" not in spanish.read_text()
    done = console("report", event, "--format", "json", "--depth", "brief", "-o", str(tmp_path / "x"))
    assert done.returncode == 2 and "Leave --depth and --lang out" in done.stderr
    done = console("report", event, "--format", "pdf", "-o", str(tmp_path / "nowhere" / "x.pdf"))
    assert done.returncode == 1 and "cannot be written" in done.stderr
    assert console("export-ballots", event, "-o", str(tmp_path / "b.zip")).returncode == 0
