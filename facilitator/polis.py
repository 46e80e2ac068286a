"""Reading a conversation in the files that Polis exports: `comments.csv`, `votes.csv` and, if there, `summary.csv`.

Column meanings are those of the Polis data export (https://compdemocracy.org/export): a vote is 1 (agree), -1
(disagree) or 0 (pass), and the last vote of a voter on a comment is the one that counts. `agrees` and `disagrees` of a
comment come from another moment than the votes and are not read.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .domain.refusals import Refused
from .domain.text import proposal_text, visible

COMMENT_COLUMNS = ("timestamp", "comment-id", "author-id", "comment-body")
VOTE_COLUMNS = ("timestamp", "comment-id", "voter-id", "vote")
MOST_PROBLEMS = 20
LONGEST_FIELD = 1_000_000

Progress = Callable[[str, int], None]


class ConversationError(Exception):
    """The files cannot be imported; `problems` names file, line and what to correct."""

    def __init__(self, problems: list[str]) -> None:
        shown = problems[:MOST_PROBLEMS]
        more = len(problems) - len(shown)
        super().__init__("\n".join([*shown, *([f"… and {more} more"] if more else [])]))
        self.problems = problems


@dataclass
class Read:
    """A conversation as it was read: arguments of the command `conversation.import`, without the group."""

    title: str
    prompt: str
    comments: list[dict[str, Any]]
    votes: list[tuple[str, str, int]]
    opened_at: int
    closed_at: int
    problems: list[str] = field(default_factory=list)

    def args(self, group: str) -> dict[str, Any]:
        return {
            "title": self.title,
            "prompt": self.prompt,
            "group": group,
            "comments": self.comments,
            "votes": self.votes,
            "opened_at": self.opened_at,
            "closed_at": self.closed_at,
        }


def read(folder: Path, progress: Progress = lambda stage, rows: None) -> Read:
    """Read a conversation whole, or not at all.

    Args:
        progress: told (file name, rows so far) every few thousand rows.

    Raises:
        ConversationError: a file is missing or a row is wrong; every such row is named by its line.
    """
    problems: list[str] = []
    comments = _comments(folder / "comments.csv", problems, progress)
    votes = _votes(folder / "votes.csv", {comment["id"] for comment in comments}, problems, progress)
    if problems:
        raise ConversationError(problems)
    if not comments:
        raise ConversationError(["comments.csv has no comments. Export the conversation again."])
    summary = _summary(folder / "summary.csv")
    moments = [at for at, _ in votes.values()] or [comment["at"] for comment in comments]
    return Read(
        title=(visible(summary.get("topic", "")).strip() or folder.resolve().name)[:200],
        prompt=visible(summary.get("conversation-description", ""))[:5_000],
        comments=comments,
        votes=[(voter, comment, value) for (voter, comment), (_at, value) in votes.items()],
        opened_at=min(moments),
        closed_at=max(moments),
    )


def _comments(path: Path, problems: list[str], progress: Progress) -> list[dict[str, Any]]:
    comments: dict[str, dict[str, Any]] = {}
    for line, row in _rows(path, COMMENT_COLUMNS, problems, progress):
        where = f"{path.name}, line {line}"
        try:
            comment = {
                "id": _name(row, "comment-id"),
                "author": _name(row, "author-id"),
                "at": _moment(row),
                "text": proposal_text(row["comment-body"]),
            }
        except (ValueError, Refused) as error:
            problems.append(f"{where}: {error}")
            continue
        if comment["id"] in comments:
            problems.append(f"{where}: the comment {comment['id']} is there twice. Remove one of them.")
        comments[str(comment["id"])] = comment
    return list(comments.values())


def _votes(
    path: Path, comments: set[str], problems: list[str], progress: Progress
) -> dict[tuple[str, str], tuple[int, int]]:
    """(voter, comment) -> (moment, value): the latest vote of each; of the same moment, the later line."""
    votes: dict[tuple[str, str], tuple[int, int]] = {}
    for line, row in _rows(path, VOTE_COLUMNS, problems, progress):
        try:
            voter, comment, at = _name(row, "voter-id"), _name(row, "comment-id"), _moment(row)
            if row["vote"] not in ("1", "0", "-1"):
                raise ValueError(f"vote is “{row['vote'][:20]}”. Use 1 (agree), -1 (disagree) or 0 (pass).")
            if comment not in comments:
                raise ValueError(f"there is no comment {comment} in comments.csv.")
        except ValueError as error:
            problems.append(f"{path.name}, line {line}: {error}")
            continue
        before = votes.get((voter, comment))
        if before is None or at >= before[0]:
            votes[voter, comment] = (at, int(row["vote"]))
    return votes


def _rows(
    path: Path, columns: tuple[str, ...], problems: list[str], progress: Progress
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV file with the number of the line on which each ends."""
    csv.field_size_limit(LONGEST_FIELD)
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [name for name in columns if name not in (reader.fieldnames or [])]
            if missing:
                problems.append(f"{path.name}, line 1: the column {', '.join(missing)} is missing.")
                return
            for number, row in enumerate(reader, start=1):
                if None in row.values() or None in row:
                    problems.append(f"{path.name}, line {reader.line_num}: it has too many or too few columns.")
                    continue
                yield reader.line_num, row
                if number % 2_000 == 0:
                    progress(path.name, number)
            progress(path.name, reader.line_num)
    except FileNotFoundError:
        problems.append(f"{path.name} is not in {path.parent}. Give the folder of a Polis export.")
    except UnicodeDecodeError as error:
        problems.append(f"{path.name} is not UTF-8 text (byte {error.start}). Save it as UTF-8.")
    except (csv.Error, OSError) as error:
        problems.append(f"{path.name} cannot be read: {error}.")


def _name(row: dict[str, str], column: str) -> str:
    value = row[column].strip()
    if not value or len(value) > 40 or not value.isprintable():
        raise ValueError(f"{column} is “{value[:20]}”. It needs 1 to 40 characters.")
    return value


def _moment(row: dict[str, str]) -> int:
    value = row["timestamp"].strip()
    if not (value.isascii() and value.isdigit() and 0 <= int(value) <= 4_102_444_800_000):
        raise ValueError(f"timestamp is “{value[:20]}”. Use milliseconds since 1970.")
    return int(value)


def _summary(path: Path) -> dict[str, str]:
    """The conversation's topic and description, where there are some."""
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            return {row[0]: row[1].strip() for row in csv.reader(file) if len(row) >= 2}
    except (OSError, UnicodeDecodeError, csv.Error):
        return {}
