"""The cheapest assignment of rows to columns that have a number of seats.

Kuhn's Hungarian method (*Naval Research Logistics Quarterly* 2, 1955) as successive shortest paths with potentials
(Edmonds and Karp, *Journal of the ACM* 19, 1972; Tomizawa, *Networks* 1, 1971), for columns with several seats:
rows x columns steps for each row.
"""

from __future__ import annotations

from collections.abc import Sequence


def cheapest(costs: Sequence[Sequence[int]], seats: Sequence[int]) -> list[int]:
    """Row -> its column, so that the sum of `costs[row][column]` is the least there is.

    No column gets more rows than it has `seats`. Raises ValueError where there are fewer seats than rows.
    """
    if sum(seats) < len(costs):
        raise ValueError(f"{len(costs)} rows, {sum(seats)} seats")
    columns = range(len(seats))
    column_of = [-1] * len(costs)
    row_price = [0] * len(costs)
    column_price = [0] * len(seats)
    sitting: list[list[int]] = [[] for _ in columns]
    infinite = sum(max(map(abs, row), default=0) for row in costs) * 2 + 1
    for newcomer in range(len(costs)):
        distance = [infinite] * len(seats)
        comes_from = [-1] * len(seats)  # the row that would move into the column
        done = [False] * len(seats)
        row_price[newcomer] = min((costs[newcomer][column] - column_price[column] for column in columns), default=0)
        scan, reached = [newcomer], 0
        while True:
            for row in scan:
                line, base = costs[row], reached - row_price[row]
                for column in columns:
                    if not done[column] and (there := base + line[column] - column_price[column]) < distance[column]:
                        distance[column], comes_from[column] = there, row
            nearest = min((column for column in columns if not done[column]), key=distance.__getitem__)
            reached = distance[nearest]
            done[nearest] = True
            if len(sitting[nearest]) < seats[nearest]:
                break
            scan = sitting[nearest]
        for column in columns:
            if done[column] and column != nearest:
                slack = reached - distance[column]
                column_price[column] -= slack
                for row in sitting[column]:
                    row_price[row] += slack
        row_price[newcomer] += reached
        column = nearest
        while True:
            row = comes_from[column]
            left = column_of[row]
            column_of[row] = column
            sitting[column].append(row)
            if row == newcomer:
                break
            sitting[left].remove(row)
            column = left
    return column_of
