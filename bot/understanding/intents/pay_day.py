"""A fixed day of the month to pay on, and the income that a payer waits for."""

from bot.understanding.draft import Draft
from bot.understanding.intents.claims import claims_paid
from bot.understanding.reading import Intent


def read_pay_day(draft: Draft) -> None:
    """ "Ik krijg altijd de 25e mijn salaris": the day on which all later requests should come."""
    if not (draft.heard.has("pay_day") and draft.heard.has("habit")):
        return
    if "@m" in draft.heard.line.words:
        return
    days = [(at, found.when.day) for at, found in enumerate(draft.heard.moments) if found.when.day]
    if len(days) != 1 or draft.heard.has("opt_out") or claims_paid(draft.heard):
        return
    draft.add(Intent.SET_PAY_DAY, "pay_day")
    draft.slots["day_of_month"] = days[0][1]
    draft.mark(days[0][0], "day_of_month")
    put_anchor(draft)


_ANCHORS = (
    ("holiday_allowance", ("vakantiegeld", "holiday allowance", "holiday pay")),
    ("salary", ("salaris", "loon", "wages", "salary", "wage", "paycheck", "payday", "loondag", "paid")),
)


def put_anchor(draft: Draft) -> None:
    """Which income the payer waits for."""
    text = draft.heard.line.text
    for anchor, words in _ANCHORS:
        if any(word in text for word in words):
            draft.slots["anchor"] = anchor
            return
    if draft.heard.has("income"):
        draft.slots["anchor"] = "income"
