"""The processes that make reports, seen from the server."""

from __future__ import annotations

import contextlib
import logging
import os
import shutil
import subprocess
import sys
import threading
import time
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any, Literal

from ..domain.refusals import Refused
from ..settings import Settings

log = logging.getLogger(__name__)

ROOT = Path(__file__).resolve().parents[2]
FOLDER = "reports"
AT_ONCE = 2
"""Reports that are made at the same time, however many were asked for; the others wait."""
MOST_OF_ONE = 3
"""Reports of one person that are here; one more, and the oldest of them is ended and forgotten."""
PATIENCE_SECONDS = 180
KEPT_SECONDS = 15 * 60
"""How long a file can be fetched; asking for it again is cheap."""
NICER = 10
"""How far behind the server a report stands in the queue for the processor."""

Stage = Literal["waiting", "reading", "compiling", "writing", "ready", "failed", "cancelled"]
STAGES: tuple[Stage, ...] = ("reading", "compiling", "writing")


@dataclass(frozen=True)
class Order:
    """What is wanted: `what` is a format of the outcome, `ballots` for whole ballots as researchers read them, or
    `slips` for personal slips. Those have `link`, the address of a personal link with `{token}` in it, and `group`, the
    name of that whose people alone get them."""

    event: str
    what: str
    depth: str = "contributions"
    language: str = "en"
    link: str = ""
    group: str = ""


class Report:
    """One file, from the moment at which it was asked for. `id` is the client's own, `owner` a person's id."""

    def __init__(self, id: str, owner: str, order: Order, folder: Path) -> None:
        self.id = id
        self.owner = owner
        self.order = order
        self.folder = folder
        self.began = time.monotonic()
        self._turn = threading.Lock()
        self._over = threading.Event()
        self._unwanted = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._end: Stage | None = None

    @property
    def path(self) -> Path:
        """Where the file is once the report is ready."""
        return self.folder / "file"

    @property
    def stage(self) -> Stage:
        if self._end is not None:
            return self._end
        try:
            said = (self.folder / "stage").read_text()
        except FileNotFoundError:
            return "waiting"
        return next((stage for stage in STAGES if stage == said), "reading")

    def wait(self) -> Stage:
        """Until it is over, one way or the other. Where sockets share a thread, they go on meanwhile."""
        self._over.wait()
        return self.stage

    def make(self, settings: Settings, working: threading.Semaphore) -> None:
        """Have it made when it is its turn."""
        with working:
            if self._start(settings):
                self._finish()
        self._over.set()

    def cancel(self) -> None:
        """End it: its process is gone when this returns."""
        with self._turn:
            self._end = "cancelled"
            if self._process is not None and self._process.poll() is None:
                self._process.kill()
                self._process.wait()

    def forget(self) -> None:
        self.cancel()
        shutil.rmtree(self.folder, ignore_errors=True)
        self._unwanted.set()

    def outlives(self, seconds: float) -> None:
        """Wait for so long, or until it is forgotten."""
        self._unwanted.wait(seconds)

    def _start(self, settings: Settings) -> bool:
        with self._turn:
            if self._end is not None:
                return False
            order = self.order
            words = [*astuple(order), str(self.folder)]
            try:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                with open(self.folder / "said", "wb") as said:
                    self._process = subprocess.Popen(
                        [sys.executable, "-m", "facilitator.reports.make", *words],
                        cwd=ROOT,
                        env=os.environ | settings.environ(),
                        stdin=subprocess.DEVNULL,
                        stdout=said,
                        stderr=said,
                    )
            except OSError:
                log.exception("a report could not be started")
                self._end = "failed"
                return False
            # In the server's own session: elsewhere some kernels would weigh the groups, and not the processes.
            with contextlib.suppress(OSError, AttributeError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, NICER)
            return True

    def _finish(self) -> None:
        process: Any = self._process
        try:
            code = process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            code = process.wait()
        with self._turn:
            if self._end is None and code == 0 and self.path.is_file():
                self._end = "ready"
            elif self._end is None:
                self._end = "failed"
                with contextlib.suppress(OSError):
                    said = (self.folder / "said").read_text(errors="replace")
                    log.error("a report (%s) failed with code %s: %s", self.order.what, code, said[-4000:])


class Reports:
    """The reports of one installation; their files lie in its data folder until they are fetched or forgotten."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.folder = settings.data.absolute() / FOLDER
        self._known: dict[tuple[str, str], Report] = {}
        self._working = threading.Semaphore(AT_ONCE)
        shutil.rmtree(self.folder, ignore_errors=True)  # of a server that was ended meanwhile

    def start(self, id: str, owner: str, order: Order) -> Report:
        """The report under this id: a new one, or the one that it is already. The id is a UUID."""
        if (known := self._known.get((owner, id))) is not None:
            return known
        own = sorted((one for one in self._known.values() if one.owner == owner), key=lambda one: one.began)
        for old in own[: len(own) - MOST_OF_ONE + 1]:
            self.forget(old)
        report = self._known[owner, id] = Report(id, owner, order, self.folder / f"{owner}-{id}")
        threading.Thread(target=self._see_to, args=(report,), daemon=True).start()
        return report

    def find(self, id: str, owner: str) -> Report:
        """Raises Refused: `report_gone`."""
        found = self._known.get((owner, id))
        if found is None:
            raise Refused("report_gone")
        return found

    def forget(self, report: Report) -> None:
        """End it if it is still being made, and remove its file."""
        self._known.pop((report.owner, report.id), None)
        report.forget()

    def _see_to(self, report: Report) -> None:
        report.make(self.settings, self._working)
        report.outlives(KEPT_SECONDS)
        self.forget(report)
