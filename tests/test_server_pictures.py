"""Pictures over HTTP: in pieces, by those who may, to those of the event; and nobody waits for them."""

from __future__ import annotations

import re
import socket
import threading
import time
from typing import Any

import pytest
from support.house import House, Someone, new
from support.pictures import SVG, exif, photo
from support.server import Browser, Server

ROLES = ("Olga", "Fatima", "Amina", "Oscar", "Screen")


class Sender:
    """Somebody's browser, as it sends pictures."""

    def __init__(self, server: Server, someone: Someone) -> None:
        self.server, self.someone, self.browser = server, someone, server.browser(someone)

    def piece(self, id: str, offset: int, size: int, body: bytes, **headers: str) -> Any:
        where = {"as": self.someone.id, "offset": offset, "size": size}
        headers = {"Content-Type": "application/octet-stream", **headers}
        return self.browser.put(f"/api/uploads/{id}", params=where, data=body, headers=headers)

    def offset(self, id: str) -> Any:
        return self.browser.get(f"/api/uploads/{id}", params={"as": self.someone.id})

    def whole(self, id: str, size: int) -> Any:
        return self.browser.put(f"/api/uploads/{id}/whole", params={"as": self.someone.id, "size": size}, timeout=60)

    def adds(self, picture: bytes, id: str | None = None, **args: Any) -> dict[str, Any]:
        """The card of a picture that went all the way."""
        id, at = id or new(), 0
        while at < len(picture):
            at = self.piece(id, at, len(picture), picture[at : at + 100_000]).json()["offset"]
        upload = self.whole(id, len(picture)).json()["upload"]
        room = self.someone.house.room
        assert self.browser.command(self.someone, room, "picture.add", id, upload=upload, **args).json()["ok"]
        card: dict[str, Any] = self.someone.house.state(room)["pictures"][id]
        return card


@pytest.fixture
def amina(server: Server, full_house: House) -> Sender:
    return Sender(server, full_house["Amina"])


def test_amina_sends_a_picture_in_pieces_and_everybody_of_the_event_sees_it(
    server: Server, full_house: House, amina: Sender
) -> None:
    picture, id = photo(width=2000, height=1500, exif=exif()), new()
    size = len(picture)
    assert amina.offset(id).json() == {"ok": True, "offset": 0}
    assert amina.piece(id, 0, size, picture[:5000]).json() == {"ok": True, "offset": 5000}
    assert amina.piece(id, 0, size, picture[:5000]).json() == {"ok": True, "offset": 5000}
    early = amina.whole(id, size)
    assert (early.status_code, early.json()["error"]["code"]) == (409, "upload_short")
    assert amina.piece(id, 5000, size, picture[5000:]).json()["offset"] == size
    tickets = {amina.whole(id, size).json()["upload"] for _ in range(2)}
    assert len(tickets) == 1
    for _ in range(2):
        reply = amina.browser.command(amina.someone, full_house.room, "picture.add", id, upload=next(iter(tickets)))
        assert reply.json()["picture"] == id
    (card,) = full_house.state(full_house.room)["pictures"].values()
    for name in ROLES:
        browser = Browser(server.url) if name == "Screen" else server.browser(full_house[name])
        if name == "Screen":
            browser.get(f"/projector/{full_house[name].link()}")
        for image in card["images"]:
            answer = browser.get(image["url"])
            assert answer.status_code == 200 and answer.content.startswith(b"\xff\xd8\xff"), name
            assert answer.headers["Content-Type"] == "image/jpeg"
            assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin"
            assert b"Amina" not in answer.content
    names = sorted(path.name for path in (server.settings.data / "pictures").glob("*.jpg"))
    assert all(re.fullmatch(r"[0-9a-f]{32}-\d+\.jpg", name) for name in names)


def test_people_of_another_event_and_strangers_get_nothing(server: Server, full_house: House, amina: Sender) -> None:
    card = amina.adds(photo())
    elsewhere = full_house.another()
    for browser in (Browser(server.url), server.browser(elsewhere["Olga"], elsewhere["Amina"])):
        for image in card["images"]:
            answer = browser.get(image["url"])
            assert answer.status_code == 401 and "image" not in answer.headers["Content-Type"]
            assert answer.headers["Cache-Control"] == "no-store"
    both = server.browser(elsewhere["Amina"], full_house["Bruno"])
    assert both.get(card["images"][0]["url"]).status_code == 200
    full_house["Olga"].does(full_house.room, "link.renew", person=full_house["Bruno"].id)
    assert both.get(card["images"][0]["url"]).status_code == 401


def test_names_that_are_no_pictures_lead_nowhere(server: Server, full_house: House, amina: Sender) -> None:
    card = amina.adds(photo())
    file = card["images"][0]["url"].rpartition("/")[2].partition("-")[0]
    for name in (f"{file}-321.jpg", f"{file}-0320.jpg", f"{file}.jpg", f"{'0' * 32}-320.jpg", "..%2fsecret.key",
                 "..%2f..%2fsecret.key", "incoming", "incoming%2fx.json", f"{file}-320.jpg%00.svg"):  # fmt: skip
        assert amina.browser.get(f"/pictures/{name}").status_code == 404, name


def test_hidden_and_withdrawn_pictures_are_for_those_who_may_still_look(
    server: Server, full_house: House, amina: Sender
) -> None:
    house = full_house
    hidden, withdrawn = amina.adds(photo()), amina.adds(photo())
    house["Fatima"].does(house.room, "picture.hide", picture=hidden["id"], reason="Off topic")
    house["Amina"].does(house.room, "picture.withdraw", picture=withdrawn["id"])
    for name, sees in {"Amina": (404, 200), "Bruno": (404, 404), "Oscar": (404, 404), "Fatima": (200, 404),
                       "Olga": (200, 404)}.items():  # fmt: skip
        browser = server.browser(house[name])
        found = tuple(browser.get(card["images"][0]["url"]).status_code for card in (hidden, withdrawn))
        assert found == sees, name


@pytest.mark.parametrize("name", ["Oscar", "Screen"])
def test_observers_and_screens_send_nothing(server: Server, full_house: House, name: str) -> None:
    browser = Browser(server.url)
    browser.get(f"/{'projector' if name == 'Screen' else 'p'}/{full_house[name].link()}")
    for method, path in (("get", ""), ("put", ""), ("put", "/whole")):
        answer = browser.request(method, f"/api/uploads/{new()}{path}", params={"as": full_house[name].id, "size": 5,
                                                                                "offset": 0}, data=b"x")  # fmt: skip
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")


def test_nobody_sends_or_asks_in_anothers_name(server: Server, full_house: House, amina: Sender) -> None:
    id = new()
    amina.piece(id, 0, 10, b"12345")
    bruno = Sender(server, full_house["Bruno"])
    assert bruno.offset(id).json()["offset"] == 0
    bruno.someone = full_house["Amina"]
    for answer in (bruno.offset(id), bruno.piece(id, 5, 10, b"67890"), bruno.whole(id, 10)):
        assert answer.status_code == 401
    assert amina.offset(id).json()["offset"] == 5


@pytest.mark.parametrize("origin", ["http://evil.example", "null"])
def test_a_foreign_page_cannot_send_a_picture(full_house: House, amina: Sender, origin: str) -> None:
    id = new()
    assert amina.piece(id, 0, 5, b"12345", Origin=origin).status_code == 403
    assert amina.browser.post(f"/api/uploads/{id}", params={"as": amina.someone.id}).status_code == 404
    assert amina.offset(id).json()["offset"] == 0


def test_what_is_wrong_with_an_upload_is_said_in_a_sentence(server: Server, amina: Sender) -> None:
    id = new()
    for answer, status, words in (
        (amina.piece(id, 0, 11_000_000, b"x"), 413, "larger than 10 MB"),
        (amina.piece(id, 0, 600_000, bytes(600_000)), 413, "larger than 512 kB"),
        (amina.piece("nonsense", 0, 5, b"x"), 400, "UUID"),
        (amina.piece(id, -1, 5, b"x"), 400, "offset"),
        (amina.piece(id, 0, "１", b"x"), 400, "size"),  # type: ignore[arg-type]
        (amina.piece(id, 0, 0, b""), 409, "damaged"),
    ):
        assert answer.status_code == status and words in answer.json()["error"]["message"]
    amina.piece(id, 0, len(SVG), SVG)
    answer = amina.whole(id, len(SVG))
    assert (answer.status_code, answer.json()["error"]["code"]) == (415, "picture_kind")
    assert amina.offset(id).json()["offset"] == 0


def test_a_piece_that_is_cut_off_leaves_nothing_half(server: Server, amina: Sender) -> None:
    picture, id = photo(), new()
    amina.piece(id, 0, len(picture), picture[:1000])
    cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in amina.browser.cookies)
    with socket.create_connection(("127.0.0.1", server.port)) as line:
        path = f"/api/uploads/{id}?as={amina.someone.id}&offset=1000&size={len(picture)}"
        line.sendall(
            f"PUT {path} HTTP/1.1\r\nHost: {server.host}\r\nCookie: {cookies}\r\nContent-Length: 5000\r\n\r\n".encode()
        )
        line.sendall(picture[1000:3000])
    time.sleep(0.3)
    assert amina.offset(id).json()["offset"] == 1000
    assert amina.adds(picture, id=id)["images"]


@pytest.mark.socket
def test_while_twenty_pictures_are_made_small_others_are_answered_at_once(
    server: Server, full_house: House, amina: Sender
) -> None:
    picture, ids = photo(width=4000, height=3000), [new() for _ in range(20)]
    for id in ids:
        assert amina.piece(id, 0, len(picture), picture).status_code in (200, 429)
        time.sleep(0.1)
    bruno = server.wire(full_house["Bruno"])
    senders = [Sender(server, full_house["Amina"]) for _ in range(4)]
    answers: list[Any] = []

    def finish(sender: Sender, own: list[str]) -> None:
        answers.extend(sender.whole(id, len(picture)).json() for id in own)

    working = [threading.Thread(target=finish, args=(one, ids[n::4])) for n, one in enumerate(senders)]
    for one in working:
        one.start()
    waits = []
    while any(one.is_alive() for one in working):
        begun = time.monotonic()
        assert bruno.watch(full_house.room)["ok"]
        waits.append(time.monotonic() - begun)
        time.sleep(0.2)
    bruno.close()
    assert all(answer["ok"] for answer in answers) and len(answers) == 20
    waits.sort()
    assert len(waits) > 5 and waits[len(waits) // 2] < 0.5, waits


def test_a_caption_is_text_on_every_page(server: Server, full_house: House, amina: Sender) -> None:
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"
    amina.adds(photo(), caption=evil, alt=evil)
    for path in (f"/s/{amina.someone.id}/gallery", f"/s/{amina.someone.id}/"):
        answer = amina.browser.get(path)
        assert answer.status_code == 200 and "alert(2)" in answer.text
        assert "<script>alert(1)" not in answer.text and "<img src=x" not in answer.text


def test_everybody_of_the_event_has_the_gallerys_page_and_nobody_else(server: Server, full_house: House) -> None:
    for name in ("Olga", "Fatima", "Amina", "Oscar"):
        page = f"/s/{full_house[name].id}/gallery"
        assert server.browser(full_house[name]).get(page).status_code == 200
        assert server.browser(full_house["Chen"]).get(page).status_code == 401
