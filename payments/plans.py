"""When a payer is asked again: the plan of a request, and its steps."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Date, ForeignKey, Index, String, UniqueConstraint, select, text
from sqlalchemy.orm import Mapped, mapped_column

from core.calendar import local, moment, next_writing_day
from core.db import Base, Tx, UtcDateTime, constant
from payments import pay_days, promises
from payments.lifecycle import Status
from payments.requests import PaymentRequest

FIRST = "request"
EXPIRY = "expire"
PROMISE_OVER = "promise-over"
ANSWER_OVERDUE = "answer-overdue"
_PROMISE, _RESUME = "promise", "resume"
# Steps that ask for nothing: they stand beside the messages that do, and are not taken back with them.
_SILENT = (EXPIRY, PROMISE_OVER, ANSWER_OVERDUE)


class Step(Base):
    """One moment of a plan: local date, time and zone as agreed; `due_at` is derived from them.

    `name` is unique within the request; `template` is what to say; `state` is planned, done or dropped.
    """

    __tablename__ = "step"
    __table_args__ = (
        UniqueConstraint("request_id", "name"),
        Index(
            "ix_step_due",
            "due_at",
            sqlite_where=text("state = 'planned'"),
            postgresql_where=text("state = 'planned'"),
        ),
    )

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    request_id: Mapped[str] = mapped_column(ForeignKey("payment_request.id"))
    name: Mapped[str] = mapped_column(String(40))
    template: Mapped[str] = mapped_column(String(40))
    local_date: Mapped[date] = mapped_column(Date)
    local_time: Mapped[str] = mapped_column(String(8))
    zone: Mapped[str] = mapped_column(String(40), default="Europe/Amsterdam")
    due_at: Mapped[datetime] = mapped_column(UtcDateTime())
    state: Mapped[str] = mapped_column(String(10), default="planned")


def plan_step(tx: Tx, request: PaymentRequest, name: str, template: str, when: datetime) -> Step:
    """Plan one moment at the local naive `when`. A name that was used before gets a number behind it."""
    zone = ZoneInfo("Europe/Amsterdam")
    step = Step(
        id=tx.new_id("stp"),
        merchant_id=request.merchant_id,
        request_id=request.id,
        name=_unused(tx, request.id, name),
        template=template,
        local_date=when.date(),
        local_time=when.time().isoformat("seconds"),
        due_at=moment(when.date(), when.time(), zone),
    )
    tx.session.add(step)
    tx.session.flush()
    tx.ring()
    return step


def _unused(tx: Tx, request_id: str, name: str) -> str:
    taken = set(tx.session.scalars(select(Step.name).where(Step.request_id == request_id)))
    return next(n for n in [name, *(f"{name}-{i}" for i in range(2, 1000))] if n not in taken)


def planned(tx: Tx, request_id: str) -> Sequence[Step]:
    """Return the messages of a request that are still to come, earliest first."""
    query = select(Step).where(
        Step.request_id == request_id, Step.state == "planned", Step.template.not_in(_SILENT)
    )
    return tx.session.scalars(query.order_by(Step.due_at)).all()


def due(tx: Tx, limit: int) -> Sequence[Step]:
    """Return the steps whose moment has come, the longest waiting first, locked with their requests.

    One whose request is in somebody's hands is left for the next time; see `locked` for the order of locks.
    """
    query = (
        select(Step)
        .join(PaymentRequest, PaymentRequest.id == Step.request_id)
        .where(Step.state == constant("planned"), Step.due_at <= tx.now)
        .order_by(Step.due_at)
        .limit(limit)
        .with_for_update(of=(PaymentRequest, Step), skip_locked=True)
    )
    return tx.session.scalars(query).all()


def put_off(step: Step, when: datetime) -> None:
    """Let `step` come at the local moment `when` instead."""
    step.state, step.local_date = "planned", when.date()
    step.local_time = when.time().isoformat("seconds")
    step.due_at = moment(when.date(), when.time(), ZoneInfo(step.zone))


def plan_expiry(tx: Tx, request: PaymentRequest, last_day: date) -> Step:
    """Plan the end of a request, just after its last day."""
    return plan_step(tx, request, EXPIRY, EXPIRY, datetime.combine(last_day + timedelta(days=1), time(0, 1)))


def plan_overdue(tx: Tx, request: PaymentRequest, by: date) -> None:
    """Plan to look, at the merchant's hour after `by`, whether the answer that was promised is there."""
    query = select(Step.id).where(
        Step.request_id == request.id, Step.template == ANSWER_OVERDUE, Step.state == "planned"
    )
    if tx.session.scalar(query.limit(1)) is None:
        plan_step(tx, request, ANSWER_OVERDUE, ANSWER_OVERDUE, _ask_moment(request, by + timedelta(days=1)))


def drop_steps(tx: Tx, request: PaymentRequest) -> int:
    """Take back every step that is still to come; return how many there were."""
    steps = planned(tx, request.id)
    for step in steps:
        step.state = "dropped"
    return len(steps)


def plan_reminder(tx: Tx, request: PaymentRequest) -> Step | None:
    """Plan the next reminder of the merchant's policy: its days say how far it is behind the one before.

    It is counted from the day on which the payer was last asked, and never planned for today or earlier:
    after a promise or a pause the rhythm goes on, it does not catch up. Returns None when nothing was
    asked yet, when all reminders were sent, or when something is planned already.
    """
    if request.asked_at is None or planned(tx, request.id):
        return None
    policy = request.merchant.policy
    used = _reminders_used(tx, request.id)
    if used >= len(policy.reminder_days):
        return None
    gaps = [b - a for a, b in zip((0, *policy.reminder_days), policy.reminder_days, strict=False)]
    last = local(request.last_asked_at or request.asked_at).date()
    day = max(last + timedelta(days=gaps[used]), local(tx.now).date() + timedelta(days=1))
    day = pay_days.of_reminder(day, request.payer.pay_day)
    template = f"reminder-{min(used + 1, 3)}"
    return plan_step(tx, request, f"reminder-{used + 1}", template, _ask_moment(request, day))


def _reminders_used(tx: Tx, request_id: str) -> int:
    query = select(Step).where(Step.request_id == request_id, Step.name.like("reminder-%"))
    return sum(1 for step in tx.session.scalars(query) if step.state == "done")


def promise(tx: Tx, request: PaymentRequest, day: date) -> None:
    """Keep silent until `day`, then ask at the merchant's hour; an earlier promise is replaced."""
    promises.make(tx, request, day)
    request.quiet_until = day
    request.times_promised += 1
    drop_steps(tx, request)
    asked = plan_step(tx, request, _PROMISE, "promise-due", _ask_moment(request, day))
    over = datetime.combine(asked.local_date + timedelta(days=1), time(0, 1))
    plan_step(tx, request, PROMISE_OVER, PROMISE_OVER, over)


def pause(tx: Tx, request: PaymentRequest, until: date) -> None:
    """Keep silent until `until`, then go on where the plan was."""
    request.times_paused += 1
    _rest(tx, request, until, "pause-over")


def hold(tx: Tx, request: PaymentRequest, until: date) -> None:
    """Keep silent until `until` as the merchant wishes, then ask without saying that the payer wanted it.

    It is no reminder: those go on afterwards, each at its usual distance.
    """
    _rest(tx, request, until, FIRST if request.asked_at is None else "hold-over")


def _rest(tx: Tx, request: PaymentRequest, until: date, template: str) -> None:
    promises.replace(tx, request)
    request.quiet_until = until
    drop_steps(tx, request)
    name = FIRST if template == FIRST else _RESUME
    plan_step(tx, request, name, template, _ask_moment(request, until))


def plan_passed_day(tx: Tx, request: PaymentRequest) -> Step | None:
    """Plan to ask, at the merchant's next turn, on a day that was promised or awaited and passed in silence.

    Returns None when there is no such day, or something is planned already.
    """
    passed = request.quiet_until is not None and request.quiet_until <= local(tx.now).date()
    name = {Status.PROMISED: _PROMISE, Status.PAUSED: _RESUME}.get(Status(request.status))
    if not passed or name is None or planned(tx, request.id):
        return None
    query = select(Step.template).where(Step.request_id == request.id, Step.name.like(f"{name}%"))
    template = tx.session.scalars(query.where(Step.template.not_in(_SILENT)).order_by(Step.id.desc())).first()
    if template is None:
        return None
    turn = local(request.merchant.next_turn(tx.now))
    return plan_step(tx, request, name, template, turn.replace(tzinfo=None))


def plan_next(tx: Tx, request: PaymentRequest, not_before: datetime) -> Step | None:
    """Plan what comes next: the first message, at the merchant's first turn from `not_before`, or a reminder.

    Returns None when something is planned already, or nothing is left to say.
    """
    if request.asked_at is not None:
        return plan_reminder(tx, request)
    if planned(tx, request.id):
        return None
    turn = local(request.merchant.next_turn(max(not_before, tx.now)))
    return plan_step(tx, request, FIRST, FIRST, turn.replace(tzinfo=None))


def _ask_moment(request: PaymentRequest, day: date) -> datetime:
    """The merchant's hour on `day`, or on the first day after it on which we may write."""
    at: time = request.merchant.policy.ask_time
    return datetime.combine(next_writing_day(day), at)
