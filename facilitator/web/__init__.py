"""HTTP: pages, forms, downloads, and the same two doors as the sockets for whoever has no socket."""

from __future__ import annotations

from flask import Flask

from . import (
    agenda,
    api,
    archives,
    errors,
    groups,
    headers,
    imports,
    invite,
    join,
    organise,
    outcomes,
    pages,
    pictures,
    roster,
)


def register(app: Flask) -> None:
    headers.register(app)
    errors.register(app)
    for module in (api, join, pages, organise, roster, imports, groups, agenda, invite, outcomes, archives, pictures):
        app.register_blueprint(module.blueprint)
