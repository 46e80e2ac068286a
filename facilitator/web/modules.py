"""The client's modules: those that a page needs, and the words of its language as one of them.

    GET  /translations/FINGERPRINT/LANGUAGE.js   -> a module; its default is {msgid: translation}, see `i18n.catalogue`

Like static files, it is kept by browsers for good: its address changes with what it says.
"""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from functools import cache
from pathlib import Path

from flask import Blueprint, Response, url_for

from .. import i18n
from ..domain.refusals import Refused
from .errors import locale

blueprint = Blueprint("modules", __name__)

STATIC = Path(__file__).resolve().parents[2] / "static"
TRANSLATIONS = "translations"
"""What modules call the words of the page's language."""
ENTRY = "js/main.js"
IMPORT = re.compile(r'\b(?:from|import) ?"([^"\s]+)"')
VIEW = re.compile(r'^ +(\w+): async .*import\("(.+)"\)', re.MULTILINE)
"""A page and the module that draws it, as `main.js` lists them."""


@blueprint.get("/translations/<fingerprint>/<language>.js")
def translations(fingerprint: str, language: str) -> Response:
    if language not in i18n.LANGUAGES or fingerprint != _translations(language)[0]:
        raise Refused("unknown_page")
    return Response(_translations(language)[1], mimetype="text/javascript")


def importmap() -> str:
    """The import map of the vendored modules and the words, as JSON for the page."""
    return json.dumps({"imports": {name: _address(name) for name in (*_vendored(), TRANSLATIONS)}})


def addresses(page: str) -> list[str]:
    """Where the modules of a page are. It names them at once, or a phone on bad Wi-Fi would find them one by one."""
    return [_address(one) for one in needed(page)]


@cache
def needed(page: str) -> tuple[str, ...]:
    """The modules of a page (`lobby`, `board`, …): files below `static/`, and names of the import map."""
    views = dict(VIEW.findall((STATIC / ENTRY).read_text(encoding="utf-8")))
    return imported_by(ENTRY, _resolved(views[page], ENTRY))


def imported_by(*files: str) -> tuple[str, ...]:
    """These modules, and all that they import, near ones first."""
    found: dict[str, None] = {}
    waiting = list(files)
    while waiting:
        one = waiting.pop(0)
        if one in found:
            continue
        found[one] = None
        if one != TRANSLATIONS:
            file = f"vendor/{_vendored()[one]}" if one in _vendored() else one
            source = (STATIC / file).read_text(encoding="utf-8")
            waiting += [_resolved(name, one) for name in IMPORT.findall(source)]
    return tuple(found)


def _resolved(name: str, importer: str) -> str:
    if not name.startswith("."):
        return name
    return posixpath.normpath(posixpath.join(posixpath.dirname(importer), name))


def _address(module: str) -> str:
    if module == TRANSLATIONS:
        language = locale()
        return url_for("modules.translations", fingerprint=_translations(language)[0], language=language)
    return url_for("static", filename=f"vendor/{_vendored()[module]}" if module in _vendored() else module)


@cache
def _translations(language: str) -> tuple[str, str]:
    """The fingerprint and the source of the module."""
    source = f"export default {json.dumps(i18n.catalogue(language, client=True), ensure_ascii=False)};\n"
    return hashlib.sha256(source.encode()).hexdigest()[:12], source


@cache
def _vendored() -> dict[str, str]:
    files: dict[str, str] = json.loads((STATIC / "vendor/importmap.json").read_text(encoding="utf-8"))
    return files
