"""What came out of an event, read from the tables once: everything that a report may say, and nothing more.

Secrecy is kept here, so that no format can break it:

- Votes leave as figures only. There is no voter, no order and no moment of a vote in an `Outcome`, but for a ballot
  that was held with names, whose voters everybody has seen.
- A ballot's results are public from the reveal on (`domain.steps.public_ballots`). Before, and again when the board has
  gone back, how many have voted is known, and no more.
- Of a ratification that runs, how many have taken a position is known; of one that is over, figures, and reasons
  without names. Who puts a minority report beside a conclusion does so under their name.
- What was withdrawn or hidden leaves its place and, if hidden, the reason; not its text. Where it had become a
  conclusion, the conclusion stands without the original text.
- What was written without a name has none here, and what is still private is not here.
- Among those who took part stand by name only those who have agreed to it.
- Of the board of an overlay group there is what it has shared with the others, and what has become a conclusion; the
  rest is its own.
- Of the pictures those are here that a facilitator has chosen and that still stand.

The figures of a conclusion are those of the moment when it was promoted, which was after a reveal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, select

from ... import snapshot
from ...domain.steps import public_ballots
from ...store.models import Event, now_ms
from .conclusions import Conclusions, closing, parked
from .model import (
    Outcome,
    OutcomeAsking,
    OutcomeBallot,
    OutcomeBoard,
    OutcomeClosing,
    OutcomeComment,
    OutcomeConclusion,
    OutcomeDay,
    OutcomeFramework,
    OutcomeFrameworkTag,
    OutcomeMinority,
    OutcomeOrganisation,
    OutcomeParked,
    OutcomePicture,
    OutcomePlan,
    OutcomePledge,
    OutcomeProposal,
    OutcomeRatification,
    OutcomeSession,
    OutcomeSource,
    OutcomeTag,
    OutcomeText,
    OutcomeVerdict,
    SourcePart,
    Version,
    Who,
)
from .rows import GONE, Rows, status

__all__ = [
    "Outcome",
    "OutcomeAsking",
    "OutcomeBallot",
    "OutcomeBoard",
    "OutcomeClosing",
    "OutcomeComment",
    "OutcomeConclusion",
    "OutcomeDay",
    "OutcomeFramework",
    "OutcomeFrameworkTag",
    "OutcomeMinority",
    "OutcomeOrganisation",
    "OutcomeParked",
    "OutcomePicture",
    "OutcomePlan",
    "OutcomePledge",
    "OutcomeProposal",
    "OutcomeRatification",
    "OutcomeSession",
    "OutcomeSource",
    "OutcomeTag",
    "OutcomeText",
    "OutcomeVerdict",
    "SourcePart",
    "Version",
    "Who",
    "gather",
]


def gather(db: Db, event_id: str, at: int | None = None, data: Path | None = None) -> Outcome:
    """Read the outcome of an event. Writes nothing; one query a table and a few a public ballot, however large it is.

    Args:
        at: the moment to give as `gathered_at`, in ms; now if None.
        data: the installation's data folder, in which its pictures lie; without it they are told of, and not shown.

    Raises:
        LookupError: there is no such event.
    """
    event = db.execute(select(*Event.__table__.c).where(Event.id == event_id)).one_or_none()
    if event is None:
        raise LookupError(f"no event {event_id!r}")
    reading = _Reading(db, event_id, event.frameworks)
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
        imported_people=sum(1 for p in reading.rows.people.values() if p.origin == "import" and p.name),
        texts=reading.texts(),
        frameworks=reading.conclusions.coverage(),
        days=tuple(reading.day(day) for day in reading.rows.days),
        pictures=tuple(reading.picture(card, data) for card in snapshot.pictures_for_report(db, event_id)),
        erased=tuple(sorted(p.erased_at for p in reading.rows.people.values() if p.erased_at is not None)),
    )


class _Reading:
    def __init__(self, db: Db, event: str, frameworks: list[dict[str, Any]]) -> None:
        self.db = db
        self.rows = Rows(db, event)
        self.conclusions = Conclusions(self.rows, frameworks)

    # --- people and texts ---------------------------------------------------------------------------------------

    def present(self, which: Callable[[Row[Any]], bool]) -> tuple[str | None, ...]:
        """The names of those who came and agree to be named; None for each of the others."""
        return tuple(
            person.name if person.id in self.rows.named else None
            for person in self.rows.people.values()
            if person.joined_at is not None and person.origin != "import" and which(person)
        )

    def organisations(self) -> tuple[OutcomeOrganisation, ...]:
        return tuple(
            OutcomeOrganisation(
                name=body.name,
                kind=body.kind,
                present=self.present(lambda p, id=body.id: p.role == "participant" and p.organisation == id),  # type: ignore[misc]
                expected=sum(
                    1
                    for p in self.rows.people.values()
                    if p.organisation == body.id and p.role == "participant" and p.origin != "import"
                ),
            )
            for body in self.rows.bodies.values()
        )

    def texts(self) -> tuple[OutcomeText, ...]:
        return tuple(
            OutcomeText(
                key=key,
                title=versions[-1].title,
                versions=tuple(
                    Version(v.version, v.text, v.at, self.rows.who(v.by) if v.by is not None else None)
                    for v in versions
                ),
            )
            for key, versions in self.rows.texts.items()
        )

    def picture(self, card: Mapping[str, Any], data: Path | None) -> OutcomePicture:
        rows = self.rows
        file = data / card["path"] if data is not None else None
        session, group = rows.places.get(card["board"], (rows.titles.get(card["session"]), None))
        return OutcomePicture(
            id=card["id"],
            caption=card["caption"],
            alt=card["alt"],
            session=session,
            group=group,
            author=rows.who(card["author"]),
            at=card["at"],
            width=card["width"],
            height=card["height"],
            file=str(file) if file is not None and file.is_file() else None,
        )

    # --- days, sessions, boards ---------------------------------------------------------------------------------

    def day(self, row: Row[Any]) -> OutcomeDay:
        return OutcomeDay(
            id=row.id,
            number=row.number,
            date=row.date,
            title=row.title,
            conclusions=self.conclusions.of_day[row.id],
            asking=self.conclusions.asking(row.id),
            parked=tuple(parked(self.rows, row.id)),
            closing=closing(self.rows, row),
            sessions=tuple(self.session(session) for session in self.rows.sessions.get(row.id, ())),
        )

    def session(self, row: Row[Any]) -> OutcomeSession:
        return OutcomeSession(
            id=row.id,
            code=self.rows.codes[row.id],
            number=row.number,
            kind=row.kind,
            title=row.title,
            description=row.description,
            starts_at=row.starts_at,
            minutes=row.minutes,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            boards=tuple(self.board(board) for board in self.rows.boards.get(row.id, ())),
        )

    def board(self, row: Row[Any]) -> OutcomeBoard:
        step = next((step for step in row.activity["steps"] if step["id"] == row.step), None)
        own = row.group_kind == "overlay"
        ballots = () if own else tuple(self.ballots(row))
        lanes = {lane["id"]: lane["title"] for lane in row.lanes}
        themes = {theme.id: theme.name for theme in self.rows.themes.get(row.id, ())}
        results = {
            counted["proposal"]: (ballot, counted)
            for ballot in ballots
            if ballot.counted is not None
            for counted in ballot.counted["ranked"]
        }
        return OutcomeBoard(
            id=row.id,
            code=self.rows.codes[row.id],
            group=row.group_name,
            group_kind=row.group_kind,
            prompt=row.prompt,
            activity=row.activity["title"],
            step=step["title"] if step else None,
            step_open=bool(step and row.step_open),
            lanes=tuple(lanes.values()),
            themes=() if own else tuple(themes.values()),
            rapporteur=self.rows.who(row.rapporteur) if row.rapporteur in self.rows.people else None,
            unrevealed=0 if own else self.rows.unrevealed.get(row.id, 0),
            ballots=ballots,
            proposals=tuple(
                self.proposal(p, lanes.get(p.lane, p.lane), themes.get(p.theme), *results.get(p.id, (None, None)))
                for p in self.rows.proposals.get(row.id, ())
                if not own or p.id in self.rows.shared or p.id in self.rows.promoted
            ),
        )

    def ballots(self, board: Row[Any]) -> Iterator[OutcomeBallot]:
        """The ballots of a board in the order in which they were opened; a step that the board no longer has is left
        out. Only public ones are counted at all."""
        steps = {step["id"]: step for step in board.activity["steps"]}
        public = public_ballots(board.activity["steps"], board.step)
        for ballot in self.rows.ballots.get(board.id, ()):
            step = steps.get(ballot.step)
            if step is None:
                continue
            running = bool(board.step == ballot.step and board.step_open and ballot.closed_at is None)
            shortlist = _shortlist(board.activity["steps"], ballot.step)
            yield OutcomeBallot(
                id=ballot.id,
                step=ballot.step,
                title=step["title"],
                round=ballot.round,
                open=running,
                rules=snapshot.ballot_rules(ballot),
                electors=self.rows.electors.get(ballot.id, 0),
                voted=self.rows.voted.get(ballot.id, 0),
                entered=self.rows.entered.get(ballot.id, 0),
                counted=snapshot.count(self.db, board, ballot, shortlist) if ballot.step in public else None,
            )

    def proposal(
        self,
        row: Row[Any],
        lane: str | None,
        theme: str | None,
        ballot: OutcomeBallot | None,
        result: dict[str, Any] | None,
    ) -> OutcomeProposal:
        rows = self.rows
        state = status(row)
        return OutcomeProposal(
            id=row.id,
            code=rows.codes[row.id],
            kind=row.kind,
            key=row.key,
            number=row.number,
            lane=lane,
            theme=theme,
            text=row.text if state not in GONE else None,
            author=rows.signed(row),
            at=row.at if row.names == "named" else None,
            status=state,
            reason=row.hidden_reason,
            wordings=row.wordings,
            imported=row.imported is not None,
            merged_into=rows.codes.get(row.merged_into),
            made_of=tuple(rows.codes[part] for part in rows.made_of.get(row.id, ()) if part in rows.codes),
            shared_from=row.shared_from_group,
            reactions=rows.reactions.get(row.id, {}),
            comments=tuple(self.comment(comment) for comment in rows.comments.get(row.id, ())),
            plan=self.plan(rows.plans[row.id]) if row.id in rows.plans else None,
            pledges=tuple(
                OutcomePledge(pledge.text, rows.body(pledge.organisation), rows.who(pledge.author))
                for pledge in rows.pledges.get(row.id, ())
            ),
            ballot=ballot,
            result=result,
            conclusions=rows.promoted.get(row.id, ()),
        )

    def comment(self, row: Row[Any]) -> OutcomeComment:
        card = snapshot.comment(row)
        return OutcomeComment(
            kind=row.kind,
            text=card["text"],
            author=self.rows.signed(row),
            status=card["status"],
            reason=row.hidden_reason,
            adopted=card["adopted"],
        )

    def plan(self, row: Row[Any]) -> OutcomePlan:
        partners = (self.rows.body(partner) for partner in row.partners)
        return OutcomePlan(
            lead=self.rows.body(row.lead),
            partners=tuple(partner for partner in partners if partner is not None),
            year=row.year,
            quarter=row.quarter,
            effort=row.effort,
            impact=row.impact,
            first_step=row.first_step,
        )


def _shortlist(steps: list[dict[str, Any]], vote: str) -> int | None:
    """How many results the reveal after a vote asks for."""
    after = steps[[step["id"] for step in steps].index(vote) + 1 :]
    return next((step.get("shortlist") for step in after if step["kind"] == "reveal"), None)
