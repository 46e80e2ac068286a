"""What people may say of themselves, as the organiser asks it: on the page of the people."""

from __future__ import annotations

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from ..domain.refusals import Refused
from .errors import said
from .roster import do, people_page
from .who import person_of

blueprint = Blueprint("attributes", __name__)


@blueprint.post("/s/<person>/attributes")
def change(person: str) -> ResponseReturnValue:
    """Ask something, ask it otherwise, or ask it no more."""
    row = person_of(person, "organiser")
    asked = {
        "attribute": request.form.get("attribute") or None,
        "name": request.form.get("name", ""),
        "options": [line for line in request.form.get("options", "").splitlines() if line.strip()],
        "balanced": bool(request.form.get("balanced")),
    }
    try:
        if request.form.get("remove"):
            do(row, "attribute.remove", {"attribute": asked["attribute"] or ""})
        else:
            do(row, "attribute.define", asked)
    except Refused as refused:
        return people_page(row, error=said(refused), typed={}, asking=asked), 422
    return redirect(url_for("roster.people", person=person, _anchor="attributes"))
