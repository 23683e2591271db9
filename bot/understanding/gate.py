"""The careful person at the gate, who asks whether all was read that could change the meaning."""

from collections.abc import Container, Sequence
from itertools import pairwise

from bot.understanding.hear import SPELLER, Heard
from bot.understanding.lexicon import words
from bot.understanding.lexicon.classes import CLASSES
from bot.understanding.lexicon.function_words import FUNCTION_WORDS
from bot.understanding.spelling import is_descriptive
from bot.understanding.tokens import Token

# Left unread anywhere, these belong to a moment that was not understood.
_ANYWHERE = words("weekday month feast dm ymd iso broken baddm reldate clock")
# Left unread beside a moment, these change it.
_BESIDE = words("int ord half unit dir stretch range yy year dotclock maybe")
_JOINS = words("or of en and a an - / to tot till until the de een het . , and van of")
_HARMLESS = words("u h d een a n as past over late laat early vroeg last half second seconde this deze dit")
_SMALL = words(
    " ".join(
        CLASSES[name]
        for name in (
            *("polite", "greeting", "good", "can", "i", "it", "you", "me", "my", "want"),
            *("paying", "pays", "paid", "income", "arrive", "money", "not", "more", "bill", "part"),
        )
    )
)
# Everyday words that say nothing of their own beside a day.
_LIGHT = (
    FUNCTION_WORDS["nl"]
    | FUNCTION_WORDS["en"]
    | words(
        """
    de het een the an for to te ook eerst weer alles zeker rest be liefst misschien denk
    think probably waarschijnlijk hopelijk hopefully pas uiterlijk latest only alleen helaas
    unfortunately sorry vanwege wegens door doordat want omdat because since zodra wanneer
    voordat nadat thuis home terug back werk work regelen regel orde sorteren sort gaan
    lukken lukt schikt past uit komt uitkomt beter better best moment tijd time uitstel
    extension verplaatsen verzetten verschuiven move push ongeveer about zorg zorgen maak
    make maken storten stort afschrijven incasso incasseren afgeschreven vakantie holiday
    ziek drukte druk vergeten forgot forgotten delay even mensen collega team eens toch
    gewoon samen hele helemaal echt really instead per ingang tijdens during early late
    anytime any whenever sometime someday plaats
    mogelijkheid haalbaar realistisch
    dan then daarna after later eerder earlier beloofd promise
    beloof afgesproken deal dus so maar but wel ja yes nee no vast definitely sure zullen
    zeggen zegt wordt word worden zei gezegd laten ontvangt ontvangen vraag herinner ask again
    doen doe doet maakt maken helpt spreek afspreken
    alweer soit vooruit tja zeg
    like always usual hoop hope zetten zet staat stond erop rekening bank account
    """
    )
)


def partly_read(heard: Heard) -> bool:
    """Whether a day, a month or a number that belongs to a moment was not read with it."""
    inside = {at for found in heard.moments for at in range(found.first, found.last)}
    tokens = heard.tokens
    if _unread_hour(tokens, inside):
        return True
    for at, token in enumerate(tokens):
        if at not in inside and (_ANYWHERE & token.tags.keys() or _like_a_date(token)):
            return True
    return any(
        _suspect(tokens, inside, step, found.first if step < 0 else found.last - 1)
        for found in heard.moments
        for step in (-1, 1)
    )


def _unread_hour(tokens: Sequence[Token], inside: Container[int]) -> bool:
    """ "Vrijdag om 25 uur": an hour that was not read with the day."""
    return any(
        at not in inside and "int" in token.tags and after.word in _HOURS
        for at, (token, after) in enumerate(pairwise(tokens))
    )


_HOURS = words("uur u uurtjes hour hours oclock o'clock")


_POINTS = words("other")


def _suspect(tokens: Sequence[Token], inside: set[int], step: int, at: int) -> bool:
    """Walks away from a moment over joining words, to the first word that says something."""
    crossed = False
    for _ in range(3):
        at += step
        crossed = crossed or (0 <= at < len(tokens) and tokens[at].word == ",")
        if not 0 <= at < len(tokens) or at in inside:
            return False
        token = tokens[at]
        if crossed and _only_a_word(tokens, at):
            return False
        if token.word == "one" and at and tokens[at - 1].word in _POINTS:
            return False  # "the other one tomorrow" counts nothing
        if token.word not in _HARMLESS and token.kind != "money" and _BESIDE & token.tags.keys():
            return not _counts_parts(tokens, at)
        if token.word not in _JOINS:
            return False
    return False


def _only_a_word(tokens: Sequence[Token], at: int) -> bool:
    """ "Drukke week, vrijdag": a week that no number or "volgende" makes part of the moment."""
    before = tokens[at - 1].tags.keys() if at else set()
    bare = not before & (_ANYWHERE | _BESIDE)
    return bare and "unit" in tokens[at].tags and tokens[at].tags.keys() <= {"unit", "one_unit"}


def _counts_parts(tokens: Sequence[Token], at: int) -> bool:
    """ "In 3 keer" and "50 per maand" stand beside a moment without being part of it."""
    around = {token.word for token in tokens[max(0, at - 1) : at + 2]}
    return bool(around & _PARTS)


_PARTS = words(f"{CLASSES['part']} per elke iedere every each euro €")


def _like_a_date(token: Token) -> bool:
    return token.kind == "word" and not token.tags and SPELLER.resembles_date(token.word)


def words_of(heard: Heard, *signals: str) -> set[int]:
    """The places in the line of the words that gave these signals."""
    said: set[int] = set()
    for signal in signals:
        for match in heard.signals.get(signal, ()):
            said.update(range(match.first, match.last))
    return said


def says_more_than(heard: Heard, count: int, *signals: str) -> bool:
    """Whether more than ``count`` words are left that are neither small talk nor these signals."""
    return len(_left(heard, words_of(heard, *signals))) > count


def only_suits(heard: Heard) -> bool:
    """ "Twee weekjes zou me enorm helpen": the day suits, and nothing else is told."""
    told = ("suits", "thanks", "affirm")
    inside = words_of(heard, *told)
    rest = [word for at, word in enumerate(heard.line.words[1:-1]) if at not in inside]
    return heard.has("suits") and not (tells_of_else(rest) or says_more_than(heard, 0, *told))


def _left(heard: Heard, said: Container[int]) -> list[str]:
    """The words outside ``said`` that are no small talk and have no place of their own here."""
    return [
        word
        for at, word in enumerate(heard.line.words[1:-1])
        if at not in said and not is_light(word) and word not in ("@d", "@day")
    ]


def is_light(word: str) -> bool:
    """Whether a word or sign says nothing of its own beside a day."""
    word = word.rstrip("~") or word
    spoken = word[0].isalnum() or word[0] == "@"
    return not spoken or word in _SMALL or word in _LIGHT or word in ("|", ",", "@q")


# Things that happen on a day without anybody paying on it.
_ELSE = words(
    """
    open dicht gesloten closed winkel shop store afspraak appointment verjaardag birthday
    feest party regen weer weather opgehaald ophalen pick collect gebeld bruiloft wedding
    cancel annuleer afzeggen verhuizen vliegen concert film match wedstrijd school examen
    tandarts dokter doctor
    """
)


def speaks_of_else(heard: Heard) -> bool:
    """Whether beside the moment stand words that the bot does not know, or that tell of an event."""
    said = heard.line.words[1:-1]
    offered = any(pair in _OFFERS for pair in pairwise(said))
    suggested = offered or bool(SUGGESTS & set(said))
    if _asks(said) and not suggested:
        return True
    return tells_of_else(said)


def _asks(said: Sequence[str]) -> bool:
    """Whether it is asked what or how; "wat ruimer" asks nothing."""
    starts = ("|", ",", "en", "maar", "and", "but")
    return any(
        word in ASKS and (word != "wat" or not at or said[at - 1] in starts) for at, word in enumerate(said)
    )


def tells_of_else(said: Sequence[str]) -> bool:
    """Whether a word among these is unknown or tells of an event."""
    return any(word in _ELSE or _unknown(word) or _describes(word) for word in said)


def _unknown(word: str) -> bool:
    return word.endswith("~") and not is_light(word)


def _describes(word: str) -> bool:
    return not is_light(word) and word not in SPELLER and is_descriptive(word)


# "Wat eten we vanavond?" is about something else; "wat dacht je van zaterdag?" is not.
ASKS = words("wat wie waar hoe waarom what who where how why")
_OFFERS = {(ask, day) for ask in ("how", "what") for day in ("@d", "@day")}
SUGGESTS = words("dacht about ok dan zeg vind denk van of")
