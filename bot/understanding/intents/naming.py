"""Tells a name from a word that the bot merely does not know: "ik ben niet Fleur", "ik ben niet gek"."""

from bot.understanding.hear import Heard
from bot.understanding.lexicon import words
from bot.understanding.lexicon.common_words import NAMES
from bot.understanding.tokens import Token

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
# The most usual first and last names beside those that the speller knows.
_USUAL = words(
    """
    fleur daphne femke sophie julia mila tess zoe sara sarah nora yara olivia lotte saar maud lieke
    roos isa noor evi liv milou elin jasmijn feline fenna vera sofie hannah naomi amber iris ilse
    ingrid marloes marjan marijke petra sandra monique esther karin wendy linda bianca mirjam astrid
    gerda wilma truus greet riet ria willy toos corrie bep jannie hennie diana natasja chantal kim
    lars luuk thijs sven ruben jesse bram milan thomas max sam jayden mees ties gijs teun stijn floris
    daniel david jack james luke lukas matthijs niels nick rick roy ruud sjoerd tijmen wouter willem
    gerard gerrit arie cor dirk frank fred harm herman hugo ivo jaco joost joris koen leo maurits michel
    mike onno patrick paul rene rob roel ron sander stefan stephan theo ton vincent wim yusuf omar
    hassan hamza ibrahim bilal youssef karim rachid said abdul amina aisha zeynep elif emre murat can
    marco mario luca antonio jose carlos juan maria ana pablo pedro sofia elena ivan igor olga
    john jon peter michael robert william richard charles george steven steve andrew brian kevin jason
    gary scott eric stephen larry justin dave chris matt dan joe bob bill harry oliver oscar charlie
    alfie mary patricia jennifer barbara susan jessica karen nancy sandra ashley emily donna carol
    michelle amanda melissa deborah laura rebecca sharon cynthia kathleen amy angela helen kate jane
    lucy chloe megan rachel sue rahul priya raj amit sanjay anita deepak ravi suresh vijay neha pooja
    sharma patel singh kumar gupta khan smits jong boer visser dekker dijkstra meyer vos graaf brink
    vermeulen linden kok jacobs haan schouten willems beek hoekstra koster prins huisman peeters
    kuiper veen kramer berg post yilmaz kaya demir garcia martinez johnson miller davis wilson moore
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


def names(heard: Heard, signal: str = "not_me") -> bool | None:
    """Whether the unknown word is a name: True for sure, False perhaps, None when it is none."""
    unknown = [
        at
        for match in heard.signals.get(signal, ())
        for at in range(match.first, match.last)
        if heard.line.words[at + 1].endswith("~")
    ]
    found = [heard.tokens[heard.places[at][0]] for at in unknown]
    if any(token.word in NAMES | _USUAL for token in found):
        return True
    if any(token.word in _QUALITIES or token.word.endswith(_ENDINGS) for token in found):
        return None
    if any(_written_as_name(heard, token) for token in found):
        return True
    return False if found else None


def _written_as_name(heard: Heard, token: Token) -> bool:
    """A capital inside a reply that has small letters too: "ik ben niet Wiebren"."""
    return heard.text[token.start : token.end].istitle() and not heard.text.istitle()
