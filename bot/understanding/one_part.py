"""An amount today, and no day for the rest: "en vandaag 20 betalen?", "20 nu, de rest later"."""

from datetime import datetime

from bot.understanding.hear import Heard
from bot.understanding.lexicon import words
from bot.understanding.reading import REST
from bot.understanding.two_parts import pieces_of

# "Elke maand 20", "in 3 keer": said of how often, or of each.
_OFTEN = words(
    "elke iedere per keer x every each monthly weekly wekelijks maandelijks termijn termijnen parts"
)
# Up to this a bare number may be a number of parts.
_MOST_PARTS = 12


def part_now(heard: Heard, now: datetime) -> str | None:
    """The share that ``heard`` would pay today, where it tells no day for the rest; None for all else."""
    pieces = pieces_of(heard, now)
    today = (now.date().isoformat(),) * 2
    first = [piece for piece in pieces if piece.share not in (None, REST) and piece.when == today]
    rest = [piece for piece in pieces if piece.share == REST and piece.when is None]
    said = {token.word for token in heard.tokens}
    if len(first) != 1 or len(first) + len(rest) != len(pieces) or _OFTEN & said:
        return None
    if any(piece.doubt for piece in pieces) or first[0].share is None:
        return None
    share = first[0].share
    named = any(token.kind == "money" for token in heard.tokens) or not share[0].isdigit()
    return share if named or float(share) > _MOST_PARTS else None
