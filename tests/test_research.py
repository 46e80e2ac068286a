"""Ballots for researchers: other programs read them and count the same; nobody can be found in them."""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from pathlib import Path
from typing import Any

from pabutools.election.pabulib import parse_pabulib_from_string
from preflibtools.instances import CategoricalInstance, OrdinalInstance
from sqlalchemy import update
from support.house import House, new
from support.small import NINE, Small

from facilitator import polis
from facilitator.domain.ballots import BallotRules
from facilitator.outcomes import gather, research
from facilitator.store import models as m

CONVERSATION = Path(__file__).parent / "data" / "affordable-housing"
ANCHORS = ["Not", "Hardly", "Partly", "Well", "Fully"]


def files(small: Small) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(research.write(research.read(small.db, small.event)))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def counted(small: Small) -> dict[str, dict[str, Any]]:
    """Code of a proposal -> its row in the result."""
    board = gather(small.db, small.event).days[0].boards[0]
    codes = {p.id: p.code for p in board.proposals}
    result = board.ballots[0].counted
    assert result is not None
    return {codes[row["proposal"]]: row for row in result["ranked"]}


def crowd(small: Small, **rules: Any) -> Small:
    """North has buses, trees and bikes, and twelve people who vote on them by some rules."""
    for number, text in enumerate(("More buses; and trams", "More “trees”", "=More bikes"), start=1):
        small.proposal(("buses", "trees", "bikes")[number - 1], "ideas-n", number, text)
    kind = rules.get("kind", "dots")
    data = BallotRules.from_data(rules).data()
    small.add(m.Ballot, id="b", board="ideas-n", step="vote", kind=kind, opened_at=NINE, rules=data)
    for number in range(12):
        who = f"quiet-voter-{number}"
        small.person(who, f"Quiet {number}", "amb")
        small.add(m.Elector, ballot="b", voter=who, person=who, organisation="amb")
    small.step("ideas-n", "reveal")
    return small


def say(small: Small, number: int, criterion: str = "", **values: int) -> None:
    for proposal, value in values.items():
        row = {"ballot": "b", "voter": f"quiet-voter-{number}", "proposal": proposal, "criterion": criterion}
        small.add(m.Vote, **row, value=value)


def of_kind(found: dict[str, str], ending: str) -> str:
    return next(text for name, text in found.items() if name.endswith(ending))


def test_what_is_exported_for_polis_comes_in_again_and_tallies_the_same(full_house: House, tmp_path: Path) -> None:
    def brought_in(house: House, folder: Path) -> Counter[tuple[str, int, int, int]]:
        args = polis.read(folder).args("Plenary")
        board = house.run(house["Olga"].actor, house.room, "conversation.import", id=new(), **args)["board"]
        state = house["Olga"].sees(f"board:{board}")["snapshot"]
        texts = {id: card["text"] for id, card in state["proposals"].items()}
        rows = state["results"]["ranked"]
        return Counter((texts[row["proposal"]], row["agree"], row["disagree"], row["pass"]) for row in rows)

    first = brought_in(full_house, CONVERSATION)
    with full_house.store.reading() as db:
        body = research.write(research.read(db, full_house.event))
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            if "/polis/" in name:
                (tmp_path / name.rpartition("/")[2]).write_bytes(archive.read(name))
    assert sum(first.values()) == 12
    assert brought_in(full_house.another(), tmp_path) == first


def test_pabulib_and_preflib_read_dots_and_sum_them_the_same(small: Small) -> None:
    crowd(small, kind="dots", budget=5, cap=3)
    for number in range(12):
        say(small, number, **({"buses": 3, "trees": 1} if number % 2 else {"trees": 2, "bikes": 2}))
    found, rows = files(small), counted(small)
    instance, profile = parse_pabulib_from_string(of_kind(found, ".pb"))
    assert (len(profile), instance.meta["vote_type"], instance.meta["max_sum_points"]) == (12, "cumulative", "5")
    sums = {project.name: sum(int(ballot.get(project, 0)) for ballot in profile) for project in instance}
    assert sums == {code: row["dots"] for code, row in rows.items()} == {"1.1A1": 18, "1.1A2": 18, "1.1A3": 12}
    orders = OrdinalInstance()
    orders.parse_str(of_kind(found, ".toi"), "toi")
    assert orders.num_voters == 12 and orders.multiplicity == {((1,), (2,)): 6, ((2, 3),): 6}


def test_pabulib_and_preflib_read_approvals_with_who_agrees_passes_and_disagrees(small: Small) -> None:
    crowd(small, kind="approval")
    for number in range(12):
        say(small, number, buses=1, trees=(-1, 0, 1)[number % 3])
    found, rows = files(small), counted(small)
    _instance, profile = parse_pabulib_from_string(of_kind(found, ".pb"))
    agreed = Counter(project.name for ballot in profile for project in ballot)
    assert agreed == {code: row["agree"] for code, row in rows.items() if row["agree"]} == {"1.1A1": 12, "1.1A2": 4}
    answers = CategoricalInstance()
    answers.parse_str(of_kind(found, ".cat"), "cat")
    assert list(answers.categories_name.values()) == ["agree", "pass", "disagree"]
    tally = Counter()
    for preference, many in answers.multiplicity.items():
        for category, alternatives in enumerate(preference):
            tally.update({(alternative, category): many for alternative in alternatives})
    assert tally == {(1, 0): 12, (2, 0): 4, (2, 1): 4, (2, 2): 4}


def test_pabulib_and_preflib_read_whole_and_partial_orders(small: Small) -> None:
    crowd(small, kind="ranking")
    for number in range(12):
        say(small, number, **({"buses": 2, "trees": 1, "bikes": 3} if number < 7 else {"bikes": 1}))
    found = files(small)
    _instance, profile = parse_pabulib_from_string(of_kind(found, ".pb"))
    first = Counter(next(iter(ballot)).name for ballot in profile)
    assert first == {code: row["firsts"] for code, row in counted(small).items() if row["firsts"]}
    orders = OrdinalInstance()
    orders.parse_str(of_kind(found, ".soi"), "soi")
    assert orders.multiplicity == {((2,), (1,), (3,)): 7, ((3,),): 5}


def test_a_scale_is_a_file_a_criterion_and_what_is_withheld_is_in_none(small: Small) -> None:
    criteria = [{"id": "mission", "title": "Mission"}, {"id": "vision", "title": "Vision"}]
    crowd(small, kind="scale", anchors=ANCHORS, criteria=criteria)
    for number in range(12):
        say(small, number, "mission", buses=5, trees=0 if number < 6 else 2)
        say(small, number, "vision", buses=3)
    say(small, 0, "vision", trees=1)  # fewer than three opinions
    found = files(small)
    names = sorted(name.rpartition("/")[2] for name in found)
    assert names == [f"1.1A-vote-1-{one}.{ending}" for one in ("mission", "vision") for ending in ("pb", "toi")]
    _instance, profile = parse_pabulib_from_string(next(t for n, t in found.items() if n.endswith("vision.pb")))
    assert {project.name for ballot in profile for project in ballot} == {"1.1A1"}
    instance, profile = parse_pabulib_from_string(next(t for n, t in found.items() if n.endswith("mission.pb")))
    sums = {project.name: sum(int(ballot.get(project, 0)) for ballot in profile) for project in instance}
    assert (sums["1.1A1"], sums["1.1A2"]) == (60, 12)


def test_nobody_can_be_found_in_the_files(small: Small) -> None:
    crowd(small, kind="approval")
    for number in range(12):
        say(small, number, buses=1 if number else -1)
    seen = set()
    for _again in range(12):
        found = files(small)
        for text in found.values():
            assert "quiet" not in text.lower() and "Metropolitana" not in text and "Núria" not in text
        votes = list(csv.DictReader(io.StringIO(of_kind(found, "votes.csv"))))
        assert len({vote["timestamp"] for vote in votes}) == 1
        seen.add(next(vote["voter-id"] for vote in votes if vote["vote"] == "-1"))
    assert len(seen) > 1, "the first voter always has the same number"


def test_what_is_not_revealed_or_too_small_is_left_out(small: Small) -> None:
    crowd(small, kind="approval")
    for number in range(9):
        say(small, number, buses=1)
    assert list(files(small)) == ["none.txt"]
    say(small, 9, buses=1)
    assert len(files(small)) == 5
    small.step("ideas-n", "vote")
    assert list(files(small)) == ["none.txt"]


def test_texts_are_one_cell_and_no_formula_in_every_file(small: Small) -> None:
    crowd(small, kind="approval")
    for number in range(12):
        say(small, number, buses=1, bikes=1)
    evil = '=HYPERLINK("https://evil.example");1\nVOTES\n# NUMBER VOTERS: 0'
    small.db.execute(update(m.Proposal.__table__).where(m.Proposal.id == "trees").values(text=evil))
    found = files(small)
    comments = list(csv.DictReader(io.StringIO(of_kind(found, "comments.csv"))))
    assert [row["comment-body"][:2] for row in comments] == ["Mo", "'=", "'="]
    instance, profile = parse_pabulib_from_string(of_kind(found, ".pb"))
    assert (len(instance), len(profile)) == (3, 12)
    answers = CategoricalInstance()
    answers.parse_str(of_kind(found, ".cat"), "cat")
    assert (answers.num_voters, answers.num_alternatives) == (12, 3)


# --- the ways to them -----------------------------------------------------------------------------------------------


def test_organisers_and_facilitators_download_what_is_theirs(server: Any, full_house: House) -> None:
    def got(name: str, page: str) -> Any:
        return server.browser(full_house[name]).get(f"/s/{full_house[name].id}/{page}")

    pdf = got("Fatima", "outcome.pdf?depth=brief&lang=fr")
    assert pdf.status_code == 200 and pdf.content.startswith(b"%PDF")
    assert pdf.headers["content-disposition"] == 'attachment; filename="water-and-air-brief.pdf"'
    assert got("Fatima", "outcome.csv").headers["content-disposition"].endswith('-data.csv.zip"')
    assert got("Fatima", "outcome.pdf?depth=everything").status_code == 404
    assert got("Amina", "outcome.docx").status_code == 403
    assert got("Olga", "ballots.zip").headers["content-type"] == "application/zip"
    assert got("Fatima", "ballots.zip").status_code == got("Amina", "ballots.zip").status_code == 403
