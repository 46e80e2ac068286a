"""What the README says of commands, events, settings and roles is what the code does."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from facilitator.access import MAY, ROLES
from facilitator.commands import COMMANDS
from facilitator.domain.events import EVENTS
from facilitator.domain.refusals import REFUSALS
from facilitator.settings import PREFIX, Settings

README = (Path(__file__).resolve().parents[1] / "README.md").read_text()
COLUMNS = ("organiser", "facilitator", "participant", "observer", "projector", "guest")
CODE = re.compile(r"`([a-z]+\.[a-z_]+)`")


def table() -> dict[str, dict[str, str]]:
    """The README's table of who may do what: command -> role -> cell."""
    found: dict[str, dict[str, str]] = {}
    columns: list[str] = []
    for line in README.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.strip().startswith("|"):
            columns = []
        elif set(COLUMNS) <= {cell.lower() for cell in cells}:
            columns = [cell.lower() for cell in cells]
        elif columns and (name := CODE.fullmatch(cells[0])):
            found[name[1]] = dict(zip(columns[1:], cells[1:], strict=True))
    return found


def test_the_table_of_who_may_do_what_is_the_one_that_the_code_reads() -> None:
    expected = {command: {role: MAY[command].get(role, "–") for role in COLUMNS} for command in MAY}
    assert table() == expected


def test_the_table_has_a_column_for_every_role() -> None:
    assert {*ROLES, "guest"} == set(COLUMNS)


@pytest.mark.parametrize("name", sorted({*COMMANDS, *EVENTS}))
def test_every_command_and_event_is_in_the_readme(name: str) -> None:
    assert f"`{name}`" in README


def test_the_readme_names_no_command_or_event_that_does_not_exist() -> None:
    nouns = {name.split(".")[0] for name in (*COMMANDS, *EVENTS)}
    endings = {"md", "py", "js", "json", "toml", "csv", "html", "sh", "txt"}
    said = {name for name in CODE.findall(README) if name.split(".")[0] in nouns and name.split(".")[1] not in endings}
    assert said <= {*COMMANDS, *EVENTS}


@pytest.mark.parametrize("name", [f"{PREFIX}{field.name.upper()}" for field in fields(Settings)])
def test_every_setting_is_in_the_readme(name: str) -> None:
    assert name in README


def test_the_readme_names_no_setting_that_does_not_exist() -> None:
    known = {f"{PREFIX}{field.name.upper()}" for field in fields(Settings)}
    for_tests = {name for name in re.findall(r"FACILITATOR_[A-Z_]+[A-Z]", README) if name.startswith(f"{PREFIX}TEST_")}
    assert set(re.findall(r"FACILITATOR_[A-Z_]+[A-Z]", README)) - for_tests <= known


def test_every_refusal_that_the_readme_names_exists() -> None:
    section = README.partition("Refusal")[2].partition("\n#")[0]
    said = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", section))
    assert said <= set(REFUSALS)


def test_every_command_and_event_explains_itself() -> None:
    for spec in COMMANDS.values():
        assert len(spec.help) > 15, spec.name
    for event in EVENTS.values():
        assert len(event.__doc__ or "") > 15, event.name
