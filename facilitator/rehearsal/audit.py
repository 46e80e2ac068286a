"""Holding what people remember against what the database says."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select

from ..recount import of_event
from ..snapshot import STATES
from ..store.db import Store
from ..store.models import (
    Ballot,
    Command,
    Comment,
    Conclusion,
    Day,
    Log,
    MinorityReport,
    Person,
    Pledge,
    Position,
    Proposal,
    Room,
    Theme,
    Vote,
)
from .ledger import Ledger
from .tape import Acknowledged, Tape

JSON = dict[str, Any]
MOST_FINDINGS = 20


@dataclass
class Audit:
    lost: int = 0
    doubled: int = 0
    pages: int = 0
    findings: list[str] = field(default_factory=list)

    def _find(self, what: str) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(what)

    def is_behind(self, store: Store, pages: Iterable[tuple[str, Ledger]]) -> bool:
        """Does a page lack something that its room has?"""
        pages = list(pages)
        with store.reading() as db:
            rooms = {ledger.room for _, ledger in pages}
            seqs = {row.id: row.seq for row in db.execute(select(Room.id, Room.seq).where(Room.id.in_(rooms)))}
        return any((ledger.seq or 0) < seqs[ledger.room] for _, ledger in pages)

    def pages_against_rooms(self, store: Store, pages: Iterable[tuple[str, Ledger]]) -> None:
        """Every page has seen every event of its room once, and shows what a fresh page would."""
        by_room: dict[str, list[tuple[str, Ledger]]] = {}
        for name, ledger in pages:
            by_room.setdefault(ledger.room, []).append((name, ledger))
        for room, here in by_room.items():
            with store.reading() as db:
                seq = db.execute(select(Room.seq).where(Room.id == room)).scalar_one()
                kind, _, target = room.partition(":")
                state = json.loads(json.dumps(STATES[kind](db, target)))
                log = {(row.seq, row.name) for row in db.execute(select(Log.seq, Log.name).where(Log.room == room))}
            for name, ledger in here:
                self._page(name, ledger, seq, state, log)

    def _page(self, name: str, ledger: Ledger, seq: int, state: JSON, log: set[tuple[int, str]]) -> None:
        self.pages += 1
        if ledger.seq is None:
            self.lost += 1
            self._find(f"{name} never saw {ledger.room}")
            return
        missing, doubled = ledger.missing_and_doubled(seq)
        unknown = [event for event in ledger.applied if event not in log]
        self.lost += missing + len(unknown)
        self.doubled += doubled
        if missing or unknown or doubled:
            self._find(
                f"{name} saw {ledger.room} up to {ledger.seq} of {seq}: {missing} events missing, {doubled} seen "
                f"twice, {len(unknown)} that are not in its log"
            )
        elif ledger.seq == seq and ledger.state != state:
            self.lost += 1
            differing = [key for key in state if ledger.state.get(key) != state[key]]
            self._find(f"{name} shows {ledger.room} otherwise than a fresh page does: {', '.join(differing)}")

    def commands_against_database(self, store: Store, tape: Tape) -> None:
        """Every acknowledged command is stored with what it did, and nothing is stored twice."""
        with store.reading() as db:
            actors = {command.actor for command in tape.acknowledged}
            done = {
                (row.actor, row.id)
                for row in db.execute(select(Command.actor, Command.id).where(Command.actor.in_(actors)))
            }
            proposals = {row.id: row for row in db.execute(select(Proposal.id, Proposal.author))}
            conclusions = set(db.execute(select(Conclusion.id)).scalars())
            votes: dict[tuple[str, str, str], set[int]] = {}  # in several rounds, possibly
            orders: dict[tuple[str, str], list[tuple[int, str]]] = {}
            stored_votes = select(Vote.ballot, Vote.voter, Vote.proposal, Vote.criterion, Vote.value)
            for row in db.execute(stored_votes.where(Vote.voter.in_(actors))):
                votes.setdefault((row.voter, row.proposal, row.criterion), set()).add(row.value)
                orders.setdefault((row.voter, row.ballot), []).append((row.value, row.proposal))
            positions: dict[tuple[str, str], set[int]] = {}
            for row in db.execute(select(*Position.__table__.c).where(Position.person.in_(actors))):
                positions.setdefault((row.person, row.conclusion), set()).add(row.value)
            ranked = {(voter, tuple(id for _, id in sorted(order))) for (voter, _), order in orders.items()}
            made = {
                "comment.post": set(db.execute(select(Comment.id)).scalars()),
                "theme.name": set(db.execute(select(Theme.id)).scalars()),
                "pledge.make": set(db.execute(select(Pledge.id)).scalars()),
                "proposal.merge": set(proposals),
                "conclusion.promote": conclusions,
                "minority.report": set(db.execute(select(MinorityReport.id)).scalars()),
            }
            rooms = {command.room for command in tape.acknowledged}
            posted: Counter[str] = Counter(
                row.data["proposal"]["id"]
                for row in db.execute(select(Log.data).where(Log.room.in_(rooms), Log.name == "proposal.posted"))
            )
        last_vote: dict[tuple[str, str, str], Acknowledged] = {}
        last_order: dict[tuple[str, str], Acknowledged] = {}
        for command in tape.acknowledged:
            stored = (command.actor, command.id) in done
            if command.name == "proposal.post":
                stored = stored and command.id in proposals
            elif command.name in made:
                stored = stored and (command.id in made[command.name] or "theme" in command.args)
            elif command.name == "vote.cast":
                last_vote[command.actor, command.args["proposal"], command.args.get("criterion", "")] = command
            elif command.name == "position.take":
                taken = positions.get((command.actor, command.args["conclusion"]), set())
                stored = stored and command.args["value"] in taken
            elif command.name == "vote.rank":
                last_order[command.actor, command.room] = command
            if not stored:
                self._lose(command)
        for key, command in last_vote.items():
            if command.args["value"] not in votes.get(key, {0}):
                self._lose(command)
        for (actor, _), command in last_order.items():
            if (actor, tuple(command.args["order"])) not in ranked:
                self._lose(command)
        again = [id for id, times in posted.items() if times > 1 and id in tape.sent]
        self.doubled += len(again)
        for id in again:
            self._find(f"proposal {id} was posted {posted[id]} times")

    def strays(
        self,
        store: Store,
        event: str,
        joined: dict[str, str],
        earlier: frozenset[str],
        before: set[str],
        tape: Tape,
    ) -> None:
        """Nobody is there twice, and none of our people has a proposal that nobody sent.

        Args:
            joined: the people of this rehearsal, id -> name.
            earlier: the people of earlier ones.
            before: the proposals that were there before.
        """
        with store.reading() as db:
            people = db.execute(
                select(Person.id, Person.name).where(Person.event == event, Person.origin == "rehearsal")
            )
            names = Counter(row.name for row in people if row.id not in earlier)
            authored = db.execute(
                select(Proposal.id, Proposal.author).where(
                    Proposal.author.in_(joined), Proposal.shared_from.is_(None), Proposal.kind != "phrase"
                )
            ).all()
        for name, times in names.items():
            if times > 1:
                self.doubled += times - 1
                self._find(f"{name} has joined {times} times")
        for row in authored:
            if row.id not in tape.sent and row.id not in before:
                self.doubled += 1
                self._find(f"proposal {row.id} of {joined[row.author]} was stored, but nobody sent it")

    def _lose(self, command: Acknowledged) -> None:
        self.lost += 1
        self._find(f"{command.name} {command.id} in {command.room} was acknowledged, and is not in the database")


def proposals_of(store: Store, event: str) -> set[str]:
    """The ids of all proposals of an event."""
    with store.reading() as db:
        return set(db.execute(of_event(select(Proposal.id), Proposal.board, event)).scalars())


def votes_of(store: Store, event: str, voters: Iterable[str]) -> set[tuple[str, str]]:
    """(voter, proposal) of the stored votes of some people."""
    with store.reading() as db:
        query = select(Vote.voter, Vote.proposal).join(Ballot, Ballot.id == Vote.ballot)
        rows = db.execute(of_event(query, Ballot.board, event).where(Vote.voter.in_(set(voters))))
        return {(row.voter, row.proposal) for row in rows}


def conclusions_of(store: Store, event: str) -> set[str]:
    """The ids of an event's conclusions that stand."""
    with store.reading() as db:
        query = select(Conclusion.id).join(Day, Day.id == Conclusion.day)
        return set(db.execute(query.where(Day.event == event, Conclusion.taken_back_at.is_(None))).scalars())
