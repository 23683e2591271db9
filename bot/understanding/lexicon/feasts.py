"""Named days by which people promise to pay, and when each falls in a year."""

from collections.abc import Callable
from datetime import date, timedelta

Feast = Callable[[int], tuple[date, date]]


def _easter(year: int) -> date:
    """Western Easter Sunday (the Gregorian computus of Meeus, Jones and Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    skipped, leap = divmod(century, 4)
    moon = (19 * golden + century - skipped - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    fourth, left = divmod(rest, 4)
    sunday = (32 + 2 * leap + 2 * fourth - moon - left) % 7
    shift = moon + sunday - 7 * ((golden + 11 * moon + 22 * sunday) // 451) + 114
    return date(year, shift // 31, shift % 31 + 1)


def _fixed(month: int, day: int, days: int = 1) -> Feast:
    return lambda year: (date(year, month, day), date(year, month, day) + timedelta(days - 1))


def _from_easter(offset: int, days: int = 1) -> Feast:
    def when(year: int) -> tuple[date, date]:
        first = _easter(year) + timedelta(offset)
        return first, first + timedelta(days - 1)

    return when


def _nth(month: int, weekday: int, nth: int, shift: int = 0) -> Feast:
    """The ``nth`` weekday of a month (-1 is the last), moved by ``shift`` days."""

    def when(year: int) -> tuple[date, date]:
        if nth > 0:
            first = date(year, month, 1)
            day = first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))
        else:
            last = date(year + month // 12, month % 12 + 1, 1) - timedelta(1)
            day = last - timedelta((last.weekday() - weekday) % 7)
        return day + timedelta(shift), day + timedelta(shift)

    return when


def _kings_day(year: int) -> tuple[date, date]:
    day = date(year, 4, 27)
    day -= timedelta(day.weekday() == 6)
    return day, day


FEASTS: dict[str, Feast] = {
    name: feast
    for names, feast in (
        ("kerst, kerstmis, de kerst, kerstdagen, de kerstdagen", _fixed(12, 25, 2)),
        ("eerste kerstdag, 1e kerstdag, kerstdag", _fixed(12, 25)),
        ("christmas, christmas day, xmas, xmas day, x-mas", _fixed(12, 25)),
        ("tweede kerstdag, 2e kerstdag, boxing day, st stephen's day", _fixed(12, 26)),
        ("kerstavond, christmas eve, xmas eve, kerstnacht", _fixed(12, 24)),
        ("oud en nieuw, jaarwisseling, oudjaar, oudejaarsdag, oudejaarsavond, oudjaarsdag", _fixed(12, 31)),
        ("new year's eve, new years eve, nye, silvester, oudejaar, oud & nieuw", _fixed(12, 31)),
        ("nieuwjaar, nieuwjaarsdag, new year's day, new years day", _fixed(1, 1)),
        ("new year's, new years, new year, het nieuwe jaar, the new year", _fixed(1, 1)),
        ("driekoningen, three kings day, epiphany", _fixed(1, 6)),
        ("valentijnsdag, valentijn, valentine's day, valentines day, valentine", _fixed(2, 14)),
        ("valentine's, valentines", _fixed(2, 14)),
        ("st patrick's day, st patricks day, saint patrick's day", _fixed(3, 17)),
        ("april fools, april fool's day, april fools day, 1 aprilgrap", _fixed(4, 1)),
        ("carnaval, karnaval", _from_easter(-49, 3)),
        ("carnavalsmaandag", _from_easter(-48)),
        ("vastenavond, shrove tuesday, mardi gras, pancake day", _from_easter(-47)),
        ("aswoensdag, ash wednesday", _from_easter(-46)),
        ("palmzondag, palmpasen, palm sunday", _from_easter(-7)),
        ("witte donderdag, maundy thursday", _from_easter(-3)),
        ("goede vrijdag, good friday, goeie vrijdag", _from_easter(-2)),
        ("paaszaterdag, stille zaterdag, holy saturday", _from_easter(-1)),
        ("pasen, de pasen, paasdagen, paasweekend, de paasdagen, easter", _from_easter(0, 2)),
        ("eerste paasdag, 1e paasdag, paaszondag, easter sunday, paasdag", _from_easter(0)),
        ("tweede paasdag, 2e paasdag, paasmaandag, easter monday", _from_easter(1)),
        ("hemelvaart, hemelvaartsdag, ascension day, ascension, hemelvaartdag", _from_easter(39)),
        ("pinksteren, pinksterdagen, pinksterweekend, pentecost, whitsun", _from_easter(49, 2)),
        ("eerste pinksterdag, 1e pinksterdag, pinksterzondag, whit sunday", _from_easter(49)),
        ("tweede pinksterdag, 2e pinksterdag, pinkstermaandag, whit monday", _from_easter(50)),
        ("koningsdag, king's day, kings day, kingsday", _kings_day),
        ("dodenherdenking", _fixed(5, 4)),
        ("bevrijdingsdag, liberation day", _fixed(5, 5)),
        ("dag van de arbeid, dag vd arbeid, may day, feest van de arbeid", _fixed(5, 1)),
        ("moederdag, mother's day, mothers day", _nth(5, 6, 2)),
        ("vaderdag, father's day, fathers day", _nth(6, 6, 3)),
        ("sinterklaas, sinterklaasavond, pakjesavond, de sint, sinterklaasfeest", _fixed(12, 5)),
        ("sint nicolaas, sint-nicolaas", _fixed(12, 6)),
        ("sint maarten, sint-maarten, wapenstilstand, veterans day, armistice day", _fixed(11, 11)),
        ("halloween", _fixed(10, 31)),
        ("allerheiligen, all saints' day, all saints day, all saints", _fixed(11, 1)),
        ("allerzielen, all souls' day, all souls day", _fixed(11, 2)),
        ("dierendag", _fixed(10, 4)),
        ("prinsjesdag", _nth(9, 1, 3)),
        ("onze lieve vrouw hemelvaart, olv hemelvaart, assumption day", _fixed(8, 15)),
        ("belgische nationale feestdag, nationale feestdag", _fixed(7, 21)),
        ("thanksgiving, thanksgiving day", _nth(11, 3, 4)),
        ("black friday", _nth(11, 3, 4, 1)),
        ("cyber monday", _nth(11, 3, 4, 4)),
        ("labor day, labour day", _nth(9, 0, 1)),
        ("memorial day", _nth(5, 0, -1)),
        ("independence day, fourth of july, 4th of july", _fixed(7, 4)),
        ("martin luther king day, mlk day, martin luther king jr day", _nth(1, 0, 3)),
        ("presidents day, president's day, presidents' day", _nth(2, 0, 3)),
        ("columbus day", _nth(10, 0, 2)),
        ("juneteenth", _fixed(6, 19)),
        ("groundhog day", _fixed(2, 2)),
        ("cinco de mayo", _fixed(5, 5)),
        ("earth day", _fixed(4, 22)),
        ("guy fawkes night, bonfire night", _fixed(11, 5)),
    )
    for name in (part.strip() for part in names.split(","))
}
# Feasts that move with the moon, or mean different days to different people: always asked about.
VAGUE_FEASTS = frozenset(
    [
        "ramadan",
        "suikerfeest",
        "offerfeest",
        "eid",
        "diwali",
        "hanukkah",
        "chanoeka",
        "chanukah",
        "vakantie",
        "vakanties",
        "holidays",
        "feestdagen",
        "bouwvak",
        "voorjaar",
        "lente",
        "zomer",
        "herfst",
        "najaar",
        "winter",
        "spring",
        "summer",
        "autumn",
        "zomervakantie",
        "kerstvakantie",
        "meivakantie",
        "herfstvakantie",
        "voorjaarsvakantie",
        "krokusvakantie",
        "paasvakantie",
        "schoolvakantie",
    ]
)
