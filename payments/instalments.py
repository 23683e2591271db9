"""Paying in parts, for real: what was agreed, what is due by now, and when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from sqlalchemy import Date, ForeignKey, Index, String, select
from sqlalchemy.orm import Mapped, mapped_column

from core.calendar import local, next_writing_day
from core.db import Base, Tx, UtcDateTime
from core.money import Money
from payments import parts, plans
from payments.ledger import Balance, balance
from payments.parts import Part
from payments.plans import Step
from payments.requests import PaymentRequest

DUE: Final = "instalment-due"
MISSED: Final = "instalment-missed"
LATE: Final = "instalment-late"
TEMPLATES: Final = (DUE, MISSED, LATE)
# What is said when more is due than the part that a message is about.
WITH_MORE: Final = {DUE: "instalment-due-more", MISSED: "instalment-missed-more"}
# A missed part is asked for once more, and after as long again a person looks.
_PATIENCE: Final = timedelta(days=3)
_SOON: Final = timedelta(days=7)
# What was said last about a part: the template of its step, and the day.
_Told = tuple[str, date]


class Instalment(Base):
    """One part of an agreed plan. What is left of it follows from the ledger, see payments/parts.py.

    `dropped_at` is when the plan ended or made way for another.
    """

    __tablename__ = "instalment"
    __table_args__ = (Index(None, "request_id"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    merchant_id: Mapped[str] = mapped_column(ForeignKey("merchant.id"))
    request_id: Mapped[str] = mapped_column(ForeignKey("payment_request.id"))
    number: Mapped[int]
    due_on: Mapped[date] = mapped_column(Date)
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    agreed_at: Mapped[datetime] = mapped_column(UtcDateTime())
    dropped_at: Mapped[datetime | None] = mapped_column(UtcDateTime())


def _rows(tx: Tx, request_id: str) -> Sequence[Instalment]:
    query = select(Instalment).where(Instalment.request_id == request_id, Instalment.dropped_at.is_(None))
    return tx.session.scalars(query.order_by(Instalment.number)).all()


def agreed(tx: Tx, request_id: str) -> tuple[Part, ...]:
    """Return the parts as agreed, oldest first; none when the request is not paid in parts."""
    rows = _rows(tx, request_id)
    return tuple(Part(row.number, row.due_on, Money(row.amount_cents, row.currency)) for row in rows)


def agreed_at(tx: Tx, request_id: str) -> datetime | None:
    """Return when the plan was agreed."""
    return next((row.agreed_at for row in _rows(tx, request_id)), None)


def due_now(tx: Tx, request: PaymentRequest, money: Balance) -> Money:
    """Return what should be paid by today: all that is left when there are no parts."""
    return parts.due(agreed(tx, request.id), money.remaining, local(tx.now).date())


def charge(tx: Tx, request: PaymentRequest, money: Balance) -> Money:
    """Return what the pay button takes: what is due by now, else the next part."""
    return parts.charge(agreed(tx, request.id), money.remaining, local(tx.now).date())


def start(tx: Tx, request: PaymentRequest, plan: Sequence[Part]) -> None:
    """Agree on `plan`, in place of an earlier one, and plan its messages."""
    end(tx, request)
    for part in plan:
        tx.session.add(
            Instalment(
                id=tx.new_id("ins"),
                merchant_id=request.merchant_id,
                request_id=request.id,
                number=part.number,
                due_on=part.due_on,
                amount_cents=part.amount.cents,
                currency=part.amount.currency,
                agreed_at=tx.now,
            )
        )
    tx.session.flush()
    plan_messages(tx, request)


def end(tx: Tx, request: PaymentRequest) -> None:
    """The plan is over: it was paid, or something else came in its place."""
    for row in _rows(tx, request.id):
        row.dropped_at = tx.now
    tx.session.flush()


def move(tx: Tx, request: PaymentRequest, number: int, day: date) -> None:
    """Let part `number` fall due on `day`; the others stay as they are."""
    for row in _rows(tx, request.id):
        if row.number == number:
            row.due_on = day
    tx.session.flush()
    plan_messages(tx, request)


def shorten(tx: Tx, request: PaymentRequest, amounts: Mapping[int, Money], before: Sequence[Part]) -> None:
    """Let `amounts` be left of each open part, by its number, instead of what was left `before`.

    What was paid of a part stays in it, and one that nothing is about any more goes. The caller plans the
    messages.
    """
    was = {part.number: part.amount.cents for part in before}
    for row in _rows(tx, request.id):
        mine = max(row.amount_cents - was[row.number], 0) + amounts[row.number].cents
        if mine:
            row.amount_cents = mine
        else:
            row.dropped_at = tx.now
    tx.session.flush()


def plan_messages(tx: Tx, request: PaymentRequest, not_before: datetime | None = None) -> None:
    """Plan a message on the day of every part to come, and one for what is overdue.

    A part whose day passed in silence is asked for at the merchant's first turn from `not_before` (now) on.
    """
    plans.drop_steps(tx, request)
    today, told, since = local(tx.now).date(), _last_steps(tx, request.id), agreed_at(tx, request.id)
    overdue = []
    for part in _open_parts(tx, request):
        if part.due_on > today:
            _plan(tx, request, part.number, DUE, part.due_on)
        else:
            overdue.append((part, _told_of(part, told.get(part.number), since)))
    silent = next((part for part, last in overdue if last is None), None)
    if silent is not None:
        turn = local(request.merchant.next_turn(max(not_before or tx.now, tx.now)))
        plans.plan_step(tx, request, _name(silent.number, DUE), DUE, turn.replace(tzinfo=None))
    _plan_follow_ups(
        tx, request, [(part, last) for part, last in overdue if last], is_asked=silent is not None
    )


def _plan_follow_ups(
    tx: Tx, request: PaymentRequest, asked: Sequence[tuple[Part, _Told]], *, is_asked: bool
) -> None:
    """Plan what follows on what was said about overdue parts: one message at most, and every look."""
    today = local(tx.now).date()
    for part, (template, since) in asked:
        following, day = _following(tx, request, template, since)
        if following == MISSED and is_asked:
            continue
        is_asked = is_asked or following == MISSED
        _plan(tx, request, part.number, following, day if day > today else today + _PATIENCE)


def _open_parts(tx: Tx, request: PaymentRequest) -> list[Part]:
    remaining = balance(tx, request).remaining
    return [part for part in parts.left(agreed(tx, request.id), remaining) if part.amount]


def _last_steps(tx: Tx, request_id: str) -> Mapping[int, Step]:
    """Return the step that was done last for each part; a look counts where something was said before."""
    query = select(Step).where(Step.request_id == request_id, Step.template.in_(TEMPLATES))
    done = query.where(Step.state == "done").order_by(Step.due_at, Step.id)
    last: dict[int, Step] = {}
    for step in tx.session.scalars(done):
        if step.template != LATE or number_of(step) in last:
            last[number_of(step)] = step
    return last


def _told_of(part: Part, step: Step | None, since: datetime | None) -> _Told | None:
    """Return what was said last about a part since its day, and when; None when nothing was.

    What is due on the day of the agreement itself is asked for by the answer that says it back.
    """
    if step is not None and step.local_date >= part.due_on:
        return step.template, step.local_date
    at_once = since is not None and local(since).date() == part.due_on
    return (DUE, part.due_on) if at_once else None


def follow_up(tx: Tx, request: PaymentRequest, step: Step) -> None:
    """Plan what follows when the message of `step` is not answered with money."""
    template, day = _following(tx, request, step.template, local(tx.now).date())
    _plan(tx, request, number_of(step), template, day)


def _following(tx: Tx, request: PaymentRequest, template: str, since: date) -> tuple[str, date]:
    """Return what follows on a message of the day `since`, and when, as long as no money comes.

    Where another part falls due within a week, its message says what is open in all; asking in between
    as well would be too much.
    """
    if template != DUE:
        return (LATE if template == MISSED else MISSED), since + _PATIENCE
    soon = any(since < part.due_on <= since + _SOON for part in _open_parts(tx, request))
    return (LATE, since + 2 * _PATIENCE) if soon else (MISSED, since + _PATIENCE)


def is_about_to_ask(tx: Tx, request: PaymentRequest) -> bool:
    """Whether the message on the day of a part waits to be said now."""
    return any(step.template == DUE and step.due_at <= tx.now for step in plans.planned(tx, request.id))


def number_of(step: Step) -> int:
    """Return the number of the part that `step` is about."""
    return int(step.name.split("-")[1])


def _plan(tx: Tx, request: PaymentRequest, number: int, template: str, day: date) -> None:
    at = datetime.combine(next_writing_day(day), request.merchant.policy.ask_time)
    plans.plan_step(tx, request, _name(number, template), template, at)


def _name(number: int, template: str) -> str:
    return f"part-{number}-{template}"
