"""The processes that play rehearsals, seen from the server, which needs nothing else of `rehearsal/`."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from .domain.refusals import Refused
from .settings import Settings

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[1]
FOLDER = "rehearsals"
FEWEST, MOST = 2, 300
"""How many people rehearse."""
SPEEDS = (1, 4, 20)
"""Pauses between what people do are divided by one of these."""
NICER = 10
"""How far behind the server a rehearsal stands in the queue for the processor."""

Stage = Literal["playing", "played", "failed", "ended"]


@dataclass(frozen=True)
class Played:
    """How far a rehearsal is. `ended` is one that was cancelled, or that ended with its server.

    `done` of `total` steps; `what` happened last; `report` has the fields of `report.Report` and `ok`, once it was
    played; `why` is what the one that failed says.
    """

    stage: Stage
    done: int = 0
    total: int = 0
    what: str = ""
    why: str = ""
    report: dict[str, Any] = field(default_factory=dict)


class Rehearsing:
    """The rehearsals of one installation, one at a time: they share the machine with whoever works here. What is known
    of each lies in a folder by its event's name, and outlives the server."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = settings.data.absolute() / FOLDER
        self._playing: dict[str, subprocess.Popen[bytes]] = {}

    def require_free(self) -> None:
        """Raises Refused: `rehearsal_running`."""
        if any(process.poll() is None for process in self._playing.values()):
            raise Refused("rehearsal_running")

    def start(self, event: str, people: int, speed: float) -> None:
        """Have an event played by so many people.

        Raises:
            Refused: `rehearsal_running` while another one is played, `rehearsal_failed` if it cannot be started.
        """
        self.require_free()
        folder = self.folder / event
        try:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(mode=0o700, parents=True)
            with open(folder / "said", "wb") as said:
                self._playing[event] = subprocess.Popen(
                    [sys.executable, "-m", "facilitator.rehearsal.make", event, str(people), str(speed), str(folder)],
                    cwd=ROOT,
                    env=os.environ | self.settings.environ(),
                    stdin=subprocess.DEVNULL,
                    stdout=said,
                    stderr=said,
                )
        except OSError as error:
            log.exception("a rehearsal could not be started")
            raise Refused("rehearsal_failed") from error
        with contextlib.suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self._playing[event].pid, NICER)

    def look(self, event: str) -> Played:
        """How far it is."""
        process = self._playing.get(event)
        # Asked first: a process that ends while the files are read has written its last word by then.
        code = process.poll() if process is not None else 0
        folder = self.folder / event
        if (report := _read(folder / "report")) is not None:
            return Played("played", report=json.loads(report))
        far = json.loads(_read(folder / "progress") or "{}")
        if (why := _read(folder / "failed")) is not None:
            return Played("failed", why=why, **far)
        if process is not None and code is None:
            return Played("playing", **far)
        if code is not None and code > 0:
            log.error("a rehearsal failed with code %s: %s", code, (_read(folder / "said") or "")[-4000:])
            return Played("failed", **far)
        return Played("ended", **far)

    def cancel(self, event: str) -> None:
        """End it: its process is gone when this returns."""
        process = self._playing.get(event)
        if process is not None and process.poll() is None:
            process.kill()
            process.wait()

    def forget(self, event: str) -> None:
        """End it, and remove what it left."""
        self.cancel(event)
        self._playing.pop(event, None)
        shutil.rmtree(self.folder / event, ignore_errors=True)
        for outcome in self.folder.glob(f"{event}-*.html"):
            outcome.unlink(missing_ok=True)


def _read(path: Path) -> str | None:
    try:
        return path.read_text(errors="replace")
    except FileNotFoundError:
        return None
