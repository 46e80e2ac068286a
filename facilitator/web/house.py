"""What the pages need of the house: its store, its sockets, its settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import current_app, request, url_for

from ..pictures import Arriving
from ..rehearsing import Rehearsing
from ..reports import Reports
from ..settings import Settings
from ..store.db import Store

if TYPE_CHECKING:
    from ..live import Live


def store() -> Store:
    return current_app.extensions["facilitator.store"]  # type: ignore[no-any-return]


def live() -> Live:
    return current_app.extensions["facilitator.live"]  # type: ignore[no-any-return]


def settings() -> Settings:
    return current_app.extensions["facilitator.settings"]  # type: ignore[no-any-return]


def arriving() -> Arriving:
    return current_app.extensions["facilitator.pictures"]  # type: ignore[no-any-return]


def reports() -> Reports:
    return current_app.extensions["facilitator.reports"]  # type: ignore[no-any-return]


def rehearsing() -> Rehearsing:
    return current_app.extensions["facilitator.rehearsing"]  # type: ignore[no-any-return]


def address_of(endpoint: str, **values: Any) -> str:
    """The full address of a page, as people outside reach it."""
    base = settings().public_url.rstrip("/") or request.host_url.rstrip("/")
    return base + url_for(endpoint, **values)
