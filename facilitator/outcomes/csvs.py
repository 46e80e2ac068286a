"""The outcome as one CSV table: a row per proposal, for a spreadsheet.

UTF-8 with a byte order mark, so that Excel reads the accents. A text that a spreadsheet would take for a formula gets
an apostrophe in front (OWASP, CSV injection). Figures are empty as long as a result is not revealed: empty is not 0.

Columns: `day` (number), `date` (ISO 8601), `session`, `group`, `lane`, `code` (as in the report), `proposal` (id),
`text` (empty unless it stands), `author`, `organisation`, `status` (standing, withdrawn, hidden), `reason` (of hiding),
`at` (ISO 8601, UTC), `wordings` (how many texts it has had), `vote` (none, open, held), `ballot` (dots, approval),
`electors`, `voted` (people), `dots`, `agree`, `disagree`, `pass`, `voters`, `score`, `rank`, `tied` (yes, no),
`conclusions` (codes), `conclusion_wordings` (one a line).
"""

from __future__ import annotations

import csv
import io

from .gather import Outcome, OutcomeBoard, OutcomeProposal
from .jsons import iso

COLUMNS = (
    "day", "date", "session", "group", "lane", "code", "proposal", "text", "author", "organisation", "status", "reason",
    "at", "wordings", "vote", "ballot", "electors", "voted", "dots", "agree", "disagree", "pass", "voters", "score",
    "rank", "tied", "conclusions", "conclusion_wordings",
)  # fmt: skip

TALLY = ("dots", "agree", "disagree", "pass", "voters")

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
                            *_vote(board, proposal),
                            " ".join(proposal.conclusions),
                            "\n".join(wordings[code] for code in proposal.conclusions),
                        )
                    )
    return b"\xef\xbb\xbf" + file.getvalue().encode()


def guard(cell: str | int | None) -> str | int:
    """A cell that no spreadsheet takes for a formula. Numbers stay numbers; None is an empty cell."""
    if cell is None:
        return ""
    if isinstance(cell, str) and cell.lstrip(" \u00a0").startswith(DANGEROUS):
        return "'" + cell
    return cell


def _proposal(p: OutcomeProposal) -> tuple[str | int | None, ...]:
    return (
        p.lane, p.code, p.id, p.text, p.author.name, p.author.organisation, p.status, p.reason, iso(p.at), p.wordings,
    )  # fmt: skip


def _vote(board: OutcomeBoard, p: OutcomeProposal) -> tuple[str | int | None, ...]:
    ballot = board.ballot
    if ballot.state == "none":
        return ("none", *(None for _ in COLUMNS[15:26]))
    ours = (ballot.state, ballot.kind, ballot.electors, ballot.voted)
    if p.result is None:
        return (*ours, *(None for _ in TALLY), None, None, None)
    tally = (p.result.tally.get(key) for key in TALLY)
    return (*ours, *tally, p.result.score, p.result.rank, "yes" if p.result.tied else "no")
