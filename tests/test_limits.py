"""Limits, queues, publishing and settings: the small parts on their own."""

from __future__ import annotations

import socket
import struct
import threading
import time
from pathlib import Path
from queue import Empty
from typing import Any

import pytest

from facilitator.domain.refusals import Refused
from facilitator.limits import Limits
from facilitator.live.publish import Publisher
from facilitator.live.queue import LIMIT, SendQueue
from facilitator.serving import BACKLOG, Listener
from facilitator.settings import SettingError, Settings
from facilitator.store.db import ServerLock, Store, running_server, secret_key
from facilitator.web.headers import NoDeflate, origin_rule


def refusals(do: Any, times: int) -> list[str]:
    found = []
    for _ in range(times):
        try:
            do()
            found.append("ok")
        except Refused as refused:
            found.append(refused.code)
    return found


def test_amina_may_send_thirty_at_once_and_bruno_is_not_slowed_by_her() -> None:
    limits = Limits()
    assert refusals(lambda: limits.require_pace("amina"), 31) == ["ok"] * 30 + ["too_fast"]
    assert refusals(lambda: limits.require_pace("bruno"), 1) == ["ok"]


def test_wrong_codes_are_counted_per_address_and_in_all() -> None:
    limits = Limits()
    assert refusals(lambda: limits.count_wrong("10.0.0.1"), 21) == ["ok"] * 20 + ["too_many_tries"]
    assert refusals(lambda: limits.count_wrong("10.0.0.2"), 1) == ["ok"]
    many = [refusals(lambda a=n: limits.count_wrong(f"10.1.{a // 250}.{a % 250}"), 1)[0] for n in range(600)]
    assert many.count("too_many_tries") == 22


def test_a_send_queue_is_bounded_and_says_so_without_raising() -> None:
    queue = SendQueue()
    for number in range(LIMIT):
        queue.put(number)
    assert not queue.overflowed and queue.get(block=False) == 0
    queue.put("fits again")
    assert not queue.overflowed
    queue.put("one too many")
    assert queue.overflowed
    assert queue.get(block=False) is None, "the writer is told to stop"
    queue.put("after that nothing is kept")
    with pytest.raises(Empty):
        queue.get(block=False)


def test_who_waits_at_an_empty_queue_gets_what_comes() -> None:
    queue, got = SendQueue(), []
    waiting = threading.Thread(target=lambda: got.append(queue.get()))
    waiting.start()
    queue.put("news")
    waiting.join(5)
    assert got == ["news"] and queue.empty()


def test_the_first_event_leaves_at_once_and_what_follows_leaves_as_one_frame() -> None:
    out: list[Any] = []
    later: list[Any] = []
    publisher = Publisher(
        lambda message, frame, to: out.append((frame["from"], frame["to"])) if "~" not in to else None,
        lambda function, *args: later.append((function, args)),
        lambda seconds: None,
    )
    for seq in range(1, 6):
        publisher.publish("board:x", [{"seq": seq}])
    assert out == [(0, 1)]
    function, args = later.pop()
    function(*args)
    assert out == [(0, 1), (1, 5)] and later == []
    publisher.publish("board:x", [{"seq": 6}])
    assert out[-1] == (5, 6)


def test_what_overtakes_an_earlier_event_waits_for_it_a_little_and_not_for_ever() -> None:
    out: list[tuple[int, int]] = []
    later: list[Any] = []
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        if len(slept) == 2:
            publisher.publish("board:x", [{"seq": 6}])

    publisher = Publisher(
        lambda message, frame, to: out.append((frame["from"], frame["to"])) if "~" not in to else None,
        lambda function, *args: later.append((function, args)),
        sleep,
    )
    publisher.sent["board:x"] = 5
    publisher.publish("board:x", [{"seq": 7}])
    assert out == []
    function, args = later.pop()
    function(*args)
    assert out == [(5, 7)]
    publisher.publish("board:x", [{"seq": 9}])  # 8 was another process's, and never comes here
    function, args = later.pop()
    function(*args)
    assert out == [(5, 7), (8, 9)]


def test_events_that_come_out_of_order_never_make_a_frame_with_a_gap() -> None:
    out: list[Any] = []
    publisher = Publisher(lambda message, frame, to: out.append(frame), lambda *args: None, lambda seconds: None)
    publisher.publish("board:x", [{"seq": 7}, {"seq": 5}, {"seq": 4}])
    assert [(frame["from"], frame["to"]) for frame in out[::2]] == [(3, 5), (6, 7)]


# --- traps of the wire ------------------------------------------------------------------------------------------


@pytest.fixture
def listener(tmp_path: Path) -> Any:
    made = Listener(Settings(data=tmp_path, port=0))
    yield made
    made.socket.close()


def test_accepted_sockets_send_at_once(listener: Listener) -> None:
    """Without TCP_NODELAY an answer of a few bytes waits 40 ms for company."""
    with socket.create_connection(listener.socket.getsockname()), listener.socket.accept()[0] as accepted:
        assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 1


def test_the_port_is_not_shared_and_a_crowd_may_queue_for_it(listener: Listener) -> None:
    assert listener.socket.getsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT) == 0
    limit = int(Path("/proc/sys/net/core/somaxconn").read_text())
    # tcpi_sacked of a listening socket is its backlog (Linux, tcp(7)); it follows 8 one-byte fields and 4 numbers.
    info = struct.unpack_from("8B6I", listener.socket.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 104))
    assert BACKLOG == 4096 and info[8 + 5] == min(BACKLOG, limit)


def test_a_port_in_use_and_an_address_of_elsewhere_are_said(listener: Listener, tmp_path: Path) -> None:
    port = listener.socket.getsockname()[1]
    with pytest.raises(SettingError, match=rf"Port {port} is in use by another program.*--port"):
        Listener(Settings(data=tmp_path, port=port))
    with pytest.raises(SettingError, match="Check --host and --port"):
        Listener(Settings(data=tmp_path, host="192.0.2.1", port=0))


def test_a_browsers_offer_to_compress_is_not_passed_on() -> None:
    seen: list[Any] = []
    app = NoDeflate(lambda environ, start_response: seen.append(environ) or [])
    app({"HTTP_SEC_WEBSOCKET_EXTENSIONS": "permessage-deflate", "HTTP_HOST": "x"}, None)
    assert seen == [{"HTTP_HOST": "x"}]


def test_which_origins_may_connect() -> None:
    settings = Settings(public_url="https://workshop.example.org/", origins="https://intranet.example.org, ")
    allowed = origin_rule(settings)
    here = {"HTTP_HOST": "10.0.0.5:5000", "wsgi.url_scheme": "http", "HTTP_X_FORWARDED_HOST": "evil.example"}
    for origin in (None, "http://10.0.0.5:5000", "https://workshop.example.org", "https://intranet.example.org"):
        assert allowed(origin, here), origin
    for origin in ("http://evil.example", "https://10.0.0.5:5000", "http://10.0.0.5", "null", "", "http://workshop"):
        assert not allowed(origin, here), origin


# --- settings and the data folder -------------------------------------------------------------------------------

WRONG = [
    ({"FACILITATOR_PORT": "many"}, "whole number"),
    ({"FACILITATOR_PORT": "70000"}, "1 to 65535"),
    ({"FACILITATOR_ASYNC_MODE": "gevent"}, "eventlet or threading"),
    ({"FACILITATOR_SQLITE_SYNC": "off"}, "normal or full"),
    ({"FACILITATOR_LOG_LEVEL": "loud"}, "debug, info"),
    ({"FACILITATOR_SECRET_KEY": "secret"}, "32 random characters"),
]


@pytest.mark.parametrize(("environ", "part"), WRONG, ids=[next(iter(environ)) for environ, _ in WRONG])
def test_a_setting_that_cannot_be_is_said_with_what_can(environ: dict[str, str], part: str) -> None:
    with pytest.raises(SettingError, match=part) as error:
        Settings.read(environ)
    assert next(iter(environ)) in str(error.value)


def test_the_command_line_goes_before_the_environment() -> None:
    assert Settings.read({"FACILITATOR_PORT": "6000"}, port=7000, host=None).port == 7000
    assert Settings.read({"FACILITATOR_PORT": "6000"}).port == 6000
    assert Settings.read({}).data == Path("data")


@pytest.mark.parametrize("url", ["postgresql+psycopg://u@h/d", "postgresql+asyncpg://u@h/d", "mysql://u@h/d",
                                 "sqlite:///x.db"])  # fmt: skip
def test_drivers_that_would_stall_the_sockets_are_refused(tmp_path: Path, url: str) -> None:
    with pytest.raises(SettingError, match=r"not supported.*psycopg2"):
        Store(Settings(data=tmp_path, database_url=url))


def test_a_bare_postgresql_address_means_psycopg2(tmp_path: Path) -> None:
    store = Store(Settings(data=tmp_path, database_url="postgresql://u@h/d"))
    assert store.engine.url.drivername == "postgresql+psycopg2"
    with pytest.raises(SettingError, match="is not a database address"):
        Store(Settings(data=tmp_path, database_url="somewhere"))


def test_one_server_a_folder(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    first, second = ServerLock(settings), ServerLock(settings)
    assert running_server(tmp_path) is None
    first.take()
    first.note("http://127.0.0.1:5000")
    assert running_server(tmp_path) == "http://127.0.0.1:5000"
    with pytest.raises(SettingError, match=r"already runs on the data folder .* at http://127.0.0.1:5000.*--data"):
        second.take()
    first.release()
    second.take()
    second.release()


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    key = secret_key(settings)
    assert len(key) == 64 and secret_key(settings) == key
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_pace_comes_back_after_a_while() -> None:
    limits = Limits()
    refusals(lambda: limits.require_pace("amina"), 31)
    time.sleep(3.1)
    assert refusals(lambda: limits.require_pace("amina"), 1) == ["ok"]
