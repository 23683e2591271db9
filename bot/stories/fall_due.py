"""Story 1, first half: the plan says that a moment has come, and its message goes into the outbox."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, time, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from bot.decide.granted import may_be_later
from bot.stories import on_one_day, overdue, part_due
from bot.stories.known import known
from bot.stories.say import BULK, INVITES, NO_DAY, NOW, Words, say
from bot.stories.world import World
from core.calendar import local
from core.db import Tx
from core.log import logger
from payments import instalments, plans, promises
from payments.answers import Held, held
from payments.attention import raise_attention
from payments.guards import why_silent
from payments.ledger import balance
from payments.lifecycle import Verb
from payments.plans import Step
from payments.requests import PaymentRequest, locked
from payments.timeline import Event, note

_log = logger(__name__)
_BATCH = 200
_ON_THE_DAY: Final = "promise-due"


def fall_due(world: World) -> int:
    """Take every step whose moment has come; return how many there were."""
    return world.db.run(_take_due)


def _take_due(tx: Tx) -> int:
    steps = plans.due(tx, _BATCH)
    for step in steps:
        if step.state != "planned":  # it went with another of the same day
            continue
        try:
            with tx.session.begin_nested():
                take(tx, step, asked=False)
        except OperationalError:
            raise  # the database's trouble, not the step's: everything comes again
        except Exception as error:  # noqa: BLE001 - one broken step must not hold up the others
            _log.exception("step failed", step=step.id)
            _give_up(tx, step, type(error).__name__)
    return len(steps)


def _give_up(tx: Tx, step: Step, error: str) -> None:
    step.state = "failed"
    request = locked(tx, step.request_id)
    raise_attention(request, "message_failed")
    note(tx, request, "failed", template=step.template, code=error)


def take(tx: Tx, step: Step, *, asked: bool) -> None:
    """Do what `step` planned, unless it no longer applies; then the timeline says why.

    Where it goes together with what somebody else works on, it stays due and comes again.
    """
    others = on_one_day.also_due(tx, step)
    if others is None:
        return
    request = locked(tx, step.request_id)
    step.state = "done"
    if step.template in _LOOKS:
        if (until := _too_early(tx, request, step)) is not None:
            plans.put_off(step, until)
            return
        _LOOKS[step.template](tx, request, step)
        return
    reason = _why_not(tx, request, step)
    if reason is not None:
        step.state = "dropped"
        note(tx, request, "withheld", template=step.template, reason=reason)
        return
    if not asked and (hold := held(tx, request, step.template)) is not None:
        _put_off(tx, request, step, hold)
        return
    may_go = {s: r for s, r in others.items() if not (_why_not(tx, r, s) or held(tx, r, s.template))}
    _say(tx, {step: request, **may_go}, asked=asked)


def _say(tx: Tx, due: Mapping[Step, PaymentRequest], *, asked: bool) -> None:
    """Queue the one message of the steps that are `due` together; the oldest request is first."""
    step, request = min(due.items(), key=lambda pair: pair[1].id)
    facts = dict(_facts(tx, request, step))
    template = _template(tx, request, step, facts)
    if len(due) > 1:
        facts |= on_one_day.facts_for(list(due.values()))
        template = on_one_day.FOR_ALL[template]
    if template in INVITES and not all(may_be_later(known(tx, one)) for one in due.values()):
        template += NO_DAY
    # What is queued late is late: the guards then spread what piled up while the worker was down.
    urgency = NOW if asked else BULK
    words = Words(template, step.name, facts, asked=asked, urgency=urgency, not_before=step.due_at)
    said = say(tx, request, words) is not None
    for one in due:
        one.state = "done" if said else "dropped"  # a reminder that nobody could get is not used up


def _why_not(tx: Tx, request: PaymentRequest, step: Step) -> str | None:
    money = balance(tx, request)
    due = instalments.due_now(tx, request, money)
    silent = why_silent(request, money, local(tx.now).date(), due)
    if silent is None and step.template in instalments.TEMPLATES:
        return part_due.why_not(tx, request, step)
    return silent


def _too_early(tx: Tx, request: PaymentRequest, step: Step) -> datetime | None:
    """Return the local moment before which nothing is held against the payer: what we would say waits too."""
    if step.template == instalments.LATE:
        hold = held(tx, request, step.template)
        return local(hold.until) if hold is not None else None
    if step.template != plans.PROMISE_OVER:
        return None
    hold = held(tx, request, _ON_THE_DAY)
    waits = [one.due_at for one in plans.planned(tx, request.id) if one.template == _ON_THE_DAY]
    to_come = [at for at in waits if at > tx.now]
    if hold is not None:
        to_come.append(hold.until)
    if not to_come:
        return None
    return datetime.combine(local(max(to_come)).date() + timedelta(days=1), time(0, 1))


def _put_off(tx: Tx, request: PaymentRequest, step: Step, hold: Held) -> None:
    """The step comes again, until it may go; that it waits is told once."""
    plans.put_off(step, local(hold.until))
    wait = {"template": step.template, "reason": hold.reason}
    query = select(Event.data).where(Event.request_id == request.id, Event.kind == "waits")
    told = tx.session.scalars(query.order_by(Event.id.desc()).limit(1)).first() or {}
    if not wait.items() <= told.items():
        note(tx, request, "waits", until=hold.until.isoformat(), **wait)


def _facts(tx: Tx, request: PaymentRequest, step: Step) -> Mapping[str, object]:
    if step.template in instalments.TEMPLATES:
        return part_due.facts_of_part(tx, request, step)
    # The day that the payer named may be a rest day, on which nothing goes.
    day = request.quiet_until or step.local_date
    return {"date": day, "until": day}


def _template(tx: Tx, request: PaymentRequest, step: Step, facts: Mapping[str, object]) -> str:
    if step.template in instalments.TEMPLATES:
        return part_due.template_of_part(tx, request, step, facts["part"])
    return step.template


def _expire(tx: Tx, request: PaymentRequest, _step: Step) -> None:
    if request.move(Verb.EXPIRE):
        plans.drop_steps(tx, request)
        note(tx, request, "expired")
        if instalments.agreed(tx, request.id):  # what was agreed did not come, and only a person can ask on
            instalments.end(tx, request)
            raise_attention(request, "missed_part")


def _promise_over(tx: Tx, request: PaymentRequest, _step: Step) -> None:
    promises.break_past(tx, request, local(tx.now).date())


# These ask for no money: each looks for itself what is so by now, and whether there is anything to say.
_LOOKS: Final[Mapping[str, Callable[[Tx, PaymentRequest, Step], None]]] = {
    plans.EXPIRY: _expire,
    plans.PROMISE_OVER: _promise_over,
    plans.ANSWER_OVERDUE: overdue.tell,
    instalments.LATE: part_due.stays_away,
}
