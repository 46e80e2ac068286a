"""The library's files are whole, and a mistake in one is named with its file and field."""

from __future__ import annotations

import shutil
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from facilitator.domain import text
from facilitator.domain.steps import KINDS, Step
from facilitator.library import (
    FOLDER,
    LibraryError,
    blank_agenda,
    load_activity,
    load_agenda,
    rehearsal_texts,
)

BASE_GROUPS = ("Sharing knowledge", "Training", "Policy transfer", "Advocacy")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the library that a test may damage."""
    return Path(shutil.copytree(FOLDER, tmp_path / "library", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


# --- activities -----------------------------------------------------------------------------------------------------


def test_every_activity_is_one_that_the_rules_understand() -> None:
    for name in ("brainstorm_and_dot_vote", "imported_conversation"):
        steps = [Step.from_data(step) for step in load_activity(name).data()["steps"]]
        assert [step.kind for step in steps] == ["collect", "vote", "reveal"]
        assert {step.kind for step in steps} <= set(KINDS)


def test_the_dot_vote_gives_five_dots_at_most_two_on_one_and_is_secret() -> None:
    vote = load_activity("brainstorm_and_dot_vote").data()["steps"][1]
    assert vote["ballot"] == {"kind": "dots", "budget": 5, "cap": 2}
    assert Step.from_data(vote).settings.rules.secrecy == "secret"
    assert "ballot" not in load_activity("brainstorm_and_dot_vote").data()["steps"][0]


def test_an_agenda_may_change_a_step_but_not_into_nonsense() -> None:
    activity = load_activity("brainstorm_and_dot_vote")
    changed = activity.changed(title="Quick round", steps={"vote": {"budget": 3, "minutes": 4}})
    assert changed.title == "Quick round"
    assert changed.data()["steps"][1]["ballot"]["budget"] == 3
    assert activity.data()["steps"][1]["ballot"]["budget"] == 5
    with pytest.raises(ValueError, match="has no step dance"):
        activity.changed(steps={"dance": {"minutes": 4}})
    with pytest.raises(ValueError, match="above the budget"):
        activity.changed(steps={"vote": {"budget": 1}})
    with pytest.raises(ValueError, match="no ballot"):
        activity.changed(steps={"collect": {"budget": 3}})


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ('kind = "collect"|kind = "colect"', r"brainstorm_and_dot_vote\.toml: steps\.0: .*colect"),
        ("minutes = 20|minutes = 0", r"brainstorm_and_dot_vote\.toml: steps\.0\.minutes"),
        ("minutes = 20|minutes = '20'", r"brainstorm_and_dot_vote\.toml: steps\.0\.minutes"),
        ("minutes = 20|minuts = 20", r"brainstorm_and_dot_vote\.toml: steps\.0: minuts"),
        ("budget = 5, |", r"brainstorm_and_dot_vote\.toml: steps\.1: ballot: .*budget"),
        ('id = "reveal"|id = "vote"', r"brainstorm_and_dot_vote\.toml: .*two steps"),
        ("title = |title ", r"brainstorm_and_dot_vote\.toml is not valid TOML"),
    ],
)
def test_a_mistake_in_an_activity_is_named_with_its_file_and_field(folder: Path, change: str, complaint: str) -> None:
    damage(folder / "activity" / "brainstorm_and_dot_vote.toml", change)
    with pytest.raises(LibraryError, match=complaint):
        load_activity("brainstorm_and_dot_vote", folder)


def test_a_name_that_is_not_in_the_library_is_refused_with_what_is() -> None:
    with pytest.raises(LibraryError, match="brainstorm_and_dot_vote"):
        load_activity("world_tea")
    with pytest.raises(LibraryError, match="has no"):
        load_activity("../library/brainstorm_and_dot_vote")


# --- the model event ------------------------------------------------------------------------------------------------


def test_the_model_event_has_64_people_of_16_organisations_over_two_days_in_barcelona() -> None:
    agenda = load_agenda("barcelona_2016")
    participants = [person for person in agenda.people if person.role == "participant"]
    assert (len(participants), len(agenda.organisations), agenda.place) == (64, 16, "Barcelona")
    assert [day.date for day in agenda.days] == ["2016-07-05", "2016-07-06"]
    assert agenda.sample is not None and "invented" in agenda.sample
    assert len({person.name for person in agenda.people}) == len(agenda.people)
    assert {person.role for person in agenda.people} >= {"facilitator", "organiser", "projector"}


def test_the_four_people_of_an_organisation_sit_in_four_different_groups_of_sixteen() -> None:
    agenda = load_agenda("barcelona_2016")
    participants = [person for person in agenda.people if person.role == "participant"]
    base = {person.name: [s.group for s in person.seats if s.group in BASE_GROUPS] for person in participants}
    assert all(len(groups) == 1 for groups in base.values())
    assert set(Counter(groups[0] for groups in base.values()).values()) == {16}
    for organisation in agenda.organisations:
        theirs = [base[p.name][0] for p in participants if p.organisation == organisation.name]
        assert sorted(theirs) == sorted(BASE_GROUPS)
    network = [p for p in participants if any(s.group == "Women International Network" for s in p.seats)]
    assert len(network) == 12


def test_each_group_has_a_rapporteur_and_a_scribe() -> None:
    seats = [seat for person in load_agenda("barcelona_2016").people for seat in person.seats]
    for role in ("rapporteur", "scribe"):
        assert sorted(seat.group for seat in seats if seat.role == role) == sorted(BASE_GROUPS)


def test_the_womens_network_works_beside_the_four_groups_with_its_own_prompt() -> None:
    sessions = [session for day in load_agenda("barcelona_2016").days for session in day.sessions]
    (challenges,) = [s for s in sessions if any(b.group == "Women International Network" for b in s.boards)]
    prompts = {board.group: board.prompt for board in challenges.boards}
    assert len(challenges.boards) == 5
    assert prompts["Women International Network"] != prompts["Training"] == prompts["Advocacy"]


def test_a_session_is_long_enough_for_its_steps_and_plenaries_have_one_board() -> None:
    for day in load_agenda("barcelona_2016").days:
        for session in day.sessions:
            for board in session.boards:
                assert board.activity.minutes <= session.minutes, session.title
            if session.kind == "plenary":
                assert [board.group for board in session.boards] == ["Plenary"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ('starts_at = "10:00"|starts_at = "25:00"', r"barcelona_2016\.toml: days\.0\.sessions\.2\.starts_at"),
        ('starts_at = "10:00"|starts_at = "09:30"', r"barcelona_2016\.toml: .*before 'Welcome' is over"),
        ('group = "Training"|group = "Trainnig"', r"barcelona_2016\.toml: .*Trainnig|has no seats"),
        ("minutes = 8 }, pairs|minutes = 0 }, pairs", r"barcelona_2016\.toml: .*minutes"),
        ('place = "Barcelona"|plaze = "Barcelona"', r"barcelona_2016\.toml: pla[cz]e"),
        ('name = "Cem Yıldırım"|name = ""', r"barcelona_2016\.toml: organisations\.1\.people\.1\.name"),
    ],
)
def test_a_mistake_in_an_agenda_is_named_with_its_file(folder: Path, change: str, complaint: str) -> None:
    damage(folder / "agenda" / "barcelona_2016.toml", change)
    with pytest.raises(LibraryError, match=complaint):
        load_agenda("barcelona_2016", folder)


# --- a new event ----------------------------------------------------------------------------------------------------


def test_a_new_event_has_a_plenary_groups_and_a_closing_on_each_day() -> None:
    agenda = blank_agenda("Port plan", "Marseille", date(2027, 2, 28), 2, ["North", "South"], ["City", "Port"])
    assert [day.date for day in agenda.days] == ["2027-02-28", "2027-03-01"]
    assert [s.kind for s in agenda.days[0].sessions] == ["plenary", "break", "breakout", "break", "plenary"]
    assert [b.group for b in agenda.days[1].sessions[2].boards] == ["North", "South"]
    assert [o.name for o in agenda.organisations] == ["City", "Port"]
    assert agenda.sample is None and agenda.people == ()


def test_a_new_event_without_groups_works_in_plenary_and_with_two_of_a_name_is_refused() -> None:
    agenda = blank_agenda("Port plan", "Marseille", date(2027, 3, 1), 1, [], [])
    assert [b.group for s in agenda.days[0].sessions for b in s.boards] == ["Plenary"] * 3
    with pytest.raises(LibraryError, match=r"more than one .*group"):
        blank_agenda("Port plan", "Marseille", date(2027, 3, 1), 1, ["North", "North"], [])
    with pytest.raises(LibraryError, match="days"):
        blank_agenda("Port plan", "Marseille", date(2027, 3, 1), 0, [], [])
    with pytest.raises(LibraryError, match="title"):
        blank_agenda("", "Marseille", date(2027, 3, 1), 1, [], [])


# --- the rehearsal --------------------------------------------------------------------------------------------------


def test_what_synthetic_people_write_and_are_called_is_what_people_could_type() -> None:
    texts = rehearsal_texts()
    assert len(texts.proposals) >= 120
    assert all(text.proposal_text(proposal) == proposal for proposal in texts.proposals)
    names = [texts.name(number) for number in range(texts.people)]
    assert len(set(names)) == len(names) >= 500
    assert all(text.person_name(name) == name for name in names)
    assert texts.name(texts.people) not in names


def test_synthetic_people_speak_to_the_point_on_every_board_of_the_model_event() -> None:
    texts = rehearsal_texts()
    for day in load_agenda("barcelona_2016").days:
        for session in day.sessions:
            for board in session.boards:
                assert texts.about(board.prompt, board.group, session.title) != texts.proposals, session.title
    assert texts.about("Was nun?") == texts.proposals


def damage(file: Path, change: str) -> None:
    before, after = change.split("|")
    content = file.read_text(encoding="utf-8")
    assert before in content
    file.write_text(content.replace(before, after, 1), encoding="utf-8")
