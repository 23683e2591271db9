"""The shop asks for less, as tests of the stories see it."""

from __future__ import annotations

from bot.stories.lower_amount import Less, lower
from tests.bot.stories.watching import asked
from tests.house import House

# What a request of the house is about, unless another amount is asked for.
WAS = 42_50


def lowers(house: House, request: str, cents: int, was: int = WAS, surplus: int = 0) -> None:
    """Aysha lowers an amount, and the house comes to rest."""
    quietly_lowers(house, request, cents, was, surplus)
    house.settle()


def quietly_lowers(house: House, request: str, cents: int, was: int = WAS, surplus: int = 0) -> str:
    """Aysha lowers an amount while no worker runs; return why nobody tells the payer, or nothing."""
    less = Less(cents, was, "mistake", "Aysha", surplus)
    return house.world.db.run(lower, house.world, house.merchant_id, request, less)


def one_part_paid(house: House) -> str:
    """A request for 90.00 in three parts, of which the first came in."""
    request = asked(house, "in 3 keer", amount={"value": "90.00", "currency": "EUR"})
    house.pays(request)
    assert house.ledger(request) == [("payment", 30_00)]
    return request
