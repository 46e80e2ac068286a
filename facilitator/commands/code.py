"""The join code."""

from __future__ import annotations

import secrets

from sqlalchemy import Connection as Db
from sqlalchemy import insert, select, update

from ..domain.events import CodeRenewed
from ..store.models import ALPHABET, JoinCode
from .context import Context
from .spec import Nothing, command

CODE_LENGTH = 6


@command("code.renew", "event", Nothing)
def renew(ctx: Context, args: Nothing) -> None:
    """Replace the join code, because it has leaked. Whoever is in stays in."""
    ctx.write(
        update(JoinCode.__table__)
        .where(JoinCode.event == ctx.place.event, JoinCode.expired_at.is_(None))
        .values(expired_at=ctx.now)
    )
    code = issue(ctx.db, ctx.place.event, ctx.now)
    ctx.answer["join_code"] = code
    ctx.emit(CodeRenewed(code))


def issue(db: Db, event: str, now: int) -> str:
    """A new join code for an event: 6 symbols of 31 that nobody confuses, never used before."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
        if db.execute(select(JoinCode.code).where(JoinCode.code == code)).first() is None:
            db.execute(insert(JoinCode.__table__).values(code=code, event=event, issued_at=now))
            return code
