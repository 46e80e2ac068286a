"""An edition: the report as the organiser has arranged it, and the news that the public page tells, ready to be frozen.

draft = prepare(db, edition_id)                       # in a reading transaction
args = sealed(draft, store.key)                       # beside, it takes seconds: what `edition.freeze` takes
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection as Db
from sqlalchemy import select

from .. import i18n
from ..domain import frozen
from ..domain.document import (
    Block,
    Document,
    Facts,
    ListBlock,
    Note,
    Paragraph,
    Reference,
    Section,
    Statement,
    anchors,
    rebuilt,
    sections,
)
from ..domain.frozen import Frozen, difference
from ..store.models import Edition
from .compile import Depth, Translate, compile_report
from .compile.words import Words, anchor, locale_of
from .gather import Outcome, OutcomeBoard, OutcomeOrganisation, Who, gather
from .prose import blocks_of

JSON = Mapping[str, Any]


@dataclass(frozen=True)
class Plan:
    """How an edition is to be. `sections` are `{section, off, intro}` by the anchor of a report's top-level section,
    `ordered` such anchors in the order in which the sections are to stand; `named`: people stand in it by name, where
    they were promised no less. `corrects` is the number and the content of the edition before it, `note` what the
    organiser says of the changes."""

    number: int
    title: str
    depth: Depth
    named: bool
    story: str
    sections: tuple[JSON, ...]
    ordered: tuple[str, ...] = ()
    note: str = ""
    corrects: tuple[int, Frozen] | None = None


@dataclass(frozen=True)
class Draft:
    """What of the database goes into an edition. `revision` is how often it had been arranged by then."""

    id: str
    revision: int
    language: str
    outcome: Outcome
    plan: Plan


def prepare(db: Db, edition: str) -> Draft:
    """Read what a draft is made of.

    Raises:
        LookupError: there is no such edition.
    """
    row = db.execute(select(*Edition.__table__.c).where(Edition.id == edition)).one_or_none()
    if row is None:
        raise LookupError(f"no edition {edition!r}")
    before = None
    if row.corrects is not None:
        one = db.execute(select(Edition.number, Edition.document).where(Edition.id == row.corrects)).one()
        before = (one.number, frozen.read(one.document or ""))
    plan = Plan(
        number=row.number,
        title=row.title,
        depth=row.depth,
        named=row.named,
        story=row.story,
        sections=tuple(row.sections),
        ordered=tuple(row.ordered),
        note=row.note,
        corrects=before,
    )
    return Draft(row.id, row.revision, row.language, gather(db, row.event), plan)


def whole(draft: Draft) -> Document:
    """The report with all its sections in their order, before any is left out: what there is to arrange."""
    report = compile_report(draft.outcome, i18n.translator(draft.language), draft.language, draft.plan.depth)
    return replace(report, blocks=_ordered(report.blocks, draft.plan.ordered))


def compiled(draft: Draft) -> Frozen:
    return make(draft.outcome, i18n.translator(draft.language), draft.language, draft.plan)


def sealed(draft: Draft, key: str) -> dict[str, Any]:
    """The arguments of `edition.freeze`."""
    made = compiled(draft)
    said: dict[str, Any] = {
        "document": frozen.written(made),
        "contents": contents(made.report),
        "changes": changes_between(draft.plan.corrects[1], made) if draft.plan.corrects else [],
    }
    seal = frozen.seal(key, draft.id, draft.revision, said["document"], said["contents"], said["changes"])
    return {"edition": draft.id, **said, "seal": seal}


def make(outcome: Outcome, translate: Translate, locale: str, plan: Plan) -> Frozen:
    """The edition of an outcome. One that corrects another says first what has changed."""
    shown = outcome if plan.named else nameless(outcome)
    whole = compile_report(shown, translate, locale, plan.depth)
    words = Words(translate, locale_of(locale))
    made = Frozen(
        report=replace(
            whole,
            title=plan.title,
            meta=(*whole.meta, (translate("Edition"), translate("Edition {number}").format(number=plan.number))),
            blocks=tuple(_arranged(_ordered(whole.blocks, plan.ordered), plan.sections)),
        ),
        news=_news(words, shown, whole, plan),
    )
    if plan.corrects is not None:
        number, before = plan.corrects
        changed = changes_section(translate, number, changes_between(before, made), plan.note)
        front = sum(1 for block in made.report.blocks if not isinstance(block, Section))
        blocks = made.report.blocks
        made = replace(made, report=replace(made.report, blocks=(*blocks[:front], changed, *blocks[front:])))
    return replace(made, report=_linked(made.report), news=_linked(made.news))


def contents(report: Document) -> list[dict[str, str]]:
    """The sections that can be arranged, signed and commented on: `{section, title}` in order."""
    return [{"section": section.anchor, "title": section.title} for section in sections(report.blocks)]


def changes_between(before: Frozen, after: Frozen) -> list[dict[str, Any]]:
    """`difference`, but for the sections that say so themselves."""
    return difference(_without_changes(before), _without_changes(after))


def nameless(outcome: Outcome) -> Outcome:
    """The outcome with organisations where people's names were. How many came stays."""

    def unnamed(part: Any) -> Any:
        if isinstance(part, Who):
            return Who(None, part.organisation)
        if isinstance(part, OutcomeOrganisation):
            return replace(part, present=(None,) * len(part.present))
        if isinstance(part, OutcomeBoard):
            return replace(part, rapporteur=None)
        return part

    bare = replace(outcome, independent=(None,) * len(outcome.independent), facilitators=())
    return rebuilt(bare, unnamed)  # type: ignore[no-any-return]


CHANGES = "what-changed"


def changes_section(translate: Translate, number: int, changes: Sequence[JSON], note: str) -> Section:
    """What a correction says of itself."""
    _ = translate
    words = {"added": _("Added: {title}"), "changed": _("Changed: {title}"), "removed": _("Removed: {title}")}
    titles = {"news": _("the public page"), "front": _("the first page"), "order": _("the order of the sections")}
    blocks: list[Block] = [*blocks_of(note)]
    blocks.append(
        ListBlock(tuple((words[one["change"]].format(title=one["title"] or titles[one["where"]]),) for one in changes))
        if changes
        else Note((_("Nothing else has changed."),))
    )
    return Section(_("What has changed since edition {number}").format(number=number), CHANGES, tuple(blocks))


def _without_changes(frozen: Frozen) -> Frozen:
    kept = tuple(b for b in frozen.report.blocks if not (isinstance(b, Section) and b.anchor == CHANGES))
    return replace(frozen, report=replace(frozen.report, blocks=kept))


def _ordered(blocks: Sequence[Block], order: Sequence[str]) -> tuple[Block, ...]:
    """The sections in the order that is wished for, in the places that sections have; what stands before, between and
    after them stays there."""
    known = {section.anchor: section for section in sections(blocks)}
    placed = [name for name in order if name in known]
    before = None
    for name in known:
        if name not in placed:
            placed.insert(0 if before is None else placed.index(before) + 1, name)
        before = name
    ordered = iter(placed)
    return tuple(known[next(ordered)] if isinstance(block, Section) else block for block in blocks)


def _arranged(blocks: Sequence[Block], arranged: Sequence[JSON]) -> list[Block]:
    plans = {plan["section"]: plan for plan in arranged}
    shown: list[Block] = []
    for block in blocks:
        plan = plans.get(block.anchor) if isinstance(block, Section) else None
        if plan is None or not isinstance(block, Section):
            shown.append(block)
        elif not plan["off"]:
            shown.append(replace(block, blocks=(*blocks_of(plan["intro"]), *block.blocks)))
    return shown


def _linked(document: Document) -> Document:
    """References to what is not in the document become words."""
    known = set(anchors(document.blocks))

    def reached(part: Any) -> Any:
        return part.text if isinstance(part, Reference) and part.anchor not in known else part

    return rebuilt(document, reached)  # type: ignore[no-any-return]


def _news(words: Words, outcome: Outcome, whole: Document, plan: Plan) -> Document:
    _ = words._
    figures = (
        (_("People"), (str(outcome.present),)),
        (_("Organisations"), (str(sum(1 for body in outcome.organisations if body.present)),)),
        (_("Proposals"), (str(sum(len(board.having("standing")) for board in outcome.boards)),)),
        (_("Votes"), (str(sum(ballot.voted for ballot in outcome.ballots if not ballot.open)),)),
    )
    blocks: list[Block] = [Note((outcome.sample,), warning=True)] if outcome.sample else []
    blocks += blocks_of(plan.story)
    if not plan.story and outcome.purpose:
        blocks += [Paragraph((part.strip(),)) for part in outcome.purpose.split("\n\n") if part.strip()]
    blocks.append(Facts(figures, large=True))
    for kind, title in (
        ("decision", _("Decisions")),
        ("recommendation", _("Recommendations")),
        ("conclusion", _("Conclusions")),
        ("action", _("Actions")),
    ):
        found = [c for c in outcome.conclusions if c.kind == kind]
        if found:
            statements = tuple(
                Statement(
                    c.code,
                    c.wording,
                    f"news-{anchor(c.code)}",
                    label=words.ratified(c.ratification) if c.ratification else "",
                )
                for c in found
            )
            blocks.append(Section(title, f"news-{kind}s", statements))
    return replace(whole, title=plan.title, contents="", meta=(), blocks=tuple(blocks))
