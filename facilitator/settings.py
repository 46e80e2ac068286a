"""Every setting of an installation, in one place: its default, what it means, and where it is read from.

A setting `data` is read from the environment variable `FACILITATOR_DATA`, and so on. The command line overrides it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

VERSION = "0.1.0"
"""Of the software: pyproject.toml reads it here."""

PREFIX = "FACILITATOR_"


class SettingError(Exception):
    """A setting cannot be used as it is; the message says what to do."""


def _setting(default: Any, help: str) -> Any:
    return field(default=default, metadata={"help": help})


@dataclass(frozen=True)
class Settings:
    data: Path = _setting(Path("data"), "The one folder in which everything that the installation keeps lies.")
    host: str = _setting("127.0.0.1", "Address to listen on; 0.0.0.0 for all of this machine's.")
    port: int = _setting(5000, "Port to listen on.")
    public_url: str = _setting("", "The address that people type, https://workshop.example.org. Default: as asked.")
    origins: str = _setting("", "Further origins whose pages may connect, separated by commas. The own one always may.")
    database_url: str = _setting("", "PostgreSQL instead of SQLite in the data folder: postgresql://user@host/name")
    secret_key: str = _setting("", "Key that signs cookies and links. Default: made once, kept in the data folder.")
    async_mode: str = _setting("eventlet", "How sockets are served: eventlet, or threading.")
    max_connections: int = _setting(10000, "How many connections are open at once at most.")
    sqlite_sync: str = _setting("normal", "SQLite's promise: normal survives a killed process, full also a power cut.")
    log_level: str = _setting("info", "What is logged: debug, info, warning or error.")

    @classmethod
    def read(cls, environ: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
        """Settings from the environment, then from `overrides` (None means: not given).

        Raises:
            SettingError: a value is not of the setting's type, or not one of those that are known.
        """
        environ = os.environ if environ is None else environ
        known = {PREFIX + f.name.upper(): f for f in fields(cls)}
        values: dict[str, Any] = {f.name: environ[key] for key, f in known.items() if environ.get(key)}
        values |= {name: value for name, value in overrides.items() if value is not None}
        return replace(cls(), **{name: _typed(name, value) for name, value in values.items()})._checked()

    @classmethod
    def help(cls, name: str) -> str:
        """What a setting means, in one sentence."""
        return next(str(f.metadata["help"]) for f in fields(cls) if f.name == name)

    def _checked(self) -> Settings:
        if self.async_mode not in ("eventlet", "threading"):
            raise SettingError(f"{PREFIX}ASYNC_MODE is “{self.async_mode}”. Use eventlet or threading.")
        if self.sqlite_sync not in ("normal", "full"):
            raise SettingError(f"{PREFIX}SQLITE_SYNC is “{self.sqlite_sync}”. Use normal or full.")
        if self.log_level not in ("debug", "info", "warning", "error"):
            raise SettingError(f"{PREFIX}LOG_LEVEL is “{self.log_level}”. Use debug, info, warning or error.")
        if not 0 <= self.port <= 65535:
            raise SettingError(f"{PREFIX}PORT is {self.port}. Use a number from 1 to 65535.")
        if self.secret_key and len(self.secret_key) < 32:
            raise SettingError(f"{PREFIX}SECRET_KEY is too short to be safe. Use 32 random characters or more.")
        return self

    def environ(self) -> dict[str, str]:
        """The same settings as an environment, for a process of ours that is started elsewhere."""
        values = {f.name: getattr(self, f.name) for f in fields(self)} | {"data": self.data.absolute()}
        return {PREFIX + name.upper(): str(value) for name, value in values.items()}

    def allowed_origins(self) -> list[str]:
        """Origins that are allowed besides the one that the request itself was sent to."""
        listed = [origin.strip().rstrip("/") for origin in self.origins.split(",") if origin.strip()]
        return listed + ([self.public_url.rstrip("/")] if self.public_url else [])


def _typed(name: str, value: Any) -> Any:
    if name == "data":
        return Path(value).expanduser()
    if name in ("port", "max_connections"):
        try:
            return int(value)
        except ValueError:
            raise SettingError(f"{PREFIX}{name.upper()} is “{value}”. Use a whole number.") from None
    return str(value)
