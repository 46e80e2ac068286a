"""What people type: cleaned without losing a word, refused with a reason."""

from __future__ import annotations

import unicodedata

from .refusals import Refused

PROPOSAL_LIMIT = 500
WORDING_LIMIT = 1000
REPORT_LIMIT = 2_000
ANNOUNCEMENT_LIMIT = 280
CAPTION_LIMIT = 300
REASON_LIMIT = 200
NAME_LIMIT = 60
THEME_LIMIT = 120
TEXT_LIMIT = 5_000

# Embeddings, overrides and isolates can make a name read as another one on everybody's screen.
BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Zero-width characters that join nothing; ZWJ and ZWNJ stay, since emoji and Persian need them.
INVISIBLE = frozenset("\u200b\u2060\ufeff\u00ad")


def person_name(raw: str) -> str:
    """One line, 1 to 60 characters, without control characters.

    Raises:
        Refused: `name_empty`, `name_too_long` or `name_controls`.
    """
    if len(raw) > 10 * NAME_LIMIT:
        raise Refused("name_too_long", length=len(raw), limit=NAME_LIMIT)
    if any(ch in BIDI_CONTROLS or (unicodedata.category(ch) == "Cc" and not ch.isspace()) for ch in raw):
        raise Refused("name_controls")
    name = " ".join(visible(raw).split())
    if not name:
        raise Refused("name_empty")
    if len(name) > NAME_LIMIT:
        raise Refused("name_too_long", length=len(name), limit=NAME_LIMIT)
    return name


def proposal_text(raw: str) -> str:
    """Plain text of up to 500 characters; line breaks stay, at most one blank line in a row."""
    return _prose(raw, PROPOSAL_LIMIT, "text_empty")


def comment_text(raw: str) -> str:
    """What is said to a proposal, a pledge, a reason: as long as a proposal."""
    return _prose(raw, PROPOSAL_LIMIT, "text_empty")


def theme_name(raw: str) -> str:
    """One line of up to 120 characters."""
    return " ".join(_prose(raw, THEME_LIMIT, "theme_empty").split())


def label(raw: str) -> str:
    """A few words to choose by: one line of up to 60 characters."""
    return " ".join(_prose(raw, NAME_LIMIT, "text_empty").split())


def guiding_text(raw: str) -> str:
    """A mission, a vision: plain text of up to 5,000 characters."""
    return _prose(raw, TEXT_LIMIT, "text_empty")


def title(raw: str) -> str:
    """The title of an event, a day, a session: one line of up to 200 characters."""
    return " ".join(_prose(raw, REASON_LIMIT, "title_empty").split())


def line(raw: str) -> str:
    """One line of up to 200 characters, and possibly nothing."""
    return " ".join(_prose(raw, REASON_LIMIT, "text_empty").split()) if visible(raw).strip() else ""


def description(raw: str) -> str:
    """What stands beside a title: up to 2,000 characters, and possibly nothing."""
    return _prose(raw, REPORT_LIMIT, "text_empty") if visible(raw).strip() else ""


def prose(raw: str) -> str:
    """What an organiser writes in Markdown: up to 5,000 characters, and possibly nothing."""
    return _prose(raw, TEXT_LIMIT, "text_empty") if visible(raw).strip() else ""


def first_step(raw: str) -> str:
    """What is done first: up to 500 characters, and possibly nothing yet."""
    return _prose(raw, PROPOSAL_LIMIT, "text_empty") if visible(raw).strip() else ""


def conclusion_wording(raw: str) -> str:
    """The wording of a conclusion: plain text of up to 1,000 characters."""
    return _prose(raw, WORDING_LIMIT, "text_empty")


def minority_report(raw: str) -> str:
    """What dissenters say beside a conclusion: up to 2,000 characters."""
    return _prose(raw, REPORT_LIMIT, "text_empty")


def answer(raw: str) -> str:
    """What came of something in the parking lot: up to 1,000 characters."""
    return _prose(raw, WORDING_LIMIT, "text_empty")


def announcement(raw: str) -> str:
    """A word to everybody: up to 280 characters, so that it is read at a glance."""
    return _prose(raw, ANNOUNCEMENT_LIMIT, "text_empty")


def body_name(raw: str) -> str:
    """The body that decides on conclusions after the event: 1 to 200 characters."""
    return _prose(raw, REASON_LIMIT, "text_empty")


def remark(raw: str) -> str:
    """What is said beside something, and possibly nothing: up to 1,000 characters."""
    return _prose(raw, WORDING_LIMIT, "text_empty") if visible(raw).strip() else ""


def caption(raw: str) -> str:
    """What stands under a picture, or says what is in it to those who cannot see it: up to 300 characters, and possibly
    nothing."""
    return _prose(raw, CAPTION_LIMIT, "text_empty") if visible(raw).strip() else ""


def moderation_reason(raw: str) -> str:
    """Why something was hidden: 1 to 200 characters."""
    return _prose(raw, REASON_LIMIT, "reason_empty")


def _prose(raw: str, limit: int, if_empty: str) -> str:
    lines = [" ".join(line.split()) for line in visible(raw).splitlines()]
    text = "\n".join(line for i, line in enumerate(lines) if line or (i and lines[i - 1])).strip()
    if not text:
        raise Refused(if_empty)
    if len(text) > limit:
        raise Refused("text_too_long", length=len(text), limit=limit, over=len(text) - limit)
    return text


def visible(raw: str) -> str:
    """The text without what nobody sees: controls other than white space, direction controls, zero-width fillers."""
    composed = unicodedata.normalize("NFC", raw)
    return "".join(
        ch
        for ch in composed
        if ch not in BIDI_CONTROLS
        and ch not in INVISIBLE
        and (ch.isspace() or unicodedata.category(ch) not in ("Cc", "Cs", "Cn"))
    )
