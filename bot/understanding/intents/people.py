"""A person instead of a bot, another channel, another language."""

from bot.understanding.draft import Draft
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.lexicon.languages import LANGUAGE_NAMES
from bot.understanding.reading import Ask, Intent

_CHANNELS = {
    word: name.removeprefix("channel_")
    for name, words in CLASSES.items()
    if name.startswith("channel_")
    for word in words.split()
}


def read_human(draft: Draft) -> None:
    """Wants to speak with somebody."""
    if draft.heard.has("human") and Intent.OPT_OUT not in draft.intents:
        draft.add(Intent.HUMAN, "human")


def read_channel(draft: Draft) -> None:
    """Wants messages elsewhere: the last channel named that was not refused."""
    if not draft.heard.has("change_channel") or {Intent.OPT_OUT, Intent.HUMAN} & set(draft.intents):
        return
    words = draft.heard.line.words
    wanted = None
    for at, word in enumerate(words):
        if word in _CHANNELS and not {"niet", "geen", "not", "van", "of"} & set(words[max(0, at - 3) : at]):
            wanted = wanted or _CHANNELS[word]
    if wanted is None:
        draft.doubt(Ask.WHICH_CHANNEL)
    else:
        draft.slots["channel"] = wanted
    draft.add(Intent.CHANGE_CHANNEL, "change_channel")


def read_language(draft: Draft) -> None:
    """Wants another language."""
    if not draft.heard.has("change_language"):
        return
    words = draft.heard.line.words
    named = [
        LANGUAGE_NAMES[word]
        for at, word in enumerate(words)
        if word in LANGUAGE_NAMES and not {"geen", "no", "niet", "not"} & set(words[max(0, at - 3) : at])
    ]
    draft.add(Intent.CHANGE_LANGUAGE, "change_language")
    if named:
        draft.slots["language"] = named[-1]
    else:
        draft.doubt(Ask.WHICH_LANGUAGE)
