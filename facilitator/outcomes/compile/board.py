"""What one group did in one session, as a part of the report."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.document import Block, Column, Facts, Figure, Line, ListBlock, Note, Quote, Reference, Row, Table
from ..gather import OutcomeBoard, OutcomeProposal
from .pictures import lanes
from .results import SHORT_LIST, ballot_section
from .roadmap import when
from .words import Words, anchor


def board_blocks(words: Words, board: OutcomeBoard) -> tuple[Block, ...]:
    return tuple(_blocks(words, board))


def _blocks(words: Words, board: OutcomeBoard) -> Iterator[Block]:
    _ = words._
    standing = board.having("standing")
    yield _facts(words, board)
    if board.unrevealed:
        yield Note((_("Still private, and in no report: {count}.").format(count=board.unrevealed),))
    if any(ballot.open for ballot in board.ballots):
        yield Note((_("The vote is still running. Nobody knows its result yet."),), warning=True)
    elif board.ballots and board.ballots[-1].counted is None:
        yield Note((_("The result of the vote has not been revealed."),), warning=True)
    yield from _lines(words, board)
    yield from _draft(words, board)
    for ballot in board.ballots:
        if ballot.counted is not None:
            yield ballot_section(words, board, ballot)
    yield from _themes(words, board)
    ranked = any(p.result is not None for p in standing)
    if not standing and not any(p.kind != "proposal" for p in board.proposals):
        yield Note((_("No proposals."),))
    elif standing and not ranked and not board.themes:
        if len(standing) <= SHORT_LIST:
            yield ListBlock(tuple(words.proposal(p) for p in standing))
        else:
            yield from _in_annex(words, board)
    elif len(standing) > SHORT_LIST:
        yield from _in_annex(words, board)
    yield from _roadmap(words, board)
    yield from _parked(words, board)
    if late := board.having("late"):
        yield Note((_("Came after their step had ended, and were not admitted: {count}.").format(count=len(late)),))
    if any(p.status in ("hidden", "withdrawn") for p in board.proposals if p.kind == "proposal"):
        counts = [
            _("hidden by the facilitator: {count}").format(count=len(board.having("hidden"))),
            _("withdrawn by their authors: {count}").format(count=len(board.having("withdrawn"))),
        ]
        yield Note((_("Not shown: {what}.").format(what=", ".join(counts)),))


def _facts(words: Words, board: OutcomeBoard) -> Facts:
    _ = words._
    facts: list[tuple[str, Line]] = [(_("Activity"), (board.activity,))]
    standing = len(board.having("standing"))
    if standing or not board.proposals:
        facts.append((_("Proposals"), (str(standing),)))
    merged = len(board.having("merged"))
    if merged:
        facts.append((_("Merged into others"), (str(merged),)))
    for ballot in board.ballots:
        facts.append((words.title(ballot), (words.ballot(ballot),)))
        facts.append((_("Turnout"), (words.turnout(ballot.voted, ballot.electors),)))
    return Facts(tuple(facts))


def _lines(words: Words, board: OutcomeBoard) -> Iterator[Block]:
    _ = words._
    if not board.lines:
        return
    own = [line for line in board.lines if line.shared_from is None]
    if own:
        if board.rapporteur:
            yield Note((_("Reported by {name}.").format(name=words.name(board.rapporteur)),))
        yield ListBlock(tuple(words.proposal(line) for line in own), ordered=True)
    for group in dict.fromkeys(line.shared_from for line in board.lines if line.shared_from):
        yield Note((_("Shared by {group}:").format(group=group),))
        yield ListBlock(tuple(words.proposal(line) for line in board.lines if line.shared_from == group), ordered=True)


def _draft(words: Words, board: OutcomeBoard) -> Iterator[Block]:
    _ = words._
    phrases = board.having("standing", kind="phrase")
    if not phrases:
        return
    yield Quote(board.draft)
    yield Table(
        _("Phrase by phrase"),
        (
            Column(_("Phrase")),
            Column(_("Support"), "number"),
            Column(_("Concern"), "number"),
            Column(_("Alternatives")),
        ),
        tuple(
            Row(
                (
                    words.proposal(p),
                    p.reactions.get("support", 0),
                    p.reactions.get("concern", 0),
                    " / ".join(c.text or "" for c in p.comments if c.kind == "alternative" and c.text),
                )
            )
            for p in phrases
        ),
    )


def _themes(words: Words, board: OutcomeBoard) -> Iterator[Block]:
    standing = board.having("standing")
    for theme in board.themes:
        under = [p for p in standing if p.theme == theme]
        if under:
            yield Note((words._("Theme: {theme}").format(theme=theme),))
            yield ListBlock(tuple(words.proposal(p) for p in under))


def _roadmap(words: Words, board: OutcomeBoard) -> Iterator[Block]:
    """Who does what, by when: what has a year first, in its order."""
    _ = words._
    planned = [p for p in board.having("standing") if p.plan is not None]
    if planned:
        columns = (
            Column(_("When"), "code"),
            Column(_("Improvement")),
            Column(_("Lead")),
            Column(_("Partners")),
            Column(_("First step")),
            Column(_("Effort"), "number"),
            Column(_("Impact"), "number"),
        )
        table = Table(_("Roadmap"), columns, tuple(_planned(words, p) for p in sorted(planned, key=when)), quiet=True)
        chart = lanes(words, planned)
        said = _("A line for each improvement, in the year and quarter in which it is done, with who leads it.")
        yield Figure(_("Roadmap"), said, chart, table) if chart is not None else table
    pledges = [(p, pledge) for p in board.proposals for pledge in p.pledges if p.text]
    if pledges:
        yield Table(
            _("Pledges"),
            (Column(_("Organisation")), Column(_("Pledge")), Column(_("For"), "code")),
            tuple(
                Row((pledge.organisation or words.named(pledge.author), pledge.text, p.code)) for p, pledge in pledges
            ),
        )


def _planned(words: Words, p: OutcomeProposal) -> Row:
    plan = p.plan
    assert plan is not None
    at = "–" if plan.year is None else str(plan.year) if plan.quarter is None else f"{plan.year} Q{plan.quarter}"
    return Row(
        (
            at,
            words.proposal(p),
            plan.lead,
            ", ".join(plan.partners),
            plan.first_step or None,
            plan.effort,
            plan.impact,
        )
    )


def _parked(words: Words, board: OutcomeBoard) -> Iterator[Block]:
    parked = board.having("parked")
    if parked:
        yield Note((words._("In the parking lot:"),))
        yield ListBlock(tuple(words.proposal(p) for p in parked))


def _in_annex(words: Words, board: OutcomeBoard) -> Iterator[Block]:
    if words.annex:
        yield Note((words._("All proposals of this group are in the annex: "), to_annex(board)))


def to_annex(board: OutcomeBoard) -> Reference:
    return Reference(f"{board.code}  {board.group}", f"all-{anchor(board.code)}")
