"""Every answer that we offer is understood as what it offers, in every voice."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.understanding import Intent, understand
from core.calendar import AMSTERDAM
from messages.catalogue import EXAMPLE_DAY, Catalogue

CATALOGUE = Catalogue.load()
NOW = datetime(2026, 11, 21, 10, tzinfo=AMSTERDAM)
MEANT: dict[str, tuple[Intent, dict[str, object]]] = {
    "day": (Intent.RESCHEDULE, {"date": "2026-11-27"}),
    "until": (Intent.PAUSE, {"until": "2026-11-27"}),
    "parts": (Intent.INSTALMENTS, {"instalments": 2}),
    "parts_from": (Intent.INSTALMENTS, {"instalments": 2, "start_date": "2026-11-27"}),
    "parts_weekly": (Intent.INSTALMENTS, {"instalments": 2, "interval": "week"}),
    "parts_weekly_from": (
        Intent.INSTALMENTS,
        {"instalments": 2, "interval": "week", "start_date": "2026-11-27"},
    ),
    "rest_on": (Intent.INSTALMENTS, {}),
    "now": (Intent.PAY_NOW, {}),
    "later": (Intent.RESCHEDULE, {}),
    "in_parts": (Intent.INSTALMENTS, {}),
    "question": (Intent.QUESTION, {"topic": "other"}),
    "stop": (Intent.OPT_OUT, {}),
    "by_whatsapp": (Intent.CHANGE_CHANNEL, {"channel": "whatsapp"}),
    "by_sms": (Intent.CHANGE_CHANNEL, {"channel": "sms"}),
    "by_telegram": (Intent.CHANGE_CHANNEL, {"channel": "telegram"}),
    "dutch": (Intent.CHANGE_LANGUAGE, {"language": "nl"}),
    "english": (Intent.CHANGE_LANGUAGE, {"language": "en"}),
    "again": (Intent.RESUME, {}),
    "paid": (Intent.ALREADY_PAID, {}),
    "not_right": (Intent.DISPUTE, {}),
    "no_money": (Intent.CANT_PAY, {}),
    "person": (Intent.HUMAN, {}),
    "not_me": (Intent.WRONG_PERSON, {}),
}
# On a button there is no room for the day from which it goes.
STARTS = {"parts_from", "parts_weekly_from", "rest_on"}
# These say which request is meant, and nothing about it: tests/bot/stories/test_which_request.py.
WHICH = {"request", "request_of", "all"}


@pytest.mark.parametrize("voice", [("nl", "u"), ("nl", "je"), ("en", "u")], ids="-".join)
@pytest.mark.parametrize("kind", MEANT)
def test_choosing_an_option_says_what_it_offers(kind: str, voice: tuple[str, str]) -> None:
    offer = CATALOGUE.example_offer(kind, *voice)
    intent, slots = MEANT[kind]
    by_label = offer.answer if kind in {"day", "until", "stop", "again"} | STARTS else offer.label
    for words in (offer.answer, by_label):
        reading = understand(words, None, now=NOW, language=voice[0])
        assert reading.intents == (intent,), words
        assert {name: reading.slots.get(name) for name in slots} == slots, words


@pytest.mark.parametrize("voice", [("nl", "u"), ("nl", "je"), ("en", "u")], ids="-".join)
def test_choosing_a_day_for_the_rest_says_both_parts(voice: tuple[str, str]) -> None:
    words = CATALOGUE.example_offer("rest_on", *voice).answer
    told = understand(words, None, now=NOW, language=voice[0]).told.two_parts
    assert told is not None
    assert (told.second.share, told.second.when) == ("rest", ("2026-11-27", "2026-11-27"))


def test_every_kind_of_option_is_tried_here() -> None:
    assert set(CATALOGUE.option_kinds()) == set(MEANT) | WHICH
    assert NOW.date() == EXAMPLE_DAY
