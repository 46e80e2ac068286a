"""What a page makes of the events that it hears: the same as the browser's reducer does, in place.

At the end of a session a rehearsal compares every page's state with a fresh snapshot, so that a wrong line here, there
or in the server shows itself.
"""

from __future__ import annotations

from typing import Any

JSON = dict[str, Any]


def apply(kind: str, state: JSON, event: JSON) -> None:
    """Bring a room's `state` one event further. Raises KeyError for an event that the kind of room does not know."""
    {"board": _board, "day": _day, "event": _event}[kind](state, event)


def _board(state: JSON, e: JSON) -> None:
    match e["name"]:
        case "proposal.posted" | "proposal.reinstated" | "proposal.restored":
            state["proposals"][e["proposal"]["id"]] = e["proposal"]
        case "proposal.edited":
            state["proposals"][e["proposal"]] |= {"text": e["text"], "edited": True}
        case "proposal.withdrawn":
            state["proposals"][e["proposal"]] |= {"text": None, "status": "withdrawn"}
        case "proposal.hidden":
            state["proposals"][e["proposal"]] |= {"text": None, "status": "hidden", "reason": e["reason"]}
        case "step.opened":
            state |= {"step": e["step"], "open": True, "can": e["can"], "ballot": e["ballot"]}
            kinds = {step["id"]: step["kind"] for step in state["activity"]["steps"]}
            if kinds[e["step"]] != "reveal":
                state["results"] = None
        case "step.closed":
            state |= {"open": False, "can": e["can"]}
        case "vote.cast":
            state["ballot"]["voted"] = e["voted"]
        case "results.counted":
            state["results"] = e["results"]
        case "timer.started" | "timer.extended":
            state["timer"] = e["timer"]
        case "timer.stopped":
            state["timer"] = None
        case unknown:
            raise KeyError(unknown)


def _day(state: JSON, e: JSON) -> None:
    known = {conclusion["id"]: conclusion for conclusion in state["conclusions"]}
    order = list(known)
    match e["name"]:
        case "conclusion.promoted":
            known[e["conclusion"]["id"]] = e["conclusion"]
            order.append(e["conclusion"]["id"])
        case "conclusion.reworded":
            known[e["conclusion"]["id"]] = e["conclusion"]
        case "conclusion.moved":
            order = e["order"]
        case "conclusion.taken_back":
            order.remove(e["conclusion"])
        case "conclusion.reinstated":
            known[e["conclusion"]["id"]] = e["conclusion"]
            order = e["order"]
        case unknown:
            raise KeyError(unknown)
    state["conclusions"] = [known[id] for id in order]


def _event(state: JSON, e: JSON) -> None:
    sessions = {session["id"]: session for day in state["days"] for session in day["sessions"]}
    match e["name"]:
        case "person.joined":
            state["people"][e["person"]["id"]] = e["person"]
            state["joined"] = e["joined"]
        case "session.opened":
            sessions[e["session"]] |= {"opened_at": e["opened_at"], "closed_at": None}
            state["now"] = e["session"]
            if e["closed"]:
                sessions[e["closed"]]["closed_at"] = e["opened_at"]
        case "session.closed":
            sessions[e["session"]]["closed_at"] = e["closed_at"]
            state["now"] = None
        case "session.added":
            next(day for day in state["days"] if day["id"] == e["day"])["sessions"].append(e["session"])
        case "code.renewed":
            state["join_code"] = e["join_code"]
        case unknown:
            raise KeyError(unknown)
