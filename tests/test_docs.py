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

README_FILE = Path(__file__).resolve().parents[1] / "README.md"
README = README_FILE.read_text()
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


def protocol() -> dict[str, list[str]]:
    """The README's three tables of the protocol as the code says them: heading -> rows."""
    may = [[f"`{command}`", *(MAY[command].get(role, "–") for role in COLUMNS)] for command in MAY]
    commands = [
        [
            f"`{spec.name}` ({spec.room})",
            ", ".join(f"`{field}`" for field in spec.args.model_fields) or "–",
            spec.help,
        ]
        for spec in COMMANDS.values()
    ]
    events = [[f"`{event.name}`", event.room, " ".join((event.__doc__ or "").split())] for event in EVENTS.values()]
    return {
        "### Commands": _rows(["command", "arguments", "what it does"], commands),
        "### Events": _rows(["event", "room", "what happened"], events),
        "### Who may do what": _rows(["command", *COLUMNS], may),
    }


def _rows(head: list[str], cells: list[list[str]]) -> list[str]:
    return [f"| {' | '.join(row)} |" for row in (head, *cells)]


def _in_readme(heading: str) -> tuple[int, int]:
    """Where the first table under a heading of the README stands: its first line, and the one after its last."""
    lines = README.splitlines()
    first = next(i for i in range(lines.index(heading), len(lines)) if lines[i].startswith("|"))
    return first, next(i for i in range(first, len(lines)) if not lines[i].startswith("|"))


@pytest.mark.parametrize("heading", protocol())
def test_the_tables_of_the_protocol_are_what_the_code_says(heading: str, request: pytest.FixtureRequest) -> None:
    """`pytest --write-golden` writes them anew."""
    expected = protocol()[heading]
    rule = "|" + "---|" * (expected[0].count("|") - 1)
    if request.config.getoption("--write-golden"):
        _write(heading, [expected[0], rule, *expected[1:]])
        return
    first, end = _in_readme(heading)
    written = README.splitlines()[first:end]
    assert [row for row in written if row != rule] == expected, "if it should be so: pytest --write-golden"


def _write(heading: str, rows: list[str]) -> None:
    global README
    first, end = _in_readme(heading)
    lines = README.splitlines()
    README = "\n".join([*lines[:first], *rows, *lines[end:]]) + "\n"
    README_FILE.write_text(README)


def test_the_table_of_who_may_do_what_is_the_one_that_the_code_reads() -> None:
    expected = {command: {role: MAY[command].get(role, "–") for role in COLUMNS} for command in MAY}
    assert table() == expected


def test_the_table_has_a_column_for_every_role() -> None:
    assert {*ROLES, "guest"} == set(COLUMNS)


def test_every_command_and_event_is_in_the_readme() -> None:
    assert [name for name in sorted({*COMMANDS, *EVENTS}) if f"`{name}`" not in README] == []


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
