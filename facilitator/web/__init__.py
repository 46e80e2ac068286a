"""HTTP: pages, forms, downloads, and the same two doors as the sockets for whoever has no socket."""

from __future__ import annotations

from flask import Flask

from . import (
    agenda,
    api,
    archives,
    attributes,
    checks,
    editions,
    errors,
    groups,
    headers,
    imports,
    invite,
    join,
    modules,
    news,
    organise,
    outcomes,
    pages,
    pictures,
    rehearsals,
    roster,
    rotation,
    slips,
)


def register(app: Flask) -> None:
    headers.register(app)
    errors.register(app)
    setting_up = (organise, roster, slips, attributes, imports, groups, rotation, agenda, invite, archives, rehearsals)
    for module in (api, join, modules, pages, *setting_up, outcomes, editions, checks, news, pictures):
        app.register_blueprint(module.blueprint)
