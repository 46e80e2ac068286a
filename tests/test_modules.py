"""A page names the modules that it needs, and no others: a phone on bad Wi-Fi loads little, and all of it at once."""

from __future__ import annotations

import gzip
import json
import re
import zlib

import pytest
from support.browser import LAPTOP, PHONE
from support.hall import Hall
from support.house import House
from support.server import ROOT, Server

from facilitator import i18n
from facilitator.web import modules

PAGES = [page for page, _ in modules.VIEW.findall((modules.STATIC / modules.ENTRY).read_text())]
SCRIPT = re.compile(r"static', filename='(js/[^']+)'")


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_needs_is_there(page: str) -> None:
    needed = modules.needed(page)
    assert needed[0] == modules.ENTRY and {"preact", "socket.io-client", modules.TRANSLATIONS} <= set(needed)
    assert all((modules.STATIC / one).is_file() for one in needed if one.startswith("js/"))


def test_no_module_is_there_for_nothing() -> None:
    forms = "".join(path.read_text() for path in (ROOT / "templates").glob("*.html"))
    needed = {one for page in PAGES for one in modules.needed(page)} | set(modules.imported_by(*SCRIPT.findall(forms)))
    there = {path.relative_to(modules.STATIC).as_posix() for path in (modules.STATIC / "js").rglob("*.js")}
    assert there - needed == set()


def test_who_takes_part_does_not_load_what_others_steer_with() -> None:
    steering = {"js/views/cockpit.js", "js/views/activity_editor.js", "js/views/desk.js", "js/views/projector.js"}
    assert steering.isdisjoint(modules.needed("lobby")) and steering.isdisjoint(modules.needed("board"))


@pytest.mark.parametrize("language", i18n.LANGUAGES)
def test_the_words_of_a_language_are_a_module_that_is_kept_for_good(
    server: Server, full_house: House, language: str
) -> None:
    amina = full_house["Amina"]
    browser = server.browser(amina)
    page = browser.get(f"/s/{amina.id}/", headers={"Accept-Language": language}).text
    (address,) = set(re.findall(rf"/translations/\w+/{language}\.js", page))
    answer = browser.get(address)
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    says = json.loads(answer.text.removeprefix("export default ").removesuffix(";\n"))
    assert says == i18n.catalogue(language, client=True)
    if language != "en":
        assert 500 < len(says) < len(i18n.catalogue(language)), "what the server alone says is not in it"
        assert says["Raise hand"] and says["Raise hand"] not in page
    for other in (f"/translations/000000000000/{language}.js", address.replace(language, "xx")):
        assert browser.get(other).status_code == 404


def test_what_is_text_comes_compressed(server: Server, full_house: House) -> None:
    amina = full_house["Amina"]
    browser = server.browser(amina)
    for address, inflate in (
        (f"/s/{amina.id}/", gzip.decompress),
        (re.findall(r"/static/\w+/js/main\.js", browser.get(f"/s/{amina.id}/").text)[0], zlib.decompress),
    ):
        whole = browser.get(address, headers={"Accept-Encoding": "identity"})
        assert "Content-Encoding" not in whole.headers
        with browser.get(address, headers={"Accept-Encoding": "gzip, deflate"}, stream=True) as answer:
            packed = answer.raw.read(decode_content=False)
        assert "Accept-Encoding" in answer.headers["Vary"]
        assert len(packed) < len(whole.content) / 2
        if "static" in address:
            assert inflate(packed) == whole.content


def test_a_download_comes_as_it_is_and_holds_nobody_up(server: Server, full_house: House) -> None:
    olga = full_house["Olga"]
    asked = {"Accept-Encoding": "gzip, deflate"}
    answer = server.browser(olga).get(f"/s/{olga.id}/outcome.html", headers=asked)
    assert len(answer.content) > 10_000 and "Content-Encoding" not in answer.headers


@pytest.mark.parametrize(("name", "page"), [("Amina", ""), ("Amina", "board"), ("Fatima", "cockpit"), ("Screen", "")])
def test_a_page_loads_what_it_has_named_and_nothing_else(hall: Hall, name: str, page: str) -> None:
    visitor = hall.stranger(name, PHONE if name == "Amina" else LAPTOP)
    loaded: list[str] = []
    visitor.page.on("request", lambda asked: loaded.append(asked.url.removeprefix(hall.url)))
    if name == "Screen":
        visitor.page.goto(f"{hall.url}/projector/{hall.house[name].link()}")
        visitor.page.locator("#app main").wait_for()
    else:
        visitor.context.request.get(f"{hall.url}/p/{hall.house[name].link()}")
        hall.goes(visitor, hall.water if page == "board" else page)
    visitor.page.wait_for_load_state("networkidle")
    html = visitor.context.request.get(visitor.page.url).text()
    named, later = (
        set(re.findall(rf'<link rel="{rel}"[^>]* href="([^"]+)"', html)) for rel in ("modulepreload", "prefetch")
    )
    assert {address for address in loaded if address.endswith(("js", ".mjs"))} == named | later
    assert bool(later) == (name == "Amina" and page == ""), "only the lobby knows where people go next"
    assert len(loaded) == len(set(loaded)), "nothing is loaded twice"
    hall.is_well()
