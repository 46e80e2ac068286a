"""The participants' check: an edition as it will be published, with a place for a comment at each section."""

from __future__ import annotations

import uuid
from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, select

from .. import snapshot
from ..commands.edition import NEWS
from ..domain import frozen
from ..domain.document import Section
from ..domain.refusals import Refused
from ..outcomes import html
from ..outcomes.moments import iso, written
from ..store.models import Edition, EditionComment
from .errors import said
from .house import store
from .news import pictures_of
from .roster import do
from .who import person_of

blueprint = Blueprint("checks", __name__)

READERS = ("participant", "observer", "facilitator", "organiser")


@blueprint.get("/s/<person>/check/<edition>")
def show(person: str, edition: str) -> ResponseReturnValue:
    row = person_of(person, *READERS)
    return _show(row, edition, error=None, typed={})


@blueprint.post("/s/<person>/check/<edition>")
def comment(person: str, edition: str) -> ResponseReturnValue:
    row = person_of(person, *READERS)
    section, text = request.form.get("section", ""), request.form.get("text", "")
    try:
        do(row, "edition.comment", {"edition": edition, "section": section, "text": text})
    except Refused as refused:
        return _show(row, edition, error=said(refused), typed={section: text}), 422
    return redirect(url_for("checks.show", person=person, edition=edition, _anchor=f"say-{section}"))


def _show(row: Row[Any], edition: str, *, error: str | None, typed: dict[str, str]) -> str:
    with store().reading() as db:
        found = db.execute(
            snapshot.EDITIONS.add_columns(Edition.document).where(
                Edition.id == edition, Edition.event == row.event, Edition.status != "draft"
            )
        ).one_or_none()
        own = db.execute(
            select(*EditionComment.__table__.c)
            .where(EditionComment.edition == edition, EditionComment.author == row.id)
            .order_by(EditionComment.at)
        ).all()
    if found is None:
        raise Refused("edition_unknown")
    content = frozen.read(found.document)
    front, sections = [], []
    for block, piece in html.parts(content.report.blocks, 2):
        if isinstance(block, Section):
            sections.append({"section": block.anchor, "title": block.title, "html": piece})
        else:
            front.append(piece)
    sections.append({"section": NEWS, "title": "", "html": html.pieces(content.news.blocks, 3)})
    mine: dict[str, list[str]] = {}
    for one in own:
        mine.setdefault(one.section, []).append(one.text)
    return render_template(
        "edition_check.html",
        person=row,
        edition=found,
        report=content.report,
        front=front,
        sections=sections,
        mine=mine,
        pictures=pictures_of(row.event, None),
        typed=typed,
        open=snapshot.check_is_open(found),
        until={"iso": iso(found.check_until), "said": written(found.check_until)},
        new_id=lambda: str(uuid.uuid4()),
        error=error,
    )
