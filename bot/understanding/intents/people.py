"""A person instead of a bot, another channel, another language."""

from collections.abc import Sequence

from bot.understanding.draft import Draft
from bot.understanding.hear import Heard
from bot.understanding.intents.paying import wants_link
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.lexicon.languages import LANGUAGE_NAMES
from bot.understanding.reading import Ask, Intent

_CHANNELS = {
    word: name.removeprefix("channel_")
    for name, words in CLASSES.items()
    if name.startswith("channel_")
    for word in words.split()
} | {"@mail": "email"}


_PERSONS = words(CLASSES["person"]) - words("echte real")
_REFUSES = words("niet geen not van of no niks niets nothing never nooit stop stopt quit")


def channel_wanted(said: Sequence[str]) -> str | None:
    """The channel that is asked for, or the first one named; never one that was refused."""
    named = [at for at, word in enumerate(said) if word in _CHANNELS and _may_be_wanted(said, at)]
    wished = [at for at in named if _is_wished(said, at)]
    at = next(iter(wished or named), None)
    if at is None:
        return None
    return "post" if _on_paper(said, at) else _CHANNELS[said[at]]


def _may_be_wanted(said: Sequence[str], at: int) -> bool:
    if _fails(said, at) or _refused_by(said, at) or _is_the_deed(said, at) or _no_more(said, at):
        return False
    before = said[max(0, at - 3) : at]
    turns = [n for n, word in enumerate(before) if word in _CHANNELS and _OF & set(before)]
    near = before[turns[-1] + 1 :] if turns else before
    return not _REFUSES & set(near) or "," in before


def _no_more(said: Sequence[str], at: int) -> bool:
    """ "Don't send any more WhatsApp"."""
    before = said[max(0, at - 5) : at]
    return before[-1:] in (["more"], ["meer"]) and bool(_REFUSES & set(before))


def _is_the_deed(said: Sequence[str], at: int) -> bool:
    """ "Text me on WhatsApp" and "mail me op WhatsApp" name how to write after the verb."""
    following = said[at + 1 : at + 4]
    return (
        len(following) == 3 and following[0] in _ME and following[1] in _BY_WAY and following[2] in _CHANNELS
    )


def _is_wished(said: Sequence[str], at: int) -> bool:
    """Whether a wish stands around it in its own clause: "naar mijn mail", "sms liever"."""
    since = max((n + 1 for n, word in enumerate(said[:at]) if word in _CLAUSE_ENDS), default=0)
    before, behind = said[max(since, at - 7) : at], said[at + 1 : at + 2]
    told = bool(_TELLS & {*before, *said[at + 1 : at + 4]})
    return bool(_WISHES & {*before, *behind}) and not told


_ME = words("me mij ons us")
_OF = words("of van")
_BY_WAY = words("on via op by per in over")
_CLAUSE_ENDS = words(", | @q omdat want because en and")
_WISHES = words(
    "liever graag please aub kan kun kunt kunnen could can stuur send rather instead write schrijf "
    "gebruik use voortaan sturen"
)
_TELLS = words("voor for belongs familie prive by door zit dan than")


def _on_paper(said: Sequence[str], at: int) -> bool:
    """ "Normal mail" comes through the letter box."""
    return _CHANNELS[said[at]] == "email" and said[at - 1].strip("~") in _PAPER


_PAPER = words("normal normale gewone regular snail physical papieren paper")
_BY = words("via per op by on over")
_TURNS = words(", | maar but liever alleen only rather instead wel just gewoon")


def _refused_by(said: Sequence[str], at: int) -> bool:
    """ "Niet meer contacteren via WhatsApp" and "hou op met mailen", not "niet bellen maar via WhatsApp"."""
    clause = [word for word in said[max(0, at - 6) : at] if word not in _OWN]
    since = max((n + 1 for n, word in enumerate(clause) if word in _TURNS), default=0)
    own = clause[since:]
    if _HOLDS & set(own) and "met" in own[-3:]:
        return True
    return own[-1:] != [] and own[-1] in _BY and bool(_NO & set(own))


_HOLDS = words("stop stopt stoppen hou houd ophouden kappen kap")
_OWN = words("mijn my deze this het the de")
_NO = words("niet geen not no nooit never")


def _fails(said: Sequence[str], at: int) -> bool:
    """ "WhatsApp werkt niet, sms graag"."""
    following = said[at + 1 : at + 4]
    if not following or following[0] not in _WORKS:
        return False
    return following[0] in _GOES or bool(_REFUSES & set(following))


_GOES = words("verwijder delete")
_WORKS = words("werkt doet gebruik heb lees works does vind verwijder delete")


def read_human(draft: Draft) -> None:
    """Wants to speak with somebody."""
    heard = draft.heard
    if heard.has("to_helper") and not _SETTLED & set(draft.intents):
        draft.add(Intent.HUMAN, "to_helper")
    if not heard.has("human") or Intent.OPT_OUT in draft.intents:
        return
    by_writing = heard.has("change_channel") and channel_wanted(heard.line.words) not in (None, "phone")
    if not by_writing or _PERSONS & set(heard.line.words):
        draft.add(Intent.HUMAN, "human")


# "Ik heb maandag betaald via de app" names the app of a bank.
_SETTLED = {Intent.OPT_OUT, Intent.HUMAN, Intent.ALREADY_PAID}
_LASTING = words("instead liever voortaan ipv rather graag always altijd only alleen")


def read_channel(draft: Draft) -> None:
    """Wants messages elsewhere: the last channel named that was not refused."""
    if not draft.heard.has("change_channel", "other_way") or _SETTLED & set(draft.intents):
        return
    once = draft.heard.has("write_then") or (wants_link(draft.heard) and _is_here(draft))
    if once and not _LASTING & set(draft.heard.line.words):
        return
    put_channel(draft, "change_channel")


def _is_here(draft: Draft) -> bool:
    """ "App me de link", "stuur de link op mijn telefoon": where the payer reads already."""
    return channel_wanted(draft.heard.line.words) in (None, "whatsapp", "phone")


def put_channel(draft: Draft, signal: str) -> None:
    """The channel asked for, or the question which one."""
    wanted = channel_wanted(draft.heard.line.words)
    if wanted is None:
        draft.doubt(Ask.WHICH_CHANNEL)
    else:
        draft.slots["channel"] = wanted
    draft.add(Intent.CHANGE_CHANNEL, signal)


def read_language(draft: Draft) -> None:
    """Wants another language."""
    if draft.heard.has("change_language"):
        put_language(draft)


# "Me nederlands is slecht" names the language that is not wanted.
_POOR = words(
    "slecht bad niet not poor zero nul matig terrible weak beperkt "
    "moeilijk lastig difficult hard lezen reading"
)
# "Schrijf in het engels".
_INTO = words("in naar into auf po en")


_DECLINED = words("geen no niet not")


def _near_before(said: Sequence[str], at: int) -> Sequence[str]:
    """The three words before this one, as far as they stand in its clause."""
    near = said[max(0, at - 3) : at]
    return near[max((n + 1 for n, word in enumerate(near) if word in (",", "|")), default=0) :]


def put_language(draft: Draft) -> None:
    """The language asked for, or the last one named that was not refused; or the question which one."""
    words = draft.heard.line.words
    named = [
        at
        for at, word in enumerate(words)
        if word in LANGUAGE_NAMES
        and words[at - 1 : at] not in (["my"], ["mijn"])
        and not _POOR
        & set(words[at + 2 : at + 5] if words[at + 1 : at + 2] == ["is"] else words[at + 1 : at + 2])
        and not _DECLINED & set(_near_before(words, at))
    ]
    draft.add(Intent.CHANGE_LANGUAGE, "change_language")
    wished = [
        at
        for at in named
        if _INTO & {*words[at - 1 : at], *(words[at - 2 : at - 1] if words[at - 1] == "het" else ())}
    ]
    if named:
        draft.slots["language"] = LANGUAGE_NAMES[words[(wished or named)[-1]]]
    else:
        draft.doubt(Ask.WHICH_LANGUAGE)


# A language asked for in that language is asked for in few words.
_FEW = 7
# "Kein Deutsch" and "not" in the languages that people ask for.
_FOREIGN_NOT = words("kein keine nicht pas nie non hayir degil nu nao")


def asks_for(heard: Heard, spoken: str) -> bool:
    """ "Auf deutsch bitte": a language that names itself, in a few words and no more."""
    said = [word.rstrip("~") for word in heard.line.words[1:-1] if word not in ("|", ",", "@q", "¿")]
    named = heard.has("change_language") and any(LANGUAGE_NAMES.get(word) == spoken for word in said)
    short = len(said) <= _FEW and not heard.moments and not {"@n", "@m"} & set(said)
    short = short and "@q" not in heard.line.words
    return named and short and not _FOREIGN_NOT & set(said)
