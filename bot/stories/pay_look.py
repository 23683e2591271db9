"""What the holder of a pay link may see of one request, or of several that the link pays together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.stories.also_open import Others
from bot.stories.pay_page_choices import Division
from bot.stories.standing import Standing
from core.money import Money
from payments import parts
from payments.checkouts import LIVE
from payments.ledger import Balance
from payments.lifecycle import CARED_FOR, Status
from payments.parts import Part

# Somebody who looks again within this time is still looking.
ONE_LOOK: Final = timedelta(minutes=10)


@dataclass(frozen=True)
class Shopkeeper:
    """The merchant as the page shows it; phone and website may be empty."""

    name: str
    color: str
    phone: str
    website: str


@dataclass(frozen=True)
class Attempt:
    """The latest try to pay: the PSP's own word for where it stands, and when it began."""

    status: str
    began_at: datetime

    @property
    def live(self) -> bool:
        return self.status in LIVE


@dataclass(frozen=True)
class Line:
    """One of several requests: `amount` is what is left to pay of it, or all of it when that is nothing."""

    reference: str
    description: str
    standing: Standing
    amount: Money


@dataclass(frozen=True)
class Totals:
    """The money of several requests. Each kind adds up: what is too much for one pays no other."""

    currency: str
    remaining: Money
    received: int
    refunded: int
    surplus: Money


@dataclass(frozen=True)
class Look:
    """What a pay page shows, at one instant.

    `latest` is the last day that the payer may choose, for all of it or for the part that is next, None when
    no day can be chosen any more; `rest_until` is the last one until which rest may be asked for.
    `plan` is what was agreed when it is paid in parts, and `divisions` are the ways in which it can be.
    `stopped`: the payer wants no messages.
    `reachable` says whether a message can still get to the payer. `cheerful`: a bit of party is in place.
    `lines` are the requests of a link that leads to several; then the rest is about all of them. `others` is
    what else the payer owes there, in number and total. `whole`: the link was asked for to pay all that is
    left of a plan.
    """

    shop: Shopkeeper
    language: str
    formality: str
    reference: str
    description: str
    total: Money
    due_date: date
    today: date
    status: Status
    standing: Standing
    money: Balance | Totals
    quiet_until: date | None
    latest: date | None
    attempt: Attempt | None
    just_paid: Money | None
    reachable: bool
    cheerful: bool
    last_opened_at: datetime | None
    now: datetime
    plan: tuple[Part, ...] = ()
    divisions: tuple[Division, ...] = ()
    rest_until: date | None = None
    stopped: bool = False
    lines: tuple[Line, ...] = ()
    others: Others | None = None
    whole: bool = False

    @property
    def payable(self) -> bool:
        return self.standing is Standing.PAYABLE

    @property
    def several(self) -> bool:
        return bool(self.lines)

    @property
    def unsettled(self) -> bool:
        """Whether a payment under way can still make a difference to what the page says."""
        stands = {self.standing, *(line.standing for line in self.lines)}
        return bool(stands & {Standing.PAYABLE, Standing.CANCELLED, Standing.EXPIRED})

    @property
    def charge(self) -> Money:
        """What the button takes: the part that is due, or all that is left."""
        if self.whole:
            return self.money.remaining
        return parts.charge(self.plan, self.money.remaining, self.today)

    @property
    def open_parts(self) -> Sequence[Part]:
        """The parts of the plan of which something is left."""
        return [part for part in parts.left(self.plan, self.money.remaining) if part.amount]

    @property
    def next_part(self) -> Part | None:
        """The part of the plan that is paid next."""
        return next(iter(self.open_parts), None)

    @property
    def hard(self) -> bool:
        """Whether the payer is in need or in mourning, so that nothing here may ask for it."""
        return self.status in CARED_FOR

    @property
    def in_mourning(self) -> bool:
        """Whether somebody died, so that not a word is said about what cannot be paid."""
        return self.status is Status.BEREAVED

    @property
    def short_of_money(self) -> bool:
        """Whether the payer said that it cannot be paid, so that free help is named."""
        return self.status is Status.HARDSHIP

    @property
    def ahead(self) -> Part | None:
        """The part that is next, when nothing is due before its day; None when something is due by now."""
        part = self.next_part
        return part if part is not None and part.due_on > self.today else None

    @property
    def seen_lately(self) -> bool:
        return self.last_opened_at is not None and self.now - self.last_opened_at < ONE_LOOK
