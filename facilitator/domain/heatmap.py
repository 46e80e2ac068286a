"""Alignment at a glance: items by criteria by groups, with median, spread and how many people said so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from .ballots import LEAST_SHOWN, scale

JSON = dict[str, Any]
SHOWN = ("n", "mean", "median", "q1", "q3")


def heatmap(boards: Sequence[tuple[str, Mapping[str, str], Mapping[str, Any]]], items: Sequence[str]) -> JSON:
    """Put the results of several groups beside each other.

    Args:
        boards: (group's name, item's key -> the proposal that stands for it on the group's board, the group's result as
            `ballots.count` gives it), all of the same scale.
        items: the keys of the items, in order.

    Returns:
        `{"groups": [name], "rows": [{"item", "criterion", "cells": [cell a group], "all": cell}]}`. A cell is
        `{n, mean, median, q1, q3}`, or `{"withheld": True}` where fewer than three have an opinion. `all` is what the
        cells that are shown say together: a withheld one is not in it, since it could be worked out from the rest.
    """
    found = [
        {(cell["proposal"], cell["criterion"]): cell for cell in result["criteria"] or ()} for _, _, result in boards
    ]
    criteria = list(dict.fromkeys(criterion for cells in found for _, criterion in cells))
    rows: list[JSON] = []
    for item in items:
        for criterion in criteria:
            cells = [
                here.get((keys.get(item, ""), criterion)) for here, (_, keys, _) in zip(found, boards, strict=True)
            ]
            rows.append(
                {"item": item, "criterion": criterion, "cells": [_cell(cell) for cell in cells], "all": _all(cells)}
            )
    return {"groups": [name for name, _, _ in boards], "rows": rows}


def _cell(cell: Mapping[str, Any] | None) -> JSON:
    if cell is None:
        return {"n": 0}
    return {"withheld": True} if cell.get("withheld") else {name: cell[name] for name in SHOWN}


def _all(cells: Sequence[Mapping[str, Any] | None]) -> JSON:
    """The sum of what is shown. A withheld cell is not in it: it could be worked out from the difference."""
    known = [cell for cell in cells if cell is not None and not cell.get("withheld") and cell["n"]]
    if not known:
        return {"withheld": True} if any(cell and cell.get("withheld") for cell in cells) else {"n": 0}
    counts = [sum(point) for point in zip(*(cell["counts"] for cell in known), strict=True)]
    if sum(counts) < LEAST_SHOWN:
        return {"withheld": True}
    return {name: scale.figures(counts)[name] for name in SHOWN}
