"""How long a large event's report takes: 1,000 proposals and 20,000 votes, gathered and written in every format.

python tests/bench/report.py                                   # figures
python tests/bench/report.py --proposals 300 --votes 4000 --save build/report
"""

from __future__ import annotations

import argparse
import random
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session as Db

from facilitator.domain import ballots
from facilitator.library import frameworks, load_activity, load_agenda, rehearsal_texts
from facilitator.outcomes import FORMATS, compile_report, gather
from facilitator.store import models as m

START = 1_467_702_000_000  # 2016-07-05 07:00 UTC
T = TypeVar("T")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--proposals", type=int, default=1000)
    parser.add_argument("--votes", type=int, default=20_000)
    parser.add_argument("--save", type=Path, help="folder to write the files to")
    args = parser.parse_args()

    engine = create_engine("sqlite://")
    m.Base.metadata.create_all(engine)
    with Db(engine) as db:
        event = LargeEvent(db, args.proposals, args.votes)
        print(f"{event.proposals} proposals, {event.votes} votes, {event.conclusions} conclusions")
        outcome = timed("gather", lambda: gather(db, event.id))
    timed("compile", lambda: compile_report(outcome))
    for name, format in FORMATS.items():
        body = timed(f"compile and write {name}", lambda format=format: format.write(outcome))
        print(f"{'':28}{len(body) / 1000:10.0f} kB")
        if args.save:
            args.save.mkdir(parents=True, exist_ok=True)
            (args.save / f"report.{name}").write_bytes(body)


def timed(what: str, run: Callable[[], T]) -> T:
    started = time.perf_counter()
    result = run()
    print(f"{what:28}{1000 * (time.perf_counter() - started):10.0f} ms")
    return result


class LargeEvent:
    """The model event as if it had happened, with as many proposals and votes as asked for. Same numbers every time."""

    def __init__(self, db: Db, proposals: int, votes: int) -> None:
        self.db, self.dice = db, random.Random(2016)
        self.texts = rehearsal_texts()
        self.id = m.new_id()
        self.proposals = self.votes = self.conclusions = 0
        self.made: list[tuple[str, str]] = []
        self.homes: dict[str, str | None] = {}
        self.last: list[tuple[str, str]] = []
        agenda = load_agenda("barcelona_2016")
        self.add(
            m.Event, id=self.id, title=agenda.title, place=agenda.place, purpose=agenda.purpose, sample=agenda.sample,
            created_at=START, frameworks=[framework.data() for framework in frameworks()],
        )  # fmt: skip
        bodies = {
            o.name: self.add(m.Organisation, id=m.new_id(), event=self.id, name=o.name, kind=o.kind)
            for o in agenda.organisations
        }
        groups = {
            g.name: self.add(m.Group, id=m.new_id(), event=self.id, name=g.name, kind=g.kind, number=n)
            for n, g in enumerate(agenda.groups)
        }
        self.members: dict[str, list[str]] = {name: [] for name in groups}
        for person in agenda.people:
            who = m.new_id()
            self.add(
                m.Person, id=who, event=self.id, name=person.name, role=person.role, origin="roster",
                organisation=bodies.get(person.organisation or ""), link=0, link_hash=who, joined_at=START,
                created_at=START,
            )  # fmt: skip
            if person.role == "facilitator":
                self.facilitator = who
            self.homes[who] = bodies.get(person.organisation or "")
            if person.role == "participant":
                self.members["Plenary"].append(who)
                for seat in person.seats:
                    self.members[seat.group].append(who)
        boards = sum(len(s.boards) for d in agenda.days for s in d.sessions)
        for number, day in enumerate(agenda.days, start=1):
            day_id = self.add(m.Day, id=m.new_id(), event=self.id, number=number, date=day.date, title=day.title)
            position = 0
            for place, session in enumerate(day.sessions, start=1):
                session_id = self.add(
                    m.Session, id=m.new_id(), day=day_id, number=place, kind=session.kind, title=session.title,
                    description=session.description, starts_at=session.starts_at, minutes=session.minutes,
                )  # fmt: skip
                for board in session.boards:
                    boards_left = boards
                    share = round((proposals - self.proposals) / boards_left)
                    votes_share = round((votes - self.votes) / boards_left)
                    boards -= 1
                    approval = session.title.startswith("Are the four")
                    name = "imported_conversation" if approval else "brainstorm_and_dot_vote"
                    activity = load_activity(name)
                    hints = (board.prompt, board.group, session.title)
                    if session.title.startswith("Are the four"):
                        self.alignment(session_id, groups[board.group], board)
                        continue
                    won = self.board(session_id, groups[board.group], board, activity, hints, share, votes_share)
                    if won:
                        self.conclude(day_id, position, *won)
                        position += 1
                    if session.title.startswith("How to implement"):
                        self.plan(board.group, list(bodies.values()))
            self.ratify(day_id)

    def board(
        self, session: str, group: str, sheet: Any, activity: Any, hints: tuple[str, ...], count: int, votes: int
    ) -> tuple[str, str, str, str, dict[str, Any]] | None:
        board, dice, people = m.new_id(), self.dice, self.members[sheet.group]
        self.add(
            m.Board, id=board, session=session, group=group, prompt=sheet.prompt,
            lanes=sheet.board_lanes(), activity=activity.data(), step="reveal", step_open=True,
        )  # fmt: skip
        pool = list(self.texts.about(*hints))
        dice.shuffle(pool)
        ids = []
        for number in range(1, count + 1):
            text = pool[(number - 1) % len(pool)] + (f" ({number})" if number > len(pool) else "")
            ids.append((str(uuid.UUID(int=dice.getrandbits(128))), text))
            self.add(
                m.Proposal, id=ids[-1][0], board=board, text=text, author=dice.choice(people), number=number,
                lane=dice.choice(sheet.lanes).id if sheet.lanes else None, at=START + 20_000 * number,
                revealed_at=START,
                withdrawn_at=START if number % 29 == 0 else None,
                hidden_at=START if number % 37 == 0 else None,
                hidden_by=self.facilitator if number % 37 == 0 else None,
                hidden_reason="Names a colleague in an unfriendly way" if number % 37 == 0 else None,
            )  # fmt: skip
        self.proposals += count
        self.last = ids
        rules = activity.steps[1].settings.rules
        ballot = self.add(
            m.Ballot, id=m.new_id(), board=board, step="vote", kind=rules.kind, rules=rules.data(), counted_at=START,
            opened_at=START, closed_at=START,
        )  # fmt: skip
        # More electors than seats if that many votes are wanted: the figures matter here, not the people.
        pairs = [(who, proposal) for who in people for proposal, _ in ids]
        while len(pairs) < votes:
            extra = self.add(
                m.Person, id=(who := m.new_id()), event=self.id, name="Extra", role="observer", origin="rehearsal",
                link=0, link_hash=who, created_at=START,
            )  # fmt: skip
            people = [*people, extra]
            pairs += [(extra, proposal) for proposal, _ in ids]
        weights = [dice.random() ** 2 for _ in pairs]
        cast = [pair for _, pair in sorted(zip(weights, pairs, strict=True), reverse=True)[:votes]]
        self.insert(m.Elector, [self.elector(ballot, who) for who in people])
        values = (1, 1, 2) if rules.kind == "dots" else (1, 1, 0, -1)
        rows = [{"ballot": ballot, "voter": who, "proposal": p, "value": dice.choice(values)} for who, p in cast]
        self.insert(m.Vote, rows)
        self.votes += len(rows)
        standing = [p for n, (p, _) in enumerate(ids, start=1) if n % 29 and n % 37]
        if not standing:
            return None
        votes_cast = [ballots.Vote(row["voter"], row["proposal"], "", row["value"]) for row in rows]
        ranked = ballots.count(
            rules, standing, votes_cast, [ballots.Elector(who, self.homes.get(who), False) for who in people]
        )["ranked"]
        best = dict(ranked[0])
        proposal = best.pop("proposal")
        figures = {
            "kind": rules.kind, **best, "voted": len({r["voter"] for r in rows}), "electors": len(people),
            "of": len(ranked),
        }  # fmt: skip
        return board, proposal, dict(ids)[proposal], ballot, figures

    def conclude(
        self, day: str, position: int, board: str, proposal: str, text: str, ballot: str, figures: dict[str, Any]
    ) -> None:
        self.conclusions += 1
        wordings = [text]
        if position % 2:
            wordings.append(f"{text}, with a first report to the Board in 2017.")
        conclusion = str(uuid.UUID(int=self.dice.getrandbits(128)))
        self.made.append((conclusion, day))
        self.add(
            m.Conclusion,
            id=conclusion,
            day=day,
            kind=self.dice.choice(("conclusion", "decision", "recommendation", "action")),
            position=position,
            wording=wordings[-1],
            by=self.facilitator,
            at=START,
        )
        self.add(
            m.Source, conclusion=conclusion, number=1, kind="proposal", board=board, proposal=proposal, text=text,
            parts=[], ballot=ballot, figures=figures, by=self.facilitator, at=START,
        )  # fmt: skip
        for version, wording in enumerate(wordings, start=1):
            self.add(m.Wording, of=conclusion, version=version, text=wording, by=self.facilitator, at=START)

    def alignment(self, session: str, group: str, sheet: Any) -> None:
        """What the group's people think of the four areas, by mission and vision."""
        board, dice = m.new_id(), self.dice
        self.add(
            m.Board, id=board, session=session, group=group, prompt=sheet.prompt, lanes=sheet.board_lanes(),
            activity=sheet.activity.data(), step="reveal", step_open=True,
        )  # fmt: skip
        rules = sheet.activity.steps[1].settings.rules
        ballot = self.add(
            m.Ballot, id=m.new_id(), board=board, step="rate", kind="scale", rules=rules.data(), counted_at=START,
            opened_at=START, closed_at=START,
        )  # fmt: skip
        people = self.members[sheet.group]
        self.insert(m.Elector, [self.elector(ballot, who) for who in people])
        for number, lane in enumerate(sheet.board_lanes(), start=1):
            item = self.add(
                m.Proposal, id=str(uuid.UUID(int=dice.getrandbits(128))), board=board, kind="given", key=lane["id"],
                text=lane["title"], number=number, at=START, revealed_at=START,
            )  # fmt: skip
            for criterion in rules.criteria:
                usual = dice.choice((2, 3, 4, 4))
                rows = [
                    {"ballot": ballot, "voter": who, "proposal": item, "criterion": criterion.id,
                     "value": min(5, max(0, usual + dice.choice((-1, 0, 0, 1))))}
                    for who in people if dice.random() < 0.9
                ]  # fmt: skip
                self.insert(m.Vote, rows)
                self.votes += len(rows)

    def plan(self, group: str, bodies: list[str]) -> None:
        """The last board's first proposals have a place on the roadmap."""
        dice = self.dice
        for number, (proposal, _text) in enumerate(self.last[:6]):
            self.add(
                m.RoadmapItem, proposal=proposal, lead=dice.choice(bodies), partners=dice.sample(bodies, 2),
                year=2017 + number // 2, quarter=dice.choice((1, 2, 3, 4, None)), effort=dice.randint(1, 5),
                impact=dice.randint(1, 5), first_step="Name one person in charge", by=self.facilitator, at=START,
            )  # fmt: skip

    def ratify(self, day: str) -> None:
        """The whole room is asked about the day's conclusions; a few object, one of them in a minority report."""
        dice, found = self.dice, [id for id, of in self.made if of == day]
        if not found:
            return
        people = self.members["Plenary"]
        asked = self.add(
            m.Ratification, id=str(uuid.UUID(int=dice.getrandbits(128))), day=day, number=1, quorum_people=50,
            quorum_organisations=50, support=75, by=self.facilitator, opened_at=START, closed_at=START,
        )  # fmt: skip
        self.insert(m.Ratifier, [
            {"ratification": asked, "person": who, "organisation": self.homes.get(who)} for who in people
        ])  # fmt: skip
        tags = [(framework.key, tag.key) for framework in frameworks() for tag in framework.tags]
        for conclusion in found:
            self.add(m.Ratified, ratification=asked, conclusion=conclusion, version=1)
            objections = dice.choice((0.0, 0.03, 0.3))
            for who in people:
                if dice.random() < 0.9:
                    value = 0 if dice.random() < objections else dice.choice((3, 3, 3, 2))
                    reason = None if value else "It costs more than small members can pay."
                    row = {"ratification": asked, "person": who, "conclusion": conclusion}
                    self.add(m.Position, **row, value=value, reason=reason)
            for framework, tag in dice.sample(tags, 3):
                row = {"conclusion": conclusion, "framework": framework, "tag": tag}
                self.add(m.Tag, **row, by=self.facilitator, at=START)
        self.add(
            m.MinorityReport, id=str(uuid.UUID(int=dice.getrandbits(128))), conclusion=found[0], by=people[3], at=START,
            text="We support the aim, and not the calendar: small members need two years more, and a fund.",
        )  # fmt: skip
        self.add(
            m.Verdict, conclusion=found[0], number=1, verdict="adopted", body="Board of Directors", at=START,
            reason="To be reported on every year.", by=self.facilitator,
        )  # fmt: skip

    def elector(self, ballot: str, who: str) -> dict[str, Any]:
        return {"ballot": ballot, "voter": who, "person": who, "organisation": self.homes.get(who)}

    def add(self, table: Any, **values: Any) -> str:
        self.db.execute(insert(table.__table__).values(**values))
        return str(values.get("id", ""))

    def insert(self, table: Any, rows: list[dict[str, Any]]) -> None:
        if rows:
            self.db.execute(insert(table.__table__), rows)


if __name__ == "__main__":
    main()
