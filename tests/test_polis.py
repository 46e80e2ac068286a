"""A real conversation comes in whole, and is counted as it was cast; a faulty one does not come in at all."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from support.house import House, new

from facilitator import outcomes, polis, recount
from facilitator.domain.refusals import Refused
from facilitator.store.models import Board, Person, Proposal, Session, Vote

CONVERSATION = Path(__file__).parent / "data" / "affordable-housing"


def bring_in(house: House, folder: Path = CONVERSATION, group: str = "Plenary") -> dict[str, Any]:
    args = polis.read(folder).args(group)
    return house.run(house["Olga"].actor, house.room, "conversation.import", id=new(), **args)


def counted_by_hand() -> dict[str, dict[str, int]]:
    """The last vote of a voter on a comment counts, by its moment; of the same moment, the later line."""
    with (CONVERSATION / "votes.csv").open(newline="") as file:
        rows = sorted(csv.DictReader(file), key=lambda row: int(row["timestamp"]))
    last = {(row["comment-id"], row["voter-id"]): row["vote"] for row in rows}
    tallies: dict[str, dict[str, int]] = defaultdict(lambda: {"agree": 0, "disagree": 0, "pass": 0})
    for (comment, _voter), vote in last.items():
        tallies[comment][{"1": "agree", "-1": "disagree", "0": "pass"}[vote]] += 1
    return dict(tallies)


def test_a_conversation_becomes_a_board_whose_count_is_that_of_its_votes(full_house: House) -> None:
    board = bring_in(full_house)["board"]
    state = full_house["Amina"].sees(f"board:{board}")["snapshot"]
    imported = {
        row.id: row.imported
        for row in full_house.rows(select(Proposal.id, Proposal.imported).where(Proposal.board == board))
    }
    shown = {
        imported[row["proposal"]]: {key: row[key] for key in ("agree", "disagree", "pass")}
        for row in state["results"]["ranked"]
    }
    assert shown == counted_by_hand()
    assert len(state["proposals"]) == 12
    assert state["title"] == "ScoopNZ Hivemind on affordable housing"
    assert (state["step"], state["open"]) == ("reveal", False)
    assert recount.check(full_house.store).off == []


def test_the_agenda_hears_of_it_and_the_roster_does_not_grow(full_house: House) -> None:
    before = full_house["Amina"].sees(full_house.room)["snapshot"]
    reply = bring_in(full_house)
    after = full_house["Amina"].sees(full_house.room)["snapshot"]
    assert after["days"][-1]["sessions"][-1]["id"] == reply["session"]
    assert (after["people"], after["joined"]) == (before["people"], before["joined"])


def test_its_proposals_keep_their_moments_and_its_voters_have_no_names(full_house: House) -> None:
    board = bring_in(full_house)["board"]
    with (CONVERSATION / "comments.csv").open(newline="", encoding="utf-8") as file:
        moments = {row["comment-id"]: int(row["timestamp"]) for row in csv.DictReader(file)}
    rows = full_house.rows(select(Proposal.imported, Proposal.at).where(Proposal.board == board))
    assert {row.imported: row.at for row in rows} == moments
    with full_house.store.reading() as db:
        voters = db.execute(select(Person.name).where(Person.origin == "import")).scalars().all()
        report = outcomes.render(db, full_house.event, "json").decode()
    assert all(name.startswith("#") for name in voters)
    assert '"voter"' not in report


def test_only_an_organiser_brings_a_conversation_in_and_only_into_a_group_of_the_event(full_house: House) -> None:
    args = polis.read(CONVERSATION).args("Plenary")
    with full_house.refuses("not_allowed"):
        full_house.run(full_house["Fatima"].actor, full_house.room, "conversation.import", id=new(), **args)
    with pytest.raises(Refused, match=r"no group “Fire”\. It has: Plenary, Water, Air, Women's network"):
        bring_in(full_house, group="Fire")


def _changed(folder: Path, file: str, change: Callable[[list[str]], list[str]]) -> Path:
    shutil.copytree(CONVERSATION, folder)
    lines = (folder / file).read_text(encoding="utf-8").splitlines()
    (folder / file).write_text("\n".join(change(lines)) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("file", "line", "instead", "said"),
    [
        ("votes.csv", 5, "1497419732363,x,0,7,2", "votes.csv, line 5: vote is “2”. Use 1 (agree), -1 (disagree) or 0"),
        ("votes.csv", 6, "1497419732363,x,0,7,", "votes.csv, line 6: vote is “”"),
        ("votes.csv", 7, "yesterday,x,0,7,1", "votes.csv, line 7: timestamp is “yesterday”"),
        ("votes.csv", 8, "1497419732363,x,999,7,1", "votes.csv, line 8: there is no comment 999"),
        ("votes.csv", 9, "1497419732363,x,0", "votes.csv, line 9: it has too many or too few columns"),
        ("votes.csv", 10, "1497419732363,x,0,,1", "votes.csv, line 10: voter-id is “”"),
        (
            "votes.csv",
            1,
            "timestamp,datetime,comment,voter-id,vote",
            "votes.csv, line 1: the column comment-id is missing",
        ),
        ("comments.csv", 2, "1,x,0,1,0,0,1,   ", "comments.csv, line 2: There is nothing in it yet"),
        ("comments.csv", 3, f"1,x,0,1,0,0,1,{'a' * 501}", "comments.csv, line 3: This has 501 characters"),
    ],
)
def test_a_faulty_line_is_named_and_nothing_comes_in(
    full_house: House, tmp_path: Path, file: str, line: int, instead: str, said: str
) -> None:
    folder = _changed(tmp_path / "faulty", file, lambda lines: [*lines[: line - 1], instead, *lines[line:]])
    with pytest.raises(polis.ConversationError) as caught:
        bring_in(full_house, folder)
    assert said in str(caught.value)
    for table in (Proposal, Vote):
        assert full_house.rows(select(func.count()).select_from(table))[0][0] == 0
    assert full_house.rows(
        select(func.count()).select_from(Board).join(Session).where(Session.title.like("Scoop%"))
    ) == [(0,)]


def test_a_comment_that_is_there_twice_a_missing_file_and_bytes_that_are_no_text_are_named(tmp_path: Path) -> None:
    twice = _changed(tmp_path / "twice", "comments.csv", lambda lines: [*lines, lines[1]])
    with pytest.raises(polis.ConversationError, match=r"comments\.csv, line \d+: the comment \d+ is there twice"):
        polis.read(twice)
    with pytest.raises(polis.ConversationError, match=r"comments\.csv is not in .* Give the folder of a Polis export"):
        polis.read(tmp_path / "nowhere")
    (twice / "votes.csv").write_bytes(b"timestamp,comment-id,voter-id,vote\n\xff\xfe")
    with pytest.raises(polis.ConversationError, match=r"votes\.csv is not UTF-8 text"):
        polis.read(twice)


def test_many_faults_are_not_all_listed(tmp_path: Path) -> None:
    bad = _changed(tmp_path / "bad", "votes.csv", lambda lines: [lines[0], *(["1,x,0,1,9"] * 50)])
    with pytest.raises(polis.ConversationError, match="… and 30 more"):
        polis.read(bad)
