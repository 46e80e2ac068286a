"""Plans in which nobody meets anybody twice, made by algebra.

The people are points: `columns` of them, each with one point for every table. A difference matrix says by how much
each column is moved on in each round; where the differences of any two of its rows are all different, no two people
meet twice (Bose and Bush, *Annals of Mathematical Statistics* 23, 1952; Colbourn and Dinitz, *Handbook of
Combinatorial Designs*, 2nd ed., part VI.17). For as many tables as a field has elements, its multiplication table is
such a matrix, and with the columns themselves as one more round it is the affine plane (Bose 1938). For other numbers
of tables a short matrix over the integers modulo that number is looked for.

A column that never moves is that of the fixed hosts. The tables may be thought of as such hosts: if there is room for
that column, no traveller comes to a table twice.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

from .chance import Chance
from .fields import field
from .people import even_sizes
from .starters import developed

Plan = list[list[list[int]]]
"""round -> table -> points"""

VISITS = 2_000
TRIES = 5


def transversal(points: int, tables: int, rounds: int, *, still: bool, chance: Chance) -> Plan | None:
    """So many rounds of `points` at `tables`, nobody meeting twice, or None where no matrix is found.

    Point `column * tables + number`; the last column may be incomplete. `still`: the first column stays at its tables.
    Otherwise none of them stays, and nobody comes to a table twice.
    """
    columns = -(-points // tables)
    matrix = _matrix(tables, columns + (not still), rounds, chance)
    if matrix is None:
        return None
    moves, plus = matrix
    return _moved(points, tables, [row if still else row[1:] for row in moves], plus)


def designed(points: int, tables: int, rounds: int, chance: Chance, effort: float = 1.0) -> tuple[Plan, bool] | None:
    """So many rounds of `points` at `tables`, whichever table they come to, and whether really nobody meets twice; None
    where nothing is found that comes near it. `effort`: 1 for the usual length of the search."""
    if rounds * sum(comb(size, 2) for size in even_sizes(points, tables)) > comb(points, 2):
        return None  # there are not so many pairs
    columns = -(-points // tables)
    turned = min(rounds, tables)
    matrix = _matrix(tables, columns, turned, chance)
    if matrix is not None:
        moves, plus = matrix
        plan = _moved(points, tables, moves, plus)
        if turned == rounds:
            return plan, True
        # The points of a column have not met: a smaller plan within each column is that of the rounds to come.
        inner = None
        if points % tables == 0 and tables % columns == 0:
            inner = designed(tables, tables // columns, rounds - turned, chance, effort)
        if inner is not None and inner[1]:
            return plan + [
                [[column * tables + point for point in table] for column in range(columns) for table in turn]
                for turn in inner[0]
            ], True
    found = developed(points, tables, rounds, chance, effort)
    return None if found is None else (found[0], found[1] == 0)


def _moved(points: int, tables: int, moves: Sequence[Sequence[int]], plus: Sequence[Sequence[int]]) -> Plan:
    plan: Plan = []
    for row in moves:
        found: list[list[int]] = [[] for _ in range(tables)]
        for point in range(points):
            column, number = divmod(point, tables)
            found[plus[number][row[column]]].append(point)
        plan.append(found)
    return plan


def _matrix(
    tables: int, columns: int, rounds: int, chance: Chance
) -> tuple[Sequence[Sequence[int]], Sequence[Sequence[int]]] | None:
    """(round -> column -> move, addition table); the first column does not move."""
    if rounds == 1 or columns == 1:
        return [[0] * columns] * rounds, _modulo(tables)
    if columns > tables or rounds > tables:
        return None
    finite = field(tables)
    if finite is not None:
        return [list(finite.times[turn][:columns]) for turn in range(rounds)], finite.plus
    for _ in range(TRIES):
        found = _search(tables, columns, rounds, chance)
        if found is not None:
            return found, _modulo(tables)
    return None


def _modulo(order: int) -> list[list[int]]:
    return [[(one + other) % order for other in range(order)] for one in range(order)]


def _search(order: int, columns: int, rounds: int, chance: Chance) -> list[list[int]] | None:
    """A difference matrix over the integers modulo `order`, cell by cell, depth first; None when it takes long."""
    rows = [[0] * columns for _ in range(rounds)]
    used = [[{0} for _ in range(row)] for row in range(rounds)]  # row -> earlier row -> their differences
    cells = [(row, column) for row in range(1, rounds) for column in range(1, columns)]
    untried: list[list[int]] = []
    place = 0
    for _ in range(VISITS):
        if place == len(cells):
            return rows
        row, column = cells[place]
        if place == len(untried):
            untried.append(chance.sample(range(1, order), order - 1))
        else:
            for earlier in range(row):
                used[row][earlier].discard((rows[row][column] - rows[earlier][column]) % order)
        while untried[place]:
            value = untried[place].pop()
            differences = [(value - rows[earlier][column]) % order for earlier in range(row)]
            if all(difference not in used[row][earlier] for earlier, difference in enumerate(differences)):
                rows[row][column] = value
                for earlier, difference in enumerate(differences):
                    used[row][earlier].add(difference)
                place += 1
                break
        else:
            untried.pop()
            place -= 1
            if place < 0:
                return None
    return None
