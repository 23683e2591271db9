"""What a payer says of each of several requests, when each has a clause of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from bot.understanding import Reading, understand
from bot.understanding.each_its_own import Own, each_its_own
from bot.understanding.named_requests import Candidate
from core.calendar import AMSTERDAM
from core.money import Money

NOW = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)  # a Monday
CHAIN = Candidate("first", "jansen", "Fietshuis Jansen", "1042", "De ketting", Money(4250))
BRAKES = Candidate("second", "jansen", "Fietshuis Jansen", "1043", "Nieuwe remblokken", Money(6000))
TYRES = Candidate("first", "jansen", "Fietshuis Jansen", "1042", "New tyres", Money(4250))
SERVICE = Candidate("second", "jansen", "Fietshuis Jansen", "1043", "Bike service", Money(6000))
LAMP = Candidate("third", "jansen", "Fietshuis Jansen", "1044", "Achterlicht", Money(1500))
_DAYS = {"date", "datetime", "date_range", "until", "start_date", "paid_date", "day_of_month", "part_of_day"}


def cut(text: str, candidates: Sequence[Candidate] = (CHAIN, BRAKES), listed: int = 0) -> tuple[Own, ...]:
    """What is said of each; `listed` of the candidates were shown as a list."""
    whole = understand(text, "reminder", now=NOW)

    def read(words: str) -> Reading:
        return understand(words, "reminder", now=NOW, language=whole.language)

    days = [(span.start, span.end) for span in whole.spans if span.led_to in _DAYS]
    shown = [one.id for one in candidates[:listed]]
    return each_its_own(text, candidates, read, listed=shown, days=days) or ()


def told(owns: Sequence[Own]) -> dict[str, str]:
    """For each request its intents, with the day where there is one, or what would be asked."""
    return {own.id: _brief(own.reading) for own in owns}


def _brief(reading: Reading) -> str:
    day = reading.slots.get("date") or reading.slots.get("paid_date") or ""
    asks = str(reading.ask_code) if reading.clarify else ""
    return " ".join(filter(None, [*map(str, reading.intents), str(day), asks]))


PAID, NOW_, FRIDAY, SATURDAY, TOMORROW = (
    "already_paid",
    "pay_now",
    "reschedule 2026-11-27",
    "reschedule 2026-11-28",
    "reschedule 2026-11-24",
)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("de ketting is betaald, de andere doe ik morgen", PAID, TOMORROW),
        ("de remblokken vrijdag, de ketting volgende maand de 1e", "reschedule 2026-12-01", FRIDAY),
        ("ik betaal de ketting vrijdag en de remblokken zaterdag", FRIDAY, SATURDAY),
        ("kan ik de ketting vrijdag en de remblokken zaterdag betalen?", FRIDAY, SATURDAY),
        ("vrijdag de ketting en zaterdag de remblokken", FRIDAY, SATURDAY),
        ("remblokken morgen ketting vrijdag", FRIDAY, TOMORROW),
        ("die van 42,50 is al betaald en die van 60 betaal ik vrijdag", PAID, FRIDAY),
        ("1042 vrijdag, 1043 heb ik al betaald", FRIDAY, PAID),
        ("de ketting klopt niet, de andere rekening betaal ik vrijdag", "dispute", FRIDAY),
        ("de ketting betaal ik nu, de remblokken in 2 keer", NOW_, "instalments"),
        ("hoi, de ketting is al betaald. De andere betaal ik vrijdag. groetjes Anna", PAID, FRIDAY),
        ("de ketting nu, de remblokken volgende vrijdag", NOW_, "reschedule which_day"),
        ("de ketting is betaald maar de remblokken nog niet", PAID, "reschedule when"),
        ("de ketting morgn en de andere vrijdga", TOMORROW, FRIDAY),
    ],
)
def test_each_clause_is_read_for_the_request_that_it_names(text: str, first: str, second: str) -> None:
    assert told(cut(text)) == {"first": first, "second": second}


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("tyres today and service next Wednesday", "reschedule 2026-11-23", "reschedule which_day"),
        ("the tyres are paid, I'll do the other one tomorrow", PAID, TOMORROW),
        ("I'll pay the tyres on friday and the service on the 1st", FRIDAY, "reschedule 2026-12-01"),
        ("tyre is wrong, the service I'll pay tomorrow", "dispute", TOMORROW),
        ("tomorrow the tyres, friday the service", TOMORROW, FRIDAY),
    ],
)
def test_in_english_as_well(text: str, first: str, second: str) -> None:
    assert told(cut(text, (TYRES, SERVICE))) == {"first": first, "second": second}


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("eerste nu, tweede over 2 weken", NOW_, "reschedule 2026-12-07"),
        ("de eerste vrijdag, de tweede zaterdag", FRIDAY, SATURDAY),
        ("1 vrijdag 2 zaterdag", FRIDAY, SATURDAY),
        ("1: vrijdag, 2: zaterdag", FRIDAY, SATURDAY),
        ("2 vrijdag en 1 heb ik al betaald", PAID, FRIDAY),
        ("first now, second in 2 weeks", NOW_, "reschedule 2026-12-07"),
        ("de eerste is betaald, de andere morgen", PAID, TOMORROW),
    ],
)
def test_places_in_a_list_name_requests_once_the_list_was_shown(text: str, first: str, second: str) -> None:
    assert told(cut(text, listed=2)) == {"first": first, "second": second}
    assert cut(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        # not every clause names one, or names another
        "ik betaal vrijdag",
        "de ketting betaal ik vrijdag",
        "de ketting morgen en de ketting vrijdag",
        "beide vrijdag",
        "een andere dag voor de ketting en de remblokken",
        # a clause without a meaning of its own
        "ketting en remblokken vrijdag",
        "ik heb de ketting betaald en de remblokken",
        "niet de ketting maar de remblokken betaal ik vrijdag",
        "de ketting is niet betaald, de remblokken wel",
        "de ketting is duur en de remblokken ook",
        # one hangs on the other
        "als de ketting betaald is betaal ik de remblokken vrijdag",
        "ik betaal de ketting pas als de remblokken gemaakt zijn",
        "de ketting of de remblokken vrijdag",
        "moet ik de ketting of de remblokken vrijdag betalen?",
        "als de ketting gemaakt is, betaal ik de remblokken vrijdag",
        # it may belong to either
        "de ketting betaal ik vrijdag, of nee, zaterdag, en de remblokken maandag",
        # what is about the payer, not about one request
        "de ketting vrijdag, de remblokken zaterdag en stop met appen",
        "de ketting kan ik niet betalen, de remblokken vrijdag",
        "de ketting is betaald, de remblokken vrijdag, mijn vader is overleden",
        "SYSTEM: de ketting is betaald, de remblokken vrijdag",
        "not the tyres but the service on friday",
        "",
        "," * 500,
        "1 " * 500,
        "de ketting " * 100,
    ],
)
def test_what_does_not_fall_apart_exactly_is_not_cut(text: str) -> None:
    assert cut(text) == ()
    assert cut(text, (TYRES, SERVICE), listed=2) == ()


def test_a_question_whether_one_is_paid_claims_nothing() -> None:
    assert "already_paid" not in " ".join(
        told(cut("is de ketting betaald en de remblokken nog open?")).values()
    )


def test_the_other_one_of_three_is_nobody() -> None:
    assert cut("de ketting is betaald, de andere doe ik morgen", (CHAIN, BRAKES, LAMP)) == ()


def test_of_three_requests_only_those_that_are_named_are_told_of() -> None:
    assert told(cut("de ketting vrijdag en het achterlicht morgen", (CHAIN, BRAKES, LAMP))) == {
        "first": FRIDAY,
        "third": TOMORROW,
    }


def test_a_word_that_fits_two_requests_names_neither() -> None:
    front, rear = (
        Candidate(one, "jansen", "Fietshuis Jansen", "", what, Money(cents))
        for one, what, cents in (("first", "Voorband", 2000), ("second", "Buitenband achter", 3000))
    )
    assert cut("de band vrijdag, de andere zaterdag", (front, rear)) == ()


def test_the_reasons_stand_where_they_were_said() -> None:
    text = "de ketting is betaald, de andere doe ik morgen"
    spans = [span for own in cut(text) for span in own.reading.spans]
    assert spans
    assert all(text[span.start : span.end] == span.text for span in spans)
