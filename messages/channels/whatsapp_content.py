"""WhatsApp's messages with buttons or a picture, and the templates it must approve, as Twilio Content."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from messages.channels import Button, Parcel, Template

LONGEST_LABEL: Final = 20
LONGEST_BODY: Final = 1024
LONGEST_ITEM: Final = 24
MOST_ITEMS: Final = 10
CHOOSE: Final = {"nl": "Kies", "en": "Choose"}
# WhatsApp looks at a sample before it approves a template with a picture, so this must really be there.
SAMPLE_IMAGE: Final = "q/example.png"
_SPACE: Final = re.compile(r"\s+")
_NOT_IN_NAMES: Final = re.compile(r"[^a-z0-9_]")


@dataclass(frozen=True)
class Draft:
    """A piece of Content as we want it at Twilio; `name` changes with whatever is in it."""

    name: str
    language: str
    types: Mapping[str, Any]
    samples: Mapping[str, str]
    needs_approval: bool


def draft_of(template: Template, public_url: str) -> Draft:
    """Return the Content for a message that opens a conversation."""
    picture = str(len(template.facts) + 1) if template.image else ""
    actions = [{"type": "QUICK_REPLY", "title": label(text), "id": text} for text in template.buttons]
    types = _types(template.body, actions, f"{public_url}/{{{{{picture}}}}}" if picture else "")
    samples = {str(place): text for place, text in enumerate(template.examples, start=1)}
    if picture:
        samples[picture] = SAMPLE_IMAGE
    name = f"seintje_{template.name}_{template.language}_{template.formality}_v{_hash(types)}"
    return Draft(_NOT_IN_NAMES.sub("_", name.lower()), template.language, types, samples, needs_approval=True)


def _types(body: str, actions: Sequence[Mapping[str, str]], picture: str) -> dict[str, Any]:
    if picture:
        # The only type that WhatsApp approves with words, a picture and replies together.
        card = {"body": body, "media": [picture]}
        return {"whatsapp/card": {**card, "actions": list(actions)} if actions else card}
    if actions:
        return {"twilio/quick-reply": {"body": body, "actions": list(actions)}}
    return {"twilio/text": {"body": body}}


def template_values(template: Template, parcel: Parcel, public_url: str) -> dict[str, str] | None:
    """Return what goes in the numbered places; None when something is missing, which Twilio refuses."""
    # WhatsApp refuses line breaks, tabs and runs of spaces within a place.
    values = [_SPACE.sub(" ", parcel.values.get(fact, "")).strip() for fact in template.facts]
    if template.image:
        values.append(_below(parcel.image_url, public_url))
    return _numbered(values) if all(values) else None


def list_draft(items: int) -> Draft:
    """Return the Content for an answer with more to choose from than fits on buttons, all of it variable."""
    rows = [
        {"item": f"{{{{{2 * n + 1}}}}}", "id": f"{{{{{2 * n + 2}}}}}", "description": ""}
        for n in range(1, items + 1)
    ]
    types = {"twilio/list-picker": {"body": "{{1}}", "button": "{{2}}", "items": rows}}
    samples = ["Welke kiest u?", "Kies", *(f"Antwoord {n // 2 + 1}" for n in range(2 * items))]
    name = f"seintje_list_{items}_v{_hash(types)}"
    return Draft(name, "nl", types, _numbered(samples), needs_approval=False)


def answer_draft(buttons: int, public_url: str, *, picture: bool) -> Draft:
    """Return the Content for an answer within the window, in which everything is a variable."""
    actions = [
        {"type": "QUICK_REPLY", "title": f"{{{{{2 * n}}}}}", "id": f"{{{{{2 * n + 1}}}}}"}
        for n in range(1, buttons + 1)
    ]
    samples = ["Wanneer wilt u betalen?", *(f"Antwoord {n // 2 + 1}" for n in range(2 * buttons))]
    types: dict[str, Any] = {"twilio/quick-reply": {"body": "{{1}}", "actions": actions}}
    if picture:
        media = f"{public_url}/{{{{{2 * buttons + 2}}}}}"
        # Not whatsapp/card, which needs approval also within the window.
        types = {"twilio/card": {"title": "{{1}}", "media": [media], "actions": actions}}
        samples.append(SAMPLE_IMAGE)
    name = f"seintje_answer_{buttons}{'_picture' if picture else ''}_v{_hash(types)}"
    return Draft(name, "nl", types, _numbered(samples), needs_approval=False)


def answer_values(parcel: Parcel, replies: Sequence[Button], public_url: str) -> dict[str, str]:
    """Return the variables of `answer_draft`: the words, each button's label and answer, the picture."""
    values = [words(parcel)]
    for button in replies:
        values += [label(button.label), button.answer]
    if parcel.image_url:
        values.append(_below(parcel.image_url, public_url))
    return _numbered(values)


def list_values(parcel: Parcel, replies: Sequence[Button]) -> dict[str, str]:
    """Return the variables of `list_draft`: the words, the button that opens the list, and each item."""
    values = [words(parcel), CHOOSE[parcel.language]]
    for button in replies:
        values += [label(button.label, LONGEST_ITEM), button.answer]
    return _numbered(values)


def words(parcel: Parcel, *, spelled_out: bool = False) -> str:
    """The message in words alone: a button that opens an address becomes that address.

    `spelled_out`, what can be chosen is listed in the words to answer with.
    """
    links = [button.url for button in parcel.buttons if button.url and button.url not in parcel.body]
    return "\n".join([parcel.body, *links, *(parcel.choices if spelled_out else ())])


def label(text: str, most: int = LONGEST_LABEL) -> str:
    """WhatsApp refuses longer labels; the answer that goes with it is not cut."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


def _numbered(values: Sequence[str]) -> dict[str, str]:
    return {str(place): value for place, value in enumerate(values, start=1)}


def _below(url: str, public_url: str) -> str:
    return url.removeprefix(f"{public_url}/")


def _hash(types: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(types, sort_keys=True).encode()).hexdigest()[:8]
