"""What comes out of an event: gathered once, compiled into a report, and written in a format.

outcome = gather(db, event_id)          # what may be said: figures, never votes
document = compile_report(outcome)      # a report as data
html.render(document)                   # ... or render(db, event_id, "html") for all of it
"""

from __future__ import annotations

from typing import Protocol

from sqlalchemy import Connection as Db

from . import csvs, html, jsons, markdown
from .compile import Translate, compile_report
from .gather import Outcome, gather
from .html import CSP

__all__ = ["CSP", "FORMATS", "Outcome", "Translate", "compile_report", "gather", "render"]


class Renderer(Protocol):
    """Writes an outcome as a file. It needs no database, so it can run in another thread.

    `translate` is gettext for our own words and `locale` the language that it translates to.
    """

    def __call__(self, outcome: Outcome, translate: Translate = ..., locale: str = ...) -> bytes: ...


def as_html(outcome: Outcome, translate: Translate = lambda text: text, locale: str = "en") -> bytes:
    """The report as one HTML file; serve it with `CSP`."""
    return html.render(compile_report(outcome, translate, locale))


def as_markdown(outcome: Outcome, translate: Translate = lambda text: text, locale: str = "en") -> bytes:
    """The report as Markdown."""
    return markdown.render(compile_report(outcome, translate, locale))


def as_csv(outcome: Outcome, translate: Translate = lambda text: text, locale: str = "en") -> bytes:
    """A row per proposal. Its column names are not translated."""
    return csvs.render(outcome)


def as_json(outcome: Outcome, translate: Translate = lambda text: text, locale: str = "en") -> bytes:
    """Everything, for other programs. Nothing of it is translated."""
    return jsons.render(outcome)


FORMATS: dict[str, tuple[str, Renderer]] = {
    "html": ("text/html; charset=utf-8", as_html),
    "md": ("text/markdown; charset=utf-8", as_markdown),
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
}
"""Name of a format (and the file's ending) -> its media type and what writes it."""


def render(db: Db, event_id: str, format: str, translate: Translate = lambda text: text, locale: str = "en") -> bytes:
    """The outcome of an event, as it is now, as a file.

    Args:
        format: a key of `FORMATS`.
        translate: gettext for our own words; `locale` is the language that it translates to.

    Raises:
        KeyError: no such format.
        LookupError: no such event.
    """
    _, write = FORMATS[format]
    return write(gather(db, event_id), translate, locale)
