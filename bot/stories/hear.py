"""Story 2: a payer's word comes in, is understood, decided upon, carried out and answered, once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from bot.decide import Act, Decision
from bot.stories.answer import Turn, answer, note_understood
from bot.stories.apart import Halves, answer_apart, halves
from bot.stories.ask_which import ask_which
from bot.stories.corrected import is_overtaken
from bot.stories.join import join
from bot.stories.look import Meant
from bot.stories.pick_up import pick_up
from bot.stories.receipts import apply
from bot.stories.said import Place, Said, pointed_at, said_at
from bot.stories.several import answer_several
from bot.stories.thread import Thread, thread_of
from bot.stories.turns import Brought, one_sentence, opened, said_later, waiting
from bot.stories.which import which
from bot.stories.which_again import agreed_to_which
from bot.stories.world import World
from core.db import Tx
from core.errors import Unavailable
from core.log import logger
from messages import inbox
from messages.channels import Channel, Inbound, Receipt
from messages.inbox import Incoming
from messages.outbox import Outgoing
from payments.parties import Address, at_address, opt_in, opt_out
from payments.requests import PaymentRequest, last_asked, locked
from payments.timeline import note

_log = logger(__name__)
_Taps = list[tuple[Channel, Inbound]]
_Later = Callable[[Sequence[Incoming]], Sequence[Incoming]]


def hear(world: World) -> _Taps:
    """Work off what came in; return the taps that their provider wants acknowledged."""
    taps: _Taps = []
    for turn in world.db.read(waiting, world):
        left = list(turn)
        while left:
            try:
                worked, tapped = world.db.run(_work_off, world, left)
                taps += tapped
            except Unavailable:
                raise  # the database's trouble, not the row's: it comes again and no try is counted
            except Exception as error:  # noqa: BLE001 - a poisoned row must not hold up the others
                _log.exception("incoming row failed", incoming=left[0])
                world.db.run(inbox.failed, left[0], type(error).__name__)
                worked = 1
            left = left[worked:]
    return taps


def _work_off(tx: Tx, world: World, incoming_ids: Sequence[str]) -> tuple[int, _Taps]:
    """Work off the first of what one person typed, or all of it as one sentence; return how many it was."""
    rows = [tx.session.get(Incoming, ident, with_for_update={"skip_locked": True}) for ident in incoming_ids]
    first = rows[0]
    if first is None:  # another worker has it in hand, and what was said after it has to wait
        return len(rows), []
    if first.state != "new":
        return 1, []
    first.state = "done"
    match opened(world.channels, first):
        case Brought(what=Receipt() as receipt) as brought:
            apply(tx, brought.channel, receipt)
        case Brought(what=Inbound() as inbound) as brought:
            new = [row for row in rows[1:] if row is not None and row.state == "new"]
            # When another worker has one of them in hand, nobody knows the whole sentence.
            following = new if len(new) == len(rows) - 1 else []
            worked = _listen(tx, world, brought, inbound, following)
            return worked, [(brought.channel, inbound)] if inbound.answer_id else []
        case _:
            pass
    return 1, []


def _listen(tx: Tx, world: World, brought: Brought, inbound: Inbound, following: Sequence[Incoming]) -> int:
    """Take what was brought, and `following` with it when it is one sentence; return how many rows it was."""
    row, channel = brought.row, brought.channel
    row.channel, row.sender_index, row.body = channel.name, inbound.sender, inbound.text
    if inbound.kind == "start":
        join(tx, channel, inbound, row)
        return 1
    addresses = at_address(tx, channel.name, inbound.sender)
    if inbound.kind in {"blocked", "unblocked"}:
        _lock_last(tx, [address.payer_id for address in addresses], None)
        _blocked(tx, addresses, inbound)
    elif addresses:
        words = _words(tx, world, brought, inbound, following, addresses)
        _take(tx, world, words, addresses)
        return len(words.rows)
    else:
        _log.info("nobody we know", channel=channel.name)
    return 1


def _blocked(tx: Tx, addresses: Sequence[Address], inbound: Inbound) -> None:
    """To block us is to say stop, and to unblock us is to come back."""
    for address in addresses:
        address.last_inbound_at = tx.now
        if inbound.kind == "blocked":
            opt_out(tx, address.payer)
        else:
            if not address.is_a_strangers:
                address.unusable_at = address.unusable_why = None
            pick_up(tx, opt_in(tx, address.payer, "unblocked by the payer"), tx.now)


@dataclass(frozen=True)
class _Words:
    """What was typed in a row, as one, with where it was said, in answer to what, and the rows it came in."""

    text: str
    rows: Sequence[Incoming]
    brought: Brought
    said: Said
    answered: Outgoing | None
    thread: Thread


def _words(
    tx: Tx,
    world: World,
    brought: Brought,
    inbound: Inbound,
    following: Sequence[Incoming],
    addresses: Sequence[Address],
) -> _Words:
    said = said_at(tx, Place(brought.channel.name, inbound.sender, tuple(a.payer_id for a in addresses)))
    answered = pointed_at(tx, said.place, inbound.reply_to)
    thread = thread_of(said, answered, inbound.text)
    alone = _Words(inbound.text, [brought.row], brought, said, answered, thread)
    rest = [opened(world.channels, row) for row in following]
    texts = [one.what.text for one in rest if one is not None and isinstance(one.what, Inbound)]
    if not texts or any(thread.choice(text) is not None for text in [inbound.text, *texts]):
        return alone
    whole = one_sentence([inbound.text, *texts], thread.move, tx.now, addresses[0].payer.language)
    if whole is None:
        return alone
    for row, text in zip(following, texts, strict=True):
        row.channel, row.sender_index, row.body = said.place.channel, said.place.value, text
        row.state = "done"
    return replace(alone, text=whole, rows=[brought.row, *following])


def _take(tx: Tx, world: World, words: _Words, addresses: Sequence[Address]) -> None:
    """Find out what the words are about, and have them answered, once."""
    place, thread = words.said.place, words.thread
    meant = which(tx, words.said, thread, words.answered, words.text)
    again = agreed_to_which(tx, words.said, thread, meant) if meant else None
    meant = again or meant
    requests, elsewhere = _lock_last(tx, place.payer_ids, meant)
    for address in addresses:
        address.last_inbound_at = tx.now
    if meant is None:
        _log.info("nothing was asked of them yet", channel=place.channel)
        return
    turn = Turn(words.rows[-1], meant.heard, thread, meant.others, elsewhere)
    later = partial(said_later, world.channels, words.brought)
    both = _apart(tx, world, meant, turn, later)
    _note_heard(tx, both.requests if both else requests, meant, words.rows)
    if both is not None:
        answer_apart(tx, both, turn)
    elif is_overtaken(tx, requests[0], meant.heard, later):
        note_understood(tx, requests[0], turn, Decision(Act.NOTHING, None), "overtaken")
    elif meant.doubt:
        ask_which(tx, requests, turn, again=again is not None)
    elif len(requests) > 1:
        answer_several(tx, world, requests, turn)
    else:
        answer(tx, world, requests[0], turn)


def _apart(tx: Tx, world: World, meant: Meant, turn: Turn, later: _Later) -> Halves | None:
    """What was said of each request by itself, where one message can say it back and nothing newer came."""
    apart = [(tx.session.get_one(PaymentRequest, ident), heard) for ident, heard in meant.apart]
    if not apart or any(is_overtaken(tx, request, heard, later) for request, heard in apart):
        return None
    return halves(tx, world, apart, turn)


def _lock_last(
    tx: Tx, payer_ids: Sequence[str], meant: Meant | None
) -> tuple[Sequence[PaymentRequest], Sequence[PaymentRequest]]:
    """The requests that are `meant`, and one for each other shop at the same place: locked, by their ids.

    All of them before the addresses: whoever claims a message locks in this order too.
    """
    ids, apart = (meant.ids, [ident for ident, _ in meant.apart]) if meant else ((), [])
    last = [request.id for payer_id in payer_ids if (request := last_asked(tx, [payer_id]))]
    locks = {ident: locked(tx, ident) for ident in sorted({*ids, *last, *apart})}
    requests = [locks[ident] for ident in ids]
    shops = {request.merchant_id for request in requests[:1]}
    return requests, [locks[ident] for ident in last if locks[ident].merchant_id not in shops]


def _note_heard(tx: Tx, requests: Sequence[PaymentRequest], meant: Meant, rows: Sequence[Incoming]) -> None:
    """Give the words to the request that they are about; no shop reads what may be meant for another."""
    if len({request.merchant_id for request in requests}) > 1:
        for request in [] if meant.doubt else requests:
            note(tx, request, "heard", "payer", channel=rows[-1].channel)
        return
    first = requests[0]
    waited = tx.session.get(Incoming, meant.waited) if meant.waited else None
    heard = [waited, *rows] if waited is not None and waited.request_id != first.id else rows
    for one in heard:
        one.merchant_id, one.payer_id, one.request_id = first.merchant_id, first.payer_id, first.id
        for request in requests:
            note(tx, request, "heard", "payer", channel=one.channel, incoming=one.id)
