"""The engine, the data folder and its lock, migrations: what has to be right before the first query."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from ..settings import SettingError, Settings

# Alembic is read where it is needed: whoever only reads the database starts without it.
if TYPE_CHECKING:
    from alembic.config import Config
    from alembic.script import ScriptDirectory

MIGRATIONS = Path(__file__).parent / "migrations"


class Store:
    """The database of one installation."""

    def __init__(self, settings: Settings) -> None:
        open_folder(settings)
        self.settings = settings
        self.key = secret_key(settings)
        self.engine = _engine(settings)
        # Plain connections: a mapped class is a typed row for reading, and nobody needs the ORM's unit of work.
        self._writing = self.engine.execution_options(writes=True)
        # SQLite reads of one moment by itself. PostgreSQL would let a state slip in that is newer than its number.
        one_moment = {"isolation_level": "REPEATABLE READ"} if settings.database_url else {}
        self._reading = self.engine.execution_options(writes=False, **one_moment)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that may write: committed at the end, rolled back on any exception."""
        with self._writing.begin() as db:
            yield db

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that sees a single moment and writes nothing."""
        with self._reading.connect() as db:
            yield db

    def close(self) -> None:
        self.engine.dispose()

    # --- schema -------------------------------------------------------------------------------------------------

    def revision(self) -> str | None:
        """The schema's revision in the database; None for an empty one."""
        from alembic.migration import MigrationContext

        with self.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def migrate(self) -> None:
        """Bring the schema to this version's. Safe to run again."""
        from alembic import command as alembic_command

        with self.engine.execution_options(writes=True).connect() as connection:
            config = _alembic()
            config.attributes["connection"] = connection
            alembic_command.upgrade(config, "head")

    def require_current(self) -> None:
        """Make an empty database ready; refuse one that is older or newer than this version.

        Raises:
            SettingError: with what to do about it.
        """
        try:
            found = self.revision()
        except DatabaseError as error:
            raise SettingError(
                f"The database cannot be opened: {error.orig}. Check FACILITATOR_DATABASE_URL and that it runs."
            ) from error
        head = head_revision()
        if found is None:
            self.migrate()
        elif found != head:
            known = {script.revision for script in _scripts().walk_revisions()}
            if found in known:
                raise SettingError(
                    f"The database is at schema {found}, this version needs {head}. Run: facilitator migrate"
                )
            raise SettingError(
                f"The database has schema {found}, which is newer than this version of Facilitator ({head}). "
                "Start the version that wrote it, or restore a backup of before."
            )


def head_revision() -> str:
    head = _scripts().get_current_head()
    assert head is not None
    return head


def _scripts() -> ScriptDirectory:
    from alembic.script import ScriptDirectory

    return ScriptDirectory.from_config(_alembic())


def _alembic() -> Config:
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    return config


def _engine(settings: Settings) -> Engine:
    if settings.database_url:
        return _postgres(settings.database_url)
    engine = create_engine(
        f"sqlite:///{settings.data / 'facilitator.sqlite'}",
        connect_args={"timeout": 15, "check_same_thread": False},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, record: Any) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves, below
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute(f"PRAGMA synchronous={settings.sqlite_sync.upper()}")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        # SQLite ignores FOR UPDATE: a writer takes the one lock before it reads, or two of them would count
        # the same votes and both find room for one more.
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(raw: str) -> Engine:
    try:
        url = make_url(raw)
    except (ArgumentError, ValueError):
        raise SettingError(
            "FACILITATOR_DATABASE_URL is not a database address. Use postgresql://user:password@host:5432/name"
        ) from None
    if url.drivername == "postgresql":
        # SQLAlchemy takes a bare postgresql:// to mean psycopg 3, whose waiting stalls every socket under eventlet.
        url = url.set(drivername="postgresql+psycopg2")
    if url.drivername != "postgresql+psycopg2":
        raise SettingError(
            f"FACILITATOR_DATABASE_URL asks for the driver “{url.drivername}”, which is not supported: it would stall "
            "the sockets. Use postgresql://… (psycopg2), or leave it empty for SQLite."
        )
    try:
        return create_engine(url, pool_pre_ping=True, pool_size=10, max_overflow=20, isolation_level="READ COMMITTED")
    except (NoSuchModuleError, ModuleNotFoundError):
        raise SettingError("PostgreSQL needs psycopg2. Install it with: pip install 'facilitator[postgres]'") from None


# --- the data folder ------------------------------------------------------------------------------------------------


def open_folder(settings: Settings) -> None:
    """Make the data folder, or say clearly why it cannot be used."""
    try:
        settings.data.mkdir(parents=True, exist_ok=True)
        probe = settings.data / ".writable"
        probe.write_text("")
        probe.unlink()
    except (OSError, ValueError) as error:
        raise SettingError(
            f"The data folder {settings.data} cannot be written ({getattr(error, 'strerror', None) or error}). "
            "Choose another with --data or FACILITATOR_DATA, or change its permissions."
        ) from None


def secret_key(settings: Settings) -> str:
    """The installation's key: from the setting, or made once and kept in the data folder, for its owner's eyes."""
    if settings.secret_key:
        return settings.secret_key
    path = settings.data / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        key = secrets.token_hex(32)
        file.write(key)
    return key


class ServerLock:
    """One server per data folder: a second one would share the port and the file, and split the rooms in two."""

    def __init__(self, settings: Settings) -> None:
        self.path = settings.data / "server.lock"
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Hold the folder until `release`, or until the process ends, however it ends.

        Raises:
            SettingError: another server holds it.
        """
        file = open(self.path, "a+")  # noqa: SIM115 (it stays open for as long as we hold the lock)
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            where = running_server(self.path.parent)
            raise SettingError(
                f"A server already runs on the data folder {self.path.parent}{f' at {where}' if where else ''}. "
                "Stop it first, or give this one another folder with --data."
            ) from None
        self._file = file

    def note(self, url: str) -> None:
        """Leave word where the server that holds the folder can be reached."""
        assert self._file is not None
        self._file.seek(0)
        self._file.truncate()
        json.dump({"pid": os.getpid(), "url": url}, self._file)
        self._file.flush()

    def release(self) -> None:
        if self._file:
            self._file.close()
            self._file = None


def running_server(data: Path) -> str | None:
    """The address of the server that runs on this data folder, or None."""
    path = data / "server.lock"
    try:
        with open(path) as file:
            try:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError:
                return str(json.loads(file.read())["url"])
    except (OSError, ValueError, KeyError):
        pass
    return None
