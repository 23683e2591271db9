"""Whether somebody is ill, whatever else is said: for a kind word, and for nothing that is decided."""

from collections.abc import Sequence

from bot.understanding.lexicon import words

_SURELY = words(
    """
    ziekenhuis hospital kanker cancer geopereerd operatie surgery chemo chemotherapie icu herseninfarct
    hersenbloeding hartaanval hartinfarct longontsteking pneumonia ziekenhuisopname hospice terminaal
    """
)
# "Ziek van jullie" and "sick of it" are no illness.
_ILL = words("ziek ill sick")
_OF = words("van of")
_NOT = words("niet geen not no n't nooit never")
# A hospital may be where somebody works, or whose bill it is.
_ELSE = words("werk werken work working baan job rekening bill nota factuur invoice afspraak appointment")
_NEAR = 3


def tells_of_illness(said: Sequence[str]) -> bool:
    """Whether these words of a reply tell that the payer, or somebody near, is ill or in hospital."""
    if _ELSE & set(said):
        return False
    for at, word in enumerate(said):
        if _NOT & set(said[max(0, at - _NEAR) : at]):
            continue
        if word in _SURELY or (word in _ILL and not _OF & set(said[at + 1 : at + 2])):
            return True
    return False
