"""Pictures for tests, as cameras, phones and villains make them; and tickets for pictures that need no file."""

from __future__ import annotations

import io
import struct
import zlib
from typing import Any

import pillow_heif
from PIL import Image, ImageDraw

from facilitator.pictures import Arrived
from facilitator.pictures import ticket as tickets

from .house import House

CORNERS = {"red": (255, 0, 0), "green": (0, 255, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def ticket(house: House, person: str, id: str, file: str | None = None) -> str:
    """As if a picture of 640 x 480 had arrived."""
    file = file or id.replace("-", "")
    return tickets.write(house.store.key, Arrived(house.event, person, id, file, [[320, 240], [640, 480]]))


def drawn(width: int = 900, height: int = 600) -> Image.Image:
    """Four corners, so that one can tell which way up it is: red, green above, blue, white below."""
    image = Image.new("RGB", (width, height))
    pen = ImageDraw.Draw(image)
    for number, colour in enumerate(CORNERS.values()):
        x, y = width // 2 * (number % 2), height // 2 * (number // 2)
        pen.rectangle((x, y, x + width // 2, y + height // 2), fill=colour)
    return image


def photo(format: str = "JPEG", width: int = 900, height: int = 600, **options: Any) -> bytes:
    """The bytes of a picture of a format that Pillow writes, or of `HEIF`, as an iPhone does."""
    pillow_heif.register_heif_opener()
    out = io.BytesIO()
    drawn(width, height).save(out, format, **options)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    """What a phone notes down: how it was held, whose it is, and where that was."""
    noted = Image.Exif()
    noted[0x0112] = orientation
    noted[0x010F] = "Camera of Amina"
    noted[0x8825] = {1: "N", 2: (41.0, 23.0, 6.0), 3: "E", 4: (2.0, 10.0, 24.0)}
    return noted


def bomb(width: int = 60_000, height: int = 60_000) -> bytes:
    """A small PNG that says it is huge, and is: a stripe of zeros that unpacks for ever."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(4_000_000), 9) * 8
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def corners(image: Image.Image) -> list[str]:
    """The nearest names of the colours of the four corners, in the order of reading."""
    rgb = image.convert("RGB")
    spots = [(x, y) for y in (0.2, 0.8) for x in (0.2, 0.8)]
    pixels = [rgb.getpixel((int(rgb.width * x), int(rgb.height * y))) for x, y in spots]
    return [
        min(CORNERS, key=lambda name: sum(abs(a - b) for a, b in zip(CORNERS[name], p, strict=True))) for p in pixels
    ]  # type: ignore[arg-type]
