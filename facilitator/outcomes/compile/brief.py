"""Two pages for a board of directors: what was concluded, who stands behind it, what is open, what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.document import (
    Block,
    Column,
    Facts,
    Figure,
    Line,
    ListBlock,
    Moment,
    Note,
    Paragraph,
    Row,
    Section,
    Table,
)
from ..gather import Outcome, OutcomeConclusion, OutcomeProposal
from .pictures import lanes
from .words import Words, anchor, figures, paragraphs

MOST_IN_LANES = 8
MOST_OPEN = 5


def brief_blocks(words: Words, outcome: Outcome) -> Iterator[Block]:
    """The blocks of the brief, in order."""
    _ = words._
    yield figures(words, outcome)
    if purpose := paragraphs(outcome.purpose):
        yield Paragraph((purpose[0],))
    yield Section(_("Conclusions"), "conclusions", tuple(_conclusions(words, outcome)))
    for title, name, blocks in (
        (_("Not of one mind"), "dissent", tuple(_dissent(words, outcome))),
        (_("Who does what, by when"), "roadmap", tuple(_next(words, outcome))),
        (_("What the conclusions answer to"), "coverage", tuple(_coverage(words, outcome))),
        (_("Left open"), "open", tuple(_open(words, outcome))),
    ):
        if blocks:
            yield Section(title, name, blocks)
    yield Note((_("How these figures came about, and every contribution: in the full report. State of this brief: "),
                Moment(outcome.gathered_at), "."))  # fmt: skip


def _conclusions(words: Words, outcome: Outcome) -> Iterator[Block]:
    _ = words._
    if not outcome.conclusions:
        yield Note((_("No conclusions have been drawn yet."),))
        return
    asked = any(c.ratification is not None for c in outcome.conclusions)
    decided = any(c.verdicts for c in outcome.conclusions)
    columns = [Column(_("No."), "code"), Column(_("Conclusion"))]
    columns += [Column(_("Behind it")), Column(_("Ratification"), "code")] if asked else [Column(_("Vote"))]
    columns += [Column(_("Decided"))] if decided else []
    rows = []
    for c in outcome.conclusions:
        kind = f"{words.kind(c.kind)}: " if c.kind != "conclusion" else ""
        cells: list[Line | str] = [c.code, f"{kind}{c.wording}"]
        cells += [_behind(words, c), words.ratified(c.ratification)] if asked else [_votes(words, c)]
        verdict = f"{words.verdict(c.verdict.verdict)}, {c.verdict.body}" if c.verdict else ""
        cells += [verdict] if decided else []
        rows.append(Row(tuple(cells), anchor=anchor(c.code)))
    yield Table(_("Conclusions"), tuple(columns), tuple(rows), quiet=True)


def _behind(words: Words, c: OutcomeConclusion) -> str:
    """How large a part stands behind it, by both tallies."""
    _ = words._
    if c.ratification is None:
        return "–"
    people, bodies = c.ratification.counted["people"], c.ratification.counted["organisations"]
    said = _("{share} of {count} people").format(share=words.share(people["support"]), count=people["voted"])
    if bodies["electors"]:
        theirs = _("{share} of {count} organisations").format(
            share=words.share(bodies["support"]), count=bodies["voted"]
        )
        said = f"{said}, {theirs}"
    return said


def _votes(words: Words, c: OutcomeConclusion) -> str:
    said = [words.figures(source.figures) for source in c.sources if source.figures]
    return said[0] if said else "–"


def _dissent(words: Words, outcome: Outcome) -> Iterator[Block]:
    """Where the two tallies disagree, and what those say who did not agree."""
    _ = words._
    split = [c.code for c in outcome.conclusions if c.ratification and c.ratification.counted["disagree"]]
    if split:
        yield Note((_("People and organisations disagree on {codes}.").format(codes=", ".join(split)),))
    reports = [(c.code, report) for c in outcome.conclusions for report in c.minority]
    items: list[Line] = [(f"{code}  {words.named(r.author)}: {_short(r.text)}",) for code, r in reports[:MOST_OPEN]]
    if len(reports) > MOST_OPEN:
        items.append((_("and {count} more minority reports").format(count=len(reports) - MOST_OPEN),))
    if items:
        yield ListBlock(tuple(items))


def _next(words: Words, outcome: Outcome) -> Iterator[Block]:
    """The roadmap's first items."""
    _ = words._
    planned = [p for board in outcome.boards for p in board.having("standing") if p.plan is not None and p.plan.year]
    planned.sort(key=_when)
    first = planned[:MOST_IN_LANES]
    chart = lanes(words, first)
    if chart is None:
        return
    rows = tuple(
        Row((f"{p.plan.year} Q{p.plan.quarter}" if p.plan.quarter else str(p.plan.year), p.text or "", p.plan.lead))
        for p in first
        if p.plan is not None
    )
    columns = (Column(_("When"), "code"), Column(_("Improvement")), Column(_("Lead")))
    said = _("A line for each improvement, in the year and quarter in which it is done, with who leads it.")
    yield Figure(_("Roadmap"), said, chart, Table(_("Roadmap"), columns, rows, quiet=True))
    if len(planned) > len(first):
        yield Note((_("Not shown here: {count}.").format(count=len(planned) - len(first)),))


def _when(p: OutcomeProposal) -> tuple[int, int]:
    return (p.plan.year or 9999, p.plan.quarter or 5) if p.plan else (9999, 5)


def _coverage(words: Words, outcome: Outcome) -> Iterator[Block]:
    _ = words._
    if not any(c.tags for c in outcome.conclusions):
        return
    facts: list[tuple[str, Line]] = []
    for framework in outcome.frameworks:
        covered = [tag.title for tag in framework.tags if tag.conclusions]
        said = _("{covered} of {all}").format(covered=len(covered), all=len(framework.tags))
        facts.append((framework.title, (f"{said}: {'; '.join(covered)}" if covered else said,)))
    yield Facts(tuple(facts))


def _open(words: Words, outcome: Outcome) -> Iterator[Block]:
    """What waits in parking lots without an answer, and who takes care of it."""
    _ = words._
    waiting = [parked for day in outcome.days for parked in day.parked if not parked.answer]
    items: list[Line] = [
        (
            f"{_short(parked.text)} – ",
            words.named(parked.owner) if parked.owner is not None else _("nobody takes care of it yet"),
        )
        for parked in waiting[:MOST_OPEN]
    ]
    if len(waiting) > MOST_OPEN:
        items.append((_("and {count} more in the parking lots").format(count=len(waiting) - MOST_OPEN),))
    if items:
        yield ListBlock(tuple(items))


def _short(text: str, most: int = 200) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + "…"
