"""What the holder of a pay link can choose from: what the rules would grant, asked of them beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bot.decide import Act, Decision, Known, decide
from bot.decision import latest_day as last_to_choose
from bot.stories.known import known
from bot.understanding import Intent, Reading
from core.calendar import local
from core.db import Tx
from core.money import Money
from payments import instalments
from payments.lifecycle import Status, Verb, after
from payments.parts import FEWEST, MONTH, WEEK, Part, most_parts
from payments.policy import Policy
from payments.requests import PaymentRequest

_MAY_DIVIDE: Final = frozenset({Status.PLANNED, Status.OPEN, Status.PROMISED, Status.PAUSED, Status.HARDSHIP})
# Further away than any rule lets a payment wait, to hear how far it may.
_TOO_FAR: Final = timedelta(days=3660)


@dataclass(frozen=True)
class Division:
    """One way to pay in parts that would be granted: weekly or monthly, the first part today."""

    interval: str
    parts: Sequence[Part]

    @property
    def count(self) -> int:
        return len(self.parts)

    @property
    def larger(self) -> int:
        """How many parts, the first ones, are a cent more than the last; zero when all are equal."""
        return sum(part.amount != self.parts[-1].amount for part in self.parts)


def said(intent: Intent, slots: Mapping[str, object] | None = None, language: str = "nl") -> Reading:
    """Return what a choice on the page means, as if it were said in words."""
    return Reading((intent,), dict(slots or {}), language=language)


def in_parts(count: int, interval: str, first: date | None = None) -> Reading:
    """Return the wish to pay in `count` parts."""
    start = {"start_date": first.isoformat()} if first else {}
    return said(Intent.INSTALMENTS, {"instalments": count, "interval": interval, **start})


def on_page(tx: Tx, request: PaymentRequest) -> Known:
    """Return what deciding knows of somebody on the page: a stop there is about messages, not about this."""
    return replace(known(tx, request), opted_out=False)


def divisions(request: PaymentRequest, remaining: Money, today: date) -> tuple[Division, ...]:
    """Return every way in which what remains may be divided; none when that is not for the payer to choose.

    In hardship they are what can be wished for: a person arranges it.
    """
    if Status(request.status) not in _MAY_DIVIDE or not remaining:
        return ()
    return granted(request.merchant.policy, remaining, today, request.expires_on)


def granted(policy: Policy, remaining: Money, today: date, last_day: date | None) -> tuple[Division, ...]:
    """Return every division of `remaining` that the rules grant today."""
    facts = Known(today, Status.OPEN, policy, remaining, last_day=last_day)
    tried = [
        (interval, decide(in_parts(count, interval), facts))
        for interval in (MONTH, WEEK)
        for count in range(FEWEST, most_parts(facts.remaining, policy) + 1)
    ]
    return tuple(
        Division(interval, decision.parts) for interval, decision in tried if decision.act is Act.DIVIDE
    )


def latest_day(tx: Tx, request: PaymentRequest) -> date | None:
    """Return the last day to which paying, or the part that is next, may move; None when it may not."""
    today = local(tx.now).date()
    if request.status == Status.INSTALMENTS:
        return _latest_for_part(on_page(tx, request))
    if instalments.agreed(tx, request.id):
        return None  # a person looks into what was agreed
    policy = request.merchant.policy
    possible = after(Status(request.status), Verb.PROMISE) is not None
    if not possible or request.times_promised >= policy.postpone_times:
        return None
    return last_to_choose(today, policy.postpone_days, request.expires_on)


def _latest_for_part(facts: Known) -> date | None:
    latest = on_day(facts.today + _TOO_FAR, facts).facts.get("latest")
    return latest if isinstance(latest, date) else None


def on_day(day: date, facts: Known) -> Decision:
    """Decide on `day` for the part that is next, under the same rules as in chat.

    The page asks for the day of this one part, so that those behind it never move along.
    """
    alone = replace(facts, policy=replace(facts.policy, part_first_days=0))
    return decide(said(Intent.RESCHEDULE, {"date": day.isoformat()}), alone)


def rest_until(request: PaymentRequest, today: date) -> date | None:
    """Return the last day until which the payer may ask for rest, or None."""
    policy = request.merchant.policy
    possible = after(Status(request.status), Verb.PAUSE) is not None
    if not possible or request.times_paused >= policy.pause_times:
        return None
    latest = last_to_choose(today, policy.pause_days, request.expires_on)
    return latest if latest > today else None
