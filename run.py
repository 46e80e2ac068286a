"""Start the server: `python run.py [--host …] [--port …] [--data …]`. The only eventlet lines in the house."""

from __future__ import annotations

import contextlib
import os
import sys
import warnings

if os.environ.get("FACILITATOR_ASYNC_MODE", "eventlet") == "eventlet":
    # Eventlet is in retirement, as it says at every start; README's Decisions say why it is here and how it leaves.
    warnings.filterwarnings("ignore", message=r"\s*Eventlet is deprecated")
    # Eventlet's own look-ups of names are a tenth of every start, and the server calls nobody by name: what it knows of
    # is its database, and that driver has look-ups of its own.
    os.environ.setdefault("EVENTLET_NO_GREENDNS", "yes")
    import eventlet

    eventlet.monkey_patch()

from typing import Any

from facilitator import beside
from facilitator.serving import Listener, prepare

# python-engineio brings its clients along, and these what they speak HTTP with, where it is installed: half a second of
# every start, for a server that calls nobody. None is how Python is told that a module cannot be imported.
_CLIENTS = ("aiohttp", "requests", "websocket")
sys.modules.update(dict.fromkeys(_CLIENTS))  # type: ignore[arg-type]
import engineio  # noqa: E402, F401

for name in _CLIENTS:
    del sys.modules[name]


def main(argv: list[str]) -> int:
    app, settings, listener = prepare(argv)
    if app is None:
        return 2
    serve = _serve_eventlet if settings.async_mode == "eventlet" else _serve_threads
    with contextlib.suppress(KeyboardInterrupt):
        serve(app, settings, listener)
    return 0


def _serve_eventlet(app: Any, settings: Any, listener: Listener) -> None:
    import eventlet.wsgi
    from eventlet import hubs, tpool

    beside.execute = tpool.execute
    if settings.database_url:
        # psycopg2 waits in C; handing its waiting to the hub keeps every other socket going.
        import psycopg2.extensions

        def wait(connection: Any) -> None:
            while (state := connection.poll()) != psycopg2.extensions.POLL_OK:
                reading = state == psycopg2.extensions.POLL_READ
                hubs.trampoline(connection.fileno(), read=reading, write=not reading)

        psycopg2.extensions.set_wait_callback(wait)
    eventlet.wsgi.server(listener.socket, app, max_size=settings.max_connections, log_output=False, debug=False)


def _serve_threads(app: Any, settings: Any, listener: Listener) -> None:
    from werkzeug.serving import make_server

    host, port = listener.socket.getsockname()[:2]
    make_server(host, port, app, threaded=True, fd=listener.socket.fileno()).serve_forever()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
