"""How what people say of themselves is spread over groups, as counts, for those who make the groups.

No page has anybody's answer. Counts of so few people that one could tell who is meant are withheld.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from ..domain import attributes, grouping
from ..domain.grouping import Spread
from ..store.models import Attribute, AttributeAnswer
from .house import store


@dataclass(frozen=True)
class Asked:
    """Something that people are asked about themselves; `answered`: how many have said something."""

    id: str
    name: str
    options: list[str]
    balanced: bool
    answered: int


@dataclass(frozen=True)
class Told:
    """How the answers to something are spread over the groups; an option without a spread is withheld."""

    asked: Asked
    options: list[tuple[str, Spread | None]]


def asked(event: str) -> list[Asked]:
    """What the people of an event are asked about themselves, in order."""
    with store().reading() as db:
        rows = db.execute(
            select(*Attribute.__table__.c, func.count(AttributeAnswer.person).label("answered"))
            .outerjoin(AttributeAnswer, AttributeAnswer.attribute == Attribute.id)
            .where(Attribute.event == event)
            .group_by(Attribute.id)
            .order_by(Attribute.number)
        ).all()
    return [Asked(row.id, row.name, row.options, row.balanced, row.answered) for row in rows]


def answers(event: str, *, balanced: bool = False) -> dict[str, dict[str, str]]:
    """Person -> attribute -> what they say. For balancing and counting alone: it goes to no page.

    Args:
        balanced: only what balancing spreads over the groups.
    """
    query = (
        select(AttributeAnswer.person, AttributeAnswer.attribute, AttributeAnswer.option)
        .join(Attribute, Attribute.id == AttributeAnswer.attribute)
        .where(Attribute.event == event)
    )
    found: dict[str, dict[str, str]] = {}
    with store().reading() as db:
        for row in db.execute(query.where(Attribute.balanced) if balanced else query):
            found.setdefault(row.person, {})[row.attribute] = row.option
    return found


def spread(event: str, groups: Sequence[Collection[str]]) -> list[Told]:
    """How the answers are spread over these groups of people (ids)."""
    given = answers(event)
    people = [grouping.Person(id, attributes=given.get(id, {})) for group in groups for id in group]
    counted = {(one.attribute, one.value): one for one in grouping.spread_of(people, groups)}
    found = []
    for one in asked(event):
        here = {option: counted[one.id, option] for option in one.options if (one.id, option) in counted}
        totals = {option: sum(spread.counts) for option, spread in here.items()}
        told = attributes.tellable(totals, [len(group) for group in groups])
        found.append(Told(one, [(option, here[option] if option in told else None) for option in one.options]))
    return found
