"""The browser's logic, tested by Node's own runner. Node comes with the `playwright` wheel; `node` on PATH will do."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from facilitator.domain.events import EVENTS

HERE = Path(__file__).parent / "js"
JS = HERE.parent.parent / "static" / "js"
PURE = ("seq.js", "reducer.js", "runofshow.js", "glance.js", "pace.js", "absence.js")


def node() -> str:
    """The path of a Node binary; skips the test where there is none."""
    try:
        from playwright._impl._driver import compute_driver_executable

        bundled, _cli = compute_driver_executable()
        if Path(bundled).exists():
            return str(bundled)
    except ImportError:
        pass
    return shutil.which("node") or pytest.skip("neither the playwright wheel nor a node on PATH")


def run_node(*args: str) -> subprocess.CompletedProcess[str]:
    """Run Node with the page's import map in force."""
    return subprocess.run(
        [node(), "--import", (HERE / "register.mjs").as_uri(), *args],
        capture_output=True,
        text=True,
        timeout=180,
        env={**os.environ, "EVENTS": " ".join(EVENTS), "NODE_NO_WARNINGS": "1"},
    )


@pytest.mark.parametrize("path", sorted(HERE.glob("*.test.mjs")), ids=lambda path: path.name.removesuffix(".test.mjs"))
def test_the_client_keeps_its_word(path: Path) -> None:
    done = run_node("--test", "--test-reporter=spec", str(path))
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_reducer_comes_to_the_states_that_the_server_wrote_down() -> None:
    golden = sorted((HERE.parent / "golden").glob("*.json"))
    if not golden:
        pytest.skip("the server has not written tests/golden/*.json yet")
    done = run_node(str(HERE / "golden.mjs"), *map(str, golden))
    assert done.returncode == 0, done.stdout + done.stderr


def test_what_is_pure_knows_no_sockets_no_page_and_no_clock() -> None:
    for name in PURE:
        code = re.sub(r"//.*|/\*[\s\S]*?\*/", "", (JS / name).read_text())
        assert not re.search(r"\bimport\s|\b(document|window|fetch|Date|Math\.random|performance)\b", code), name


def test_only_the_socket_end_knows_the_library() -> None:
    users = [path.name for path in JS.rglob("*.js") if '"socket.io-client"' in path.read_text()]
    assert users == ["socket.js"]
