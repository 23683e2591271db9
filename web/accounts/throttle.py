"""How often somebody may try: counted in the database, so that every process counts along."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import case, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from core.db import Tx
from core.errors import SeintjeError
from web.accounts.models import Throttle

_FORGOTTEN: Final = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """At most `count` tries of `what` within `window`."""

    what: str
    count: int
    window: timedelta


# One person at one place; one place, which a whole office may share; one account, from wherever.
LOGIN: Final = Limit("login", 5, timedelta(minutes=15))
LOGIN_PLACE: Final = Limit("login-place", 30, timedelta(minutes=15))
LOGIN_ACCOUNT: Final = Limit("login-account", 50, timedelta(minutes=15))
API: Final = Limit("api", 3000, timedelta(minutes=1))
PUSH: Final = Limit("push", 60, timedelta(minutes=10))
# Of two taps at once the second waits, and then finds that nothing is left to give back.
GIVE_BACK: Final = Limit("give-back", 1, timedelta(seconds=10))


class TooOften(SeintjeError):
    """The limit is reached: `wait` is the number of whole seconds until it may be tried again."""

    def __init__(self, wait: int) -> None:
        super().__init__(f"try again in {wait} seconds")
        self.wait = wait


def take(tx: Tx, limit: Limit, who: str) -> int:
    """Count one try and return 0, or the seconds to wait when there were too many."""
    insert = postgresql.insert if tx.session.get_bind().dialect.name == "postgresql" else sqlite.insert
    begun = insert(Throttle).values(key=_key(limit, who), since=tx.now, count=1)
    over = Throttle.since <= tx.now - limit.window
    counted = begun.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "count": case((over, 1), else_=Throttle.count + 1),
            "since": case((over, _instant(begun)), else_=Throttle.since),
        },
    ).returning(Throttle.count, Throttle.since)
    count, since = tx.session.execute(counted).one()
    if count == 1:
        tx.session.execute(delete(Throttle).where(Throttle.since < tx.now - _FORGOTTEN))
    return 0 if count <= limit.count else _seconds(since + limit.window, tx.now)


def forgive(tx: Tx, limit: Limit, who: str) -> None:
    """Take back one try: it turned out to be right."""
    query = select(Throttle).where(Throttle.key == _key(limit, who)).with_for_update()
    found = tx.session.scalars(query).first()
    if found is not None and found.count > 0:
        found.count -= 1


def _key(limit: Limit, who: str) -> str:
    return f"{limit.what}:{who}"


def _instant(begun: Any) -> Any:  # noqa: ANN401 - SQLAlchemy's `excluded` has no narrower type
    return begun.excluded.since


def _seconds(until: datetime, now: datetime) -> int:
    return max(math.ceil((until - now).total_seconds()), 1)
