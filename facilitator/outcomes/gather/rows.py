"""All rows of one event that a report is made of, one query a table, and the names that everything has in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, func, select

from ... import snapshot
from ...store.models import (
    Ballot,
    Board,
    Comment,
    Conclusion,
    Day,
    Elector,
    Group,
    GuidingText,
    Lineage,
    MinorityReport,
    Organisation,
    Parked,
    Person,
    Pledge,
    Position,
    Proposal,
    Ratification,
    Ratified,
    Ratifier,
    Reaction,
    RoadmapItem,
    Session,
    Source,
    Tag,
    Theme,
    Verdict,
    Vote,
    Wording,
)
from .model import NOBODY, Who


class Rows:
    """Votes are not among them: results are counted by those who may count, and leave as figures only."""

    def __init__(self, db: Db, event: str) -> None:
        def rows(of_event: Any) -> Sequence[Any]:
            return db.execute(of_event).all()

        in_event = Day.event == event
        boards = (
            select(Board.id).join(Session, Session.id == Board.session).join(Day, Day.id == Session.day).where(in_event)
        )
        proposals = select(Proposal.id).where(Proposal.board.in_(boards))
        self.days = rows(select(*Day.__table__.c).where(in_event).order_by(Day.number))
        self.sessions = by("day", rows(
            select(*Session.__table__.c).join(Day, Day.id == Session.day).where(in_event).order_by(Session.number)
        ))  # fmt: skip
        self.boards = by("session", rows(
            select(*Board.__table__.c, Group.name.label("group_name"), Group.kind.label("group_kind"))
            .join(Group, Group.id == Board.group)
            .where(Board.id.in_(boards))
            .order_by(Group.number, Board.id)
        ))  # fmt: skip
        self.people = {p.id: p for p in rows(
            select(*Person.__table__.c).where(Person.event == event).order_by(Person.created_at, Person.id)
        )}  # fmt: skip
        self.named = snapshot.named(db, event)
        self.bodies = {o.id: o for o in rows(
            select(*Organisation.__table__.c).where(Organisation.event == event).order_by(Organisation.name)
        )}  # fmt: skip
        self.texts = by("key", rows(
            select(*GuidingText.__table__.c).where(GuidingText.event == event).order_by(GuidingText.version)
        ))  # fmt: skip
        cards = rows(snapshot.PROPOSALS.where(Proposal.board.in_(boards)).order_by(Proposal.number))
        # What is private still is not here: what is not here cannot leak. Who was late knows that the facilitator reads
        # it.
        shown = [card for card in cards if card.revealed_at is not None or _late(card)]
        self.proposals = by("board", shown)
        self.proposal = {card.id: card for card in shown}
        self.shared = {card.shared_from for card in shown if card.shared_from is not None and status(card) not in GONE}
        self.unrevealed = {
            board: sum(1 for card in private if card.withdrawn_at is None)
            for board, private in by("board", [card for card in cards if card.id not in self.proposal]).items()
        }
        self.parked = {
            parked.proposal: parked
            for parked in rows(select(*Parked.__table__.c).where(Parked.proposal.in_(proposals)))
        }
        self.themes = by("board", rows(
            select(*Theme.__table__.c)
            .where(Theme.board.in_(boards), Theme.dissolved_at.is_(None))
            .order_by(Theme.number)
        ))  # fmt: skip
        self.made_of: dict[str, list[str]] = {}
        for line in rows(select(Lineage.whole, Lineage.part).where(Lineage.whole.in_(proposals))):
            self.made_of.setdefault(line.whole, []).append(line.part)
        self.comments = by("proposal", rows(
            snapshot.COMMENTS.where(Comment.board.in_(boards)).order_by(Comment.at, Comment.id)
        ))  # fmt: skip
        self.reactions: dict[str, dict[str, int]] = {}
        for proposal, kind, people in rows(
            select(Reaction.proposal, Reaction.kind, func.count())
            .where(Reaction.proposal.in_(proposals))
            .group_by(Reaction.proposal, Reaction.kind)
        ):
            self.reactions.setdefault(proposal, {})[kind] = people
        self.plans = {
            plan.proposal: plan
            for plan in rows(select(*RoadmapItem.__table__.c).where(RoadmapItem.proposal.in_(proposals)))
        }
        self.pledges = by("proposal", rows(
            select(*Pledge.__table__.c)
            .where(Pledge.board.in_(boards), Pledge.withdrawn_at.is_(None))
            .order_by(Pledge.at, Pledge.id)
        ))  # fmt: skip
        self.conclusions = by("day", rows(
            select(*Conclusion.__table__.c)
            .join(Day, Day.id == Conclusion.day)
            .where(in_event, Conclusion.taken_back_at.is_(None))
            .order_by(Conclusion.position, Conclusion.at, Conclusion.id)
        ))  # fmt: skip
        of_conclusions = select(Conclusion.id).join(Day, Day.id == Conclusion.day).where(in_event)
        self.versions = by("of", rows(
            select(*Wording.__table__.c).where(Wording.of.in_(of_conclusions)).order_by(Wording.version)
        ))  # fmt: skip
        self.sources = by("conclusion", rows(
            select(*Source.__table__.c).where(Source.conclusion.in_(of_conclusions)).order_by(Source.number)
        ))  # fmt: skip
        self.tags = by("conclusion", rows(select(*Tag.__table__.c).where(Tag.conclusion.in_(of_conclusions))))
        self.minority = by("conclusion", rows(
            select(*MinorityReport.__table__.c)
            .where(MinorityReport.conclusion.in_(of_conclusions), MinorityReport.withdrawn_at.is_(None))
            .order_by(MinorityReport.at, MinorityReport.id)
        ))  # fmt: skip
        self.verdicts = by("conclusion", rows(
            select(*Verdict.__table__.c).where(Verdict.conclusion.in_(of_conclusions)).order_by(Verdict.number)
        ))  # fmt: skip
        self._read_ratifications(rows, in_event)
        self.ballots = by("board", rows(
            select(*Ballot.__table__.c).where(Ballot.board.in_(boards)).order_by(Ballot.opened_at, Ballot.round)
        ))  # fmt: skip
        ballots = select(Ballot.id).where(Ballot.board.in_(boards))
        self.electors: dict[str, int] = dict(rows(
            select(Elector.ballot, func.count()).where(Elector.ballot.in_(ballots)).group_by(Elector.ballot)
        ))  # fmt: skip
        voted = (
            select(Vote.ballot, func.count(func.distinct(Vote.voter)))
            .where(Vote.ballot.in_(ballots))
            .group_by(Vote.ballot)
        )
        self.voted: dict[str, int] = dict(rows(voted))
        self.entered: dict[str, int] = dict(rows(
            voted.join(Elector, (Elector.ballot == Vote.ballot) & (Elector.voter == Vote.voter))
            .where(Elector.entered_by.is_not(None))
        ))  # fmt: skip
        self.titles = {session.id: session.title for sessions in self.sessions.values() for session in sessions}
        self.codes, self.places = self._name_everything()
        self.promoted = self._promoted()

    def _read_ratifications(self, rows: Callable[[Any], Sequence[Any]], in_event: Any) -> None:
        """Positions are read of those only that are over."""
        self.ratifications = rows(
            select(*Ratification.__table__.c)
            .join(Day, Day.id == Ratification.day)
            .where(in_event)
            .order_by(Ratification.opened_at, Ratification.id)
        )
        every = select(Ratification.id).join(Day, Day.id == Ratification.day).where(in_event)
        closed = every.where(Ratification.closed_at.is_not(None))
        self.ratified = by("ratification", rows(select(*Ratified.__table__.c).where(Ratified.ratification.in_(every))))
        self.ratifiers = by("ratification", rows(
            select(*Ratifier.__table__.c).where(Ratifier.ratification.in_(every)).order_by(Ratifier.person)
        ))  # fmt: skip
        self.positions = by("ratification", rows(
            select(*Position.__table__.c).where(Position.ratification.in_(closed)).order_by(Position.person)
        ))  # fmt: skip
        self.heard: dict[str, int] = dict(rows(
            select(Position.ratification, func.count(func.distinct(Position.person)))
            .where(Position.ratification.in_(every))
            .group_by(Position.ratification)
        ))  # fmt: skip

    def who(self, person_id: str | None) -> Who:
        person = self.people.get(person_id)
        if person is None:
            return NOBODY
        if person.erased_at is not None:
            return Who(None, self.body(person.organisation), erased=True)
        return Who(person.name, self.body(person.organisation))

    def signed(self, row: Row[Any]) -> Who:
        """Who stands beside a contribution, as far as it was promised."""
        if row.names == "anonymous" or row.author is None:
            return NOBODY
        who = self.who(row.author)
        return who if row.names == "named" else Who(None, who.organisation)

    def body(self, organisation: str | None) -> str | None:
        found = self.bodies.get(organisation)
        return found.name if found is not None else None

    def _name_everything(self) -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
        """Code of each session, board and proposal; and (session's title, group's name) of each board."""
        codes: dict[str, str] = {}
        places: dict[str, tuple[str, str]] = {}
        for day in self.days:
            working = 0
            for session in self.sessions.get(day.id, ()):
                boards = self.boards.get(session.id, ())
                working += bool(boards)
                codes[session.id] = f"{day.number}.{working}" if boards else ""
                for index, board in enumerate(boards):
                    places[board.id] = (session.title, board.group_name)
                    codes[board.id] = f"{codes[session.id]}{_letters(index)}"
                    for proposal in self.proposals.get(board.id, ()):
                        codes[proposal.id] = f"{codes[board.id]}{proposal.number}"
        return codes, places

    def _promoted(self) -> dict[str, tuple[str, ...]]:
        """Proposal -> the codes of the conclusions that rest on it, also where it was merged into what became one, or
        stood under a theme that did."""
        promoted: dict[str, tuple[str, ...]] = {}
        for day in self.days:
            for place, conclusion in enumerate(self.conclusions.get(day.id, ()), start=1):
                code = f"C{day.number}.{place}"
                sources = self.sources[conclusion.id]
                behind = [part["proposal"] for source in sources for part in source.parts]
                for proposal in dict.fromkeys([*behind, *(source.proposal for source in sources if source.proposal)]):
                    promoted[proposal] = (*promoted.get(proposal, ()), code)
        return promoted


GONE = ("hidden", "withdrawn")
"""The statuses of what has a place in the report, and no text."""


def status(row: Row[Any]) -> Any:
    """How a proposal stands (`snapshot.status`), or that it is late: one that nobody admits stands nowhere."""
    found = snapshot.status(row)
    return "late" if found in ("standing", "parked") and _late(row) else found


def _late(row: Row[Any]) -> bool:
    return row.late_at is not None and row.admitted_at is None


def by(column: str, rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    grouped: dict[str, list[Row[Any]]] = {}
    for row in rows:
        grouped.setdefault(getattr(row, column), []).append(row)
    return grouped


def _letters(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA: a group's letter within its session."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
