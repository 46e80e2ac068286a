"""The straight way out: a frame is packed once, and goes to each client's socket from where it was made.

python-engineio hands every packet to a writer of its own for each client: a queue, a wake-up and a switch for every
delivery, which cost more than sending. Where one thread serves all sockets (eventlet) and nothing waits for a client,
its packet can be sent at once, without blocking. What the socket does not take goes the usual way, through the queue.
"""

from __future__ import annotations

import struct
from typing import Any

from .queue import SendQueue


class Rest(bytes):
    """The end of a frame whose beginning has been sent: it has to follow, as it is."""

    packet_type = 4  # a message, for whoever asks

    def encode(self) -> Rest:
        return self


def straight(websocket: type[Any]) -> type[Any]:
    """python-engineio's class for an eventlet websocket, with our queue connected to its socket."""

    class Straight(websocket):  # type: ignore[misc]
        def __init__(self, handler: Any, server: Any) -> None:
            def handle(ws: Any) -> Any:
                client = handler.__self__
                if isinstance(client.queue, SendQueue):
                    client.queue.way_out = WayOut(client, ws)
                    ws.send = _sending_rests(ws)
                return handler(ws)

            super().__init__(handle, server)

    return Straight


class WayOut:
    """Sends a packet over one websocket, if that can be done now."""

    def __init__(self, client: Any, ws: Any) -> None:
        self._client, self._ws = client, ws

    def send(self, packet: Any) -> Any:
        """Send it. Returns None when it is out, or what has to be queued: the packet, or the rest of its frame.

        Only for somebody who knows that the writer is idle: nothing may come between.
        """
        if not self._client.upgraded or self._client.upgrading or self._ws._sendlock.locked():
            return packet
        frame = _frame(packet)
        try:
            sent = self._ws.socket.fd.send(frame)
        except OSError:
            return packet  # the socket is full, or gone: the writer waits, or finds out
        return None if sent == len(frame) else Rest(frame[sent:])


def _sending_rests(ws: Any) -> Any:
    send = ws.send

    def send_or_finish(message: Any, **options: Any) -> None:
        if isinstance(message, Rest):
            ws._send(message)
        else:
            send(message, **options)

    return send_or_finish


def _frame(packet: Any) -> bytes:
    """A packet as a text frame (RFC 6455, section 5.2), kept with the packet for its next receiver."""
    frame: bytes | None = getattr(packet, "frame", None)
    if frame is None:
        text = packet.encode().encode()
        size = len(text)
        if size < 126:
            head = struct.pack("!BB", 0x81, size)
        elif size < 65536:
            head = struct.pack("!BBH", 0x81, 126, size)
        else:
            head = struct.pack("!BBQ", 0x81, 127, size)
        frame = packet.frame = head + text
    return frame
