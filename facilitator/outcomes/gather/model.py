"""What a report may say of an event, as data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ...domain.ballots.rules import BallotRules
from ...domain.wording import Piece

Status = Literal["standing", "parked", "merged", "split", "late", "withdrawn", "hidden"]
"""`late`: it came after its step had ended, and nobody has admitted it."""

ConclusionKind = Literal["conclusion", "decision", "recommendation", "action"]
VerdictKind = Literal["adopted", "amended", "deferred", "rejected"]


@dataclass(frozen=True)
class Who:
    """A person as the report names them: what they wrote may stand under their organisation's name alone, or under
    nobody's. Who was `erased` has no name any more."""

    name: str | None
    organisation: str | None
    erased: bool = False


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
    rapporteur: Who | None
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
class SourcePart:
    """What was merged into a source, or stood under the theme, when it was promoted. `text` is None if it was hidden or
    withdrawn since."""

    code: str | None
    text: str | None


@dataclass(frozen=True)
class OutcomeSource:
    """One of the things that a conclusion rests on, as it was at that moment, with its figures of then: a proposal (or
    a line, or a phrase), a theme with what was under it, or a cell of an alignment (an item by a criterion).

    `proposal`, `code`, `status` and `author` are those of the proposal (of a cell: its item), None for a theme. `text`
    and `author` are None if it was hidden or withdrawn since. `figures` is None if no vote had been revealed.
    `criterion` is the criterion's title.
    """

    kind: Literal["proposal", "theme", "cell"]
    proposal: str | None
    code: str | None
    status: Status | None
    text: str | None
    author: Who | None
    criterion: str | None
    parts: tuple[SourcePart, ...]
    board: str
    session: str
    group: str
    figures: Mapping[str, Any] | None


@dataclass(frozen=True)
class OutcomeTag:
    """Something of a framework that a conclusion answers to."""

    framework: str
    tag: str
    framework_title: str
    title: str


@dataclass(frozen=True)
class OutcomeRatification:
    """Whether the room stood behind a conclusion: the last ratification of it that was closed. `version` is the wording
    that was on the screen, `round` counts how often it was asked. Quorums and support are per cent. `counted` is
    `domain.ratification.count`'s result: two tallies, the outcome, and reasons without names."""

    at: int
    version: int
    round: int
    quorum_people: int
    quorum_organisations: int
    support: int
    counted: Mapping[str, Any]


@dataclass(frozen=True)
class OutcomeMinority:
    """What somebody says who did not agree, under their name."""

    text: str
    author: Who
    at: int


@dataclass(frozen=True)
class OutcomeVerdict:
    """What a body decided on a conclusion after the event."""

    verdict: VerdictKind
    body: str
    reason: str
    at: int
    by: Who


@dataclass(frozen=True)
class OutcomeConclusion:
    """`code` is C, the day and its place in the day's list. `diff` leads from the proposal's text to the wording or,
    where it rests on several things, from the first wording; None if that text may not be shown any more. Of the
    verdicts the last one stands."""

    id: str
    code: str
    kind: ConclusionKind
    wording: str
    at: int
    by: Who
    versions: tuple[Version, ...]
    diff: tuple[Piece, ...] | None
    sources: tuple[OutcomeSource, ...]
    tags: tuple[OutcomeTag, ...]
    ratification: OutcomeRatification | None
    minority: tuple[OutcomeMinority, ...]
    verdicts: tuple[OutcomeVerdict, ...]

    @property
    def verdict(self) -> OutcomeVerdict | None:
        return self.verdicts[-1] if self.verdicts else None


@dataclass(frozen=True)
class OutcomeParked:
    """Something in a parking lot: who takes care of it, and what came of it."""

    code: str
    text: str
    session: str
    group: str
    owner: Who | None
    answer: str | None


@dataclass(frozen=True)
class OutcomeAsking:
    """A ratification that runs: how many are asked, how many have taken a position. No more is known before it ends."""

    conclusions: tuple[str, ...]
    electors: int
    voted: int


@dataclass(frozen=True)
class OutcomeClosing:
    """How a day was closed. `note` says what the next day starts from."""

    at: int
    by: Who | None
    note: str


@dataclass(frozen=True)
class OutcomeDay:
    id: str
    number: int
    date: str
    title: str
    conclusions: tuple[OutcomeConclusion, ...]
    asking: OutcomeAsking | None
    parked: tuple[OutcomeParked, ...]
    closing: OutcomeClosing | None
    sessions: tuple[OutcomeSession, ...]

    @property
    def boards(self) -> tuple[OutcomeBoard, ...]:
        return tuple(board for session in self.sessions for board in session.boards)


@dataclass(frozen=True)
class OutcomeFrameworkTag:
    """`conclusions` are the codes of those that answer to it: none, and it is not covered yet."""

    key: str
    title: str
    conclusions: tuple[str, ...]


@dataclass(frozen=True)
class OutcomeFramework:
    """A list that the event holds its conclusions against: development goals, cross-cutting concerns."""

    key: str
    title: str
    tags: tuple[OutcomeFrameworkTag, ...]


@dataclass(frozen=True)
class OutcomeOrganisation:
    """`present` are its people who came in: the name of who agrees to be named, None for each of the others; `expected`
    counts the participants on the roster."""

    name: str
    kind: str
    present: tuple[str | None, ...]
    expected: int


@dataclass(frozen=True)
class OutcomePicture:
    """A picture that was chosen for the report. `session` and `group` are their titles, None if it is of none. `file`
    is the path of a JPEG of `width` by `height` pixels, None where it is not at hand."""

    id: str
    caption: str
    alt: str
    session: str | None
    group: str | None
    author: Who
    at: int
    width: int
    height: int
    file: str | None


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
    independent: tuple[str | None, ...]
    facilitators: tuple[str | None, ...]
    imported_people: int
    texts: tuple[OutcomeText, ...]
    frameworks: tuple[OutcomeFramework, ...] = ()
    days: tuple[OutcomeDay, ...] = ()
    pictures: tuple[OutcomePicture, ...] = ()
    erased: tuple[int, ...] = ()
    """When somebody was erased afterwards: a moment each, the first one first."""

    @property
    def boards(self) -> tuple[OutcomeBoard, ...]:
        return tuple(board for day in self.days for board in day.boards)

    @property
    def conclusions(self) -> tuple[OutcomeConclusion, ...]:
        return tuple(conclusion for day in self.days for conclusion in day.conclusions)

    @property
    def ballots(self) -> tuple[OutcomeBallot, ...]:
        return tuple(ballot for board in self.boards for ballot in board.ballots)

    @property
    def participants(self) -> tuple[str | None, ...]:
        """Everybody who came in, by name who agrees to it."""
        return (*(name for organisation in self.organisations for name in organisation.present), *self.independent)

    @property
    def present(self) -> int:
        """How many participants came in."""
        return len(self.participants)
