"""What a token made of figures may stand for: a day, a time, a range, a year, or nothing that exists."""

from datetime import datetime

from bot.understanding.tokens import Token


def number_tags(token: Token) -> dict[str, object]:
    """The tags of a token by its kind; {"broken": True} for what looks like a date but is none."""
    read = _READERS.get(token.kind)
    try:
        return read(token.word) if read else {}
    except ValueError:
        return {"broken": True}


def _num(word: str) -> dict[str, object]:
    if word.isascii() and word.isdigit():
        tags: dict[str, object] = (
            dict.fromkeys(("int", "digits", "number"), int(word)) if len(word) < 9 else {}
        )
        if len(word) == 4 and "1970" <= word <= "2099":
            tags["year"] = int(word)
        if len(word) == 8 and word.startswith("20"):
            return {"ymd": (int(word[:4]), int(word[4:6]), int(word[6:]))}
        if len(word) == 2:
            tags["yy"] = 2000 + int(word)
        if len(word) in (3, 4) and word[:-2] < "24" and word[-2:] < "60":
            tags["military"] = (int(word[:-2]), int(word[-2:]), True)
        return tags
    whole, _, part = word.replace(",", ".").partition(".")
    if part == "5" and whole.isdigit() and len(whole) < 4:
        return {"half": int(whole) + 0.5}
    if "," in word and len(part) == 2 and whole.isdigit() and int(whole) <= 24 and part < "60":
        # "Om 12,30"; without such a word it is an amount.
        return {"dotclock": (int(whole), int(part), int(whole) > 12 or word[0] == "0")}
    return {"broken": True}


def _ord(word: str) -> dict[str, object]:
    number = int("".join(char for char in word if char.isdigit()))
    return {"ord": number, "nth": number}


def _iso(word: str) -> dict[str, object]:
    if len(word) <= 10:
        year, month, day = (int(part) for part in word.replace("/", "-").split("-"))
        return {"ymd": (year, month, day)}
    return {"iso": datetime.fromisoformat(word.upper().replace(" ", "T"))}


def _dmy(word: str) -> dict[str, object]:
    parts = word.replace("/", " ").replace("-", " ").replace(".", " ").split()
    day, month, year = (int(part) for part in parts)
    if month > 12 and day <= 12:
        day, month = month, day
    return {"ymd": (year + 2000 if year < 100 else year, month, day)}


def _clock(word: str) -> dict[str, object]:
    hour, minute = (int(part or 0) for part in _split(word)[:2])
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return {"broken": True}
    return {"clock": (hour, minute, hour > 12 or hour == 0 or word[0] == "0" or "u" in word)}


def _split(word: str) -> list[str]:
    for sign in "uh.":
        word = word.replace(sign, ":")
    return [*word.replace(" ", "").split(":"), "0"]


def _pair(word: str) -> dict[str, object]:
    """Two numbers with a sign between: a day, a time or a range; the grammar decides by its place."""
    if word == "24/7":
        return {}
    sign = next(char for char in word if char in "/.-")
    one, two = (int(part) for part in word.split(sign))
    tags = _day_pair(one, two, sign)
    if sign == "." and one <= 24 and len(word.split(".")[1]) == 2 and two < 60:
        tags["dotclock"] = (one, two, one > 12 or word[0] == "0")
    if sign == "." and two == 5:
        tags["half"] = one + 0.5
    return tags or {"broken": True}


def _day_pair(one: int, two: int, sign: str) -> dict[str, object]:
    """A day and its month, two days ("5/6 maart"), or the first and the last of some ("1-5 maart")."""
    tags: dict[str, object] = {}
    if 1 <= one <= 31 and 1 <= two <= 12:
        tags["dm"] = (one, two)
    elif one <= 12 and 12 < two <= 31 and sign == "/":
        tags["dm"] = (two, one)
    elif sign in "/-":
        tags["baddm"] = True
    if sign == "/" and one < two <= 31:
        tags["eitherday"] = True
    if sign == "-" and one < two:
        tags["range"] = (one, two)
    return tags


_READERS = {
    "num": _num,
    "ord": _ord,
    "iso": _iso,
    "dmy": _dmy,
    "clock": _clock,
    "pair": _pair,
}
