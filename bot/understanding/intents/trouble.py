"""Not able to pay, and not agreeing that anything is owed."""

from bot.understanding.draft import Draft
from bot.understanding.reading import Intent
from bot.understanding.roles import AGREED, roles


def read_hardship(draft: Draft) -> None:
    """Distress, and "cannot pay" unless a day stands beside it on which it can."""
    heard = draft.heard
    if heard.has("hardship"):
        draft.add(Intent.CANT_PAY, "hardship", "cant_pay")
    elif heard.has("cant_pay") and not heard.has("instalments") and not _names_a_day(draft):
        draft.add(Intent.CANT_PAY, "cant_pay")


def _names_a_day(draft: Draft) -> bool:
    return bool(roles(draft.heard)) or draft.heard.has("income")


def read_dispute(draft: Draft) -> None:
    """Something is wrong with the bill, the goods or the work; or paying is refused."""
    if draft.heard.has("dispute") and Intent.WRONG_PERSON not in draft.intents:
        agreed = AGREED in roles(draft.heard).values()
        draft.add(Intent.DISPUTE, "dispute")
        if agreed and not draft.heard.has("promise"):
            draft.used.update(range(len(draft.heard.moments)))
