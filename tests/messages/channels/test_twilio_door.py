"""Twilio's webhooks are believed only when signed, and read for what they are."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from urllib.parse import urlencode

import pytest
from twilio.request_validator import RequestValidator

from core.errors import Untrusted
from messages.channels import Failure, Inbound, Knock, Receipt
from messages.channels.sms import Sms
from messages.channels.whatsapp import WhatsApp
from tests.messages.channels.talking import settings

SETTINGS = settings()
SMS, WHATSAPP = Sms(SETTINGS), WhatsApp(SETTINGS)
MESSAGE = f"{SETTINGS.public_url}/webhooks/twilio/message"
STATUS = f"{SETTINGS.public_url}/webhooks/twilio/status/out_1.2"
WORDS = {
    "AccountSid": SETTINGS.twilio_account_sid,
    "MessageSid": "SM1",
    "From": "+31612345678",
    "To": "+3197010200300",
    "Body": "kan ik vrijdag betalen? € 5 & meer + ë",
    "NumMedia": "0",
    "Empty": "",
}
DELIVERED = {**WORDS, "MessageStatus": "delivered", "To": "+31612345678", "From": "+3197010200300"}


def knock(form: Mapping[str, str], url: str = MESSAGE, signed_for: str = "") -> Knock:
    """A knock as Twilio would give it, signed for the address `signed_for`, or for its own."""
    signature = RequestValidator(SETTINGS.twilio_auth_token).compute_signature(signed_for or url, dict(form))
    return Knock(url, {"x-twilio-signature": signature}, urlencode(form).encode())


def read(channel: Sms | WhatsApp, form: Mapping[str, str], url: str = MESSAGE) -> Inbound | Receipt | None:
    (envelope,) = channel.verify(knock(form, url))
    return channel.read(envelope.payload)


def test_a_payers_sms_is_brought_with_its_words_unharmed() -> None:
    assert read(SMS, WORDS) == Inbound(
        "text", "+31612345678", "kan ik vrijdag betalen? € 5 & meer + ë", "SM1"
    )


def test_the_same_message_brought_twice_has_the_same_event_id() -> None:
    (first,) = SMS.verify(knock(WORDS))
    (second,) = SMS.verify(knock(WORDS))
    assert first.event_id == second.event_id == "SM1"


def test_each_status_of_a_message_is_an_event_of_its_own() -> None:
    (delivered,) = SMS.verify(knock(DELIVERED, STATUS))
    (read_,) = SMS.verify(knock({**DELIVERED, "MessageStatus": "read"}, STATUS))
    assert (delivered.event_id, read_.event_id) == ("SM1:delivered", "SM1:read")


def test_a_changed_byte_anywhere_in_a_webhook_is_noticed() -> None:
    """Trap 10: unverified webhooks mean forged STOPs, replies and statuses."""
    good = knock(WORDS)
    assert SMS.verify(good)
    for place in range(len(good.body)):
        changed = bytearray(good.body)
        changed[place] ^= 1
        with pytest.raises(Untrusted):
            SMS.verify(Knock(good.url, good.headers, bytes(changed)))


def test_a_changed_character_anywhere_in_the_signature_is_noticed() -> None:
    """Trap 10."""
    good = knock(WORDS)
    signature = good.headers["x-twilio-signature"]
    for place, character in enumerate(signature):
        other = "A" if character != "A" else "B"
        forged = signature[:place] + other + signature[place + 1 :]
        with pytest.raises(Untrusted):
            SMS.verify(Knock(good.url, {"x-twilio-signature": forged}, good.body))


@pytest.mark.parametrize("headers", [{}, {"x-twilio-signature": ""}, {"x-twilio-signature": "é"}])
def test_a_webhook_without_a_usable_signature_is_refused_and_breaks_nothing(headers: dict[str, str]) -> None:
    """Trap 10: a missing header makes the official validator raise TypeError."""
    with pytest.raises(Untrusted):
        SMS.verify(Knock(MESSAGE, headers, urlencode(WORDS).encode()))


def test_a_status_cannot_be_moved_to_another_message() -> None:
    """The path names our message; it is part of what is signed."""
    with pytest.raises(Untrusted):
        SMS.verify(knock(DELIVERED, STATUS.replace("out_1", "out_2"), signed_for=STATUS))


def test_the_signature_holds_for_the_configured_address_behind_a_tls_proxy() -> None:
    """Trap 23: what the web server sees (http, an inner host) is not what Twilio signed."""
    assert SMS.verify(knock(WORDS, MESSAGE))
    with pytest.raises(Untrusted):
        SMS.verify(knock(WORDS, MESSAGE, signed_for=MESSAGE.replace("https://", "http://")))


def test_a_port_in_the_signed_address_may_be_there_or_not() -> None:
    """Twilio itself is not consistent about it."""
    assert SMS.verify(knock(WORDS, MESSAGE, signed_for=MESSAGE.replace("example.nl", "example.nl:443")))


def test_a_signature_with_a_stronger_hash_is_believed_when_the_header_says_so() -> None:
    text = MESSAGE + "".join(name + WORDS[name] for name in sorted(WORDS))
    mac = hmac.new(SETTINGS.twilio_auth_token.encode(), text.encode(), hashlib.sha256)
    headers = {
        "x-twilio-signature": base64.b64encode(mac.digest()).decode(),
        "x-twilio-webhooks-signature-settings": "key=webhooks_1,algorithm=HMAC_SHA256",
    }
    body = urlencode(WORDS).encode()
    assert SMS.verify(Knock(MESSAGE, headers, body))
    with pytest.raises(Untrusted):
        SMS.verify(Knock(MESSAGE, {"x-twilio-signature": headers["x-twilio-signature"]}, body))


def test_a_field_that_comes_twice_counts_twice_in_the_signature() -> None:
    body = f"{urlencode(WORDS)}&Body=nog+iets"
    text = "".join(
        name + value
        for name in sorted(WORDS)
        for value in sorted({WORDS[name], *(["nog iets"] if name == "Body" else [])})
    )
    mac = hmac.new(SETTINGS.twilio_auth_token.encode(), (MESSAGE + text).encode(), hashlib.sha1)
    signature = base64.b64encode(mac.digest()).decode()
    assert SMS.verify(Knock(MESSAGE, {"x-twilio-signature": signature}, body.encode()))


def test_another_account_is_not_ours_even_when_well_signed() -> None:
    with pytest.raises(Untrusted):
        SMS.verify(knock({**WORDS, "AccountSid": "AC" + "9" * 32}))


def test_nothing_is_believed_while_no_token_is_set() -> None:
    nobody = Sms(settings(TWILIO_SMS_FROM="", TWILIO_WHATSAPP_FROM="", TWILIO_AUTH_TOKEN=""))
    empty = RequestValidator("").compute_signature(MESSAGE, WORDS)
    with pytest.raises(Untrusted):
        nobody.verify(Knock(MESSAGE, {"x-twilio-signature": empty}, urlencode(WORDS).encode()))


@pytest.mark.parametrize("body", [b"\xff\xfe", b"a=" * 500, b'{"json": true}'])
def test_what_is_no_form_of_twilios_is_refused(body: bytes) -> None:
    with pytest.raises(Untrusted):
        SMS.verify(Knock(MESSAGE, {"x-twilio-signature": "x"}, body))


def test_a_call_about_something_else_than_a_message_is_refused() -> None:
    with pytest.raises(Untrusted):
        SMS.verify(knock({"AccountSid": SETTINGS.twilio_account_sid, "CallSid": "CA1"}))


def test_each_channel_reads_only_its_own() -> None:
    on_whatsapp = {**WORDS, "From": "whatsapp:+31612345678", "To": "whatsapp:+3197010200300"}
    assert read(WHATSAPP, WORDS) is None
    assert read(SMS, on_whatsapp) is None
    assert read(SMS, {**WORDS, "From": "messenger:123"}) is None
    inbound = read(WHATSAPP, on_whatsapp)
    assert isinstance(inbound, Inbound)
    assert inbound.sender == "+31612345678"


def test_a_tapped_button_says_its_answer_and_which_message_it_answers() -> None:
    form = {
        **WORDS,
        "From": "whatsapp:+31612345678",
        "Body": "Vrijdag",
        "ButtonText": "Vrijdag",
        "ButtonPayload": "ik betaal vrijdag",
        "OriginalRepliedMessageSid": "MM9",
        "ProfileName": "Anna",
    }
    assert read(WHATSAPP, form) == Inbound(
        "button", "+31612345678", "ik betaal vrijdag", "SM1", reply_to="MM9"
    )


def test_a_voice_message_is_a_message_without_words() -> None:
    form = {**WORDS, "From": "whatsapp:+31612345678", "Body": "", "NumMedia": "1", "MediaUrl0": "https://x"}
    inbound = read(WHATSAPP, form)
    assert isinstance(inbound, Inbound)
    assert (inbound.kind, inbound.text) == ("text", "")


def test_an_opt_out_word_that_twilio_obeyed_is_a_stop_for_us() -> None:
    inbound = read(SMS, {**WORDS, "Body": "Uitschrijven aub", "OptOutType": "STOP"})
    assert isinstance(inbound, Inbound)
    assert inbound.text == "STOP"


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("queued", "sent"), ("sent", "sent"), ("delivered", "delivered"), ("read", "read")],
)
def test_a_status_names_our_message(theirs: str, ours: str) -> None:
    receipt = read(SMS, {**DELIVERED, "MessageStatus": theirs}, STATUS)
    assert receipt == Receipt("SM1", ours, outgoing_id="out_1")


@pytest.mark.parametrize(
    ("code", "failure", "unusable"),
    [
        ("63016", Failure.OTHER_CHANNEL, False),
        ("63003", Failure.OTHER_CHANNEL, True),
        ("63014", Failure.NEVER, True),
        ("30006", Failure.OTHER_CHANNEL, True),
        ("30005", Failure.OTHER_CHANNEL, False),
        ("30008", Failure.OTHER_CHANNEL, False),
        ("30001", Failure.LATER, False),
        ("63018", Failure.LATER, False),
        ("99999", Failure.OTHER_CHANNEL, False),
    ],
)
def test_a_failed_delivery_says_what_to_do(code: str, failure: Failure, unusable: bool) -> None:
    """Trap 12: the 201 was not the delivery; that the window was shut is told only afterwards."""
    receipt = read(SMS, {**DELIVERED, "MessageStatus": "undelivered", "ErrorCode": code}, STATUS)
    assert receipt == Receipt("SM1", "failed", "out_1", failure, code, unusable)


def test_a_failure_without_a_reason_is_one_of_this_channel() -> None:
    receipt = read(SMS, {**DELIVERED, "MessageStatus": "failed"}, STATUS)
    assert receipt == Receipt("SM1", "failed", "out_1", Failure.OTHER_CHANNEL, "no code")


def test_a_status_that_we_do_not_know_changes_nothing() -> None:
    assert read(SMS, {**DELIVERED, "MessageStatus": "teleported"}, STATUS) is None


@pytest.mark.parametrize("payload", ["", "{", "[]", "{}", '{"form": 5}', json.dumps({"form": {}})])
def test_a_broken_payload_is_an_error_and_no_message(payload: str) -> None:
    with pytest.raises(ValueError):
        SMS.read(payload)
