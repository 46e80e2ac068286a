"""Pictures that come in pieces over a bad network. The client gives the upload an id, asks how much of it is here, and
sends what follows; a piece that was sent twice is taken once."""

from __future__ import annotations

import contextlib
import json
import secrets
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..domain.events import JSON
from ..domain.pictures import MOST_BYTES, MOST_PIXELS, SIZES, file_name
from ..domain.refusals import Refused

FOLDER = "pictures"
MOST_BEGUN = 40
"""Uploads that one person may have begun and not finished."""
KEPT_SECONDS = 2 * 24 * 3600
"""How long an upload that nobody goes on with is kept."""
SWEEP_SECONDS = 3600
AT_ONCE = 2
"""Pictures that are made small at the same time, however many arrive."""
PATIENCE_SECONDS = 120
LOCKS = 256

_SHRINK = Path(__file__).with_name("shrink.py")


class Arriving:
    """The pictures of one installation, in its data folder. `who` is a person's id, `id` the client's own for the
    upload, a UUID."""

    def __init__(self, data: Path) -> None:
        self.folder = data / FOLDER
        self._incoming = self.folder / "incoming"
        self._locks = [threading.Lock() for _ in range(LOCKS)]
        self._working = threading.BoundedSemaphore(AT_ONCE)
        self._swept = 0.0

    def path(self, file: str, width: int) -> Path:
        return self.folder / file_name(file, width)

    def offset(self, who: str, id: str) -> int:
        """How many bytes of an upload are here."""
        with self._alone(who, id):
            return self._offset(who, id)

    def take(self, who: str, id: str, offset: int, size: int, piece: bytes) -> int:
        """Put a piece to what is here, if it is the one that follows; then say how much is here.

        Raises:
            Refused: `picture_heavy`, `picture_broken` for a picture without a byte, or `uploads_many`.
        """
        if size > MOST_BYTES or offset + len(piece) > MOST_BYTES:
            raise Refused("picture_heavy", limit=MOST_BYTES // 1_000_000)
        if size < 1:
            raise Refused("picture_broken")
        with self._alone(who, id):
            here = self._offset(who, id)
            if here != offset or offset + len(piece) > size:
                return here
            if here == 0 and len(list(self._incoming.glob(f"{who}-*.part"))) >= MOST_BEGUN:
                raise Refused("uploads_many", limit=MOST_BEGUN)
            self._incoming.mkdir(parents=True, exist_ok=True)
            try:
                with open(self._part(who, id), "ab", buffering=0) as file:
                    return here + file.write(piece)
            except OSError as error:
                raise Refused("storage_busy") from error

    def finish(self, who: str, id: str, size: int) -> JSON:
        """Make a picture that is here as a whole small and harmless: `{"file", "sizes", "bytes"}`; the same again when
        asked again. What was sent is gone then.

        Raises:
            Refused: `upload_short`, `picture_kind`, `picture_broken`, `picture_large`, or `storage_busy`.
        """
        with self._alone(who, id):
            if (known := self._note(who, id)) is not None:
                return known
            part = self._part(who, id)
            if self._offset(who, id) != size:
                raise Refused("upload_short")
            file = secrets.token_hex(16)
            with self._working:
                answer = _shrunk(part, self.folder / file)
            if "refused" not in answer:
                note = {"file": file, "sizes": answer["sizes"], "bytes": size}
                _write(self._incoming / f"{who}-{id}.json", json.dumps(note))
            part.unlink()
        match answer:
            case {"refused": "picture_large", "pixels": pixels}:
                raise Refused("picture_large", pixels=-(-pixels // 1_000_000), limit=MOST_PIXELS // 1_000_000)
            case {"refused": "picture_kind"}:
                raise Refused("picture_kind")
            case {"refused": _}:
                raise Refused("picture_broken")
        return note

    def sweep(self, known: Callable[[str], bool]) -> None:
        """Remove uploads that nobody has gone on with for two days, and what is not `known` to be a picture's file by
        then. Looks once an hour."""
        if time.time() - self._swept < SWEEP_SECONDS:
            return
        self._swept = time.time()
        for path in list(self._incoming.glob("*")):
            with contextlib.suppress(FileNotFoundError):  # it has just been finished
                if time.time() - path.stat().st_mtime < KEPT_SECONDS:
                    continue
                if path.suffix == ".json" and not known(file := str(json.loads(path.read_text())["file"])):
                    for rendition in self.folder.glob(f"{file}-*.jpg"):
                        rendition.unlink()
                path.unlink()

    # --- on the disk --------------------------------------------------------------------------------------------

    def _part(self, who: str, id: str) -> Path:
        return self._incoming / f"{who}-{id}.part"

    def _offset(self, who: str, id: str) -> int:
        if (note := self._note(who, id)) is not None:
            return int(note["bytes"])
        try:
            return self._part(who, id).stat().st_size
        except FileNotFoundError:
            return 0

    def _note(self, who: str, id: str) -> JSON | None:
        try:
            found: JSON = json.loads((self._incoming / f"{who}-{id}.json").read_text())
        except FileNotFoundError:
            return None
        return found

    def _alone(self, who: str, id: str) -> threading.Lock:
        """One thing at a time with one upload: a page may ask again while its first question is being answered."""
        return self._locks[hash((who, id)) % LOCKS]


def _shrunk(source: Path, target: Path) -> JSON:
    """The answer of `shrink.py`. Where sockets share a thread, waiting for a process lets them go on."""
    words = [str(source), str(target), str(MOST_PIXELS), *map(str, SIZES)]
    try:
        done: Any = subprocess.run(
            [sys.executable, "-I", str(_SHRINK), *words], capture_output=True, timeout=PATIENCE_SECONDS, check=True
        )
        answer: JSON = json.loads(done.stdout)
    except subprocess.CalledProcessError as error:
        if b"No space left" in error.stderr:
            raise Refused("storage_busy") from error
        return {"refused": "picture_broken"}
    except (subprocess.TimeoutExpired, ValueError):
        return {"refused": "picture_broken"}
    return answer


def _write(path: Path, text: str) -> None:
    """Whole or not at all."""
    new = path.with_suffix(".new")
    new.write_text(text)
    new.replace(path)
