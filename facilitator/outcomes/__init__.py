"""What comes out of an event: gathered once, compiled into a report, and written in a format.

outcome = gather(db, event_id)                     # what may be said: figures, never votes
document = compile_report(outcome, depth="brief")  # a report as data
html.render(document)                              # ... or render(db, event_id, "html", depth="brief") for all of it
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection as Db

from ..domain.document import Document
from . import csvs, html, ics, jsons, markdown, research
from .compile import DEPTHS, Depth, Translate, compile_report
from .gather import Outcome, gather
from .html import CSP

__all__ = [
    "CSP",
    "DEPTHS",
    "FORMATS",
    "Depth",
    "Format",
    "Outcome",
    "Translate",
    "compile_report",
    "gather",
    "render",
    "research",
]


@dataclass(frozen=True)
class Format:
    """A format that an outcome can be written in: either its report (`report`), in a language and a depth, or all of
    its data (`data`), whole and untranslated. `ending` is the file's."""

    mimetype: str
    ending: str
    report: Callable[[Document, Translate], bytes] | None = None
    data: Callable[[Outcome], bytes] | None = None

    def write(
        self,
        outcome: Outcome,
        translate: Translate = lambda text: text,
        locale: str = "en",
        depth: Depth = "contributions",
        told: Callable[[str], None] = lambda stage: None,
    ) -> bytes:
        """The file. `told` hears what is being done: compiling (of a report), then writing."""
        if self.report is not None:
            told("compiling")
            document = compile_report(outcome, translate, locale, depth)
            told("writing")
            return self.report(document, translate)
        assert self.data is not None
        told("writing")
        return self.data(outcome)


# What these three stand on is large and seldom used: a server starts without it.


def _pdf(document: Document, translate: Translate) -> bytes:
    from . import pdf

    return pdf.render(document, translate)


def _docx(document: Document, translate: Translate) -> bytes:
    from . import docxs

    return docxs.render(document)


def _xlsx(outcome: Outcome) -> bytes:
    from . import xlsx

    return xlsx.render(outcome)


WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: dict[str, Format] = {
    "pdf": Format("application/pdf", "pdf", report=_pdf),
    "docx": Format(WORD, "docx", report=_docx),
    "html": Format("text/html; charset=utf-8", "html", report=lambda document, _: html.render(document)),
    "md": Format("text/markdown; charset=utf-8", "md", report=lambda document, _: markdown.render(document)),
    "xlsx": Format(EXCEL, "xlsx", data=_xlsx),
    "csv": Format("application/zip", "csv.zip", data=csvs.render),
    "json": Format("application/json", "json", data=jsons.render),
    "ics": Format("text/calendar; charset=utf-8", "ics", data=ics.render),
}


def render(
    db: Db,
    event_id: str,
    format: str,
    translate: Translate = lambda text: text,
    locale: str = "en",
    depth: Depth = "contributions",
    data: Path | None = None,
) -> bytes:
    """The outcome of an event, as it is now, as a file.

    Args:
        format: a key of `FORMATS`.
        translate: gettext for our own words; `locale` is the language that it translates to.
        depth: how much a report tells; data formats always hold everything.
        data: the data folder, in which the event's pictures lie.

    Raises:
        KeyError: no such format.
        LookupError: no such event.
    """
    wanted = FORMATS[format]
    return wanted.write(gather(db, event_id, data=data), translate, locale, depth)
