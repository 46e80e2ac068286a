"""Over HTTP: joining, links, forms; who is let in; and what every page carries in its headers."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from sqlalchemy import select
from support.house import House, new
from support.server import Browser, Server

from facilitator.store.models import Person


def text_of(answer: object) -> str:
    return html.unescape(answer.text)  # type: ignore[attr-defined]


def test_elena_joins_with_the_code_in_two_steps(server: Server, full_house: House) -> None:
    browser, code = Browser(server.url), full_house.code()
    found = browser.get("/j/", params={"code": f" {code.upper()} "})
    assert found.url.endswith(f"/j/{code}") and "Water and air" in found.text
    fields = {"name": "Elena", "organisation": full_house.organisation("Seoul"), "id": new()}
    home = browser.submits(f"/j/{code}", fields)
    assert home.status_code == 200 and re.search(r"/s/\w+/$", home.url)
    again = browser.submits(f"/j/{code}", fields)
    assert again.url == home.url, "a double tap joins once"
    by_code = select(Person.name).where(Person.event == full_house.event, Person.origin == "code")
    assert [row.name for row in full_house.rows(by_code)] == ["Elena"]


@pytest.mark.parametrize(
    ("change", "part"),
    [
        ({"name": ""}, "Please type your name"),
        ({"name": "x" * 10_000}, "10000 characters; 60 is the most"),
        ({"name": "Ele\u202ena"}, "invisible control characters"),
        ({"name": "\u2066Elena\u2069"}, "invisible control characters"),
        ({"organisation": ""}, "Choose your organisation"),
        ({"organisation": "x\x00y"}, "Choose your organisation"),
        ({"organisation": "x" * 50}, "organisation"),
        ({"id": "1"}, "UUID"),
        ({"id": ""}, "UUID"),
    ],
    ids=lambda value: repr(value)[:40],
)
def test_a_form_that_cannot_be_taken_says_why_and_keeps_what_was_typed(
    server: Server, full_house: House, change: dict[str, str], part: str
) -> None:
    before = full_house.everything()
    fields = {"name": "Elena", "organisation": full_house.organisation("Seoul"), "id": new(), **change}
    answer = Browser(server.url).submits(f"/j/{full_house.code()}", fields)
    assert answer.status_code == 422 and part in text_of(answer)
    if "name" not in change:
        assert 'value="Elena"' in answer.text
    assert len(answer.text) < 20_000
    assert full_house.everything() == before


def test_wrong_codes_and_links_say_what_to_do(serve: Any, full_house: House) -> None:
    server = serve()
    browser, old, amina = Browser(server.url), full_house.code(), full_house["Amina"]
    link = amina.link()
    full_house["Olga"].does(full_house.room, "code.renew")
    full_house["Olga"].does(full_house.room, "link.renew", person=amina.id)
    for path, status, part in (
        ("/j/zzzzzz", 404, "No event has the code ZZZZZZ"),
        (f"/j/{old}", 410, "has been replaced by a new one"),
        ("/j/?code=nope", 404, "No event has the code NOPE"),
        ("/j/?code=", 404, "No event has the code"),
        ("/p/nonsense", 404, "link is not known"),
        ("/p/%00%ff", 404, "link is not known"),
        (f"/p/{link}", 410, "replaced by a new one"),
        ("/projector/nonsense", 404, "link is not known"),
        ("/nowhere", 404, "nothing at this address"),
        ("/api/nowhere", 404, "nothing at this address"),
    ):
        answer = browser.get(path)
        assert answer.status_code == status and part in text_of(answer), path
    assert browser.post(f"/j/{old}").status_code != 200


def test_a_stranger_sees_no_page_of_the_event(server: Server, full_house: House) -> None:
    amina, elsewhere = full_house["Amina"], full_house.another()
    pages = (f"/s/{amina.id}/", f"/s/{amina.id}/board/x", f"/s/{amina.id}/event", f"/s/{amina.id}/outcome.json")
    for browser in (Browser(server.url), server.browser(full_house["Bruno"])):
        for page in (*pages, "/s/nobody/", "/s/%00/", "/organise"):
            answer = browser.get(page)
            assert answer.status_code == 401 and "do not know who you are" in text_of(answer), page
    stranger = server.browser(elsewhere["Amina"])
    water = full_house.board("Water").partition(":")[2]
    answer = stranger.get(f"/s/{elsewhere['Amina'].id}/board/{water}")
    assert answer.status_code == 403 and "no access" in text_of(answer)


def test_each_role_has_its_own_pages(server: Server, full_house: House) -> None:
    water, air = (full_house.board(group).partition(":")[2] for group in ("Water", "Air"))
    day = full_house.day().partition(":")[2]
    allowed = {
        "Amina": {"": 200, f"board/{water}": 200, f"board/{air}": 403, f"day/{day}": 200, "cockpit": 403, "event": 403,
                  "outcome.json": 403, "join.svg": 200},
        "Oscar": {"": 200, f"board/{air}": 200, f"day/{day}": 200, "cockpit": 403, "event": 403, "outcome.md": 403},
        "Fatima": {"": 200, f"board/{air}": 200, "cockpit": 200, "event": 403, "outcome.json": 200},
        "Olga": {"": 200, f"board/{air}": 200, "cockpit": 200, "event": 200, "outcome.csv": 200, "outcome.doc": 404},
        "Screen": {"": 200, f"board/{water}": 403, "cockpit": 403, "event": 403, "outcome.html": 403},
    }  # fmt: skip
    for name, pages in allowed.items():
        browser = server.browser(full_house[name])
        for page, status in pages.items():
            assert browser.get(f"/s/{full_house[name].id}/{page}").status_code == status, (name, page)


def test_one_browser_can_be_several_people(server: Server, full_house: House) -> None:
    people = [full_house[name] for name in ("Olga", "Fatima", "Amina")]
    browser = server.browser(*people)
    for someone in people:
        assert browser.get(f"/s/{someone.id}/").status_code == 200


def test_an_answer_that_comes_late_brings_no_older_cookie_back(server: Server, full_house: House) -> None:
    """Else a form that was opened meanwhile would have lost its token."""
    olga = full_house["Olga"]
    browser = server.browser(olga)
    browser.get(f"/s/{olga.id}/event")  # has forms
    for page in ("/", "/cockpit", "/event", "/qr.svg"):
        assert "Set-Cookie" not in browser.get(f"/s/{olga.id}{page}").headers, page


def test_wrong_codes_are_slowed_down_and_right_ones_are_not(serve: Any, full_house: House) -> None:
    server = serve()
    browser, code = Browser(server.url), full_house.code()
    answers = [browser.get(f"/j/wrong{n}") for n in range(41)]
    slowed = [answer for answer in answers if answer.status_code == 429]
    assert answers[0].status_code == 404 and slowed and "Wait a minute" in text_of(slowed[-1])
    assert browser.get(f"/p/{'x' * 22}").status_code == 429
    for number in range(30):
        fields = {"name": f"Guest {number}", "organisation": full_house.organisation("Seoul"), "id": new()}
        assert Browser(server.url).submits(f"/j/{code}", fields).status_code == 200
    assert server.browser(full_house["Amina"]).get(f"/s/{full_house['Amina'].id}/").status_code == 200


def test_a_form_without_its_token_is_refused(server: Server, full_house: House) -> None:
    browser = server.browser(full_house["Olga"])
    before = full_house.everything()
    for path in (f"/j/{full_house.code()}", f"/s/{full_house['Olga'].id}/event/code", "/sign-in", "/sign-out"):
        answer = browser.post(path, data={"id": new(), "name": "Elena"})
        assert answer.status_code == 409 and "Send it again from here" in text_of(answer)
    assert full_house.everything() == before


@pytest.mark.parametrize("headers", [{}, {"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example"}])
def test_a_foreign_page_cannot_send_anything(server: Server, full_house: House, headers: dict[str, str]) -> None:
    browser, olga = server.browser(full_house["Olga"]), full_house["Olga"]
    before = full_house.everything()
    message = {"as": olga.id, "id": new(), "room": full_house.room, "name": "code.renew", "args": {}}
    for origin in ("http://evil.example", "null", server.url.replace("http:", "https:")):
        answer = browser.post("/api/commands", json=message, headers={"Origin": origin, **headers})
        assert answer.status_code == 403 and answer.json()["error"]["code"] == "not_yours"
        fields = {"id": new()}
        path = f"/s/{olga.id}/event/code"
        form = browser.submits(path, fields, page=f"/s/{olga.id}/event", headers={"Origin": origin, **headers})
        assert form.status_code == 403
    assert full_house.everything() == before
    own = browser.post("/api/commands", json=message, headers={"Origin": server.url, **headers})
    assert own.json()["ok"] is True


def test_every_page_keeps_to_itself(server: Server, full_house: House) -> None:
    olga, amina = full_house["Olga"], full_house["Amina"]
    browser = server.browser(olga, amina)
    water = full_house.board("Water").partition(":")[2]
    pages = ("/", f"/j/{full_house.code()}", "/sign-in", f"/s/{amina.id}/", f"/s/{amina.id}/board/{water}",
             f"/s/{olga.id}/event", f"/s/{olga.id}/cockpit", "/nowhere", "/healthz", f"/api/rooms/x?as={amina.id}",
             f"/p/{amina.link()}", f"/s/{amina.id}/join.svg")  # fmt: skip
    nonces = set()
    for page in pages:
        answer = browser.get(page, allow_redirects=False)
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy, page
        (nonce,) = set(re.findall(r"'nonce-([^']+)'", policy))
        nonces.add(nonce)
        assert set(re.findall(r'nonce="([^"]+)"', answer.text)) <= {nonce}
        assert not re.search(r'\sstyle="|\son\w+="', answer.text), f"{page} has inline style or script"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"
    assert len(nonces) == len(pages)
    (script,) = re.findall(r'<script type="module"[^>]* src="([^"]+)"', browser.get(f"/s/{amina.id}/").text)
    static = browser.get(script)
    assert static.status_code == 200 and static.headers["X-Content-Type-Options"] == "nosniff"
    assert "immutable" in static.headers["Cache-Control"]
    missing = browser.get(script.replace("main.js", "nothing.js"))
    assert missing.status_code == 404 and missing.headers["Cache-Control"] == "no-store"


def test_the_cookie_is_for_our_pages_only(server: Server, full_house: House) -> None:
    cookie = server.browser().arrives(full_house["Amina"]).headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


def test_links_are_not_in_the_log(server: Server, full_house: House) -> None:
    token = full_house["Amina"].link()
    server.browser(full_house["Amina"])
    Browser(server.url).get(f"/p/{token}x")
    assert token not in server.output


def test_names_are_shown_as_text(server: Server, full_house: House) -> None:
    evil = "<script>alert(1)</script>"
    full_house.join(evil)
    browser = server.browser(full_house["Olga"], full_house["Amina"])
    for page in (f"/s/{full_house['Olga'].id}/people", f"/s/{full_house['Amina'].id}/"):
        answer = browser.get(page)
        assert "alert(1)" in answer.text and evil not in answer.text
