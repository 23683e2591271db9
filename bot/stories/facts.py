"""The facts of a message as they are at this moment: what is shown is what would be charged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.stories import own_lines, together
from bot.stories.said import EACH
from bot.stories.say import ASKS
from bot.stories.typed import PAY_BELOW
from bot.stories.world import World
from core.calendar import local
from core.db import Tx
from core.money import Money
from messages import segments
from messages.channels import Button, Channel, Parcel
from messages.composing import Manner, compose, spelled_out
from messages.facts import unpack
from messages.options import as_offered, unpack_options
from messages.outbox import Outgoing
from payments.answers import answer_by
from payments.guards import nothing_to_pay
from payments.instalments import charge
from payments.ledger import balance
from payments.parties import Address
from payments.proofs import prove
from payments.requests import PaymentRequest


def facts_of(tx: Tx, request: PaymentRequest, link: str) -> dict[str, object]:
    """Return what every template may say about `request`, now."""
    payer, merchant, money = request.payer, request.merchant, balance(tx, request)
    # An agent may not know the name yet; nobody wants to be greeted with a number.
    name = "" if any(payer.name == address.value for address in payer.addresses) else payer.name
    return {
        "name": name,
        "first_name": name.partition(" ")[0],
        "merchant": merchant.name,
        "merchant_phone": merchant.phone,
        "amount": request.amount,
        "remaining": money.remaining,
        "due": charge(tx, request, money),
        "received": Money(max(money.received, 0), money.currency),
        "surplus": money.surplus,
        "reference": request.reference,
        "description": request.description,
        "due_date": request.due_date,
        "link": link,
        # The same address, for whoever only has to see how it stands.
        "page": link,
        "check_by": answer_by(local(tx.now).date()),
    }


def parcel_for(tx: Tx, world: World, channel: Channel, row: Outgoing, request: PaymentRequest) -> Parcel:
    """Make the message as it will be said, and note on its row what was said and what it should cost."""
    own_lines.made_true(tx, row)
    request = together.narrowed(tx, row, request)
    token, shared = _link(tx, world, channel, row, request)
    link = world.links.url(token)
    payer = request.payer
    manner = Manner(payer.language, payer.formality, channel.name, channel.plain_sms, local(tx.now).date())
    templates = _in_order(tx, row, request)
    known = {**facts_of(tx, request, link), **_of_house(tx, world, request, templates)}
    facts = {**known, **shared, **unpack(row.facts)}
    said = compose(world.catalogue, templates, unpack_options(row.options or ()), facts, manner)
    row.options = as_offered(row.options or (), said.offers, printed=said.listed) or None
    buttons = tuple(
        Button(button.label, button.answer, link if button.url else "") for button in said.buttons
    )
    _note_what_is_said(row, channel, said.body)
    row.token = token if link in said.body else None
    pictured = said.image and channel.shows_images and row.action == "send"
    return Parcel(
        outgoing_id=row.id,
        attempt=row.attempt,
        to=row.to,
        body=said.body,
        template=row.template,
        language=payer.language,
        formality=said.formality,
        values=said.values,
        buttons=buttons,
        qr=(link, request.merchant.color) if pictured else None,
        image_url=world.links.image_url(token) if pictured else "",
        window_open=_window_open(tx, channel, row),
        token=row.token or "",
        status_path=f"{row.id}.{row.attempt}",
        target_id=row.target_id or "",
        choices=() if said.listed else tuple(spelled_out(said.offers)),
        target_has_image=row.action == "edit" and _had_image(tx, row, channel),
    )


def _note_what_is_said(row: Outgoing, channel: Channel, body: str) -> None:
    measure = segments.measure(body)
    row.body, row.encoding, row.segments = body, measure.encoding, measure.segments
    row.cost_micros = segments.cost(channel.name, measure)


def _link(
    tx: Tx, world: World, channel: Channel, row: Outgoing, request: PaymentRequest
) -> tuple[str, Mapping[str, object]]:
    """The link that a message carries, and what it says of all that the link pays when that is several."""
    requests = together.requests_of(tx, row)
    if not requests:
        return world.links.mint(tx, request, row.name), {}
    facts = together.facts_of_all(tx, requests, plain=channel.plain_sms)
    return world.links.mint_all(tx, requests, row.name), facts


def _in_order(tx: Tx, row: Outgoing, request: PaymentRequest) -> list[str]:
    """What is said, and last what can be chosen, next to the thumb.

    A pay link that was to go below other words is taken off the row once nothing is owed.
    """
    if PAY_BELOW in (row.also or ()) and nothing_to_pay(request, balance(tx, request)):
        row.also = [name for name in row.also or () if name != PAY_BELOW] or None
    also = [str(name) for name in row.also or ()]
    if EACH in also:  # what is clear stands first, and below it the one that is not
        at = also.index(EACH)
        rest = [*also[:at], row.template] if row.options else [row.template, *also[:at]]
        return [*also[at:], *rest]
    return [*also, row.template] if row.options else [row.template, *also]


def _of_house(tx: Tx, world: World, request: PaymentRequest, templates: Sequence[str]) -> dict[str, object]:
    """How one pays here, and where a payer can find out that it is really us, when that is told."""
    facts: dict[str, object] = {"method": world.psp.method_label}
    if "tell-real" in templates:
        facts["check_page"] = f"{world.settings.public_url}/real"
        facts["code"] = prove(tx, world.links.keyring, request)
    return facts


def _window_open(tx: Tx, channel: Channel, row: Outgoing) -> bool:
    if channel.window is None:
        return True
    address = tx.session.get(Address, row.address_id)
    heard = address.last_inbound_at if address is not None else None
    return heard is not None and tx.now - heard < channel.window


def _had_image(tx: Tx, row: Outgoing, channel: Channel) -> bool:
    """Only a first request carries the QR code, see messages/copy."""
    query = tx.session.query(Outgoing.template).filter(
        Outgoing.channel == row.channel, Outgoing.provider_id == row.target_id, Outgoing.action == "send"
    )
    templates = {template for (template,) in query} & ASKS
    return channel.shows_images and "request" in templates
