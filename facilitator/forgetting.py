"""What the tables say of a person beside their own row: their card in past events, wishes, frozen editions, mentions
in texts."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import JSON, Text, and_, cast, select, update
from sqlalchemy import Connection as Db

from . import i18n
from .domain import frozen
from .store.belonging import belongs
from .store.models import Base, Edition, Event, Person


def forget(db: Db, event: str, person: str) -> None:
    """Take a person's name out of whatever was written down with their card in it: events of the past above all."""
    for table in Base.metadata.sorted_tables:
        columns = [column for column in table.columns if isinstance(column.type, JSON)]
        if not columns or table.name in ("account", "person"):
            continue
        for column in columns:
            keys = list(table.primary_key.columns)
            known = and_(belongs(table, event), cast(column, Text).contains(person))
            for row in db.execute(select(*keys, column.label("value_of_it")).where(known)).all():
                nameless = _nameless(row.value_of_it, person)
                if nameless != row.value_of_it:
                    this = and_(*(key == value for key, value in zip(keys, row, strict=False)))
                    db.execute(update(table).where(this).values({column: nameless}))
    _forget_wishes(db, event, person)


def forget_in_editions(db: Db, event: str, name: str, at: int) -> None:
    """Take a name out of the frozen editions in which people stand by name, and let each say so: it is no longer what
    its hash is of. Where people stand by their organisations, the name is in what others wrote alone, and stays."""
    others = set(db.execute(select(Person.name).where(Person.event == event)).scalars())
    rows = select(Edition.id, Edition.document, Edition.language, Edition.erased)
    frozen_ones = rows.where(Edition.event == event, Edition.named.is_(True), Edition.document.is_not(None))
    for row in db.execute(frozen_ones).all():
        translate = i18n.translator(row.language)
        without = frozen.without_name(row.document, name, translate("Somebody who was removed"), others)
        if without != row.document:
            count = len(row.erased)
            text = frozen.noted(without, _note(translate, count + 1), _note(translate, count))
            values = {"document": text, "erased": [*row.erased, at]}
            db.execute(update(Edition.__table__).where(Edition.id == row.id).values(**values))


def _note(_: i18n.Translate, count: int) -> str:
    return _(
        "People who were removed since this edition was frozen: {count}. Their names are gone from it, so its files "
        "do not match its hash any more."
    ).format(count=count)


def mentions(db: Db, event: str, name: str) -> int:
    """How many texts of an event, written by whomever, have this name in them as words of their own."""
    whole = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    found: set[tuple[Any, ...]] = set()
    for table in Base.metadata.sorted_tables:
        written = [column for column in table.columns if type(column.type) is Text]
        if table.name == "wording" or not written:  # a proposal and a conclusion have their last wording themselves
            continue
        keys = list(table.primary_key.columns)
        for row in db.execute(select(*keys, *written).where(belongs(table, event))):
            if any(text and whole.search(text) for text in row[len(keys) :]):
                found.add((table.name, *row[: len(keys)]))
    return len(found)


def _nameless(value: Any, person: str) -> Any:
    """The same JSON, without what the card of a person says of them."""
    if isinstance(value, list):
        return [_nameless(inner, person) for inner in value]
    if not isinstance(value, dict):
        return value
    if value.get("id") == person and "name" in value:
        return value | {"name": ""} | ({"languages": []} if "languages" in value else {})
    return {key: _nameless(inner, person) for key, inner in value.items()}


def _forget_wishes(db: Db, event: str, person: str) -> None:
    """Who was to be with them, or apart from them, in a group."""
    wanted = db.execute(select(Event.grouping).where(Event.id == event)).scalar_one() or {}
    wishes = [wish | {"people": [one for one in wish["people"] if one != person]} for wish in wanted.get("wishes", [])]
    locked = [one for one in wanted.get("locked", []) if one != person]
    if wanted:
        kept = wanted | {"wishes": [wish for wish in wishes if len(wish["people"]) > 1], "locked": locked}
        db.execute(update(Event.__table__).where(Event.id == event).values(grouping=kept))
