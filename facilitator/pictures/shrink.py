"""Makes a picture small and harmless. A program of its own (it imports nothing of the house): a hostile file may crash
or starve a decoder, and then this process is what dies, not the server with all its sockets.

    python -I shrink.py SOURCE TARGET MOST_PIXELS SIZE...

reads the picture SOURCE, whatever its name says, and writes `TARGET-WIDTH.jpg`, once for each SIZE (pixels on the
longer side; a picture is never made larger). What is written is drawn anew from the pixels: turned as it was held, its
colours in sRGB, on white where it was transparent, and without anything else that was in the file (EXIF, GPS, XMP,
comments, embedded previews, whatever was hung on to its end).

Prints `{"sizes": [[width, height], …]}`, or `{"refused": code, …}`.
"""

from __future__ import annotations

import contextlib
import json
import sys
from io import BytesIO
from typing import Any

import pillow_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
MOST_MEMORY = 2_000_000_000  # bytes of address space: 50 million pixels, a few times over
MOST_SECONDS = 60  # of processor time
QUALITY = 82


class Unfit(Exception):
    """`code` of a refusal, and its details."""

    def __init__(self, code: str, **details: Any) -> None:
        super().__init__(code)
        self.answer = {"refused": code, **details}


def shrink(source: str, target: str, most_pixels: int, sizes: list[int]) -> list[tuple[int, int]]:
    """Write the renditions; their sizes, the smallest first. Raises Unfit."""
    pillow_heif.register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded, for every format alike
    try:
        with Image.open(source, formats=FORMATS) as image:
            if image.width * image.height > most_pixels:
                raise Unfit("picture_large", pixels=image.width * image.height)
            whole = _drawn_anew(image, max(sizes))
    except UnidentifiedImageError:
        raise Unfit("picture_kind") from None
    except Unfit:
        raise
    except Exception as error:  # decoders fail in many ways, all of them the file's fault
        raise Unfit("picture_broken") from error
    made = []
    for size in sorted(sizes):
        small = whole.copy()
        small.thumbnail((size, size), Image.Resampling.LANCZOS)
        small.save(f"{target}-{small.width}.jpg", "JPEG", quality=QUALITY, optimize=True, progressive=True)
        made.append(small.size)
        if small.size == whole.size:
            break
    return made


def _drawn_anew(image: Image.Image, size: int) -> Image.Image:
    profile = image.info.get("icc_profile")
    small = image.convert("RGBA") if image.mode in ("P", "PA", "1") else image
    small.thumbnail((size, size), Image.Resampling.LANCZOS)  # of a JPEG, no more is decoded than this needs
    with contextlib.suppress(Exception):  # what is wrong with its EXIF is lost with it
        small = ImageOps.exif_transpose(small)
    colours = _in_srgb(_on_white(small), profile)
    clean = Image.new("RGB", colours.size)
    clean.paste(colours)
    return clean


def _on_white(image: Image.Image) -> Image.Image:
    if not image.has_transparency_data:
        return image
    seen = image.convert("RGBA")
    white = Image.new("RGB", seen.size, "white")
    white.paste(seen, mask=seen.getchannel("A"))
    return white


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        with contextlib.suppress(Exception):  # a profile that cannot be read, or is of other colours
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            turned = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"), outputMode="RGB")
            if turned is not None:
                return turned
    return image.convert("RGB")


def _limit() -> None:
    import resource

    for kind, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        with contextlib.suppress(ValueError, OSError):  # a system that has no such limit
            resource.setrlimit(kind, (most, most))


def main(source: str, target: str, most_pixels: str, *sizes: str) -> None:
    _limit()
    try:
        print(json.dumps({"sizes": shrink(source, target, int(most_pixels), [int(size) for size in sizes])}))
    except Unfit as unfit:
        print(json.dumps(unfit.answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
