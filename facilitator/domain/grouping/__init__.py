"""Forming groups: data in, data out, and the same seed gives the same answer.

- `balance(people, groups, wishes=, locked=, previous=, seed=)` -> `Balance`: even groups with everything spread
- `assign(preferences, topics, most=, seed=)` -> `Assignment`: topics by preference
- `rotate(people, tables, rounds, hosts=, table_hosts=, cap=, seed=)` -> `Rotation`: who sits where in which round
- `rerotate(previous, people, locked=)` -> `Rotation`: the same after no-shows and late arrivals
- `joined(previous, number, late, at)` -> `Rotation`: with late arrivals in a round that is being held
- `check_plan(plan, tables, hosts)`: whether a plan is one

People are `Person`s, known by their ids; groups, tables and rounds are numbers from 0. What cannot be is refused with
a sentence (`Refused`); a wish that cannot be fulfilled is told in the result.
"""

from __future__ import annotations

from .balance import Apart, Balance, OrganisationCap, Spread, Together, Violation, Wish, balance, spread_of
from .figures import Figures, OverCap, figures
from .people import Person
from .places import Plan, Table, check_plan, joined
from .preference import Assignment, assign
from .rerotation import rerotate
from .rotation import Hosts, Rotation, rotate

__all__ = [
    "Apart",
    "Assignment",
    "Balance",
    "Figures",
    "Hosts",
    "OrganisationCap",
    "OverCap",
    "Person",
    "Plan",
    "Rotation",
    "Spread",
    "Table",
    "Together",
    "Violation",
    "Wish",
    "assign",
    "balance",
    "check_plan",
    "figures",
    "joined",
    "rerotate",
    "rotate",
    "spread_of",
]
