"""A second request for the payer of a house, and the link that pays both."""

from __future__ import annotations

from bot.stories.together import one_payers
from core.db import Tx
from payments.requests import locked
from tests.making import Wanted, make_request
from tests.web.pay.house import House

_TIRE = Wanted(amount="30.00", reference="1043", description="Nieuwe band", asked_days_ago=0)


def token_for_two(house: House) -> str:
    """Let Anna owe 30.00 for a tire (1043) as well; return the token of the link that pays both."""

    def step(tx: Tx) -> str:
        tire = make_request(tx, _TIRE, house.owed.merchant_id, house.owed.payer_id)
        both = [locked(tx, one.request_id) for one in (house.owed, tire)]
        return house.world.links.mint_all(tx, one_payers(both), "all-1")

    return house.world.db.run(step)
