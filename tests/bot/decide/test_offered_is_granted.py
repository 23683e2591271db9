"""Whatever we offer is done when it is chosen: never refused, never left to a person."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.decide import Act, Decision, Known, decide, promise_for
from bot.stories.pay_page_choices import in_parts
from bot.understanding import Ask, Context, Intent, Reading, understand
from core.calendar import AMSTERDAM
from core.money import Money
from messages.catalogue import Catalogue
from messages.options import Option
from payments import parts
from payments.lifecycle import Status
from payments.policy import Policy

CATALOGUE = Catalogue.load()
BEGIN = date(2026, 11, 1)
TODAYS = st.dates(BEGIN, date(2027, 12, 31))
WORDS = [
    *("later betalen", "volgende vrijdag", "1 juni 2030", "gisteren", "30 februari", "morgen", "stop", "ja"),
    *("pauze", "pauze tot 1 juni 2030", "even rust aub", "mag ik een pauze van een week?", "nee", "hervat"),
    *("in 3 keer", "in 10 keer", "kan ik gespreid betalen?", "10 euro per week", "25 euro per maand"),
    *("in 3 keer vanaf volgende vrijdag", "in 4 keer per week", "kan ik elke week wat betalen?"),
    *(
        "ik krijg mijn salaris altijd op de 25e",
        "kan het via een ander kanaal?",
        "welke taal?",
        "over 3 weken",
    ),
    *("in 3 keer vanaf 1 maart 2030", "10 euro per week vanaf overmorgen", "1 cent per maand"),
]
POLICIES = st.builds(
    Policy,
    postpone_days=st.integers(0, 60),
    postpone_times=st.integers(0, 3),
    pause_days=st.integers(0, 90),
    pause_times=st.integers(0, 2),
    parts_most=st.integers(0, 8),
    part_least_cents=st.sampled_from([0, 1, 1000, 2000, 5000]),
    part_first_days=st.integers(0, 40),
    part_intervals=st.sampled_from([("month", "week"), ("month",), ("week",), ("week", "month"), ()]),
    needs_person=st.lists(
        st.sampled_from(["reschedule", "pause", "instalments", "set_pay_day", "change_channel", "question"]),
        max_size=2,
    ).map(tuple),
)


@st.composite
def knowns(draw: st.DrawFn) -> Known:
    """A request as it can stand: the plan goes with its status."""
    today, status = draw(TODAYS), draw(st.sampled_from(list(Status)))
    owed = Money(draw(st.integers(1, 50_000)))
    plan: tuple[parts.Part, ...] = ()
    if status is Status.INSTALMENTS:
        first = today + timedelta(days=draw(st.integers(-40, 30)))
        interval = draw(st.sampled_from([parts.MONTH, parts.WEEK]))
        plan = parts.left(parts.divide(owed, draw(st.integers(2, 6)), first, interval), owed)
    later = draw(st.none() | st.integers(0, 90))
    return Known(
        today=today,
        status=status,
        policy=draw(POLICIES),
        remaining=owed,
        due_date=today + timedelta(days=draw(st.integers(-20, 20))),
        quiet_until=draw(st.none() | st.integers(0, 40).map(lambda days: today + timedelta(days=days))),
        times_promised=draw(st.integers(0, 3)),
        times_paused=draw(st.integers(0, 2)),
        last_day=None if later is None else today + timedelta(days=later),
        move=draw(st.none() | st.sampled_from(list(Context))),
        channel="sms",
        channels=draw(st.frozensets(st.sampled_from(["sms", "whatsapp", "telegram"]))),
        plan=plan,
        plan_is_fresh=bool(plan) and draw(st.booleans()),
        pay_day=draw(st.none() | st.integers(1, 31)),
    )


ACTS = {
    "day": {Act.PROMISE, Act.MOVE_PART},
    "until": {Act.PAUSE},
    "parts": {Act.DIVIDE},
    "parts_from": {Act.DIVIDE},
    "parts_weekly": {Act.DIVIDE},
    "parts_weekly_from": {Act.DIVIDE},
    "now": {Act.LINK},
    "stop": {Act.OPT_OUT},
    "by_whatsapp": {Act.CHANNEL},
    "by_sms": {Act.CHANNEL},
    "by_telegram": {Act.CHANNEL},
    "dutch": {Act.LANGUAGE},
    "english": {Act.LANGUAGE},
    "again": {Act.RESUME, Act.LINK},
    "paid": {Act.CHECK, Act.NOTHING},
    "not_right": {Act.DISPUTE, Act.HAND_OVER},
    "no_money": {Act.HARDSHIP},
    "person": {Act.HAND_OVER},
    "not_me": {Act.BLOCK},
}
# These are answered with a question, that has something to choose from again.
ASKS = {"later": {"ask-when", "ask-part-day"}, "in_parts": {"ask-how-many"}}


def chosen(option: Option, known: Known, offered: tuple[Option, ...]) -> Decision:
    """What comes of choosing `option` on the same day, by the answer that its button gives."""
    now = datetime.combine(known.today, time(10), AMSTERDAM)
    [offer] = CATALOGUE.offers([option], language="nl", formality="u", plain=False, today=known.today)
    return decide(understand(offer.answer, None, now=now, language="nl"), replace(known, offered=offered))


def check(decision: Decision, known: Known) -> None:
    """Every option of `decision` is done when it is chosen, and what has to be chosen can be."""
    for option in decision.options:
        then = chosen(option, known, decision.options)
        if option.kind in ASKS:
            assert then.answer in ASKS[option.kind], (option, then)
            assert then.options, (option, then)
        elif option.kind == "question":
            assert then.answer == "ask-question"
        else:
            assert then.act in ACTS[option.kind], (option, then)
        if then.act in {Act.PROMISE, Act.PAUSE, Act.MOVE_PART}:
            assert then.day == option.facts["day"]
        if then.act is Act.DIVIDE:
            assert len(then.parts) == option.facts["count"]
            assert then.parts[0].amount == option.facts["part"]
            assert then.parts[0].due_on == option.facts.get("day", then.parts[0].due_on)


@settings(max_examples=800, deadline=None)
@given(st.sampled_from(WORDS), knowns())
def test_every_option_that_is_offered_gives_what_it_says(words: str, known: Known) -> None:
    now = datetime.combine(known.today, time(10), AMSTERDAM)
    check(decide(understand(words, known.move, now=now, language="nl"), known), known)


@settings(max_examples=300, deadline=None)
@given(knowns(), st.integers(-3, 100), st.integers(0, 12))
def test_the_page_offers_only_what_is_granted_too(known: Known, days: int, count: int) -> None:
    check(promise_for(known.today + timedelta(days=days), known), known)
    check(decide(in_parts(count, "month"), known), known)


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([Intent.RESCHEDULE, Intent.PAUSE, Intent.INSTALMENTS, Intent.AFFIRM, Intent.DENY]),
    st.sampled_from(list(Ask)),
    knowns(),
)
def test_no_question_offers_what_is_refused(intent: Intent, code: Ask, known: Known) -> None:
    check(decide(Reading((intent,), {}, clarify=True, ask="?", ask_code=code), known), known)
