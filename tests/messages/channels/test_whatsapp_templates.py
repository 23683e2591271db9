"""WhatsApp's templates: registered once, made again when gone, and waited for without holding anything up."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta

import pytest

from messages.channels import Failure, NotSent
from sandbox.people import Person
from tests.messages.channels.talking import Place, QuickWhatsApp, refused, send, talk
from tests.messages.channels.whatsapping import ANSWER, ASKED, REQUEST, hear_anna, newest, outbound


def templates_at_twilio(place: Place) -> list[str]:
    return [content.friendly_name for content in place.sandbox.world.twilio.shelf.everything()]


def test_a_template_is_registered_once_however_often_we_start(place: Place) -> None:
    for _ in range(2):
        talk(QuickWhatsApp(place.settings), lambda _channel: asyncio.sleep(0), [REQUEST])
    names = templates_at_twilio(place)
    assert len(names) == len(set(names))
    assert sum(name.startswith("seintje_request_nl_u_v") for name in names) == 1


def test_templates_are_found_behind_many_pages_of_other_content(place: Place, anna: Person) -> None:
    talk(QuickWhatsApp(place.settings), lambda _channel: asyncio.sleep(0), [REQUEST])
    for number in range(150):
        text = {"twilio/text": {"body": "Van een ander"}}
        place.sandbox.world.twilio.shelf.create(
            {"friendly_name": f"other_{number}", "language": "nl", "types": text}
        )
    before = len(templates_at_twilio(place))
    send(QuickWhatsApp(place.settings), ASKED, [REQUEST])
    assert len(templates_at_twilio(place)) == before


def pending(place: Place) -> None:
    for content in place.sandbox.world.twilio.shelf.everything():
        if content.approval:
            content.approval.approved_at = place.clock.now() + timedelta(hours=1)


def test_while_a_template_waits_for_approval_another_channel_takes_over(place: Place, anna: Person) -> None:
    talk(QuickWhatsApp(place.settings), lambda _channel: asyncio.sleep(0), [REQUEST])
    pending(place)

    async def before_and_after(channel: QuickWhatsApp) -> str:
        with pytest.raises(NotSent) as caught:
            await channel.send(ASKED)
        assert (caught.value.failure, caught.value.code) == (Failure.OTHER_CHANNEL, "template not approved")
        assert not caught.value.unusable
        assert outbound(place) == 0
        place.clock.advance(timedelta(hours=2))
        return await channel.send(ASKED)

    assert talk(QuickWhatsApp(place.settings), before_and_after, [REQUEST])
    assert newest(place).status == "delivered"


def test_a_rejected_template_is_not_sent(place: Place, anna: Person) -> None:
    talk(QuickWhatsApp(place.settings), lambda _channel: asyncio.sleep(0), [REQUEST])
    for content in place.sandbox.world.twilio.shelf.everything():
        if content.approval:
            content.approval.rejection = "too pushy"
    error = refused(QuickWhatsApp(place.settings), ASKED, [REQUEST])
    assert (error.failure, error.code) == (Failure.OTHER_CHANNEL, "template not approved")


@pytest.mark.parametrize("kind", ["hang", "reset_before", "error_500", "html_502", "error_429", "garbage"])
@pytest.mark.parametrize(
    "call", ["ListContent", "CreateContent", "CreateApprovalCreate", "FetchApprovalFetch"]
)
def test_trouble_with_templates_stops_neither_the_start_nor_the_next_try(
    place: Place, anna: Person, call: str, kind: str
) -> None:
    place.fault("twilio", kind, call)
    send(QuickWhatsApp(place.settings), ASKED, [REQUEST])
    assert newest(place).status == "delivered"


def remove_all_content(place: Place) -> None:
    for content in place.sandbox.world.twilio.shelf.everything():
        place.sandbox.world.twilio.shelf.delete(content.sid)


def test_content_that_was_deleted_at_twilio_costs_the_buttons_and_not_the_answer(
    place: Place, anna: Person
) -> None:
    hear_anna(place)

    async def after_removal(channel: QuickWhatsApp) -> Sequence[str]:
        remove_all_content(place)
        return [await channel.send(ANSWER), await channel.send(ANSWER)]

    first, second = talk(QuickWhatsApp(place.settings), after_removal, [REQUEST])
    place.settle()
    twilio = place.sandbox.world.twilio
    assert twilio.get(first).rendered.body == ANSWER.body
    assert not twilio.get(first).rendered.buttons
    assert len(twilio.get(second).rendered.buttons) == 2
    assert outbound(place) == 2


def test_a_template_that_was_deleted_at_twilio_goes_elsewhere_and_is_made_again(
    place: Place, anna: Person
) -> None:
    async def after_removal(channel: QuickWhatsApp) -> str:
        remove_all_content(place)
        with pytest.raises(NotSent) as caught:
            await channel.send(ASKED)
        assert (caught.value.failure, caught.value.code) == (Failure.OTHER_CHANNEL, "21655")
        return await channel.send(ASKED)

    assert talk(QuickWhatsApp(place.settings), after_removal, [REQUEST])
