"""Where a conclusion comes from, all the way: its sources, what was merged into them by whom, every verdict; and the
other way round: what became of what somebody has contributed.

Names and moments stand beside a contribution only where its step promised them (`names`); what was hidden or withdrawn
is there without its text.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import Row, Select, select

from ..domain.events import JSON
from ..store.models import Board, Conclusion, Day, Group, Lineage, Person, Proposal, Session, Theme, Verdict
from .board import signature, status
from .day import conclusions


def provenance(db: Db, conclusion: str) -> JSON:
    """`{conclusion, sources, verdicts}`. A source is a node of a tree (of a theme: `{under: [nodes]}`), in the
    order of the conclusion's own `sources`. Every verdict is there, the first one first."""
    (card,) = conclusions(db, Conclusion.id == conclusion)
    verdicts = db.execute(select(*Verdict.__table__.c).where(Verdict.conclusion == conclusion).order_by(Verdict.number))
    roots = {
        part["proposal"]
        for source in card["sources"]
        for part in ([{"proposal": source["proposal"]}] if source["kind"] != "theme" else source["parts"])
    }
    nodes = _Nodes(db, roots)
    return {
        "conclusion": card,
        "sources": [
            {"under": [nodes.tree(part["proposal"]) for part in source["parts"]]}
            if source["kind"] == "theme"
            else nodes.tree(source["proposal"])
            for source in card["sources"]
        ],
        "verdicts": [{key: getattr(row, key) for key in ("verdict", "body", "reason", "at", "by")} for row in verdicts],
    }


class _Nodes:
    """The proposals behind some proposals, read generation by generation."""

    def __init__(self, db: Db, roots: set[str]) -> None:
        self.made_of: dict[str, list[Row[Any]]] = defaultdict(list)
        wanted, known = set(roots), set(roots)
        while wanted:
            rows = db.execute(
                select(*Lineage.__table__.c)
                .join(Proposal, Proposal.id == Lineage.part)
                .where(Lineage.whole.in_(wanted))
                .order_by(Proposal.number)
            ).all()
            for row in rows:
                self.made_of[row.whole].append(row)
            wanted = {row.part for row in rows} - known
            known |= wanted
        self.rows = {row.id: row for row in db.execute(_PROPOSALS.where(Proposal.id.in_(known)))}

    def tree(self, id: str) -> JSON:
        """`{proposal, status, text, theme, author, organisation, at, merged, parts}`; `merged` says who made it of its
        parts, and when."""
        row = self.rows[id]
        shown = row.hidden_at is None and row.withdrawn_at is None
        named = row.names == "named"
        parts = self.made_of.get(id, [])
        return {
            "proposal": id,
            "status": status(row),
            "text": row.text if shown else None,
            "theme": row.theme_name,
            **signature(row),
            "merged": {"at": parts[0].at if named else None, "by": parts[0].by if named else None} if parts else None,
            "parts": [self.tree(part.part) for part in parts],
        }


def became(db: Db, who: str) -> list[JSON]:
    """What became of what somebody has written, in the order in which they wrote it: `{proposal, kind, text, status,
    reason, at, day, session_title, group, group_name, theme, merged, copies, conclusions}`. `merged` are the proposals
    that it is part of now, the nearest first; `conclusions` those that rest on it, directly, through what it was merged
    into, or through its theme."""
    rows = db.execute(
        _PROPOSALS.where(Proposal.author == who, Proposal.shared_from.is_(None)).order_by(Proposal.at, Proposal.id)
    ).all()
    chains = {row.id: _chain(db, row.id) for row in rows}
    everything = {id for id, chain in chains.items() for id in (id, *(one["proposal"] for one in chain))}
    copies = defaultdict(set)
    for copy in db.execute(select(Proposal.id, Proposal.shared_from).where(Proposal.shared_from.in_(everything))):
        copies[copy.shared_from].add(copy.id)
    event = db.execute(select(Person.event).where(Person.id == who)).scalar_one()
    days = select(Day.id).where(Day.event == event)
    cards = conclusions(db, Conclusion.day.in_(days)) if rows else []
    day_of = {
        row.id: row.day for row in db.execute(select(Conclusion.id, Conclusion.day).where(Conclusion.day.in_(days)))
    }
    rests_on = {card["id"]: _rests_on(card) for card in cards}
    found = []
    for row in rows:
        mine = {row.id, *(one["proposal"] for one in chains[row.id])}
        mine |= {copy for id in mine for copy in copies[id]}
        found.append(
            {
                "proposal": row.id,
                "kind": row.kind,
                "text": row.text,
                "status": status(row) if row.revealed_at is not None else "private",
                "reason": row.hidden_reason,
                "at": row.at,
                "day": row.day,
                "board": row.board,
                "session_title": row.session_title,
                "group": row.group,
                "group_name": row.group_name,
                "theme": row.theme_name,
                "merged": chains[row.id],
                "shared": any(copies[id] for id in mine),
                "conclusions": [
                    {"id": card["id"], "day": day_of[card["id"]]} | {key: card[key] for key in _TOLD}
                    for card in cards
                    if mine & rests_on[card["id"]]
                ],
            }
        )
    return found


_TOLD = ("kind", "wording", "ratification", "verdict")


def _rests_on(card: JSON) -> set[str]:
    parts = {part["proposal"] for source in card["sources"] for part in source["parts"]}
    return parts | {source["proposal"] for source in card["sources"] if source["proposal"]}


def _chain(db: Db, id: str) -> list[JSON]:
    """What a proposal was merged into, and what that was merged into, and so on, as far as it still stands so."""
    chain: list[JSON] = []
    seen = {id}
    while True:
        row = db.execute(
            select(Proposal.id, Proposal.text, Proposal.names, Lineage.by, Lineage.at)
            .join(Lineage, Lineage.whole == Proposal.id)
            .where(Lineage.part == id, Proposal.split_at.is_(None))
            .order_by(Lineage.at.desc())
            .limit(1)
        ).one_or_none()
        if row is None or row.id in seen:
            return chain
        named = row.names == "named"
        told = {"at": row.at if named else None, "by": row.by if named else None}
        chain.append({"proposal": row.id, "text": row.text, **told})
        seen.add(row.id)
        id = row.id


_PROPOSALS: Select[Any] = (
    select(
        *Proposal.__table__.c,
        Person.organisation,
        Theme.name.label("theme_name"),
        Session.day,
        Session.title.label("session_title"),
        Board.group,
        Group.name.label("group_name"),
    )
    .join(Board, Board.id == Proposal.board)
    .join(Session, Session.id == Board.session)
    .join(Group, Group.id == Board.group)
    .outerjoin(Person, Person.id == Proposal.author)
    .outerjoin(Theme, (Theme.id == Proposal.theme) & Theme.dissolved_at.is_(None))
)
