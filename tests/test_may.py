"""Who may do what: role x command x step x own or other group, worked out from the tables and tried for real."""

from __future__ import annotations

from typing import Literal, get_args, get_origin

import pytest
from sqlalchemy import insert
from support.agenda import everything, workshop_of
from support.house import House, Someone, new
from support.pictures import ticket

from facilitator import access
from facilitator.access import MAY, ROLES, WATCH, Actor
from facilitator.commands import COMMANDS
from facilitator.domain.refusals import Refused
from facilitator.domain.steps import BOUND_TO_STEPS, KINDS, Step
from facilitator.store.db import Store
from facilitator.store.models import Account, new_id

WHO = {
    "organiser": "Olga",
    "facilitator": "Fatima",
    "participant": "Amina",
    "observer": "Oscar",
    "projector": "Screen",
    "guest": None,
}
STEPS = ((None, False), ("collect", True), ("collect", False), ("vote", True), ("vote", False), ("reveal", True))
ALLOWS = {step["id"]: Step.from_data(step).settings.allowed() for step in everything().data()["steps"]}
BOARD = [name for name in MAY if COMMANDS[name].room == "board"]
DAY = [name for name in MAY if COMMANDS[name].room == "day"]
EVENT = [name for name in MAY if COMMANDS[name].room == "event"]


def expected(role: str, command: str, step: str | None, is_open: bool, member: bool, grace: bool = False) -> str:
    """What the tables say: "ok", or the code of the refusal. `grace`: a step in which people write has just ended, and
    what they were writing may still come late."""
    kind = COMMANDS[command].room
    if role == "guest":
        if kind != "event":
            return "not_yours"
    elif WATCH[kind][role] == "own group" and not member:
        return "not_your_group"
    if role not in MAY[command]:
        return "not_allowed"
    if MAY[command][role] in ("own group", "scribe") and not member:
        return "not_your_group"
    if MAY[command][role] == "scribe":
        return "not_scribe"
    if command in BOUND_TO_STEPS:
        if command == "proposal.post" and grace:
            return "ok"
        if step is None or not is_open:
            return "step_closed"
        if command not in ALLOWS[step]:
            return "step_other"
    if command == "step.close" and not is_open:
        return "step_not_open"
    return "ok"


def outcome(house: House, actor: Actor, room: str, command: str, **args: object) -> str:
    try:
        house.run(actor, room, command, **args)
    except Refused as refused:
        return refused.code
    return "ok"


def actor_of(house: House, role: str) -> Actor:
    name = WHO[role]
    return house[name].actor if name else Actor(code=house.code())


def put(house: House, board: str, step: str | None, is_open: bool) -> None:
    """Bring a board to a step (None: the way it was founded)."""
    fatima = house["Fatima"]
    if step is not None:
        fatima.opens(board, step)
        if not is_open:
            fatima.closes(board)


@pytest.mark.parametrize("group", ["Water", "Air"])
@pytest.mark.parametrize("role", WHO)
def test_on_a_board_the_tables_decide(full_house: House, role: str, group: str) -> None:
    house, actor = full_house, actor_of(full_house, role)
    board = house.board(group, day=2)
    for step, is_open in STEPS:
        own, other = _proposals(house, actor, board, step, role, group)
        put(house, board, step, is_open)
        args = {
            "proposal.post": {"text": "One more"},
            "proposal.edit": {"proposal": own, "text": f"Changed in {step}"},
            "proposal.withdraw": {"proposal": own},
            "proposal.reinstate": {"proposal": own},
            "proposal.hide": {"proposal": other, "reason": "Off topic"},
            "proposal.restore": {"proposal": other},
            "vote.cast": {"proposal": other, "value": 1},
            "step.open": {"step": step or "collect"},
            "timer.start": {"seconds": 60},
            "timer.extend": {"seconds": 60},
        }
        for command in (name for name in BOARD if name in args or name in ("step.close", "timer.stop")):
            found = outcome(house, actor, board, command, **args.get(command, {}))
            wanted = expected(role, command, step, is_open, group == "Water", grace=step is not None)
            if step is None and wanted == "ok" and command in ("proposal.hide", "proposal.restore"):
                wanted = "proposal_unknown"  # nothing can have been posted yet
            assert found == wanted, (role, command, step, is_open, group)
            if command in ("step.open", "step.close") and found == "ok":
                put(house, board, step or "collect", is_open)


DOOR = {"not_yours", "not_allowed", "not_your_group", "not_scribe", "step_closed", "step_other", "step_not_open"}


@pytest.mark.parametrize("group", ["Water", "Air"])
@pytest.mark.parametrize("role", WHO)
def test_in_every_kind_of_step_the_tables_decide_on_every_command(store: Store, role: str, group: str) -> None:
    """A command that the tables let through may still be refused for what it is about, never for who asks or when."""
    house = House(store, workshop_of(everything()))
    house.everybody_arrives()
    actor, board = actor_of(house, role), house.board(group)
    assert {step["kind"] for step in everything().data()["steps"]} == set(KINDS)
    nothing, person = new(), house["Bruno"].id
    args = {
        "proposal.post": {"text": "One more", "lane": "north"},
        "proposal.edit": {"proposal": nothing, "text": "Changed"},
        "proposal.hide": {"proposal": nothing, "reason": "Off topic"},
        "proposal.sort": {"proposals": [nothing], "theme": None},
        "proposal.merge": {"proposals": [nothing, new()], "wording": "Both"},
        "theme.name": {"name": "Money"},
        "theme.dissolve": {"theme": nothing},
        "comment.post": {"proposal": nothing, "text": "Yes"},
        "comment.hide": {"comment": nothing, "reason": "Off topic"},
        "reaction.set": {"proposal": nothing, "kind": "like"},
        "vote.cast": {"proposal": nothing, "value": 1},
        "vote.rank": {"order": [nothing]},
        "vote.enter": {"votes": [], "paper": "1"},
        "rapporteur.name": {"person": person},
        "lines.share": {"board": "nothing"},
        "draft.set": {"text": "We act. We learn."},
        "roadmap.plan": {"proposal": nothing},
        "pledge.make": {"proposal": nothing, "text": "Our city will."},
        "pledge.withdraw": {"pledge": nothing},
        "activity.choose": {"activity": everything().data()},
        "board.frame": {"prompt": "What now?"},
        "timer.start": {"seconds": 60},
        "timer.extend": {"seconds": 60},
    }
    written = False
    for step in everything().data()["steps"]:
        put(house, board, step["id"], True)
        for command in BOARD:
            if command == "step.close":
                continue
            more = {"step": step["id"]} if command == "step.open" else args.get(command, _shape(command))
            wanted = expected(role, command, step["id"], True, member=group == "Water", grace=written)
            found = outcome(house, actor, board, command, **more)
            if wanted == "ok":
                assert found not in DOOR, (role, command, step["id"], group, found)
            else:
                assert found == wanted, (role, command, step["id"], group)
        written = written or "proposal.post" in ALLOWS[step["id"]]


def _proposals(house: House, actor: Actor, board: str, step: str | None, role: str, group: str) -> tuple[str, str]:
    """A proposal of the actor's own, if they can have one here, and one of a member's."""
    if step is None:
        return new(), new()
    member = house["Bruno" if group == "Water" else "Chen"]
    author = Someone(house, actor.person, role) if actor.person and expected(
        role, "proposal.post", "collect", True, group == "Water"
    ) == "ok" else member  # fmt: skip
    house["Fatima"].opens(board, "collect")
    return author.posts(board, "Mine"), member.posts(board, "Theirs")


@pytest.mark.parametrize("role", WHO)
def test_in_the_rooms_of_the_event_and_its_days_the_tables_decide(full_house: House, role: str) -> None:
    house, actor = full_house, actor_of(full_house, role)
    water, day = house.board("Water"), house.day()
    house["Fatima"].opens(water, "collect")
    free, taken = house["Amina"].posts(water, "Free"), house["Amina"].posts(water, "Taken")
    conclusion = house["Fatima"].promotes(day, taken, "Taken")
    picture = new()
    tables, group = {"session": house.session("Tables")}, house.state(water)["group"]
    conversation = {"title": "T", "prompt": "", "group": "Air", "comments": [], "votes": []}
    conversation |= {"opened_at": 0, "closed_at": 0}
    args = {
        "lead.take": {"group": group},
        "lead.release": {"group": group},
        "person.arrive": {},
        "code.renew": {},
        "desk.name": {"name": "Moving"},
        "desk.sort": {"proposals": [free], "theme": None},
        "announcement.make": {"text": "Lunch is ready"},
        "person.join": {"name": "Elena", "organisation": house.organisation("Seoul")},
        "event.change": {"title": "Another", "place": "", "purpose": ""},
        "event.delete": {},
        "roster.import": {"people": [{"name": "Farid"}]},
        "invitation.issue": {"role": "facilitator"},
        "invitation.withdraw": {"invitation": _invitation(house)},
        "invitation.accept": {"account": _account(house)},
        "person.edit": {"person": house["Bruno"].id, "name": "Bruno B", "organisation": "Seoul"},
        "person.remove": {"person": house["Dora"].id},
        "person.reopen": {"person": house["Chen"].id},
        "person.erase": {"person": house["Oscar"].id},
        "person.check": {"people": [house["Chen"].id], "attendance": "here"},
        "organisation.name": {"name": "Quito", "kind": "member"},
        "organisation.remove": {"organisation": _unused(house)},
        "attribute.define": {"name": "Region", "options": ["North", "South"]},
        "attribute.remove": {"attribute": _asked(house)},
        "attribute.answer": {"answers": {_asked(house, "Experience"): "None"}},
        "group.make": {"name": "Soil", "kind": "overlay"},
        "group.rename": {"group": _group(house, "Water"), "name": "Rivers"},
        "group.remove": {"group": _group(house, "Women's network")},
        "group.seat": {"people": [{"person": house["Bruno"].id, "seats": []}]},
        "group.wish": {"wishes": [], "locked": []},
        "group.choose": {"group": group},
        "preference.ask": {"kind": "choice", "most": 9},
        "preference.close": {},
        "preference.rank": {"order": [group]},
        "day.add": {"date": "2016-08-01", "title": "Later"},
        "day.change": {"day": house.day(2).partition(":")[2], "date": "2016-07-09", "title": "Two"},
        "day.remove": {"day": house.day(2).partition(":")[2]},
        "session.add": {"day": day.partition(":")[2], "kind": "break", "title": "Tea", "minutes": 10},
        "session.change": {"session": house.session("Coffee"), "title": "Tea", "minutes": 20},
        "session.move": {"session": house.session("Coffee"), "day": day.partition(":")[2], "position": 0},
        "session.remove": {"session": house.session("Coffee")},
        "session.open": tables,
        "session.close": tables,
        "link.renew": {"person": house["Chen"].id},
        "conversation.import": conversation,
        "picture.add": {"id": picture, "upload": ticket(house, actor.person or "", picture)},
        "picture.describe": {"picture": picture, "caption": "Trees", "alt": "Four trees by a road"},
        **{f"picture.{verb}": {"picture": picture} for verb in ("withdraw", "reinstate", "restore")},
        "picture.use": {"picture": picture, "use": True},
        "picture.hide": {"picture": picture, "reason": "Off topic"},
        "picture.decline": {"declined": True},
        "naming.agree": {"agreed": True},
        "conclusion.promote": {"sources": [{"proposal": free}], "wording": "Free"},
        "conclusion.extend": {"conclusion": conclusion, "sources": [{"proposal": house["Amina"].posts(water, "More")}]},
        "conclusion.classify": {"conclusion": conclusion, "kind": "action"},
        "conclusion.tag": {"conclusion": conclusion, "tags": [{"framework": "sdg", "tag": "sdg6"}]},
        "conclusion.decide": {"conclusion": conclusion, "verdict": "adopted", "body": "The board", "reason": ""},
        "ratification.open": {"quorum_people": 50, "quorum_organisations": 50, "support": 80},
        "position.take": {"conclusion": conclusion, "value": 3},
        "minority.report": {"conclusion": conclusion, "text": "We would rather walk."},
        "minority.withdraw": {"report": new()},
        "day.close": {"note": ""},
        "conclusion.reword": {"conclusion": conclusion, "wording": "Other words"},
        "conclusion.move": {"conclusion": conclusion, "position": 0},
        "conclusion.take_back": {"conclusion": conclusion},
        "conclusion.reinstate": {"conclusion": conclusion},
        "text.word": {"text": "mission", "title": "Mission", "wording": "We act."},
    }
    if role == "participant":
        _dissent(house, day, conclusion)
    for command in (*EVENT, *DAY):
        if command == "position.take" and role == "participant":
            house["Fatima"].asks_for_ratification(day)
        if command in ("group.choose", "preference.rank") and role == "participant":
            kind = "choice" if command == "group.choose" else "preference"
            house["Fatima"].does(house.room, "preference.ask", kind=kind)
        if command == "minority.withdraw" and role == "participant":
            args[command] = {"report": house.state(day)["conclusions"][0]["minority"][0]["id"]}
        if command == "code.renew" and role == "guest":
            actor = actor_of(house, role)
        if command == "invitation.accept" and role == "guest":
            actor = Actor(invitation=_invitation(house))
        room = house.room if command in EVENT else day
        found = outcome(house, actor, room, command, **args.get(command, _shape(command)))
        wanted = expected(role, command, None, False, member=True)
        if wanted == "ok" and command not in args:  # let through, whatever is then said to something that is not there
            assert found not in DOOR and found != "bad_message", (role, command, found)
        else:
            assert found == wanted, (role, command)
        if command == "invitation.accept":
            actor = actor_of(house, role)
        if command in ("event.archive", "event.delete") and found == "ok":
            house["Olga"].does(house.room, command.replace("archive", "reopen").replace("delete", "restore"))


def _invitation(house: House) -> str:
    return str(house["Olga"].does(house.room, "invitation.issue", role="facilitator")["invitation"])


def _account(house: House) -> str:
    id = new_id()
    with house.store.writing() as db:
        values = {"id": id, "email": f"{id}@example.org", "name": "Amina Org", "password_hash": "-", "created_at": 1}
        db.execute(insert(Account.__table__).values(**values))
    return id


def _group(house: House, name: str) -> str:
    (found,) = [id for id, group in house.state(house.room)["groups"].items() if group["name"] == name]
    return str(found)


def _asked(house: House, name: str = "First time here") -> str:
    """Something that people are asked about themselves."""
    options = ["None", "Some"]
    return str(house["Olga"].does(house.room, "attribute.define", name=name, options=options)["attribute"])


def _unused(house: House) -> str:
    """An organisation from which nobody comes."""
    return str(house["Olga"].does(house.room, "organisation.name", name="Nowhere", kind="member")["organisation"])


def _dissent(house: House, day: str, conclusion: str) -> None:
    """A ratification in which Amina objects, so that she may say why beside the conclusion."""
    house["Fatima"].asks_for_ratification(day)
    house["Amina"].objects(day, conclusion)
    house["Fatima"].does(day, "ratification.close")


def test_what_is_not_in_the_table_is_refused(full_house: House) -> None:
    assert set(MAY) == set(COMMANDS)
    assert {role for command in MAY.values() for role in command} <= {*ROLES, "guest"}
    with full_house.refuses("unknown_command", "proposal.destroy"):
        full_house["Olga"].does(full_house.board("Water"), "proposal.destroy")
    place = _place(full_house, "Olga", full_house.room)
    object.__setattr__(place, "role", "cleaner")
    for command in MAY:
        with pytest.raises(Refused, match="cleaner"):
            access.require(place, command)


def _place(house: House, who: str, room: str) -> access.Place:
    with house.store.reading() as db:
        return access.open_room(db, house[who].actor, room)


@pytest.mark.parametrize("role", ROLES)
def test_who_may_watch_which_rooms(full_house: House, role: str) -> None:
    someone = full_house[WHO[role] or ""]
    for room in (full_house.room, full_house.day(), full_house.board("Water"), full_house.board("Plenary")):
        assert someone.sees(room)["me"]["role"] == role
    if role == "participant":
        with full_house.refuses("not_your_group", "another group"):
            someone.sees(full_house.board("Air"))
    else:
        assert someone.sees(full_house.board("Air"))["snapshot"]["group_name"] == "Air"


def test_dora_belongs_to_her_group_and_to_the_network(full_house: House) -> None:
    dora = full_house["Dora"]
    for group in ("Air", "Women's network", "Plenary"):
        full_house["Fatima"].opens(full_house.board(group), "collect")
        lane = "north" if group == "Air" else None
        assert dora.posts(full_house.board(group), "Trees", lane)
    with full_house.refuses("not_your_group"):
        full_house["Chen"].posts(full_house.board("Women's network"), "Trees")


def test_people_of_another_event_find_every_door_shut(full_house: House) -> None:
    elsewhere = full_house.another()
    for who in WHO.values():
        stranger = elsewhere[who].actor if who else Actor(code=elsewhere.code())
        for room in (full_house.room, full_house.day(), full_house.board("Plenary")):
            with full_house.refuses("not_yours", "no access"):
                full_house.watch(stranger, room)
            for command, spec in COMMANDS.items():
                if spec.room == room.partition(":")[0]:
                    assert outcome(full_house, stranger, room, command, **_shape(command)) == "not_yours"


PARTS = {
    "comments": [], "votes": [], "wishes": [], "locked": [], "contents": [], "changes": [], "tags": [],
    "sources": [{"proposal": "x"}],
    "starts_at": "09:30",
    "rounds": [[{"people": ["x"]}]],
}  # fmt: skip


def _shape(command: str) -> dict[str, object]:
    """Arguments of the right types for a command."""
    within = {"roster.import": {"people": [{"name": "x"}]}, "group.seat": {"people": [{"person": "x", "seats": []}]}}
    if command in within:
        return dict(within[command])
    made: dict[object, object] = {str: "x", int: 1, bool: True, list: ["x"], dict: {}}
    return {
        name: PARTS[name] if name in PARTS
        else get_args(field.annotation)[0] if get_origin(field.annotation) is Literal
        else made[get_origin(field.annotation) or field.annotation]
        for name, field in COMMANDS[command].args.model_fields.items()
        if field.is_required()
    }  # fmt: skip


def test_a_room_that_does_not_exist_sounds_like_one_that_is_not_yours(full_house: House) -> None:
    for room in ("board:nothinghere", "event:", "day:x", "kitchen:1", "board", ""):
        with full_house.refuses("not_yours"):
            full_house["Fatima"].sees(room)


def test_the_screen_hears_that_it_has_come_but_nobody_else_does(full_house: House) -> None:
    before = len(full_house.heard)
    full_house["Screen"].does(full_house.room, "person.arrive")
    assert len(full_house.heard) == before
    assert full_house["Screen"].id not in full_house.state(full_house.room)["people"]
