"""Headers that keep a page to itself, and the check that a request comes from our own pages."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, request
from flask_compress import Compress

from ..domain.refusals import Refused
from ..settings import Settings

LASTING = {"static": "public", "modules.translations": "public", "pictures.picture": "private"}
"""What never changes under its address, which holds a fingerprint or a picture's own id, and who may keep it: a picture
is for people of the event alone. Pages may be personal, and are kept by nobody."""


def register(app: Flask) -> None:
    app.jinja_env.globals["csp_nonce"] = nonce
    app.after_request(_add)
    # Level 4 takes half the time of 6, the default, and makes a large page a tenth larger; whoever talks, waits for it.
    app.config.update(COMPRESS_REGISTER=False, COMPRESS_LEVEL=4)
    app.after_request(partial(_compress, Compress(app)))
    app.before_request(_refuse_foreign)


def _compress(library: Compress, response: Response) -> Response:
    """What is text goes out compressed, but for downloads: they are large, and whoever talks over a socket would wait.

    A secret on a page is not given away by how long the answer is: no other site can have a page sent with our cookies,
    which are `SameSite`.
    """
    if "attachment" in response.headers.get("Content-Disposition", ""):
        return response
    return library.after_request(response)


def nonce() -> str:
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    return str(g.nonce)


def origin_rule(settings: Settings) -> Callable[[str | None, dict[str, Any]], bool]:
    """Which origins may talk to us: the one that the request was really sent to, and those that were listed.

    Forwarded headers are not looked at: whoever forges one would choose their own origin.
    """
    listed = set(settings.allowed_origins())

    def allowed(origin: str | None, environ: dict[str, Any]) -> bool:
        if origin is None or origin in listed:
            return True
        return urlsplit(origin).netloc == environ.get("HTTP_HOST") and (
            urlsplit(origin).scheme == environ.get("wsgi.url_scheme")
        )

    return allowed


def _refuse_foreign() -> None:
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return
    rule = origin_rule(_settings())
    if not rule(request.headers.get("Origin"), request.environ):
        raise Refused("not_yours")


def _settings() -> Settings:
    from .house import settings

    return settings()


def _add(response: Response) -> Response:
    sockets = " ".join(f"{scheme}://{request.host}" for scheme in ("ws", "wss"))
    policy = {
        "default-src": "'none'",
        "script-src": f"'self' 'nonce-{nonce()}'",
        "style-src": f"'self' 'nonce-{nonce()}'",
        "img-src": "'self' data:",
        "font-src": "'self'",
        "connect-src": f"'self' {sockets}",
        "manifest-src": "'self'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "frame-ancestors": "'none'",
    }
    response.headers.setdefault("Content-Security-Policy", "; ".join(f"{k} {v}" for k, v in policy.items()))
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if request.is_secure:
        response.headers["Strict-Transport-Security"] = "max-age=31536000"
    lasting = LASTING.get(request.endpoint or "") if response.status_code < 400 else None
    response.headers["Cache-Control"] = f"{lasting}, max-age=31536000, immutable" if lasting else "no-store"
    return response


class NoDeflate:
    """Browsers offer to compress every websocket frame and the server would accept: 1.6 times the work and 150 kB of
    memory a client, for frames that are small already."""

    def __init__(self, app: Any) -> None:
        self._app = app

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        environ.pop("HTTP_SEC_WEBSOCKET_EXTENSIONS", None)
        return self._app(environ, start_response)
