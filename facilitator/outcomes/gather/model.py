"""What a report may say of an event, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from ...domain.ballots.rules import BallotRules
from ...domain.wording import Piece

Status = Literal["standing", "parked", "merged", "split", "withdrawn", "hidden"]


@dataclass(frozen=True)
class Who:
    """A person as the report names them: what they wrote may stand under their organisation's name alone, or under
    nobody's."""

    name: str | None
    organisation: str | None


NOBODY = Who(None, None)


@dataclass(frozen=True)
class OutcomeComment:
    """What was said to a proposal; of a phrase, another wording. `text` is None unless it stands."""

    kind: Literal["comment", "alternative"]
    text: str | None
    author: Who
    status: Literal["standing", "withdrawn", "hidden"]
    reason: str | None
    adopted: bool


@dataclass(frozen=True)
class OutcomePledge:
    text: str
    organisation: str | None
    author: Who


@dataclass(frozen=True)
class OutcomePlan:
    """How an improvement will be done. `effort` and `impact` go from 1 to 5."""

    lead: str | None
    partners: tuple[str, ...]
    year: int | None
    quarter: int | None
    effort: int | None
    impact: int | None
    first_step: str


@dataclass(frozen=True)
class OutcomeProposal:
    """`code` is its name in the report: day.session-group and its number on the board. `kind` is proposal, given (by
    the activity), line or phrase. `text` is None if it was hidden or withdrawn. `merged_into` and `made_of` are codes.
    `at` is None where nobody was promised to learn it. `result` is its row in the last public ballot that was about it,
    `ballot` that ballot."""

    id: str
    code: str
    kind: str
    key: str | None
    number: int
    lane: str | None
    theme: str | None
    text: str | None
    author: Who
    at: int | None
    status: Status
    reason: str | None
    wordings: int
    imported: bool
    merged_into: str | None
    made_of: tuple[str, ...]
    shared_from: str | None
    reactions: Mapping[str, int]
    comments: tuple[OutcomeComment, ...]
    plan: OutcomePlan | None
    pledges: tuple[OutcomePledge, ...]
    ballot: OutcomeBallot | None
    result: Mapping[str, Any] | None
    conclusions: tuple[str, ...]


@dataclass(frozen=True)
class OutcomeBallot:
    """A vote that was held, or runs (`open`). `counted` is `domain.ballots.count`'s result if everybody has seen it,
    None otherwise; without it no more than the turnout is known."""

    id: str
    step: str
    title: str
    round: int
    open: bool
    rules: BallotRules
    electors: int
    voted: int
    entered: int
    counted: Mapping[str, Any] | None

    @property
    def few(self) -> bool:
        return bool(self.counted and self.counted["few"])


@dataclass(frozen=True)
class OutcomeBoard:
    """What one group did in one session. `step` is the title of the step that it is in, None before the first.
    `unrevealed` counts what was written in private and is still its authors' own."""

    id: str
    code: str
    group: str
    group_kind: str
    prompt: str
    activity: str
    step: str | None
    step_open: bool
    lanes: tuple[str, ...]
    themes: tuple[str, ...]
    rapporteur: str | None
    unrevealed: int
    ballots: tuple[OutcomeBallot, ...]
    proposals: tuple[OutcomeProposal, ...]

    def having(self, *status: Status, kind: str = "proposal") -> tuple[OutcomeProposal, ...]:
        """The proposals (or lines, phrases, given items) of some status, in order of arrival."""
        return tuple(p for p in self.proposals if p.status in status and p.kind == kind)

    @property
    def lines(self) -> tuple[OutcomeProposal, ...]:
        return self.having("standing", kind="line")

    @property
    def draft(self) -> str:
        """The text that was drafted here, its phrases joined."""
        return " ".join(p.text or "" for p in self.having("standing", kind="phrase"))


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
    """One wording; the first is 1. `by` is None for a text that the event was founded with."""

    version: int
    text: str
    at: int
    by: Who | None


@dataclass(frozen=True)
class OutcomeText:
    """A guiding text of the event (its mission, its vision), all its versions, the standing one last."""

    key: str
    title: str
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Provenance:
    """Where a conclusion comes from: the proposal as it was when promoted, and its figures as they were then. `text`
    and `author` are None if the proposal was hidden or withdrawn. `figures` is None if no vote had been revealed."""

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
    texts: tuple[OutcomeText, ...]
    days: tuple[OutcomeDay, ...] = field(default_factory=tuple)

    @property
    def boards(self) -> tuple[OutcomeBoard, ...]:
        return tuple(board for day in self.days for board in day.boards)

    @property
    def ballots(self) -> tuple[OutcomeBallot, ...]:
        return tuple(ballot for board in self.boards for ballot in board.ballots)

    @property
    def present(self) -> int:
        """How many participants came in."""
        return len(self.independent) + sum(len(organisation.present) for organisation in self.organisations)
