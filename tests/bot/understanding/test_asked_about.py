"""A question is heard as closely as it is asked, and a statement is never taken for one."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.understanding import About, Context, Intent, understand
from core.calendar import AMSTERDAM

NOW = datetime(2026, 11, 23, 10, tzinfo=AMSTERDAM)
ASKED = {
    About.TOTAL: (
        "wat staat er nog open?",
        "wat staat er allemaal nog open",
        "hoeveel moet ik in totaal betalen?",
        "wat moet ik allemaal nog betalen?",
        "hoeveel heb ik nog openstaan?",
        "how much do I owe in total?",
        "what do I still owe?",
        "what do I owe you altogether?",
    ),
    About.PARTS: (
        "wat zijn mijn termijnen nu?",
        "welke termijnen heb ik nog?",
        "hoeveel termijnen nog?",
        "wanneer is mijn volgende termijn?",
        "hoe ziet mijn regeling eruit?",
        "when is my next part?",
        "when is my next instalment?",
        "how many instalments do I have left?",
    ),
    About.IS_PAID: (
        "heb ik nu alles betaald?",
        "heb ik al betaald?",
        "is mijn betaling binnen?",
        "hebben jullie mijn geld ontvangen?",
        "did you get my money?",
        "have you received my payment?",
        "did my payment go through?",
        "am I all paid up?",
    ),
    About.IN_THE_SHOP: (
        "contant in de winkel betalen?",
        "kan ik ook pinnen?",
        "mag ik contant betalen?",
        "can I pay cash?",
        "can I pay in the shop?",
        "do you take cash?",
    ),
    About.NEXT_WORD: (
        "wanneer hoor ik weer iets?",
        "wanneer krijg ik antwoord?",
        "when will I hear back?",
        "when is the next message?",
    ),
    About.UNPAID: (
        "wat gebeurt er als ik niet betaal?",
        "wat als ik te laat betaal?",
        "what happens if I don't pay?",
        "what if I pay late?",
    ),
    About.RECEIPT: (
        "mag ik een betalingsbewijs?",
        "kan ik een bonnetje krijgen?",
        "can I get a receipt?",
        "could you send me a receipt?",
        "can I have proof of payment?",
    ),
    About.AGREED: (
        "wat hadden we afgesproken?",
        "wat hadden we ook alweer afgesproken",
        "wat heb ik beloofd",
        "wanneer had ik beloofd te betalen?",
        "wat heb ik afgesproken voor nota 1042?",
        "hoe staat mijn afspraak",
        "staat mijn afspraak nog?",
        "hebben we al iets afgesproken?",
        "ik weet niet meer wat we hadden afgesproken",
        "what was the arrangement",
        "what's our agreement?",
        "what did I agree to pay?",
        "can you remind me what we agreed?",
        "did we agree on anything?",
    ),
    About.WHAT_LINK: (
        "waar is die link voor?",
        "waarom stuur je die link?",
        "waarom moet ik op die link klikken?",
        "wat is dit voor link",
        "wat doet dat linkje?",
        "waar leidt die link naartoe?",
        "what is this link",
        "what's that payment link for?",
        "why do you keep sending me this link?",
        "where does the link go?",
    ),
}
TOPICS = {
    About.TOTAL: "amount",
    About.IN_THE_SHOP: "how",
    About.AGREED: "deadline",
    About.WHAT_LINK: "what_for",
}


@pytest.mark.parametrize(
    ("about", "text"), [(about, text) for about, texts in ASKED.items() for text in texts]
)
def test_what_is_asked_is_heard_closely_and_without_asking_back(about: About, text: str) -> None:
    reading = understand(text, None, now=NOW)
    assert reading.intents == (Intent.QUESTION,)
    assert not reading.clarify
    assert reading.told.about is about
    assert reading.slots["topic"] == TOPICS.get(about, reading.slots["topic"])


@pytest.mark.parametrize("context", list(Context))
@pytest.mark.parametrize(
    ("about", "text"),
    [(about, text) for about in (About.AGREED, About.WHAT_LINK) for text in ASKED[about]],
)
def test_who_asks_back_says_neither_yes_nor_no_to_what_we_said_last(
    about: About, text: str, context: Context
) -> None:
    reading = understand(text, context, now=NOW)
    assert reading.intents == (Intent.QUESTION,)
    assert not reading.clarify
    assert (reading.told.about, reading.slots["topic"]) == (about, TOPICS[about])


@pytest.mark.parametrize(
    "text",
    [
        "dat is niet wat we hadden afgesproken",
        "dat is niet wat we hadden afgesproken?",
        "wat we hadden afgesproken klopt niet",
        "we hadden 40 euro afgesproken",
        "that's not what we agreed",
        "what we agreed was 30 euro",
        "what you promised was a repair",
    ],
)
def test_who_says_that_it_was_agreed_otherwise_disputes_it_still(text: str) -> None:
    reading = understand(text, None, now=NOW)
    assert reading.intents == (Intent.DISPUTE,)
    assert reading.told.about is None


@pytest.mark.parametrize(
    "text",
    [
        "wat is de afgesproken prijs?",
        "what did you promise me?",
        "wat heeft mijn man afgesproken?",
        "wanneer is mijn afspraak?",
        "wat als ik mijn afspraak wil verzetten?",
        "zoals afgesproken betaal ik vrijdag",
        "wat we hebben afgesproken doe ik, ik betaal vrijdag",
    ],
)
def test_not_all_that_was_agreed_or_promised_is_what_stands_with_the_payer(text: str) -> None:
    assert understand(text, None, now=NOW).told.about is not About.AGREED


@pytest.mark.parametrize(
    "text",
    [
        "waar is de link?",
        "waar is die link nou?",
        "stuur de link nog eens",
        "waar is de link voor de betaling?",
        "wat is de link?",
        "what's the link",
        "waarom stuur je de link niet gewoon?",
        "why don't you send me the link?",
        "waarom krijg ik geen link?",
        "waarom werkt die link niet?",
        "why can't I open this link?",
    ],
)
def test_who_misses_the_link_is_not_told_what_it_is_for(text: str) -> None:
    reading = understand(text, None, now=NOW)
    assert reading.told.about is None
    assert Intent.PAY_NOW in reading.intents or reading.slots["topic"] == "link"


def test_whether_a_link_is_real_counts_for_more_than_what_it_is_for() -> None:
    reading = understand("wat is dit voor link, is het wel echt?", None, now=NOW)
    assert reading.slots["topic"] == "real"


def test_a_day_beside_the_question_what_a_link_is_for_is_still_promised() -> None:
    reading = understand("waar is die link voor? ik betaal vrijdag", None, now=NOW)
    assert set(reading.intents) == {Intent.QUESTION, Intent.RESCHEDULE}
    assert (reading.slots["topic"], reading.slots["date"]) == ("what_for", "2026-11-27")


@pytest.mark.parametrize(
    "text",
    [
        "ik heb alles betaald",
        "ik heb nu alles betaald!",
        "I have paid everything",
        "heb al betaald",
        "al betaald, is het nu goed?",
        "heb ik dat niet al betaald dan?",
    ],
)
def test_who_says_that_it_is_paid_claims_it_still(text: str) -> None:
    reading = understand(text, None, now=NOW)
    assert Intent.ALREADY_PAID in reading.intents
    assert reading.told.about is None


@pytest.mark.parametrize(
    "text", ["kan ik het bonnetje sturen?", "can I send you the receipt?", "hier is mijn bonnetje"]
)
def test_who_offers_a_receipt_does_not_ask_for_one(text: str) -> None:
    assert understand(text, None, now=NOW).told.about is None


@pytest.mark.parametrize(
    "text", ["in 2 keer betalen", "kan het in termijnen?", "can I pay in 3 instalments?"]
)
def test_who_wishes_to_pay_in_parts_is_not_told_of_parts_instead(text: str) -> None:
    reading = understand(text, None, now=NOW)
    assert Intent.INSTALMENTS in reading.intents
    assert reading.told.about is None


@pytest.mark.parametrize(
    "text", ["ik heb dubbel betaald", "ik heb twee keer betaald", "I paid twice", "I've been charged twice"]
)
def test_who_paid_two_times_is_heard(text: str) -> None:
    assert understand(text, None, now=NOW).told.twice


@pytest.mark.parametrize(
    "text",
    [
        "in twee keer betaald",
        "ik heb niet dubbel betaald",
        "ik wil niet twee keer betalen",
        "heb alles in 1 keer overgemaakt",
        "you charged for two x-rays",
        "als ik twee keer betaald heb, krijg ik het dan terug?",
    ],
)
def test_in_two_parts_is_not_two_times(text: str) -> None:
    assert not understand(text, None, now=NOW).told.twice


@pytest.mark.parametrize(
    "text", ["hallo", "hallo?", "hello?", "Hello", "hoi", "hi there", "goedemorgen", "good morning"]
)
def test_a_greeting_is_the_same_in_both_languages_with_or_without_a_question_mark(text: str) -> None:
    reading = understand(text, None, now=NOW)
    assert reading.intents == (Intent.OTHER,)
    assert reading.clarify
    assert reading.told.greets


@pytest.mark.parametrize("text", ["hallo, ik betaal vrijdag", "hello, who are you?", "dag, stop"])
def test_a_greeting_before_other_words_takes_nothing_from_them(text: str) -> None:
    reading = understand(text, None, now=NOW)
    assert not reading.told.greets
    assert reading.intents != (Intent.OTHER,)
