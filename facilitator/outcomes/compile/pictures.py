"""What is worth a picture, as charts of the report, each with its table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...domain.document import (
    Bar,
    BarChart,
    BarRow,
    Block,
    Column,
    Figure,
    FlowChart,
    HeatCell,
    HeatChart,
    LaneChart,
    LaneItem,
    Part,
    RangeChart,
    RangeRow,
    Row,
    Table,
    Tone,
)
from ..gather import Outcome, OutcomeBallot, OutcomeConclusion, OutcomeProposal
from .words import Words

JSON = Mapping[str, Any]


# --- ballots --------------------------------------------------------------------------------------------------------


def tallies(
    words: Words, ballot: OutcomeBallot, rows: Sequence[JSON], cards: Mapping[str, OutcomeProposal]
) -> BarChart | None:
    """Both tallies of a ballot's results side by side; None where there is nothing to draw."""
    _ = words._
    drawn = [row for row in rows if row["rank"] is not None]
    if not drawn:
        return None
    people = [_people(words, ballot, row) for row in drawn]
    theirs = [_organisations(words, row) for row in drawn]
    both = any(theirs)
    full = [
        max([1.0, *(sum(abs(part.value) for part in bar.parts) for bar in bars if bar)]) for bars in (people, theirs)
    ]
    return BarChart(
        series=(_("By person"), _("By organisation")) if both else (_("By person"),),
        full=tuple(full if both else full[:1]),
        rows=tuple(
            BarRow(_label(cards[row["proposal"]]), (mine, its) if both else (mine,))
            for row, mine, its in zip(drawn, people, theirs, strict=True)
        ),
    )


def _people(words: Words, ballot: OutcomeBallot, row: JSON) -> Bar:
    _, kind = words._, ballot.rules.kind
    parts: tuple[Part, ...]
    if kind == "dots":
        parts = (Part(_("dots"), row["dots"]), Part(_("against"), row.get("against") or 0, "against"))
    elif kind == "approval":
        parts = (
            Part(_("agree"), row["agree"], "for"),
            Part(_("pass"), row["pass"], "neutral"),
            Part(_("disagree"), row["disagree"], "against"),
        )
    elif kind == "consent":
        parts = (
            Part(_("agree"), row["agree"], "for"),
            Part(_("with a reservation"), row["reservation"], "partly"),
            Part(_("stand aside"), row["aside"], "neutral"),
            Part(_("object"), row["object"], "against"),
        )
    else:
        parts = (Part(_("score"), max(0.0, row["score"] or 0.0)),)
    if kind == "dots" and not ballot.rules.against:
        parts = parts[:1]
    return Bar(parts, _figures(words, parts), words.tally(kind, row))


def _organisations(words: Words, row: JSON) -> Bar | None:
    theirs = row["by_organisation"]
    if not theirs or not theirs["organisations"] or theirs["score"] is None:
        return None
    tone: Tone = "against" if theirs["score"] < 0 else "for"
    said = words._("score {score} from {count} organisations").format(
        score=words.number(theirs["score"]), count=theirs["organisations"]
    )
    return Bar((Part(words._("score"), abs(theirs["score"]), tone),), words.number(theirs["score"]), said)


def spread(
    words: Words, ballot: OutcomeBallot, cells: Sequence[JSON], cards: Mapping[str, OutcomeProposal]
) -> RangeChart | None:
    """Where the opinions on a scale lie: the middle one, and the middle half."""
    titles = {criterion.id: criterion.title for criterion in ballot.rules.criteria}
    rows = [
        RangeRow(
            " · ".join(filter(None, (cards[cell["proposal"]].text, titles.get(cell["criterion"])))),
            cell["q1"],
            cell["median"],
            cell["q3"],
            cell_words(words, cell),
        )
        for cell in cells
        if not cell.get("withheld") and cell["n"] and cell["proposal"] in cards
    ]
    return RangeChart(tuple(ballot.rules.anchors), tuple(rows)) if rows else None


def cell_words(words: Words, cell: JSON) -> str:
    """A cell of an alignment: median, the middle half, how many."""
    if cell.get("withheld"):
        return words._("fewer than 3")
    if not cell["n"]:
        return "–"
    between = f"{words.number(cell['q1'])}–{words.number(cell['q3'])}"
    return f"{words.number(cell['median'])} ({between}; {cell['n']})"


def heat(words: Words, found: JSON, items: Mapping[str, str], titles: Mapping[str, str], points: int) -> HeatChart:
    """All groups side by side, `found` as `domain.heatmap.heatmap` gives it."""

    def shade(cell: JSON) -> HeatCell:
        shown = not cell.get("withheld") and cell["n"]
        return HeatCell(cell["median"], words.number(cell["median"])) if shown else HeatCell(None, "–")

    rows = tuple(
        (
            " · ".join(filter(None, (items[row["item"]], titles.get(row["criterion"])))),
            (*(shade(cell) for cell in row["cells"]), shade(row["all"])),
        )
        for row in found["rows"]
    )
    return HeatChart((*found["groups"], words._("All that is shown")), rows, 1, points)


def _length(bar: Bar) -> float:
    return sum(part.value for part in bar.parts)


def _figures(words: Words, parts: Sequence[Part]) -> str:
    return " / ".join(words.number(part.value) for part in parts)


def _label(p: OutcomeProposal) -> str:
    return f"{p.code}  {p.text or ''}"


# --- conclusions ----------------------------------------------------------------------------------------------------


def ratification_figure(words: Words, conclusions: Sequence[OutcomeConclusion]) -> Iterator[Figure]:
    """How far the room stands behind each conclusion, by person and by organisation. Nothing if nobody was asked."""
    _ = words._
    asked = [(c, c.ratification.counted) for c in conclusions if c.ratification is not None]
    if not asked:
        return
    both = any(counted["organisations"]["electors"] for _c, counted in asked)
    names = ("people", "organisations") if both else ("people",)
    chart = BarChart(
        series=(_("People"), _("Organisations")) if both else (_("People"),),
        full=tuple(max([1.0, *(float(counted[name]["electors"]) for _c, counted in asked)]) for name in names),
        rows=tuple(
            BarRow(f"{c.code}  {c.wording}", tuple(_stand(words, counted[name]) for name in names))
            for c, counted in asked
        ),
    )
    columns = (
        Column(_("No."), "code"),
        Column(_("People")),
        *((Column(_("Organisations")),) if both else ()),
        Column(_("Outcome"), "code"),
    )
    rows = tuple(
        Row(((words.code(c.code),), *(_tally(words, counted[name]) for name in names), words.ratified(c.ratification)))
        for c, counted in asked
    )
    yield Figure(
        _("Behind the conclusions, of those who were asked"),
        _("Bars for each conclusion: who agrees, who can live with it, who objects. The rest of each bar took no "
          "position."),
        chart,
        Table(_("Ratification in figures"), columns, rows),
    )  # fmt: skip


def _stand(words: Words, tally: JSON) -> Bar | None:
    _ = words._
    if not tally["electors"]:
        return None
    parts = (
        Part(_("agree"), tally["agree"], "for"),
        Part(_("can live with it"), tally["live"], "partly"),
        Part(_("object"), tally["object"], "against"),
    )
    return Bar(parts, _figures(words, parts), words.stand(tally))


def _tally(words: Words, tally: JSON) -> str:
    if not tally["electors"]:
        return "–"
    behind = words._("{share} behind it").format(share=words.share(tally["support"]))
    return f"{words.stand(tally)}; {behind}; {words.turnout(tally['voted'], tally['electors'])}"


# --- roadmap --------------------------------------------------------------------------------------------------------


def lanes(words: Words, planned: Sequence[OutcomeProposal]) -> LaneChart | None:
    """What is done in which year; None where nothing has one."""
    items = [
        LaneItem(_label(p), p.plan.lead or words._("nobody yet"), p.plan.year, p.plan.quarter)
        for p in planned
        if p.plan is not None and p.plan.year is not None
    ]
    if not items:
        return None
    items.sort(key=lambda item: (item.year, item.quarter or 5))
    years = range(items[0].year, items[-1].year + 1)
    return LaneChart(tuple(years) if len(years) <= 12 else tuple(dict.fromkeys(i.year for i in items)), tuple(items))


# --- the whole event ------------------------------------------------------------------------------------------------


def participation(words: Words, outcome: Outcome, table: Table) -> Iterator[Block]:
    """How many of each organisation came, of those who were expected; `table` says the same."""
    _ = words._
    bodies = [body for body in outcome.organisations if body.present or body.expected]
    if len(bodies) < 2:
        yield table
        return
    rows = []
    for body in bodies:
        here, absent = len(body.present), max(0, body.expected - len(body.present))
        parts = (Part(_("came"), here, "for"), Part(_("did not come"), absent, "neutral"))
        said = _("{here} of {expected}").format(here=here, expected=here + absent)
        rows.append(BarRow(body.name, (Bar(parts, said, said),)))
    full = max(_length(bar) for row in rows for bar in row.bars if bar)
    yield Figure(
        _("Participation by organisation"),
        _("Bars for each organisation: how many came, and how many more were expected."),
        BarChart((_("People"),), (full,), tuple(rows)),
        table,
    )


FATES = ("conclusion", "standing", "merged", "parked", "late", "gone")


def fate(p: OutcomeProposal) -> str:
    """What became of a contribution."""
    if p.conclusions:
        return "conclusion"
    if p.status in ("withdrawn", "hidden"):
        return "gone"
    return "merged" if p.status in ("merged", "split") else p.status


def flow(words: Words, outcome: Outcome) -> Iterator[Figure]:
    """From the contributions of each session to what became of them. Nothing while there are no conclusions."""
    _ = words._
    if not outcome.conclusions:
        return
    names = {
        "conclusion": (_("behind a conclusion"), "for"),
        "standing": (_("stand in the record"), "partly"),
        "merged": (_("merged into others"), "neutral"),
        "parked": (_("in the parking lot"), "neutral"),
        "late": (_("came late"), "neutral"),
        "gone": (_("withdrawn or hidden"), "against"),
    }
    counts: dict[str, dict[str, int]] = {}
    for day in outcome.days:
        for session in day.sessions:
            mine = counts.setdefault(f"{session.code}  {session.title}", dict.fromkeys(FATES, 0))
            for board in session.boards:
                for p in board.proposals:
                    if p.kind != "given" and p.shared_from is None:
                        mine[fate(p)] += 1
    counts = {title: mine for title, mine in counts.items() if sum(mine.values())}
    if not counts:
        return
    used = [name for name in FATES if any(mine[name] for mine in counts.values())]
    tones: dict[str, Tone] = {"for": "for", "partly": "partly", "neutral": "neutral", "against": "against"}
    chart = FlowChart(
        left=tuple((title, sum(mine.values())) for title, mine in counts.items()),
        right=tuple((names[n][0], sum(mine[n] for mine in counts.values()), tones[names[n][1]]) for n in used),
        flows=tuple(
            (left, right, mine[name])
            for left, mine in enumerate(counts.values())
            for right, name in enumerate(used)
            if mine[name]
        ),
    )
    columns = (Column(_("Session")), *(Column(names[name][0], "number") for name in used), Column(_("All"), "number"))
    rows = [Row((title, *(mine[name] for name in used), sum(mine.values()))) for title, mine in counts.items()]
    yield Figure(
        _("From contributions to conclusions"),
        _("Bands from each session to what became of what was said in it: behind a conclusion, in the record, merged, "
          "parked, withdrawn or hidden."),
        chart,
        Table(_("What became of the contributions"), columns, tuple(rows)),
    )  # fmt: skip
