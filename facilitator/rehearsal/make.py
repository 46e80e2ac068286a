"""Plays one rehearsal. A program of its own, which the server starts, and ends when nobody wants it to go on:

    python -m facilitator.rehearsal.make EVENT PEOPLE SPEED FOLDER

plays EVENT of the installation that the environment names against the server that runs on it, keeps in
`FOLDER/progress` how far it is (`done`, `total` and `what`, as JSON), and leaves `FOLDER/report` (the report's fields,
as JSON), or `FOLDER/failed` with a sentence that says what to do.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

from ..settings import Settings
from ..store.db import Store
from . import RehearsalError, rehearse


def make(event: str, people: int, speed: float, folder: Path) -> None:
    server = os.getppid()

    def progress(done: int, total: int, what: str) -> None:
        if os.getppid() != server:  # it is gone, and nobody else would end this
            raise RehearsalError("The server was stopped meanwhile.")
        _write(folder / "progress", json.dumps({"done": done, "total": total, "what": what}))

    settings = Settings.read()
    store = Store(settings)
    try:
        report = rehearse(settings, store, event=event, people=people, speed=speed, progress=progress)
    except RehearsalError as error:
        _write(folder / "failed", str(error))
    else:
        _write(folder / "report", json.dumps({**asdict(report), "ok": report.ok}))
    finally:
        store.close()


def _write(path: Path, text: str) -> None:
    """Whole or not at all: the server looks at it meanwhile."""
    new = path.with_suffix(".new")
    new.write_text(text)
    new.replace(path)


if __name__ == "__main__":
    EVENT, PEOPLE, SPEED, FOLDER = sys.argv[1:]
    make(EVENT, int(PEOPLE), float(SPEED), Path(FOLDER))
