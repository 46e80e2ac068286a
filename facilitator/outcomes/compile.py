"""An outcome as a report that a board of directors can read: conclusions first, then how they came about.

`translate` is gettext in the report's language; every label of ours passes through it, nothing that a user wrote does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.dates import format_date

from ..domain.document import (
    Bar,
    Block,
    Cell,
    Column,
    Diff,
    Document,
    Facts,
    Line,
    ListBlock,
    Moment,
    Note,
    Paragraph,
    Part,
    Quote,
    Rank,
    Reference,
    Row,
    Section,
    Statement,
    Table,
)
from .gather import Outcome, OutcomeBoard, OutcomeConclusion, OutcomeDay, OutcomeProposal, OutcomeSession, Who

Translate = Callable[[str], str]

SHORT_LIST = 12
"""Up to so many proposals, a group's list is whole in its session; a longer one has its first places there and all of
it in the annex. Ties at the end of the first places are never cut."""

FIRST_PLACES = 8


def compile_report(outcome: Outcome, translate: Translate = lambda text: text, locale: str = "en") -> Document:
    """The report of an outcome.

    Args:
        translate: gettext for the report's own words.
        locale: BCP 47 tag or Babel name of the report's language, for dates; an unknown one counts as English.
    """
    return _Report(outcome, translate, _locale(locale)).document()


class _Report:
    def __init__(self, outcome: Outcome, translate: Translate, locale: Locale) -> None:
        self.outcome = outcome
        self._ = translate
        self.locale = locale

    def document(self) -> Document:
        _, outcome = self._, self.outcome
        dates = self.dates([day.date for day in outcome.days])
        return Document(
            title=outcome.title,
            subtitle=", ".join(part for part in (outcome.place, dates) if part),
            language=str(self.locale.language),
            contents=_("Contents"),
            meta=((_("Report"), _("Conclusions and contributions")),),
            blocks=(
                *([Note((outcome.sample,), warning=True)] if outcome.sample else []),
                self.figures(),
                Section(_("Purpose"), "purpose", tuple(Paragraph((text,)) for text in _paragraphs(outcome.purpose))),
                self.conclusions_in_brief(),
                self.agenda(),
                self.people(),
                *(self.day(day) for day in outcome.days),
                self.methods(),
                self.annex(),
            ),
        )

    # --- the whole event ----------------------------------------------------------------------------------------

    def figures(self) -> Facts:
        _, boards = self._, self.outcome.boards
        standing = sum(len(board.having("standing")) for board in boards)
        return Facts(
            (
                (_("People"), (str(self.outcome.present),)),
                (_("Organisations"), (str(sum(1 for o in self.outcome.organisations if o.present)),)),
                (_("Proposals"), (str(standing),)),
                (_("Ballots held"), (str(sum(1 for b in boards if b.ballot.state == "held")),)),
                (_("Conclusions"), (str(sum(len(day.conclusions) for day in self.outcome.days)),)),
            ),
            large=True,
        )

    def conclusions_in_brief(self) -> Section:
        _ = self._
        items = tuple(
            (Reference(conclusion.code, _anchor(conclusion.code)), "  " + conclusion.wording)
            for day in self.outcome.days
            for conclusion in day.conclusions
        )
        block: Block = ListBlock(items) if items else Note((_("No conclusions have been drawn yet."),))
        return Section(_("Conclusions in brief"), "brief", (block,))

    def agenda(self) -> Section:
        _ = self._
        columns = (Column(_("Time"), "code"), Column(_("Session")), Column(_("Groups")))
        tables = tuple(
            Table(
                caption=self.day_title(day),
                columns=columns,
                rows=tuple(
                    Row(
                        (
                            _time(session),
                            (Reference(session.title, _session_anchor(session)),) if session.boards else session.title,
                            _groups(session),
                        ),
                        muted=session.kind == "break",
                    )
                    for session in day.sessions
                ),
            )
            for day in self.outcome.days
        )
        return Section(_("Agenda"), "agenda", tables)

    def people(self) -> Section:
        _, outcome = self._, self.outcome
        kinds = {"member": _("Member"), "collaborating": _("Collaborating")}
        rows = [
            Row((body.name, ", ".join(body.present), kinds.get(body.kind, body.kind), len(body.present)))
            for body in outcome.organisations
            if body.present
        ]
        if outcome.independent:
            names = ", ".join(outcome.independent)
            rows.append(Row((_("Without an organisation"), names, None, len(outcome.independent))))
        blocks: list[Block] = []
        if rows:
            columns = (
                Column(_("Organisation")),
                Column(_("Names")),
                Column(_("Kind"), "code"),
                Column(_("People"), "number"),
            )
            blocks.append(Table(_("Participants by organisation"), columns, tuple(rows)))
        else:
            blocks.append(Note((_("Nobody has joined yet."),)))
        absent = [body.name for body in outcome.organisations if body.expected and not body.present]
        if absent:
            blocks.append(Note((_("Invited, but nobody came: {names}.").format(names=", ".join(absent)),)))
        if outcome.facilitators:
            blocks.append(Note((_("Facilitated by {names}.").format(names=", ".join(outcome.facilitators)),)))
        if outcome.imported_people:
            sentence = _("Voices imported from an earlier conversation: {count}. They are not counted as participants.")
            blocks.append(Note((sentence.format(count=outcome.imported_people),)))
        return Section(_("Who took part"), "people", tuple(blocks))

    # --- a day --------------------------------------------------------------------------------------------------

    def day(self, day: OutcomeDay) -> Section:
        _ = self._
        statements = tuple(self.conclusion(conclusion) for conclusion in day.conclusions)
        empty = Note((_("No conclusions were drawn on this day."),))
        sessions = tuple(self.session(session) for session in day.sessions if session.boards)
        conclusions = Section(_("Conclusions of the day"), f"day-{day.number}-conclusions", statements or (empty,))
        return Section(self.day_title(day), f"day-{day.number}", (conclusions, *sessions), new_page=True)

    def conclusion(self, conclusion: OutcomeConclusion) -> Statement:
        _, source = self._, conclusion.source
        facts: list[tuple[str, Line]] = []
        origin: Line = (f"{source.session}, {source.group}",)
        # A withdrawn proposal has no row to jump to.
        code = source.code if source.status == "withdrawn" else Reference(source.code, _anchor(source.code))
        facts.append((_("From proposal"), (code, " · ", *origin)))
        if source.author is not None:
            facts.append((_("Proposed by"), (self.named(source.author),)))
        facts.append((_("Vote"), (self.figures_in_words(source.figures),)))
        facts.append((_("Promoted"), (f"{conclusion.by.name}, ", Moment(conclusion.at))))
        blocks: list[Block] = [Facts(tuple(facts))]
        if conclusion.diff is None:
            why = {
                "hidden": _("The proposal was hidden later; its text is not shown."),
                "withdrawn": _("The proposal was withdrawn later; its text is not shown."),
            }
            blocks.append(Note((why.get(source.status, ""),)))
        elif all(kind == "same" for kind, _text in conclusion.diff):
            blocks.append(Note((_("Taken over word for word."),)))
        else:
            blocks.append(Diff(_("From the proposal to the conclusion"), conclusion.diff))
        if len(conclusion.versions) > 1:
            blocks.append(
                ListBlock(
                    tuple(
                        (
                            _("Wording {number}").format(number=version.version),
                            f", {version.by.name}, ",
                            Moment(version.at),
                            f": {version.text}",
                        )
                        for version in conclusion.versions
                    )
                )
            )
        return Statement(conclusion.code, conclusion.wording, _anchor(conclusion.code), tuple(blocks))

    def session(self, session: OutcomeSession) -> Section:
        blocks: list[Block] = []
        if when := _time(session):
            blocks.append(Note((when,)))
        blocks.extend(Paragraph((text,)) for text in _paragraphs(session.description))
        prompts = {board.prompt for board in session.boards}
        shared = len(prompts) == 1
        if shared:
            blocks.append(Quote(session.boards[0].prompt))
        for board in session.boards:
            parts = self.board(board)
            if not shared:
                parts = (Quote(board.prompt), *parts)
            if len(session.boards) == 1:
                blocks.extend(parts)
            else:
                blocks.append(Section(board.group, f"b-{_anchor(board.code)}", parts))
        return Section(f"{session.code}  {session.title}", _session_anchor(session), tuple(blocks))

    def board(self, board: OutcomeBoard) -> tuple[Block, ...]:
        _ = self._
        standing, hidden = board.having("standing"), board.having("hidden")
        facts: list[tuple[str, Line]] = [(_("Proposals"), (str(len(standing)),))]
        if board.ballot.state != "none":
            facts.append((_("Ballot"), (self.ballot_in_words(board),)))
            facts.append((_("Turnout"), (self.turnout(board.ballot.voted, board.ballot.electors),)))
        blocks: list[Block] = [Facts(tuple(facts))]
        if board.ballot.revealed and board.ballot.few:
            blocks.append(Note((_("So few people voted that single votes may be guessed from the result."),)))
        if board.ballot.state == "open":
            blocks.append(Note((_("The vote is still running. Nobody knows its result yet."),), warning=True))
        elif board.ballot.state == "held" and not board.ballot.revealed:
            blocks.append(Note((_("The result of the vote has not been revealed."),), warning=True))
        ranked = board.ranked
        everything = (_("All proposals of this group are in the annex: "), self.to_annex(board))
        if not standing:
            blocks.append(Note((_("No proposals."),)))
        elif ranked:
            first = _first_places(ranked)
            blocks.append(self.ranking(board, first))
            if len(first) < len(standing):
                blocks.append(Note(everything))
        elif len(standing) <= SHORT_LIST:
            blocks.append(ListBlock(tuple(self.proposal_line(p) for p in standing)))
        else:
            blocks.append(Note(everything))
        if hidden or len(standing) + len(hidden) < len(board.proposals):
            blocks.append(Note((self.not_shown(board),)))
        return tuple(blocks)

    def ranking(self, board: OutcomeBoard, proposals: Iterable[OutcomeProposal]) -> Table:
        _ = self._
        columns = (Column(_("Rank"), "rank"), Column(_("Proposal")), Column(_("Votes"), "bar"))
        full = _full_length(board)
        rows = tuple(
            Row((Rank(p.result.rank, p.result.tied), self.proposal_line(p), self.bar(p, full)))
            for p in proposals
            if p.result
        )
        return Table(_("Result: {group}").format(group=board.group), columns, rows, quiet=True)

    # --- methods and annex --------------------------------------------------------------------------------------

    def methods(self) -> Section:
        _, outcome = self._, self.outcome
        kinds = {board.ballot.kind for board in outcome.boards}
        lines = [
            _("People worked in groups; each group had one board in each session. They wrote proposals, voted on them, "
              "and saw the result together. The facilitator promoted proposals into conclusions of the day."),
            _("A code such as 1.2B7 names the seventh proposal of the second group (B) in the second working session "
              "of day 1. A code such as C1.3 names the third conclusion of day 1."),
        ]  # fmt: skip
        if "dots" in kinds:
            lines.append(
                _("Dots: everybody had the same number of dots and placed them on proposals, up to a limit on each. "
                  "Proposals are ordered by their dots.")
            )  # fmt: skip
        if "approval" in kinds:
            lines.append(
                _("Approval: everybody could agree, disagree or pass on each proposal. Proposals are ordered by how "
                  "many more people agree than disagree.")
            )  # fmt: skip
        lines += [
            _("Proposals with the same score share a place and are marked with =; their order within a tie means "
              "nothing. The next place is counted on: 1, 2 =, 2 =, 4."),
            _("Turnout counts those who voted against those who were entitled when the vote opened. Votes are secret: "
              "no report says who voted for what. Results appear here only after they were revealed to the group."),
            _("Withdrawn and hidden proposals are not ranked and their text is not shown. A conclusion's figures are "
              "those of the moment when it was promoted."),
        ]  # fmt: skip
        gathered: Line = (_("The state of this report: "), Moment(outcome.gathered_at), ".")
        return Section(
            _("How to read this report"),
            "methods",
            (ListBlock(tuple((line,) for line in lines)), Note(gathered)),
            new_page=True,
        )

    def annex(self) -> Section:
        _ = self._
        sections = tuple(
            Section(
                f"{session.code}  {session.title}",
                f"annex-{_session_anchor(session)}",
                tuple(block for board in session.boards for block in self.contributions(board)),
                listed=False,
            )
            for day in self.outcome.days
            for session in day.sessions
            if any(board.proposals for board in session.boards)
        )
        empty = (Note((_("No contributions yet."),)),)
        return Section(_("Annex: every contribution"), "annex", sections or empty, new_page=True)

    def contributions(self, board: OutcomeBoard) -> tuple[Block, ...]:
        _ = self._
        if not board.proposals:
            return ()
        votes = _("Dots") if board.ballot.kind == "dots" else _("Agree, pass, disagree")
        columns = [Column(_("No."), "code"), Column(_("Contribution"))]
        columns += [Column(_("Lane"))] if board.lanes else []
        columns += [Column(_("From")), Column(_("Sent (UTC)"), "moment")]
        columns += [Column(_("Rank"), "rank"), Column(votes, "number")] if board.ballot.revealed else []
        rows = []
        for p in board.proposals:
            if p.status == "withdrawn":
                continue
            standing = p.status == "standing"
            cells: list[Cell] = [p.code]
            if standing:
                cells.append((p.text or "", *self.became(p)))
            else:
                hidden = _("Hidden by the facilitator: {reason}").format(reason=p.reason or "")
                cells.append((hidden, *self.became(p)))
            cells += [p.lane] if board.lanes else []
            cells += [self.named(p.author) if standing else None, Moment(p.at)]
            if board.ballot.revealed:
                cells.append(Rank(p.result.rank, p.result.tied) if p.result else None)
                cells.append(_counted(p))
            rows.append(Row(tuple(cells), anchor=_anchor(p.code), muted=not standing))
        anchor = f"all-{_anchor(board.code)}"
        blocks: list[Block] = []
        if rows:
            blocks.append(Table(f"{board.code}  {board.group}", tuple(columns), tuple(rows), quiet=True))
        if withdrawn := len(board.having("withdrawn")):
            blocks.append(Note((_("Withdrawn by their authors: {count}.").format(count=withdrawn),)))
        return (Section(f"{board.code}  {board.group}", anchor, tuple(blocks)),)

    # --- pieces -------------------------------------------------------------------------------------------------

    def proposal_line(self, p: OutcomeProposal) -> Line:
        return (Reference(p.code, _anchor(p.code)), "  ", p.text or "", *self.became(p))

    def became(self, p: OutcomeProposal) -> Line:
        """Where a proposal went: jumps to its conclusions."""
        jumps: list[Any] = []
        for code in p.conclusions:
            jumps += ["  ", Reference(f"→\u00a0{code}", _anchor(code))]
        return tuple(jumps)

    def bar(self, p: OutcomeProposal, full: int) -> Bar:
        _ = self._
        tally = p.result.tally if p.result else {}
        if "dots" in tally:
            return Bar((Part(_("dots"), tally["dots"]),), full, str(tally["dots"]))
        agree, passed, disagree = tally.get("agree", 0), tally.get("pass", 0), tally.get("disagree", 0)
        parts = (
            Part(_("agree"), agree, "for"),
            Part(_("pass"), passed, "neutral"),
            Part(_("disagree"), disagree, "against"),
        )
        return Bar(parts, full, " · ".join(f"{part.value} {part.label}" for part in parts))

    def figures_in_words(self, figures: Mapping[str, Any] | None) -> str:
        _ = self._
        if not figures:
            return _("Promoted without a revealed vote")
        kind = figures.get("kind")
        if kind == "dots":
            words = _("{dots} dots from {voters} people").format(
                dots=figures.get("dots", 0), voters=figures.get("voters", 0)
            )
        else:
            words = _("{agree} agree, {disagree} disagree, {passed} pass").format(
                agree=figures.get("agree", 0), disagree=figures.get("disagree", 0), passed=figures.get("pass", 0)
            )
        place = _("place {rank} of {of}, tied") if figures.get("tied") else _("place {rank} of {of}")
        turnout = self.turnout(figures.get("voted", 0), figures.get("electors", 0))
        return "; ".join(
            (
                words,
                place.format(rank=figures.get("rank", "?"), of=figures.get("of", "?")),
                _("turnout {turnout}").format(turnout=turnout),
            )
        )

    def ballot_in_words(self, board: OutcomeBoard) -> str:
        _, ballot = self._, board.ballot
        if ballot.kind == "dots":
            words = _("{budget} dots each, at most {cap} on a proposal").format(budget=ballot.budget, cap=ballot.cap)
        else:
            words = _("agree, disagree or pass")
        return f"{words}, {_('secret')}" if ballot.secret else words

    def turnout(self, voted: int, electors: int) -> str:
        share = f" ({round(100 * voted / electors)} %)" if electors else ""
        return self._("{voted} of {electors}").format(voted=voted, electors=electors) + share

    def not_shown(self, board: OutcomeBoard) -> str:
        _ = self._
        counts = [
            _("hidden by the facilitator: {count}").format(count=len(board.having("hidden"))),
            _("withdrawn by their authors: {count}").format(count=len(board.having("withdrawn"))),
        ]
        return _("Not shown: {what}.").format(what=", ".join(counts))

    def to_annex(self, board: OutcomeBoard) -> Reference:
        return Reference(f"{board.code}  {board.group}", f"all-{_anchor(board.code)}")

    def named(self, who: Who) -> str:
        return f"{who.name}, {who.organisation}" if who.organisation else who.name

    def day_title(self, day: OutcomeDay) -> str:
        when = self.dates([day.date])
        first = self._("Day {number}").format(number=day.number)
        if not day.title or day.title == first:
            return f"{first}, {when}"
        return f"{first}, {when}: {day.title}"

    def dates(self, days: list[str]) -> str:
        """A day as the reader writes it; of several, the first and the last."""
        if not days:
            return ""
        first, last = date.fromisoformat(min(days)), date.fromisoformat(max(days))
        written = format_date(last, "long", self.locale)
        if first == last:
            return written
        if (first.year, first.month) == (last.year, last.month) and written.startswith(str(last.day)):
            return f"{first.day}–{written}"
        return f"{format_date(first, 'long', self.locale)} – {written}"


def _locale(tag: str) -> Locale:
    try:
        locale = Locale.parse(tag.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        locale = Locale.parse("en")
    # Without a territory Babel writes July 5, 2016; a gathering of the world's cities reads 5 July 2016.
    return Locale.parse("en_GB") if str(locale) == "en" else locale


def _anchor(code: str) -> str:
    """C1.2 -> c1-2, 1.3B17 -> p1-3b17."""
    name = code.lower().replace(".", "-")
    return name if name.startswith("c") else f"p{name}"


def _session_anchor(session: OutcomeSession) -> str:
    return f"s{session.code.replace('.', '-')}"


def _time(session: OutcomeSession) -> str:
    if not session.starts_at:
        return ""
    start = int(session.starts_at[:2]) * 60 + int(session.starts_at[3:])
    end = (start + session.minutes) % (24 * 60)
    return f"{session.starts_at}–{end // 60:02}:{end % 60:02}"


def _groups(session: OutcomeSession) -> str:
    return ", ".join(board.group for board in session.boards)


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.split("\n\n") if part.strip()]


def _counted(p: OutcomeProposal) -> Cell:
    """The figures of a proposal's votes, short: its dots, or agree · pass · disagree."""
    if p.result is None:
        return None
    tally = p.result.tally
    if "dots" in tally:
        return tally["dots"]
    return " · ".join(str(tally.get(key, 0)) for key in ("agree", "pass", "disagree"))


def _full_length(board: OutcomeBoard) -> int:
    """What a full-length bar stands for on this board: the largest sum of parts that it has."""
    sizes = [
        p.result.tally["dots"]
        if "dots" in p.result.tally
        else p.result.tally.get("agree", 0) + p.result.tally.get("pass", 0) + p.result.tally.get("disagree", 0)
        for p in board.proposals
        if p.result
    ]
    return max([1, *sizes])


def _first_places(ranked: tuple[OutcomeProposal, ...]) -> tuple[OutcomeProposal, ...]:
    """The best of a long list, without cutting through a tie."""
    if len(ranked) <= SHORT_LIST:
        return ranked
    last = ranked[FIRST_PLACES - 1].result
    return tuple(p for p in ranked if p.result and last and p.result.rank <= last.rank)
