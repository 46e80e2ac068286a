"""Refusals and failures as pages or as JSON, whichever was asked for."""

from __future__ import annotations

import logging

from flask import Flask, Response, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from .. import i18n
from ..domain.refusals import Refused, sentence
from ..live import refusal

log = logging.getLogger(__name__)

STATUS = {
    "bad_json": 400,
    "bad_message": 400,
    "unknown_command": 400,
    "too_big": 413,
    "picture_heavy": 413,
    "archive_heavy": 413,
    "picture_kind": 415,
    "not_signed_in": 401,
    "not_yours": 403,
    "not_allowed": 403,
    "not_your_group": 403,
    "code_unknown": 404,
    "unknown_page": 404,
    "picture_unknown": 404,
    "report_gone": 404,
    "report_failed": 500,
    "rehearsal_failed": 500,
    "link_unknown": 404,
    "code_expired": 410,
    "link_expired": 410,
    "edition_unknown": 404,
    "edition_taken_back": 410,
    "too_many_tries": 429,
    "too_fast": 429,
    "internal": 500,
    "storage_busy": 503,
}
"""Refusal -> HTTP status; what is not listed is 409, a "no" that a rule said."""


def register(app: Flask) -> None:
    app.register_error_handler(Refused, answer)
    app.register_error_handler(CSRFError, lambda error: answer(Refused("form_expired")))
    app.register_error_handler(OperationalError, lambda error: answer(Refused("storage_busy")))
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(Exception, _unexpected)


def answer(refused: Refused) -> ResponseReturnValue:
    """The refusal in the form that the request wants."""
    status = STATUS.get(refused.code, 409)
    if request.path.startswith("/api/"):
        return jsonify(refusal(refused, locale())), status
    return render_template("error.html", code=refused.code, sentence=said(refused)), status


def said(refused: Refused) -> str:
    return sentence(refused, i18n.translator(locale()))


def locale() -> str:
    """The reader's language, or that of the page where it has one of its own."""
    return g.get("locale") or i18n.best(request.headers.get("Accept-Language", ""))


def _http(error: HTTPException) -> ResponseReturnValue:
    if isinstance(getattr(error, "response", None), Response):
        return error
    if error.code == 404 or error.code == 405:
        return answer(Refused("unknown_page"))
    if error.code == 413:
        return answer(Refused("too_big", limit=(request.max_content_length or 64_000) // 1000))
    return answer(Refused("bad_message", why=error.description or error.name))


def _unexpected(error: Exception) -> ResponseReturnValue:
    log.exception(
        "a page failed: %s", request.path if not request.path.startswith(("/p/", "/projector/", "/i/")) else "link"
    )
    return answer(Refused("internal"))
