"""The organiser's editions: drafted, arranged by section, frozen for the check, signed, published, taken back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Row, select

from .. import beside, i18n, snapshot
from ..domain import frozen
from ..domain.refusals import Refused
from ..outcomes import edition_files, editions, html
from ..outcomes.moments import iso, written
from ..outcomes.prose import blocks_of
from ..store.models import Edition, EditionComment, Event, Person
from .errors import locale, said
from .house import address_of, store
from .news import shown as shown_news
from .news import shown_pictures
from .outcomes import file
from .pages import STAFF
from .roster import do, page
from .who import person_of

blueprint = Blueprint("editions", __name__)


@blueprint.get("/s/<person>/editions")
def index(person: str) -> ResponseReturnValue:
    return _index(person_of(person, *STAFF), error=None)


@blueprint.post("/s/<person>/editions")
def draft(person: str) -> ResponseReturnValue:
    row = person_of(person, "organiser")
    try:
        made = do(row, "edition.draft", _facts())
    except Refused as refused:
        return _index(row, error=said(refused)), 422
    return redirect(url_for("editions.one", person=person, edition=made["edition"]))


@blueprint.get("/s/<person>/editions/<edition>")
def one(person: str, edition: str) -> ResponseReturnValue:
    row = person_of(person, *STAFF)
    return _one(row, _row(row, edition), error=None)


@blueprint.post("/s/<person>/editions/<edition>")
def change(person: str, edition: str) -> ResponseReturnValue:
    row = person_of(person, "organiser")
    typed = _facts() | {"story": request.form.get("story", ""), "note": request.form.get("note", "")}
    if request.form.get("act") == "preview":
        return _one(row, _row(row, edition), error=None, typed=typed)
    try:
        do(row, "edition.change", {"edition": edition, **typed})
    except Refused as refused:
        return _one(row, _row(row, edition), error=said(refused), typed=typed), 422
    return redirect(url_for("editions.one", person=person, edition=edition))


@blueprint.post("/s/<person>/editions/<edition>/section")
def arrange(person: str, edition: str) -> ResponseReturnValue:
    row = person_of(person, "organiser")
    typed = {
        "section": request.form.get("section", ""),
        "off": not request.form.get("on"),
        "intro": request.form.get("intro", ""),
        "owner": request.form.get("owner") or None,
    }
    if request.form.get("act") == "preview":
        return _one(row, _row(row, edition), error=None, section=typed)
    try:
        do(row, "edition.arrange", {"edition": edition, **typed})
    except Refused as refused:
        return _one(row, _row(row, edition), error=said(refused), section=typed), 422
    return redirect(url_for("editions.one", person=person, edition=edition, _anchor=f"s-{typed['section']}"))


@blueprint.post("/s/<person>/editions/<edition>/order")
def order(person: str, edition: str) -> ResponseReturnValue:
    """A section is moved up or down: `order` is how all of them stand then."""
    row = person_of(person, "organiser")
    section, way = request.form.get("section", ""), request.args.get("way", "")
    try:
        do(row, "edition.order", {"edition": edition, "order": request.form.get("order", "").split(",")})
    except Refused as refused:
        return _one(row, _row(row, edition), error=said(refused)), 422
    # Without a fragment: browsers leave `autofocus` alone where an address has one.
    return redirect(url_for("editions.one", person=person, edition=edition, moved=section, way=way))


@blueprint.post("/s/<person>/editions/<edition>/<what>")
def act(person: str, edition: str, what: str) -> ResponseReturnValue:
    """Freeze, sign, settle, publish, take back."""
    row = person_of(person, *STAFF)
    found = _row(row, edition)
    try:
        match what:
            case "freeze":
                do(row, "edition.freeze", _sealed(found))
            case "sign" | "unsign":
                section = request.form.get("section", "")
                do(row, "edition.sign", {"edition": edition, "section": section, "signed": what == "sign"})
            case "settle" | "unsettle":
                do(row, "edition.settle", {"comment": request.form.get("comment", ""), "settled": what == "settle"})
            case "publish" | "take_back":
                do(row, f"edition.{what}", {"edition": edition})
            case _:
                raise Refused("unknown_page")
    except Refused as refused:
        if refused.code in ("unknown_page", "not_allowed"):
            raise
        return _one(row, _row(row, edition), error=said(refused)), 422
    anchor = {"sign": "signs", "unsign": "signs", "settle": "comments", "unsettle": "comments"}.get(what)
    return redirect(url_for("editions.one", person=person, edition=edition, _anchor=anchor))


@blueprint.get("/s/<person>/editions/<edition>/report.<format>")
def download(person: str, edition: str, format: str) -> Response:
    """An edition as a file; of a draft, as it would be now."""
    row = person_of(person, *STAFF)
    if format not in edition_files.OFFERED:
        raise Refused("unknown_page")
    found = _row(row, edition)
    pictures = shown_pictures(row.event)
    if found.status == "draft":
        text = beside.execute(lambda draft: frozen.written(editions.compiled(draft)), _prepared(found))
        body = beside.execute(edition_files.write, format, text, pictures)
        name = "draft"
    else:
        body = beside.execute(edition_files.kept, format, _document(found), pictures)
        name = f"edition-{found.number}"
    return file(body, format, found.title, name)


@blueprint.get("/s/<person>/editions/<edition>/news")
def news(person: str, edition: str) -> ResponseReturnValue:
    """The public page before it is public."""
    row = person_of(person, *STAFF)
    found = _row(row, edition)
    if found.status == "draft":
        content = beside.execute(editions.compiled, _prepared(found)).news
    else:
        content = frozen.read(_document(found)).news
    return shown_news(found, content, preview=url_for("editions.one", person=person, edition=edition))


# --- pieces ---------------------------------------------------------------------------------------------------------


def _index(row: Row[Any], error: str | None) -> str:
    with store().reading() as db:
        found = db.execute(snapshot.EDITIONS.where(Edition.event == row.event)).all()
        title = db.execute(select(Event.title).where(Event.id == row.event)).scalar_one()
        naming = snapshot.named_of(db, row.event)
    last = found[-1] if found else None
    return page(
        "editions.html",
        row,
        "outcome",
        editions=[_card(one) for one in reversed(found)],
        draft=next((one for one in found if one.status == "draft"), None),
        typed=_facts() if error else {
            "title": last.title if last else title,
            "depth": last.depth if last else "findings",
            "language": last.language if last else locale(),
            "named": last.named if last else False,
        },
        languages=i18n.names(),
        naming=naming,
        error=error,
    )  # fmt: skip


def _one(
    row: Row[Any],
    found: Row[Any],
    *,
    error: str | None,
    typed: dict[str, Any] | None = None,
    section: dict[str, Any] | None = None,
) -> str:
    """The page of one edition. `typed` and `section` are what somebody has typed and not saved."""
    draft = found.status == "draft"
    contents = found.contents
    if draft:
        report = beside.execute(editions.whole, _prepared(found))
        contents = editions.contents(report)
    arranged = {one["section"]: one for one in found.sections}
    if section is not None:
        arranged[section["section"]] = section
    facts = {key: getattr(found, key) for key in ("title", "depth", "language", "named", "story", "note")}
    facts |= typed or {}
    with store().reading() as db:
        staff = db.execute(
            select(Person.id, Person.name, Person.role)
            .where(Person.event == row.event, Person.role.in_(STAFF), Person.closed_at.is_(None))
            .order_by(Person.name)
        ).all()
        names = dict(db.execute(select(Person.id, Person.name).where(Person.event == row.event)).tuples().all())
        comments = db.execute(
            select(*EditionComment.__table__.c).where(EditionComment.edition == found.id).order_by(EditionComment.at)
        ).all()
        held_back = snapshot.pictures_held_back(db, row.event)
        naming = snapshot.named_of(db, row.event)
        drafted = db.execute(select(Edition.id).where(Edition.event == row.event, Edition.status == "draft")).scalar()
    nothing = {"off": False, "intro": "", "owner": None}
    signs = {one["section"]: one for one in found.signs}
    owners = snapshot.owners(found)
    said_of: dict[str, list[Any]] = {}
    for comment in comments:
        said_of.setdefault(comment.section, []).append(comment)
    return page(
        "edition.html",
        row,
        "outcome",
        edition=_card(found),
        typed=facts,
        story=html.pieces(blocks_of(facts["story"]), 3),
        note=html.pieces(blocks_of(facts["note"]), 3),
        sections=[
            one | nothing | arranged.get(one["section"], {}) | {
                "preview": html.pieces(blocks_of(arranged.get(one["section"], nothing)["intro"]), 4),
                "open": section is not None and section["section"] == one["section"],
            }
            for one in contents
        ],
        signs=[
            {**one, "owner": names.get(owners[one["section"]], ""), "sign": signs.get(one["section"]),
             "mine": owners[one["section"]] == row.id or owners[one["section"]] not in {p.id for p in staff}}
            for one in contents
            if one["section"] in owners
        ],
        comments=[
            {"title": one["title"], "said": said_of[one["section"]]}
            for one in [{"section": "news", "title": ""}, *contents]
            if one["section"] in said_of
        ],
        open_comments=sum(comment.settled_at is None for comment in comments),
        names=names,
        staff=staff,
        held_back=held_back,
        naming=naming,
        drafted=drafted,
        moved={"section": request.args.get("moved"), "way": request.args.get("way")},
        languages=i18n.names(),
        public=address_of("news.show", address=found.address),
        written=written,
        formats=FORMAT_NAMES,
        error=error,
    )  # fmt: skip


FORMAT_NAMES = {
    "pdf": "PDF", "docx": "Word", "html": "HTML", "md": "Markdown", "xlsx": "Excel", "csv": "CSV", "json": "JSON",
}  # fmt: skip


def _card(found: Row[Any]) -> dict[str, Any]:
    """A row for the pages, with its moments as they read and as machines read them."""
    moments = {
        key: {"at": getattr(found, key), "iso": iso(getattr(found, key)), "said": written(getattr(found, key))}
        for key in ("at", "frozen_at", "check_until", "published_at", "taken_back_at")
        if getattr(found, key) is not None
    }
    return dict(found._mapping) | {"when": moments, "open": snapshot.check_is_open(found)}


def _facts() -> dict[str, Any]:
    typed: dict[str, Any] = {key: request.form.get(key, "") for key in ("title", "depth", "language")}
    return typed | {"named": bool(request.form.get("named"))}


def _row(row: Row[Any], edition: str) -> Row[Any]:
    with store().reading() as db:
        found = db.execute(snapshot.EDITIONS.where(Edition.id == edition, Edition.event == row.event)).one_or_none()
    if found is None:
        raise Refused("edition_unknown")
    return found


def _prepared(found: Row[Any]) -> editions.Draft:
    with store().reading() as db:
        return editions.prepare(db, found.id)


def _sealed(found: Row[Any]) -> dict[str, Any]:
    if found.status != "draft":
        raise Refused("edition_frozen")
    args: dict[str, Any] = beside.execute(editions.sealed, _prepared(found), store().key)
    return args


def _document(found: Row[Any]) -> str:
    with store().reading() as db:
        return str(db.execute(select(Edition.document).where(Edition.id == found.id)).scalar_one())
