"""Everything that we say: a template's name and the facts of the moment become one message."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from core.errors import SeintjeError
from messages import voices
from messages.channels import Button, Template
from messages.facts import unpack
from messages.options import Offer, Option
from messages.places import Places, UnknownFact
from messages.voices import COPY, Script, Voice

__all__ = ["EXAMPLE_DAY", "Catalogue", "Said", "UnknownFact", "UnknownTemplate"]

# Channels without buttons and bold, where a letter outside the SMS alphabet doubles the price.
_PLAIN: Final = frozenset({"sms"})
_EMPHASIS = re.compile(r"\*([^*\n]+)\*")
# The day to which the examples in shape.toml belong.
EXAMPLE_DAY: Final = date(2026, 11, 21)


class UnknownTemplate(SeintjeError):
    """There is no message of this name, or none in this language and formality."""


@dataclass(frozen=True)
class Said:
    """One rendered message.

    `values` are the facts of `body`, formatted, by name, for channels with approved templates. A button
    with a `url` pays. `image` says that this message carries the QR code of the pay link. `formality` is
    that of the template that was used: English has one for all. `choices` are answers that get a number
    where there are no buttons; `offers` are what can be chosen by number, `listed` when `body` has them all.
    """

    body: str
    values: dict[str, str]
    buttons: tuple[Button, ...]
    image: bool
    formality: str = "u"
    choices: tuple[Button, ...] = ()
    offers: tuple[Offer, ...] = ()
    listed: bool = False


class Catalogue:
    """Every message in every voice."""

    def __init__(self, by_voice: Mapping[tuple[str, str], Voice]) -> None:
        self._voices = by_voice
        self._shape = _read("shape")
        self._house = {"free_help": "{name} ({phone})".format(**_read("free_help"))}

    @classmethod
    def load(cls) -> Catalogue:
        """Read messages/copy/*.toml. Raises ValueError when a file breaks its shape."""
        u, je = voices.read("nl_u", "nl", "u"), voices.read("nl_je", "nl", "je")
        english = voices.read("en", "en", "u")
        return cls({("nl", "u"): u, ("nl", "je"): je, ("en", "u"): english, ("en", "je"): english})

    def names(self) -> Sequence[str]:
        """Return the name of every template."""
        return list(self._voices["nl", "u"].scripts)

    def say(
        self,
        template: str,
        *,
        language: str,
        formality: str,
        channel: str,
        facts: Mapping[str, object],
        today: date,
    ) -> Said:
        """Render `template`. `facts` are raw (str, int, Money, date); `today` decides when a year is named.

        Raises UnknownTemplate and UnknownFact.
        """
        voice, script = self._script(template, language, formality)
        plain = channel in _PLAIN
        places = Places(template, voice, {**facts, **self._house}, today, plain)
        line = script.text(channel)
        values = {place: places.word(place) for place in line.places}
        body = line.fill(values.__getitem__)
        return Said(
            body=_EMPHASIS.sub(lambda found: found[1].upper(), body) if plain else body,
            values=values,
            buttons=() if plain else tuple(_buttons(script, places.word)),
            image=template in self._shape["images"],
            formality=voice.formality,
            choices=tuple(_answers(script, places.word)) if template in self._shape["numbered"] else (),
        )

    def offers(
        self, options: Sequence[Option], *, language: str, formality: str, plain: bool, today: date
    ) -> list[Offer]:
        """Return `options` in words, in their order; `n` is the number of each."""
        voice = self._voices[language, formality]
        return [
            _offer(voice, option, option.number or n, plain, today)
            for n, option in enumerate(options, start=1)
        ]

    def lists(self, options: Sequence[Option]) -> bool:
        """Whether `options` are too long for buttons alone, so that they stand in the message as well."""
        return any(option.kind in self._shape["listed"] for option in options)

    def choose(self, language: str, formality: str) -> str:
        """Return the invitation to answer with a number."""
        return self._voices[language, formality].choose

    def templates(self) -> Sequence[Template]:
        """Return the messages that may open a conversation, with numbered places and example values.

        English knows no formality: its templates are given once, as `u`, since equal ones are refused.
        """
        spoken = [key for key, voice in self._voices.items() if key == (voice.language, voice.formality)]
        return [self._template(name, *key) for key in spoken for name in self._shape["opens"]]

    def examples(self, language: str, formality: str) -> dict[str, object]:
        """Return a raw value for every fact, for previews and for approval; they belong to EXAMPLE_DAY."""
        return unpack({**self._shape["examples"], **self._voices[language, formality].examples})

    def offered(self, language: str, formality: str) -> set[str]:
        """Return every answer that we invite people to give, by button or in bold, as they would type it."""
        facts = self.examples(language, formality)
        answers: set[str] = set()
        for name in self.names():
            said = self.say(
                name, language=language, formality=formality, channel="", facts=facts, today=EXAMPLE_DAY
            )
            answers |= {button.answer for button in said.buttons if button.answer}
            answers |= set(_EMPHASIS.findall(said.body))
        offers = [self.example_offer(kind, language, formality) for kind in self.option_kinds()]
        return answers | {offer.answer for offer in offers}

    def option_kinds(self) -> Sequence[str]:
        """Return every kind of option."""
        return list(self._voices["nl", "u"].options)

    def example_offer(self, kind: str, language: str, formality: str) -> Offer:
        """Return one offer of `kind`, for previews and tests."""
        option = Option(kind, self.examples(language, formality))
        [offer] = self.offers(
            [option], language=language, formality=formality, plain=False, today=EXAMPLE_DAY
        )
        return offer

    def _script(self, template: str, language: str, formality: str) -> tuple[Voice, Script]:
        voice = self._voices.get((language, formality))
        script = voice.scripts.get(template) if voice else None
        if voice is None or script is None:
            raise UnknownTemplate(f"{template} in {language}, {formality}")
        return voice, script

    def _template(self, name: str, language: str, formality: str) -> Template:
        voice, script = self._script(name, language, formality)
        facts = {**self.examples(language, formality), **self._house}
        places = Places(name, voice, facts, EXAMPLE_DAY, plain=False)
        line = script.text("whatsapp")
        return Template(
            name=name,
            language=language,
            formality=formality,
            body=line.fill(lambda place: f"{{{{{line.places.index(place) + 1}}}}}"),
            facts=line.places,
            examples=tuple(map(places.word, line.places)),
            buttons=tuple(choice.label.fill(places.word) for choice in script.choices),
            image=name in self._shape["images"],
        )


def _offer(voice: Voice, option: Option, number: int, plain: bool, today: date) -> Offer:  # noqa: FBT001 - as in Places
    words = voice.options[option.kind]
    facts = {**option.facts, "n": number}
    word = Places(f"option {option.kind}", voice, facts, today, plain).word
    label, answer, line = (text.fill(word) for text in (words.label, words.answer, words.line))
    return Offer(number, label, answer, line, option.says, option.about)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((COPY / f"{name}.toml").read_text(encoding="utf-8"))


def _buttons(script: Script, word: Callable[[str], str]) -> Iterator[Button]:
    """Paying comes first, then the answers."""
    if script.pay is not None:
        yield Button(script.pay.fill(word), url=word("link"))
    yield from _answers(script, word)


def _answers(script: Script, word: Callable[[str], str]) -> Iterator[Button]:
    for choice in script.choices:
        yield Button(choice.label.fill(word), choice.answer.fill(word))
