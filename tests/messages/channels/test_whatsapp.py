"""WhatsApp over the real client: free words within the window, approved templates outside it."""

from __future__ import annotations

import pytest

from messages.channels import Button, Failure, Inbound, Parcel, Receipt, Template
from sandbox.people import Person
from tests.messages.channels.talking import ANNA, Place, QuickWhatsApp, parcel, refused, send, talk
from tests.messages.channels.whatsapping import ANSWER, ASKED, LINK, REQUEST, hear_anna, newest, outbound


def news(place: Place) -> list[Receipt | Inbound | None]:
    channel = QuickWhatsApp(place.settings)
    knocks = place.knocks("/webhooks/twilio")
    return [channel.read(envelope.payload) for knock in knocks for envelope in channel.verify(knock)]


def test_free_words_reach_a_payer_who_wrote_within_a_day(place: Place, anna: Person) -> None:
    hear_anna(place)
    send(QuickWhatsApp(place.settings), parcel("Dank u wel!", window_open=True))
    message = newest(place)
    assert (message.to, message.rendered.body, message.status) == (
        f"whatsapp:{ANNA}",
        "Dank u wel!",
        "delivered",
    )


def test_free_words_after_a_day_are_accepted_at_first_and_told_to_have_failed(
    place: Place, anna: Person
) -> None:
    """Trap 12: a 201 is not a delivery; the window is only missed afterwards."""
    sid = send(QuickWhatsApp(place.settings), parcel("Dank u wel!", window_open=True))
    assert news(place)[-1] == Receipt(sid, "failed", "out_1", Failure.OTHER_CHANNEL, "63016")


def test_outside_the_window_an_approved_template_goes_with_its_values(place: Place, anna: Person) -> None:
    """Traps 12 and 24: no free words, and variables as one JSON text."""
    send(QuickWhatsApp(place.settings), ASKED, [REQUEST])
    message = newest(place)
    assert message.status == "delivered"
    assert message.content_sid
    assert message.rendered.body == (
        f"Beste Anna de Vries, wilt u € 42,50 betalen? Dat kan hier: {LINK} Alvast bedankt."
    )
    assert [button.title for button in message.rendered.buttons] == ["Later betalen", "Al betaald"]


def test_quotes_braces_and_emoji_in_a_name_come_through_unharmed(place: Place, anna: Person) -> None:
    """Trap 24."""
    name = """Jo "de {{2}} fietser" O'Neill \\ 🚲"""
    letter = parcel(values={**ASKED.values, "name": name})
    send(QuickWhatsApp(place.settings), letter, [REQUEST])
    assert newest(place).rendered.body.startswith(f"Beste {name}, wilt u")


def test_a_message_without_a_template_goes_elsewhere(place: Place) -> None:
    error = refused(QuickWhatsApp(place.settings), parcel(template="unheard-of"), [REQUEST])
    assert (error.failure, error.code) == (Failure.OTHER_CHANNEL, "no template")


def test_a_message_with_an_empty_value_goes_elsewhere(place: Place) -> None:
    """Trap 24: Twilio refuses empty variables, with 21656."""
    letter = parcel(values={**ASKED.values, "name": ""})
    error = refused(QuickWhatsApp(place.settings), letter, [REQUEST])
    assert (error.failure, error.code) == (Failure.OTHER_CHANNEL, "empty value")
    assert outbound(place) == 0


def test_a_language_with_one_formality_serves_both(place: Place, anna: Person) -> None:
    letter = parcel(values=ASKED.values, formality="je")
    assert send(QuickWhatsApp(place.settings), letter, [REQUEST])


def test_buttons_within_the_window_need_no_approval_and_say_their_answer(place: Place, anna: Person) -> None:
    hear_anna(place)
    sid = send(QuickWhatsApp(place.settings), ANSWER, [REQUEST])
    message = newest(place)
    assert (message.rendered.body, message.status) == ("Wanneer wilt u betalen?\nKies een dag.", "delivered")
    place.sandbox.world.twilio.press(ANNA, sid, "Vrijdag")
    tapped = news(place)[-1]
    assert isinstance(tapped, Inbound)
    assert (tapped.kind, tapped.text, tapped.reply_to) == ("button", "ik betaal vrijdag", sid)


def test_a_picture_comes_with_its_words_and_buttons(place: Place, anna: Person, qr_png: bytes) -> None:
    hear_anna(place)
    place.ear.files["q/abc.png"] = (qr_png, "image/png")
    image_url = f"{place.ear.url}/files/q/abc.png"
    send(QuickWhatsApp(place.settings), parcel("Hier is de QR-code", window_open=True, image_url=image_url))
    assert (newest(place).status, newest(place).rendered.media_urls) == ("delivered", (image_url,))
    buttons = ANSWER.buttons
    send(
        QuickWhatsApp(place.settings),
        parcel("Met knoppen", window_open=True, image_url=image_url, buttons=buttons),
        [REQUEST],
    )
    message = newest(place)
    assert (message.status, message.rendered.media_urls) == ("delivered", (image_url,))
    assert [button.title for button in message.rendered.buttons] == ["Vrijdag", "Maandag"]


def test_a_picture_outside_the_window_goes_with_the_template(
    place: Place, anna: Person, qr_png: bytes
) -> None:
    place.ear.files["q/abc.png"] = (qr_png, "image/png")
    image_url = f"{place.ear.url}/files/q/abc.png"
    pictured = Template(**{**vars(REQUEST), "image": True})
    letter = parcel(values=ASKED.values, image_url=image_url)
    send(QuickWhatsApp(place.settings), letter, [pictured])
    message = newest(place)
    assert (message.status, message.rendered.media_urls) == ("delivered", (image_url,))
    assert place.sandbox.world.media.scan(message.media[0])


def test_a_button_that_opens_an_address_becomes_words(place: Place, anna: Person) -> None:
    hear_anna(place)
    letter = parcel("Betaal hier", window_open=True, buttons=(Button("Betalen", url=LINK),))
    send(QuickWhatsApp(place.settings), letter)
    assert newest(place).rendered.body == f"Betaal hier\n{LINK}"


def test_a_number_that_is_not_on_whatsapp_goes_to_another_channel_for_good(
    place: Place, anna: Person
) -> None:
    anna.not_on_whatsapp = True
    sid = send(QuickWhatsApp(place.settings), ASKED, [REQUEST])
    assert news(place)[-1] == Receipt(sid, "failed", "out_1", Failure.OTHER_CHANNEL, "63003", unusable=True)


def test_a_payer_who_blocked_us_is_left_alone(place: Place, anna: Person) -> None:
    """Trap 11."""
    anna.blocked.add("whatsapp")
    sid = send(QuickWhatsApp(place.settings), ASKED, [REQUEST])
    assert news(place)[-1] == Receipt(sid, "failed", "out_1", Failure.NEVER, "63014", unusable=True)


@pytest.mark.parametrize("letter", [ASKED, ANSWER], ids=["template", "answer"])
@pytest.mark.parametrize(
    "kind", ["hang_after", "reset_after", "error_500_after", "html_502_after", "garbage"]
)
def test_an_answer_that_was_lost_is_not_made_up_for_by_a_second_message(
    place: Place, anna: Person, kind: str, letter: Parcel
) -> None:
    """Trap 1: falling back to plain words is only for what Twilio surely refused."""
    hear_anna(place)
    place.fault("twilio", kind, "CreateMessage")
    assert refused(QuickWhatsApp(place.settings), letter, [REQUEST]).failure is Failure.UNKNOWN
    assert outbound(place) == 1


def test_a_lost_template_message_is_found_by_the_link_in_it(place: Place, anna: Person) -> None:
    place.fault("twilio", "reset_after", "CreateMessage")
    letter = parcel(values=ASKED.values, token="/p/abc")
    refused(QuickWhatsApp(place.settings), letter, [REQUEST])
    found = talk(
        QuickWhatsApp(place.settings), lambda channel: channel.find(letter, place.clock.now()), [REQUEST]
    )
    assert found in [  # how far it came by now is up to the network
        Receipt(newest(place).sid, status, "out_1") for status in ("sent", "delivered")
    ]
