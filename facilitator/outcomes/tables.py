"""The outcome as tables, for spreadsheets and statistics: a file (CSV) or a sheet (XLSX) each, untranslated.

A figure is empty as long as its result is not revealed: empty is not 0. Texts are empty if they were hidden or
withdrawn, names and moments where none was promised. `code` is the name that something has in the report; `proposal`
is the id under which it is in the JSON. Lists in a cell are joined by a space (codes) or stand one a line (texts).

- `conclusions`: `code`, `day`, `date`, `kind`, `wording`, `at`, `wordings`, `sources`, `tags`, `ratification`
  (ratified, not_ratified, no_quorum, asking), `verdict`, `verdict_body`, `verdict_reason`, `minority_reports`.
- `sources`, a row for each thing that a conclusion rests on: `conclusion`, `kind` (proposal, theme, cell), `code`,
  `criterion`, `text`, `session`, `group`, `author`, `organisation`, `parts`, and the figures of the moment of
  promotion: `ballot`, `score`, `rank`, `of`, `voted`, `electors`, `mean`, `median`, `q1`, `q3`, `n`.
- `ratifications`, a row for each conclusion and tally: `conclusion`, `round`, `wording_version`, `closed_at`, `tally`
  (people, organisations), `electors`, `voted`, `agree`, `live`, `object`, `support` (per cent), `quorum` (per cent),
  `support_asked` (per cent), `outcome`.
- `ratification_reasons`: `conclusion`, `value` (agree, live, object), `reason`.
- `minority_reports`: `conclusion`, `author`, `organisation`, `at`, `text`.
- `verdicts`: `conclusion`, `number`, `verdict`, `body`, `reason`, `at`.
- `coverage`, a row for each tag of each framework: `framework`, `tag`, `title`, `covered` (yes, no), `conclusions`.
- `parked`: `day`, `code`, `text`, `session`, `group`, `owner`, `answer`.
- `proposals`: `day`, `date`, `session`, `group`, `lane`, `theme`, `code`, `proposal`, `kind` (proposal, given, line,
  phrase), `text`, `author`, `organisation`, `status` (standing, parked, merged, split, late, withdrawn, hidden),
  `reason` (of hiding), `at`, `wordings` (how many texts it has had), `merged_into`, `made_of`, `shared_from`,
  `comments` (how many), `like`, `support`, `concern`; of the last vote on it whose result was revealed: `vote` (step),
  `round`, `ballot` (dots, approval, scale, ranking, consent), `electors`, `voted` (people), `dots`, `against`, `agree`,
  `disagree`, `pass`, `mean`, `opinions`, `points`, `firsts`, `reservation`, `aside`, `object`, `voters`, `score`,
  `rank`, `tied` (yes, no), `organisations_score`, `organisations_rank`; `lead`, `partners`, `year`, `quarter`,
  `effort`, `impact`, `first_step`, `pledges`, `conclusions`, `conclusion_wordings`.
- `results`, a row for each item of each ballot whose result was revealed, earlier rounds as well: `day`, `session`,
  `group`, `vote`, `round`, `ballot`, `code`, `rank`, `tied`, `score`, `voters`, `best_place`, `worst_place`, `divided`
  (0 to 1), `organisations_score`, `organisations_rank`, `organisations`, `split`.
- `cells`, a row for each item and criterion of a scale: `day`, `session`, `group`, `vote`, `round`, `code`, `item`,
  `criterion`, `n`, `mean`, `median`, `q1`, `q3`, `withheld` (yes, no).
- `ballots`: `day`, `session`, `group`, `vote`, `round`, `ballot`, `secrecy`, `electors`, `voted`, `entered`, `revealed`
  (yes, no), `abstained`, `organisations_electors`, `organisations_voted`.
- `comments`: `code` (of what it is said to), `kind` (comment, alternative), `text`, `author`, `organisation`, `status`,
  `reason`, `adopted` (yes, no).
- `organisations`: `name`, `kind` (member, collaborating), `present`, `expected`.
- `pictures`, those that were chosen for the report: `id`, `caption`, `alt` (what is in it), `session`, `group`,
  `author`, `organisation`, `at`, `width`, `height` (pixels).
- `sessions`: `day`, `date`, `code`, `kind`, `title`, `starts_at` (planned), `minutes` (planned), `opened_at`,
  `closed_at`, `groups`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from ..domain.document import Moment
from .gather import Outcome, OutcomeBallot, OutcomeBoard, OutcomeDay, OutcomeProposal, OutcomeSession

Value = str | int | float | Moment | None


@dataclass(frozen=True)
class Sheet:
    """A table: its name, its columns, and rows with a value for each."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def sheets(outcome: Outcome) -> tuple[Sheet, ...]:
    """All tables of an outcome, those without rows too: a program finds what it looks for."""
    return tuple(
        Sheet(name, tuple(columns.split(", ")), tuple(rows(outcome))) for name, (columns, rows) in TABLES.items()
    )


# --- conclusions ----------------------------------------------------------------------------------------------------


def _conclusions(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for day in outcome.days:
        asked = day.asking.conclusions if day.asking is not None else ()
        for c in day.conclusions:
            ratified = c.ratification.counted["outcome"] if c.ratification is not None else None
            verdict = c.verdict
            yield (
                c.code,
                day.number,
                day.date,
                c.kind,
                c.wording,
                Moment(c.at),
                len(c.versions),
                len(c.sources),
                "\n".join(tag.title for tag in c.tags),
                "asking" if c.code in asked else ratified,
                *((verdict.verdict, verdict.body, verdict.reason) if verdict is not None else (None, None, None)),
                len(c.minority),
            )


FIGURES = ("kind", "score", "rank", "of", "voted", "electors", "mean", "median", "q1", "q3", "n")


def _sources(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for c in outcome.conclusions:
        for source in c.sources:
            figures = source.figures or {}
            yield (
                c.code,
                source.kind,
                source.code,
                source.criterion,
                source.text,
                source.session,
                source.group,
                source.author.name if source.author is not None else None,
                source.author.organisation if source.author is not None else None,
                "\n".join(part.text for part in source.parts if part.text),
                *(figures.get(key) for key in FIGURES),
            )


def _ratifications(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for c in outcome.conclusions:
        r = c.ratification
        if r is None:
            continue
        for name, quorum in (("people", r.quorum_people), ("organisations", r.quorum_organisations)):
            tally = r.counted[name]
            counts = (tally[key] for key in ("electors", "voted", "agree", "live", "object", "support"))
            yield (c.code, r.round, r.version, Moment(r.at), name, *counts, quorum, r.support, r.counted["outcome"])


def _reasons(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    names = {3: "agree", 2: "live", 0: "object"}
    for c in outcome.conclusions:
        for given in c.ratification.counted["reasons"] if c.ratification is not None else ():
            yield c.code, names[given["value"]], given["reason"]


def _minority(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for c in outcome.conclusions:
        for report in c.minority:
            yield c.code, report.author.name, report.author.organisation, Moment(report.at), report.text


def _verdicts(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for c in outcome.conclusions:
        for number, verdict in enumerate(c.verdicts, start=1):
            yield c.code, number, verdict.verdict, verdict.body, verdict.reason, Moment(verdict.at)


def _coverage(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for framework in outcome.frameworks:
        for tag in framework.tags:
            yield framework.title, tag.key, tag.title, _yes(bool(tag.conclusions)), " ".join(tag.conclusions)


def _parked(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for day in outcome.days:
        for parked in day.parked:
            owner = parked.owner.name if parked.owner is not None else None
            yield day.number, parked.code, parked.text, parked.session, parked.group, owner, parked.answer


# --- boards ---------------------------------------------------------------------------------------------------------


TALLY = (
    "dots", "against", "agree", "disagree", "pass", "mean", "opinions", "points", "firsts", "reservation", "aside",
    "object", "voters",
)  # fmt: skip


def _boards(outcome: Outcome) -> Iterator[tuple[OutcomeDay, OutcomeSession, OutcomeBoard]]:
    for day in outcome.days:
        for session in day.sessions:
            for board in session.boards:
                yield day, session, board


def _proposals(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    wordings = {conclusion.code: conclusion.wording for conclusion in outcome.conclusions}
    for day, session, board in _boards(outcome):
        for p in board.proposals:
            yield (
                day.number,
                day.date,
                session.title,
                board.group,
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
                Moment(p.at) if p.at is not None else None,
                p.wordings,
                p.merged_into,
                " ".join(p.made_of),
                p.shared_from,
                sum(1 for comment in p.comments if comment.text is not None),
                *(p.reactions.get(kind, 0) for kind in ("like", "support", "concern")),
                *_vote(p),
                *_plan(p),
                " ".join(p.conclusions),
                "\n".join(wordings[code] for code in p.conclusions),
            )


def _vote(p: OutcomeProposal) -> tuple[Value, ...]:
    if p.ballot is None or p.result is None:
        return (None,) * (5 + len(TALLY) + 5)
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
        _yes(p.result["tied"]),
        theirs.get("score"),
        theirs.get("rank"),
    )


def _plan(p: OutcomeProposal) -> tuple[Value, ...]:
    pledges = "\n".join(f"{pledge.organisation or ''}: {pledge.text}" for pledge in p.pledges)
    if p.plan is None:
        return (*(None,) * 7, pledges)
    plan = p.plan
    when = (plan.year, plan.quarter, plan.effort, plan.impact)
    return (plan.lead, "\n".join(plan.partners), *when, plan.first_step, pledges)


def _ballots_of(outcome: Outcome) -> Iterator[tuple[tuple[Value, ...], OutcomeBoard, OutcomeBallot]]:
    for day, session, board in _boards(outcome):
        for ballot in board.ballots:
            yield (day.number, session.title, board.group, ballot.title, ballot.round), board, ballot


def _results(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for where, board, ballot in _ballots_of(outcome):
        codes = {p.id: p.code for p in board.proposals}
        for row in ballot.counted["ranked"] if ballot.counted is not None else ():
            theirs, could = row["by_organisation"] or {}, row.get("could") or (None, None)
            yield (
                *where,
                ballot.rules.kind,
                codes[row["proposal"]],
                row["rank"],
                _yes(row["tied"]),
                row["score"],
                row["voters"],
                *could,
                row.get("divided"),
                *(theirs.get(key) for key in ("score", "rank", "organisations", "split")),
            )


def _cells(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for where, board, ballot in _ballots_of(outcome):
        cards = {p.id: p for p in board.proposals}
        titles = {criterion.id: criterion.title for criterion in ballot.rules.criteria}
        for cell in (ballot.counted["criteria"] or ()) if ballot.counted is not None else ():
            card = cards[cell["proposal"]]
            figures = (cell.get(key) for key in ("n", "mean", "median", "q1", "q3"))
            criterion = titles.get(cell["criterion"], cell["criterion"])
            yield (*where, card.code, card.text, criterion, *figures, _yes(bool(cell.get("withheld"))))


def _ballots(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for where, _board, ballot in _ballots_of(outcome):
        counted = ballot.counted
        bodies = counted["organisations"] if counted is not None else {}
        yield (
            *where,
            ballot.rules.kind,
            ballot.rules.secrecy,
            ballot.electors,
            ballot.voted,
            ballot.entered,
            _yes(counted is not None),
            counted["abstained"] if counted is not None else None,
            bodies.get("electors"),
            bodies.get("voted"),
        )


def _comments(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for _day, _session, board in _boards(outcome):
        for p in board.proposals:
            for c in p.comments if p.text is not None else ():
                adopted = _yes(c.adopted)
                yield p.code, c.kind, c.text, c.author.name, c.author.organisation, c.status, c.reason, adopted


def _organisations(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for body in outcome.organisations:
        yield body.name, body.kind, len(body.present), body.expected


def _sessions(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for day in outcome.days:
        for s in day.sessions:
            yield (
                day.number,
                day.date,
                s.code,
                s.kind,
                s.title,
                s.starts_at,
                s.minutes,
                Moment(s.opened_at) if s.opened_at is not None else None,
                Moment(s.closed_at) if s.closed_at is not None else None,
                "\n".join(board.group for board in s.boards),
            )


def _pictures(outcome: Outcome) -> Iterator[tuple[Value, ...]]:
    for p in outcome.pictures:
        where = (p.session, p.group, p.author.name, p.author.organisation)
        yield p.id, p.caption, p.alt, *where, Moment(p.at), p.width, p.height


def _yes(value: bool) -> str:
    return "yes" if value else "no"


TABLES: dict[str, tuple[str, Callable[[Outcome], Iterator[tuple[Any, ...]]]]] = {
    "conclusions": (
        "code, day, date, kind, wording, at, wordings, sources, tags, ratification, verdict, verdict_body, "
        "verdict_reason, minority_reports",
        _conclusions,
    ),
    "sources": (
        "conclusion, kind, code, criterion, text, session, group, author, organisation, parts, ballot, score, rank, "
        "of, voted, electors, mean, median, q1, q3, n",
        _sources,
    ),
    "ratifications": (
        "conclusion, round, wording_version, closed_at, tally, electors, voted, agree, live, object, support, quorum, "
        "support_asked, outcome",
        _ratifications,
    ),
    "ratification_reasons": ("conclusion, value, reason", _reasons),
    "minority_reports": ("conclusion, author, organisation, at, text", _minority),
    "verdicts": ("conclusion, number, verdict, body, reason, at", _verdicts),
    "coverage": ("framework, tag, title, covered, conclusions", _coverage),
    "parked": ("day, code, text, session, group, owner, answer", _parked),
    "proposals": (
        "day, date, session, group, lane, theme, code, proposal, kind, text, author, organisation, status, reason, at, "
        "wordings, merged_into, made_of, shared_from, comments, like, support, concern, vote, round, ballot, electors, "
        f"voted, {', '.join(TALLY)}, score, rank, tied, organisations_score, organisations_rank, lead, partners, year, "
        "quarter, effort, impact, first_step, pledges, conclusions, conclusion_wordings",
        _proposals,
    ),
    "results": (
        "day, session, group, vote, round, ballot, code, rank, tied, score, voters, best_place, worst_place, divided, "
        "organisations_score, organisations_rank, organisations, split",
        _results,
    ),
    "cells": (
        "day, session, group, vote, round, code, item, criterion, n, mean, median, q1, q3, withheld",
        _cells,
    ),
    "ballots": (
        "day, session, group, vote, round, ballot, secrecy, electors, voted, entered, revealed, abstained, "
        "organisations_electors, organisations_voted",
        _ballots,
    ),
    "comments": ("code, kind, text, author, organisation, status, reason, adopted", _comments),
    "organisations": ("name, kind, present, expected", _organisations),
    "pictures": ("id, caption, alt, session, group, author, organisation, at, width, height", _pictures),
    "sessions": ("day, date, code, kind, title, starts_at, minutes, opened_at, closed_at, groups", _sessions),
}
