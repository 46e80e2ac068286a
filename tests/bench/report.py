"""How long a large event's report takes, and how much memory: 64 people, 1,000 proposals, 20,000 votes and 100
pictures, gathered and written in every format, each by a process of its own.

python tests/bench/report.py                                   # figures, and whether they are within the limits
python tests/bench/report.py --formats html pdf --times 3      # the quickest of three
python tests/bench/report.py --proposals 300 --votes 4000 --save build/report

`by the clock` and `processor` (user and system) go from the first query to the end of the process; `start` is what it
needs before, its imports. `memory` is the most that the process held. The limits are those of a full record: HTML in
2 s, PDF in 5 s, 500 MB; ratios are against them. Where other processes wait for the processor too, the clock says
little: a verdict says so where the processor time alone is within the limit. Exit code 1 where neither is.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))  # measures this tree, whatever else is installed

from PIL import Image
from sqlalchemy import Connection as Db
from sqlalchemy import insert

from facilitator.domain import ballots
from facilitator.library import frameworks, load_activity, load_agenda, rehearsal_texts
from facilitator.outcomes import DEPTHS, FORMATS
from facilitator.settings import Settings
from facilitator.store import models as m
from facilitator.store.db import Store

ROOT = Path(__file__).resolve().parents[2]
START = 1_467_702_000_000  # 2016-07-05 07:00 UTC

WATCHED = Path(__file__).with_name("watched.py")

SECONDS = {"html": 2.0, "pdf": 5.0}
MEGABYTES = 500


@dataclass(frozen=True)
class Made:
    """What one file took: seconds by the clock and of the processor, with and without the start; the most memory, in
    MB; how large the file is, in kB."""

    wall: float
    processor: float
    start_wall: float
    start_processor: float
    gathered: float
    memory: float
    size: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--proposals", type=int, default=1000)
    parser.add_argument("--votes", type=int, default=20_000)
    parser.add_argument("--pictures", type=int, default=100)
    parser.add_argument("--depth", choices=DEPTHS, default="record")
    parser.add_argument("--formats", nargs="*", default=list(FORMATS))
    parser.add_argument("--times", type=int, default=1, help="how often each is made; the quickest counts")
    parser.add_argument("--save", type=Path, help="folder to write the files to")
    args = parser.parse_args()

    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), secret_key="k" * 40)
        store = Store(settings)
        store.migrate()
        with store.writing() as db:
            event = LargeEvent(db, args.proposals, args.votes)
            add_pictures(db, event, settings.data, args.pictures)
        store.close()
        counts = f"{event.proposals} proposals, {event.votes} votes, {event.conclusions} conclusions"
        print(f"{counts}, {args.pictures} pictures; {args.depth}; load average {os.getloadavg()[0]:.1f}")
        within = True
        for name in args.formats:
            target = args.save / f"report.{name}" if args.save else Path(folder) / "file"
            target.parent.mkdir(parents=True, exist_ok=True)
            made = min(
                (measured(settings, name, event.id, args.depth, target) for _ in range(args.times)),
                key=lambda one: one.processor,
            )
            print(
                f"{name:5} by the clock {made.wall:5.2f} s (gathered in {made.gathered:.2f} s), processor "
                f"{made.processor:5.2f} s, memory {made.memory:4.0f} MB, {made.size:7,.0f} kB; "
                f"start {made.start_wall:.2f} s, processor {made.start_processor:.2f} s"
            )
            for said, passed in verdicts(name, made):
                print(f"      {'pass' if passed else 'FAIL'}: {said}")
                within = within and passed
        print(f"load average {os.getloadavg()[0]:.1f}")
    sys.exit(0 if within else 1)


def verdicts(name: str, made: Made) -> Iterator[tuple[str, bool]]:
    """What is asked of a format, how far it is from there, and whether it is reached."""
    yield f"memory {made.memory / MEGABYTES:.2f} of {MEGABYTES} MB", made.memory < MEGABYTES
    if (limit := SECONDS.get(name)) is not None:
        ratios = f"clock {made.wall / limit:.2f}, processor {made.processor / limit:.2f} of {limit:.0f} s"
        if made.processor < limit <= made.wall:
            ratios += "; the clock is over it, on a machine that others use too"
        yield ratios, min(made.wall, made.processor) < limit


def measured(settings: Settings, format: str, event: str, depth: str, target: Path) -> Made:
    """Have one file made, by the program that the server starts for it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        words = [sys.executable, "-I", str(WATCHED), name]
        words += [sys.executable, "-m", "facilitator.reports.make", event, format, depth, "en", name]
        done = subprocess.run(
            words, cwd=ROOT, env=os.environ | settings.environ(), stdout=subprocess.PIPE, text=True, check=True
        )
        told = json.loads(done.stdout)
        if told["code"] != 0:
            raise SystemExit(f"{format} failed with code {told['code']}")
        shutil.copy(folder / "file", target)
    stages = told["stages"]
    start, after = stages["reading"], stages.get("compiling", stages["writing"])
    return Made(
        wall=told["wall"] - start[0],
        processor=told["processor"] - start[1],
        start_wall=start[0],
        start_processor=start[1],
        gathered=after[0] - start[0],
        memory=told["memory"],
        size=target.stat().st_size / 1000,
    )


def add_pictures(db: Any, event: LargeEvent, data: Path, count: int) -> None:
    """Pictures as busy as photographs of a room are, all of them chosen for the report."""
    (data / "pictures").mkdir(exist_ok=True)
    dice = random.Random(2017)
    for number in range(count):
        upright = number % 5 == 4
        width, height = (600, 800) if upright else (800, 600)
        noise = Image.effect_noise((width // 6, height // 6), 60).resize((width, height))
        photo = Image.merge("RGB", [noise.rotate(90 * turn, expand=False) for turn in range(3)])
        photo.save(data / "pictures" / f"{number:032x}-{width}.jpg", "JPEG", quality=82)
        event.add(
            m.Picture, id=str(uuid.UUID(int=dice.getrandbits(128))), event=event.id, caption=f"At the tables, {number}",
            alt="People around a table with a map on it", file=f"{number:032x}", sizes=[[width, height]],
            session=dice.choice(event.sessions), author=event.facilitator, at=START + number, used_at=START,
            used_by=event.facilitator,
        )  # fmt: skip


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
        self.sessions: list[str] = []
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
                self.sessions.append(session_id)
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
