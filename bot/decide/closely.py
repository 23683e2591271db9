"""True answers to what is asked closely: is it paid, which parts, and when do I hear from you."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.decide.claims import all_due_is_in
from bot.decide.standing import hand_over, settled
from bot.decision import Act, Decision, Known
from bot.understanding import About, Intent, Reading
from messages.facts import Item
from payments.lifecycle import OWING, WITH_A_PERSON, Status
from payments.parts import Part

PAY_HERE: Final = Decision(Act.LINK, "pay-here")
_SURPLUS: Final = Decision(Act.NOTHING, "tell-surplus")
_CLAIM_IT: Final = Decision(Act.NOTHING, "tell-claim-it")


def answered_closely(reading: Reading, known: Known) -> Decision | None:
    """Return the answer to a question by what it is about; None where its topic has to tell."""
    about = reading.told.about
    answer = _ANSWERS.get(about) if about else None
    return answer(known) if answer else None


def paid_twice(reading: Reading, known: Known) -> Decision | None:
    """Return what becomes of "I paid twice": what is too much comes back, and else a person looks.

    None for all other words, and where nothing is in yet, so that it is a claim like any other.
    """
    claims = {Intent.ALREADY_PAID, Intent.DISPUTE} & set(reading.intents)
    if not claims or not reading.told.twice or reading.clarify:
        return None
    if known.surplus:
        return _SURPLUS
    if known.status is not Status.PAID:
        return None
    why = "disputed" if Intent.DISPUTE in claims else "claims_paid"
    return Decision(Act.HAND_OVER, "paid-once", attention=why)


def _total(known: Known) -> Decision | None:
    return Decision(Act.NOTHING, "nothing-open") if known.status is Status.PAID else None


def _is_paid(known: Known) -> Decision:
    """What the books say; the bank is asked once more where it can be."""
    if known.surplus:
        return _SURPLUS
    if known.status not in OWING:
        return settled(known) or hand_over("asks_question")
    if (in_time := all_due_is_in(known)) is not None:
        return in_time
    act = Act.LOOK if known.attempts else Act.NOTHING
    return Decision(act, _seen(known), beside=_beside_what_is_seen(known))


def _seen(known: Known) -> str:
    if known.status is Status.CHARGED_BACK:
        return "tell-taken-back"
    if known.part_paid:
        return "tell-part-in"
    return "tell-under-way" if known.under_way else "tell-none-in"


def _beside_what_is_seen(known: Known) -> tuple[Decision, ...]:
    """Whoever waits for a person is asked for nothing; everybody else can say that it was paid, or pay."""
    if known.status is Status.CHECKING:
        in_time = known.awaits is not None and known.awaits >= known.today
        told = "tell-looked-into" if in_time else "tell-looked-into-still"
        return (Decision(Act.NOTHING, told, facts={"date": known.awaits} if in_time else {}),)
    if known.status in WITH_A_PERSON or known.status is Status.CHARGED_BACK or known.under_way:
        return ()
    return (PAY_HERE,) if known.part_paid else (_CLAIM_IT, PAY_HERE)


def parts_as_they_stand(known: Known) -> Decision | None:
    """Return each part with its day and what is left of it; that there are none, where there are none."""
    if known.status not in OWING:
        return settled(known)
    if not known.plan:
        return Decision(Act.LINK, "tell-no-parts", beside=(PAY_HERE,))
    agreed = {part.number: part for part in known.agreed}
    lines = tuple(_line(agreed.get(part.number, part), part) for part in known.plan)
    return Decision(Act.LINK, "tell-parts", facts={"each_part": lines}, beside=(PAY_HERE,))


def _line(agreed: Part, left: Part) -> Item:
    facts: dict[str, object] = {"number": left.number, "date": left.due_on, "part": agreed.amount}
    if not left.amount:
        return Item("part_paid", facts)
    if left.amount.cents < agreed.amount.cents:
        return Item("part_rest", {**facts, "remaining": left.amount})
    return Item("part_open", {**facts, "part": left.amount})


def _in_the_shop(known: Known) -> Decision | None:
    """Whether the till takes money is the shop's to say, which has a phone."""
    if known.status not in OWING:
        return settled(known)
    return Decision(Act.LINK, "tell-in-shop", beside=(PAY_HERE,))


def _next_word(known: Known) -> Decision:
    if known.awaits is not None and known.awaits < known.today:  # we are late, and say so
        facts = {"date": known.awaits}
        return Decision(Act.HAND_OVER, "answer-late", facts=facts, attention="asks_a_person")
    if known.awaits is not None:
        return Decision(Act.NOTHING, "tell-answer-day", facts={"date": known.awaits})
    if known.next_on is not None:
        return Decision(Act.NOTHING, "tell-next-message", facts={"date": known.next_on})
    return Decision(Act.NOTHING, "tell-nothing-planned")


def _unpaid(known: Known) -> Decision | None:
    if known.status not in OWING:
        return settled(known)
    held = known.status in WITH_A_PERSON
    return Decision(Act.NOTHING, "tell-unpaid-held" if held else "tell-unpaid")


def _receipt(known: Known) -> Decision | None:
    """What came in stands on the page of the request; before that there is nothing to show."""
    if known.part_paid and (known.status in OWING or known.status is Status.PAID):
        return Decision(Act.NOTHING, "tell-receipt")
    return Decision(Act.NOTHING, "tell-receipt-later") if known.status in OWING else None


_ANSWERS: Final[Mapping[About, Callable[[Known], Decision | None]]] = {
    About.TOTAL: _total,
    About.IS_PAID: _is_paid,
    About.PARTS: parts_as_they_stand,
    About.IN_THE_SHOP: _in_the_shop,
    About.NEXT_WORD: _next_word,
    About.UNPAID: _unpaid,
    About.RECEIPT: _receipt,
}
