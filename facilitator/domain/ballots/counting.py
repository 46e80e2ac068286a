"""Counting a ballot: who took part, two tallies side by side, how certain the places are, how far apart the people."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from .. import shortlist as shortlists
from . import approval, scale
from .kinds import KINDS
from .model import Elector, Kind, Number, Vote, rounded
from .rules import BallotRules

FEW_VOTERS = 4
"""Below this, a secret ballot may be guessed from its result; pages say so."""

LEAST_SHOWN = 3
"""Opinions on a scale from fewer people than this are withheld, and with them what would give them away."""

FIRST_PLACES = 3
MOST_WINDOWS = 20

Totals = dict[str, Number]
JSON = dict[str, Any]


def count(
    rules: BallotRules,
    items: Sequence[str],
    votes: Iterable[Vote],
    electors: Sequence[Elector],
    shortlist: int | None = None,
) -> JSON:
    """The whole result of a ballot, as JSON.

    Args:
        items: what is ranked, in the order that they have on the board; votes on anything else do not count, but
            whoever cast them has voted.
        votes: after `fold`, where items were merged.
        shortlist: of how many results a shortlist is made; None for none.

    Returns:
        A dict with these keys:

        - `electors`, `voted`, `entered` (of those who voted, by a scribe), `abstained` (said “pass” or “no opinion” to
          everything), `few`, `organisations: {electors, voted}`;
        - `ranked`: best first, `{proposal, rank, tied, score, voters, ...the kind's tally, could, spread, divided,
          dissent, by_organisation: {score, rank, tied, organisations, split}}`. Ties share a rank; the next rank leaves
          as many places free (1, 2, 2, 4: standard competition ranking); within a tie the order is that of `items` and
          means nothing. `could`: the best and the worst place if one voter had voted otherwise. `rank` and `score` are
          None for what nobody has an opinion on, and, with `withheld`, for what fewer than three have;
        - `inseparable`: pairs of places between which one voter could have made all the difference;
        - `disagree`: what is among the first of one tally and not of the other;
        - `divided_first`: what people are of several minds about, most divided first;
        - `shortlist`: None, or `{size, top, equal_shares, sequential}` (domain.shortlist);
        - `criteria`: None, or of a scale the cells, `{proposal, criterion, ...}` (scale.cell), or `withheld`;
        - `condorcet`: of a ranking, what beats everything else in a duel, or None;
        - `reasons`: of a consent, `{proposal, value, reason}`, in no order of voting;
        - `voters`: of a ballot held with names only, item -> `{person, criterion, value}`.

    The organisations' tally: each organisation has one voice, which its people share equally; where they differ it is
    split. People without an organisation do not speak in it.
    """
    kind = KINDS[rules.kind]
    all_votes = list(votes)
    known = set(items)
    cast: dict[str, dict[str, dict[str, int]]] = {}
    for vote in all_votes:
        if vote.item in known:
            cast.setdefault(vote.voter, {}).setdefault(vote.item, {})[vote.criterion] = vote.value
    voters = {vote.voter for vote in all_votes}
    homes = {elector.voter: elector.organisation for elector in electors}
    shares = kind.shares(rules, items, cast)
    cells = _cells(rules, items, all_votes) if rules.kind == "scale" else None
    withheld = {cell["proposal"] for cell in cells or () if cell.get("withheld")}
    rows = _rows(rules, kind, items, cast, shares, withheld)
    _add_organisations(rules, kind, rows, shares, {voter: homes.get(voter) for voter in cast}, withheld)
    found = [row["proposal"] for row in rows]
    shown = [item for item in items if item not in withheld]
    return {
        **_turnout(rules, all_votes, voters, electors),
        "ranked": [{key: value for key, value in row.items() if key != "_key"} for row in rows],
        "inseparable": _inseparable(rules, kind, rows, shares),
        "disagree": _disagree(rows, shortlist or FIRST_PLACES),
        "divided_first": [
            row["proposal"]
            for row in sorted(rows, key=lambda row: (-(row["divided"] or 0), found.index(row["proposal"])))
            if row["divided"] and row["voters"] and row["voters"] > 1
        ][:100],
        "shortlist": _shortlist(rules, kind, shown, rows, cast, shortlist) if shortlist else None,
        "criteria": cells,
        "condorcet": next((row["proposal"] for row in rows if row.get("wins") == len(items) - 1), None),
        "reasons": sorted(
            (
                {"proposal": v.item, "value": v.value, "reason": v.reason}
                for v in all_votes
                if v.reason and v.item in known
            ),
            key=lambda given: (given["value"], given["reason"], given["proposal"]),
        ),
        **({"voters": _by_name(all_votes, known)} if rules.secrecy == "named" else {}),
    }


def _turnout(rules: BallotRules, votes: Sequence[Vote], voters: set[str], electors: Sequence[Elector]) -> JSON:
    says_nothing = {"approval": approval.PASS, "scale": scale.NO_OPINION}.get(rules.kind)
    with_opinion = {vote.voter for vote in votes if vote.value != says_nothing}
    here = [elector for elector in electors if elector.voter in voters]
    return {
        "electors": len(electors),
        "voted": len(voters),
        "entered": sum(1 for elector in here if elector.entered),
        "abstained": 0 if says_nothing is None else len(voters - with_opinion),
        "few": len(voters) < FEW_VOTERS,
        "organisations": {
            "electors": len({elector.organisation for elector in electors} - {None}),
            "voted": len({elector.organisation for elector in here} - {None}),
        },
    }


# --- the tally by person --------------------------------------------------------------------------------------------


def _rows(
    rules: BallotRules,
    kind: Kind,
    items: Sequence[str],
    cast: Mapping[str, Mapping[str, Mapping[str, int]]],
    shares: Mapping[str, Mapping[str, Totals]],
    withheld: set[str],
) -> list[JSON]:
    besides = kind.besides(items, cast)
    answers: dict[str, list[Mapping[str, int]]] = {item: [] for item in items}
    for mine in cast.values():
        for item, said in mine.items():
            answers[item].append(said)
    rows: list[JSON] = []
    for item in items:
        totals = _sum(shares[item].values())
        key = None if item in withheld else kind.key(totals)
        row: JSON = {"proposal": item, "score": None if key is None else rounded(kind.score(totals)), "_key": key}
        tally = {name: _shown(value) for name, value in kind.tally(rules, totals).items()} | besides.get(item, {})
        apart = {name: rounded(value) for name, value in kind.spread(rules, len(items), answers[item]).items()}
        row |= {"voters": len(answers[item])} | tally | apart
        if item in withheld:
            row = dict.fromkeys(row) | {"proposal": item, "withheld": True}
        rows.append(row)
    _place(rows)
    rows.sort(key=lambda row: (row["rank"] is None, row["rank"] or 0))
    _could(rules, kind, rows, shares)
    return rows


def _sum(several: Iterable[Mapping[str, Number]]) -> Totals:
    totals: Totals = {}
    for one in several:
        for name, amount in one.items():
            totals[name] = totals.get(name, 0) + amount
    return totals


def _place(rows: Iterable[JSON]) -> None:
    """Standard competition ranking by `_key`; None has no place."""
    keys = sorted(row["_key"] for row in rows if row["_key"] is not None)
    for row in rows:
        key = row["_key"]
        row["rank"] = None if key is None else len(keys) - bisect_right(keys, key) + 1
        row["tied"] = key is not None and bisect_right(keys, key) - bisect_left(keys, key) > 1


def _shown(value: Any) -> Any:
    return value if isinstance(value, bool) or value is None else rounded(value)


# --- how certain the places are -------------------------------------------------------------------------------------


def _swings(
    rules: BallotRules, kind: Kind, rows: Sequence[JSON], shares: Mapping[str, Mapping[str, Totals]]
) -> list[Any]:
    """Of each row, by how much one voter could turn its score."""
    return [kind.swing(rules, len(rows), _sum(shares[row["proposal"]].values())) for row in rows]


def _could(rules: BallotRules, kind: Kind, rows: list[JSON], shares: Mapping[str, Mapping[str, Totals]]) -> None:
    """The best and the worst place that each item could have, had one voter voted otherwise."""
    placed = [row for row in rows if row["_key"] is not None]
    swings = _swings(rules, kind, placed, shares)
    for row in rows:
        row["could"] = None
    if not placed or None in swings:
        return
    if len(set(swings)) == 1:
        keys = sorted(row["_key"] for row in placed)
        turn = 2 * swings[0]
        for row in placed:
            above = len(keys) - bisect_right(keys, row["_key"] + turn)
            row["could"] = [above + 1, len(keys) - bisect_left(keys, row["_key"] - turn)]
        return
    for row, swing in zip(placed, swings, strict=True):
        gaps = [(other["_key"] - row["_key"], swing + its) for other, its in zip(placed, swings, strict=True)]
        row["could"] = [1 + sum(gap > turn for gap, turn in gaps), sum(gap >= -turn for gap, turn in gaps)]


def _inseparable(
    rules: BallotRules, kind: Kind, rows: Sequence[JSON], shares: Mapping[str, Mapping[str, Totals]]
) -> list[list[int]]:
    """Stretches of places whose first and last are no further apart than one voter could turn; plain ties aside."""
    placed = [row for row in rows if row["_key"] is not None]
    swings = _swings(rules, kind, placed, shares)
    if None in swings or not any(row["voters"] for row in placed):
        return []
    windows: list[list[int]] = []
    reached = end = 0
    for start, row in enumerate(placed):
        end = max(end, start)
        while end + 1 < len(placed) and row["_key"] - placed[end + 1]["_key"] <= swings[start] + swings[end + 1]:
            end += 1
        if end > reached and placed[end]["_key"] != row["_key"]:
            windows.append([row["rank"], end + 1])
        reached = max(reached, end)
        if len(windows) == MOST_WINDOWS:
            break
    return windows


# --- the tally by organisation --------------------------------------------------------------------------------------


def _add_organisations(
    rules: BallotRules,
    kind: Kind,
    rows: list[JSON],
    shares: Mapping[str, Mapping[str, Totals]],
    homes: Mapping[str, str | None],
    withheld: set[str],
) -> None:
    members: dict[str, list[str]] = {}
    for voter, home in homes.items():
        if home is not None:
            members.setdefault(home, []).append(voter)
    tallies: list[JSON] = []
    for row in rows:
        theirs = shares[row["proposal"]]
        # Whole numbers are added up for each size of a voice first: adding fractions is a hundred times slower.
        sized: dict[int, list[Totals]] = {}
        voices = split = 0
        for people in members.values():
            said = [theirs[voter] for voter in people if theirs.get(voter)]
            if not said:
                continue
            among = len(people) if kind.SHARES == "ballot" else len(said)
            whole = len(said) == among
            sized.setdefault(among, []).extend(said)
            voices += 1
            split += not whole or any(one != said[0] for one in said[1:])
        totals = _sum(
            {name: Fraction(amount) / among for name, amount in _sum(said).items()} for among, said in sized.items()
        )
        key = None if row["proposal"] in withheld else kind.key(totals)
        tallies.append(
            {
                "proposal": row["proposal"],
                "score": None if key is None else rounded(kind.score(totals)),
                "organisations": voices,
                "split": split,
                "_key": key,
            }
        )
    _place(tallies)
    for row, tally in zip(rows, tallies, strict=True):
        names = ("score", "rank", "tied", "organisations", "split")
        row["by_organisation"] = None if row["proposal"] in withheld else {name: tally[name] for name in names}


def _disagree(rows: Sequence[JSON], first: int) -> list[str]:
    """What is among the first places of one tally and not of the other; nothing if no two organisations voted."""

    def is_first(place: JSON | None) -> bool:
        return place is not None and place["rank"] is not None and place["rank"] <= first

    if max((row["by_organisation"]["organisations"] for row in rows if row["by_organisation"]), default=0) < 2:
        return []
    return [row["proposal"] for row in rows if is_first(row) != is_first(row["by_organisation"])]


# --- shortlist, cells, names ----------------------------------------------------------------------------------------


def _shortlist(
    rules: BallotRules,
    kind: Kind,
    items: Sequence[str],
    rows: Sequence[JSON],
    cast: Mapping[str, Mapping[str, Mapping[str, int]]],
    size: int,
) -> JSON:
    approvals = {
        voter: frozenset(
            item for item, said in mine.items() if item in set(items) and kind.approves(rules, len(items), said)
        )
        for voter, mine in cast.items()
    }
    return {
        "size": size,
        "top": [row["proposal"] for row in rows if row["rank"] is not None and row["rank"] <= size],
        "equal_shares": shortlists.equal_shares(approvals, items, size, named=rules.secrecy == "named"),
        "sequential": shortlists.sequential(approvals, items, size, named=rules.secrecy == "named"),
    }


def _cells(rules: BallotRules, items: Sequence[str], votes: Iterable[Vote]) -> list[JSON]:
    """Every item and criterion of a scale. With names, everybody sees who said what: nothing is withheld."""
    said: dict[tuple[str, str], list[Vote]] = {}
    for vote in votes:
        said.setdefault((vote.item, vote.criterion), []).append(vote)
    cells: list[JSON] = []
    for item in items:
        for criterion in rules.asked:
            here = said.get((item, criterion), [])
            cell = scale.cell(rules, [vote.value for vote in here], [vote.pinned for vote in here])
            few = 0 < cell["n"] < LEAST_SHOWN and rules.secrecy != "named"
            cells.append({"proposal": item, "criterion": criterion} | ({"withheld": True} if few else cell))
    return cells


def _by_name(votes: Iterable[Vote], items: set[str]) -> JSON:
    named: JSON = {}
    for vote in sorted(votes):
        if vote.item in items:
            said = {"person": vote.voter, "criterion": vote.criterion, "value": vote.value}
            named.setdefault(vote.item, []).append(said)
    return named
