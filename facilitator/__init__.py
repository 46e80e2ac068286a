"""Facilitator: run a workshop together. `create_app` is the only wiring."""

from __future__ import annotations

import datetime
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from .settings import VERSION

if TYPE_CHECKING:
    from flask import Flask

    from .settings import Settings
    from .store.db import Store

ROOT = Path(__file__).resolve().parent.parent


def create_app(settings: Settings, store: Store) -> Flask:
    """A Flask application on an open, migrated store. Its sockets are in `app.extensions["facilitator.live"]`."""
    # Here, not above: a process that makes a report and a command at the console import this package too, and start
    # without the web.
    from flask import Flask
    from flask_wtf.csrf import CSRFProtect

    from . import i18n
    from .live import Live
    from .pictures import Arriving
    from .rehearsing import Rehearsing
    from .reports import Reports
    from .web import errors, headers, modules, register, who

    static = ROOT / "static"
    app = Flask(
        __name__,
        static_folder=str(static),
        static_url_path=f"/static/{_fingerprint(static)}",
        template_folder=str(ROOT / "templates"),
    )
    secure = settings.public_url.startswith("https://")
    app.config.update(
        SECRET_KEY=store.key,
        MAX_CONTENT_LENGTH=64_000,
        PERMANENT_SESSION_LIFETIME=datetime.timedelta(days=60),
        # Only what changes the cookie sends it: else an answer that comes late brings an older one back, without the
        # token of the form that was opened meanwhile.
        SESSION_REFRESH_EACH_REQUEST=False,
        SESSION_COOKIE_NAME="facilitator",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # the origin is checked for every request, over TLS or not
    )
    app.extensions["facilitator.settings"] = settings
    app.extensions["facilitator.store"] = store
    app.extensions["facilitator.pictures"] = Arriving(settings.data)
    app.extensions["facilitator.reports"] = Reports(settings)
    app.extensions["facilitator.rehearsing"] = Rehearsing(settings)

    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: i18n.translator(errors.locale())(text),
        lambda one, many, n: i18n.plural_translator(errors.locale())(one, many, n),
        newstyle=True,
    )
    app.jinja_env.globals |= {
        "locale": errors.locale,
        "dates": lambda days: i18n.dates(days, errors.locale()),
        "number": lambda value, decimals=2: i18n.number(value, errors.locale(), decimals),
        "importmap": modules.importmap,
        "modules": modules.addresses,
        "version": VERSION,
    }

    csrf = CSRFProtect(app)
    register(app)
    csrf.exempt(app.blueprints["api"])  # JSON only, which no foreign form can send
    csrf.exempt(app.blueprints["pictures"])  # PUT only, likewise
    csrf.exempt(app.blueprints["outcomes"])  # PUT and DELETE only, likewise
    app.extensions["facilitator.live"] = Live(
        app, settings, store, who=who.actor_of, origin_allowed=headers.origin_rule(settings)
    )
    app.wsgi_app = headers.NoDeflate(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _fingerprint(folder: Path) -> str:
    """A short hash of all files in a folder. As a part of their address it lets browsers keep them for good, and never
    mix the modules of two versions."""
    digest = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:12]
