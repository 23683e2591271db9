"""What the tests of WhatsApp share: a request, an answer with buttons, and a look at Anna's phone."""

from __future__ import annotations

from messages.channels import Button, Template
from sandbox.twilio.facts import Message
from tests.messages.channels.talking import ANNA, Place, parcel

REQUEST = Template(
    "request",
    "nl",
    "u",
    "Beste {{1}}, wilt u {{2}} betalen? Dat kan hier: {{3}} Alvast bedankt.",
    ("name", "remaining", "link"),
    ("mevrouw De Vries", "€ 42,50", "https://pay.example.nl/p/abc"),
    ("Later betalen", "Al betaald"),
)
LINK = "http://127.0.0.1:8000/p/abc"
ASKED = parcel(
    "Beste Anna, wilt u betalen?",
    values={"name": "Anna de Vries", "remaining": "€ 42,50", "link": LINK},
    buttons=(Button("Later betalen", "later betalen"), Button("Al betaald", "al betaald")),
)
ANSWER = parcel(
    "Wanneer wilt u betalen?\nKies een dag.",
    window_open=True,
    buttons=(Button("Vrijdag", "ik betaal vrijdag"), Button("Maandag", "ik betaal maandag")),
)


def newest(place: Place) -> Message:
    place.settle()
    return next(m for m in place.sandbox.world.twilio.everything() if not m.inbound)


def outbound(place: Place) -> int:
    return sum(not m.inbound for m in place.sandbox.world.twilio.everything())


def hear_anna(place: Place) -> None:
    place.sandbox.world.twilio.say("whatsapp", ANNA, "hoi")
    place.settle()
