"""One strong word, when nothing was understood otherwise; never for anything that acts."""

from bot.understanding.draft import Draft
from bot.understanding.intents.people import put_channel
from bot.understanding.reading import Intent

_TOPICS = ("real", "who", "link", "deadline", "costs", "how", "what_for", "amount")


def read_strong_words(draft: Draft) -> None:
    """A complaint, want, a person, a question or a channel, each known by one word."""
    heard = draft.heard
    if draft.intents or draft.ask is not None or heard.moments:
        return
    topic = next((topic for topic in _TOPICS if heard.has(f"maybe_q_{topic}")), None)
    if heard.has("maybe_dispute"):
        draft.add(Intent.DISPUTE, "maybe_dispute")
    elif heard.has("maybe_cant_pay"):
        draft.add(Intent.CANT_PAY, "maybe_cant_pay")
    elif topic is not None:
        draft.add(Intent.QUESTION, f"maybe_q_{topic}")
        draft.slots["topic"] = topic
    elif heard.has("maybe_human"):
        draft.add(Intent.HUMAN, "maybe_human")
    elif heard.has("maybe_channel"):
        put_channel(draft, "maybe_channel")
