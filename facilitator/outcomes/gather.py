"""What came out of an event, read from the tables once: everything that a report may say, and nothing more.

Secrecy is kept here, so that no format can break it:

- Votes leave as figures only. There is no voter, no order and no moment of a vote in an `Outcome`.
- A board's results are public if, and only if, its current step is a reveal. Before, and again when a vote goes on, its
  proposals have no `result`; how many have voted is known.
- What was withdrawn or hidden leaves its place and, if hidden, the reason; not its text. Where it had become a
  conclusion, the conclusion stands without the original text.

The figures of a conclusion are those of the moment when it was promoted, which was after a reveal.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection as Db
from sqlalchemy import Row, func, select

from ..domain import ballots
from ..domain.wording import Piece, difference
from ..store.models import (
    Ballot,
    Board,
    Conclusion,
    Day,
    Elector,
    Event,
    Group,
    Organisation,
    Person,
    Proposal,
    Session,
    Source,
    Vote,
    Wording,
    now_ms,
)

Status = Literal["standing", "withdrawn", "hidden"]


@dataclass(frozen=True)
class Who:
    """A person as the report names them."""

    name: str
    organisation: str | None


@dataclass(frozen=True)
class Result:
    """What a ballot said of one proposal. `tally` is `{dots, voters}` or `{agree, disagree, pass, voters}`; `of` is how
    many proposals were ranked."""

    rank: int
    tied: bool
    score: int
    tally: Mapping[str, int]
    of: int


@dataclass(frozen=True)
class OutcomeProposal:
    """`code` is its name in the report: day.session-group and its number of arrival. `text` is None unless it stands.
    `wordings` counts how many texts it has had. `conclusions` are the codes of the conclusions that it became."""

    id: str
    code: str
    number: int
    lane: str | None
    text: str | None
    author: Who
    at: int
    status: Status
    reason: str | None
    wordings: int
    imported: bool
    result: Result | None
    conclusions: tuple[str, ...]


@dataclass(frozen=True)
class OutcomeBallot:
    """`open`: people may vote now; `held`: there was a vote, its figures are in the proposals' results only if it was
    `revealed`; `none`: there was no vote. `electors` and `voted` count people; `few` means that so few voted that a
    secret vote may be guessed."""

    state: Literal["open", "held", "none"]
    revealed: bool
    kind: str | None = None
    budget: int | None = None
    cap: int | None = None
    secret: bool = True
    electors: int = 0
    voted: int = 0
    few: bool = False


@dataclass(frozen=True)
class OutcomeBoard:
    """What one group did in one session. `step` is the title of the step that it is in, None before the first."""

    id: str
    code: str
    group: str
    group_kind: str
    prompt: str
    activity: str
    step: str | None
    step_open: bool
    lanes: tuple[str, ...]
    ballot: OutcomeBallot
    proposals: tuple[OutcomeProposal, ...]

    def having(self, status: Status) -> tuple[OutcomeProposal, ...]:
        """The proposals of one status, in order of arrival."""
        return tuple(p for p in self.proposals if p.status == status)

    @property
    def ranked(self) -> tuple[OutcomeProposal, ...]:
        """The proposals with a result, best first; in order of arrival within a tie. Empty before the reveal."""
        return tuple(sorted((p for p in self.proposals if p.result), key=lambda p: (p.result or _NO_RESULT).rank))


@dataclass(frozen=True)
class OutcomeSession:
    """An agenda item. `starts_at` is planned, HH:MM in the event's place, or empty; `minutes` is its planned length."""

    id: str
    code: str
    number: int
    kind: str
    title: str
    description: str
    starts_at: str
    minutes: int
    opened_at: int | None
    closed_at: int | None
    boards: tuple[OutcomeBoard, ...]


@dataclass(frozen=True)
class Version:
    """One wording of a conclusion; the first is 1."""

    version: int
    text: str
    at: int
    by: Who


@dataclass(frozen=True)
class Provenance:
    """Where a conclusion comes from: the proposal as it was when promoted, and its figures as they were then. `text`
    and `author` are None if the proposal no longer stands. `figures` is None if no vote had been revealed."""

    proposal: str
    code: str
    status: Status
    text: str | None
    author: Who | None
    session: str
    group: str
    figures: Mapping[str, Any] | None


@dataclass(frozen=True)
class OutcomeConclusion:
    """`code` is C, the day and its place in the day's list. `diff` leads from the proposal's text to the wording; None
    if that text may not be shown any more."""

    id: str
    code: str
    wording: str
    at: int
    by: Who
    versions: tuple[Version, ...]
    diff: tuple[Piece, ...] | None
    source: Provenance


@dataclass(frozen=True)
class OutcomeDay:
    id: str
    number: int
    date: str
    title: str
    conclusions: tuple[OutcomeConclusion, ...]
    sessions: tuple[OutcomeSession, ...]

    @property
    def boards(self) -> tuple[OutcomeBoard, ...]:
        return tuple(board for session in self.sessions for board in session.boards)


@dataclass(frozen=True)
class OutcomeOrganisation:
    """`present` are the names of its people who came in; `expected` counts the participants on the roster."""

    name: str
    kind: str
    present: tuple[str, ...]
    expected: int


@dataclass(frozen=True)
class Outcome:
    """Everything that a report may say about an event, as it was at `gathered_at`."""

    id: str
    title: str
    place: str
    purpose: str
    sample: str | None
    gathered_at: int
    organisations: tuple[OutcomeOrganisation, ...]
    independent: tuple[str, ...]
    facilitators: tuple[str, ...]
    imported_people: int
    days: tuple[OutcomeDay, ...] = field(default_factory=tuple)

    @property
    def boards(self) -> tuple[OutcomeBoard, ...]:
        return tuple(board for day in self.days for board in day.boards)

    @property
    def present(self) -> int:
        """How many participants came in."""
        return len(self.independent) + sum(len(organisation.present) for organisation in self.organisations)


_NO_RESULT = Result(rank=1 << 30, tied=False, score=0, tally={}, of=0)


def gather(db: Db, event_id: str, at: int | None = None) -> Outcome:
    """Read the outcome of an event. Writes nothing; a fixed number of queries, however large the event.

    Args:
        at: the moment to give as `gathered_at`, in ms; now if None.

    Raises:
        LookupError: there is no such event.
    """
    event = db.execute(select(*Event.__table__.c).where(Event.id == event_id)).one_or_none()
    if event is None:
        raise LookupError(f"no event {event_id!r}")
    reading = _Reading(db, event_id)
    return Outcome(
        id=event.id,
        title=event.title,
        place=event.place,
        purpose=event.purpose,
        sample=event.sample,
        gathered_at=now_ms() if at is None else at,
        organisations=reading.organisations(),
        independent=reading.present(lambda p: p.role == "participant" and p.organisation is None),
        facilitators=reading.present(lambda p: p.role == "facilitator"),
        imported_people=sum(1 for p in reading.people.values() if p.origin == "import"),
        days=tuple(reading.day(day) for day in reading.days),
    )


class _Reading:
    """All rows of one event, one query a table, and how they hang together."""

    def __init__(self, db: Db, event: str) -> None:
        def rows(of_event: Any) -> Sequence[Any]:
            return db.execute(of_event).all()

        in_event = Day.event == event
        boards_of_event = (
            select(Board.id).join(Session, Session.id == Board.session).join(Day, Day.id == Session.day).where(in_event)
        )
        self.days = rows(select(*Day.__table__.c).where(in_event).order_by(Day.number))
        self.sessions = _by("day", rows(
            select(*Session.__table__.c).join(Day, Day.id == Session.day).where(in_event).order_by(Session.number)
        ))  # fmt: skip
        self.boards = _by("session", rows(
            select(*Board.__table__.c, Group.name.label("group_name"), Group.kind.label("group_kind"))
            .join(Group, Group.id == Board.group)
            .where(Board.id.in_(boards_of_event))
            .order_by(Group.number, Board.id)
        ))  # fmt: skip
        self.people = {p.id: p for p in rows(
            select(*Person.__table__.c).where(Person.event == event).order_by(Person.created_at, Person.id)
        )}  # fmt: skip
        self.bodies = {o.id: o for o in rows(
            select(*Organisation.__table__.c).where(Organisation.event == event).order_by(Organisation.name)
        )}  # fmt: skip
        proposals = rows(
            select(*Proposal.__table__.c).where(Proposal.board.in_(boards_of_event)).order_by(Proposal.number)
        )
        self.proposals = _by("board", proposals)
        self.proposal = {p.id: p for p in proposals}
        of_proposals = select(Proposal.id).where(Proposal.board.in_(boards_of_event))
        self.wordings: dict[str, int] = dict(rows(
            select(Wording.of, func.count()).where(Wording.of.in_(of_proposals)).group_by(Wording.of)
        ))  # fmt: skip
        conclusions = rows(
            select(*Conclusion.__table__.c, Source.proposal, Source.text, Source.figures)
            .join(Source, Source.conclusion == Conclusion.id)
            .join(Day, Day.id == Conclusion.day)
            .where(in_event, Conclusion.taken_back_at.is_(None))
            .order_by(Conclusion.position, Conclusion.at, Conclusion.id)
        )
        self.conclusions = _by("day", conclusions)
        of_conclusions = select(Conclusion.id).join(Day, Day.id == Conclusion.day).where(in_event)
        self.versions = _by("of", rows(
            select(*Wording.__table__.c).where(Wording.of.in_(of_conclusions)).order_by(Wording.version)
        ))  # fmt: skip
        all_ballots = rows(select(*Ballot.__table__.c).where(Ballot.board.in_(boards_of_event)))
        held = _by("board", all_ballots)
        self.ballot = {
            board.id: _ballot_of(board, held.get(board.id, ())) for boards in self.boards.values() for board in boards
        }
        of_ballots = select(Ballot.id).where(Ballot.board.in_(boards_of_event))
        self.electors: dict[str, int] = dict(rows(
            select(Elector.ballot, func.count()).where(Elector.ballot.in_(of_ballots)).group_by(Elector.ballot)
        ))  # fmt: skip
        self.voted: dict[str, int] = dict(rows(
            select(Vote.ballot, func.count(func.distinct(Vote.voter)))
            .where(Vote.ballot.in_(of_ballots))
            .group_by(Vote.ballot)
        ))  # fmt: skip
        # Only revealed ballots are read at all: what is not here cannot leak.
        revealed = [
            str(ballot.id)
            for boards in self.boards.values()
            for board in boards
            if _is_revealed(board) and (ballot := self.ballot[board.id]) is not None
        ]
        self.votes: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
        for start in range(0, len(revealed), 500):  # databases limit how many values a query may name
            for ballot, voter, proposal, value in rows(
                select(Vote.ballot, Vote.voter, Vote.proposal, Vote.value).where(
                    Vote.ballot.in_(revealed[start : start + 500])
                )
            ):
                self.votes[ballot].append((voter, proposal, value))
        self.codes, self.places = self._name_everything()
        self.promoted = self._promoted()

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
        """Proposal -> the codes of the conclusions that it became."""
        promoted: dict[str, tuple[str, ...]] = {}
        for day in self.days:
            for place, conclusion in enumerate(self.conclusions.get(day.id, ()), start=1):
                code = f"C{day.number}.{place}"
                promoted[conclusion.proposal] = (*promoted.get(conclusion.proposal, ()), code)
        return promoted

    # --- people -------------------------------------------------------------------------------------------------

    def who(self, person_id: str) -> Who:
        person = self.people.get(person_id)
        if person is None:
            return Who("?", None)
        body = self.bodies.get(person.organisation)
        return Who(person.name, body.name if body is not None else None)

    def present(self, which: Any) -> tuple[str, ...]:
        return tuple(
            person.name
            for person in self.people.values()
            if person.joined_at is not None and person.origin != "import" and which(person)
        )

    def organisations(self) -> tuple[OutcomeOrganisation, ...]:
        return tuple(
            OutcomeOrganisation(
                name=body.name,
                kind=body.kind,
                present=self.present(lambda p, body=body: p.role == "participant" and p.organisation == body.id),
                expected=sum(
                    1
                    for p in self.people.values()
                    if p.organisation == body.id and p.role == "participant" and p.origin != "import"
                ),
            )
            for body in self.bodies.values()
        )

    # --- days, sessions, boards ---------------------------------------------------------------------------------

    def day(self, row: Row[Any]) -> OutcomeDay:
        return OutcomeDay(
            id=row.id,
            number=row.number,
            date=row.date,
            title=row.title,
            conclusions=tuple(
                self.conclusion(conclusion, f"C{row.number}.{place}")
                for place, conclusion in enumerate(self.conclusions.get(row.id, ()), start=1)
            ),
            sessions=tuple(self.session(session) for session in self.sessions.get(row.id, ())),
        )

    def session(self, row: Row[Any]) -> OutcomeSession:
        return OutcomeSession(
            id=row.id,
            code=self.codes[row.id],
            number=row.number,
            kind=row.kind,
            title=row.title,
            description=row.description,
            starts_at=row.starts_at,
            minutes=row.minutes,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            boards=tuple(self.board(board) for board in self.boards.get(row.id, ())),
        )

    def board(self, row: Row[Any]) -> OutcomeBoard:
        step = _step(row)
        ballot = self.ballot_card(row)
        results = self.results(row) if ballot.revealed else {}
        lanes = {lane["id"]: lane["title"] for lane in row.lanes}
        return OutcomeBoard(
            id=row.id,
            code=self.codes[row.id],
            group=row.group_name,
            group_kind=row.group_kind,
            prompt=row.prompt,
            activity=row.activity["title"],
            step=step["title"] if step else None,
            step_open=bool(step and row.step_open),
            lanes=tuple(lanes.values()),
            ballot=ballot,
            proposals=tuple(
                OutcomeProposal(
                    id=p.id,
                    code=self.codes[p.id],
                    number=p.number,
                    lane=lanes.get(p.lane, p.lane),
                    text=p.text if _status(p) == "standing" else None,
                    author=self.who(p.author),
                    at=p.at,
                    status=_status(p),
                    reason=p.hidden_reason,
                    wordings=self.wordings.get(p.id, 1),
                    imported=p.imported is not None,
                    result=results.get(p.id),
                    conclusions=self.promoted.get(p.id, ()),
                )
                for p in self.proposals.get(row.id, ())
            ),
        )

    def ballot_card(self, board: Row[Any]) -> OutcomeBallot:
        ballot = self.ballot[board.id]
        if ballot is None:
            return OutcomeBallot(state="none", revealed=False)
        step = _step(board)
        running = bool(step and step["kind"] == "vote" and board.step_open)
        voted = self.voted.get(ballot.id, 0)
        return OutcomeBallot(
            state="open" if running else "held",
            revealed=_is_revealed(board),
            kind=ballot.kind,
            budget=ballot.budget,
            cap=ballot.cap,
            secret=ballot.secret,
            electors=self.electors.get(ballot.id, 0),
            voted=voted,
            few=ballot.secret and voted < ballots.FEW_VOTERS,
        )

    def results(self, board: Row[Any]) -> dict[str, Result]:
        """Proposal -> its result, counted from the stored votes. Only for a revealed board."""
        ballot = self.ballot[board.id]
        assert ballot is not None
        standing = [p.id for p in self.proposals.get(board.id, ()) if _status(p) == "standing"]
        rules = ballots.BallotRules(ballot.kind, ballot.budget, ballot.cap)
        ranked = ballots.rank(rules, standing, self.votes[ballot.id])
        return {
            row["proposal"]: Result(
                rank=row["rank"],
                tied=row["tied"],
                score=row["score"],
                tally={key: row[key] for key in row if key not in ("proposal", "rank", "tied", "score")},
                of=len(ranked),
            )
            for row in ranked
        }

    # --- conclusions --------------------------------------------------------------------------------------------

    def conclusion(self, row: Row[Any], code: str) -> OutcomeConclusion:
        proposal = self.proposal[row.proposal]
        status = _status(proposal)
        session, group = self.places[proposal.board]
        standing = status == "standing"
        return OutcomeConclusion(
            id=row.id,
            code=code,
            wording=row.wording,
            at=row.at,
            by=self.who(row.by),
            versions=tuple(Version(v.version, v.text, v.at, self.who(v.by)) for v in self.versions.get(row.id, ())),
            diff=tuple(difference(row.text, row.wording)) if standing else None,
            source=Provenance(
                proposal=proposal.id,
                code=self.codes[proposal.id],
                status=status,
                text=row.text if standing else None,
                author=self.who(proposal.author) if standing else None,
                session=session,
                group=group,
                figures=row.figures,
            ),
        )


def _by(column: str, rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    grouped: dict[str, list[Row[Any]]] = {}
    for row in rows:
        grouped.setdefault(getattr(row, column), []).append(row)
    return grouped


def _status(proposal: Row[Any]) -> Status:
    if proposal.hidden_at is not None:
        return "hidden"
    return "withdrawn" if proposal.withdrawn_at is not None else "standing"


def _step(board: Row[Any]) -> Mapping[str, Any] | None:
    return next((step for step in board.activity["steps"] if step["id"] == board.step), None)


def _is_revealed(board: Row[Any]) -> bool:
    step = _step(board)
    return step is not None and step["kind"] == "reveal"


def _ballot_of(board: Row[Any], held: Sequence[Row[Any]]) -> Row[Any] | None:
    """The ballot that the current step is about: its own, or that of the nearest vote step before it. If the board has
    gone back to before its vote, the last one held: it took place, though its result is not shown."""
    by_step = {ballot.step: ballot for ballot in held}
    steps = [step["id"] for step in board.activity["steps"]]
    so_far = steps[: steps.index(board.step) + 1] if board.step in steps else []
    current = next((by_step[step] for step in reversed(so_far) if step in by_step), None)
    if current is not None or _is_revealed(board):
        return current
    return max(held, key=lambda ballot: ballot.opened_at, default=None)


def _letters(index: int) -> str:
    """0 -> A, 25 -> Z, 26 -> AA: a group's letter within its session."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
