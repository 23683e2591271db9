"""What the payer hears about money that came or went: one message for each, whatever it was for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Final

from bot.decide.days import said_back
from bot.stories import together
from bot.stories.say import SOON, Words, say
from core.calendar import local
from core.db import Tx
from core.money import Money
from payments import instalments
from payments.ledger import Balance, News, balance
from payments.lifecycle import WITH_A_PERSON, Status
from payments.parts import upcoming
from payments.psp import Fact
from payments.requests import PaymentRequest
from payments.shares import references

# Somebody who paid this recently expects an answer, also in the evening; later news keeps decent hours.
_FRESH: Final = timedelta(hours=1)


def answer(
    tx: Tx, requests: Sequence[PaymentRequest], before: Mapping[str, Balance], fresh: Sequence[News]
) -> None:
    """Tell the payer of `requests` about each fact that is new; `before` is what each had until now."""
    for fact in dict.fromkeys(news.fact for news in fresh):
        about = [news for news in fresh if news.fact == fact and not news.moved]
        if fact.kind == "payment":
            _thank(tx, requests, before, about)
        elif fact.kind == "refund":
            _tell_refund(tx, requests, about)


def _thank(
    tx: Tx, requests: Sequence[PaymentRequest], before: Mapping[str, Balance], about: Sequence[News]
) -> None:
    """Thank for what is here; it may be gone again already."""
    by_id = {request.id: request for request in requests}
    came = [(by_id[news.request_id], news) for news in about]
    stays = [
        (request, news)
        for request, news in came
        if balance(tx, request).received > before[request.id].received
    ]
    if len(stays) > 1:
        _thank_for_all(tx, stays)
    elif stays:
        _thank_for_one(tx, *stays[0])


def _thank_for_one(tx: Tx, request: PaymentRequest, news: News) -> None:
    money, paid = balance(tx, request), Money(news.cents, news.fact.currency)
    if money.surplus:
        template = "surplus"
    elif money.remaining:
        template = "part-received" if request.status in WITH_A_PERSON else "part-paid"
    else:
        template = "thanks"
    facts: dict[str, object] = {"paid": paid, "surplus": money.surplus}
    following = upcoming(instalments.agreed(tx, request.id), money.remaining)
    goes_on = request.status == Status.INSTALMENTS and following is not None
    if goes_on and following is not None and following.due_on > local(tx.now).date():
        template, dated = said_back("instalment-paid", following.due_on)
        facts = {**facts, "part": following.amount, **dated}
    say(tx, request, _words(tx, template, news.fact, facts))


def _thank_for_all(tx: Tx, came: Sequence[tuple[PaymentRequest, News]]) -> None:
    """One message that names every request which the payment was for."""
    requests = [request for request, _ in came]
    moneys = [balance(tx, request) for request in requests]
    currency, fact = moneys[0].currency, came[0][1].fact
    surplus = Money(sum(money.surplus.cents for money in moneys), currency)
    if surplus:
        template = "surplus-all"
    elif any(money.remaining for money in moneys):
        template = "part-paid-all"
    else:
        template = "thanks-all"
    facts: dict[str, object] = {
        "paid": Money(sum(news.cents for _, news in came), currency),
        "surplus": surplus,
        "paid_for": tuple((request.reference, Money(news.cents, currency)) for request, news in came),
        **together.named(requests),
    }
    say(tx, requests[0], _words(tx, template, fact, facts))


def _words(tx: Tx, template: str, fact: Fact, facts: Mapping[str, object]) -> Words:
    recent = tx.now - fact.at < _FRESH
    return Words(template, f"thanks:{fact.ref}", facts, asked=recent, urgency=SOON)


def _tell_refund(tx: Tx, requests: Sequence[PaymentRequest], about: Sequence[News]) -> None:
    touched = {news.request_id for news in about}
    concerned = [request for request in requests if request.id in touched]
    fact = about[0].fact
    facts: dict[str, object] = {"refund": Money(fact.cents, fact.currency)}
    if len(concerned) > 1:
        facts["reference"] = references(concerned)
    say(tx, concerned[0], Words("refunded", f"refunded:{fact.ref}", facts, urgency=SOON))
