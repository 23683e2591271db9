"""One message out of several answers and what can be chosen next, fit for its channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from messages.catalogue import Catalogue, Said
from messages.channels import Button
from messages.options import Offer, Option


@dataclass(frozen=True)
class Manner:
    """How to say it: the voice, the channel (`plain` has no buttons), and the day on which it is said."""

    language: str
    formality: str
    channel: str
    plain: bool
    today: date


def compose(
    catalogue: Catalogue,
    templates: Sequence[str],
    options: Sequence[Option],
    facts: Mapping[str, object],
    manner: Manner,
) -> Said:
    """Say `templates` one below the other; `options` replace the buttons that they have of their own."""
    parts = [_say(catalogue, name, facts, manner) for name in templates]
    offers = catalogue.offers(
        options, language=manner.language, formality=manner.formality, plain=manner.plain, today=manner.today
    )
    if not offers and manner.plain:
        choices = [button for part in parts for button in part.choices]
        offers = [Offer(n, b.label, b.answer, b.label) for n, b in enumerate(choices, start=1)]
    body = ("\n" if manner.plain else "\n\n").join(part.body for part in parts)
    listed = bool(offers) and (manner.plain or catalogue.lists(options))
    if listed:
        choose = [catalogue.choose(manner.language, manner.formality)] if manner.plain else []
        body = "\n".join([body, *numbered(offers), *choose])
    return Said(
        body=body,
        values={key: value for part in parts for key, value in part.values.items()},
        buttons=_buttons(parts, offers, manner),
        image=parts[0].image,
        formality=parts[0].formality,
        offers=tuple(offers),
        listed=listed,
    )


def _say(catalogue: Catalogue, template: str, facts: Mapping[str, object], manner: Manner) -> Said:
    return catalogue.say(
        template,
        language=manner.language,
        formality=manner.formality,
        channel=manner.channel,
        facts=facts,
        today=manner.today,
    )


def numbered(offers: Sequence[Offer]) -> list[str]:
    """Return one line for each offer, with the number to answer with."""
    return [f"{offer.number} {offer.line}" for offer in offers]


def spelled_out(offers: Sequence[Offer]) -> list[str]:
    """Return one line for each offer, with the words to answer with, for where it cannot be tapped."""
    return [f"- {offer.answer}" for offer in offers]


def _buttons(parts: Sequence[Said], offers: Sequence[Offer], manner: Manner) -> tuple[Button, ...]:
    if manner.plain:
        return ()
    pay = next((button for part in parts for button in part.buttons if button.url), None)
    answers = (
        [Button(offer.label, offer.answer) for offer in offers]
        if offers
        else [button for button in parts[0].buttons if not button.url]
    )
    return tuple(filter(None, (pay, *answers)))
