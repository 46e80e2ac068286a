"""What has to be right before the first request: settings, folder, lock, schema, port."""

from __future__ import annotations

import errno
import logging
import socket
import sys
from typing import Any

import click

from . import create_app
from .settings import SettingError, Settings
from .store.db import ServerLock, Store

BACKLOG = 4096
"""The usual 50 would make a hall that opens its phones at once wait for half a minute."""


class Listener:
    """A bound, listening socket, and the lock on the data folder that goes with it."""

    def __init__(self, settings: Settings) -> None:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        # Not SO_REUSEPORT: a second server would silently share the port and split the rooms in two.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        # Accepted sockets inherit it; without it an answer of a few bytes waits 40 ms for company.
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            self.socket.bind((settings.host, settings.port))
        except OSError as error:
            self.socket.close()
            raise SettingError(_why_not(settings, error)) from None
        self.socket.listen(BACKLOG)
        host = "127.0.0.1" if settings.host in ("0.0.0.0", "") else "[::1]" if settings.host == "::" else settings.host
        self.url = f"http://{host}:{self.socket.getsockname()[1]}"


def _why_not(settings: Settings, error: OSError) -> str:
    where = f"{settings.host}:{settings.port}"
    if error.errno == errno.EADDRINUSE:
        return f"Port {settings.port} is in use by another program. Stop that, or choose another with --port."
    if error.errno == errno.EACCES:
        return f"Port {settings.port} needs more rights than you have. Choose one above 1023 with --port."
    return f"Cannot listen on {where}: {error.strerror or error}. Check --host and --port."


def open_store(settings: Settings) -> Store:
    """The installation's store, its schema as this version needs it. Raises SettingError with what to do."""
    store = Store(settings)
    store.require_current()
    return store


def prepare(argv: list[str]) -> tuple[Any, Settings, Any]:
    """Everything up to serving: `(app, settings, listener)`; the app is None if that cannot be, and why was said."""
    options = _options.main(argv, standalone_mode=False, prog_name="facilitator serve")
    if not isinstance(options, dict):  # --help was asked for
        sys.exit(0)
    try:
        settings = Settings.read(**options)
        logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
        logging.getLogger("alembic").setLevel(logging.WARNING)
        logging.getLogger("werkzeug").setLevel(logging.WARNING)  # its request lines would hold personal links
        store = open_store(settings)
        lock = ServerLock(settings)
        lock.take()
        listener = Listener(settings)
        lock.note(listener.url)
    except SettingError as error:
        click.echo(str(error), err=True)
        return None, Settings(), None
    app = create_app(settings, store)
    app.extensions["facilitator.lock"] = lock
    _greet(settings, store, listener.url)
    return app, settings, listener


def _greet(settings: Settings, store: Store, url: str) -> None:
    from .web import accounts  # here: commands at the console open a store, too, and start without the web

    shown = settings.public_url or url
    click.echo(f"Facilitator serves {settings.data} at {shown}")
    with store.reading() as db:
        if accounts.nobody_yet(db):
            click.echo(
                f"Make the first organiser at {shown}/setup with the setup token {accounts.setup_token(settings.data)}"
            )
    sys.stdout.flush()


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--host", help=Settings.help("host"))
@click.option("--port", type=int, help=Settings.help("port"))
@click.option("--data", help=Settings.help("data"))
def _options(**options: Any) -> dict[str, Any]:
    """Serve the installation in one data folder. Every setting can also be given by environment: FACILITATOR_…"""
    return options
