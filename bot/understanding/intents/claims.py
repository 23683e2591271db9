"""Claims that something was done, told apart from wishes, conditions and questions about it."""

from bot.understanding.hear import Heard


def claims_paid(heard: Heard) -> bool:
    """Whether the payer says it was paid: not "nog niet", not "als ik betaald word", no question.

    Nor that something else was paid, or that nobody knows ("weet niet of hij heeft betaald").
    """
    unsaid = heard.has("not_paid", "asks_paid", "paid_later", "paid_else", "joke")
    return heard.has("already_paid") and not unsaid
