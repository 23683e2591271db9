"""One strong word, when nothing was understood otherwise; never for anything that acts."""

from collections.abc import Sequence

from bot.understanding.courtesy import core
from bot.understanding.draft import Draft
from bot.understanding.intents.people import put_channel
from bot.understanding.lexicon import words
from bot.understanding.reading import Ask, Intent

_TOPICS = ("real", "who", "link", "deadline", "costs", "how", "what_for", "amount")


def read_strong_words(draft: Draft) -> None:
    """A complaint, want, a person, a question or a channel, each known by one word."""
    heard = draft.heard
    if draft.intents or draft.ask is not None or heard.moments:
        return
    if heard.has("smalltalk"):
        draft.add(Intent.OTHER, "smalltalk")
        draft.doubt(Ask.NOT_UNDERSTOOD)
    else:
        _read_one_word(draft)


def _read_one_word(draft: Draft) -> None:
    heard = draft.heard
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
    elif not heard.has("joke") and _asks(heard.line.words[1:-1]):
        draft.add(Intent.QUESTION)
        draft.slots["topic"] = "other"


# Many a question comes without its question mark: "staat er btw op", "van wanneer is die rekening".
_WH = words("wie wat waar waarom hoe welke welk wanneer hoezo waarmee who what where why how which when")
_VERBS = words(
    """
    is zijn was waren heb hebben hebt heeft kan kun kunnen mag mogen staat werkt gaat zit zitten klopt
    hoort moet krijg krijgen doen did do does are can may will
    """
)
_SUBJECTS = words(
    "jullie je jij u er dit dat het die de deze mijn onze hij ze we wij it you this the my there"
)
# "Can you stop it?" wants something done, so no answer to a question will do.
_STOPS = words("stop stoppen stopt stopzetten stopping")
_LEADS = words("van voor op tot met bij sinds en maar from for until since and but")


def _asks(said: Sequence[str]) -> bool:
    first, last = core(said)
    said = said[first:last]
    if _STOPS & set(said):
        return False
    if said and said[0] in _LEADS:
        return len(said) > 2 and said[1] in _WH
    if said[:2] in (["wat", "een"], ["what", "a"]):
        return False
    return len(said) > 2 and (said[0] in _WH or (said[0] in _VERBS and said[1] in _SUBJECTS))
