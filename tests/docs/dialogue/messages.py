"""What the bot says: every message in its three voices, rendered as it would be sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Final

from bot.decide import Act, Decision
from core.money import Money
from messages.catalogue import Said
from messages.composing import Manner, compose, numbered
from messages.facts import unpack
from messages.voices import COPY, read
from tests.docs.dialogue.data import LANGUAGES, TODAY, VOICES, examples
from tests.docs.dialogue.drawing import ours, plain, quoted, table
from tests.docs.dialogue.walks import CATALOGUE, Walk, answered, decided

_MOST_PHRASES: Final = 2
_SCRIPTS: Final = read("nl_u", "nl", "u").scripts
_PLACE_OF = re.compile(r"^(?:# -+ (?P<title>.+?) -+|\[(?P<name>[a-z0-9-]+)\])$", re.MULTILINE)


def answers() -> str:
    """Every message that deciding can answer with, below headings; without those of the special roads."""
    roads = {name for names in examples("roads").values() for name in names}
    return _below_headings(name for name in decided() if name not in roads)


def others() -> str:
    """Every message that is not the outcome of deciding: when a moment comes, or something happens."""
    roads = {name for names in examples("roads").values() for name in names}
    return _below_headings(name for name in CATALOGUE.names() if name not in {*decided(), *roads})


def road(name: str) -> str:
    """The messages of one special road."""
    return "\n\n".join(message(template) for template in examples("roads")[name])


def _below_headings(names: Iterable[str]) -> str:
    places = _places()
    lines, heading = [], ""
    for name in names:
        if places.get(name, heading) != heading:
            heading = places[name]
            lines.append(f"### {heading}")
        lines.append(message(name))
    return "\n\n".join(lines)


@cache
def _places() -> Mapping[str, str]:
    """The heading in messages/copy below which each template stands."""
    found, title = {}, ""
    for match in _PLACE_OF.finditer((COPY / "nl_u.toml").read_text(encoding="utf-8")):
        title = match["title"] or title
        if match["name"]:
            found[match["name"]] = title
    return found


def message(template: str) -> str:
    """One message: when it is said, and its words in the three voices, with what can be tapped or chosen."""
    ways = answered().get(template, ())
    rows = [row for voice, manner in VOICES.items() for row in _rows(template, voice, *manner, ways)]
    after = _after(ways) or examples("when").get(template, "")
    return "\n\n".join(filter(None, [f"#### `{template}`", after, table(("Voice", "Words"), rows)]))


def _after(ways: Sequence[tuple[Walk, Decision]]) -> str:
    """When it is said: the first situation that leads to it, with what was written there."""
    if not ways:
        return ""
    situation = ways[0][0].situation
    texts = [
        quoted(walk.text)
        for language in LANGUAGES
        for walk in [w for w, _ in ways if (w.language, w.situation) == (language, situation)][:_MOST_PHRASES]
    ]
    return f"{situation}: {', '.join(dict.fromkeys(texts))}"


def _rows(
    template: str, voice: str, language: str, formality: str, ways: Sequence[tuple[Walk, Decision]]
) -> Iterator[tuple[str, str]]:
    way = next(((w, d) for w, d in ways if w.language == language), None)
    chat = said(template, language, formality, "whatsapp", way)
    sms = said(template, language, formality, "sms", way)
    own_words = "sms" in _SCRIPTS[template].texts
    numbers = [] if own_words else _numbers(sms)
    yield voice, "<br>".join([ours(chat.body), *_buttons(chat), *numbers])
    if own_words:
        yield f"{voice}, SMS", plain(sms.body)


def _buttons(chat: Said) -> list[str]:
    labels = [f"<kbd>{plain(button.label)}</kbd>" for button in chat.buttons]
    return [" ".join(labels)] if labels else []


def _numbers(sms: Said) -> list[str]:
    """What an SMS offers in the place of buttons."""
    return [f"<i>SMS: {plain(', '.join(numbered(sms.offers)))}</i>"] if sms.offers else []


def said(
    template: str, language: str, formality: str, channel: str, way: tuple[Walk, Decision] | None
) -> Said:
    """`template` as it would be sent after that way to it, or with the facts of the examples."""
    manner = Manner(language, formality, channel, channel == "sms", TODAY)
    shared = CATALOGUE.examples(language, formality)
    facts = {**shared, **examples("shorter"), **_own_facts(template)}
    if way is None:
        return compose(CATALOGUE, [template], (), facts, manner)
    walk, decision = way
    options = decision.options if decision is walk.decision else ()
    return compose(CATALOGUE, [template], options, {**facts, **_facts(walk, decision)}, manner)


def _own_facts(template: str) -> dict[str, object]:
    """Facts that make an example true where the common ones would contradict each other."""
    return unpack(examples("facts").get(template, {}))


def _facts(walk: Walk, decision: Decision) -> dict[str, object]:
    """What the situation owes, and what is due at once; these hold for whatever is said in it."""
    facts: dict[str, object] = dict(decision.facts)
    owed = walk.known.remaining
    if walk.known.due_date is not None:
        facts["due_date"] = walk.known.due_date
    if not walk.known.part_paid:
        facts |= {"amount": owed, "remaining": owed, "due": _due(walk, decision, owed)}
    return facts


def _due(walk: Walk, decision: Decision, owed: Money) -> Money:
    if decision.act is Act.DIVIDE:
        return decision.parts[0].amount
    return walk.known.plan[0].amount if walk.known.plan else owed
