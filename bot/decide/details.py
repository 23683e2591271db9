"""More about what a person looks into already: how it was paid, what else is wrong, or that it is not so."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.decide.days import day_of
from bot.decide.promises import days_that_suit
from bot.decide.roads import decide
from bot.decision import Act, Decision, Known
from bot.understanding import Ask, Intent, Reading
from payments.lifecycle import Status

# What is said to something that adds, so that it is said once.
NOTED: Final = frozenset({"claim-noted", "claim-dated", "claim-proof", "dispute-added"})
# What the words may only lean to and still tell about it; a stop, or "not me", is asked back as ever.
_ABOUT_IT: Final = frozenset({Intent.ALREADY_PAID, Intent.DISPUTE, Intent.QUESTION, Intent.THANKS})
# Beside "not paid after all" these wish for nothing.
_SAYS_NO_MORE: Final = frozenset({Intent.OTHER, Intent.AFFIRM, Intent.DENY, Intent.THANKS})
# After these a day is the day on which it was paid.
CLAIMED: Final = frozenset({"checking", "still-open", "still-open-part", "still-under-way"}) | NOTED


def says_when(reading: Reading, *, after_claim: bool) -> bool:
    """Whether `reading` can tell on which day was paid, said while that is being checked.

    A weekday by itself does so only right after the claim; a day that has passed always.
    """
    if reading.intents != (Intent.RESCHEDULE,):
        return False
    return reading.ask_code is Ask.PAST_DATE or (after_claim and reading.told.only_a_day)


def adds(reading: Reading, known: Known) -> Decision | None:
    """Return what becomes of words that only add to what is looked into already; None for all others."""
    if reading.told.greets:
        return None
    intents = set(reading.intents)
    ours = reading.language in {"nl", "en"}
    leans = reading.guessed and reading.clarify and intents <= _ABOUT_IT
    unclear = intents == {Intent.OTHER} or leans
    if known.status is Status.CHECKING and (unclear or intents == {Intent.ALREADY_PAID}):
        return _to_the_claim(reading) if ours else None
    if known.status is Status.DISPUTED and (unclear or intents == {Intent.DISPUTE}):
        return Decision(Act.ADD, "dispute-added", attention="disputed") if ours else None
    return None


def taken_back(reading: Reading, known: Known) -> Decision | None:
    """Return the end of the check of a claim that is taken back, with what is wished instead; else None.

    Nobody has to look any more: it stands as it did before the claim, and a day named now is one to pay on.
    """
    if known.status is not Status.CHECKING or not reading.told.not_paid or reading.told.about is not None:
        return None
    if Intent.ALREADY_PAID in reading.intents or reading.language not in {"nl", "en"}:
        return None
    opened = replace(known, status=Status.INSTALMENTS if known.plan else Status.OPEN)
    if set(reading.intents) <= _SAYS_NO_MORE:
        days = () if known.plan else days_that_suit(opened)
        return Decision(Act.TAKE_BACK, "claim-back" if days else "pay-link", options=days)
    return Decision(Act.TAKE_BACK, None, beside=decide(reading, opened).all)


def _to_the_claim(reading: Reading) -> Decision | None:
    """Who says again that it is paid, and nothing more, adds nothing."""
    day = day_of(reading, "paid_date")
    told = dict.fromkeys(reading.told.paid_how, "")
    says_it_again = reading.intents == (Intent.ALREADY_PAID,) and not reading.guessed
    if day is None and not told and says_it_again:
        return None
    answer = "claim-dated" if day else "claim-proof" if "with_proof" in told else "claim-noted"
    detail = {**({"dated": day.isoformat()} if day else {}), **told}
    return Decision(
        Act.ADD, answer, facts={"date": day} if day else {}, attention="claims_paid", detail=detail
    )
