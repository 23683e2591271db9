"""SMS over the real client: sent once, its status told, and found again when the answer was lost."""

from __future__ import annotations

import asyncio
import socket
from datetime import timedelta

import pytest

from core.clock import ManualClock
from messages.channels import Failure, Inbound, NotSent, Parcel, Receipt
from messages.channels.sms import Sms
from sandbox.people import Person
from tests.messages.channels.talking import ANNA, Place, QuickSms, parcel, refused, send, settings, talk


def bodies(place: Place) -> list[str]:
    """What arrived on phones, newest first."""
    return [m.rendered.body for m in place.sandbox.world.twilio.everything() if not m.inbound]


def test_a_payer_gets_the_words_once_and_we_get_twilios_id(place: Place) -> None:
    sid = send(QuickSms(place.settings), parcel("Betaal € 42,50"))
    assert bodies(place) == ["Betaal € 42,50"]
    assert place.sandbox.world.twilio.get(sid).to == ANNA


def test_what_becomes_of_a_message_is_told_at_the_address_of_its_attempt(place: Place) -> None:
    channel = QuickSms(place.settings)
    sid = send(channel, parcel(status_path="out_7.2"))
    knocks = place.knocks("/webhooks/twilio/status/out_7.2")
    told = [channel.read(envelope.payload) for knock in knocks for envelope in channel.verify(knock)]
    assert told == [Receipt(sid, "sent", "out_7"), Receipt(sid, "delivered", "out_7")]


def test_a_payers_reply_is_believed_and_read(place: Place, anna: Person) -> None:
    place.sandbox.world.twilio.say("sms", ANNA, "kan ik vrijdag betalen?")
    channel = QuickSms(place.settings)
    (knock,) = place.knocks("/webhooks/twilio/message")
    (envelope,) = channel.verify(knock)
    inbound = channel.read(envelope.payload)
    assert isinstance(inbound, Inbound)
    assert (inbound.sender, inbound.text) == (ANNA, "kan ik vrijdag betalen?")


def test_the_real_twilio_is_not_asked_to_call_a_loopback_address() -> None:
    at_home = settings(PUBLIC_URL="http://127.0.0.1:8000", TWILIO_API_URL="")
    assert not Sms(at_home).reachable
    assert Sms(settings(TWILIO_API_URL="")).reachable
    assert Sms(settings(PUBLIC_URL="http://127.0.0.1:8000")).reachable


def test_nothing_is_sent_to_a_payer_who_said_stop(place: Place, anna: Person) -> None:
    """Trap 11."""
    place.sandbox.world.twilio.say("sms", ANNA, "STOP")
    error = refused(QuickSms(place.settings), parcel("Nog een herinnering"))
    assert (error.failure, error.code, error.unusable) == (Failure.NEVER, "21610", True)
    assert "Nog een herinnering" not in bodies(place)


def test_a_landline_is_never_tried_again(place: Place) -> None:
    error = refused(QuickSms(place.settings), parcel(to="+31201234567"))
    assert (error.failure, error.code, error.unusable) == (Failure.OTHER_CHANNEL, "21614", True)


def test_a_hanging_twilio_holds_up_nobody_and_leaves_the_outcome_unknown(place: Place) -> None:
    """Traps 1 and 18: the asynchronous client has no time limit of its own."""
    place.fault("twilio", "hang", "CreateMessage")

    async def timed(channel: QuickSms) -> float:
        loop = asyncio.get_running_loop()
        began = loop.time()
        with pytest.raises(NotSent) as caught:
            await channel.send(parcel())
        assert (caught.value.failure, caught.value.code) == (Failure.UNKNOWN, "timeout")
        return loop.time() - began

    assert talk(QuickSms(place.settings), timed) < 2.0


@pytest.mark.parametrize(
    "kind",
    ["reset_before", "reset_after", "error_500", "error_500_after", "html_502", "html_502_after", "garbage"],
)
def test_an_answer_that_is_lost_or_broken_leaves_the_outcome_unknown_and_is_not_repeated(
    place: Place, kind: str
) -> None:
    """Trap 1: resending after a timeout, a reset or a 5xx is a second payment request."""
    place.fault("twilio", kind, "CreateMessage")
    assert refused(QuickSms(place.settings), parcel()).failure is Failure.UNKNOWN
    carried_out = kind.endswith("_after") or kind == "garbage"
    assert len(bodies(place)) == (1 if carried_out else 0)


def test_a_connection_that_is_used_again_and_then_breaks_repeats_nothing(place: Place) -> None:
    """Trap 1: HTTP clients like to repeat a request by themselves when a kept connection turns out closed."""

    async def twice(channel: QuickSms) -> None:
        await channel.send(parcel("een"))
        place.fault("twilio", "reset_after", "CreateMessage")
        with pytest.raises(NotSent) as caught:
            await channel.send(parcel("twee"))
        assert caught.value.failure is Failure.UNKNOWN

    talk(QuickSms(place.settings), twice)
    assert bodies(place) == ["twee", "een"]


def test_too_many_requests_are_sent_later_after_the_wait_that_twilio_asks(place: Place) -> None:
    place.fault("twilio", "error_429", "CreateMessage")
    error = refused(QuickSms(place.settings), parcel())
    assert (error.failure, error.retry_after) == (Failure.LATER, 30.0)
    assert bodies(place) == []


def test_a_closed_port_means_later_for_nothing_was_sent() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound, but nobody listens
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        error = refused(QuickSms(settings(TWILIO_API_URL=url)), parcel())
    assert (error.failure, error.code) == (Failure.LATER, "no connection")


def test_a_wrong_token_means_later_for_the_message_must_not_be_lost(place: Place) -> None:
    wrong = settings(TWILIO_API_URL=place.sandbox.url, TWILIO_AUTH_TOKEN="of-another-account")
    error = refused(QuickSms(wrong), parcel())
    assert (error.failure, error.code, error.retry_after) == (Failure.LATER, "20003", 300.0)


def test_the_machines_environment_does_not_change_where_messages_go(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TWILIO_EDGE", "TWILIO_REGION"):
        monkeypatch.setenv(name, "sydney")
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert send(QuickSms(place.settings), parcel())


def test_many_messages_go_over_one_client_in_one_loop(place: Place) -> None:
    """Trap 21: a loop or a client for each send is slow, and breaks after the first."""

    async def crowd(channel: QuickSms) -> list[str]:
        letters = [parcel(f"bericht {n}", outgoing_id=f"out_{n}") for n in range(40)]
        return await asyncio.gather(*map(channel.send, letters))

    class Patient(QuickSms):
        total_seconds = 10.0

    sids = talk(Patient(place.settings), crowd)
    assert [place.sandbox.world.twilio.get(sid).rendered.body for sid in sids] == [
        f"bericht {n}" for n in range(40)
    ]


def test_sending_before_the_start_loses_nothing() -> None:
    with pytest.raises(NotSent) as caught:
        asyncio.run(QuickSms(settings()).send(parcel()))
    assert caught.value.failure is Failure.LATER


LOST = parcel("Betaal hier: http://127.0.0.1:8000/p/zeldzaam", token="zeldzaam")


def look_up(place: Place, letter: Parcel, ago: timedelta = timedelta(0)) -> Receipt | None:
    since = place.clock.now() - ago
    return talk(QuickSms(place.settings), lambda channel: channel.find(letter, since))


def test_a_message_whose_answer_was_lost_is_found_and_was_sent_once(place: Place) -> None:
    """Trap 1: look it up, never send it again."""
    place.fault("twilio", "reset_after", "CreateMessage")
    assert refused(QuickSms(place.settings), LOST).failure is Failure.UNKNOWN
    place.settle()
    (message,) = place.sandbox.world.twilio.everything()
    assert look_up(place, LOST) == Receipt(message.sid, "delivered", "out_1")


def test_a_message_that_is_still_queued_is_found_though_it_has_no_date_of_sending(place: Place) -> None:
    sid = send(QuickSms(place.settings), LOST)
    place.settle()
    message = place.sandbox.world.twilio.get(sid)
    message.sent_at, message.status = None, "queued"
    assert look_up(place, LOST) == Receipt(sid, "sent", "out_1")


def test_a_lost_message_that_could_not_be_delivered_says_why(place: Place) -> None:
    sid = send(QuickSms(place.settings), LOST)
    place.settle()
    message = place.sandbox.world.twilio.get(sid)
    message.status, message.error_code = "undelivered", 30006
    lost = Receipt(sid, "failed", "out_1", Failure.OTHER_CHANNEL, "30006", unusable=True)
    assert look_up(place, LOST) == lost


def test_a_message_that_never_arrived_at_twilio_is_not_found(place: Place) -> None:
    place.fault("twilio", "reset_before", "CreateMessage")
    assert refused(QuickSms(place.settings), LOST).failure is Failure.UNKNOWN
    send(QuickSms(place.settings), parcel("Een ander bericht, met /p/iets-anders"))
    assert look_up(place, LOST) is None


def test_an_older_message_with_the_same_words_is_not_taken_for_the_lost_one(
    place: Place, clock: ManualClock
) -> None:
    thanks = parcel("Dank u wel!")
    send(QuickSms(place.settings), thanks)
    place.settle()
    clock.advance(timedelta(days=1))
    assert look_up(place, thanks) is None
    assert look_up(place, thanks, ago=timedelta(days=2)) is not None


def test_what_the_payer_wrote_is_not_taken_for_our_message(place: Place, anna: Person) -> None:
    place.sandbox.world.twilio.say("sms", ANNA, "wat is zeldzaam?")
    assert look_up(place, LOST) is None


def test_a_look_up_that_fails_says_so_instead_of_finding_nothing(place: Place) -> None:
    place.fault("twilio", "html_502", "ListMessage")
    with pytest.raises(NotSent) as caught:
        look_up(place, LOST)
    assert caught.value.failure is Failure.LATER
