"""Makes one file of an outcome. A program of its own, which the server starts, and ends when nobody wants the file:

    python -m facilitator.reports.make EVENT FORMAT DEPTH LANGUAGE LINK GROUP FOLDER

reads the event from the installation that the environment names (FACILITATOR_DATA and so on), writes `FOLDER/file`, and
keeps in `FOLDER/stage` what it is at: reading, compiling, writing. The words before the folder are those of an `Order`.
"""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from .. import i18n, outcomes
from ..domain.document import Depth
from ..settings import Settings
from ..store.db import Store
from .running import Order

MOST_SECONDS = 150  # of processor time: a server that is gone cannot end it any more


def make(order: Order, folder: Path) -> None:
    """Write the file, or raise.

    Raises:
        LookupError: there is no such event, format or depth.
    """

    def told(stage: str) -> None:
        _write(folder / "stage", stage.encode())

    event, what, language = order.event, order.what, order.language
    told("reading")
    settings = Settings.read()
    store = Store(settings)
    try:
        with store.reading() as db:
            if what == "ballots":
                casts = outcomes.research.read(db, event)
            elif what == "slips":
                from .. import slips  # no report draws codes

                paper = slips.gather(db, event, store.key, order.link, order.group)
            else:
                gathered = outcomes.gather(db, event, data=settings.data)
    finally:
        store.close()
    if what == "ballots":
        told("writing")
        body = outcomes.research.write(casts)
    elif what == "slips":
        from ..slips import pdf  # typst is large: nothing else here needs it

        told("writing")
        body = pdf.render(paper, language)
    else:
        wanted = next(known for known in outcomes.DEPTHS if known == order.depth)
        if what == "pdf":
            _become_typesetter(gathered, language, wanted, folder, told)
        body = outcomes.FORMATS[what].write(gathered, i18n.translator(language), language, wanted, told)
    _write(folder / "file", body)


def _become_typesetter(
    gathered: outcomes.Outcome, language: str, depth: Depth, folder: Path, told: Callable[[str], None]
) -> NoReturn:
    """Lay the report out in a folder, and go on as the program that sets its pages: what this one has read and imported
    is not held beside them."""
    from ..outcomes import pdf

    translate = i18n.translator(language)
    told("compiling")
    document = outcomes.compile_report(gathered, translate, language, depth)
    told("writing")
    pages = folder / "pages"
    pages.mkdir(exist_ok=True)
    pdf.lay_out(document, translate, pages)
    os.execv(sys.executable, [sys.executable, "-I", pdf.PROGRAM, str(pages), str(folder / "file")])


def _write(path: Path, body: bytes) -> None:
    """Whole or not at all: the server looks at it meanwhile."""
    new = path.with_suffix(".new")
    new.write_bytes(body)
    new.replace(path)


def _limit() -> None:
    import resource

    with contextlib.suppress(ValueError, OSError):  # a system that has no such limit
        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))


if __name__ == "__main__":
    _limit()
    *WORDS, TARGET = sys.argv[1:]
    make(Order(*WORDS), Path(TARGET))
