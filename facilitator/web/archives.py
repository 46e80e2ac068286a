"""An event as one file: out of its page, and into the page of one's events."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from .. import archive, beside
from ..domain.refusals import Refused
from ..pictures import FOLDER
from .errors import locale, said
from .house import settings, store
from .organise import events_page, organiser_of
from .who import account_of, person_of

blueprint = Blueprint("archives", __name__)

MOST_BYTES = 300_000_000
"""Of an archive that comes by browser; the console takes any that is one."""


@blueprint.url_value_preprocessor
def _larger_forms(endpoint: str | None, values: Any) -> None:
    """Before anything reads the form, and only from those who may: other pages take 64 kB."""
    if account_of() is not None:
        request.max_content_length = MOST_BYTES
        if (request.content_length or 0) > MOST_BYTES:
            raise Refused("archive_heavy", limit=MOST_BYTES // 1_000_000)


@blueprint.get("/s/<person>/archive.zip")
def download(person: str) -> Response:
    row = person_of(person, "organiser")
    with store().reading() as db:
        content = archive.read(db, store().key, row.event, settings().data)
    # A file without a name: it is gone with the answer, however that ends.
    file = tempfile.TemporaryFile(dir=settings().data)  # noqa: SIM115
    try:
        beside.execute(archive.write, content, _pictures(), file, locale())
    except OSError as error:
        file.close()
        raise Refused("storage_busy") from error
    file.seek(0)
    name = re.sub(r"[^a-z0-9]+", "-", content.title.lower()).strip("-")[:60] or "event"
    return send_file(file, mimetype="application/zip", as_attachment=True, download_name=f"{name}-archive.zip")


@blueprint.post("/organise/events/archive")
def bring_in() -> ResponseReturnValue:
    account = account_of()
    if account is None:
        raise Refused("not_signed_in")
    sent = request.files.get("file")
    try:
        if sent is None or not sent.filename:
            raise Refused("archive_unreadable")
        _pictures().mkdir(parents=True, exist_ok=True)
        with archive.staging(_pictures()) as staged:
            parsed = beside.execute(archive.parse, sent.stream, staged)
            brought = archive.bring_in(store(), parsed, _pictures(), account)
    except Refused as refused:
        return events_page(account, error=None, typed={}, archive_error=said(refused)), 422
    return redirect(url_for("organise.event", person=organiser_of(brought.event, account)))


def _pictures() -> Path:
    return settings().data / FOLDER
