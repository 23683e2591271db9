"""Reads a reply about several requests one by one: "de ketting is betaald, de andere doe ik morgen"."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Final

from bot.understanding.mentions import OTHER, Mention, mentions
from bot.understanding.named_requests import Candidate
from bot.understanding.reading import Ask, Intent, Reading

_CUT: Final = re.compile(
    r"[,;!?\n]+|\.+(?=\s|$)|(?<=\s)(?:en|and|maar|but|&|\+|dan|then|terwijl|while)(?=\s)|\s-\s", re.IGNORECASE
)
# What can be done to one request while something else is done to another.
_ABOUT_ONE: Final = frozenset(
    {Intent.PAY_NOW, Intent.RESCHEDULE, Intent.PAUSE, Intent.RESUME, Intent.INSTALMENTS}
    | {Intent.ALREADY_PAID, Intent.DISPUTE, Intent.QUESTION}
)
_OF_THE_PAYER: Final = frozenset({Intent.OPT_OUT, Intent.WRONG_PERSON, Intent.CANT_PAY, Intent.HUMAN})
_BESIDE: Final = frozenset({Intent.THANKS, Intent.AFFIRM, Intent.DENY})
_TWO: Final = 2
# Between two names without a sign, these tie what is said of one to the other.
_TIES: Final = re.compile(
    r"\b(?:of|or|als|if|pas|zodra|wanneer|when|once|dat|that|omdat|want|because|niet|geen|not|net|tot|until"
    r"|voordat|nadat|before|after|tenzij|unless|zonder|without)\b",
    re.IGNORECASE,
)
# What is only supposed is neither a promise nor a claim.
_SUPPOSES: Final = re.compile(
    r"\s*(?:maar\s+|but\s+|en\s+|and\s+)?(?:als(?! (?:het|dat) (?:kan|mag))|if(?! (?:possible|that|it)\b)"
    r"|zodra|indien|tenzij|unless|once)\b",
    re.IGNORECASE,
)
# Words by which a day hangs on something, or is only thought of: such words are not cut.
_HEDGES: Final = re.compile(
    r"\b(?:nadat|pas als|pas dan|mits|zodra|indien|tenzij|voorwaarde|eerst|misschien|waarschijnlijk|hopelijk"
    r"|zou|zouden|had|hadden|wou|wilde|once|unless|after|provided|maybe|perhaps|probably|hopefully|might"
    r"|would|should)\b",
    re.IGNORECASE,
)
# Beside a claim, a day by itself may as well be the day on which the other one was paid.
_TO_COME: Final = re.compile(
    r"\b(?:doe|betaal|regel|maak|komt|volgt|krijg|zal|wordt|gaat|kan|mag|pay|do|will|send|comes|follows|can)\b|'ll",
    re.IGNORECASE,
)
# Nobody says more than this of several requests in one breath; each piece is read by itself.
_LONGEST: Final = 300
_SENTENCE_ENDS: Final = re.compile(r"[.!\n]+(?=\s|$)|\?")


@dataclass(frozen=True)
class Own:
    """What is said of one request: ``text`` is the reply with all else blanked, ``reading`` its meaning."""

    id: str
    text: str
    reading: Reading


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    id: str | None


def each_its_own(
    text: str,
    candidates: Sequence[Candidate],
    read: Callable[[str], Reading],
    *,
    listed: Sequence[str] = (),
    days: Sequence[tuple[int, int]] = (),
) -> tuple[Own, ...] | None:
    """Return what ``text`` says of each request that it names, in its order.

    None unless it falls apart exactly: every clause names one of ``candidates``, another one each, and means
    something by itself. ``read`` gives the reading of a text; for ``listed`` and ``days`` see `mentions`.
    """
    if len(text) > _LONGEST or _HEDGES.search(text):
        return None
    found = mentions(text, candidates, listed, days)
    named = _resolved(found, candidates) if found else None
    if named is None or len({one.id for one in named}) < _TWO:
        return None
    clauses = _clauses(text, [*_pieces(text, named)], named, read)
    if clauses is None or len({clause.id for clause in clauses}) != len(clauses):
        return None
    owns = [_own(text, clause, named, read) for clause in clauses]
    if any(_SUPPOSES.match(own.text.lstrip()) for own in owns) or _tied(text, named):
        return None
    if not all(_means_something(own.reading) for own in owns) or all(own.reading.clarify for own in owns):
        return None
    named_too = [read(_kept(text, clause)) for clause in clauses]
    if any(_differs(own.reading, said) for own, said in zip(owns, named_too, strict=True)):
        return None
    return None if _may_be_past(owns) else tuple(owns)


def _differs(alone: Reading, said: Reading) -> bool:
    """ "Is de ketting al betaald?" would be acted upon as something else without its name."""
    return not alone.clarify and set(alone.intents) != set(said.intents)


def _may_be_past(owns: Sequence[Own]) -> bool:
    """ "De ketting is vrijdag betaald en de remblokken zaterdag" may claim both."""
    claims = any("paid_date" in own.reading.slots for own in owns)
    days = [own.text for own in owns if Intent.RESCHEDULE in own.reading.intents]
    return claims and any(not _TO_COME.search(day) for day in days)


def _resolved(found: Sequence[Mention], candidates: Sequence[Candidate]) -> list[Mention] | None:
    """Give "de andere" its request: the one of two that is not named."""
    others = {one.id for one in candidates} - {one.id for one in found}
    if not any(one.id == OTHER for one in found):
        return list(found)
    if len(candidates) != _TWO or len(others) != 1:
        return None
    (other,) = others
    return [Mention(one.start, one.end, other if one.id == OTHER else one.id) for one in found]


def _pieces(text: str, named: Sequence[Mention]) -> Iterator[_Piece]:
    """The text between signs and joining words; one that names two is cut before the second name."""
    inside = [(one.start, one.end) for one in named]
    cuts = [
        m.span() for m in _CUT.finditer(text) if not any(a < m.end() and m.start() < b for a, b in inside)
    ]
    starts = [0, *(end for _, end in cuts)]
    ends = [*(start + (text[start] == "?") for start, _ in cuts), len(text)]
    for start, end in zip(starts, ends, strict=True):
        if text[start:end].strip():
            yield from _by_name(start, end, [one for one in named if start <= one.start < end])


def _by_name(start: int, end: int, named: Sequence[Mention]) -> Iterator[_Piece]:
    runs = [list(run) for _, run in groupby(named, key=lambda one: one.id)]
    if not runs:
        yield _Piece(start, end, None)
    for at, run in enumerate(runs):
        first = start if at == 0 else run[0].start
        last = runs[at + 1][0].start if at + 1 < len(runs) else end
        yield _Piece(first, last, run[0].id)


def _clauses(
    text: str, pieces: Sequence[_Piece], named: Sequence[Mention], read: Callable[[str], Reading]
) -> list[_Piece] | None:
    """Put each piece without a name with the one that it belongs to; None when it may belong to two."""

    def acts(piece: _Piece) -> bool:
        return _acts(read(_only(text, piece, named)))

    if any(_is_grave(read(_only(text, piece, named))) for piece in pieces if piece.id is None):
        return None

    places = [at for at, piece in enumerate(pieces) if piece.id is not None]
    if places[0] > 0 and any(map(acts, pieces[: places[0]])) and acts(pieces[places[0]]):
        return None
    starts = [0]
    for last, following in pairwise(places):
        start = _belongs(pieces, last, following, acts)
        if start is None:
            return None
        starts.append(start)
    bounds = [*starts, len(pieces)]
    whole = [
        _Piece(pieces[first].start, pieces[end - 1].end, pieces[at].id)
        for (first, end), at in zip(pairwise(bounds), places, strict=True)
    ]
    return [
        _Piece(run[0].start, run[-1].end, ident)
        for ident, group in groupby(whole, key=lambda piece: piece.id)
        for run in [list(group)]
    ]


def _belongs(
    pieces: Sequence[_Piece], last: int, following: int, acts: Callable[[_Piece], bool]
) -> int | None:
    """Where the clause of the piece at ``following`` begins; None when what stands before it is open."""
    between = pieces[last + 1 : following]
    if pieces[last].id == pieces[following].id or not any(map(acts, between)):
        return following
    before, behind = acts(pieces[last]), acts(pieces[following])
    if before == behind:
        return None
    return last + 1 if before else following


def _kept(text: str, piece: _Piece) -> str:
    return " " * piece.start + text[piece.start : piece.end] + " " * (len(text) - piece.end)


def _only(text: str, piece: _Piece, named: Sequence[Mention]) -> str:
    """The text with everything but this piece blanked, and the names in it too, so that places stay."""
    kept = list(_kept(text, piece))
    for one in named:
        for at in range(one.start, one.end):
            kept[at] = " "
    return "".join(kept)


def _tied(text: str, named: Sequence[Mention]) -> bool:
    """ "De ketting of de remblokken vrijdag", "de ketting pas als de remblokken klaar zijn"."""
    between = [text[a.end : b.end] for a, b in pairwise(named) if a.id != b.id]
    return any(_TIES.search(said) for said in between if not _CUT.search(said))


def _own(text: str, clause: _Piece, named: Sequence[Mention], read: Callable[[str], Reading]) -> Own:
    """What a clause says; the question mark behind its sentence is heard with it."""
    alone = _only(text, clause, named)
    end = _SENTENCE_ENDS.search(text, clause.end)
    if end is not None and end[0] == "?" and "?" not in alone:
        alone = f"{alone[: end.start()]}?{alone[end.end() :]}"
    return Own(clause.id or "", alone, read(alone))


def _is_grave(reading: Reading) -> bool:
    """Whether it is about the payer, and not about one request; "groetjes, Anna" is not."""
    told = not (reading.guessed and reading.clarify)
    return (told and bool(set(reading.intents) & _OF_THE_PAYER)) or reading.plight is not None


def _acts(reading: Reading) -> bool:
    return bool(_ABOUT_ONE & set(reading.intents)) or reading.ask_code is Ask.WHEN


def _means_something(reading: Reading) -> bool:
    """Whether it can be done, answered or asked back about, and says nothing of more than this request."""
    leans = reading.guessed and reading.clarify and reading.ask_code is not Ask.WHEN
    unread = leans or reading.ask_code is Ask.NOT_UNDERSTOOD or reading.plight is not None
    others = set(reading.intents) - _ABOUT_ONE - _BESIDE
    if others == {Intent.OTHER} and reading.ask_code is Ask.WHEN:
        others = set()
    return _acts(reading) and not others and not unread
