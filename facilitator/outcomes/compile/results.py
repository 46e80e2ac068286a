"""The result of a ballot as a part of the report: both tallies, how certain and how divided, a fair shortlist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...domain.document import Block, Column, Figure, Line, ListBlock, Note, Rank, Row, Section, Table
from ...domain.heatmap import heatmap
from ..gather import OutcomeBallot, OutcomeBoard, OutcomeProposal, OutcomeSession
from .pictures import cell_words, heat, spread, tallies
from .words import Words, anchor

SHORT_LIST = 12
"""Up to so many proposals, a group's list is whole in its session; a longer one has its first places there and all of
it in the annex. Ties at the end of the first places are never cut."""

FIRST_PLACES = 8
FIRST_FINDINGS = 5
FIRST_SENTENCES = 3

JSON = Mapping[str, Any]


def ballot_section(words: Words, board: OutcomeBoard, ballot: OutcomeBallot) -> Section:
    """What one public ballot said."""
    assert ballot.counted is not None
    title = words._("Result: {title}").format(title=words.title(ballot))
    name = f"r-{anchor(board.code)}-{ballot.step.replace('_', '-')}-{ballot.round}"
    return Section(title, name, tuple(_blocks(words, board, ballot)), listed=False)


def _blocks(words: Words, board: OutcomeBoard, ballot: OutcomeBallot) -> Iterator[Block]:
    _, counted = words._, ballot.counted or {}
    cards = {p.id: p for p in board.proposals}
    if not counted["voted"]:
        yield Note((_("Nobody has voted."),))
        return
    if ballot.few:
        yield Note((_("So few people voted that single votes may be guessed from the result."),))
    if ballot.rules.criteria:
        yield from _cells(words, board, ballot, counted, cards)
    else:
        first = _first_places(words, counted["ranked"])
        yield _drawn(words, ballot, first, cards)
        if len(first) < len(counted["ranked"]):
            yield Note((_("Not shown here: {count}.").format(count=len(counted["ranked"]) - len(first)),))
    sentences = list(_sentences(words, counted, cards))
    if sentences:
        yield ListBlock(tuple(sentences))
    if counted["reasons"]:
        yield Table(
            _("Reasons that were given"),
            (Column(_("Answer")), Column(_("Reason")), Column(_("To"), "code")),
            tuple(
                Row((_answer(words, ballot, given["value"]), given["reason"], cards[given["proposal"]].code))
                for given in counted["reasons"]
                if given["proposal"] in cards
            ),
        )
    if counted["shortlist"]:
        yield from _shortlist(words, counted["shortlist"], cards)


def _drawn(words: Words, ballot: OutcomeBallot, rows: Sequence[JSON], cards: Mapping[str, OutcomeProposal]) -> Block:
    """The ranking with its chart, where there is something to draw."""
    table, chart = _ranking(words, ballot, rows, cards), tallies(words, ballot, rows, cards)
    if chart is None:
        return table
    series = " / ".join(chart.series).lower()
    said = words._("Bars for each proposal, best first: {series}. The table says the same.").format(series=series)
    return Figure(words.title(ballot), said, chart, table)


def _ranking(words: Words, ballot: OutcomeBallot, rows: Sequence[JSON], cards: Mapping[str, OutcomeProposal]) -> Table:
    """People and organisations side by side."""
    _ = words._
    columns = (
        Column(_("Rank"), "rank"),
        Column(_("Proposal")),
        Column(_("Votes")),
        Column(_("By organisation"), "rank"),
    )
    table = []
    for row in rows:
        theirs = row["by_organisation"]
        table.append(
            Row(
                (
                    Rank(row["rank"], row["tied"]) if row["rank"] is not None else None,
                    words.proposal(cards[row["proposal"]]),
                    words.tally(ballot.rules.kind, row),
                    Rank(theirs["rank"], theirs["tied"])
                    if theirs and theirs["rank"] and theirs["organisations"]
                    else None,
                )
            )
        )
    return Table(words.title(ballot), columns, tuple(table), quiet=True)


def full_ranking(words: Words, board: OutcomeBoard, ballot: OutcomeBallot) -> Table:
    """Every item of a ballot with all that was counted, for the record."""
    _, counted = words._, ballot.counted or {}
    cards = {p.id: p for p in board.proposals}
    columns = (
        Column(_("Rank"), "rank"),
        Column(_("Proposal")),
        Column(_("Votes")),
        Column(_("Possible places"), "code"),
        Column(_("Divided"), "code"),
        Column(_("Organisations’ score"), "number"),
        Column(_("Organisations’ rank"), "rank"),
        Column(_("Organisations"), "number"),
        Column(_("Split"), "number"),
    )
    rows = []
    for row in counted["ranked"]:
        theirs = row["by_organisation"] or {}
        could = row.get("could")
        rows.append(
            Row(
                (
                    Rank(row["rank"], row["tied"]) if row["rank"] is not None else None,
                    words.proposal(cards[row["proposal"]]),
                    words.tally(ballot.rules.kind, row),
                    f"{could[0]}–{could[1]}" if could else None,
                    words.share(100 * row["divided"]) if row.get("divided") is not None else None,
                    theirs.get("score"),
                    Rank(theirs["rank"], theirs["tied"]) if theirs.get("rank") else None,
                    theirs.get("organisations"),
                    theirs.get("split"),
                )
            )
        )
    return Table(f"{board.code}  {board.group}: {words.title(ballot)}", columns, tuple(rows))


def _sentences(words: Words, counted: JSON, cards: Mapping[str, OutcomeProposal]) -> Iterator[Line]:
    """What a reader has to know to read the places rightly."""
    _ = words._
    if counted["abstained"]:
        yield (_("Voted without an opinion on anything: {count}.").format(count=counted["abstained"]),)
    if counted["entered"]:
        yield (_("Entered by a scribe, from paper or for somebody without a device: {count}.").format(
            count=counted["entered"]),)  # fmt: skip
    for first, last in counted["inseparable"][:FIRST_SENTENCES]:
        yield (_("Places {first} to {last} are not separable: one person voting otherwise could have turned "
                 "them.").format(first=first, last=last),)  # fmt: skip
    if counted["disagree"]:
        codes = ", ".join(cards[id].code for id in counted["disagree"] if id in cards)
        yield (_("People and organisations disagree on what comes first: {codes}.").format(codes=codes),)
    if counted["condorcet"] in cards:
        yield (_("{code} beats every other one in a direct comparison.").format(code=cards[counted["condorcet"]].code),)
    divided = [cards[id].code for id in counted["divided_first"][:FIRST_SENTENCES] if id in cards]
    if divided:
        yield (_("Most divided: {codes}.").format(codes=", ".join(divided)),)


def _shortlist(words: Words, shortlist: JSON, cards: Mapping[str, OutcomeProposal]) -> Iterator[Block]:
    """The first places beside two proportional choices."""
    _ = words._
    columns = (
        Column(_("Proposal")),
        Column(_("Most votes"), "code"),
        Column(_("Stands for"), "number"),
        Column(_("Not heard before"), "number"),
        Column(_("Sequential"), "code"),
    )
    shares = {choice["proposal"]: choice for choice in shortlist["equal_shares"]}
    sequential = {choice["proposal"] for choice in shortlist["sequential"]}
    chosen = dict.fromkeys([*shares, *shortlist["top"], *sequential])
    rows = tuple(
        Row(
            (
                words.proposal(cards[id]),
                "•" if id in shortlist["top"] else None,
                shares[id]["represents"] if id in shares else None,
                shares[id]["newly"] if id in shares else None,
                "•" if id in sequential else None,
            )
        )
        for id in chosen
        if id in cards
    )
    if rows:
        yield Table(_("A fair shortlist of {size}").format(size=shortlist["size"]), columns, rows)
        yield Note((_("Stands for: how many people want what the method of equal shares chose, so that every larger "
                      "part of the group has its share."),))  # fmt: skip


def _cells(
    words: Words, board: OutcomeBoard, ballot: OutcomeBallot, counted: JSON, cards: Mapping[str, OutcomeProposal]
) -> Iterator[Block]:
    """Items by criteria: median, middle half, how many."""
    _ = words._
    titles = {criterion.id: criterion.title for criterion in ballot.rules.criteria}
    items = list(dict.fromkeys(cell["proposal"] for cell in counted["criteria"]))
    found = {(cell["proposal"], cell["criterion"]): cell for cell in counted["criteria"]}
    rows = tuple(
        Row((cards[item].text or cards[item].code, *(cell_words(words, found[item, id]) for id in titles)))
        for item in items
        if item in cards
    )
    columns = (Column(_("Item")), *(Column(title) for title in titles.values()))
    table = Table(words.title(ballot), columns, rows, quiet=True)
    chart = spread(words, ballot, counted["criteria"], cards)
    said = _("For each item the middle opinion, and a bar over the middle half of all opinions.")
    yield Figure(words.title(ballot), said, chart, table) if chart is not None else table
    yield Note((_("Median, in brackets the middle half of the opinions and how many there are."),))


def session_heatmap(words: Words, session: OutcomeSession) -> Iterator[Block]:
    """Where several groups rated the same items by the same criteria: all of them beside each other."""
    _ = words._
    rated = [
        (board, ballot)
        for board in session.boards
        for ballot in board.ballots
        if ballot.counted is not None and ballot.rules.criteria and ballot.round == _last_round(board, ballot)
    ]
    if len(rated) < 2 or len({(ballot.rules.criteria, ballot.rules.anchors) for _b, ballot in rated}) > 1:
        return
    items = {p.key: p.text or "" for board, _b in rated for p in board.proposals if p.key is not None}
    titles = {criterion.id: criterion.title for criterion in rated[0][1].rules.criteria}
    found = heatmap(
        [
            (board.group, {p.key: p.id for p in board.proposals if p.key is not None}, ballot.counted or {})
            for board, ballot in rated
        ],
        list(items),
    )
    rows = tuple(
        Row(
            (
                items[row["item"]],
                titles.get(row["criterion"], ""),
                *(cell_words(words, cell) for cell in row["cells"]),
                cell_words(words, row["all"]),
            )
        )
        for row in found["rows"]
    )
    columns = (
        Column(_("Item")),
        Column(_("Criterion")),
        *(Column(group) for group in found["groups"]),
        Column(_("All that is shown")),
    )
    said = _("A grid of items by groups; the darker, the higher the median. The table has the figures.")
    chart = heat(words, found, items, titles, len(rated[0][1].rules.anchors))
    yield Figure(_("All groups side by side"), said, chart, Table(_("All groups, in figures"), columns, rows))


def _last_round(board: OutcomeBoard, ballot: OutcomeBallot) -> int:
    return max(other.round for other in board.ballots if other.step == ballot.step)


def _answer(words: Words, ballot: OutcomeBallot, value: int) -> str:
    _ = words._
    if ballot.rules.kind != "consent":
        return str(value)
    return {3: _("agrees"), 2: _("agrees with a reservation"), 1: _("stands aside"), 0: _("objects")}[value]


def _first_places(words: Words, ranked: Sequence[JSON]) -> list[JSON]:
    """The best of a long list, without cutting through a tie; fewer where the report has no annex for the others."""
    most, first = (SHORT_LIST, FIRST_PLACES) if words.annex else (FIRST_FINDINGS + 2, FIRST_FINDINGS)
    if len(ranked) <= most:
        return list(ranked)
    last = ranked[first - 1]["rank"]
    return [row for row in ranked if row["rank"] is not None and last is not None and row["rank"] <= last]
