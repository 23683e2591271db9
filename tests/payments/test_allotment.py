"""One payment for several requests: to each its own, whatever comes back, in whatever order, to the cent."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from payments.allotment import CHARGED_BACK, PAID, REFUNDED, Known, allot

SHARES = {"a": 4250, "b": 3000, "c": 1000}
ALL = sum(SHARES.values())
Splits = dict[str, int]
splits = st.lists(st.integers(1, 5000), min_size=1, max_size=5).map(
    lambda cents: {f"req{n}": one for n, one in enumerate(cents)}
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[Splits, list[Known]]:
    """A payment of any split, and money that goes back as a PSP lets it go: never more than came in."""
    shares = draw(splits)
    facts = [Known("payment", sum(shares.values()))]
    left, total = dict(shares), sum(shares.values())
    for _ in range(draw(st.integers(0, 6))):
        owner = draw(st.sampled_from([None, *shares]))
        most = min(total, left[owner]) if owner else total
        if most < 1:
            continue
        cents = draw(st.integers(1, most) | st.sampled_from([most]))
        kind = "refund" if owner else draw(st.sampled_from(["refund", "chargeback"]))
        facts.append(Known(kind, cents, owner))
        if draw(st.integers(0, 3)) == 0:  # it failed, or was undone
            facts.append(Known(f"{kind}_reversal", cents, owner))
            continue
        total -= cents
        if owner:
            left[owner] -= cents
        left = {request: min(cents, total) for request, cents in left.items()}
    return shares, facts


def received(shares: Splits, facts: Sequence[Known]) -> Splits:
    pots = allot(shares, facts)
    return {r: pots[PAID][r] - pots[REFUNDED][r] - pots[CHARGED_BACK][r] for r in shares}


@given(history=histories(), data=st.data())
def test_the_order_in_which_we_hear_makes_no_difference(
    history: tuple[Splits, list[Known]], data: st.DataObject
) -> None:
    shares, facts = history
    assert allot(shares, data.draw(st.permutations(facts))) == allot(shares, facts)


@given(history=histories())
def test_no_cent_is_lost_and_none_is_made(history: tuple[Splits, list[Known]]) -> None:
    shares, facts = history
    pots = allot(shares, facts)
    for pot in (PAID, REFUNDED, CHARGED_BACK):
        added = sum(fact.cents for fact in facts if fact.kind == pot)
        undone = sum(fact.cents for fact in facts if fact.kind == f"{pot}_reversal")
        assert sum(pots[pot].values()) == added - undone


@given(shares=splits)
def test_a_payment_gives_each_request_exactly_its_share(shares: Splits) -> None:
    assert allot(shares, [Known("payment", sum(shares.values()))])[PAID] == shares


@given(history=histories())
def test_no_request_gives_back_more_than_it_had_while_the_payment_holds_enough(
    history: tuple[Splits, list[Known]],
) -> None:
    """So that nobody owes more than was asked because of money that went back for another request."""
    shares, facts = history
    left = received(shares, facts)
    assert all(0 <= left[request] <= share for request, share in shares.items())


@given(shares=splits, back=st.data())
def test_what_is_given_back_of_one_request_leaves_the_others_alone(
    shares: Splits, back: st.DataObject
) -> None:
    owner = back.draw(st.sampled_from(sorted(shares)))
    cents = back.draw(st.integers(1, shares[owner]))
    left = received(shares, [Known("payment", sum(shares.values())), Known("refund", cents, owner)])
    assert left == {**shares, owner: shares[owner] - cents}


PAYMENT = Known("payment", ALL)


@pytest.mark.parametrize(
    ("facts", "left"),
    [
        ([], {"a": 4250, "b": 3000, "c": 1000}),
        ([Known("refund", 3000)], {"a": 4250, "b": 0, "c": 1000}),  # exactly what b had
        ([Known("refund", 500)], {"a": 4250, "b": 3000, "c": 500}),  # from the newest on
        ([Known("refund", 1500)], {"a": 4250, "b": 2500, "c": 0}),
        ([Known("chargeback", ALL)], {"a": 0, "b": 0, "c": 0}),
        ([Known("chargeback", 5000)], {"a": 0, "b": 2250, "c": 1000}),  # from the oldest on
        ([Known("refund", 4250, "a"), Known("chargeback", 4000)], {"a": 0, "b": 0, "c": 0}),
        ([Known("refund", 3000), Known("refund", 3000)], {"a": 2250, "b": 0, "c": 0}),
        ([Known("refund", 500), Known("refund_reversal", 500)], {"a": 4250, "b": 3000, "c": 1000}),
    ],
)
def test_who_gives_back_what(facts: list[Known], left: Splits) -> None:
    assert received(SHARES, [PAYMENT, *facts]) == left


def test_a_payment_of_another_amount_is_credited_in_full_all_the_same() -> None:
    assert allot(SHARES, [Known("payment", 5000)])[PAID] == {"a": 4250, "b": 750, "c": 0}
    assert allot(SHARES, [Known("payment", ALL + 10)])[PAID] == {"a": 4260, "b": 3000, "c": 1000}


def test_two_equal_shares_are_not_told_apart_by_their_amount() -> None:
    shares = {"a": 1000, "b": 1000}
    assert received(shares, [Known("payment", 2000), Known("refund", 1000)]) == {"a": 1000, "b": 0}
