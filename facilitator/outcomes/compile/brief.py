"""Two pages for a board of directors: what was concluded, who stands behind it, what is open, what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.document import (
    Block,
    Column,
    Facts,
    Line,
    ListBlock,
    Moment,
    Note,
    Paragraph,
    Row,
    Section,
    Table,
)
from ..gather import Outcome, OutcomeConclusion
from .roadmap import when
from .words import Words, anchor, figures, paragraphs

MOST_CONCLUSIONS = 24
MOST_PLANNED = 6
MOST_OPEN = 4


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
    if said := words.erased(outcome):
        yield Note((said,))
    yield Note((_("How these figures came about, and every contribution: in the full report. State of this brief: "),
                Moment(outcome.gathered_at), "."))  # fmt: skip


def _conclusions(words: Words, outcome: Outcome) -> Iterator[Block]:
    _ = words._
    if not outcome.conclusions:
        yield Note((_("No conclusions have been drawn yet."),))
        return
    shown = outcome.conclusions[:MOST_CONCLUSIONS]
    asked = any(c.ratification is not None for c in shown)
    bodies = any(c.ratification and c.ratification.counted["organisations"]["electors"] for c in shown)
    columns = [Column(_("No."), "code"), Column(_("Conclusion"))]
    if asked:
        columns += [Column(_("People"), "number")]
        columns += [Column(_("Organisations"), "number")] if bodies else []
    columns += [Column(_("Outcome")) if asked else Column(_("Vote"))]
    rows = []
    for c in shown:
        kind = f"{words.kind(c.kind)}: " if c.kind != "conclusion" else ""
        cells: list[str] = [c.code, f"{kind}{_short(c.wording)}"]
        if asked:
            cells += [_behind(words, c, "people")] + ([_behind(words, c, "organisations")] if bodies else [])
        cells.append(_outcome(words, c) if asked else _votes(words, c))
        rows.append(Row(tuple(cells), anchor=anchor(c.code)))
    yield Table(_("Conclusions"), tuple(columns), tuple(rows), quiet=True)
    if asked:
        yield Note((_("People, organisations: how many of those who took a position stand behind it."),))
    if len(outcome.conclusions) > len(shown):
        count = len(outcome.conclusions) - len(shown)
        yield Note((_("Not shown here: {count}. All are in the full report.").format(count=count),))


def _behind(words: Words, c: OutcomeConclusion, tally: str) -> str:
    return "–" if c.ratification is None else words.share(c.ratification.counted[tally]["support"])


def _outcome(words: Words, c: OutcomeConclusion) -> str:
    said = words.ratified(c.ratification)
    return f"{said}; {words.verdict(c.verdict.verdict)} ({c.verdict.body})" if c.verdict is not None else said


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
    planned.sort(key=when)
    rows = tuple(
        Row((f"{p.plan.year} Q{p.plan.quarter}" if p.plan.quarter else str(p.plan.year), p.text or "", p.plan.lead))
        for p in planned[:MOST_PLANNED]
        if p.plan is not None
    )
    if rows:
        columns = (Column(_("When"), "code"), Column(_("Improvement")), Column(_("Lead")))
        yield Table(_("Roadmap"), columns, rows, quiet=True)
    if len(planned) > len(rows):
        count = len(planned) - len(rows)
        yield Note((_("Not shown here: {count}. All are in the full report.").format(count=count),))


def _coverage(words: Words, outcome: Outcome) -> Iterator[Block]:
    _ = words._
    if not any(c.tags for c in outcome.conclusions):
        return
    facts: list[tuple[str, Line]] = []
    for framework in outcome.frameworks:
        covered = [tag.title for tag in framework.tags if tag.conclusions]
        missing = [tag.title for tag in framework.tags if not tag.conclusions]
        said = _("{covered} of {all}").format(covered=len(covered), all=len(framework.tags))
        if missing and len(missing) < len(covered):
            said = _("{part}; not yet: {titles}").format(part=said, titles="; ".join(missing))
        elif covered and missing:
            said = _("{part}: {titles}").format(part=said, titles="; ".join(covered))
        facts.append((framework.title, (said,)))
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
