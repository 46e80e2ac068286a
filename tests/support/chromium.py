"""Find a Chromium, or install one, and say what was done: `python tests/support/chromium.py` prints its path."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find() -> str | None:
    """The path of a Chromium that starts, or None."""
    return next((path for path in _candidates() if _starts(path)), None)


def _candidates() -> Iterator[str]:
    if given := os.environ.get("CHROMIUM"):
        yield given
    for name in NAMES:
        if found := shutil.which(name):
            yield found
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache/ms-playwright")
    for pattern in ("chromium-*/chrome-linux*/chrome", "chromium_headless_shell-*/*/headless_shell"):
        yield from map(str, sorted(cache.glob(pattern), reverse=True))


def _starts(path: str) -> bool:
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=30).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> None:
    """Try the ways in which a Chromium can be had, until one of them works."""
    root = [] if os.geteuid() == 0 else ["sudo", "-n"]
    ways = [[[sys.executable, "-m", "playwright", "install", "chromium"]]]
    if shutil.which("apt-get") and (not root or shutil.which("sudo")):
        apt = [*root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
        ways.append([[*apt, "update"], [*apt, "install", "-y", "--no-install-recommends", "chromium"]])
    for commands in ways:
        for command in commands:
            _say("$ " + " ".join(command))
            if subprocess.run(command, stdout=sys.stderr).returncode != 0:
                _say("That did not work.")
                break
        if find():
            return


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def main() -> int:
    path = find()
    if path is None:
        _say("No Chromium on this machine; the browser tests need one. Trying to install it:")
        install()
        path = find()
    if path is None:
        _say("There is still no Chromium. Install one, or give its path: CHROMIUM=/path/to/chromium make test")
        return 1
    _say(f"Browser tests use {path}")
    print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
