"""Sessions: made at login, looked up at every request, gone at logout; the browser keeps only a token."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from core.db import Tx
from web.accounts.models import User, WebSession

IDLE: Final = timedelta(hours=12)
LONGEST: Final = timedelta(days=7)
# How exactly we remember when somebody was last here: every look is a read, and few are a write.
_SEEN_EVERY: Final = timedelta(minutes=5)


def begin(tx: Tx, user_id: str, before: str) -> str | None:
    """Log `user_id` in and return the new token; None when they were disabled meanwhile.

    The session behind the token `before` ends: a login never goes on under an older token.
    """
    end(tx, before)
    user = tx.session.get(User, user_id)
    if user is None or user.disabled_at is not None:
        return None
    tx.session.execute(delete(WebSession).where(WebSession.expires_at <= tx.now))
    token = tx.ids.token(32)
    made = WebSession(token=token, user_id=user_id, created_at=tx.now, last_seen_at=tx.now)
    made.expires_at = tx.now + LONGEST
    tx.session.add(made)
    return token


def end(tx: Tx, token: str) -> None:
    """Forget the session behind `token`; showing it again opens nothing."""
    tx.session.execute(delete(WebSession).where(WebSession.token == token))


def find(tx: Tx, token: str) -> tuple[User, bool] | None:
    """Return who is logged in with `token`, with their merchant, and whether `seen` should be told."""
    query = (
        select(WebSession)
        .where(WebSession.token == token, WebSession.expires_at > tx.now)
        .options(joinedload(WebSession.user).joinedload(User.merchant))
    )
    session = tx.session.scalars(query).first()
    if session is None or tx.now - session.last_seen_at >= IDLE or session.user.disabled_at is not None:
        return None
    return session.user, tx.now - session.last_seen_at >= _SEEN_EVERY


def seen(tx: Tx, token: str) -> None:
    """Remember that somebody is still here."""
    session = tx.session.scalars(select(WebSession).where(WebSession.token == token)).first()
    if session is not None:
        session.last_seen_at = tx.now


def csrf_token(secret: str, token: str) -> str:
    """Return what a form must carry to be accepted from the browser that holds `token`."""
    return hmac.new(secret.encode(), f"csrf\0{token}".encode(), hashlib.sha256).hexdigest()
