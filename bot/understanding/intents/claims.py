"""Claims that something was done, told apart from wishes, conditions and questions about it."""

from bot.understanding.hear import Heard
from bot.understanding.lexicon import words


def claims_paid(heard: Heard) -> bool:
    """Whether the payer says it was paid: not "nog niet", not "als ik betaald word", no question.

    Nor that something else was paid, or that nobody knows ("weet niet of hij heeft betaald").
    """
    unsaid = heard.has("not_paid", "asks_paid", "paid_later", "paid_else", "joke") or _until_paid(heard)
    return (heard.has("already_paid") or _settled_before(heard)) and not unsaid


_UNTIL = words("till until til tot totdat")


def _until_paid(heard: Heard) -> bool:
    """ "25 a week till it's cleared"."""
    said = heard.line.words[1:-1]
    claims = heard.signals.get("already_paid", ())
    return bool(claims) and all(_UNTIL & set(said[max(0, claim.first - 2) : claim.last]) for claim in claims)


_BEFORE = words(
    "vanmorgen vanochtend vannacht gisteren eergisteren gisteravond gistermiddag yesterday "
    "afgelopen vorige verleden last"
)


def _settled_before(heard: Heard) -> bool:
    """ "Vanmorgen geregeld via de app" tells of what was done, and "morgen geregeld" of what will be."""
    over = any(heard.tokens[found.first].word in _BEFORE for found in heard.moments)
    return over and heard.has("settled_then")
