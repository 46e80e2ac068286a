"""A ticket says that a picture has arrived and been made harmless, whose it is and where it lies. Only this
installation can write one, so that `picture.add` need neither open a file nor believe a page."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from dataclasses import asdict, dataclass

from ..domain.refusals import Refused


@dataclass(frozen=True)
class Arrived:
    """`id` is the client's own for the upload, and will be the picture's. `file` is the random part of the names in the
    data folder; `sizes` are the pixels of what is kept, `[width, height]` each, the smallest first."""

    event: str
    person: str
    id: str
    file: str
    sizes: list[list[int]]


def write(key: str, arrived: Arrived) -> str:
    body = base64.urlsafe_b64encode(json.dumps(asdict(arrived)).encode()).decode()
    return f"{body}.{_mac(key, body)}"


def read(key: str, ticket: str) -> Arrived:
    """What `write` was given with the same key.

    Raises:
        Refused: `upload_unknown` for anything else.
    """
    body, _, mac = ticket.partition(".")
    if not hmac.compare_digest(mac.encode(), _mac(key, body).encode()):
        raise Refused("upload_unknown")
    return Arrived(**json.loads(base64.urlsafe_b64decode(body)))


def _mac(key: str, body: str) -> str:
    return hmac.new(key.encode(), f"picture {body}".encode(), hashlib.sha256).hexdigest()
