"""Who is to be grouped, and what the rules of grouping need to know of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from ..refusals import Refused

MOST_PEOPLE = 2000
MOST_GROUPS = 200
MOST_ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who gets a place.

    `attributes` are further ones that the event has chosen: name -> one value, or several. Empty values say nothing.
    """

    id: str
    organisation: str = ""
    languages: Collection[str] = ()
    role: str = ""
    attributes: Mapping[str, str | Collection[str]] = field(default_factory=dict)

    def values(self) -> dict[str, frozenset[str]]:
        """Attribute -> this person's values: `organisation`, `language`, `role`, then the event's own."""
        own: dict[str, str | Collection[str]] = {
            "organisation": self.organisation,
            "language": self.languages,
            "role": self.role,
            **self.attributes,
        }
        named = {name: {value} if isinstance(value, str) else value for name, value in own.items()}
        return {name: frozenset(value for value in values if value) for name, values in named.items()}


def check_people(people: Sequence[Person]) -> None:
    """Raises Refused where there are too many, or somebody is on the list twice."""
    if len(people) > MOST_PEOPLE:
        raise Refused("people_many", limit=MOST_PEOPLE)
    seen: set[str] = set()
    for person in people:
        if person.id in seen:
            raise Refused("person_twice", name=person.id)
        seen.add(person.id)


def check_groups(groups: int) -> None:
    if not 1 <= groups <= MOST_GROUPS:
        raise Refused("groups_wrong", limit=MOST_GROUPS)


def even_sizes(people: int, groups: int) -> list[int]:
    """The sizes of groups that differ by at most one, the larger ones first."""
    least, larger = divmod(people, groups)
    return [least + (number < larger) for number in range(groups)]


def same_organisation(members: Iterable[str], organisation: Mapping[str, str]) -> list[tuple[str, str]]:
    """The pairs among `members` that come from one organisation."""
    of_one: dict[str, list[str]] = {}
    for member in members:
        if organisation.get(member):
            of_one.setdefault(organisation[member], []).append(member)
    return [pair for several in of_one.values() for pair in combinations(several, 2)]
