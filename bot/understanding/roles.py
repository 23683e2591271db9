"""What each moment in a reply is there for: agreed to, refused, or only mentioned."""

from bot.understanding.dates.find import Found
from bot.understanding.hear import Heard, once
from bot.understanding.lexicon import words
from bot.understanding.no_day import is_no_day
from bot.understanding.papers import of_papers
from bot.understanding.refused import CORRECTS, NOT, dropped, fails, not_sooner, refused

AGREED, REFUSED, MENTIONED = "agreed", "refused", "mentioned"

_BREAKS = words("| , maar but doch wel")
_PAST = words(
    "was waren were sinds since geweest gekocht besteld gebracht gehaald opgehaald bought ordered "
    "deed kreeg zag kocht bracht "
    "tried stopped came called visited went gave told phoned rang spoke "
    "geleden ago jongstleden laatstleden gerepareerd gevallen overleden geboren"
)


# "The 15th instead, ..." speaks of the day before it.
_BELONGS_BEFORE = words("instead liever beter better rather actually eigenlijk")


@once
def roles(heard: Heard) -> dict[int, str]:
    """The role of each moment, by its place in ``heard.moments``."""
    said = heard.line.words[1:-1]
    at_line = [n for n, word in enumerate(said) if word in ("@d", "@day")]
    found: dict[int, str] = {}
    for at, place in enumerate(at_line):
        found[at] = _role(said, place, heard.moments[at], heard.tokens[heard.moments[at].first].word)
    if len(found) > 1 and _greets(said, heard.moments[0]):
        found[0] = MENTIONED
    _correct(said, at_line, found)
    _prefer(said, at_line, found)
    _given_up(said, at_line, found)
    return found


def _greets(words: list[str], moment: Found) -> bool:
    """ "Morning! ..." wishes a good one."""
    part_alone = moment.when.part is not None and not moment.when.has_day()
    return part_alone and words[0] == "@d" and words[1:2] in (["|"], [","])


def _role(words: list[str], place: int, moment: Found, first_word: str) -> str:
    before = _clause_before(words, place)
    after = _clause_after(words, place)
    if after and after[-1] in NOT and _refuses_next(words, place + len(after) + 1):
        after = after[:-1]
    if of_papers(before, first_word, moment) or is_no_day(before, after, moment):
        return MENTIONED
    if dropped(before, moment):
        return REFUSED
    if words[place + 1 : place + 2] == ["wel"] or not_sooner(words, place, before):
        return AGREED
    if refused(before, after, moment) or _was_meant_once(words, place, before) or fails(words, place):
        return REFUSED
    if _tells_of(moment, after):
        return MENTIONED
    if _PAST & set(_own(before)) or _PAST & set(after[:3]):
        return MENTIONED
    return AGREED


def _own(before: list[str]) -> list[str]:
    """ "Het was goed als ik vrijdag betaal": the few words before the day that are said of it."""
    last = max((at for at, word in enumerate(before) if word in _OPENS), default=-1)
    return before[last + 1 :][-4:]


_OPENS = words("als if dat that dus so want because")


def _clause_before(words: list[str], place: int) -> list[str]:
    clause: list[str] = []
    for word in reversed(words[:place]):
        if word in _BREAKS or word in ("@d", "@day"):
            break
        clause.append(word)
    return clause[::-1]


def _clause_after(words: list[str], place: int) -> list[str]:
    clause: list[str] = []
    for word in words[place + 1 :]:
        if word in _BREAKS or word in ("@d", "@day"):
            break
        clause.append(word)
    return clause


def _refuses_next(words: list[str], place: int) -> bool:
    """ "Friday not thursday": the "not" is the next day's, unless that has its own "wel"."""
    here, after = words[place : place + 1], words[place + 1 : place + 2]
    return here in (["@d"], ["@day"]) and after != ["wel"]


_ONCE = words("wou had hadden zou zouden zei zeiden beloofde was were would supposed meant planned wilde")
_WISHES = words("graag liever kunnen dat het fijn mooi good great nice fine ok goed")
_FIRST = words("ik i we wij")
_FAILS = words("niet geen not never")
_TURNS = words("maar but wordt becomes")


def _was_meant_once(said: list[str], place: int, before: list[str]) -> bool:
    """ "Ik zou vrijdag betalen maar": what was once intended and is no more."""
    if not _ONCE & set(before) or _WISHES & set(before) or not _FIRST & set(before):
        return False
    return bool(_TURNS & set(said[place + 1 :]))


def _given_up(words: list[str], places: list[int], found: dict[int, str]) -> None:
    """ "Ik had donderdag gezegd ... het wordt dinsdag"; "zou vrijdag betalen maar dat lukt niet"."""
    for at, place in enumerate(places):
        if found[at] != AGREED or not _ONCE & set(_clause_before(words, place)):
            continue
        rest = words[place + 1 :]
        later = any(found[other] == AGREED for other in range(at + 1, len(places)))
        fails = bool({"maar", "but"} & set(rest)) and bool(_FAILS & set(rest))
        if later or (fails and at == len(places) - 1):
            found[at] = REFUSED


def _prefer(words: list[str], places: list[int], found: dict[int, str]) -> None:
    """ "Tot zondag heb ik niks, maandag wel", "monday? no bank, tuesday then": the day meant."""
    meant = [at for at, place in enumerate(places) if words[place + 1 : place + 2] == ["wel"]]
    if (
        not meant
        and len(places) > 1
        and _settles(words[places[-2] + 1 : places[-1]], words[places[-1] + 1 :])
    ):
        meant = [len(places) - 1]
    if len(meant) == 1 and found[meant[0]] == AGREED:
        for at in range(meant[0]):
            found[at] = REFUSED


_THEN = (["then"], ["dan"])


def _settles(between: list[str], after: list[str]) -> bool:
    """Whether a day in a clause of its own, "tuesday then", answers what was said of the one before it."""
    asked = "@q" in between and {",", "|"} & set(between)
    return bool(asked) and after[:1] in _THEN and after[1:2] in ([], ["|"], [","], ["maar"])


_WELCOME = words("goed prima ok fine good great better beter best perfect possible mogelijk fijn the de")
_TELLS = (["is"], ["was"], ["has"], ["hakt"], ["hakte"], ["kost"], ["killed"], ["costs"], ["cost"])


def _tells_of(moment: Found, after: list[str]) -> bool:
    """ "Xmas is killing me" tells of a feast or a month, and names no day to pay on."""
    when = moment.when
    month = when.grain == "month" or (when.month is not None and when.day is None)
    vague = (when.grain == "feast" or month) and when.edge is None
    return vague and after[:1] in _TELLS and bool(after[1:]) and after[1] not in _WELCOME


def _said_before(between: list[str]) -> int:
    """ "Begin januari lukt me beter, ..." speaks of the day before it: how many of the words do."""
    ends = next((n for n, word in enumerate(between) if word in (",", "|")), 0)
    clause = between[:ends]
    return ends if clause[-1:] and clause[-1] in _BELONGS_BEFORE and not _OTHERS & set(clause) else 0


_OTHERS = words("nee neen no nope wait wacht sorry oeps oops bedoel mean")


# "De 22e. Of nee, dat was de 20e".
_SLIP = words("nee neen no wacht wait")
_WAS = (["dat", "was"], ["het", "was"], ["that", "was"], ["it", "was"])


def _correct(words: list[str], places: list[int], found: dict[int, str]) -> None:
    """ "Vrijdag, nee wacht, dinsdag": what was corrected does not count."""
    for at in range(1, len(places)):
        between = words[places[at - 1] + 1 : places[at]]
        between = between[_said_before(between) :]
        if _SLIP & set(between) and between[-2:] in _WAS:
            found[at] = AGREED
        if CORRECTS & set(between) and found[at] == AGREED:
            for earlier in range(at):
                if found[earlier] == AGREED:
                    found[earlier] = REFUSED
