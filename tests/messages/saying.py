"""Every message in every voice on every channel, with facts that go with it."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from messages.catalogue import EXAMPLE_DAY, Catalogue, Said

CATALOGUE = Catalogue.load()
VOICES = [("nl", "u"), ("nl", "je"), ("en", "u"), ("en", "je")]
CHANNELS = ["whatsapp", "sms", "telegram"]
LINK = "https://betalen.example/p/" + "x" * 29
every_template = pytest.mark.parametrize("template", CATALOGUE.names())
every_voice = pytest.mark.parametrize("voice", VOICES, ids="-".join)
every_channel = pytest.mark.parametrize("channel", CHANNELS)


def say(
    template: str,
    channel: str = "telegram",
    voice: tuple[str, str] = ("nl", "u"),
    facts: Mapping[str, object] | None = None,
) -> Said:
    given = {**CATALOGUE.examples(*voice), "link": LINK, **(facts or {})}
    language, formality = voice
    return CATALOGUE.say(
        template, language=language, formality=formality, channel=channel, facts=given, today=EXAMPLE_DAY
    )
