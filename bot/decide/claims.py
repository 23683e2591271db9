"""What a payer says about the debt itself: paid already, cannot pay, not right, not mine."""

from __future__ import annotations

from bot.decide.asking import ask_back
from bot.decide.standing import hand_over, settled
from bot.decision import Act, Decision, Known
from bot.understanding import Reading
from payments.lifecycle import OWING, Status


def opt_out(reading: Reading, known: Known) -> Decision:
    """Stop at once when it is meant; ask when it may be a sigh."""
    return ask_back(reading, known) if reading.clarify else Decision(Act.OPT_OUT, "opted-out")


def wrong_person(_reading: Reading, _known: Known) -> Decision:
    """Not another word about it to whoever this is."""
    return Decision(Act.BLOCK, "wrong-person", attention="wrong_person")


def cant_pay(_reading: Reading, known: Known) -> Decision:
    """Everything automatic stops; a person and free help instead."""
    return settled(known) or Decision(Act.HARDSHIP, "hardship-noted", attention="hardship")


def dispute(_reading: Reading, known: Known) -> Decision:
    """Whoever does not agree is heard, also after paying: "geld terug" is not answered with "all is well"."""
    if known.status not in OWING:
        return hand_over("disputed")
    return Decision(Act.DISPUTE, "dispute-noted", attention="disputed")


def already_paid(reading: Reading, known: Known) -> Decision:
    """Look it up where it can be looked up; else a person does."""
    if done := settled(known):
        return done
    if (in_time := all_due_is_in(known)) is not None:
        return in_time
    answer = "checking" if known.attempts else not_found(known)
    paid_on = reading.slots.get("paid_date")
    detail = {"date": str(paid_on), "reason": "dated"} if paid_on else {}
    if not known.attempts:  # there is nothing that the bank could be asked about
        detail = {**detail, "reason": "dated_untraced" if paid_on else "untraced"}
    return Decision(Act.CHECK, answer, attention="claims_paid", detail=detail)


def all_due_is_in(known: Known) -> Decision | None:
    """Who paid every part that was due is right; None where that is not so, or is being looked into."""
    following = next((part for part in known.plan if part.amount), None)
    in_time = following is not None and following.due_on > known.today
    if known.status is not Status.INSTALMENTS or following is None or not in_time or not known.part_paid:
        return None
    return Decision(Act.NOTHING, "part-is-in", facts={"part": following.amount, "date": following.due_on})


def not_found(known: Known) -> str:
    """Return what we say once every payment that we know of has been looked at."""
    return "still-open-part" if known.part_paid else "still-open"
