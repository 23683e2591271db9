"""A question that tells closely what it is about is clear, whatever its words lean to otherwise."""

from bot.understanding.asked_about import asked_about, asks_only, only_greets, only_receipt
from bot.understanding.draft import Draft
from bot.understanding.lexicon import words
from bot.understanding.reading import About, Ask, Intent

_UNREAD = frozenset((Intent.OTHER, Intent.QUESTION))
# What the words of such a question are easily taken for.
_TAKEN_FOR = {
    About.PARTS: _UNREAD | {Intent.INSTALMENTS},
    About.IN_THE_SHOP: _UNREAD | {Intent.PAY_NOW},
}
# "Receipt please" is no evidence, and "bonnetje graag" no thanks.
_THANKED = _UNREAD | {Intent.ALREADY_PAID, Intent.THANKS, Intent.AFFIRM}
# The topics in which these are questions, where the words were not heard as one.
_TOPIC = {About.TOTAL: "amount", About.IN_THE_SHOP: "how"}
# The topics of these, whatever their words lean to; only whether it is real counts for more.
_ALWAYS = {About.AGREED: "deadline", About.WHAT_LINK: "what_for"}
_FILLED = frozenset({"instalments", "instalment_amount", "date", "paid_date", "interval", "amount"})
# Doubts that such words leave to nobody.
_DOUBTS = (None, Ask.NOT_UNDERSTOOD, Ask.HOW_MANY, Ask.IS_PAID)
_MORE = words("| , niet not")


def read_closely(draft: Draft) -> None:
    """Takes a question whose words say closely what is asked for just that; a mere greeting asks nothing."""
    if only_greets(draft.heard.text):
        draft.guess([], [])
        draft.guessed = False
        return
    about = asked_about(draft.heard)
    if about in _ALWAYS and asks_only(draft.heard, about):
        _take(draft, about)
        return
    if about in _ALWAYS and Intent.QUESTION in draft.intents:
        draft.slots["topic"] = _topic(about, str(draft.slots.get("topic", "other")))
    if about is None or draft.announced or _FILLED & draft.slots.keys() or draft.ask not in _DOUBTS:
        return
    polite = only_receipt(draft.heard) and set(draft.intents) <= _THANKED
    if polite or set(draft.intents) <= _TAKEN_FOR.get(about, _UNREAD) or _only_asks(draft, about):
        _take(draft, about)


def _only_asks(draft: Draft, about: About) -> bool:
    """ "Heb ik al betaald?" claims nothing; "heb ik niet al betaald?", or more words, may well."""
    alone = draft.intents == [Intent.ALREADY_PAID] and not _MORE & set(draft.heard.line.words[1:-1])
    return about is About.IS_PAID and alone


def _take(draft: Draft, about: About) -> None:
    topic = str(draft.slots.get("topic", "other"))
    if draft.intents != [Intent.QUESTION] or draft.ask is not None:
        whole = draft.heard.span(0, len(draft.heard.places), str(Intent.QUESTION))
        draft.guess([Intent.QUESTION], [whole])
    draft.guessed = False
    draft.slots["topic"] = _topic(about, topic)


def _topic(about: About, topic: str) -> str:
    if about in _ALWAYS:
        return topic if topic == "real" else _ALWAYS[about]
    return _TOPIC.get(about, topic) if topic == "other" else topic
