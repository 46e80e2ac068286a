"""The browser's vendored modules are the pinned ones, complete, and fetch nothing from elsewhere."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

VENDOR = Path(__file__).parent.parent / "static" / "vendor"
ROWS = [
    [cell.strip().strip("`") for cell in line.strip("|").split("|")]
    for line in (VENDOR / "README.md").read_text().splitlines()
    if re.search(r"[0-9a-f]{64}", line)
]


def test_every_vendored_file_has_the_checksum_that_the_readme_says() -> None:
    said = {file: checksum for *_, file, checksum in ROWS}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in VENDOR.glob("*.mjs")}
    assert found == said


def test_the_import_map_names_the_same_files_as_the_readme() -> None:
    assert json.loads((VENDOR / "importmap.json").read_text()) == {row[0]: row[5] for row in ROWS}


def test_vendored_modules_import_only_each_other() -> None:
    specifiers = set(json.loads((VENDOR / "importmap.json").read_text()))
    for path in VENDOR.glob("*.mjs"):
        assert set(re.findall(r'\b(?:from|import)"([^"]+)"', path.read_text())) <= specifiers, path.name


def test_no_vendored_module_points_at_a_source_map_that_we_do_not_serve() -> None:
    assert [path.name for path in VENDOR.glob("*.mjs") if "sourceMappingURL" in path.read_text()] == []


def test_every_package_keeps_its_licence() -> None:
    licences = (VENDOR / "LICENSES.txt").read_text()
    assert [row[1] for row in ROWS if f"{row[1]} {row[2]} ({row[3]})" not in licences] == []
