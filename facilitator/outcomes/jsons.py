"""The outcome as JSON, for other programs. Version 3.

    {format: "facilitator-outcome", version: 3, gathered_at,
     event: {id, title, place, purpose, sample},
     organisations: [{name, kind: "member"|"collaborating", present: [name | null], expected}],
     independent: [name | null], facilitators: [name | null], imported_people, erased: [at],
     pictures: [{id, caption, alt, session, group, author: person, at, width, height}],
     texts: [{key, title, versions: [{version, text, at, by}]}],
     frameworks: [{key, title, tags: [{key, title, conclusions: [code]}]}],
     days: [{number, date, title,
       closing: {at, by, note} | null,
       parked: [{code, text, session, group, owner: person | null, answer}],
       asking: {conclusions: [code], electors, voted} | null,
       conclusions: [{code, id, kind: "conclusion"|"decision"|"recommendation"|"action", wording, at, by,
         versions: [{version, text, at, by}], diff: [["same"|"added"|"removed", text]] | null,
         sources: [{kind: "proposal"|"theme"|"cell", proposal, code, status, text, author, criterion,
           parts: [{code, text}], board: code, session, group, figures}],
         tags: [{framework, tag, framework_title, title}],
         ratification: {at, version, round, quorum_people, quorum_organisations, support, counted} | null,
         minority: [{text, author, at}],
         verdicts: [{verdict: "adopted"|"amended"|"deferred"|"rejected", body, reason, at, by}]}],
       sessions: [{code, number, kind: "plenary"|"breakout"|"break", title, description, starts_at, minutes,
         opened_at, closed_at,
         groups: [{code, group, kind: "plenary"|"breakout"|"overlay", prompt, activity, step, step_open, lanes: [title],
           themes: [name], rapporteur, unrevealed,
           ballots: [{step, title, round, open, rules, electors, voted, entered, counted}],
           proposals: [{code, id, kind: "proposal"|"given"|"line"|"phrase", key, number, lane, theme, text, author, at,
             status: "standing"|"parked"|"merged"|"split"|"late"|"withdrawn"|"hidden", reason, wordings, imported,
             merged_into: code | null, made_of: [code], shared_from: group | null, reactions: {like, support, concern},
             comments: [{kind: "comment"|"alternative", text, author, status, reason, adopted}],
             plan: {lead, partners: [name], year, quarter, effort, impact, first_step} | null,
             pledges: [{text, organisation, author}], conclusions: [code]}]}]}]}]}

- A moment (`..._at`, `at`) is ISO 8601 in UTC with milliseconds, or null. `date` is ISO 8601. `starts_at` is HH:MM as
  planned, in the event's place, or empty. `minutes` is a planned length.
- A name is null where somebody was erased afterwards; `erased` says when. `present`, `independent` and `facilitators`
  have one for each who came, and null for whoever has not agreed to be named there.
- A person (`author`, `by`) is `{name, organisation}`, either of which may be null: what was written under an
  organisation's name has no other, and what was written without a name has none.
- `rules` are those of the ballot; `counted` is its result (facilitator.domain.ballots.count), and null unless everybody
  has seen it. It names voters only where the vote was held with names.
- `text` is null if it was hidden or withdrawn.
- `pictures` are those that were chosen for the report; their files are in the reports.
- `status` is `late` for what came after its step had ended and was not admitted.
- What a conclusion rests on is a proposal (a line, a phrase), a theme with its `parts`, or a cell of an alignment: an
  item (`proposal`) by a `criterion`. What was merged into a proposal are its `parts`.
- `ratification` is the last one of the conclusion that is over; its `counted` is two tallies, the outcome and reasons
  without names (facilitator.domain.ratification.count); `version` is the wording that was on the screen. `asking` is a
  ratification that runs. Of several verdicts the last one stands.
- `figures` are those of the moment of promotion: `{kind, rank, tied, score, of, voted, electors, ...tally}`, or null.

A field may be added within version 3; one that changes or goes makes it version 4.
"""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from . import moments
from .gather import (
    Outcome,
    OutcomeBallot,
    OutcomeBoard,
    OutcomeConclusion,
    OutcomeDay,
    OutcomePicture,
    OutcomeProposal,
    OutcomeSession,
    OutcomeSource,
    Version,
    Who,
)

FORMAT = "facilitator-outcome"
VERSION = 3


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
        "pictures": [_picture(picture) for picture in outcome.pictures],
        "erased": [iso(at) for at in outcome.erased],
        "texts": [
            {"key": text.key, "title": text.title, "versions": [_version(version) for version in text.versions]}
            for text in outcome.texts
        ],
        "frameworks": [
            {
                "key": framework.key,
                "title": framework.title,
                "tags": [dataclasses.asdict(tag) | {"conclusions": list(tag.conclusions)} for tag in framework.tags],
            }
            for framework in outcome.frameworks
        ],
        "days": [_day(day) for day in outcome.days],
    }


def _picture(picture: OutcomePicture) -> dict[str, Any]:
    """Where its file lies is nobody's business elsewhere."""
    told = vars(picture) | {"author": _who(picture.author), "at": iso(picture.at)}
    return {key: value for key, value in told.items() if key != "file"}


def iso(at: int | None) -> str | None:
    return None if at is None else moments.iso(at)


def _day(day: OutcomeDay) -> dict[str, Any]:
    return {
        "number": day.number,
        "date": day.date,
        "title": day.title,
        "closing": None
        if day.closing is None
        else {"at": iso(day.closing.at), "by": _who(day.closing.by), "note": day.closing.note},
        "parked": [vars(parked) | {"owner": _who(parked.owner)} for parked in day.parked],
        "asking": None if day.asking is None else vars(day.asking) | {"conclusions": list(day.asking.conclusions)},
        "conclusions": [_conclusion(conclusion) for conclusion in day.conclusions],
        "sessions": [_session(session) for session in day.sessions],
    }


def _conclusion(conclusion: OutcomeConclusion) -> dict[str, Any]:
    ratification = conclusion.ratification
    return {
        "code": conclusion.code,
        "id": conclusion.id,
        "kind": conclusion.kind,
        "wording": conclusion.wording,
        "at": iso(conclusion.at),
        "by": _who(conclusion.by),
        "versions": [_version(version) for version in conclusion.versions],
        "diff": None if conclusion.diff is None else [list(piece) for piece in conclusion.diff],
        "sources": [_source(source) for source in conclusion.sources],
        "tags": [vars(tag) for tag in conclusion.tags],
        "ratification": None if ratification is None else vars(ratification) | {"at": iso(ratification.at)},
        "minority": [
            {"text": report.text, "author": _who(report.author), "at": iso(report.at)} for report in conclusion.minority
        ],
        "verdicts": [
            vars(verdict) | {"at": iso(verdict.at), "by": _who(verdict.by)} for verdict in conclusion.verdicts
        ],
    }


def _source(source: OutcomeSource) -> dict[str, Any]:
    return vars(source) | {
        "author": _who(source.author),
        "parts": [vars(part) for part in source.parts],
        "figures": None if source.figures is None else dict(source.figures),
    }


def _version(version: Version) -> dict[str, Any]:
    return {"version": version.version, "text": version.text, "at": iso(version.at), "by": _who(version.by)}


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
    return {
        "code": board.code,
        "group": board.group,
        "kind": board.group_kind,
        "prompt": board.prompt,
        "activity": board.activity,
        "step": board.step,
        "step_open": board.step_open,
        "lanes": list(board.lanes),
        "themes": list(board.themes),
        "rapporteur": board.rapporteur.name if board.rapporteur is not None else None,
        "unrevealed": board.unrevealed,
        "ballots": [_ballot(ballot) for ballot in board.ballots],
        "proposals": [_proposal(proposal) for proposal in board.proposals],
    }


def _ballot(ballot: OutcomeBallot) -> dict[str, Any]:
    return {
        "step": ballot.step,
        "title": ballot.title,
        "round": ballot.round,
        "open": ballot.open,
        "rules": ballot.rules.public(),
        "electors": ballot.electors,
        "voted": ballot.voted,
        "entered": ballot.entered,
        "counted": None if ballot.counted is None else dict(ballot.counted),
    }


def _proposal(p: OutcomeProposal) -> dict[str, Any]:
    return {
        "code": p.code,
        "id": p.id,
        "kind": p.kind,
        "key": p.key,
        "number": p.number,
        "lane": p.lane,
        "theme": p.theme,
        "text": p.text,
        "author": None if p.kind == "given" else _who(p.author),
        "at": iso(p.at),
        "status": p.status,
        "reason": p.reason,
        "wordings": p.wordings,
        "imported": p.imported,
        "merged_into": p.merged_into,
        "made_of": list(p.made_of),
        "shared_from": p.shared_from,
        "reactions": {kind: p.reactions.get(kind, 0) for kind in ("like", "support", "concern")},
        "comments": [
            {
                "kind": comment.kind,
                "text": comment.text,
                "author": _who(comment.author),
                "status": comment.status,
                "reason": comment.reason,
                "adopted": comment.adopted,
            }
            for comment in p.comments
        ],
        "plan": None if p.plan is None else dataclasses.asdict(p.plan) | {"partners": list(p.plan.partners)},
        "pledges": [
            {"text": pledge.text, "organisation": pledge.organisation, "author": _who(pledge.author)}
            for pledge in p.pledges
        ],
        "conclusions": list(p.conclusions),
    }


def _who(who: Who | None) -> dict[str, Any] | None:
    return None if who is None else {"name": who.name, "organisation": who.organisation}
