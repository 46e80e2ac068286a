"""Ready activities and agendas, and the words of the rehearsal's synthetic people, as data files beside this one.

Every loader checks its file whole and raises `LibraryError` with the file's name and the field that is wrong.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, ValidationError

from ..domain.sheet import Line, Minutes, Prose, Sheet, frozen
from .activities import Activity, GroupSize, Lane, StepSheet
from .agendas import (
    Agenda,
    AgendaBoard,
    AgendaDay,
    AgendaGroup,
    AgendaOrganisation,
    AgendaPerson,
    AgendaSeat,
    AgendaSession,
    AgendaText,
    Clock,
    GroupName,
    PersonName,
)
from .frameworks import Framework
from .rehearsal import RehearsalTexts, Topic

__all__ = [
    "TEMPLATES",
    "Activity",
    "Agenda",
    "AgendaBoard",
    "AgendaDay",
    "AgendaGroup",
    "AgendaOrganisation",
    "AgendaPerson",
    "AgendaSeat",
    "AgendaSession",
    "AgendaText",
    "Framework",
    "GroupSize",
    "Lane",
    "LibraryError",
    "RehearsalTexts",
    "StepSheet",
    "Topic",
    "activities",
    "agenda_templates",
    "blank_agenda",
    "frameworks",
    "from_template",
    "load_activity",
    "load_agenda",
    "rehearsal_texts",
]

FOLDER = Path(__file__).parent
"""With a folder each for activities, agendas, frameworks, and the words of rehearsals."""
DEFAULT_ACTIVITY = "brainstorm_and_dot_vote"
IMPORTED = "imported_conversation"
TEMPLATES = ("strategic_reflection", "half_day_retreat", "citizens_assembly", "retrospective")
"""Agendas that are there to start from, in the order in which they are offered."""


class LibraryError(ValueError):
    """A file of the library is missing or wrong: the message names the file, the field and the reason."""


def load_activity(name: str, folder: Path = FOLDER) -> Activity:
    """The activity in `<name>.toml`.

    Raises:
        LibraryError: no such file, or something in it is wrong.
    """
    return _parse(Activity, _read(name, folder / "activity"), f"{name}.toml")


def activities(folder: Path = FOLDER) -> dict[str, Activity]:
    """All ready activities by the name of their file, in the order of their titles. What is there for conversations
    that were held elsewhere is not offered.

    Raises:
        LibraryError: something in one of the files is wrong.
    """
    names = [path.stem for path in (folder / "activity").glob("*.toml") if path.stem != IMPORTED]
    ready = {name: load_activity(name, folder) for name in names}
    return dict(sorted(ready.items(), key=lambda entry: entry[1].title))


def load_agenda(name: str, folder: Path = FOLDER) -> Agenda:
    """The agenda in `<name>.toml`, its activities loaded and changed as it says.

    Raises:
        LibraryError: no such file, something in it is wrong, or an activity that it names is missing.
    """
    file = f"{name}.toml"
    written = _parse(_AgendaFile, _read(name, folder / "agenda"), file)
    try:
        return _resolve(written, folder)
    except ValidationError as error:
        raise LibraryError(f"{file}: {_first(error)}") from None
    except LibraryError:
        raise
    except ValueError as error:
        raise LibraryError(f"{file}: {error}") from None


def agenda_templates(folder: Path = FOLDER) -> dict[str, Agenda]:
    """The agendas that a new event can start from, by the name of their file: with groups, and nobody in them. Their
    dates mean nothing (see `from_template`).

    Raises:
        LibraryError: something in one of the files is wrong.
    """
    return {name: load_agenda(name, folder) for name in TEMPLATES}


def from_template(
    name: str,
    *,
    title: str,
    place: str,
    starts_on: date,
    groups: Sequence[str] = (),
    organisations: Sequence[str] = (),
    folder: Path = FOLDER,
) -> Agenda:
    """The agenda of a new event out of a template: its days one after the other from `starts_on`. `groups` are the
    breakout groups; without any, those of the template.

    Raises:
        LibraryError: no such template, or a name that is empty, too long or there twice.
    """
    if name not in TEMPLATES:
        raise LibraryError(f"There is no template {name}. There are: {', '.join(TEMPLATES)}.")
    raw = dict(_read(name, folder / "agenda"))
    file = _parse(_AgendaFile, raw, f"{name}.toml")
    own = [AgendaGroup.model_construct(name=one, kind="breakout") for one in groups]
    if own and any(group.kind == "breakout" for group in file.groups):
        file = file.model_copy(update={"groups": (*(g for g in file.groups if g.kind != "breakout"), *own)})
    try:
        agenda = _resolve(file, folder)
        return Agenda(
            title=title,
            place=place,
            purpose=agenda.purpose,
            groups=tuple(AgendaGroup(name=group.name, kind=group.kind) for group in agenda.groups),
            organisations=tuple(AgendaOrganisation(name=one, kind="member") for one in organisations),
            texts=agenda.texts,
            days=tuple(
                AgendaDay(date=(starts_on + timedelta(days=number)).isoformat(), title=day.title, sessions=day.sessions)
                for number, day in enumerate(agenda.days)
            ),
        )
    except ValidationError as error:
        raise LibraryError(f"new event: {_first(error)}") from None


def frameworks(folder: Path = FOLDER) -> tuple[Framework, ...]:
    """All frameworks that conclusions can be held against, in the order of their files' names.

    Raises:
        LibraryError: something in one of the files is wrong.
    """
    names = sorted(path.stem for path in (folder / "framework").glob("*.toml"))
    return tuple(
        _parse(Framework, {"key": name, **_read(name, folder / "framework")}, f"{name}.toml") for name in names
    )


def rehearsal_texts(name: str = "rehearsal_en", folder: Path = FOLDER) -> RehearsalTexts:
    """Sample proposals by topic, and names, for the synthetic people of a rehearsal.

    Raises:
        LibraryError: no such file, or something in it is wrong.
    """
    return _parse(RehearsalTexts, _read(name, folder / "words"), f"{name}.toml")


def blank_agenda(
    title: str, place: str, starts_on: date, days: int, groups: Sequence[str], organisations: Sequence[str]
) -> Agenda:
    """An agenda to start a new event from: a day has a morning plenary, a session for the breakout groups and a closing
    plenary, with breaks between them. `groups` are the breakout groups; without any, the day is plenary throughout.

    Raises:
        LibraryError: no days, a name that is empty, too long or there twice, or a group called Plenary.
    """
    try:
        return Agenda(
            title=title,
            place=place,
            purpose=f"What should come out of “{title}”? The organiser can say it here.",
            groups=(
                AgendaGroup(name="Plenary", kind="plenary"),
                *tuple(AgendaGroup(name=name, kind="breakout") for name in groups),
            ),
            organisations=tuple(AgendaOrganisation(name=name, kind="member") for name in organisations),
            days=tuple(
                AgendaDay(
                    date=(starts_on + timedelta(days=number)).isoformat(),
                    title=f"Day {number + 1}",
                    sessions=_blank_sessions(list(groups)),
                )
                for number in range(days)
            ),
        )
    except ValidationError as error:
        raise LibraryError(f"new event: {_first(error)}") from None


def _blank_sessions(groups: list[str]) -> tuple[AgendaSession, ...]:
    def session(starts_at: str, minutes: int, kind: Any, title: str, prompt: str, names: list[str]) -> AgendaSession:
        activity = load_activity(DEFAULT_ACTIVITY)
        boards = tuple(AgendaBoard(group=name, prompt=prompt, activity=activity) for name in names)
        fixed = kind == "break"
        return AgendaSession(kind=kind, title=title, starts_at=starts_at, minutes=minutes, fixed=fixed, boards=boards)

    work = (
        session("11:30", 90, "breakout", "Work in groups", "What do you propose? One idea per card.", groups)
        if groups
        else session("11:30", 90, "plenary", "Work together", "What do you propose? One idea per card.", ["Plenary"])
    )
    return (
        session("09:30", 90, "plenary", "Opening", "What should we achieve today?", ["Plenary"]),
        session("11:00", 30, "break", "Coffee", "", []),
        work,
        session("13:00", 90, "break", "Lunch", "", []),
        session("14:30", 90, "plenary", "Closing", "What do we conclude, and who takes it further?", ["Plenary"]),
    )


# --- as it is written in a file -------------------------------------------------------------------------------------


class _PersonLine(Sheet):
    """Somebody of an organisation: their breakout group, their role there, and the overlay groups they are in too."""

    name: PersonName
    group: GroupName
    seat: Literal["member", "scribe", "rapporteur", "host", "traveller"] = "member"
    also: tuple[GroupName, ...] = ()


class _OrganisationLine(Sheet):
    name: GroupName
    kind: Literal["member", "collaborating"]
    people: tuple[_PersonLine, ...] = ()


class _StaffLine(Sheet):
    name: PersonName
    role: Literal["facilitator", "organiser", "observer", "projector"]


class _BoardLine(Sheet):
    """A group's board; what is left out is the session's."""

    group: GroupName
    prompt: Prose | None = None
    lanes: tuple[Lane, ...] | None = None
    activity: str | None = None
    activity_title: Line | None = None
    steps: Annotated[dict[str, dict[str, Any]], Field(default_factory=dict)]


class _SessionLine(Sheet):
    """Without `boards`, a plenary has one board and a breakout has one for each breakout group."""

    kind: Literal["plenary", "breakout", "break"]
    title: Line
    description: str = ""
    starts_at: Clock
    minutes: Minutes
    fixed: bool = False
    activity: str = DEFAULT_ACTIVITY
    activity_title: Line | None = None
    prompt: Prose | None = None
    lanes: tuple[Lane, ...] = ()
    steps: Annotated[dict[str, dict[str, Any]], Field(default_factory=dict)]
    boards: tuple[_BoardLine, ...] = ()


class _DayLine(Sheet):
    date: Annotated[str, Field(pattern=r"^\d{4}-\d\d-\d\d$")]
    title: Line
    sessions: tuple[_SessionLine, ...]


class _AgendaFile(Sheet):
    title: Line
    place: Line
    purpose: Prose
    sample: str | None = None
    groups: tuple[AgendaGroup, ...]
    organisations: tuple[_OrganisationLine, ...] = ()
    staff: tuple[_StaffLine, ...] = ()
    texts: tuple[AgendaText, ...] = ()
    days: tuple[_DayLine, ...]


def _resolve(written: _AgendaFile, folder: Path) -> Agenda:
    return Agenda(
        title=written.title,
        place=written.place,
        purpose=written.purpose,
        sample=written.sample,
        groups=written.groups,
        organisations=tuple(AgendaOrganisation(name=o.name, kind=o.kind) for o in written.organisations),
        people=tuple(_people(written)),
        texts=written.texts,
        days=tuple(
            AgendaDay(
                date=day.date,
                title=day.title,
                sessions=tuple(_session(session, written.groups, folder) for session in day.sessions),
            )
            for day in written.days
        ),
    )


def _people(written: _AgendaFile) -> list[AgendaPerson]:
    staff = [AgendaPerson(name=line.name, role=line.role) for line in written.staff]
    return staff + [
        AgendaPerson(
            name=line.name,
            role="participant",
            organisation=organisation.name,
            seats=(AgendaSeat(group=line.group, role=line.seat), *(AgendaSeat(group=name) for name in line.also)),
        )
        for organisation in written.organisations
        for line in organisation.people
    ]


def _session(line: _SessionLine, groups: Sequence[AgendaGroup], folder: Path) -> AgendaSession:
    lines = line.boards
    if not lines and line.kind != "break":
        lines = tuple(_BoardLine(group=group.name, steps={}) for group in groups if group.kind == line.kind)
    return AgendaSession(
        kind=line.kind,
        title=line.title,
        description=line.description,
        starts_at=line.starts_at,
        minutes=line.minutes,
        fixed=line.fixed or line.kind == "break",
        boards=tuple(_board(board, line, folder) for board in lines),
    )


def _board(board: _BoardLine, session: _SessionLine, folder: Path) -> AgendaBoard:
    prompt = board.prompt or session.prompt
    if prompt is None:
        raise ValueError(f"the session {session.title!r} has no prompt for the group {board.group!r}")
    own = board.activity is not None
    steps = board.steps if own else session.steps | board.steps
    return AgendaBoard(
        group=board.group,
        prompt=prompt,
        lanes=board.lanes if board.lanes is not None else () if own else session.lanes,
        activity=load_activity(board.activity or session.activity, folder).changed(
            title=board.activity_title or (None if own else session.activity_title), steps=steps
        ),
    )


# --- reading --------------------------------------------------------------------------------------------------------

S = TypeVar("S", bound=Sheet)


def _read(name: str, folder: Path) -> Mapping[str, Any]:
    known = sorted(path.stem for path in folder.glob("*.toml"))
    if name not in known:  # also keeps a name from leading out of the folder
        raise LibraryError(f"The library has no {name}.toml. It has: {', '.join(known)}.")
    try:
        raw = tomllib.loads((folder / f"{name}.toml").read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LibraryError(f"{name}.toml is not valid TOML: {error}") from None
    return {key: frozen(value) for key, value in raw.items()}


def _parse(sheet: type[S], raw: Mapping[str, Any], file: str) -> S:
    try:
        return sheet.model_validate(raw)
    except ValidationError as error:
        raise LibraryError(f"{file}: {_first(error)}") from None


def _first(error: ValidationError) -> str:
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    why = first["msg"].removeprefix("Value error, ")
    return f"{field}: {why}" if field else why
