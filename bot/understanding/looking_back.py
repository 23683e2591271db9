"""Wordings that ask about what we said or sent before: what was agreed on, and what a link is for."""

from bot.understanding.courtesy import is_courtesy
from bot.understanding.lexicon import words

# What ends such a question: nothing behind it turns it into a statement about what was agreed or the link.
_END = (
    r"(?: (?:eigenlijk|precies|nou|dan|dus|ook|alweer|al|weer|nu|toen|samen|exactly|again|please|aub|now))*"
    r"(?= (?:@q|\||,))"
)


def _up_to(most: int) -> str:
    """So many words that deny nothing, name no day or amount, and stay within the clause."""
    return rf"(?:(?!niet |nooit |geen |niets |niks |not |never |no |nothing |[,@|])\S+ ){{0,{most}}}"


_DONE = r"(?:afgesproken|beloofd|toegezegd)"
_DEAL = r"(?:betaal|betalings)?(?:afspraak|afspraken|belofte)"
_AGREED_EN = r"(?:agreed?|promised?|arranged?)"
_DEAL_EN = r"(?:payment )?(?:arrangements?|agreements?|promise)"
_WHAT = r"(?:wat|hoe|wanneer|welke (?:dag|dagen|datum|afspraak|afspraken|regeling))"
_WHAT_EN = r"(?:what|when|(?:which|what) (?:day|date|arrangement|agreement|terms))"
# What it was said with, and which request it is about.
_BESIDE = (
    r"(?: te betalen| om te betalen| met (?:jullie|je|u|elkaar)| to pay| to| on| with (?:you|each other))*"
    r"(?: (?:voor|over|bij|for|about) (?:(?!@d)[^\s,|]+)(?: (?!@d|@q)[^\s,|]+){0,3})?"
)
AGREED = tuple(
    wording + _BESIDE + _END
    for wording in (
        rf"{_WHAT} (?:heb|had|hebben|hadden) (?:ik|we|wij) {_up_to(6)}{_DONE}",
        rf"{_WHAT} (?:is|was|staat|stond|werd) {_up_to(4)}afgesproken",
        rf"(?:wat|hoe) (?:is|was|zijn|waren|staat|staan|loopt) (?:het )?{_up_to(2)}(?:met )?"
        rf"(?:de|mijn|onze) {_DEAL}",
        rf"(?:welke|wat voor) {_DEAL} (?:heb|had|hebben|hadden|staat|staan|is|zijn|geldt|loopt) {_up_to(3)}"
        r"(?:ik|we|wij|er|nog|nu|gemaakt|open|staan)",
        rf"(?:(?:^|[|,] )|(?<=@q ))(?:heb|had|hebben|hadden) (?:ik|we|wij) {_up_to(4)}(?:iets|wat) "
        rf"{_up_to(3)}{_DONE}",
        rf"(?:(?:^|[|,] )|(?<=@q ))(?:staat|klopt|geldt|loopt) (?:mijn|onze|de|die) {_DEAL}(?: nog| wel)*",
        r"(?:ik weet|weet ik) (?:even |echt )?niet (?:meer |precies |goed |zeker )*"
        rf"{_WHAT} (?:ik|we|wij|er) {_up_to(5)}{_DONE}(?: (?:heb|had|hebben|hadden|is|was))?",
        r"(?:weet (?:je|jij|u)|zeg|zeggen|vertel|vertellen|ik ben|ik was|vergeten|kwijt) "
        rf"{_up_to(3)}{_WHAT} (?:ik|we|wij|er) {_up_to(5)}{_DONE}(?: (?:heb|had|hebben|hadden|is|was))?",
        rf"{_WHAT_EN} (?:did|have|had|do) (?:i|we) {_up_to(4)}{_AGREED_EN}",
        rf"{_WHAT_EN} did (?:i|we) say (?:that )?(?:i|we) would pay",
        rf"{_WHAT_EN} (?:is|was|has|had) (?:been )?{_up_to(1)}(?:agreed|arranged)",
        rf"(?:what|how) (?:is|was|are|were) (?:the|my|our) {_up_to(1)}{_DEAL_EN}",
        rf"(?:what|which) {_DEAL_EN} (?:do|did|have) (?:i|we) (?:have|make|made)",
        rf"(?:do|did) (?:i|we) have (?:an|any) {_DEAL_EN}",
        rf"(?:^|[|,] )(?:is|was) there (?:an|any) {_DEAL_EN}",
        r"did (?:i|we) (?:already )?(?:agree|promise|arrange) (?:on |to )?(?:anything|something)",
        rf"does (?:my|our|the) {_DEAL_EN} still stand",
        r"i (?:forgot|forget|(?:do not|can not|cannot|no longer|do not really) (?:know|remember|recall)) "
        rf"(?:again )?{_WHAT_EN} (?:i|we) {_up_to(2)}{_AGREED_EN}",
        rf"(?:tell|remind|show) me {_up_to(2)}{_WHAT_EN} (?:i|we) {_up_to(2)}{_AGREED_EN}",
    )
)
_LINK = r"(?:payment )?(?:betaal|betalings)?link(?:je|jes|s)?"
_THAT = r"(?:die|dat|deze|dit|this|that|these|those)"
_ANY = r"(?:die|dat|deze|dit|de|het|een|this|that|these|those|the|a)"
# Between asking why and the link stands only who sends it to whom: a fault of the link is something else.
_SENT = (
    r"(?:(?:je|jij|jullie|u|ik|we|wij|er|me|mij|ons|steeds|telkens|nu|weer|nog|ook|dan|op|via|een|die|deze|dit"
    r"|dat|de|het|zo|n|alweer|elke|keer|you|i|we|there|me|us|a|the|this|that|keep|always|again|get|getting|got"
    r"|send|sending|sent|have|had|to|click|tap|on|open|use|through|with|follow|receive|receiving|given|giving"
    r"|give|such|an|need|pay|betalen) ){0,8}"
)
_SENT_AFTER = (
    r"(?: (?:gestuurd|gekregen|gegeven|klikken|drukken|tikken|openen|gebruiken|volgen|betalen|te|naar|bij|in"
    r"|erbij|mij|me|us|steeds|telkens|nodig|for|voor|to|pay|here))*"
)
WHAT_LINK = tuple(
    wording + _END
    for wording in (
        rf"waar (?:is|zijn|dient|dienen) {_ANY} {_LINK} {_up_to(3)}voor",
        rf"waarvoor (?:is|zijn|dient|dienen) {_ANY} {_LINK}",
        rf"waar (?:gaat|gaan|leidt|brengt|verwijst) {_ANY} {_LINK} {_up_to(3)}(?:naartoe|naar toe|heen|naar)",
        rf"(?:wat|welke|what|which) (?:is|zijn|are) {_THAT} (?:voor )?(?:een )?{_LINK}(?: for| about| voor)?",
        rf"(?:wat voor|welke|what|which|what (?:kind|sort) of) (?:een )?{_LINK} (?:is|are|zijn) {_THAT}",
        rf"what (?:is|are) the {_LINK} for",
        rf"where (?:does|do|will|would) {_ANY} {_LINK} (?:go|lead|take|point|bring)(?: me| us| to)*",
        rf"(?:wat|what) (?:doet|doen|does|do) {_ANY} {_LINK}(?: do)?",
        rf"(?:wat|what) (?:moet|kan|moeten|should|do|am|can) (?:ik|i|we|wij) {_up_to(4)}(?:met|with) "
        rf"{_ANY} {_LINK}(?: doen)?",
        r"(?:waarom|hoezo) (?:(?:stuur|stuurt|sturen|krijg|krijgen|kreeg|heb|hebben|hebt|moet|zou|zit|staat) "
        rf")?{_SENT}{_LINK}{_SENT_AFTER}",
        r"why (?:(?:did|do|are|am|should|would|have|must|is) (?:you|i|we|there) )?"
        rf"{_SENT}{_LINK}{_SENT_AFTER}",
    )
)
_JOINS = words("en maar dus nou and but so well mijn vraag question is :")


def adds_nothing(rest: str) -> bool:
    """Whether ``rest``, what stands around such a question, only greets, joins or thanks."""
    return all(
        word == "@q" or word in _JOINS or (is_courtesy(word) and not word.startswith("@"))
        for word in rest.split()
    )
