"""What a question is about, where its words lean to a topic that no phrase named."""

from bot.understanding.draft import Draft
from bot.understanding.intents.less import asks_less
from bot.understanding.leanings import topics, traits
from bot.understanding.reading import Intent

# From this chance on a topic is named; below it the question goes to a person, who reads it.
_LIKELY = 0.5
# A topic that was heard gives way only to one that is this likely, when next to nothing leans to itself.
_SURE, _NEVER = 0.9, 0.05


def weigh_topic(draft: Draft) -> None:
    """Names the topic of a question where phrases named none, or hardly that one."""
    if Intent.QUESTION not in draft.intents:
        return
    if asks_less(draft.heard) is not None:  # what the amount is, they know
        draft.slots["topic"] = "other"
        return
    named = str(draft.slots.get("topic", "other"))
    chances = topics().of(traits(draft.heard.line.words[1:-1], draft.context))
    best = max(chances, key=chances.__getitem__)
    if named == "other":
        draft.slots["topic"] = best if chances[best] >= _LIKELY else "other"
    elif chances[best] >= _SURE and chances[named] <= _NEVER:
        draft.slots["topic"] = best
