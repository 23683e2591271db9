"""Several requests of one payer, paid at once: the link that leads to all of them, and what it asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.stories.say import NOW, Words
from bot.stories.standing import Standing, standing
from core.calendar import local
from core.db import Tx
from core.money import Money
from messages.outbox import Outgoing
from payments.checkouts import Wanted
from payments.ledger import balance
from payments.links import Links
from payments.requests import PaymentRequest

# The fact under which a message keeps the ids of the requests that its link pays.
_PAYS: Final = "pays"


def link_for_all(tx: Tx, links: Links, requests: Sequence[PaymentRequest], purpose: str) -> str:
    """Return the address at which all of `requests` are paid together, each credited on its own.

    `purpose` is the name of the message that carries it; the same requests and purpose give the same
    address. What it asks is what is owed at the moment of the tap. Raises ValueError for no requests, and
    for requests that are not all of one payer, one merchant and one currency.
    """
    return links.url(links.mint_all(tx, one_payers(requests), purpose))


def one_payers(requests: Sequence[PaymentRequest]) -> list[PaymentRequest]:
    """Return `requests`, each once, the oldest first. Raises ValueError as `link_for_all` does."""
    by_id = {request.id: request for request in requests}
    if len({(r.merchant_id, r.payer_id, r.currency) for r in requests}) != 1:
        raise ValueError("only requests of one payer at one merchant can be paid together")
    return [by_id[request_id] for request_id in sorted(by_id)]


def words_for_all(requests: Sequence[PaymentRequest], name: str) -> Words:
    """Return the message `pay-link-all`, to be said in answer to the payer about any of `requests`.

    Its link, amounts and total are made when it goes, as they are then. Raises as `link_for_all` does.
    """
    return Words("pay-link-all", name, named(one_payers(requests)), asked=True, urgency=NOW)


def named(requests: Sequence[PaymentRequest]) -> dict[str, object]:
    """Return what a message has to keep so that its link pays all of `requests`, and it can say so."""
    return {_PAYS: " ".join(request.id for request in requests)}


def owing(tx: Tx, requests: Sequence[PaymentRequest]) -> Wanted:
    """Return those of `requests` that can be paid now, each with all that is left of it."""
    today = local(tx.now).date()
    found = [(request, balance(tx, request)) for request in requests]
    return [
        (request, money.remaining)
        for request, money in found
        if standing(request, money, today) is Standing.PAYABLE
    ]


def total(wanted: Wanted) -> Money:
    """Return what `wanted` adds up to; at least one request is needed."""
    return sum((amount for _, amount in wanted[1:]), wanted[0][1])


def requests_of(tx: Tx, row: Outgoing) -> list[PaymentRequest]:
    """Return the requests that the link of a message pays; none when that is the message's own alone."""
    ids = str((row.facts or {}).get(_PAYS, "")).split()
    return [tx.session.get_one(PaymentRequest, request_id) for request_id in ids]


def facts_of_all(tx: Tx, requests: Sequence[PaymentRequest], *, plain: bool) -> Mapping[str, object]:
    """Return what a message may say about `requests` together; `plain`, where letters are dear, in brief."""
    wanted = owing(tx, requests)
    if not wanted:
        return {}
    lines = tuple((_label(request, plain=plain), amount) for request, amount in wanted)
    return {"lines": lines, "total": total(wanted)}


def _label(request: PaymentRequest, *, plain: bool) -> str:
    if plain or not request.description:
        return request.reference
    return f"{request.description} ({request.reference})" if request.reference else request.description
