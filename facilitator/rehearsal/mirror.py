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
    noun = e["name"].partition(".")[0]
    if noun in ("signal", "check", "parking", "late", "board"):
        _attention(state, e)
    elif noun in ("proposal", "proposals", "theme", "lines", "draft"):
        _cards(state, e)
    elif noun in ("comment", "reaction", "roadmap", "pledge", "rapporteur"):
        _talk(state, e)
    elif noun in ("signal", "check", "parking", "late", "board"):
        _attention(state, e)
    else:
        _steps(state, e)


def _cards(state: JSON, e: JSON) -> None:
    cards = state["proposals"]
    match e["name"]:
        case "proposal.posted" | "proposal.reinstated" | "proposal.restored":
            cards[e["proposal"]["id"]] = e["proposal"]
        case "proposal.admitted":
            cards[e["proposal"]["id"]] = e["proposal"]
            state["late"] = e["late"]
        case "proposal.spotlit":
            state["spotlight"] = e["proposal"]
        case "proposals.counted":
            state["unrevealed"] = e["unrevealed"]
        case "proposals.revealed":
            cards |= {card["id"]: card for card in e["proposals"]}
            state["unrevealed"] = 0
        case "proposal.edited":
            cards[e["proposal"]] |= {"text": e["text"], "edited": True}
        case "proposal.withdrawn":
            cards[e["proposal"]] |= {"text": None, "status": "withdrawn"}
        case "proposal.hidden":
            cards[e["proposal"]] |= {"text": None, "status": "hidden", "reason": e["reason"]}
        case "proposal.admitted":
            cards[e["proposal"]["id"]] = e["proposal"]
            state["late"] = e["late"]
        case "proposal.spotlit":
            state["spotlight"] = e["proposal"]
        case "proposal.parked":
            cards[e["proposal"]]["status"] = "parked"
        case "proposal.unparked":
            cards[e["proposal"]]["status"] = "standing"
        case "proposal.sorted":
            for id in e["proposals"]:
                cards[id]["theme"] = e["theme"]
        case "proposal.merged":
            for card in cards.values():
                if card["id"] in e["parts"]:
                    card["status"] = "merged"
                if card["id"] in e["parts"] or card["merged_into"] in e["parts"]:
                    card["merged_into"] = e["proposal"]["id"]
            cards[e["proposal"]["id"]] = e["proposal"]
        case "proposal.split":
            for part in e["parts"]:
                cards[part]["merged_into"] = None
                if cards[part]["status"] == "merged":
                    cards[part]["status"] = "standing"
                _stand_behind(cards, e["proposal"], part, part)
            if cards[e["proposal"]]["status"] in ("standing", "parked"):
                cards[e["proposal"]]["status"] = "split"
        case "theme.named":
            state["themes"][e["theme"]["id"]] = e["theme"]
        case "theme.dissolved":
            del state["themes"][e["theme"]]
            for card in cards.values():
                if card["theme"] == e["theme"]:
                    card["theme"] = None
        case "lines.shared":
            cards |= {card["id"]: card for card in e["proposals"]}
        case "draft.set":
            for id in e["gone"]:
                cards[id] |= {"status": "withdrawn", "text": None}
            cards |= {card["id"]: card for card in e["proposals"]}
        case unknown:
            raise KeyError(unknown)


def _stand_behind(cards: JSON, whole: str, of: str, part: str) -> None:
    for below in cards[of]["made_of"]:
        if cards[below]["merged_into"] == whole:
            cards[below]["merged_into"] = part
            _stand_behind(cards, whole, below, part)


def _attention(state: JSON, e: JSON) -> None:
    match e["name"]:
        case "late.counted":
            state["late"] = e["late"]
        case "parking.routed" | "parking.answered":
            state["parking"][e["proposal"]] = e["parked"]
        case "signal.given":
            state["signals"][e["signal"]["id"]] = e["signal"]
        case "signal.ended":
            del state["signals"][e["signal"]]
        case "check.asked" | "check.answered":
            state["checks"][e["check"]["id"]] = e["check"]
        case "board.locked":
            state |= {"locked_at": e["locked_at"], "can": e["can"]}
        case "board.unlocked":
            state |= {"locked_at": None, "can": e["can"]}
        case unknown:
            raise KeyError(unknown)


def _talk(state: JSON, e: JSON) -> None:
    comments = state["comments"]
    match e["name"]:
        case "comment.posted" | "comment.restored":
            comments[e["comment"]["id"]] = e["comment"]
        case "comment.withdrawn":
            comments[e["comment"]] |= {"status": "withdrawn", "text": None}
        case "comment.hidden":
            comments[e["comment"]] |= {"status": "hidden", "text": None, "reason": e["reason"]}
        case "comment.adopted":
            comments[e["comment"]]["adopted"] = True
        case "reaction.counted":
            state["proposals"][e["proposal"]]["reactions"] = e["reactions"]
        case "roadmap.planned":
            state["roadmap"][e["proposal"]] = e["item"]
        case "pledge.made":
            state["pledges"][e["pledge"]["id"]] = e["pledge"]
        case "pledge.withdrawn":
            del state["pledges"][e["pledge"]]
        case "rapporteur.named":
            state["rapporteur"] = e["rapporteur"]
        case unknown:
            raise KeyError(unknown)


def _steps(state: JSON, e: JSON) -> None:
    match e["name"]:
        case "step.opened":
            state |= {"step": e["step"], "open": True, "can": e["can"], "ballot": e["ballot"], "results": None}
            state |= {"grace": e["grace"], "spotlight": None}
            state["signals"] = {id: s for id, s in state["signals"].items() if s["kind"] != "finished"}
        case "step.closed":
            state |= {"open": False, "can": e["can"], "grace": e["grace"]}
        case "activity.chosen":
            state |= {"activity": e["activity"], "lanes": e["lanes"], "can": e["can"]}
            state["proposals"] |= {card["id"]: card for card in e["proposals"]}
        case "vote.cast":
            state["ballot"]["voted"] = e["voted"]
        case "vote.entered":
            state["ballot"] |= {key: e[key] for key in ("electors", "voted", "entered")}
        case "results.counted":
            state["results"] = e["results"]
        case "timer.started" | "timer.extended":
            state["timer"] = e["timer"]
        case "timer.stopped":
            state["timer"] = None
        case unknown:
            raise KeyError(unknown)


def _desk(desk: JSON, e: JSON) -> None:
    match e["name"]:
        case "desk.named":
            desk[e["theme"]["id"]] = e["theme"]
        case "desk.sorted":
            for theme in desk.values():
                theme["proposals"] = [id for id in theme["proposals"] if id not in e["proposals"]]
            if e["theme"] is not None:
                desk[e["theme"]]["proposals"] += e["proposals"]
        case "desk.dissolved":
            del desk[e["theme"]]
        case unknown:
            raise KeyError(unknown)


def _day(state: JSON, e: JSON) -> None:
    if e["name"].startswith("desk."):
        _desk(state["desk"], e)
        return
    known = {conclusion["id"]: conclusion for conclusion in state["conclusions"]}
    order = list(known)
    match e["name"]:
        case "conclusion.promoted":
            known[e["conclusion"]["id"]] = e["conclusion"]
            order.append(e["conclusion"]["id"])
        case (
            "conclusion.extended"
            | "conclusion.reworded"
            | "conclusion.classified"
            | "conclusion.tagged"
            | "conclusion.decided"
            | "minority.reported"
            | "minority.withdrawn"
        ):
            known[e["conclusion"]["id"]] = e["conclusion"]
        case "conclusion.moved":
            order = e["order"]
        case "conclusion.taken_back":
            order.remove(e["conclusion"])
        case "conclusion.reinstated":
            known[e["conclusion"]["id"]] = e["conclusion"]
            order = e["order"]
        case "ratification.opened":
            state["ratification"] = e["ratification"]
        case "position.taken":
            state["ratification"]["voted"] = e["voted"]
        case "ratification.closed":
            state["ratification"] = e["ratification"]
            known |= {conclusion["id"]: conclusion for conclusion in e["conclusions"]}
        case "day.closed":
            state["closing"] = e["closing"]
        case "day.reopened":
            state["closing"] = None
        case unknown:
            raise KeyError(unknown)
    state["conclusions"] = [known[id] for id in order]


def _stage(stage: JSON, e: JSON) -> None:
    match e["name"]:
        case "cue.added":
            stage["waiting"].append(e["cue"])
        case "cue.moved":
            stage["waiting"].sort(key=lambda cue: e["order"].index(cue["id"]))
        case "cue.removed":
            stage["waiting"] = [cue for cue in stage["waiting"] if cue["id"] != e["cue"]]
        case "cue.shown":
            for line in ("waiting", "shown"):
                stage[line] = [cue for cue in stage[line] if cue["id"] != e["cue"]["id"]]
            stage["shown"] = ([e["ended"]] if e["ended"] else []) + stage["shown"]
            stage["cue"] = e["cue"]
        case "cue.ended":
            stage |= {"cue": None, "shown": [e["cue"], *stage["shown"]]}
        case "summon.called":
            stage["summon"] = e["summon"]
        case "summon.released":
            stage["summon"] = None
        case unknown:
            raise KeyError(unknown)


def _event(state: JSON, e: JSON) -> None:
    if e["name"].partition(".")[0] in ("cue", "summon"):
        _stage(state["stage"], e)
        return
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
        case "session.planned":
            sessions[e["session"]["id"]] |= e["session"]
        case "announcement.made":
            state["announcements"][e["announcement"]["id"]] = e["announcement"]
        case "announcement.ended":
            del state["announcements"][e["announcement"]]
        case "lead.taken" | "lead.released":
            state["leads"] = e["leads"]
        case "code.renewed":
            state["join_code"] = e["join_code"]
        case "text.worded":
            state["texts"][e["text"]["key"]] = e["text"]
        case "picture.added" | "picture.described" | "picture.restored" | "picture.reinstated":
            state["pictures"][e["picture"]["id"]] = e["picture"]
        case "picture.hidden":
            gone = {"status": "hidden", "caption": None, "alt": None, "images": [], "reason": e["reason"]}
            state["pictures"][e["picture"]] |= gone
        case "picture.withdrawn":
            del state["pictures"][e["picture"]]
        case "picture.used":
            state["pictures"][e["picture"]]["use"] = e["use"]
        case "naming.agreed":
            pass
        case "pictures.declined":
            state["declined"] = e["declined"]
        case unknown:
            raise KeyError(unknown)
