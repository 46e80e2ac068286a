"""Socket.IO: `watch` and `command` in, `events`, `me`, `beat` and `presence` out. Ten-line adapters over `run()`.

Handlers are registered on python-socketio's server itself: Flask's context is needed once, at the door, and costs
twice as much as the rest of a message.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from flask import Flask
from flask_socketio import SocketIO
from socketio.exceptions import ConnectionRefusedError as Refuse
from sqlalchemy import select

from .. import access, i18n
from ..access import Actor
from ..commands import run
from ..domain.events import JSON
from ..domain.refusals import Refused, sentence
from ..domain.similar import similar
from ..limits import Limits
from ..settings import Settings
from ..snapshot import Snapshots
from ..store.db import Store
from ..store.models import Person, Room, now_ms
from .presence import Presence
from .publish import Publisher, channel
from .queue import SendQueue
from .straight import straight

log = logging.getLogger(__name__)

MAX_FRAME = 64_000
SWEEP_SECONDS = 0.5
BEAT_SECONDS = 2.5
UNKNOWN_SECONDS = 10
WINDOWS = {"participant": 3, "observer": 3}
WINDOWS_OTHERWISE = 12


@dataclass
class Window:
    """One connected page."""

    sid: str
    actor: Actor
    role: str
    event: str
    link: int
    locale: str
    since: float
    #: room -> does the person count as here? Whoever looks on from elsewhere does not, and neither does a screen
    watches: dict[str, bool] = field(default_factory=dict)

    @property
    def person(self) -> str:
        assert self.actor.person is not None
        return self.actor.person

    @property
    def screen(self) -> bool:
        return self.role == "projector"


class Live:
    """The sockets of one process."""

    def __init__(
        self,
        app: Flask,
        settings: Settings,
        store: Store,
        *,
        who: Callable[[Any], Actor],
        origin_allowed: Callable[..., bool],
    ) -> None:
        self.store = store
        self.snapshots = Snapshots()
        self.limits = Limits()
        self.windows: dict[str, Window] = {}
        self._open: Counter[str] = Counter()  # person -> how many windows
        self._lock = threading.Lock()
        self._swept = False
        self._strangers: dict[str, float] = {}
        self.socketio = SocketIO(
            app,
            async_mode=settings.async_mode,
            cors_allowed_origins=origin_allowed,
            max_http_buffer_size=MAX_FRAME,
            ping_interval=10,
            ping_timeout=10,
            async_handlers=False,  # a client's messages are done in the order in which it sent them
            manage_session=False,
        )
        self.server = self.socketio.server
        self.server.eio.create_queue = lambda *args, **kwargs: SendQueue()
        if settings.async_mode == "eventlet":
            ways = self.server.eio._async
            self.server.eio._async = {**ways, "websocket": straight(ways["websocket"])}
        self.server.eio.logger.addFilter(_OncePerSecond())
        start, sleep = self.socketio.start_background_task, self.socketio.sleep
        self.publisher = Publisher(self._emit, start, sleep)
        self.presence = Presence(self._emit, start, sleep)
        self._app, self._who = app, who
        self.version = str(app.static_url_path).rpartition("/")[2]
        """Of the pages: a fingerprint of everything static. A page that was made with another one is outdated."""
        for message in ("connect", "disconnect", "watch", "unwatch", "command", "similar"):
            self.server.on(message, getattr(self, f"on_{message}"))
        self.server.on("*", self.on_anything_else)

    def run(self, *, id: Any, actor: Actor, room: Any, name: Any, args: Any) -> JSON:
        """`commands.run` on this installation: what happens is heard by everybody who watches."""
        return run(self.store, self.publisher.publish, id=id, actor=actor, room=room, name=name, args=args)

    def watch(self, actor: Actor, room: Any, since: Any = None) -> JSON:
        """The answer to `watch`. Raises Refused."""
        if not isinstance(room, str) or (since is not None and (not isinstance(since, int) or isinstance(since, bool))):
            raise Refused("bad_message", why="“room” is a text, “since” a whole number")
        with self.store.reading() as db:
            place = access.open_room(db, actor, room)
            return {"ok": True, **self.snapshots.watch(db, place, since), "now": now_ms(), "version": self.version}

    def similar(self, actor: Actor, room: Any, text: Any) -> JSON:
        """What on a board is like `text`, among what the asker can see: `{"ok", "similar": [{"proposal", "score"}]}`.
        Raises Refused."""
        if not isinstance(room, str) or not room.startswith("board:") or not isinstance(text, str) or len(text) > 2_000:
            raise Refused("bad_message", why="“room” is a board's, “text” what is being typed")
        with self.store.reading() as db:
            state = self.snapshots.state(db, access.open_room(db, actor, room))
        cards = state["proposals"].values()
        others = (
            (card["id"], card["text"]) for card in cards if card["status"] == "standing" and card["kind"] != "given"
        )
        return {"ok": True, "similar": [{"proposal": id, "score": score} for id, score in similar(text, others)]}

    def tell_me(self, actor: Actor, room: str, reply: JSON, but_not: str | None = None) -> None:
        """One's other windows hear what one's own things are since a command of one's own."""
        if self._open[str(actor.person)] > (but_not is not None):
            mine = {"room": room, "seq": reply["seq"], "me": reply["me"]}
            self.server.emit("me", mine, room=f"person:{actor.person}", skip_sid=but_not)

    # --- messages -----------------------------------------------------------------------------------------------

    def on_connect(self, sid: str, environ: dict[str, Any], auth: Any = None) -> None:
        self._start_sweeping()
        locale = i18n.best(environ.get("HTTP_ACCEPT_LANGUAGE", ""))
        try:
            wanted = auth.get("as") if isinstance(auth, dict) else None
            with self._app.request_context(environ):  # the cookie is Flask's business
                actor = self._who(wanted)
            with self.store.reading() as db:
                row = access.person(db, actor.person or "")
        except Refused as refused:
            raise Refuse(sentence(refused, i18n.translator(locale)), {"code": refused.code}) from None
        window = Window(sid, actor, row.role, row.event, row.link, locale, time.monotonic())
        with self._lock:
            self.windows[sid] = window
            self._open[window.person] += 1
        self.server.enter_room(sid, f"person:{window.person}")
        self._close_oldest(window)

    def on_disconnect(self, sid: str, reason: Any = None) -> None:
        with self._lock:
            window = self.windows.pop(sid, None)
            if window is not None:
                self._open -= Counter([window.person])
        for room, here in window.watches.items() if window else ():
            if window and here:
                self.presence.leave(room, window.person)

    def on_watch(self, sid: str, *data: Any) -> JSON:
        return self._answered(sid, self._watch, data)

    def on_unwatch(self, sid: str, *data: Any) -> JSON:
        return self._answered(sid, self._unwatch, data)

    def on_similar(self, sid: str, *data: Any) -> JSON:
        return self._answered(
            sid, lambda window, said: self.similar(window.actor, said.get("room"), said.get("text")), data
        )

    def on_command(self, sid: str, *data: Any) -> JSON:
        return self._answered(sid, self._command, data)

    def on_anything_else(self, message: str, sid: str, *data: Any) -> JSON:
        def refuse(window: Window, message: JSON) -> JSON:
            raise Refused("bad_message", why="a message is one of watch, unwatch, command, similar")

        return self._answered(sid, refuse, ({},))

    def _answered(self, sid: str, do: Callable[[Window, JSON], JSON], data: tuple[Any, ...]) -> JSON:
        """Whatever happens, the page gets an answer: without one it would wait for ever."""
        window = self.windows.get(sid)
        try:
            if window is None:
                raise Refused("not_signed_in")
            self.limits.require_pace(window.person)
            if len(data) != 1 or not isinstance(data[0], dict):
                raise Refused("bad_message", why="send one object")
            return do(window, data[0])
        except Refused as refused:
            return refusal(refused, window.locale if window else "en")
        except Exception:
            log.exception("a message could not be answered")
            return refusal(Refused("internal"), window.locale if window else "en")

    def _watch(self, window: Window, message: JSON) -> JSON:
        room, away = message.get("room"), message.get("away", False)
        if not isinstance(away, bool):
            raise Refused("bad_message", why="“away” is true or false")
        if isinstance(room, str):
            here = not away and not window.screen
            if room not in window.watches:
                # Enter before reading: what happens in between comes as a frame, and the client sorts it out.
                with self.store.reading() as db:
                    access.open_room(db, window.actor, room)
                self.server.enter_room(window.sid, channel(room, window.screen))
            self._count(window, room, here)
        answer = self.watch(window.actor, room, message.get("since"))
        self.publisher.sent.setdefault(answer["room"], answer["seq"])
        card = self.presence.card(answer["room"])
        answer["presence"] = {"room": card["room"], "count": card["count"]} if window.screen else card
        return answer

    def _unwatch(self, window: Window, message: JSON) -> JSON:
        room = message.get("room")
        if isinstance(room, str) and room in window.watches:
            self._count(window, room, False)
            del window.watches[room]
            self.server.leave_room(window.sid, channel(room, window.screen))
        return {"ok": True}

    def _count(self, window: Window, room: str, here: bool) -> None:
        """From now on this window's person is in the room, or looks on from elsewhere."""
        was, window.watches[room] = window.watches.get(room, False), here
        if here and not was:
            self.presence.enter(room, window.person)
        elif was and not here:
            self.presence.leave(room, window.person)

    def _command(self, window: Window, message: JSON) -> JSON:
        known = {key: message.get(key) for key in ("id", "room", "name", "args")}
        reply = self.run(actor=window.actor, **known)
        if "me" in reply:
            self.tell_me(window.actor, str(known["room"]), reply, but_not=window.sid)
        return reply

    # --- keeping watch ------------------------------------------------------------------------------------------

    def _start_sweeping(self) -> None:
        with self._lock:
            if self._swept:
                return
            self._swept = True
        self.socketio.start_background_task(self._sweep_forever)

    def _sweep_forever(self) -> None:
        next_beat = time.monotonic()
        while True:
            self.socketio.sleep(SWEEP_SECONDS)
            try:
                beat = time.monotonic() >= next_beat
                if beat:
                    next_beat = time.monotonic() + BEAT_SECONDS
                self._tell_seqs(beat)
                self._close_revoked()
                self._close_unread_and_unknown()
            except Exception:
                log.exception("the sweep failed; it goes on")

    def _tell_seqs(self, everybody: bool) -> None:
        """`beat`: where the rooms are. At once for a room that moved without this process (another one, a command
        line), and for all every few seconds."""
        rooms = {room for window in list(self.windows.values()) for room in window.watches}
        if not rooms:
            return
        with self.store.reading() as db:
            seqs = {row.id: row.seq for row in db.execute(select(Room.id, Room.seq).where(Room.id.in_(rooms)))}
        for room, seq in seqs.items():
            moved = seq > self.publisher.sent.get(room, 0)
            if everybody or moved:
                self.publisher.sent[room] = max(seq, self.publisher.sent.get(room, 0))
                for screen in (False, True):
                    self._emit("beat", {"rooms": {room: seq}, "now": now_ms()}, channel(room, screen))

    def _close_revoked(self) -> None:
        # Those who come while we read are for the next time: we would not find them among the links.
        windows = list(self.windows.values())
        if not windows:
            return
        with self.store.reading() as db:
            people = {window.person for window in windows}
            rows = db.execute(select(Person.id, Person.link).where(Person.id.in_(people)))
            links = {row.id: row.link for row in rows}
        for window in windows:
            if links.get(window.person) != window.link:
                self._say_goodbye(window, Refused("link_expired"))

    def _close_oldest(self, newest: Window) -> None:
        mine = sorted((w for w in self.windows.values() if w.person == newest.person), key=lambda w: w.since)
        for window in mine[: -WINDOWS.get(newest.role, WINDOWS_OTHERWISE)]:
            self._say_goodbye(window, Refused("too_many_windows"))

    def _say_goodbye(self, window: Window, refused: Refused) -> None:
        self.server.emit("goodbye", refusal(refused, window.locale)["error"], room=window.sid)
        self.server.disconnect(window.sid)

    def _close_unread_and_unknown(self) -> None:
        now = time.monotonic()
        for eio_sid, socket in list(self.server.eio.sockets.items()):
            if getattr(socket.queue, "overflowed", False):
                log.warning("a client that did not read was dropped")
                self.socketio.start_background_task(self.server.eio.disconnect, eio_sid)
            elif self.server.manager.sid_from_eio_sid(eio_sid, "/") is not None:
                self._strangers.pop(eio_sid, None)
            elif now - self._strangers.setdefault(eio_sid, now) > UNKNOWN_SECONDS:
                self.socketio.start_background_task(self.server.eio.disconnect, eio_sid)
        for eio_sid in set(self._strangers) - set(self.server.eio.sockets):
            del self._strangers[eio_sid]

    def _emit(self, message: str, data: JSON, to: str) -> None:
        self.server.emit(message, data, room=to)


def refusal(refused: Refused, locale: str) -> JSON:
    """A refusal as it travels, over sockets and HTTP alike."""
    return {"ok": False, "error": {"code": refused.code, "message": sentence(refused, i18n.translator(locale))}}


class _OncePerSecond(logging.Filter):
    """Somebody who sends rubbish ten thousand times must not fill the disk with our complaints about it."""

    def __init__(self) -> None:
        super().__init__()
        self._last = 0.0

    def filter(self, record: logging.LogRecord) -> bool:
        if record.levelno < logging.WARNING:
            return True
        now = time.monotonic()
        allowed, self._last = now - self._last >= 1, max(self._last, now if now - self._last >= 1 else self._last)
        return allowed
