"""An archive as a file: a zip that any computer opens, made the same way each time."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path
from typing import IO

from .. import i18n, outcomes, settings
from ..outcomes import moments
from ..store.models import now_ms
from .content import FORMAT, VERSION, Content, content_hash

WHEN = (1980, 1, 1, 0, 0, 0)
"""Of every file in the zip: its own times would say nothing, and make two archives of the same thing differ."""

README = """\
{title}

This is the archive of an event that was held with Facilitator, software for running workshops. It needs no software and
no network to be read:

  report.html    Open it in any web browser: the full record of the event, with every contribution and every count. The
                 pictures that were chosen for the report are in this one file, so that it is whole wherever it goes.
  pictures/      All pictures that were taken, as JPEG files; event.json says under "picture" who took which, and when.
  event.json     All data as text: every table of the database with its rows, by name. Moments are milliseconds since
                 1970-01-01 UTC; ids connect the tables; "wording" has every wording of each proposal and conclusion,
                 "log" everything that happened, in its order.
  manifest.json  The SHA-256 of each file, and one of the content as a whole.

To bring it back: facilitator import-event FILE, or "Bring an event in" on the page of your events. It comes with the
same content ("content" in manifest.json), and everybody gets a new personal link and the event a new join code.

What is not in it, on purpose: passwords and accounts, personal links, join codes, invitations, the Wi-Fi password. Who
cast which vote where a ballot was not held with names, and where somebody stood in a ratification: voters are numbered
anew in each, so that every count can be made again and nobody be found. Who wrote what was promised to have no name.
What was written in private and never shown. What people said of themselves so that groups could be mixed.

What is in it: the names of those who took part, and e-mail addresses where the roster had them. Keep the file as you
would keep the list of participants. Somebody who is erased from the event later on still stands in archives that were
made before.
"""


def write(content: Content, pictures: Path, target: Path | IO[bytes], locale: str = "en") -> str:
    """Write an archive to `target`; its pictures come from the folder `pictures`. Needs no database.

    Args:
        locale: the language of the report in it.

    Returns:
        The content hash.

    Raises:
        FileNotFoundError: a file of a picture is missing in the folder.
        OSError: the target cannot be written.
    """
    assert content.outcome is not None
    files: dict[str, dict[str, str | int]] = {}

    def add(name: str, body: bytes, compression: int = zipfile.ZIP_DEFLATED) -> str:
        entry = zipfile.ZipInfo(name, WHEN)
        entry.compress_type, entry.external_attr = compression, 0o644 << 16
        archive.writestr(entry, body)
        hashed = hashlib.sha256(body).hexdigest()
        files[name] = {"sha256": hashed, "bytes": len(body)}
        return hashed

    with zipfile.ZipFile(target, "w") as archive:
        add("README.txt", README.format(title=content.title).encode())
        report = outcomes.FORMATS["html"].write(content.outcome, i18n.translator(locale), locale, "record")
        add("report.html", report)
        data = {"format": FORMAT, "version": VERSION, "schema": content.schema, "tables": content.tables}
        add("event.json", (json.dumps(data, ensure_ascii=False, sort_keys=True, indent=1) + "\n").encode())
        hashes = {
            name: add(f"pictures/{name}", (pictures / name).read_bytes(), zipfile.ZIP_STORED)
            for name in content.pictures
        }
        hashed = content_hash(content.tables, hashes)
        manifest = {
            "format": FORMAT,
            "version": VERSION,
            "software": f"Facilitator {settings.VERSION}",
            "event": {"id": content.event, "title": content.title},
            "made_at": moments.iso(now_ms()),
            "content": hashed,
            "files": dict(files),
        }
        add("manifest.json", (json.dumps(manifest, ensure_ascii=False, indent=1) + "\n").encode())
    return hashed
