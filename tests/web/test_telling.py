"""Whatever happens has a sentence, in Dutch and in English; both languages say the same things."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from messages.catalogue import Catalogue
from messages.outbox import Sending
from payments.attention import REASONS
from payments.intake import CHANNELS
from payments.ledger import KINDS
from payments.lifecycle import Status
from payments.timeline import Event
from tests.databases import ROOT
from web.emphasis import emphasised
from web.telling import sentence, word
from web.wording import LANGUAGES, words

_PACKAGES = ("bot", "payments", "messages", "web", "webhooks")
# Kinds that are not written out where they are noted, and what they can be.
_WORKED_OUT = {
    "kind": {*KINDS, "reallotted"},
    "str(hold)": {"check", "dispute", "hardship", "bereaved"},
    "str(news)": {"delivered", "read"},
    "f'checkout_{report.status}'": {"checkout_failed", "checkout_canceled", "checkout_expired"},
    "'opted_out' if act is Act.OPT_OUT else 'wrong_person'": {"opted_out", "wrong_person"},
}
_TODAY = date(2026, 11, 23)
_DATA = {
    "cents": 4250,
    "from_cents": 5000,
    "language": "en",
    "count": 3,
    "number": 2,
    "date": "2026-11-27",
    "until": "2026-11-24T08:30:00+00:00",
    "planned": "2026-11-24T08:30:00+00:00",
    "channel": "whatsapp",
    "template": "reminder-1",
    "reason": "quiet_hours",
    "code": "30003",
    "intents": ["reschedule"],
    "subject": "hardship",
    "together": "1043",
}


def _sources() -> Iterator[tuple[Path, str]]:
    for package in _PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path, path.read_text(encoding="utf-8")


def _noted() -> dict[str, str]:
    """Every kind that any `note(tx, request, kind, …)` writes, and where."""
    kinds: dict[str, str] = {}
    for path, source in _sources():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "note":
                kind = node.args[2]
                if isinstance(kind, ast.Constant):
                    kinds[str(kind.value)] = path.name
                else:
                    written = ast.unparse(kind)
                    assert written in _WORKED_OUT, f"{path.name} notes {written}: say here what it can be"
                    kinds |= dict.fromkeys(_WORKED_OUT[written], path.name)
    return kinds


def test_there_are_kinds_to_look_at() -> None:
    assert {"created", "sent", "heard", "paid", "cancelled", "opened", "read", "chargeback"} <= set(_noted())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_kind_of_event_has_a_sentence(language: str) -> None:
    w = words(language)
    for kind, where in _noted().items():
        assert f"event.{kind}" in w.texts, f"{where} notes {kind!r}: give it a sentence in web/copy"
        event = Event(kind=kind, actor="Jan", data=_DATA, at=datetime(2026, 11, 23, 9, tzinfo=UTC))
        told = sentence(event, w, _TODAY)
        assert "{" not in told
        assert told != w("event.other"), kind


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_reason_for_silence_and_for_a_look_has_words_of_its_own(language: str) -> None:
    sources = "\n".join(source for _, source in _sources())
    reasons = set(re.findall(r'(?:Never|Wait)\((?:[^"\n]*, )?"([a-z_]+)"\)', sources))
    reasons |= set(re.findall(r'reason = "([a-z_]+)"', sources))
    guards = [source for path, source in _sources() if path.name in {"guard.py", "guards.py"}]
    reasons |= set(re.findall(r'(?:return|Final =) "([a-z_]+)"', "\n".join(guards)))
    assert {"opted_out", "quiet_hours", "one_a_day", "address_unusable"} <= reasons
    texts = words(language).texts
    statuses = {str(status) for status in Status} - {"planned", "open"}
    assert not [reason for reason in reasons | statuses if f"reason.{reason}" not in texts]
    assert not [attention for attention in REASONS if f"attention.{attention}" not in texts]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_status_channel_and_state_of_a_message_has_a_word(language: str) -> None:
    texts = words(language).texts
    for group, names in (("status", Status), ("sending", Sending), ("channel", CHANNELS)):
        assert not [name for name in names if f"{group}.{name}" not in texts]
    asks = [
        name
        for name in Catalogue.load().names()
        if name.startswith(("request", "reminder", "promise-due", "pause-over", "hold-over"))
    ]
    assert not [name for name in asks if f"template.{name}" not in texts]
    assert word(words(language), "template", "menu-again") == texts["template.other"]


def test_both_languages_have_the_same_texts_with_the_same_places() -> None:
    dutch, english = (words(language).texts for language in LANGUAGES)
    assert dutch.keys() == english.keys()
    for key, text in dutch.items():
        assert _places(text) == _places(english[key]), key


def _places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_a_thing_to_do_is_never_shouted_and_never_a_threat() -> None:
    for language in LANGUAGES:
        for key, text in words(language).texts.items():
            assert "!" not in text, key
            assert not re.search(
                r"\b(aanmaning|laatste kans|deurwaarder|final notice)\b", text, re.IGNORECASE
            )


def test_a_message_that_was_planned_for_later_says_when() -> None:
    w = words("nl")
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    later = Event(kind="created", actor="api: boekhouding", data=_DATA, at=now)
    assert sentence(later, w, _TODAY) == (
        "Uw systeem (boekhouding) vroeg €\u00a042,50. Het bericht staat klaar voor di 24 nov, 09:30."
    )
    data = {"cents": 4250, "planned": now.isoformat()}
    at_once = Event(kind="created", actor="Aysha", data=data, at=now)
    assert sentence(at_once, w, _TODAY) == "Aysha vroeg €\u00a042,50."


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Antwoord *vrijdag* of *stop*.", "Antwoord <strong>vrijdag</strong> of <strong>stop</strong>."),
        ("2 * 3 < 7", "2 * 3 &lt; 7"),
        ("*<script>*", "<strong>&lt;script&gt;</strong>"),
        ("", ""),
    ],
)
def test_stressed_words_are_stressed_and_nothing_else_comes_alive(text: str, shown: str) -> None:
    assert str(emphasised(text)) == shown


def test_a_payment_for_several_requests_says_with_which() -> None:
    now = datetime(2026, 11, 23, 9, tzinfo=UTC)
    paid = Event(kind="payment", actor="psp", data={"cents": 4250, "together": "1043"}, at=now)
    assert sentence(paid, words("nl"), _TODAY) == "Betaling ontvangen: €\u00a042,50, samen met 1043."
    assert sentence(paid, words("en"), _TODAY) == "Payment received: €42.50, together with 1043."
    alone = Event(kind="payment", actor="psp", data={"cents": 4250}, at=now)
    assert sentence(alone, words("nl"), _TODAY) == "Betaling ontvangen: €\u00a042,50."
