"""What can be chosen, how it looks on each channel, and which replies choose it."""

from __future__ import annotations

from dataclasses import fields

from bot.decide import Decision
from core.money import Money
from messages.channels.whatsapp import WhatsApp
from messages.channels.whatsapp_content import CHOOSE
from messages.composing import numbered
from messages.options import as_offered, chosen
from messages.wording import money
from payments.policy import Policy
from tests.docs.dialogue.data import LANGUAGES, examples
from tests.docs.dialogue.drawing import plain, quoted, table
from tests.docs.dialogue.messages import said
from tests.docs.dialogue.walks import CATALOGUE, Walk, answered


def policy() -> str:
    """What a merchant decides once, with the defaults."""
    told, defaults = examples("policy"), Policy()
    rows = [
        (f"`{rule.name}`", told.get(rule.name, ""), _default(rule.name, getattr(defaults, rule.name)))
        for rule in fields(Policy)
    ]
    return table(("Rule", "What it says", "Default"), rows)


def _default(name: str, value: object) -> str:
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return money(Money(value), "en") if isinstance(value, int) and name.endswith("_cents") else str(value)


def kinds() -> str:
    """Every kind of choice: what stands on its button, and in a numbered list."""
    rows = [_kind(kind) for kind in CATALOGUE.option_kinds()]
    head = [f"{name}, {where}" for name in LANGUAGES.values() for where in ("button", "in a list")]
    return table(head, rows)


def _kind(kind: str) -> tuple[str, ...]:
    offers = [CATALOGUE.example_offer(kind, language, "u") for language in LANGUAGES]
    return tuple(plain(text) for offer in offers for text in (offer.label, offer.line))


def on_each_channel() -> str:
    """The same choice on the three channels, once with few and once with many."""
    return "\n\n".join(_on_each_channel(template) for template in ("ask-which-day", "ask-how-many"))


def _on_each_channel(template: str) -> str:
    way = _most_to_choose(template)
    chat, sms = (said(template, "nl", "u", channel, way) for channel in ("telegram", "sms"))
    labels = [f"<kbd>{plain(button.label)}</kbd>" for button in chat.buttons]
    fits = len(labels) <= WhatsApp.most_buttons
    whatsapp = " ".join(labels) if fits else f"<kbd>{CHOOSE['nl']}</kbd>, which opens: {' '.join(labels)}"
    rows = [
        ("WhatsApp", f"{plain(chat.body)}<br>{whatsapp}"),
        ("Telegram", "<br>".join([plain(chat.body), *labels])),
        ("SMS", plain(sms.body)),
    ]
    return table(("Channel", f"`{template}`"), rows)


def _most_to_choose(template: str) -> tuple[Walk, Decision]:
    ways = [(w, d) for w, d in answered()[template] if w.language == "nl"]
    return max(ways, key=lambda way: len(way[1].options))


def replies() -> str:
    """Which replies choose from a list, and which say something else."""
    return "\n\n".join(_replies(language) for language in LANGUAGES)


def _replies(language: str) -> str:
    way = next(way for way in answered()["ask-which-day"] if way[0].language == language)
    offers = said("ask-which-day", language, "u", "sms", way).offers
    kept = as_offered([], offers)
    picked = [(quoted(reply), chosen(kept, reply)) for reply in examples("replies")[language]]
    rows = [(reply, plain(offer.line) if offer else "nothing: read as words") for reply, offer in picked]
    return table((LANGUAGES[language], f"Chooses from: {', '.join(map(plain, numbered(offers)))}"), rows)
