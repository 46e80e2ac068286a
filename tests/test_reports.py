"""Reports are made by processes of their own: how far they are is told, and who cancels one ends its process."""

from __future__ import annotations

import io
import os
import re
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdf
import pytest
from playwright.sync_api import Browser as Chrome
from playwright.sync_api import expect
from support.browser import LAPTOP, PHONE, Visitor
from support.house import House, new
from support.patience import until
from support.server import Browser, Server

pytestmark = pytest.mark.once


class Desk:
    """Somebody at the downloads of a served workshop."""

    def __init__(self, server: Server, house: House, name: str) -> None:
        self.server, self.someone = server, house[name]
        self.browser: Browser = server.browser(self.someone)

    def begins(self, format: str, id: str | None = None, **more: str) -> str:
        id = id or new()
        answer = self._asks("PUT", id, format=format, **more)
        assert answer["ok"], answer
        return id

    def looks(self, id: str) -> dict[str, Any]:
        return self._asks("GET", id)

    def cancels(self, id: str) -> dict[str, Any]:
        return self._asks("DELETE", id)

    def waits(self, id: str) -> dict[str, Any]:
        self.until(lambda: self.looks(id)["stage"] in ("ready", "failed"))
        return self.looks(id)

    def until(self, happens: Callable[[], Any]) -> None:
        until(happens, lambda: self.server.output)

    def _asks(self, method: str, id: str, **more: str) -> Any:
        answer = self.browser.request(method, f"/api/reports/{id}", params={"as": self.someone.id, **more})
        return answer.json() | {"status": answer.status_code}


def processes(server: Server) -> list[int]:
    """The ids of the processes that make reports for a server."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rpartition(")")[2].split()[1])
            line = (status.parent / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if parent == server.process.pid and b"facilitator.reports.make" in line:
            found.append(int(status.parent.name))
    return found


def hold(server: Server) -> None:
    """As if the report were a very long one: its process stands still until it is ended."""
    for process in until(lambda: processes(server), lambda: server.output):
        os.kill(process, signal.SIGSTOP)


def test_olga_sees_how_far_her_report_is_and_gets_it(server: Server, full_house: House) -> None:
    olga = Desk(server, full_house, "Olga")
    id = olga.begins("pdf", depth="brief", lang="fr")
    assert olga.begins("pdf", id=id) == id, "asked again, it is the same report"
    seen = []
    while not seen or seen[-1]["stage"] != "ready":
        seen.append(olga.looks(id))
        assert seen[-1]["stage"] in ("waiting", "reading", "compiling", "writing", "ready"), server.output
        time.sleep(0.05)
    assert [one["step"] for one in seen] == sorted(one["step"] for one in seen)
    assert "reading" in {one["stage"] for one in seen} and (seen[-1]["step"], seen[-1]["steps"]) == (3, 3)
    file = olga.browser.get(seen[-1]["file"])
    assert file.headers["content-disposition"] == 'attachment; filename="water-and-air-brief.pdf"'
    assert pypdf.PdfReader(io.BytesIO(file.content)).trailer["/Root"]["/Lang"] == "fr"
    assert olga.browser.get(seen[-1]["file"]).content == file.content, "it can be saved again"
    olga.until(lambda: not processes(server))


def test_who_cancels_a_report_ends_its_process_and_leaves_nothing_behind(server: Server, full_house: House) -> None:
    fatima = Desk(server, full_house, "Fatima")
    id = fatima.begins("docx", depth="record")
    hold(server)
    assert fatima.cancels(id)["stage"] == "cancelled"
    fatima.until(lambda: not processes(server) and not server.reports_of(fatima.someone))
    gone = fatima.looks(id)
    assert (gone["status"], gone["error"]["code"]) == (404, "report_gone")
    assert fatima.browser.get(f"/s/{fatima.someone.id}/reports/{id}").status_code == 404


def test_two_are_made_at_a_time_the_others_wait_and_the_oldest_of_four_goes(server: Server, full_house: House) -> None:
    olga = Desk(server, full_house, "Olga")
    most, ids = 0, [olga.begins("json") for _ in range(4)]
    assert olga.looks(ids[0])["error"]["code"] == "report_gone"
    while any(olga.looks(id)["stage"] != "ready" for id in ids[1:]):
        most = max(most, len(processes(server)))
    assert most == 2
    for id in ids[1:]:
        olga.cancels(id)


def test_a_report_that_dies_says_so_and_the_log_says_why(server: Server, full_house: House) -> None:
    olga = Desk(server, full_house, "Olga")
    id = olga.begins("pdf")
    hold(server)
    for process in processes(server):
        os.kill(process, signal.SIGKILL)
    assert olga.waits(id)["stage"] == "failed"
    answer = olga.browser.get(f"/s/{olga.someone.id}/reports/{id}")
    assert answer.status_code == 500 and "The report could not be made" in answer.text
    assert "a report (pdf) failed with code -9" in server.output
    id = olga.begins("html")
    if olga.looks(id)["stage"] != "ready":
        assert olga.browser.get(f"/s/{olga.someone.id}/reports/{id}").status_code == 409
    assert olga.waits(id)["stage"] == "ready"


def test_a_report_is_nobody_elses(server: Server, full_house: House) -> None:
    olga, fatima, amina = (Desk(server, full_house, name) for name in ("Olga", "Fatima", "Amina"))
    id = olga.begins("json")
    olga.waits(id)
    assert fatima.looks(id)["error"]["code"] == fatima.cancels(id)["error"]["code"] == "report_gone"
    assert fatima.browser.get(f"/s/{olga.someone.id}/reports/{id}").status_code == 401
    for refused, status in (
        (amina._asks("PUT", new(), format="json"), 403),
        (fatima._asks("PUT", new(), format="ballots"), 403),
        (olga._asks("PUT", new(), format="doc"), 404),
        (olga._asks("PUT", new(), format="pdf", depth="deeper"), 404),
        (olga._asks("PUT", "../etc", format="json"), 404),
        (olga._asks("PUT", "1", format="json"), 400),
    ):
        assert refused["status"] == status and refused["error"]["message"], refused
    foreign = olga.browser.put(
        f"/api/reports/{new()}", params={"as": olga.someone.id, "format": "json"},
        headers={"Origin": "https://evil.example"},
    )  # fmt: skip
    assert foreign.status_code == 403
    assert olga.looks(id)["stage"] == "ready"


def test_a_plain_download_leaves_no_file_behind(server: Server, full_house: House) -> None:
    olga = Desk(server, full_house, "Olga")
    assert olga.browser.get(f"/s/{olga.someone.id}/outcome.json").json()["event"]["title"] == "Water and air"
    olga.until(lambda: server.reports_of(olga.someone) == [])


# --- on the page ----------------------------------------------------------------------------------------------------


def arrives(chrome: Chrome, server: Server, house: House, size: tuple[int, int]) -> Visitor:
    visitor = Visitor(chrome, "Olga", size)
    visitor.page.goto(f"{server.url}/p/{house['Olga'].link()}")
    return visitor


@pytest.mark.parametrize("size", [PHONE, LAPTOP], ids=["phone", "laptop"])
def test_olga_watches_a_report_cancels_it_and_gets_the_next(
    server: Server, full_house: House, chrome: Chrome, size: tuple[int, int]
) -> None:
    olga = arrives(chrome, server, full_house, size)
    page = olga.page
    page.get_by_label("How much it tells").select_option("record")
    panel = page.locator("[data-making]")
    olga.clicks("PDF")
    hold(server)
    expect(panel.get_by_role("status")).to_have_text(re.compile("^(Waiting for its turn|Reading the event)$"))
    assert panel.get_by_role("progressbar").get_attribute("max") == "3"
    if size == PHONE:
        page.evaluate("scrollTo(0, 0)")
        olga.shows("60-report-on-its-way-phone")
    panel.get_by_role("button", name="Cancel").focus()
    page.keyboard.press("Enter")
    expect(panel.get_by_role("status")).to_have_text("Cancelled. Nothing was saved.")
    expect(panel.get_by_role("button", name="Try again")).to_be_focused()
    until(lambda: not processes(server), lambda: server.output)
    with page.expect_download() as loading:
        olga.clicks("Web page")
    assert loading.value.suggested_filename == "water-and-air-record.html"
    expect(panel.get_by_role("status")).to_have_text("Ready. The file is in your downloads.")
    expect(panel.get_by_role("button", name="Cancel")).to_be_hidden()
    assert b"Water and air" in Path(str(loading.value.path())).read_bytes()
    with page.expect_download() as loading:
        panel.get_by_role("link", name="Save it again").click()
    assert loading.value.suggested_filename == "water-and-air-record.html"
    assert page.url.endswith("/event")
    page.evaluate("scrollTo(0, 0)")  # or the masthead lies over the middle of the page
    olga.shows(f"61-report-ready-{'phone' if size == PHONE else 'laptop'}")
    assert not olga.problems, olga.problems


def test_without_scripts_the_same_button_is_a_plain_download(server: Server, full_house: House, chrome: Chrome) -> None:
    context = chrome.new_context(java_script_enabled=False, accept_downloads=True)
    page = context.new_page()
    page.goto(f"{server.url}/p/{full_house['Olga'].link()}")
    page.get_by_label("How much it tells").select_option("findings")
    with page.expect_download() as loading:
        page.get_by_role("button", name="Web page").click()
    assert loading.value.suggested_filename == "water-and-air-findings.html"
    context.close()
