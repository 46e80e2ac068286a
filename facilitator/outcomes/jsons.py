"""The outcome as JSON, for other programs. Version 1.

    {format: "facilitator-outcome", version: 1, gathered_at,
     event: {id, title, place, purpose, sample},
     organisations: [{name, kind: "member"|"collaborating", present: [name], expected}],
     independent: [name], facilitators: [name], imported_people,
     days: [{number, date, title,
       conclusions: [{code, id, wording, at, by, versions: [{version, text, at, by}],
         diff: [["same"|"added"|"removed", text]] | null,
         source: {proposal, code, status, text, author, session, group, figures}}],
       sessions: [{code, number, kind: "plenary"|"breakout"|"break", title, description, starts_at, minutes,
         opened_at, closed_at,
         groups: [{code, group, kind: "plenary"|"breakout"|"overlay", prompt, activity, step, step_open, lanes: [title],
           ballot: {state: "open"|"held"|"none", revealed, kind, budget, cap, secret, electors, voted, few},
           proposals: [{code, id, number, lane, text, author, at, status: "standing"|"withdrawn"|"hidden", reason,
             wordings, imported, conclusions: [code],
             tally: {rank, tied, score, of, voters, dots | agree, disagree, pass} | null}]}]}]}]}

- A moment (`..._at`, `at`) is ISO 8601 in UTC with milliseconds, or null. `date` is ISO 8601. `starts_at` is HH:MM as
  planned, in the event's place, or empty. `minutes` is a planned length.
- A person (`author`, `by`) is `{name, organisation}`; `organisation` may be null. No voter is ever named.
- `tally` is null unless the result is revealed and the proposal stands. `text` is null unless it stands.
- `figures` are those of the moment of promotion: `{kind, rank, tied, score, of, voted, electors, ...tally}`, or null.

A field may be added within version 1; one that changes or goes makes it version 2.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from .gather import Outcome, OutcomeBoard, OutcomeConclusion, OutcomeDay, OutcomeProposal, OutcomeSession, Who

FORMAT = "facilitator-outcome"
VERSION = 1


def render(outcome: Outcome) -> bytes:
    """The JSON file of an outcome, UTF-8."""
    return (json.dumps(as_data(outcome), ensure_ascii=False, indent=1) + "\n").encode()


def as_data(outcome: Outcome) -> dict[str, Any]:
    """The outcome as JSON values, in the shape that this module documents."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "gathered_at": iso(outcome.gathered_at),
        "event": {
            "id": outcome.id,
            "title": outcome.title,
            "place": outcome.place,
            "purpose": outcome.purpose,
            "sample": outcome.sample,
        },
        "organisations": [
            {"name": body.name, "kind": body.kind, "present": list(body.present), "expected": body.expected}
            for body in outcome.organisations
        ],
        "independent": list(outcome.independent),
        "facilitators": list(outcome.facilitators),
        "imported_people": outcome.imported_people,
        "days": [_day(day) for day in outcome.days],
    }


def iso(at: int | None) -> str | None:
    """2016-07-05T09:30:00.000Z for a moment in ms; None for None."""
    if at is None:
        return None
    return datetime.fromtimestamp(at // 1000, UTC).strftime("%Y-%m-%dT%H:%M:%S") + f".{at % 1000:03}Z"


def _day(day: OutcomeDay) -> dict[str, Any]:
    return {
        "number": day.number,
        "date": day.date,
        "title": day.title,
        "conclusions": [_conclusion(conclusion) for conclusion in day.conclusions],
        "sessions": [_session(session) for session in day.sessions],
    }


def _conclusion(conclusion: OutcomeConclusion) -> dict[str, Any]:
    source = conclusion.source
    return {
        "code": conclusion.code,
        "id": conclusion.id,
        "wording": conclusion.wording,
        "at": iso(conclusion.at),
        "by": _who(conclusion.by),
        "versions": [
            {"version": version.version, "text": version.text, "at": iso(version.at), "by": _who(version.by)}
            for version in conclusion.versions
        ],
        "diff": None if conclusion.diff is None else [list(piece) for piece in conclusion.diff],
        "source": {
            "proposal": source.proposal,
            "code": source.code,
            "status": source.status,
            "text": source.text,
            "author": _who(source.author),
            "session": source.session,
            "group": source.group,
            "figures": None if source.figures is None else dict(source.figures),
        },
    }


def _session(session: OutcomeSession) -> dict[str, Any]:
    return {
        "code": session.code,
        "number": session.number,
        "kind": session.kind,
        "title": session.title,
        "description": session.description,
        "starts_at": session.starts_at,
        "minutes": session.minutes,
        "opened_at": iso(session.opened_at),
        "closed_at": iso(session.closed_at),
        "groups": [_board(board) for board in session.boards],
    }


def _board(board: OutcomeBoard) -> dict[str, Any]:
    ballot = board.ballot
    return {
        "code": board.code,
        "group": board.group,
        "kind": board.group_kind,
        "prompt": board.prompt,
        "activity": board.activity,
        "step": board.step,
        "step_open": board.step_open,
        "lanes": list(board.lanes),
        "ballot": {
            "state": ballot.state,
            "revealed": ballot.revealed,
            "kind": ballot.kind,
            "budget": ballot.budget,
            "cap": ballot.cap,
            "secret": ballot.secret,
            "electors": ballot.electors,
            "voted": ballot.voted,
            "few": ballot.few,
        },
        "proposals": [_proposal(proposal) for proposal in board.proposals],
    }


def _proposal(p: OutcomeProposal) -> dict[str, Any]:
    return {
        "code": p.code,
        "id": p.id,
        "number": p.number,
        "lane": p.lane,
        "text": p.text,
        "author": _who(p.author),
        "at": iso(p.at),
        "status": p.status,
        "reason": p.reason,
        "wordings": p.wordings,
        "imported": p.imported,
        "conclusions": list(p.conclusions),
        "tally": None
        if p.result is None
        else {
            "rank": p.result.rank,
            "tied": p.result.tied,
            "score": p.result.score,
            "of": p.result.of,
            **p.result.tally,
        },
    }


def _who(who: Who | None) -> dict[str, Any] | None:
    return None if who is None else {"name": who.name, "organisation": who.organisation}
