"""What was said before a payer's word: it gives a bare "ja", "2" or "vrijdag" its meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.decide.answering import LISTED
from bot.decide.asking import ASKS, OFFERS_ELSE
from bot.decide.standing import PASSED_ON
from bot.stories.link_after_stop import LINKS
from bot.stories.said import EACH, Said, answers_to, requests_of
from bot.understanding import Context
from bot.understanding.pointing import pointed_at
from messages.options import Offer, Option, chosen, unpack_options
from messages.outbox import Outgoing

# Our last move, by the template that the payer got last.
_MOVE: Final[Mapping[str, Context]] = {
    "ask-when": Context.ASK_WHEN,
    "ask-which-day": Context.ASK_WHEN,
    "ask-date-again": Context.ASK_WHEN,
    "date-past": Context.ASK_WHEN,
    "ask-day": Context.ASK_WHEN,
    "ask-day-until": Context.ASK_WHEN,
    "ask-part-day": Context.ASK_WHEN,
    "claim-back": Context.ASK_WHEN,
    "part-too-far": Context.PROPOSE,
    "ask-how-many": Context.ASK_N,
    "parts-other": Context.PLAN,
    "parts-other-weekly": Context.PLAN,
    "parts-not-so": Context.PLAN,
    "channel-check": Context.PROPOSE,
    "pay-day-offered": Context.PROPOSE,
    "language-changed": Context.DONE,
    "channel-changed": Context.DONE,
    "channel-asked": Context.DONE,
    "pay-day-noted": Context.DONE,
    "parts-start": Context.PLAN,
    "no-parts": Context.ASK_WHEN,
    "part-now": Context.ASK_WHEN,
    "plan-noted": Context.DONE,
    "plan-stands": Context.DONE,
    "plan-noted-later": Context.DONE,
    "plan-noted-later-rest": Context.DONE,
    "part-moved": Context.DONE,
    "part-moved-rest": Context.DONE,
    "part-is-paid": Context.DONE,
    "wish-noted": Context.DONE,
    "instalment-paid": Context.DONE,
    "instalment-paid-rest": Context.DONE,
    "part-received": Context.DONE,
    "promise-too-far": Context.PROPOSE,
    "pause-too-long": Context.PROPOSE,
    "confirm-optout": Context.CONFIRM_OPTOUT,
    "promise-noted": Context.DONE,
    "promise-noted-rest": Context.DONE,
    "pause-noted": Context.PAUSED,
    "pause-noted-rest": Context.PAUSED,
    "opted-out": Context.OPTED_OUT,
    "opted-out-all": Context.OPTED_OUT,
    **dict.fromkeys(sorted(LINKS), Context.OPTED_OUT),
    "thanks": Context.DONE,
    "thanks-all": Context.DONE,
    "welcome": Context.DONE,
    "resumed": Context.DONE,
    "resumed-part": Context.DONE,
    "stays-on": Context.DONE,
    "checking": Context.DONE,
    "still-open": Context.DONE,
    "still-open-part": Context.DONE,
    "still-under-way": Context.DONE,
    "part-is-in": Context.DONE,
    "paid-once": Context.DONE,
    "tell-surplus": Context.DONE,
    "claim-noted": Context.DONE,
    "claim-dated": Context.DONE,
    "claim-proof": Context.DONE,
    "dispute-added": Context.DONE,
    **dict.fromkeys(sorted(PASSED_ON), Context.DONE),
    "dispute-noted": Context.DONE,
    EACH: Context.DONE,
    "hardship-noted": Context.DONE,
    "bereaved-noted": Context.DONE,
    "link-in-mourning": Context.DONE,
    "illness-noted": Context.ASK_WHEN,
    "illness": Context.DONE,
    "answer-overdue": Context.DONE,
    "settled": Context.DONE,
}
# Messages that ask which request, or which shop's, is meant.
WHICH: Final = frozenset({"which-request", "which-merchant"})
_NOT_UNDERSTOOD: Final = frozenset({"menu", "menu-again", "other-language", "unsupported-media"})
# Each of these asks for another word; what is understood but offered something else counts too.
_ASKED_BACK: Final = ASKS | OFFERS_ELSE.keys() | WHICH
# What these propose stands first among their options, and is named in their words: a yes takes that.
_NAMES_ONE: Final = frozenset({"parts-other", "parts-other-weekly", "parts-start", "part-too-far"})
# Moves after which nothing has to be answered.
STATED: Final = frozenset({Context.DONE, Context.PAUSED, Context.OPTED_OUT})
_PROPOSALS: Final = frozenset({Context.PROPOSE, Context.PLAN})


@dataclass(frozen=True)
class Thread:
    """The end of the conversation with one payer: our `last` messages, the latest first.

    `offered` is what could be chosen in the message that is answered, on `channel`; `verifying`, it asked
    whether this channel is the payer's. `about` are the requests that it was about, and `put_off` is the
    payer's word that it put off, to which an answer was promised once it is clear which request is meant.
    `names_one` says that its words name the first thing that can be chosen.
    """

    last: Sequence[str]
    move: Context | None
    offered: Sequence[Mapping[str, Any]]
    channel: str = ""
    verifying: bool = False
    about: tuple[str, ...] = ()
    put_off: str = ""
    names_one: bool = False

    @property
    def options(self) -> tuple[Option, ...]:
        return tuple(unpack_options(self.offered))

    @property
    def puzzled(self) -> int:
        return _in_a_row(self.last, _NOT_UNDERSTOOD)

    @property
    def asked_back(self) -> int:
        return _in_a_row(self.last, _NOT_UNDERSTOOD | _ASKED_BACK)

    def choice(self, text: str) -> Offer | None:
        """Return what `text` chooses from what was offered, if it does that and nothing more."""
        return chosen(self.offered, text) or self._by_its_place(text)

    def _by_its_place(self, text: str) -> Offer | None:
        """ "De eerste" of the days or plans that can be chosen; without those it is a day of the month."""
        place = pointed_at(text) if any(option.kind in LISTED for option in self.options) else None
        if place is None or place >= len(self.offered):
            return None
        return chosen(self.offered, str(self.offered[place].get("answer", "")))

    def only_choice(self) -> Offer | None:
        """Return the one thing that was proposed, to which a yes says yes."""
        named = bool(self.options) and (self.names_one or len(self.options) == 1)
        return chosen(self.offered, str(self.offered[0]["answer"])) if named and self._proposes else None

    @property
    def _proposes(self) -> bool:
        """With one number of parts to choose from, asking for it is proposing it."""
        return self.move in _PROPOSALS or self.move is Context.ASK_N


def thread_of(said: Said, answered: Outgoing | None, text: str) -> Thread:
    """Return the end of the conversation; `answered` is the message that the payer pointed at, if any.

    Without that, it is the one from which `text` chooses, or else the last one where the payer writes.
    """
    about = answered or _chosen_from(said, text) or next(iter(said.here), None)
    last = [row.template for row in said.rows]
    if about is None:
        return Thread(last, None, [], said.place.channel)
    return Thread(
        last,
        move_of(about),
        about.options or [],
        said.place.channel,
        about.template == "channel-check",
        requests_of(about),
        answers_to(about) if about.template in WHICH else "",
        about.template in _NAMES_ONE,
    )


def _chosen_from(said: Said, text: str) -> Outgoing | None:
    """The message with the choice that `text` makes, when nothing was answered since."""
    for row in said.here:
        if chosen(row.options or [], text) is not None:
            return row
        if answers_to(row):
            break
    return None


def move_of(row: Outgoing) -> Context:
    """Return what a message of ours did in the conversation."""
    move = _MOVE.get(row.template, Context.REMINDER)
    proposes = row.template in ASKS and len(row.options or ()) == 1 and move is not Context.ASK_N
    return Context.PROPOSE if proposes else move


def _in_a_row(last: Sequence[str], kinds: frozenset[str]) -> int:
    return next((at for at, name in enumerate(last) if name not in kinds), len(last))
