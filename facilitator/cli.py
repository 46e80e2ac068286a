"""`facilitator`: everything that is done from a console."""

from __future__ import annotations

import json
import os
import sys
import time
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import ROOT
from .settings import VERSION, SettingError, Settings

# Everything else is imported by the command that needs it: `facilitator --help` answers at once.
if TYPE_CHECKING:
    from rich.progress import Progress

    from .domain.document import Depth
    from .domain.grouping import Hosts, Rotation
    from .store.db import Store


class _Known(click.ParamType):  # type: ignore[type-arg]  # generic from click 8.5 on
    """One of the words that a part of the house knows, which is loaded when somebody asks for them."""

    name = "choice"

    def __init__(self, words: Callable[[], Iterable[str]]) -> None:
        self.words = words

    @property
    def choice(self) -> click.Choice[str]:
        return click.Choice(list(self.words()))

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        return self.choice.convert(value, param, ctx)

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str | None:
        return self.choice.get_metavar(param, ctx)


def _formats() -> Iterable[str]:
    from .outcomes import FORMATS

    return FORMATS


def _depths() -> Iterable[str]:
    from .outcomes import DEPTHS

    return DEPTHS


def _languages() -> Iterable[str]:
    from .i18n import LANGUAGES

    return LANGUAGES


def _data_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option("--data", help=Settings.help("data"))(command)


def _json_option(command: Callable[..., None]) -> Callable[..., None]:
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")(command)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION)
def main() -> None:
    """Run a workshop together: boards for breakout groups, honest votes, conclusions with their provenance."""


@main.command()
@click.option("--host", help=Settings.help("host"))
@click.option("--port", type=int, help=Settings.help("port"))
@_data_option
def serve(host: str | None, port: int | None, data: str | None) -> None:
    """Serve the installation in one data folder (the same as python run.py)."""
    _become_server(host, port, data)


@main.command()
@_data_option
def migrate(data: str | None) -> None:
    """Bring the database to this version's schema. Safe to run again."""
    from .store.db import Store

    with _told():
        store = Store(Settings.read(data=data))
        store.migrate()
        click.echo(f"The database has schema {store.revision()}.")


@main.command("demo")
@_data_option
@_json_option
@click.option("--serve", "serve_it", is_flag=True, help="Serve it, too.")
@click.option("--host", help=Settings.help("host"))
@click.option("--port", type=int, help=Settings.help("port"))
def demo_command(data: str | None, as_json: bool, serve_it: bool, host: str | None, port: int | None) -> None:
    """Make the sample event where it is missing, and print the links to try it in every role."""
    from . import demo
    from .store.db import running_server

    with _store(data, host=host, port=port) as store:
        settings = store.settings
        event = demo.ensure(store)
        url = settings.public_url or running_server(settings.data) or _address(settings)
        found = demo.links(store, event, url)
    if as_json:
        click.echo(json.dumps(found))
    else:
        _show_links(found, url)
    if serve_it:
        _become_server(host, port, data)


@main.command("import-polis")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--event", required=True, help="The event: its id, join code or title.")
@click.option("--group", required=True, help="The name of the group that gets the board.")
@_data_option
@_json_option
def import_polis(folder: Path, event: str, group: str, data: str | None, as_json: bool) -> None:
    """Make a board out of a conversation that Polis exported (comments.csv, votes.csv in FOLDER)."""
    from .access import Actor
    from .commands import run
    from .polis import read

    with _store(data) as store, _bar(as_json) as bar:
        event_id = _find_event(store, event)
        organiser = _organiser(store, event_id)
        tasks: dict[str, Any] = {}

        def progress(stage: str, rows: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(f"Reading {stage}", total=None)
            bar.update(tasks[stage], completed=rows, description=f"Reading {stage}: {rows:,} rows")

        conversation = read(folder, progress)
        storing = bar.add_task(f"Storing {len(conversation.votes):,} votes", total=None)
        reply = run(
            store,
            lambda room, events: None,  # a server that runs notices by the room's clock, within half a second
            id=str(uuid.uuid4()),
            actor=Actor(person=organiser),
            room=f"event:{event_id}",
            name="conversation.import",
            args=conversation.args(group),
        )
        bar.update(storing, total=1, completed=1, description=f"Stored {len(conversation.votes):,} votes")
        stored = _stored_conversation(store, reply["board"])
    if as_json:
        click.echo(json.dumps(stored))
    else:
        click.echo(
            f"Board {stored['board']}: {stored['proposals']:,} proposals, {stored['voters']:,} voters, "
            f"{stored['votes']:,} votes that count."
        )


@main.command()
@click.argument("event", required=False)
@_data_option
@_json_option
def check(event: str | None, data: str | None, as_json: bool) -> None:
    """Recount everything from the stored ballots; exit code 1 where something is off."""
    from . import recount

    with _store(data) as store:
        result = recount.check(store, _find_event(store, event) if event else None)
    counted = {key: value for key, value in vars(result).items() if key != "off"}
    if as_json:
        click.echo(json.dumps({"ok": result.ok, **counted, "off": result.off}))
    else:
        for sentence in result.off:
            click.echo(sentence)
        summary = ", ".join(f"{value:,} {key}" for key, value in counted.items())
        click.echo(f"{'Everything adds up' if result.ok else f'{len(result.off)} things are off'}: {summary}.")
    sys.exit(0 if result.ok else 1)


@main.command()
@click.argument("event")
@click.option("--format", "format", type=_Known(_formats), required=True, help="The file's format.")
@click.option("--depth", type=_Known(_depths), help="How much a report tells; contributions if not given.")
@click.option("--lang", type=_Known(_languages), help="The report's language; English if not given.")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The file to write."
)
@_data_option
def report(event: str, format: str, depth: Depth | None, lang: str | None, output: Path, data: str | None) -> None:
    """Write the outcome of EVENT, as it is now, to a file: a report in a depth and a language, or all data."""
    from . import i18n, outcomes

    wanted = outcomes.FORMATS[format]
    if wanted.report is None and (depth or lang):
        raise click.UsageError(f"{format} always holds everything, untranslated. Leave --depth and --lang out.")
    with _store(data) as store:
        event_id = _find_event(store, event)
        with store.reading() as db:
            gathered = outcomes.gather(db, event_id, data=store.settings.data)
    language = lang or "en"
    _save(output, wanted.write(gathered, i18n.translator(language), language, depth or "contributions"))


@main.command("export-ballots")
@click.argument("event")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The new zip.")
@_data_option
def export_ballots(event: str, output: Path, data: str | None) -> None:
    """Write the revealed ballots of EVENT for researchers, without names: Polis, Pabulib, PrefLib files in a zip."""
    from .outcomes import research

    with _store(data) as store:
        event_id = _find_event(store, event)
        with store.reading() as db:
            casts = research.read(db, event_id)
    _save(output, research.write(casts))


@main.command("export-event")
@click.argument("event")
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), required=True, help="The new zip.")
@click.option("--lang", type=_Known(_languages), default="en", show_default=True, help="Of the report in it.")
@_data_option
@_json_option
def export_event(event: str, output: Path, lang: str, data: str | None, as_json: bool) -> None:
    """Write EVENT with everything in it to one zip that any computer can open, and import-event bring back."""
    from . import archive
    from .pictures import FOLDER as PICTURES

    with _store(data) as store:
        event_id = _find_event(store, event)
        with store.reading() as db:
            content = archive.read(db, store.key, event_id, store.settings.data)
        new = output.with_name(output.name + ".new")
        try:
            hashed = archive.write(content, store.settings.data / PICTURES, new, lang)
            new.replace(output)
        except OSError as error:
            new.unlink(missing_ok=True)
            raise click.ClickException(f"{error.filename or output}: {error.strerror}.") from None
    size = output.stat().st_size
    if as_json:
        click.echo(json.dumps({"event": event_id, "file": str(output), "bytes": size, "content": hashed}))
    else:
        click.echo(f"{output}: {size:,} bytes. Content {hashed}")


@main.command("import-event")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, exists=True))
@_data_option
@_json_option
def import_event(file: Path, data: str | None, as_json: bool) -> None:
    """Bring an event in from the zip that export-event wrote, and print the organisers' new links."""
    from . import archive
    from .access import link_token
    from .pictures import FOLDER as PICTURES
    from .store.db import running_server

    with _store(data) as store:
        pictures = store.settings.data / PICTURES
        with archive.staging(pictures) as staged:
            parsed = archive.parse(file, staged)
            brought = archive.bring_in(store, parsed, pictures)
        url = store.settings.public_url or running_server(store.settings.data) or _address(store.settings)
        links = [
            f"{url.rstrip('/')}/p/{link_token(store.key, person, renewed)}" for person, renewed in brought.organisers
        ]
    if as_json:
        found = {"event": brought.event, "title": brought.title, "content": parsed.content}
        click.echo(json.dumps(found | {"join_code": brought.join_code, "organisers": links}))
    else:
        click.echo(f"“{brought.title}” is here. Content {parsed.content}\n")
        click.echo(f"  Join by code  {url.rstrip('/')}/j/{brought.join_code}")
        for link in links:
            click.echo(f"  Organiser     {link}")


def _save(output: Path, body: bytes) -> None:
    try:
        output.write_bytes(body)
    except OSError as error:
        raise click.ClickException(f"{output} cannot be written: {error.strerror}.") from None
    click.echo(f"{output}: {len(body):,} bytes.")


@main.command()
@click.argument("event")
@click.option("--people", type=click.IntRange(1, 2000), default=64, show_default=True, help="How many take part.")
@click.option(
    "--speed", type=click.FloatRange(0.1, 1000), default=1.0, show_default=True, help="Pauses are divided by it."
)
@click.option("--seed", type=int, help="Repeat the same choices.")
@click.option("--url", help="The server, if it is not the one that runs on the data folder.")
@_data_option
@_json_option
def rehearse(
    event: str, people: int, speed: float, seed: int | None, url: str | None, data: str | None, as_json: bool
) -> None:
    """Let synthetic people play the whole agenda of EVENT over real sockets; exit code 1 if anything was lost."""
    from .rehearsal import RehearsalError, rehearse

    with _store(data) as store, _bar(as_json) as bar:
        event_id = _find_event(store, event)
        task = bar.add_task("Starting", total=None)

        def progress(done: int, total: int, what: str) -> None:
            bar.update(task, completed=done, total=total, description=what)

        try:
            report = rehearse(
                store.settings, store, event=event_id, people=people, speed=speed, url=url, seed=seed, progress=progress
            )
        except RehearsalError as error:
            raise click.ClickException(str(error)) from None
    click.echo(json.dumps(report.to_json()) if as_json else report.summary())
    sys.exit(0 if report.ok else 1)


@main.command("plan-rotation")
@click.option("--groups", type=click.IntRange(min=1), required=True, help="How many tables there are.")
@click.option("--size", type=click.IntRange(min=1), required=True, help="How many people sit at each, hosts included.")
@click.option("--rounds", type=click.IntRange(min=1), required=True, help="How often people change places.")
@click.option(
    "--hosts",
    type=click.Choice(["none", "fixed", "changing"]),
    default="none",
    show_default=True,
    help="Who stays at a table: nobody, always the same person, or another one each time.",
)
@click.option("--seed", type=int, default=0, show_default=True, help="Repeat the same plan.")
@_json_option
def plan_rotation(groups: int, size: int, rounds: int, hosts: Hosts, seed: int, as_json: bool) -> None:
    """Plan rounds at tables (a world café) in which nobody meets anybody twice, as far as that can be."""
    from .domain.grouping import Person, rotate

    people = [Person(str(number)) for number in range(1, groups * size + 1)]
    started = time.perf_counter()
    with _told():
        plan = rotate(people, groups, rounds, hosts=hosts, seed=seed)
    seconds = round(time.perf_counter() - started, 3)
    if as_json:
        tables = [[[int(id) for id in table] for table in turn] for turn in plan.rounds]
        told = plan.figures
        figures = {"repeats": told.repeats, "met_min": told.met_min, "met_max": told.met_max, "seconds": seconds}
        click.echo(json.dumps(figures | {"tables": tables}))
    else:
        _show_rotation(plan, seconds)


def _become_server(host: str | None, port: int | None, data: str | None) -> None:
    # The server wants a process of its own from the first import on: eventlet has to patch before anything else loads.
    given = {"--host": host, "--port": port, "--data": data}
    options = [str(part) for name, value in given.items() if value is not None for part in (name, value)]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, str(ROOT / "run.py"), *options])


@contextmanager
def _told() -> Iterator[None]:
    """What went wrong, as one sentence and exit code 1, instead of a stack of calls."""
    try:
        yield
    except Exception as error:
        from .domain.refusals import Refused
        from .library import LibraryError
        from .polis import ConversationError

        if isinstance(error, SettingError | Refused | ConversationError | LibraryError):
            raise click.ClickException(str(error)) from None
        raise


@contextmanager
def _store(data: str | None, **settings: Any) -> Iterator[Store]:
    from .serving import open_store

    with _told():
        store = open_store(Settings.read(data=data, **settings))
        try:
            yield store
        finally:
            store.close()


def _bar(quiet: bool) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    return Progress(*columns, console=console, disable=quiet or not console.is_terminal)


def _find_event(store: Store, wanted: str) -> str:
    from sqlalchemy import select

    from .store.models import Event, JoinCode

    with store.reading() as db:
        found = set(
            db.execute(
                select(Event.id)
                .outerjoin(JoinCode, JoinCode.event == Event.id)
                .where((Event.id == wanted) | (Event.title == wanted) | (JoinCode.code == wanted.lower()))
            ).scalars()
        )
        titles = [f"{row.id}  {row.title}" for row in db.execute(select(Event.id, Event.title))]
    if len(found) == 1:
        return found.pop()
    if found:
        raise click.ClickException(f"Several events are called “{wanted}”. Use the id:\n" + "\n".join(titles))
    known = "This installation has:\n" + "\n".join(titles) if titles else "This installation has no events yet."
    raise click.ClickException(f"There is no event “{wanted}”. {known}")


def _organiser(store: Store, event: str) -> str:
    from sqlalchemy import select

    from .store.models import Person

    with store.reading() as db:
        organiser = db.execute(
            select(Person.id).where(Person.event == event, Person.role == "organiser").order_by(Person.created_at)
        ).scalar()
    if organiser is None:
        raise click.ClickException("This event has no organiser.")
    return organiser


def _stored_conversation(store: Store, board: str) -> dict[str, Any]:
    """What the database holds of an imported board, read back."""
    from sqlalchemy import select

    from .domain.ballots import approval
    from .store.models import Ballot, Proposal, Vote

    with store.reading() as db:
        comments = {
            row.id: row.imported
            for row in db.execute(select(Proposal.id, Proposal.imported).where(Proposal.board == board))
        }
        votes = db.execute(
            select(Vote.voter, Vote.proposal, Vote.value)
            .join(Ballot, Ballot.id == Vote.ballot)
            .where(Ballot.board == board)
        ).all()
    values: dict[str, list[int]] = {id: [] for id in comments}
    for vote in votes:
        values[vote.proposal].append(vote.value)
    words = {"agree": approval.AGREE, "disagree": approval.DISAGREE, "pass": approval.PASS}
    return {
        "board": board,
        "proposals": len(comments),
        "voters": len({vote.voter for vote in votes}),
        "votes": len(votes),
        "tallies": {
            comments[id]: {word: cast.count(value) for word, value in words.items()} for id, cast in values.items()
        },
    }


def _show_rotation(plan: Rotation, seconds: float) -> None:
    from rich.console import Console
    from rich.table import Table

    shown = Table("Table", *(f"Round {number}" for number in range(1, len(plan.rounds) + 1)))
    for table in range(len(plan.rounds[0])):
        cells = []
        for turn, hosts in zip(plan.rounds, plan.host_of, strict=True):
            cells.append(" ".join(f"[bold]{id}*[/bold]" if id == hosts[table] else id for id in turn[table]))
        shown.add_row(str(table + 1), *cells)
    Console().print(shown)
    told = plan.figures
    if plan.hosts != "none":
        click.echo("* hosts the table")
    click.echo(
        f"Repeats: {told.repeats} (at least {told.repeats_bound}). Each person meets {told.met_min} to {told.met_max} "
        f"others. Returns to a table: {told.returns}. {seconds:.2f} s."
    )


def _address(settings: Settings) -> str:
    host = "127.0.0.1" if settings.host in ("0.0.0.0", "") else settings.host
    return f"http://{host}:{settings.port}"


def _show_links(found: dict[str, Any], url: str) -> None:
    links = found["links"]
    click.echo("The sample event is ready. Everybody in it is invented.\n")
    click.echo(f"  Join by code  {url.rstrip('/')}/j/{found['join_code']}")
    for role in ("organiser", "facilitator", "projector"):
        click.echo(f"  {role.capitalize():<13} {links[role]}")
    for link in links["participants"][:3]:
        click.echo(f"  Participant   {link}")
    click.echo(f"  … and {max(0, len(links['participants']) - 3)} more participants: facilitator demo --json\n")
