"""A real server: `python run.py` on a port of its own, ended by its own pid."""

from __future__ import annotations

import os
import queue
import re
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import requests

from facilitator.settings import Settings

from .house import Someone
from .patience import PATIENCE
from .wire import Wire

ROOT = Path(__file__).resolve().parents[2]
ASYNC = os.environ.get("FACILITATOR_TEST_ASYNC", "eventlet")


def environment(settings: Settings, **more: str) -> dict[str, str]:
    """The process environment for an installation: what was set for the test run's own is not passed on."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith("FACILITATOR_")}
    ours = {
        "FACILITATOR_DATA": str(settings.data),
        "FACILITATOR_DATABASE_URL": settings.database_url,
        "FACILITATOR_SECRET_KEY": settings.secret_key,
        "FACILITATOR_ASYNC_MODE": ASYNC,
        "PYTHONUNBUFFERED": "1",
    }
    return {**clean, **ours, **more}


def start(settings: Settings, *options: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Start a server that is expected to say why it cannot, and wait for that."""
    return subprocess.run(
        [sys.executable, str(ROOT / "run.py"), *options],
        env=environment(settings, **env),
        capture_output=True,
        text=True,
        timeout=30,
    )


class Server:
    def __init__(self, settings: Settings, port: int = 0, root: Path = ROOT, **env: str) -> None:
        self.settings = settings
        self.process = subprocess.Popen(
            [sys.executable, str(root / "run.py"), "--port", str(port)],
            env=environment(settings, **env),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []
        self._new: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()
        self.url = self._wait_for_url()
        self.port = int(self.url.rsplit(":", 1)[1])

    @property
    def output(self) -> str:
        return "".join(self.lines)

    @property
    def host(self) -> str:
        return self.url.removeprefix("http://")

    def kill(self) -> None:
        """As if the power had gone: no chance to tidy up."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(5)
            except subprocess.TimeoutExpired:
                self.kill()

    def memory(self) -> int:
        """Bytes of memory that the process has in use."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        found = re.search(r"VmRSS:\s+(\d+) kB", status)
        assert found
        return int(found[1]) * 1024

    def reports_of(self, someone: Someone) -> list[str]:
        """What the server keeps of the reports that somebody asked for; other tests' people have theirs beside it."""
        return sorted(path.name for path in (self.settings.data / "reports").glob(f"{someone.id}-*"))

    def is_well(self) -> None:
        """Fails unless the server answers."""
        assert self.process.poll() is None, self.output
        assert requests.get(f"{self.url}/readyz", timeout=5).json()["ok"] is True

    def browser(self, *people: Someone) -> Browser:
        """A browser that is these people, by their personal links."""
        browser = Browser(self.url)
        for someone in people:
            browser.arrives(someone)
        return browser

    def wire(self, someone: Someone) -> Wire:
        """A socket of somebody, in a browser of its own."""
        return self.browser(someone).wire(someone)

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            self._new.put(line)

    def _wait_for_url(self) -> str:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                line = self._new.get(timeout=0.1)
            except queue.Empty:
                if self.process.poll() is not None:
                    break
                continue
            if found := re.search(r" at (http://\S+)", line):
                return found[1]
        self.stop()
        raise AssertionError(f"the server did not start:\n{self.output}")


class Browser(requests.Session):
    """Cookies, forms, sockets; the addresses it is given are those within the server."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.base = url
        # The server is on this machine; a proxy that the environment names is none of its business.
        self.trust_env = False

    def request(self, method: Any, url: Any, *args: Any, **more: Any) -> requests.Response:
        more.setdefault("timeout", 60)
        return super().request(method, url if str(url).startswith("http") else self.base + str(url), *args, **more)

    def arrives(self, someone: Someone) -> requests.Response:
        found = self.get(f"/p/{someone.link()}", allow_redirects=False)
        assert found.status_code == 302, found.text
        return found

    def submits(self, path: str, fields: dict[str, str], page: str | None = None, **more: Any) -> requests.Response:
        """Fill in the form on a page (the same path, usually) and send it, with the page's CSRF token."""
        token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.get(page or path).text)
        assert token, f"no form at {page or path}"
        return self.post(path, data={"csrf_token": token[1], **fields}, **more)

    def command(self, someone: Someone, room: str, name: str, id: Any, **args: Any) -> requests.Response:
        message = {"as": someone.id, "id": id, "room": room, "name": name, "args": args}
        return self.post("/api/commands", json=message)

    def watch(self, someone: Someone, room: str, **more: Any) -> requests.Response:
        return self.get(f"/api/rooms/{room}", params={"as": someone.id, **more})

    def wire(self, someone: Someone, **more: Any) -> Wire:
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in self.cookies)
        return Wire(self.base, someone.id, cookies, **more)
