"""Whole ballots for researchers: what was revealed, in the formats of Polis, Pabulib and PrefLib, as a zip.

What a ballot says of a person is more than its result does, so this is apart from the outcome, for organisers alone:

- only ballots whose result everybody has seen, and of those under way nothing;
- voters are numbers, dealt anew by chance in every file: nobody can be followed from one vote to another, and neither
  name nor organisation, neither moment nor order of a vote is in any of them;
- a ballot of fewer than `LEAST_VOTERS` people that was not held with names is left out: in a small group, who knows a
  part of somebody's ballot would know the rest; so is what a result withholds.

Votes on merged proposals count for what stands for them, as in the result. Of each ballot, by its kind:

- approval: a folder in the format of a Polis export (`facilitator import-polis` reads it), a Pabulib file with what was
  agreed to, and a PrefLib file of categories (agree, pass, disagree; what somebody has not answered is in none);
- dots: Pabulib, cumulative (with dots against: scoring), and PrefLib orders with ties (`toi`);
- scale: for each criterion Pabulib, scoring, and PrefLib orders with ties; “no opinion” is left out;
- ranking: Pabulib, ordinal, and PrefLib strict orders (`soc` if all are whole, else `soi`);
- consent: PrefLib categories (agree, with a reservation, stand aside, object).

Formats: https://compdemocracy.org/export, https://pabulib.org/format, https://preflib.github.io/PrefLib-Jekyll/format.
"""

from __future__ import annotations

import csv
import io
import random
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection as Db
from sqlalchemy import select

from .. import snapshot
from ..domain.ballots.rules import BallotRules
from ..store.models import Ballot
from .csvs import FIRST_OF_ALL, guard
from .gather import Outcome, OutcomeBallot, OutcomeBoard, gather

LEAST_VOTERS = 10

CATEGORIES = {
    "approval": {1: "agree", 0: "pass", -1: "disagree"},
    "consent": {3: "agree", 2: "with a reservation", 1: "stand aside", 0: "object"},
}


@dataclass(frozen=True)
class Cast:
    """The ballots of one vote on one criterion, in an order that means nothing. Of each: item's code -> value."""

    name: str
    title: str
    prompt: str
    date: str
    opened_at: int
    rules: BallotRules
    items: Mapping[str, str]
    ballots: tuple[Mapping[str, int], ...]


def read(db: Db, event: str) -> list[Cast]:
    """All ballots of an event that may be handed on.

    Raises:
        LookupError: there is no such event.
    """
    outcome = gather(db, event)
    return [
        cast
        for day in outcome.days
        for board in day.boards
        for ballot in board.ballots
        if ballot.counted is not None and (ballot.voted >= LEAST_VOTERS or ballot.rules.secrecy == "named")
        for cast in _casts(db, outcome, day.date, board, ballot)
    ]


def write(casts: Sequence[Cast]) -> bytes:
    """The zip of all files."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
        for name, text in [file for cast in casts for file in _files(cast)] or [("none.txt", NOTHING)]:
            entry = zipfile.ZipInfo(name, FIRST_OF_ALL)
            entry.compress_type = zipfile.ZIP_DEFLATED
            files.writestr(entry, text)
    return archive.getvalue()


NOTHING = f"No vote with {LEAST_VOTERS} voters or more has been revealed yet.\n"


def _casts(db: Db, outcome: Outcome, date: str, board: OutcomeBoard, ballot: OutcomeBallot) -> Iterator[Cast]:
    counted = ballot.counted or {}
    stored = db.execute(select(*Ballot.__table__.c).where(Ballot.id == ballot.id)).one()
    cards = {p.id: p for p in board.proposals}
    votes = snapshot.votes_of(db, snapshot.board_now(db, board.id), stored)
    for criterion in ballot.rules.asked:
        # Of a scale, what is withheld is a cell: the others tell nothing of it.
        rows = [cell for cell in counted["criteria"] or counted["ranked"] if cell.get("criterion", "") == criterion]
        items = {row["proposal"]: cards[row["proposal"]] for row in rows if not row.get("withheld")}
        by_voter: dict[str, dict[str, int]] = {}
        for vote in votes:
            if vote.criterion == criterion and vote.item in items and (ballot.rules.kind != "scale" or vote.value):
                by_voter.setdefault(vote.voter, {})[items[vote.item].code] = vote.value
        shuffled = [dict(sorted(mine.items())) for mine in by_voter.values()]
        random.SystemRandom().shuffle(shuffled)
        asked = next((c.title for c in ballot.rules.criteria if c.id == criterion), "")
        place = f"{board.code}-{ballot.step}-{ballot.round}" + (f"-{criterion}" if criterion else "")
        ordered = sorted(items.values(), key=lambda p: p.number)
        yield Cast(
            name=re.sub(r"[^A-Za-z0-9.-]", "-", place),
            title=_line(" – ".join(filter(None, (outcome.title, board.group, ballot.title, asked)))),
            prompt=_line(board.prompt),
            date=date,
            opened_at=stored.opened_at,
            rules=ballot.rules,
            items={p.code: _line(p.text or "") for p in ordered},
            ballots=tuple(shuffled),
        )


def _files(cast: Cast) -> Iterator[tuple[str, str]]:
    kind = cast.rules.kind
    if kind == "approval":
        yield from ((f"{cast.name}/polis/{name}.csv", text) for name, text in _polis(cast))
    if kind != "consent":
        yield f"{cast.name}/{cast.name}.pb", _pabulib(cast)
    ending = "cat" if kind in CATEGORIES else "toi"
    if kind == "ranking":
        ending = "soc" if all(len(ballot) == len(cast.items) for ballot in cast.ballots) else "soi"
    yield f"{cast.name}/{cast.name}.{ending}", _preflib(cast, ending)


# --- Polis ----------------------------------------------------------------------------------------------------------


def _polis(cast: Cast) -> Iterator[tuple[str, str]]:
    """Every moment is that of the opening, every comment has an author of its own: neither is anybody's business."""
    number = {code: index for index, code in enumerate(cast.items)}
    at = datetime.fromtimestamp(cast.opened_at // 1000, UTC).strftime("%a %b %d %Y %H:%M:%S GMT+0000")
    moment = (cast.opened_at, at)
    said = {code: Counter(ballot[code] for ballot in cast.ballots if code in ballot) for code in cast.items}
    yield "summary", _csv([
        ("topic", guard(cast.title)),
        ("views", ""),
        ("voters", len(cast.ballots)),
        ("comments", len(cast.items)),
        ("conversation-description", guard(cast.prompt)),
    ])  # fmt: skip
    yield "comments", _csv([
        ("timestamp", "datetime", "comment-id", "author-id", "agrees", "disagrees", "moderated", "comment-body"),
        *((*moment, number[code], number[code], said[code][1], said[code][-1], 1, guard(text))
          for code, text in cast.items.items()),
    ])  # fmt: skip
    yield "votes", _csv([
        ("timestamp", "datetime", "comment-id", "voter-id", "vote"),
        *((*moment, number[code], voter, value)
          for voter, ballot in enumerate(cast.ballots) for code, value in ballot.items()),
    ])  # fmt: skip


# --- Pabulib --------------------------------------------------------------------------------------------------------


def _pabulib(cast: Cast) -> str:
    """Every item costs 1, and the budget pays for all of them: what people want is the data, not what is bought."""
    rules, kind = cast.rules, cast.rules.kind
    vote_type = {"approval": "approval", "dots": "cumulative", "scale": "scoring", "ranking": "ordinal"}[kind]
    if rules.against:
        vote_type = "scoring"
    meta: list[tuple[str, object]] = [
        ("description", cast.title),
        ("num_projects", len(cast.items)),
        ("num_votes", len(cast.ballots)),
        ("budget", len(cast.items)),
        ("vote_type", vote_type),
        ("rule", "unknown"),
        ("date_begin", cast.date),
    ]
    if kind == "dots":
        meta += [("max_sum_points", rules.budget), ("max_points", rules.cap)]
    if kind == "scale":
        meta += [("min_points", 1), ("max_points", rules.points)]
    scored = kind in ("dots", "scale")
    rows: list[tuple[object, ...]] = [("META",), ("key", "value"), *((key, guard(str(value))) for key, value in meta)]
    rows += [("PROJECTS",), ("project_id", "cost", "name")]
    rows += [(code, 1, guard(text)) for code, text in cast.items.items()]
    rows += [("VOTES",), ("voter_id", "vote", "points") if scored else ("voter_id", "vote")]
    for voter, ballot in enumerate(cast.ballots, start=1):
        chosen = [code for code, value in ballot.items() if kind != "approval" or value == 1]
        if kind == "ranking":
            chosen.sort(key=lambda code: ballot[code])
        points = (",".join(str(ballot[code]) for code in chosen),) if scored else ()
        rows.append((voter, ",".join(chosen), *points))
    return _csv(rows, ";")


# --- PrefLib --------------------------------------------------------------------------------------------------------


def _preflib(cast: Cast, ending: str) -> str:
    number = {code: str(index) for index, code in enumerate(cast.items, start=1)}
    categories = CATEGORIES.get(cast.rules.kind)
    if categories is not None:
        orders = Counter(_in_categories(ballot, number, list(categories)) for ballot in cast.ballots)
    else:
        best_first = cast.rules.kind != "ranking"
        orders = Counter(_in_order(ballot, number, best_first) for ballot in cast.ballots)
    unique = "PREFERENCES" if categories is not None else "ORDERS"
    head = [
        f"# FILE NAME: {cast.name}.{ending}",
        f"# TITLE: {cast.title}",
        f"# DESCRIPTION: {cast.prompt}",
        f"# DATA TYPE: {ending}",
        "# MODIFICATION TYPE: original",
        "# RELATES TO:",
        "# RELATED FILES:",
        f"# PUBLICATION DATE: {cast.date}",
        f"# MODIFICATION DATE: {cast.date}",
        f"# NUMBER ALTERNATIVES: {len(cast.items)}",
        f"# NUMBER VOTERS: {len(cast.ballots)}",
        f"# NUMBER UNIQUE {unique}: {len(orders)}",
    ]
    if categories is not None:
        head.append(f"# NUMBER CATEGORIES: {len(categories)}")
        head += [f"# CATEGORY NAME {index}: {name}" for index, name in enumerate(categories.values(), start=1)]
    head += [f"# ALTERNATIVE NAME {number[code]}: {code} {text}" for code, text in cast.items.items()]
    lines = [f"{count}: {order}" for order, count in sorted(orders.items(), key=lambda one: (-one[1], one[0]))]
    return "\n".join([*head, *lines]) + "\n"


def _in_categories(ballot: Mapping[str, int], number: Mapping[str, str], values: Sequence[int]) -> str:
    return ", ".join(_tied([number[code] for code in ballot if ballot[code] == value], braces=True) for value in values)


def _in_order(ballot: Mapping[str, int], number: Mapping[str, str], best_first: bool) -> str:
    """What has the same value is tied."""
    values = sorted(set(ballot.values()), reverse=best_first)
    return ", ".join(_tied([number[code] for code in ballot if ballot[code] == value]) for value in values)


def _tied(numbers: Sequence[str], braces: bool = False) -> str:
    return numbers[0] if len(numbers) == 1 and not braces else "{" + ", ".join(numbers) + "}"


def _csv(rows: Sequence[Sequence[object]], delimiter: str = ",") -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return file.getvalue()


def _line(text: str) -> str:
    """On one line: none of the formats knows another."""
    return " ".join(text.split())
