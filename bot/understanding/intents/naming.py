"""Tells a name from a word that the bot merely does not know: "ik ben niet Fleur", "ik ben niet gek"."""

from bot.understanding.hear import Heard
from bot.understanding.lexicon import words
from bot.understanding.lexicon.common_words import NAMES

_QUALITIES = words(
    """
    gek dom stom achterlijk blind doof rijk lui boos kwaad bang moe ziek jarig helderziend verbaasd
    verrast geinteresseerd geinteresseerd klaar tevreden trots jaloers dronken zwanger getrouwd thuis
    vrij bezig bereikbaar beschikbaar aanwezig bekend verplicht bevoegd zeker overtuigd akkoord fit
    gezond oud jong groot klein arm goed slecht lekker naief simpel makkelijk sterk zwak snel gierig
    crimineel dief bank robot bot bankrekening pinautomaat geldboom miljonair wonder tovenaar idioot
    kind baby debiel mongool hond slaaf held haast internet bereik ontvangst netwerk signaal stroom
    pinpas rekeninghouder werk tijd zin ruimte plek bezwaar reden
    stupid dumb mad crazy rich blind deaf lazy angry scared tired sick ill drunk pregnant married
    amused impressed bothered interested fussed convinced kidding joking lying paying playing buying
    going coming working done ready free busy available around sure certain happy pleased satisfied
    obliged liable responsible aware allowed eligible employed insured capable able keen daft thick
    naive gullible loaded minted wealthy poor made born superman santa millionaire idiot bank robot
    bot child kid fool mug clown cashpoint atm charity criminal thief crook internet signal reception
    network coverage wifi power rush money joke prank game drill scam mine fun fair right ok fine good
    enige laatste eerste eigenaar only last first one shop hero slave doctor stranger
    """
)
# Endings of words that tell how somebody is, not who.
_ENDINGS = tuple(
    words(
        """
        ed ing ful ish ous ive able ible less ent ant ic ig lijk isch baar loos end achtig erd eerd
        """
    )
)


def names(heard: Heard) -> bool | None:
    """Whether the unknown word is a name: True for sure, False perhaps, None when it is none."""
    unknown = [
        at
        for match in heard.signals.get("not_me", ())
        for at in range(match.first, match.last)
        if heard.line.words[at + 1].endswith("~")
    ]
    found = [heard.tokens[heard.places[at][0]] for at in unknown]
    if any(token.word in NAMES for token in found):
        return True
    if any(token.word in _QUALITIES or token.word.endswith(_ENDINGS) for token in found):
        return None
    if any(heard.text[token.start].isupper() for token in found) and not heard.text.isupper():
        return True
    return False if found else None
