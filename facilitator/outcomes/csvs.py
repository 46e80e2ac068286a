"""The outcome as one CSV table: a row per proposal, for a spreadsheet.

UTF-8 with a byte order mark, so that Excel reads the accents. A text that a spreadsheet would take for a formula gets
an apostrophe in front (OWASP, CSV injection). Figures are empty as long as a result is not revealed: empty is not 0.

Columns: `day` (number), `date` (ISO 8601), `session`, `group`, `lane`, `theme`, `code` (as in the report), `proposal`
(id), `kind` (proposal, given, line, phrase), `text` (empty if hidden or withdrawn), `author`, `organisation` (each as
far as it was promised), `status` (standing, parked, merged, split, withdrawn, hidden), `reason` (of hiding), `at` (ISO
8601, UTC), `wordings` (how many texts it has had), `merged_into`, `made_of`, `shared_from`, `comments` (how many),
`like`, `support`, `concern`; of the last vote on it whose result was revealed: `vote` (step), `round`, `ballot` (dots,
approval, scale, ranking, consent), `electors`, `voted` (people), `dots`, `against`, `agree`, `disagree`, `pass`,
`mean`, `opinions`, `points`, `firsts`, `reservation`, `aside`, `object`, `voters`, `score`, `rank`, `tied` (yes, no),
`organisations_score`, `organisations_rank`; `lead`, `partners`, `year`, `quarter`, `effort`, `impact`, `first_step`,
`pledges` (one a line), `conclusions` (codes), `conclusion_wordings` (one a line).
"""

from __future__ import annotations

import csv
import io

from .gather import Outcome, OutcomeProposal
from .jsons import iso

TALLY = (
    "dots", "against", "agree", "disagree", "pass", "mean", "opinions", "points", "firsts", "reservation", "aside",
    "object", "voters",
)  # fmt: skip
COLUMNS = (
    "day", "date", "session", "group", "lane", "theme", "code", "proposal", "kind", "text", "author", "organisation",
    "status", "reason", "at", "wordings", "merged_into", "made_of", "shared_from", "comments", "like", "support",
    "concern", "vote", "round", "ballot", "electors", "voted", *TALLY, "score", "rank", "tied", "organisations_score",
    "organisations_rank", "lead", "partners", "year", "quarter", "effort", "impact", "first_step", "pledges",
    "conclusions", "conclusion_wordings",
)  # fmt: skip
VOTE = COLUMNS.index("lead") - COLUMNS.index("vote")

Cell = str | int | float | None

# Full-width forms are formulas too in spreadsheets set to an East Asian language.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def render(outcome: Outcome) -> bytes:
    """The CSV file of an outcome."""
    wordings = {conclusion.code: conclusion.wording for day in outcome.days for conclusion in day.conclusions}
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for day in outcome.days:
        for session in day.sessions:
            for board in session.boards:
                for proposal in board.proposals:
                    writer.writerow(
                        guard(cell)
                        for cell in (
                            day.number,
                            day.date,
                            session.title,
                            board.group,
                            *_proposal(proposal),
                            *_vote(proposal),
                            *_plan(proposal),
                            " ".join(proposal.conclusions),
                            "\n".join(wordings[code] for code in proposal.conclusions),
                        )
                    )
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def guard(cell: Cell) -> str | int | float:
    """A cell that no spreadsheet takes for a formula. Numbers stay numbers; None is an empty cell."""
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(DANGEROUS):
        return "'" + cell
    return cell


def _proposal(p: OutcomeProposal) -> tuple[Cell, ...]:
    return (
        p.lane,
        p.theme,
        p.code,
        p.id,
        p.kind,
        p.text,
        p.author.name,
        p.author.organisation,
        p.status,
        p.reason,
        iso(p.at),
        p.wordings,
        p.merged_into,
        " ".join(p.made_of),
        p.shared_from,
        sum(1 for comment in p.comments if comment.text is not None),
        *(p.reactions.get(kind, 0) for kind in ("like", "support", "concern")),
    )


def _vote(p: OutcomeProposal) -> tuple[Cell, ...]:
    if p.ballot is None or p.result is None:
        return (None,) * VOTE
    ballot, theirs = p.ballot, p.result["by_organisation"] or {}
    return (
        ballot.title,
        ballot.round,
        ballot.rules.kind,
        ballot.electors,
        ballot.voted,
        *(p.result.get(key) for key in TALLY),
        p.result["score"],
        p.result["rank"],
        "yes" if p.result["tied"] else "no",
        theirs.get("score"),
        theirs.get("rank"),
    )


def _plan(p: OutcomeProposal) -> tuple[Cell, ...]:
    pledges = "\n".join(f"{pledge.organisation or ''}: {pledge.text}" for pledge in p.pledges)
    if p.plan is None:
        return (*(None,) * 7, pledges)
    plan = p.plan
    when = (plan.year, plan.quarter, plan.effort, plan.impact)
    return (plan.lead, "; ".join(plan.partners), *when, plan.first_step, pledges)
