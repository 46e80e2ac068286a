"""Facilitator: run a workshop together. `create_app` is the only wiring."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from flask import Flask, url_for
from flask_wtf.csrf import CSRFProtect

from . import i18n
from .settings import Settings
from .store.db import Store

ROOT = Path(__file__).resolve().parent.parent

__version__ = "0.1.0"


def create_app(settings: Settings, store: Store) -> Flask:
    """A Flask application on an open, migrated store. Its sockets are in `app.extensions["facilitator.live"]`."""
    from .live import Live
    from .web import errors, headers, register, who

    app = Flask(__name__, static_folder=str(ROOT / "static"), template_folder=str(ROOT / "templates"))
    secure = settings.public_url.startswith("https://")
    app.config.update(
        SECRET_KEY=store.key,
        MAX_CONTENT_LENGTH=64_000,
        PERMANENT_SESSION_LIFETIME=datetime.timedelta(days=60),
        SESSION_COOKIE_NAME="facilitator",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=secure,
        WTF_CSRF_TIME_LIMIT=None,
        WTF_CSRF_SSL_STRICT=False,  # the origin is checked for every request, over TLS or not
        SEND_FILE_MAX_AGE_DEFAULT=3600,
    )
    app.extensions["facilitator.settings"] = settings
    app.extensions["facilitator.store"] = store

    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda text: i18n.translator(errors.locale())(text),
        lambda one, many, n: i18n.plural_translator(errors.locale())(one, many, n),
        newstyle=True,
    )
    app.jinja_env.globals |= {"locale": errors.locale, "importmap": _importmap, "version": __version__}

    csrf = CSRFProtect(app)
    register(app)
    csrf.exempt(app.blueprints["api"])  # JSON only, which no foreign form can send
    app.extensions["facilitator.live"] = Live(
        app, settings, store, who=who.actor_of, origin_allowed=headers.origin_rule(settings)
    )
    app.wsgi_app = headers.NoDeflate(app.wsgi_app)  # type: ignore[method-assign]
    return app


def _importmap() -> str:
    files: dict[str, str] = json.loads((ROOT / "static/vendor/importmap.json").read_text())
    return json.dumps({"imports": {name: url_for("static", filename=f"vendor/{file}") for name, file in files.items()}})
