"""An amount now and the rest on a day: "20 nu en de rest vrijdag", "50 now and 50 on tuesday"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from bot.understanding.dates.settle import Moment, settle
from bot.understanding.hear import Heard
from bot.understanding.intents.amounts import money
from bot.understanding.lexicon import words
from bot.understanding.reading import HALF, REST, Share, TwoParts
from bot.understanding.tokens import Token

_JOINS = words("en and dan then plus daarna maar but , ; . ! ? & + \n")
_HALVES = words("helft half halve")
_RESTS = words("rest restant resterende overige remainder")
_OTHER_HALF = (("andere", "helft"), ("tweede", "helft"), ("other", "half"), ("second", "half"))
_NOW = words("nu meteen direct alvast now")
# "Eerst 20 euro, de rest dinsdag": the first one is now, where it has no day of its own.
_FIRST = words("eerst first")
# "20 euro of 30 euro", "20 nu lukt niet": what is left open or refused is not agreed on.
_OPEN = words("of or tussen between ongeveer about misschien maybe niet not geen no")
_PIECES = 2


@dataclass
class Piece:
    """One of them: what is paid, and when. ``doubt`` says that it was told twice, or not clearly."""

    share: str | None = None
    when: tuple[str, str] | None = None
    doubt: bool = False

    @property
    def whole(self) -> bool:
        return self.share is not None and self.when is not None


def two_parts(heard: Heard, now: datetime) -> TwoParts | None:
    """Two payments that ``heard`` tells, each with its share and its day; None for anything else."""
    pieces = pieces_of(heard, now)
    if len(pieces) != _PIECES or not all(piece.whole for piece in pieces) or any(p.doubt for p in pieces):
        return None
    shares = sorted((Share(piece.share or "", piece.when or ("", "")) for piece in pieces), key=_day)
    first, second = shares
    told = first.share != REST and (second.share != HALF or first.share == HALF)
    return TwoParts(first, second) if told and first.when[1] < second.when[0] else None


def pieces_of(heard: Heard, now: datetime) -> Sequence[Piece]:
    """What is told of payments, piece by piece: a share, a day, or both."""
    return _put_together(_piece(heard, first, last, now) for first, last in _segments(heard))


def _day(share: Share) -> tuple[str, str]:
    return share.when


def _segments(heard: Heard) -> Iterator[tuple[int, int]]:
    """Where the words stand between "en", "and" and signs, as places in ``heard.tokens``."""
    inside = {at for found in heard.moments for at in range(found.first, found.last)}
    first = 0
    for at, token in enumerate(heard.tokens):
        if token.word in _JOINS and at not in inside:
            yield first, at
            first = at + 1
    yield first, len(heard.tokens)


def _put_together(told: Iterator[Piece]) -> list[Piece]:
    """ "Vandaag, 20 euro": a day and an amount that each lack the other are one piece."""
    pieces: list[Piece] = []
    for piece in told:
        last = pieces[-1] if pieces else None
        if last is not None and not last.whole and _completes(last, piece):
            pieces[-1] = Piece(last.share or piece.share, last.when or piece.when, last.doubt or piece.doubt)
        elif piece.share is not None or piece.when is not None or piece.doubt:
            pieces.append(piece)
    return pieces


def _completes(one: Piece, other: Piece) -> bool:
    both = Piece(one.share or other.share, one.when or other.when)
    return both.whole and None in (one.share, other.share) and None in (one.when, other.when)


def _piece(heard: Heard, first: int, last: int, now: datetime) -> Piece:
    moments = [found for found in heard.moments if first <= found.first and found.last <= last]
    dated = {at for found in moments for at in range(found.first, found.last)}
    plain = [token for at, token in enumerate(heard.tokens[first:last], first) if at not in dated]
    shares = _shares(plain)
    days = [_when(settle(found.when, now)) for found in moments]
    said = {token.word for token in plain}
    today = (now.date().isoformat(), now.date().isoformat())
    if _NOW & said or (_FIRST & said and shares and not days):
        days = [day for day in days if day != today] + [today]
    if _OPEN & said:
        return Piece(doubt=bool(shares) or any(day != today for day in days))
    doubt = len(shares) > 1 or len(days) > 1 or None in days
    return Piece(shares[0] if shares else None, days[0] if days else None, doubt)


def _when(moment: Moment) -> tuple[str, str] | None:
    first, last = moment.first_day(), moment.last_day()
    if moment.doubt is not None or first is None or last is None:
        return None
    return first.isoformat(), last.isoformat()


def _shares(tokens: Sequence[Token]) -> list[str]:
    """The shares of the whole that these words name: an amount, a half or what is left."""
    said = [token.word for token in tokens]
    if _RESTS & set(said) or any(pair in _OTHER_HALF for pair in pairwise(said)):
        return [REST]
    halves = [HALF] if _HALVES & set(said) else []
    return halves + [amount for token in tokens if (amount := _amount(token)) is not None]


def _amount(token: Token) -> str | None:
    if token.kind == "money" or (token.kind == "num" and token.word[:1].isdigit()):
        return money(token.word)
    number = token.tags.get("int")
    spelled = isinstance(number, int) and token.word not in _ARTICLES
    return money(str(number)) if spelled else None


_ARTICLES = words("een one a ene")
