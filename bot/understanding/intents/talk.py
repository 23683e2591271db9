"""Questions by topic, and yes, no and thanks, which mean something only after the bot's last move."""

from bot.understanding.clauses import moments_with, sentences
from bot.understanding.draft import Draft
from bot.understanding.gate import says_more_than, words_of
from bot.understanding.hear import Heard
from bot.understanding.intents.paying import wants_link
from bot.understanding.lexicon import words
from bot.understanding.reading import Ask, Context, Intent

_TOPICS = ("real", "who", "deadline", "costs", "link", "how", "what_for", "amount", "other")
_ANSWERS = {Intent.OPT_OUT, Intent.WRONG_PERSON, Intent.DISPUTE, Intent.CANT_PAY}
# Wishes that a question may stand beside, in a clause of its own.
_BESIDE = {Intent.CHANGE_CHANNEL, Intent.CHANGE_LANGUAGE, Intent.HUMAN}
_JOINS = words("| , @q en and maar but")


# "Al betaald, waarom krijg ik dit dan nog?" asks why, and not what for.
_WHY = words("waarom why hoezo")


def read_questions(draft: Draft) -> None:
    """A wish for information, by topic."""
    heard = draft.heard
    topic = _topic(heard)
    if topic is None or _ANSWERS & set(draft.intents) or not _stands_apart(draft, topic):
        return
    if topic == "other" and _asks_nothing(heard):
        return
    asks_paid = heard.has("asks_paid") and not heard.has("promise_day")
    if asks_paid and not draft.intents:
        draft.used.update(range(len(heard.moments)))
    elif topic == "other" and (draft.intents or heard.moments or heard.has("pay_now", "pay_bare")):
        return
    if Intent.ALREADY_PAID in draft.intents:
        topic = _beside_a_claim(heard, topic)
    if topic is not None:
        draft.add(Intent.QUESTION, f"q_{topic}")
        draft.slots["topic"] = topic
        draft.used.update(_asked_about(draft, topic))


def _asks_nothing(heard: Heard) -> bool:
    """A mere "??", small talk, or a wish to wait or to have the link, with a question mark behind it."""
    mark = len(heard.line.distinct) < 4 and heard.text.strip("?! .") == ""
    waits = heard.has("wait", "promise", "income", "unpaid") and not heard.has("asks_paid")
    wonders = heard.has("affirm") and _wonders(heard)
    return mark or waits or wonders or wants_link(heard) or _chats(heard)


def _beside_a_claim(heard: Heard, topic: str) -> str | None:
    """ "Al betaald, via de link": how it was paid is told, not asked."""
    if topic in ("how", "link") and "@q" not in heard.line.words:
        return None
    return "other" if topic == "what_for" and _WHY & set(heard.line.words) else topic


def _chats(heard: Heard) -> bool:
    """ "Kijk jij ook naar de wedstrijd?" asks nothing about the bill."""
    return heard.has("smalltalk") and not heard.has("pay_cue", "pay_now", "wants_link")


def _stands_apart(draft: Draft, topic: str) -> bool:
    """ "Bel me even, wat kost het extra?" asks something too; "wie kan ik bellen" only wants somebody."""
    wishes = _BESIDE & set(draft.intents)
    if not wishes:
        return True
    asks = "@q" in draft.heard.line.words and Intent.HUMAN not in wishes
    if topic in ("real", "other") and not (topic == "real" and asks):
        return False
    if topic == "who" and Intent.HUMAN in wishes:
        return False
    signals = [*map(str, wishes), *(["to_helper"] if Intent.HUMAN in wishes else [])]
    wished = {clause for signal in signals for clause in _clauses_with(draft.heard, signal)}
    apart = bool(_clauses_with(draft.heard, f"q_{topic}") - wished)
    if apart and not draft.heard.has("promise_day", "pay_cue"):
        draft.used.update(range(len(draft.heard.moments)))
    return apart


def _clauses_with(heard: Heard, signal: str) -> set[int]:
    """The numbers of the clauses, also those after "and", in which a signal was heard."""
    said = heard.line.words[1:-1]
    numbers = [sum(word in _JOINS for word in said[:at]) for at in range(len(said) + 1)]
    return {
        number
        for match in heard.signals.get(signal, ())
        for number in numbers[match.first : max(match.last, match.first + 1)]
    }


def _asked_about(draft: Draft, topic: str) -> set[int]:
    """The places of the days that are part of the question."""
    heard = draft.heard
    if topic == "costs":
        supposed = set() if heard.has("promise_day") else _supposed(heard)
        return supposed | moments_with(heard, "q_costs")
    if topic == "deadline":
        return moments_with(heard, "q_deadline")
    return set(range(len(heard.moments))) if heard.has("asks_paid") else set()


_IFS = words("if als when wanneer wacht wait")


def _supposed(heard: Heard) -> set[int]:
    """ "Do i get fined if i wait till monday?": a day in a question that only supposes it."""
    found: set[int] = set()
    at = 0
    for sentence in sentences(heard):
        days = sum(word in ("@d", "@day") for word in sentence)
        if "@q" in sentence and _IFS & set(sentence):
            found.update(range(at, at + days))
        at += days
    return found


def _topic(heard: Heard) -> str | None:
    wanted = set[str]()
    if wants_link(heard):
        wanted = {"link", "how"} if heard.has("ready", "pay_now") else {"link"}
    asked = next((topic for topic in _TOPICS if topic not in wanted and heard.has(f"q_{topic}")), None)
    if asked == "deadline" and "@url" in heard.line.words:
        return None
    return "other" if asked is None and heard.has("asks_paid") else asked


_YES_NO = {Context.PROPOSE, Context.PLAN, Context.CONFIRM_OPTOUT}
_STATEMENTS = {Context.DONE, Context.PAUSED, Context.OPTED_OUT}


_TURNS = words("maar but als if niet not behalve except mits advocaat lawyer klacht complaint")


def _says_more(draft: Draft) -> bool:
    """ "Ja maar dat is veel geld" is no plain yes."""
    heard = draft.heard
    said = words_of(heard, "affirm", "thanks")
    rest = {word for at, word in enumerate(heard.line.words[1:-1]) if at not in said}
    return bool(rest & _TURNS) or says_more_than(heard, 1, "affirm", "thanks")


# A word or two, and the sign.
_SHORT = 3


def _wonders(heard: Heard) -> bool:
    """ "Ja?" is no plain yes."""
    return "@q" in heard.line.words and len(heard.line.words[1:-1]) <= _SHORT


def _says_yes_to_stopping(draft: Draft) -> bool:
    """ "Ja, en betaald heb ik ook al" says yes to our question, whatever it tells besides."""
    starts = any(match.first == 0 for match in draft.heard.signals.get("affirm", ()))
    otherwise = {Intent.PAUSE, Intent.RESUME, Intent.OPT_OUT, Intent.CHANGE_CHANNEL} & set(draft.intents)
    return starts and not otherwise and draft.context is Context.CONFIRM_OPTOUT


def read_yes_no(draft: Draft) -> None:
    """Yes, no and thanks; asked about when there was nothing to say yes or no to."""
    heard = draft.heard
    asked = draft.context in _YES_NO
    if draft.context is Context.CONFIRM_OPTOUT and heard.has("keeps_on") and not heard.has("opt_out"):
        draft.add(Intent.DENY, "keeps_on")
        return
    answered = bool(draft.intents)
    declines = heard.has("deny") or (asked and heard.has("declines"))
    if draft.context in (Context.ASK_N, Context.PLAN) and heard.has("no_parts", "in_full"):
        declines = Intent.PAY_NOW not in draft.intents
    alone = not set(draft.intents) - {Intent.RESCHEDULE}
    refused = declines and alone and not heard.has("no_opt_out")
    if refused and (asked or not answered):
        draft.add(Intent.DENY, "deny", "declines")
        if not answered and draft.context not in _YES_NO | _STATEMENTS:
            draft.doubt(Ask.NO_TO_WHAT)
        return
    stops = _says_yes_to_stopping(draft)
    agreed = heard.has("no_problem") or (heard.has("affirm") and (stops or not _part_of_the_promise(heard)))
    agreed = agreed and (asked or not heard.has("thanks"))
    if agreed and (not answered or _agrees_on_a_day(draft) or stops):
        draft.add(Intent.AFFIRM, "affirm")
        unsure = _says_more(draft) or _wonders(heard)
        if not answered and (draft.context not in _YES_NO | _STATEMENTS or unsure):
            draft.doubt(Ask.YES_TO_WHAT)
    if heard.has("thanks") and (not answered or draft.context in _STATEMENTS):
        draft.add(Intent.THANKS, "thanks")


def _part_of_the_promise(heard: Heard) -> bool:
    """ "Doe maar zondag" names a day, and says yes to nothing."""
    told = words_of(heard, "promise_day")
    return heard.has("promise_day") and words_of(heard, "affirm") <= told


def _agrees_on_a_day(draft: Draft) -> bool:
    """ "Ja, vrijdag is prima" after a proposal: a yes and the day."""
    return draft.context is Context.PROPOSE and draft.intents == [Intent.RESCHEDULE]
