"""Starting: what a server needs, and what it says where it cannot have it."""

from __future__ import annotations

import re
import socket
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from support.databases import KEY
from support.patience import until
from support.server import Browser, Server, start

from facilitator.settings import Settings
from facilitator.store.db import Store, head_revision
from facilitator.web.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD

pytestmark = pytest.mark.server


def refused(settings: Settings, *options: str, **env: str) -> str:
    """What a server says that cannot start."""
    done = start(settings, *options, **env)
    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done.stderr


def test_a_second_server_on_the_same_folder_is_refused_and_the_first_goes_on(server: Server) -> None:
    said = refused(server.settings, "--port", "0")
    assert "already runs on the data folder" in said and server.url in said and "--data" in said
    server.is_well()


def test_a_second_server_on_the_same_port_is_refused_and_the_first_goes_on(server: Server, tmp_path: Path) -> None:
    other = Settings(data=tmp_path / "other", secret_key=KEY)
    said = refused(other, "--port", str(server.port))
    assert f"Port {server.port} is in use by another program" in said and "--port" in said
    for _ in range(10):
        server.is_well()


def test_a_port_of_another_program_is_said(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        assert f"Port {port} is in use" in refused(Settings(data=tmp_path, secret_key=KEY), "--port", port)


def test_a_data_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", Path("/proc/nothing"), Path("/dev/null/x")):
        said = refused(Settings(data=folder, secret_key=KEY), "--port", "0")
        assert f"The data folder {folder} cannot be written" in said and "--data" in said


def test_a_data_folder_that_is_missing_is_made(tmp_path: Path) -> None:
    server = Server(Settings(data=tmp_path / "a" / "b", secret_key=KEY))
    try:
        server.is_well()
        assert (tmp_path / "a" / "b" / "facilitator.sqlite").exists()
    finally:
        server.stop()


@pytest.mark.parametrize(
    ("url", "part"),
    [
        ("postgresql+psycopg://u@127.0.0.1/d", "psycopg2"),
        ("postgresql://u@127.0.0.1:1/d", "Check FACILITATOR_DATABASE_URL"),
        ("postgresql://u@/d?host=/nowhere", "Check FACILITATOR_DATABASE_URL"),
        ("mysql://u@h/d", "not supported"),
        ("half a thought", "postgresql://user:password@host:5432/name"),
        ("postgresql://u@h:port/d", "not a database address"),
    ],
)
def test_a_database_address_that_cannot_be_is_said(tmp_path: Path, url: str, part: str) -> None:
    settings = Settings(data=tmp_path, secret_key=KEY, database_url=url)
    assert part in refused(settings, "--port", "0")


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "facilitator.sqlite").write_text("This is a shopping list, and a long one. " * 100)
    assert "database cannot be opened" in refused(Settings(data=tmp_path, secret_key=KEY), "--port", "0")


def test_a_newer_schema_is_refused_and_left_alone(settings: Settings, store: Store) -> None:
    with store.writing() as db:
        db.execute(text("UPDATE alembic_version SET version_num = '9999_from_the_future'"))
    said = refused(settings, "--port", "0")
    assert "newer than this version" in said and head_revision() in said and "backup" in said
    assert store.revision() == "9999_from_the_future"


@pytest.mark.parametrize("setting", ["FACILITATOR_ASYNC_MODE", "FACILITATOR_LOG_LEVEL"])
def test_a_setting_that_cannot_be_is_said(tmp_path: Path, setting: str) -> None:
    settings = Settings(data=tmp_path, secret_key=KEY)
    env = {"FACILITATOR_ASYNC_MODE": "threading", setting: "nonsense"}
    assert f"{setting} is “nonsense”" in refused(settings, "--port", "0", **env)


def test_readyz_says_no_while_the_schema_is_missing_and_healthz_says_yes(serve: Any, store: Store) -> None:
    server = serve()
    browser = Browser(server.url)
    assert browser.get("/readyz").json() == {"ok": True, "schema": head_revision()}
    with store.writing() as db:
        db.execute(text("DELETE FROM alembic_version"))
    answer = browser.get("/readyz")
    assert answer.status_code == 503 and "facilitator migrate" in answer.json()["why"]
    assert browser.get("/healthz").status_code == 200
    with store.writing() as db:
        db.execute(text(f"INSERT INTO alembic_version VALUES ('{head_revision()}')"))
    assert browser.get("/readyz").status_code == 200


# --- the first organiser ----------------------------------------------------------------------------------------

OLGA = {"name": "Olga", "email": "olga@example.org", "password": "correct horse battery"}


def test_the_first_page_of_an_empty_installation_makes_the_first_organiser_once(settings: Settings, serve: Any) -> None:
    server = serve()
    token = _token(server)
    browser = Browser(server.url)
    assert browser.get("/").url.endswith("/setup")
    wrong = browser.submits("/setup", {**OLGA, "setup_token": "guess"})
    assert wrong.status_code == 422 and "the console" in wrong.text
    for change, part in (
        ({"password": "short"}, f"{SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"),
        ({"email": "olga"}, "not an e-mail address"),
        ({"name": " "}, "type your name"),
    ):
        answer = browser.submits("/setup", {**OLGA, "setup_token": token, **change})
        assert answer.status_code == 422 and part in answer.text
    made = browser.submits("/setup", {**OLGA, "setup_token": token})
    assert made.status_code == 200 and made.url.endswith("/organise")
    assert not (settings.data / "setup.token").exists()

    again = Browser(server.url)
    assert not again.get("/setup").url.endswith("/setup")
    answer = again.submits("/setup", {**OLGA, "setup_token": token}, page="/sign-in")
    assert answer.status_code == 422 and "already" in answer.text


def test_an_organiser_signs_in_founds_an_event_and_signs_out(settings: Settings, serve: Any) -> None:
    server = serve()
    first = Browser(server.url)
    first.submits("/setup", {**OLGA, "setup_token": _token(server)})

    browser = Browser(server.url)
    for email, password in ((OLGA["email"], "wrong password"), ("nobody@example.org", OLGA["password"])):
        answer = browser.submits("/sign-in", {"email": email, "password": password})
        assert answer.status_code == 422 and "do not belong together" in answer.text
    assert browser.get("/organise").status_code == 401
    assert browser.submits("/sign-in", OLGA).url.endswith("/organise")

    event = {"title": "My event", "place": "Here", "starts_on": "2027-01-01", "days": "2", "groups": "A\nB",
             "organisations": "One\nTwo"}  # fmt: skip
    for change, part in (
        ({"days": "0"}, "1 to 14 days"),
        ({"starts_on": "soon"}, "calendar"),
        ({"title": ""}, "title"),
    ):
        answer = browser.submits("/organise/events", {**event, **change}, page="/organise")
        assert answer.status_code == 422 and part in answer.text
    page = browser.submits("/organise/events", event, page="/organise")
    assert page.status_code == 200 and "My event" in page.text and re.search(r"/j/[2-9a-z]{6}", page.text)
    form = re.search(r'<form[^>]*action="([^"]+/event/copy)".*?</form>', page.text, re.DOTALL)
    assert form
    (title,) = re.findall(r'<input class="input"[^>]* name="([^"]+)"', form[0])
    copied = browser.submits(form[1], {title: "My next event", "what": "plan"}, page=page.url.removeprefix(server.url))
    assert copied.status_code == 200 and "<h1" in copied.text and "My next event" in copied.text
    browser.submits("/sign-out", {}, page="/organise")
    assert browser.get("/organise").status_code == 401


def _token(server: Server) -> str:
    """The setup token, as the console shows it."""
    found = until(lambda: re.search(r"setup token (\w+)", server.output), lambda: server.output)
    assert found
    return found[1]
