"""What comes out of an event: gathered once, compiled into a report, and written in a format.

    outcome = gather(db, event_id)          # what may be said: figures, never votes
    document = compile_report(outcome)      # a report as data
    html.render(document)                   # ... or render(db, event_id, "html") for all of it
"""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy.orm import Session as Db

from . import csvs, html, jsons, markdown
from .compile import Translate, compile_report
from .gather import Outcome, gather

__all__ = ["FORMATS", "Outcome", "Translate", "compile_report", "gather", "render", "render_outcome"]

Renderer = Callable[[Outcome, Translate, str], bytes]

FORMATS: dict[str, tuple[str, Renderer]] = {
    "html": ("text/html; charset=utf-8", lambda o, translate, locale: html.render(compile_report(o, translate, locale))),
    "md": (
        "text/markdown; charset=utf-8",
        lambda o, translate, locale: markdown.render(compile_report(o, translate, locale)),
    ),
    "csv": ("text/csv; charset=utf-8", lambda o, translate, locale: csvs.render(o)),
    "json": ("application/json", lambda o, translate, locale: jsons.render(o)),
}
"""Name of a format (and the file's ending) -> its media type and what writes it."""


def render(
    db: Db, event_id: str, format: str, translate: Translate = lambda text: text, locale: str = "en"
) -> bytes:
    """The outcome of an event as a file.

    Args:
        format: a key of `FORMATS`.
        translate: gettext for our own words; `locale` is the language it translates to. CSV and JSON ignore both.

    Raises:
        KeyError: no such format.
        LookupError: no such event.
    """
    _, write = FORMATS[format]
    return write(gather(db, event_id), translate, locale)


def render_outcome(
    outcome: Outcome, format: str, translate: Translate = lambda text: text, locale: str = "en"
) -> bytes:
    """The same for an outcome that was gathered before: rendering needs no database, so it can run in another thread."""
    _, write = FORMATS[format]
    return write(outcome, translate, locale)
