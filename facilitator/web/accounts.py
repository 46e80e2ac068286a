"""Organisers' accounts: the first one by setup token, passwords hashed with argon2 beside the sockets."""

from __future__ import annotations

import hmac
import os
import secrets
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy import Connection as Db
from sqlalchemy import func, insert, select

from .. import beside
from ..domain import text
from ..domain.refusals import Refused
from ..store.db import Store
from ..store.models import Account, new_id, now_ms

SHORTEST_PASSWORD = 12
LONGEST_PASSWORD = 200


def nobody_yet(db: Db) -> bool:
    return db.execute(select(func.count()).select_from(Account)).scalar_one() == 0


def setup_token(folder: Path) -> str:
    """The token that makes the first organiser; made once, readable by the owner of the data folder only."""
    path = folder / "setup.token"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        token = secrets.token_hex(8)
        file.write(token)
    return token


def make_first(store: Store, *, token: str, name: str, email: str, password: str) -> str:
    """Make the first organiser; the token is used up.

    Raises:
        Refused: `setup_done`, `setup_token_wrong`, or what is wrong with the name, address or password.
    """
    folder = store.settings.data
    with store.reading() as db:
        if not nobody_yet(db):
            raise Refused("setup_done")
    if not hmac.compare_digest(token.strip().encode(), setup_token(folder).encode()):
        raise Refused("setup_token_wrong")
    account = make(store, name=name, email=email, password=password, first=True)
    (folder / "setup.token").unlink(missing_ok=True)
    return account


def make(store: Store, *, name: str, email: str, password: str, first: bool = False) -> str:
    name, email = text.person_name(name), email.strip().lower()
    if "@" not in email[1:-1] or len(email) > 254 or not email.isprintable() or " " in email:
        raise Refused("email_wrong")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise Refused("password_length", least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD)
    hashed = beside.execute(PasswordHasher().hash, password)
    with store.writing() as db:
        if first and not nobody_yet(db):
            raise Refused("setup_done")
        if db.execute(select(Account.id).where(Account.email == email)).first():
            raise Refused("email_taken")
        id = new_id()
        db.execute(
            insert(Account.__table__).values(id=id, email=email, name=name, password_hash=hashed, created_at=now_ms())
        )
    return id


def password_fits(hashed: str, password: str) -> bool:
    try:
        return bool(beside.execute(PasswordHasher().verify, hashed, password[:LONGEST_PASSWORD]))
    except (VerifyMismatchError, InvalidHashError):
        return False
