"""What came out of a small event, in every format: right figures, and nothing secret."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, update
from support.files import tables_of
from support.page import Page
from support.small import NINE, Small

from facilitator.domain.document import anchors, references
from facilitator.outcomes import compile_report, gather, jsons, render, tables
from facilitator.store import models as m

# --- figures --------------------------------------------------------------------------------------------------------


def test_dots_ranks_ties_and_turnout_are_those_of_the_vote(voted: Small) -> None:
    board = gather(voted.db, voted.event).days[0].sessions[1].boards[0]
    (ballot,) = board.ballots
    texts = {p.id: p.text for p in board.proposals}
    ranked = ballot.counted["ranked"] if ballot.counted else []
    assert [(texts[row["proposal"]], row["rank"], row["tied"], row["dots"]) for row in ranked] == [
        ("More buses", 1, False, 3),
        ("More trees", 2, True, 1),
        ("More bikes", 2, True, 1),
        ("A ferry", 4, False, 0),
    ]
    assert (ballot.open, ballot.voted, ballot.electors, ballot.few) == (False, 2, 3, True)
    html = voted.file("html")
    assert "2 of 3 (67 %)" in html
    assert html.count('2<span class="tie"> =</span>') >= 4  # two proposals, in their session and in the annex


def test_every_format_tells_the_same_figures(voted: Small) -> None:
    rows = {row["proposal"]: row for row in voted.rows()}
    group = voted.json()["days"][0]["sessions"][1]["groups"][0]
    proposals = {p["id"]: p for p in group["proposals"]}
    counted = {row["proposal"]: row for row in group["ballots"][0]["counted"]["ranked"]}
    for id, dots, rank, tied in (("buses", 3, 1, False), ("trees", 1, 2, True), ("ferry", 0, 4, False)):
        assert (rows[id]["dots"], rows[id]["rank"], rows[id]["tied"]) == (str(dots), str(rank), "yes" if tied else "no")
        assert (counted[id]["dots"], counted[id]["rank"], counted[id]["tied"]) == (dots, rank, tied)
    assert rows["buses"]["at"] == "2016-07-05T09:00:00.001Z" == proposals["buses"]["at"]
    assert (rows["buses"]["lane"], rows["buses"]["group"], rows["buses"]["day"]) == ("Near", "North", "1")
    assert rows["buses"]["organisation"] == "Àrea Metropolitana"
    assert "| 1 | 1.1A1 More buses | 3 dots from 2 people | 1 |" in voted.file("md")


def test_approval_counts_agree_pass_and_disagree_and_a_negative_score_stays_a_number(small: Small) -> None:
    small.proposal("tax", "close-a", 1, "A tax")
    small.ballot("b-a", "close-a", ["nuria", "samuel", "meera"], kind="approval")
    small.vote("b-a", "nuria", tax=-1)
    small.vote("b-a", "samuel", tax=-1)
    small.vote("b-a", "meera", tax=0)
    small.step("close-a", "reveal")
    (row,) = small.rows()
    assert (row["agree"], row["disagree"], row["pass"], row["score"], row["dots"]) == ("0", "2", "1", "-2", "")
    assert "0 agree, 2 disagree, 1 pass" in small.file("html")


def test_who_took_part_counts_those_who_came(small: Small) -> None:
    outcome = gather(small.db, small.event)
    assert outcome.present == 3
    assert {o.name: (o.present, o.expected) for o in outcome.organisations} == {
        "Àrea Metropolitana": ((None, None), 2),
        "City of Absence": ((), 1),
        "Government of Delhi": ((None,), 1),
    }
    assert outcome.facilitators == (None,)
    assert "Invited, but nobody came: City of Absence." in small.file("html")


@pytest.mark.parametrize("format", ["html", "pdf", "docx", "md"])
def test_by_name_stand_those_who_have_agreed_to_it_and_organisations_always(small: Small, format: str) -> None:
    def took_part() -> str:
        text = " ".join(small.report("findings", format).split())
        return text[text.rindex("Participants by organisation") :].partition("Day 1")[0]

    silent = took_part()
    for name in ("Núria", "Samuel", "Meera", "Paula", "By name", "Names", "Facilitated"):
        assert name not in silent, name
    assert "Àrea Metropolitana" in silent and "Government of Delhi" in silent
    small.agrees_to_be_named("samuel", "paula")
    said = took_part()
    assert "Samuel" in said and "Facilitated by Paula." in said
    assert "By name stand those who have agreed to it: 1 of 3 people." in said
    assert "Núria" not in said and "Meera" not in said
    assert "Àrea Metropolitana" in said and "Government of Delhi" in said


def test_the_data_has_a_place_for_everybody_and_a_name_for_those_who_agreed(small: Small) -> None:
    small.agrees_to_be_named("nuria")
    data = json.loads(small.file("json"))
    present = {body["name"]: body["present"] for body in data["organisations"]}
    assert present["Àrea Metropolitana"] == ["Núria", None] and present["Government of Delhi"] == [None]
    assert data["facilitators"] == [None]


def test_an_empty_event_and_an_unknown_one(small: Small) -> None:
    for text in (small.file("html"), small.file("md")):
        assert "No conclusions have been drawn yet." in text
    assert small.rows() == []
    with pytest.raises(LookupError):
        gather(small.db, "elsewhere")
    with pytest.raises(KeyError):
        render(small.db, small.event, "doc")


# --- conclusions ----------------------------------------------------------------------------------------------------


def test_a_conclusion_leads_to_its_proposal_and_the_proposal_back(voted: Small) -> None:
    figures = {
        "kind": "dots", "dots": 3, "voters": 2, "score": 3, "rank": 1, "tied": False, "of": 4, "voted": 2,
        "electors": 3,
    }  # fmt: skip
    voted.conclude("c1", "buses", "More buses", "More buses", "More night buses", **figures)
    html = voted.file("html")
    assert '<article class="statement" id="c1-1">' in html and 'href="#c1-1">→\u00a0C1.1</a>' in html
    assert '<tr role="row" id="p1-1a1">' in html and 'href="#p1-1a1">1.1A1</a>' in html
    assert "More <ins>night </ins>buses" in html
    assert "3 dots from 2 people; place 1 of 4; turnout 2 of 3 (67 %)" in html
    (conclusion,) = voted.json()["days"][0]["conclusions"]
    assert [version["text"] for version in conclusion["versions"]] == ["More buses", "More night buses"]
    (source,) = conclusion["sources"]
    assert source["author"] == {"name": "Núria", "organisation": "Àrea Metropolitana"}
    assert source["figures"]["dots"] == 3
    row = voted.rows()[0]
    assert (row["conclusions"], row["conclusion_wordings"]) == ("C1.1", "More night buses")


def test_a_conclusion_that_was_taken_back_is_not_in_the_report(voted: Small) -> None:
    voted.conclude("c1", "buses", "More buses", "Buses by the minute")
    voted.db.execute(update(m.Conclusion.__table__).values(taken_back_at=NINE, taken_back_by="paula"))
    for format, text in voted.everything().items():
        assert "Buses by the minute" not in text, format


def test_every_jump_of_the_report_arrives_and_every_anchor_is_there_once(voted: Small) -> None:
    voted.proposal("gone", "ideas-n", 5, "Gone", withdrawn_at=NINE)
    voted.proposal("hidden", "ideas-n", 6, "Rude")
    voted.hide("hidden", "Rude")
    for position, proposal in enumerate(("trees", "gone", "hidden")):
        voted.conclude(f"c{position}", proposal, "Old", "New", position=position)
    document = compile_report(gather(voted.db, voted.event))
    defined = list(anchors(document.blocks))
    assert len(defined) == len(set(defined))
    assert set(references(document.blocks)) <= set(defined)
    page = Page(voted.file("html"))
    assert set(page.jumps) <= set(page.ids) and len(page.ids) == len(set(page.ids))


def test_a_conclusion_tells_all_that_it_rests_on_with_figures_and_parts(concluded: Small) -> None:
    first, second = gather(concluded.db, concluded.event).days[0].conclusions
    assert (first.kind, second.kind) == ("decision", "action")
    assert [(s.kind, s.code, s.text, s.group) for s in first.sources] == [
        ("proposal", "1.1A2", "More trees", "North"),
        ("theme", None, "A greener city", "North"),
    ]
    assert [[(part.code, part.text) for part in source.parts] for source in first.sources] == [
        [("1.1A7", "Many more trees")],
        [("1.1A1", "More buses"), ("1.1A3", "More bikes")],
    ]
    assert first.sources[0].author is not None and first.sources[0].author.name == "Samuel"
    (cell,) = second.sources
    assert (cell.kind, cell.criterion, (cell.figures or {})["median"]) == ("cell", "Mission", 4)
    for format, text in concluded.every_file().items():
        for part in ("More trees and parks", "A greener city", "Many more trees", "Mission"):
            assert part in text, (format, part)
    assert "1 dots from 1 people; place 2 of 4, tied; turnout 2 of 3 (67 %)" in concluded.file("html")
    assert "median 4, the middle half from 2 to 5, from 5 people" in concluded.file("html")
    rows = concluded.rows("sources")
    assert [(row["conclusion"], row["kind"], row["rank"], row["median"]) for row in rows] == [
        ("C1.1", "proposal", "2", ""),
        ("C1.1", "theme", "", ""),
        ("C1.2", "cell", "", "4"),
    ]


def test_what_stands_behind_a_theme_leads_to_its_conclusion(concluded: Small) -> None:
    proposals = {row["proposal"]: row["conclusions"] for row in concluded.rows()}
    assert proposals == {"buses": "C1.1 C1.2", "trees": "C1.1", "bikes": "C1.1", "ferry": "", "merged": "C1.1"}


def test_ratification_tells_two_tallies_and_reasons_without_names(concluded: Small) -> None:
    r = gather(concluded.db, concluded.event).days[0].conclusions[0].ratification
    assert r is not None and (r.round, r.version, r.counted["outcome"]) == (1, 1, "not_ratified")
    assert [(row["tally"], row["agree"], row["live"], row["object"], row["support"], row["voted"], row["electors"])
            for row in concluded.rows("ratifications")] == [
        ("people", "1", "1", "1", "66.67", "3", "3"),
        ("organisations", "0.5", "0.5", "1", "50", "2", "2"),
    ]  # fmt: skip
    html = concluded.file("html")
    assert "1 agree, 1 can live with it, 1 object; 67 % behind it; 3 of 3 (100 %)" in html
    assert "0.5 agree, 0.5 can live with it, 1 object; 50 % behind it" in html
    for format, text in concluded.every_file().items():
        assert "Too dear for us" in text and "With care" in text, format
    reasons = concluded.rows("ratification_reasons")
    assert reasons == [{"conclusion": "C1.1", "value": "object", "reason": "Too dear for us"},
                       {"conclusion": "C1.1", "value": "live", "reason": "With care"}]  # fmt: skip


def test_a_ratification_that_runs_tells_how_many_and_no_more(concluded: Small) -> None:
    statements: list[tuple[str, Any]] = []
    concluded.ratify("r2", "c1", closed=False, nuria=(0, "A secret doubt"), samuel=(3, ""))
    event.listen(concluded.db.get_bind(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    day = gather(concluded.db, concluded.event).days[0]
    assert day.asking is not None
    assert (day.asking.conclusions, day.asking.electors, day.asking.voted) == (("C1.1",), 3, 2)
    assert day.conclusions[0].ratification is not None and day.conclusions[0].ratification.round == 1
    for format, text in concluded.everything().items():
        assert "A secret doubt" not in text, format
    assert "being asked about C1.1: 2 of 3 have taken a position" in concluded.file("md")
    assert concluded.rows("conclusions")[0]["ratification"] == "asking"


def test_a_minority_report_stands_beside_its_conclusion_under_a_name(concluded: Small) -> None:
    html = concluded.file("html")
    assert "We would rather have shade<footer" in html and "Meera, Government of Delhi</footer>" in html
    assert [row["author"] for row in concluded.rows("minority_reports")] == ["Meera"]
    for format, text in concluded.everything().items():
        assert "A first draft" not in text, format


def test_the_last_verdict_stands_and_the_earlier_one_is_kept(concluded: Small) -> None:
    assert "adopted: Costs known" in concluded.file("html")
    assert [row["verdict"] for row in concluded.rows("verdicts")] == ["deferred", "adopted"]
    assert concluded.rows("conclusions")[0]["verdict"] == "adopted"


def test_every_goal_says_what_it_received(concluded: Small) -> None:
    covered = {row["tag"]: (row["covered"], row["conclusions"]) for row in concluded.rows("coverage")}
    assert covered == {"sdg5": ("no", ""), "sdg11": ("yes", "C1.1")}
    assert "Goals: 1 of 2 covered" in concluded.file("html")
    assert "| Gender equality | not yet |  |" in concluded.file("md")


def test_the_end_of_a_day_tells_its_note_and_what_was_parked_and_with_whom(concluded: Small) -> None:
    (parked,) = concluded.rows("parked")
    assert (parked["code"], parked["owner"], parked["answer"]) == ("1.1A4", "Samuel", "We ask the port")
    for format in ("html", "md", "json"):
        assert "Tomorrow we weigh costs" in concluded.file(format), format
    assert "Samuel, Àrea Metropolitana" in concluded.file("md")


def test_what_came_late_is_in_the_annex_as_such_and_nowhere_else(concluded: Small) -> None:
    concluded.proposal("late", "ideas-n", 8, "A tram after all", late_at=NINE)
    concluded.db.execute(update(m.Proposal.__table__).where(m.Proposal.id == "late").values(revealed_at=None))
    concluded.proposal("let_in", "ideas-n", 9, "A quay", late_at=NINE, admitted_at=NINE)
    status = {row["proposal"]: row["status"] for row in concluded.rows()}
    assert (status["late"], status["let_in"]) == ("late", "standing")
    main, annex = concluded.file("html").split('id="annex"')
    assert "A tram after all" not in main and "A tram after all (came after its step had ended, not admitted)" in annex
    assert "Came after their step had ended, and were not admitted: 1." in main


def test_the_text_of_a_source_that_was_hidden_since_is_in_no_format(concluded: Small) -> None:
    concluded.hide("merged", "A quarrel")
    concluded.hide("trees", "A quarrel")
    for format, text in concluded.everything().items():
        assert "Many more trees" not in text, format
    assert concluded.json()["days"][0]["conclusions"][0]["sources"][0]["text"] is None


def test_every_table_has_the_columns_that_are_documented(concluded: Small) -> None:
    documented = dict(re.findall(r"^- `([a-z_]+)`(.*?)(?=^- |\Z)", tables.__doc__ or "", re.S | re.M))
    found = tables_of(render(concluded.db, concluded.event, "csv"))
    assert set(documented) == set(found)
    for name, text in found.items():
        columns = text.splitlines()[0].split(",")
        assert re.findall(r"`([a-z0-9_]+)`", documented[name]) == columns, name


def test_the_readme_tells_the_shape_of_the_json_that_is_written(concluded: Small) -> None:
    words = (jsons.__doc__ or "").split()
    readme = (Path(__file__).parents[1] / "README.md").read_text().split()
    start = readme.index("{format:")
    assert readme[start : start + 40] == words[words.index("{format:") :][:40]
    documented = set(re.findall(r"[{ ,]([a-z_]+)(?=[:,}])", jsons.__doc__ or ""))

    def keys(value: Any) -> set[str]:
        if isinstance(value, list):
            return {key for one in value for key in keys(one)}
        if not isinstance(value, dict):
            return set()
        open_ended = ("counted", "rules", "figures")
        return set(value) | {key for name, one in value.items() if name not in open_ended for key in keys(one)}

    assert keys(concluded.json()) <= documented | {"title", "alternative"}


# --- what must not be said ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("step", "is_open"), [("vote", True), ("vote", False), ("collect", True)])
def test_a_result_that_is_not_revealed_is_in_no_format(voted: Small, step: str, is_open: bool) -> None:
    voted.step("ideas-n", step, is_open)
    board = voted.json()["days"][0]["sessions"][1]["groups"][0]
    (ballot,) = board["ballots"]
    assert ballot["counted"] is None
    assert ballot["open"] == ((step, is_open) == ("vote", True))
    assert ballot["voted"] == 2
    for row in voted.rows():
        assert not any(row[key] for key in ("dots", "agree", "disagree", "pass", "voters", "score", "rank", "tied"))
    for format in ("html", "md"):
        text = voted.file(format)
        assert "<svg" not in text.split('id="day-1"')[-1] and "By person" not in text
        assert "still running" in text or "not been revealed" in text
        # The order is that of arrival, not that of the votes.
        assert text.index("More buses") < text.index("More trees") < text.index("More bikes") < text.index("A ferry")


def test_votes_of_an_unrevealed_ballot_are_not_even_read(voted: Small) -> None:
    voted.step("ideas-n", "vote")
    statements: list[str] = []
    event.listen(voted.db.get_bind(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    gather(voted.db, voted.event)
    assert statements and not any("vote.value" in statement for statement in statements)


def test_no_format_says_who_voted(small: Small) -> None:
    small.person("voter-id-123", "Quiet Voter", None)
    small.proposal("buses", "ideas-n", 1, "More buses")
    small.ballot("b-n", "ideas-n", ["voter-id-123"])
    small.vote("b-n", "voter-id-123", buses=2)
    small.step("ideas-n", "reveal")
    for format, text in small.everything().items():
        assert "voter-id-123" not in text, format
    assert "voter" not in json.dumps(small.json()).replace('"voters"', "")


def test_hidden_and_withdrawn_texts_are_in_no_format_but_the_reason_and_the_count_are(voted: Small) -> None:
    voted.proposal("rude", "ideas-n", 5, "Our director is a fool")
    voted.hide("rude", "Insults a person")
    voted.proposal("gone", "ideas-n", 6, "Forget about this", withdrawn_at=NINE)
    voted.conclude("c1", "rude", "Our director is a fool", "We need better management")
    files = voted.every_file()
    for format, text in files.items():
        assert "fool" not in text and "Forget about this" not in text, format
        assert "Insults a person" in text and "We need better management" in text, format
    assert "withdrawn by their authors: 1" in files["html"]
    board = gather(voted.db, voted.event).days[0].sessions[1].boards[0]
    assert [p.status for p in board.proposals] == ["standing"] * 4 + ["hidden", "withdrawn"]
    assert all(p.result is None for p in board.proposals if p.status != "standing")
    assert [row["status"] for row in voted.rows()] == [p.status for p in board.proposals]


# --- form -----------------------------------------------------------------------------------------------------------


def test_our_words_are_translated_and_those_of_the_users_are_not(voted: Small) -> None:
    words = {"Purpose": "Propósito", "Day {number}": "Día {number}", "Proposal": "Propuesta", "More buses": "WRONG"}
    html = render(voted.db, voted.event, "html", lambda text: words.get(text, text), "es").decode()
    assert '<html lang="es">' in html and "Propósito" in html and "5–6 de julio de 2016" in html
    assert "More buses" in html and "WRONG" not in html
    assert "Barcelona, 5–6 July 2016" in render(voted.db, voted.event, "html", locale="tlh").decode()


def test_a_long_list_is_cut_where_no_tie_is_cut_and_whole_in_the_annex(small: Small) -> None:
    for number in range(1, 31):
        small.proposal(f"n{number}", "ideas-n", number, f"Idea number {number}.")
    small.ballot("b-n", "ideas-n", ["nuria", "samuel"])
    small.vote("b-n", "nuria", **{f"n{n}": 2 if n < 5 else 1 for n in range(1, 15)})
    small.step("ideas-n", "reveal")
    html = small.file("html")
    main, annex = html.split('id="annex"')
    assert all(f"Idea number {n}." in main for n in range(1, 15))  # four first, ten tied in fifth place
    assert "Idea number 15." not in main
    assert all(f"Idea number {n}." in annex for n in range(1, 31))


def test_the_report_costs_the_same_number_of_queries_whatever_its_size(voted: Small) -> None:
    def queries() -> int:
        count: list[str] = []

        def note(*args: Any) -> None:
            count.append(args[2])

        event.listen(voted.db.get_bind(), "before_cursor_execute", note)
        gather(voted.db, voted.event)
        event.remove(voted.db.get_bind(), "before_cursor_execute", note)
        return len(count)

    before = queries()
    for number in range(10, 60):
        voted.proposal(f"more{number}", "ideas-n", number, "One more")
        voted.conclude(f"cc{number}", f"more{number}", "One more", "One more", position=number)
    assert queries() == before <= 36
