"""What an agent typed, made into a payment request: during the call, once, at any hour."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, TypedDict

from bot.stories.ask import Asker, ask_for_payment
from core.db import Tx
from core.errors import Invalid, Problem
from core.money import Money
from payments import intake
from payments.directory import payers_with_phone
from payments.links import Links
from payments.parties import Payer
from payments.requests import PaymentRequest, of_merchant
from web.accounts.gate import Who
from web.desk.mourning import InMourning, told_of_a_death
from web.desk.twice import same_lately
from web.finding import as_phone, payers_with_name

FIELDS: Final = ("who", "amount", "description", "reference", "name", "payer")
_LINES: Final = ("description", "reference")
SOMEBODY_NEW: Final = "new"
_FORM: Final = re.compile(r"[A-Za-z0-9_-]{16,40}", re.ASCII)
# Which field of the form a field of the API is, for what only the common check finds.
_OF_THE_FORM: Final = {"payer.name": "name", "payer.phone": "who", "payer.id": "who"}


class _Raw(TypedDict):
    """What the API would take."""

    description: str
    reference: str
    amount: Money
    payer: Mapping[str, object]


class WhichPayer(Exception):
    """Several payers fit: the agent chooses. `payers` are their ids and names, in order."""

    def __init__(self, payers: Sequence[Payer]) -> None:
        super().__init__("which payer is meant?")
        self.payers = [(payer.id, payer.name) for payer in payers]


class SentLately(Exception):
    """The same was asked of the same person just now. `payers`: as in WhichPayer, where one was chosen."""

    def __init__(self, before: PaymentRequest, payers: Sequence[Payer]) -> None:
        super().__init__("the same request was made a moment ago")
        self.id, self.name, self.at = before.id, before.payer.name, before.created_at
        self.amount, self.description = before.amount, before.description
        self.payers = [(payer.id, payer.name) for payer in payers]


@dataclass(frozen=True)
class Found:
    """Whom the first field means: the number when one was typed, and the payers that we know by it."""

    phone: str = ""
    payers: Sequence[Payer] = field(default_factory=list)


def find(tx: Tx, merchant_id: str, typed: str) -> Found:
    """Look up a phone number or a name. Raises Invalid for a number that does not exist or gets nothing."""
    try:
        phone = as_phone(typed)
    except ValueError as error:
        what = "no_mobile" if isinstance(error, intake.NotMobile) else "no_number"
        raise Invalid([Problem("who", what)]) from None
    if phone is None:
        return Found(payers=payers_with_name(tx, merchant_id, typed))
    return Found(phone, payers_with_phone(tx, merchant_id, phone))


def push(
    tx: Tx, links: Links, who: Who, form_id: str, typed: Mapping[str, str], again: str = ""
) -> PaymentRequest:
    """Ask for the money now. The same form, sent twice, is one request.

    The same from another form goes only when the agent was told of the one before, and to a family in
    mourning only when the agent was told of that: `again` holds what the agent was told and ticked, with
    spaces between. Raises Invalid, where `what` names a text of web/copy, WhichPayer when several fit,
    InMourning or SentLately when the agent was not told, and Refused when the form was used for something
    else.
    """
    if not _FORM.fullmatch(form_id):
        raise Invalid([Problem("form", "stale")])
    key = f"desk:{form_id}"
    if before := intake.accepted(tx, who.merchant_id, key, dict(typed)):
        return of_merchant(tx, who.merchant_id, before)
    asker = Asker(who.merchant_id, who.name, "asked on the phone", on_the_phone=True)
    raw = _raw(tx, who, typed)
    _insist(tx, who, typed, raw, again.split())
    try:
        request = ask_for_payment(tx, links, asker, raw)
    except Invalid as error:
        fields = {_OF_THE_FORM.get(problem.field, problem.field) for problem in error.problems}
        raise Invalid(Problem(name, "refused") for name in FIELDS if name in fields) from error
    intake.accept(tx, who.merchant_id, key, dict(typed), request.id)
    return request


def _insist(tx: Tx, who: Who, typed: Mapping[str, str], raw: _Raw, ticked: Sequence[str]) -> None:
    chosen = find(tx, who.merchant_id, typed["who"]).payers if typed["payer"] else ()
    died = told_of_a_death(tx, who.merchant_id, raw["payer"])
    if died is not None and (warning := InMourning(died, chosen)).tick not in ticked:
        raise warning
    lines = [typed[name] for name in _LINES]
    before = same_lately(tx, who.merchant_id, raw["payer"], raw["amount"], lines)
    if before is not None and before.id not in ticked:
        raise SentLately(before, chosen)


def _raw(tx: Tx, who: Who, typed: Mapping[str, str]) -> _Raw:
    """Return what the API would take. Raises Invalid with every field that is empty or no use at all."""
    problems: list[Problem] = []
    payer: dict[str, object] = {}
    try:
        payer = _payer(tx, who, typed)
    except Invalid as error:
        problems += error.problems
    amount = _amount(typed["amount"], problems)
    problems += [Problem(f, "missing") for f in _LINES if not typed[f].strip()]
    if problems or amount is None:
        raise Invalid(problems)
    lines = [typed[name] for name in _LINES]
    return {"description": lines[0], "reference": lines[1], "amount": amount, "payer": payer}


def _amount(typed: str, problems: list[Problem]) -> Money | None:
    try:
        return Money.parse(typed)
    except ValueError:
        problems.append(Problem("amount", "no_amount" if typed.strip() else "missing"))
        return None


def _payer(tx: Tx, who: Who, typed: Mapping[str, str]) -> dict[str, object]:
    """Return the payer as the API would name them. Raises Invalid or WhichPayer when that is not clear."""
    if not typed["who"].strip():
        raise Invalid([Problem("who", "missing")])
    found = find(tx, who.merchant_id, typed["who"])
    name, chosen = typed["name"].strip(), typed["payer"]
    if any(payer.id == chosen for payer in found.payers):
        return {"id": chosen}
    if found.phone and (name or not found.payers or chosen == SOMEBODY_NEW):
        # The same number and name is the same person; without a name, the number stands for it.
        return {"phone": found.phone, "name": name or found.phone}
    if len(found.payers) > 1:
        raise WhichPayer(found.payers)
    if not found.payers:
        raise Invalid([Problem("who", "unknown_name")])
    return {"id": found.payers[0].id}
