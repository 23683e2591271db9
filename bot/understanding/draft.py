"""A reading in the making: intents, slots and the words that led to them are gathered here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from bot.understanding.dates.settle import Moment
from bot.understanding.hear import Heard
from bot.understanding.questions import question
from bot.understanding.reading import Ask, Context, Intent, Plight, Reading, Span

# Intents whose slots mean nothing without them.
TIMED = {
    Intent.RESCHEDULE,
    Intent.PAUSE,
    Intent.INSTALMENTS,
    Intent.SET_PAY_DAY,
    Intent.ALREADY_PAID,
}
# What a slot is about; without that meaning it would tell of a wish that is not there.
_OWNERS = {
    "channel": {Intent.CHANGE_CHANNEL, Intent.HUMAN},
    "language": {Intent.CHANGE_LANGUAGE},
    "topic": {Intent.QUESTION},
}


@dataclass
class Draft:
    """One reply on its way to a reading."""

    heard: Heard
    now: datetime
    context: Context | None
    language: str
    intents: list[Intent] = field(default_factory=list)
    slots: dict[str, object] = field(default_factory=dict)
    spans: list[Span] = field(default_factory=list)
    ask: Ask | None = None
    choices: tuple[date, ...] = ()
    guessed: bool = False
    announced: bool = False
    plight: Plight | None = None
    # Moments already given a meaning, by their place in ``heard.moments``.
    used: set[int] = field(default_factory=set)

    def add(self, intent: Intent, *signals: str) -> None:
        """The reply carries this intent, because of these signals."""
        if intent not in self.intents:
            self.intents.append(intent)
        for signal in signals:
            self.spans.extend(self.heard.spans(signal, str(intent)))

    def withdraw(self, *intents: Intent) -> None:
        """What seemed to be wanted is not, and neither is what was said about it."""
        gone = {intent for intent in intents if intent in self.intents}
        self.intents = [intent for intent in self.intents if intent not in gone]
        self.spans = [span for span in self.spans if span.led_to not in gone]
        if gone & TIMED and not TIMED & set(self.intents):
            self.slots = {name: value for name, value in self.slots.items() if name in _OWNERS}
        for slot, owners in _OWNERS.items():
            if gone & owners and not owners & set(self.intents):
                self.slots.pop(slot, None)

    def guess(self, intents: Sequence[Intent], why: Sequence[Span]) -> None:
        """Nothing that was heard is what was meant; the words lean to these."""
        self.intents, self.slots, self.spans = list(intents), {}, list(why)
        self.ask, self.choices, self.guessed = None, (), True
        self.used = set()

    def doubt(self, ask: Ask, *choices: date) -> None:
        """A person would ask back; the first doubt is the one asked about."""
        if self.ask is None:
            self.ask, self.choices = ask, choices

    def mark(self, at: int, led_to: str) -> None:
        """The moment at this place led to a slot."""
        moment = self.heard.moments[at]
        tokens = self.heard.tokens[moment.first : moment.last]
        start, end = tokens[0].start, max(token.end for token in tokens)
        self.spans.append(Span(start, end, self.heard.text[start:end], led_to))
        self.used.add(at)

    def put_moment(self, moment: Moment) -> None:
        """Fill the slots for a day, a stretch of days or a moment; or ask about it."""
        if moment.doubt is not None:
            self.doubt(moment.doubt, *moment.choices)
        elif moment.span is not None:
            self.slots["date_range"] = [day.isoformat() for day in moment.span]
            if (moment.span[1] - moment.span[0]).days > 31:
                self.doubt(Ask.WHICH_DAY)
        elif moment.at is not None:
            self.slots["datetime"] = moment.at.isoformat()
        elif moment.day is not None:
            self.slots["date"] = moment.day.isoformat()
        if moment.part and moment.at is None:
            self.slots["part_of_day"] = moment.part.replace("night", "evening")

    def reading(self) -> Reading:
        """The finished reading."""
        if not self.intents:
            self.add(Intent.OTHER)
        if self.intents == [Intent.OTHER]:
            self.doubt(Ask.NOT_UNDERSTOOD)
        spans = sorted(set(self.spans), key=lambda span: (span.start, span.end, span.led_to))
        return Reading(
            intents=tuple(self.intents),
            slots=MappingProxyType(dict(self.slots)),
            clarify=self.ask is not None,
            ask=question(self.ask, self.language, self.choices) if self.ask else None,
            language=self.language,
            spans=tuple(spans),
            ask_code=self.ask,
            choices=tuple(day.isoformat() for day in self.choices),
            guessed=self.guessed,
            announced=self.announced,
            plight=self.plight,
        )
