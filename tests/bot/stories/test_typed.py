"""What an agent types goes as it was typed: with its lines, and with one greeting."""

from __future__ import annotations

import pytest

from bot.stories.typed import PLAIN, SIGNED, signed, tidied

SHOP = "Fietshuis Jansen"


def test_lines_stay_as_they_were_typed() -> None:
    assert tidied(" Dag  Anna,\r\n\r\n\r\n\r\nWe  bellen u.\t\r\nTot dan! \n") == (
        "Dag Anna,\n\nWe bellen u.\nTot dan!"
    )


@pytest.mark.parametrize(
    ("typed", "template", "said"),
    [
        ("Dat klopt.", PLAIN, "Dat klopt."),
        ("Dat klopt.\nGroet, Aysha", SIGNED, "Dat klopt.\nGroet, Aysha"),
        ("Dat klopt. Gr. Aysha", SIGNED, "Dat klopt. Gr. Aysha"),
        ("Dat klopt.\nmvg Aysha", SIGNED, "Dat klopt.\nmvg Aysha"),
        ("That is right.\nKind regards,\nAysha", SIGNED, "That is right.\nKind regards,\nAysha"),
        ("Dat klopt. Groetjes!", PLAIN, "Dat klopt."),
        ("Dat klopt.\n\nMet vriendelijke groet,", PLAIN, "Dat klopt."),
        (f"Dat klopt.\nGroet, {SHOP}", PLAIN, "Dat klopt."),
        (f"Dat klopt.\nGroeten van {SHOP}", PLAIN, "Dat klopt."),
        (f"Dat klopt.\nGroet,\nAysha\n{SHOP}", SIGNED, "Dat klopt.\nGroet,\nAysha"),
        (f"Dat klopt. Groet, Aysha van {SHOP}", SIGNED, "Dat klopt. Groet, Aysha"),
        ("Doe de groeten aan Jan.", PLAIN, "Doe de groeten aan Jan."),
        ("Groet u Jan van ons. We bellen.", PLAIN, "Groet u Jan van ons. We bellen."),
    ],
)
def test_a_message_is_greeted_with_once_and_says_which_shop_it_is(
    typed: str, template: str, said: str
) -> None:
    assert signed(typed, SHOP) == (template, said)
