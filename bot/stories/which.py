"""Which request a payer's words are about: the one of this thread, those that they name, or a question."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.decide.questions import asks_how_to_pay
from bot.stories.asked_of_all import asked_of_all
from bot.stories.corrected import FRESH
from bot.stories.lately import ABOUT_NONE, clear_from
from bot.stories.look import FIRST, Look, Meant, about_money, days_said
from bot.stories.open_requests import candidates, open_requests, stopped
from bot.stories.paid_before import names_a_paid_one
from bot.stories.said import Said, answers_to, moment_of, requests_of, units_of
from bot.stories.said_apart import said_apart
from bot.stories.thread import WHICH, Thread
from bot.stories.understood import Heard, asks_what_it_is, in_thread, put_off, read, wants_to_pay
from bot.understanding import Intent
from bot.understanding.asides import about_all, asks_which, corrects, only_all, without_all
from bot.understanding.mentions import tells_of_the_other
from bot.understanding.named_requests import Named, in_order, named
from core.db import Tx
from messages.outbox import Outgoing
from payments.lifecycle import Status
from payments.requests import PaymentRequest, last_asked

_PAIR: Final = 2
_OF_THE_PAYER: Final = FIRST | {Intent.CANT_PAY, Intent.HUMAN}


def which(tx: Tx, said: Said, thread: Thread, answered: Outgoing | None, text: str) -> Meant | None:
    """Return what `text` is about, read in its thread; None when nothing was ever asked at that place."""
    fallback = last_asked(tx, list(said.place.payer_ids))
    if fallback is None:
        return None
    found = open_requests(tx, said.place)
    language = (found[0] if found else fallback).payer.language
    heard = read(tx, text, thread, language)
    look = Look(tx, said, thread, answered, text, language, found, heard)
    if heard.picked is not None:
        chosen = look.meant(heard.picked.about.split() or thread.about)
        return replace(chosen, waited=thread.put_off if heard.picked.about else "")
    if len(found) > 1:
        return _after_a_stop(look) if stopped(found[0].payer) else _among_several(look)
    if answered is not None:
        return look.meant(thread.about)
    last = found[0] if found else fallback
    named_one = names_a_paid_one(look, last.payer_id)
    return look.meant(named_one or asked_of_all(tx, heard.reading, found, last.payer_id) or [last.id])


def _after_a_stop(look: Look) -> Meant:
    """Whoever stopped is answered one thing, how to pay: all of it, unless the words name one."""
    if look.answered is not None:
        return look.meant(look.thread.about)
    reading = look.heard.reading
    if not asks_how_to_pay(reading):
        return look.meant(asked_of_all(look.tx, reading, look.found, look.found[0].payer_id) or look.ids[:1])
    theirs = [request for request in look.found if request.payer_id == look.found[0].payer_id]
    name = named(look.text, candidates(look.tx, theirs), days_said(look.heard))
    return look.meant(name.ids if name is not None else [request.id for request in theirs])


def _among_several(look: Look) -> Meant:
    meant, reading = _alike(look), look.heard.reading
    if reading.plight is not None or _OF_THE_PAYER & set(reading.intents):
        return meant  # never cut: a stop, or a call for help, is about all there is
    apart = said_apart(look.tx, look.heard, look.found, _question(look), days_said(look.heard))
    return replace(meant, apart=apart)


def _alike(look: Look) -> Meant:
    return (
        _chosen(look)
        or _all_of_it(look)
        or _pointed_at(look)
        or _paid_one(look)
        or _named(look)
        or _the_other(look)
        or _of_all(look)
        or _corrected(look)
        or _by_thread(look, look.heard, look.ids)
    )


# --- what the words say


def _chosen(look: Look) -> Meant | None:
    """An answer in words to our question which one is meant: "de fiets", "1042", "de tweede", "allebei"."""
    question = _question(look)
    if question is None:
        return None
    options = [option for option in question.options or () if option["kind"] != "all"]
    by_id = {request.id: request for request in look.found}
    offered = [by_id[option["about"]] for option in options if option["about"] in by_id]
    if len(offered) > 1 and _asks_which(look):
        asked = put_off(look.tx, answers_to(question), str(options[0]["says"]), look.language)
        return look.meant([request.id for request in offered], asked, doubt=True)
    all_of_them = only_all(look.text)
    ids = [request.id for request in offered] if all_of_them else _by_its_name(look, offered)
    if not ids:
        return None
    waited = answers_to(question)
    heard = put_off(look.tx, waited, str(options[0]["says"]), look.language)
    meant = look.meant(ids, heard) if all_of_them or len(ids) == 1 else _by_thread(look, heard, ids)
    return replace(meant, waited=waited)


def _asks_which(look: Look) -> bool:
    """ "Welke?" asks for the list again; what was asked for before it goes on waiting."""
    reading = look.heard.reading
    what_for = reading.intents == (Intent.QUESTION,) and reading.slots.get("topic") == "what_for"
    return asks_which(look.text) or what_for


def _by_its_name(look: Look, offered: Sequence[PaymentRequest]) -> Sequence[str]:
    listed = candidates(look.tx, offered)
    pointed = in_order(look.text, listed)
    if pointed is not None:
        return (pointed.id,)
    name = named(look.text, listed, days_said(look.heard))
    return name.ids if name is not None and name.alone else ()


def _question(look: Look) -> Outgoing | None:
    """Our question which one is meant, when that is what the payer can be answering."""
    if look.answered is not None:
        return look.answered if look.answered.template in WHICH else None
    for row in look.said.here:
        if answers_to(row):
            return row if row.template in WHICH else None
    return None


def _all_of_it(look: Look) -> Meant | None:
    """ "Alles" by itself is a wish to pay; in parts, it is already a word for the whole of one request."""
    heard = look.heard
    clear, _ = clear_from(look.said, look.found, look.ids)
    if _in_parts(look, look.thread.about if look.answered else clear):
        return None
    if only_all(look.text):
        heard = wants_to_pay(look.tx, heard, look.language)
    elif not about_all(look.text):
        return None
    elif heard.reading.clarify:
        heard = in_thread(look.tx, without_all(look.text), look.thread, look.language)
    if not about_money(heard) and Intent.CANT_PAY not in heard.reading.intents:
        return None
    shop = {r.merchant_id for r in look.found if r.id in clear}
    return look.meant([r.id for r in look.found if not shop or r.merchant_id in shop], heard)


def _in_parts(look: Look, ids: Sequence[str]) -> bool:
    return any(r.status == Status.INSTALMENTS for r in look.found if r.id in ids)


def _pointed_at(look: Look) -> Meant | None:
    if look.answered is None or look.answered.template in WHICH:
        return None
    return _about_what_was_said(look, look.answered)


def _about_what_was_said(look: Look, row: Outgoing) -> Meant:
    """Where each had a line of its own, "nee zaterdag" may be about either."""
    units = units_of(row)
    return look.meant(requests_of(row), doubt=len(units) > 1 and about_money(look.heard))


def _paid_one(look: Look) -> Meant | None:
    """ "De remblokken heb ik al betaald" is about the one that was paid, though two others are open."""
    ids = names_a_paid_one(look, look.found[0].payer_id)
    return look.meant(ids) if ids and ids[0] not in look.ids else None


def _named(look: Look) -> Meant | None:
    amounts = "instalment_amount" not in look.heard.reading.slots
    name = named(look.text, candidates(look.tx, look.found), days_said(look.heard), amounts=amounts)
    if name is None:
        return None
    heard = look.heard
    if name.alone and not about_money(heard):
        heard = asks_what_it_is(look.tx, heard, look.language)
    elif name.exact and name.rest:
        heard = in_thread(look.tx, name.rest, look.thread, look.language)
    return look.meant(name.ids, heard) if _certain(name) else _by_thread(look, heard, name.ids)


def _the_other(look: Look) -> Meant | None:
    """ "De andere doe ik morgen": of two, the one that we did not just write about."""
    just = set(look.thread.about) & set(look.ids)
    if len(look.found) != _PAIR or len(just) != 1 or not tells_of_the_other(look.text):
        return None
    return look.meant([ident for ident in look.ids if ident not in just])


def _certain(name: Named) -> bool:
    """A shop's name leaves open which of its requests is meant."""
    return name.exact or len(name.ids) == 1


def _corrected(look: Look) -> Meant | None:
    """ "Nee, zaterdag" is about what was answered a moment ago, whatever we wrote since."""
    if not corrects(look.text):
        return None
    for row in look.said.here:
        if row.template in WHICH:
            return None
        if answers_to(row) and row.template not in ABOUT_NONE:
            fresh = look.tx.now - moment_of(row) < FRESH
            return _about_what_was_said(look, row) if fresh else None
    return None


def _of_all(look: Look) -> Meant | None:
    """ "Wat staat er nog open?" is about all of it; where several shops write, about that of the thread."""
    clear, _ = clear_from(look.said, look.found, look.ids)
    shops = {r.merchant_id for r in look.found if r.id in clear}
    found = [r for r in look.found if not shops or r.merchant_id in shops]
    ids = asked_of_all(look.tx, look.heard.reading, found, found[0].payer_id)
    return look.meant(ids) if ids else None


# --- what the thread says


def _by_thread(look: Look, heard: Heard, ids: Sequence[str]) -> Meant:
    """The one that we last wrote about; a question when we wrote about several, and it matters."""
    clear, in_doubt = clear_from(look.said, look.found, ids)
    if clear:
        return look.meant(clear, heard)
    in_need = Intent.CANT_PAY in heard.reading.intents or heard.reading.plight is not None
    if in_need and not FIRST & set(heard.reading.intents):
        return look.meant(ids, heard)  # whoever is in need is left in peace about everything
    if about_money(heard) and in_doubt:
        return look.meant(ids, heard, doubt=True)
    last = next((ident for ident in look.thread.about if ident in ids), ids[0])
    return look.meant([last], heard)
