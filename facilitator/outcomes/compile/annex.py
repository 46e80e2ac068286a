"""How to read the report, and every contribution."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.document import Block, Cell, Column, Line, ListBlock, Moment, Note, Rank, Row, Section, Table
from ..gather import Outcome, OutcomeBoard, OutcomeProposal
from .words import Words, anchor, session_anchor


def methods(words: Words, outcome: Outcome) -> Section:
    _ = words._
    kinds = {ballot.rules.kind for ballot in outcome.ballots}
    lines = [
        _("People worked in groups; each group had one board in each session. They wrote proposals, voted on them, "
          "and saw the result together. The facilitator promoted proposals into conclusions of the day."),
        _("A code such as 1.2B7 names the seventh proposal of the second group (B) in the second working session "
          "of day 1. A code such as C1.3 names the third conclusion of day 1."),
    ]  # fmt: skip
    of_kinds = {
        "dots": _("Dots: everybody had the same number of dots and placed them on proposals, up to a limit on each. "
                  "Proposals are ordered by their dots, less those against them."),
        "approval": _("Approval: everybody could agree, disagree or pass on each proposal. Proposals are ordered by "
                      "how many more people agree than disagree."),
        "scale": _("Scale: everybody chose a point for each item, or “no opinion”. Items are ordered by the mean of "
                   "the people's own means. Where fewer than three people have an opinion, it is withheld."),
        "ranking": _("Ranking: everybody put the proposals in order. Of n proposals the first gets n − 1 points, the "
                     "last none; those left out share the rest (Borda)."),
        "consent": _("Consent: a proposal passes when nobody objects; an objection needs a reason."),
    }  # fmt: skip
    lines += [sentence for kind, sentence in of_kinds.items() if kind in kinds]
    lines += [
        _("Proposals with the same score share a place and are marked with =; their order within a tie means "
          "nothing. The next place is counted on: 1, 2 =, 2 =, 4."),
        _("Two tallies stand side by side: by person, and by organisation, where each organisation has one voice that "
          "its people share equally. People without an organisation do not speak in the second one."),
        _("Votes on proposals that were merged count for what stands for them: each person once."),
        _("Turnout counts those who voted against those who were entitled when the vote opened. Where votes are "
          "secret, no report says who voted for what. Results appear here only after they were revealed to the group."),
        _("Withdrawn and hidden proposals are not ranked and their text is not shown. A conclusion's figures are "
          "those of the moment when it was promoted. What was written without a name has none here."),
    ]  # fmt: skip
    if said := words.erased(outcome):
        lines.append(said)
    gathered: Line = (_("The state of this report: "), Moment(outcome.gathered_at), ".")
    return Section(
        _("How to read this report"),
        "methods",
        (ListBlock(tuple((line,) for line in lines)), Note(gathered)),
        new_page=True,
    )


def annex(words: Words, outcome: Outcome) -> Section:
    _ = words._
    sections = tuple(
        Section(
            f"{session.code}  {session.title}",
            f"annex-{session_anchor(session)}",
            tuple(block for board in session.boards for block in _contributions(words, board)),
            listed=False,
        )
        for day in outcome.days
        for session in day.sessions
        if any(board.proposals for board in session.boards)
    )
    empty = (Note((_("No contributions yet."),)),)
    return Section(_("Annex: every contribution"), "annex", sections or empty, new_page=True)


def _contributions(words: Words, board: OutcomeBoard) -> Iterator[Block]:
    _ = words._
    if not board.proposals:
        return
    ranked = any(p.result is not None for p in board.proposals)
    columns = [Column(_("No."), "code"), Column(_("Contribution"))]
    columns += [Column(_("Lane"))] if board.lanes else []
    columns += [Column(_("From")), Column(_("Sent (UTC)"), "moment")]
    columns += [Column(_("Rank"), "rank"), Column(_("Votes"))] if ranked else []
    blocks: list[Block] = []
    rows = tuple(_row(words, board, p, ranked) for p in board.proposals if p.status != "withdrawn")
    if rows:
        blocks.append(Table(f"{board.code}  {board.group}", tuple(columns), rows, quiet=True))
    blocks += _comments(words, board)
    if withdrawn := sum(1 for p in board.proposals if p.status == "withdrawn"):
        blocks.append(Note((_("Withdrawn by their authors: {count}.").format(count=withdrawn),)))
    yield Section(f"{board.code}  {board.group}", f"all-{anchor(board.code)}", tuple(blocks))


def _row(words: Words, board: OutcomeBoard, p: OutcomeProposal, ranked: bool) -> Row:
    _ = words._
    shown = p.text is not None
    if shown:
        text: Line = (p.text or "", *_history(words, p), *words.became(p))
    else:
        text = (_("Hidden by the facilitator: {reason}").format(reason=p.reason or ""), *words.became(p))
    cells: list[Cell] = [p.code, text]
    cells += [p.lane] if board.lanes else []
    author = _("Given") if p.kind == "given" else words.named(p.author)
    cells += [author if shown else None, None if p.at is None else Moment(p.at)]
    if ranked:
        place = p.result["rank"] if p.result is not None else None
        cells.append(None if p.result is None or place is None else Rank(place, p.result["tied"]))
        cells.append(words.tally(p.ballot.rules.kind, p.result) if p.result is not None and p.ballot else None)
    return Row(tuple(cells), anchor=anchor(p.code), muted=p.status not in ("standing", "parked"))


def _history(words: Words, p: OutcomeProposal) -> Line:
    """What it was made of, and what became of it."""
    _ = words._
    said: list[str] = []
    if p.theme:
        said.append(_("theme “{theme}”").format(theme=p.theme))
    if p.made_of:
        said.append(_("merged from {codes}").format(codes=", ".join(p.made_of)))
    if p.status == "split":
        said.append(_("split again"))
    if p.status == "parked":
        said.append(_("in the parking lot"))
    if p.status == "late":
        said.append(_("came after its step had ended, not admitted"))
    if p.shared_from:
        said.append(_("shared by {group}").format(group=p.shared_from))
    if p.reactions.get("like"):
        said.append(_("speaks to {count}").format(count=p.reactions["like"]))
    return (f" ({'; '.join(said)})",) if said else ()


def _comments(words: Words, board: OutcomeBoard) -> list[Block]:
    _ = words._
    rows = tuple(
        Row(
            (
                p.code,
                comment.text
                if comment.text is not None
                else _("Hidden by the facilitator: {reason}").format(reason=comment.reason or ""),
                words.named(comment.author) if comment.text is not None else None,
                _("adopted") if comment.adopted else None,
            )
        )
        for p in board.proposals
        for comment in p.comments
        if comment.status != "withdrawn" and p.text is not None
    )
    if not rows:
        return []
    columns = (Column(_("To"), "code"), Column(_("Comment")), Column(_("From")), Column("", "code"))
    return [Table(_("Comments and alternatives"), columns, rows)]
