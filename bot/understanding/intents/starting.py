"""Whether words after a rest or a stop let the messages start again, or complain that they did."""

from bot.understanding.draft import Draft
from bot.understanding.lexicon import words
from bot.understanding.reading import Context

_ASKED = words("wanneer when hoe how waarom why")
_MEANT = words("mean bedoeling")
_MISTAKE = words("ongeluk accident mistake vergissing misgedrukt accidentally")
_AGAIN = words("weer terug again opnieuw undo hervat hervatten verder")
_GOES = words(
    """
    mag mogen moogt kan kunt kun can may sturen stuur start begin beginnen fire send text message go carry
    app appen bericht berichten reminders messages herinneringen dat that maken ongedaan aan graag welkom
    """
)
# What denies.
NOT = words("niet geen nooit niks niets not no never")


def starts_again(draft: Draft) -> bool:
    """ "Mag weer hoor" and "that was an accident, undo it", where the bot keeps silent."""
    if draft.context not in (Context.PAUSED, Context.OPTED_OUT) or draft.heard.moments:
        return False
    said = {word.rstrip("~") for word in draft.heard.line.words}
    if "@q" in said and _ASKED & said:
        return False
    unmeant = _MEANT & said and NOT & said
    if draft.context is Context.OPTED_OUT and (_MISTAKE & said or unmeant):
        return True
    return bool(_AGAIN & said) and bool(_GOES & said) and not said & (NOT - {"niks", "niets"})


# "Ga door met zwijgen", "start maar een rechtszaak".
_SOMETHING_ELSE = words(
    "zwijgen rechtszaak procedure deurwaarder lawsuit silence court stilte nee no advocaat incasso"
)
_OTHERS = words("jullie ze zij they you")
_MAY = words("mag mogen kan kunnen kunt can may could please graag aub welkom welcome")
_BESIDE = 2


def complains(draft: Draft) -> bool:
    """ "Hervat niet" starts nothing, and "jullie beginnen weer" after a stop is a complaint."""
    said = [word.rstrip("~") for word in draft.heard.line.words[1:-1]]
    if _SOMETHING_ELSE & set(said):
        return True
    for match in draft.heard.signals.get("resume", ()):
        if NOT & {*said[max(0, match.first - _BESIDE) : match.first], *said[match.first : match.last + 1]}:
            return True
    after_stop = draft.context is Context.OPTED_OUT and not _MAY & set(said)
    return after_stop and bool((_OTHERS | _ASKED) & set(said))
