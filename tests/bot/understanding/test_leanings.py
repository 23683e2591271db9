"""What words lean to is learned from replies, and moves no day, plan, silence or address by itself."""

from collections import Counter

import pytest

from bot.understanding import Context, Intent, Reading, understand
from bot.understanding.leanings import MADE_FROM, TABLE, leanings, traits
from tests.bot.understanding import learn

# What brings a link, a look at the bank or a person, and holds the messages at most.
HARMLESS = {
    *(Intent.PAY_NOW, Intent.ALREADY_PAID, Intent.HUMAN, Intent.CANT_PAY, Intent.DISPUTE),
    *(Intent.THANKS, Intent.QUESTION),
}
TAUGHT = [
    (frozenset(map(Intent, intents.split(","))), context or None, text)
    for file in sorted((learn.HERE / "said").glob("*.tsv"))
    for intents, context, text in (line.split("\t") for line in file.read_text("utf-8").splitlines())
]


def read(text: str, context: str | None) -> Reading:
    return understand(text, context or Context.REMINDER, now=learn.NOW)


@pytest.fixture(scope="module")
def readings() -> list[tuple[frozenset[Intent], Reading]]:
    return [(intents, read(text, context)) for intents, context, text in TAUGHT]


def test_the_table_is_made_from_the_replies_that_are_here() -> None:
    assert TABLE.read_text("utf-8").partition("\n")[0] == f"{MADE_FROM}\t{learn.digest()}", (
        "run: python tests/bot/understanding/learn.py"
    )


def test_a_guess_changes_no_day_plan_silence_or_address_without_asking(
    readings: list[tuple[frozenset[Intent], Reading]],
) -> None:
    guesses = [reading for _, reading in readings if reading.guessed]
    assert len(guesses) > 500
    for reading in guesses:
        assert reading.clarify or set(reading.intents) <= HARMLESS, reading
        assert reading.slots.keys() <= {"topic"}, reading
        assert len(reading.intents) == 1


@pytest.mark.parametrize(
    "text",
    [
        "I am not Anna, this invoice is not mine and the amount is wrong",
        "verkeerde persoon, ik heb dit niet besteld, factuur klopt niet",
        "ik ben niet Anna, wie zijn jullie en waarvoor is dit",
    ],
)
def test_somebody_else_is_never_explained_away(text: str) -> None:
    reading = read(text, None)
    assert Intent.WRONG_PERSON in reading.intents
    assert not reading.guessed


@pytest.mark.parametrize("text", ["begin nog niet weer", "ga maar weg", "not again", "ik meld me wel weer"])
def test_no_guess_ends_a_rest(text: str) -> None:
    reading = read(text, "paused")
    assert reading.intents != (Intent.RESUME,) or reading.clarify


def test_nine_of_ten_replies_of_everyday_are_taken_for_what_they_mean(
    readings: list[tuple[frozenset[Intent], Reading]],
) -> None:
    outcomes = Counter(set(reading.intents) == intents for intents, reading in readings)
    assert outcomes[True] / outcomes.total() > 0.88


def test_replies_that_taught_nothing_are_led_the_right_way_four_times_in_five() -> None:
    taught = list(learn.taught())
    learned = learn.learn([*learn.tested(), *(r for n, r in enumerate(taught) if n % 5)])
    unseen = taught[::5]
    chances = [learned.of(reply.traits) for reply in unseen]
    led = [
        max(each, key=each.__getitem__) in reply.intents for each, reply in zip(chances, unseen, strict=True)
    ]
    assert sum(led) / len(led) > 0.78


@pytest.mark.parametrize(
    "text",
    [
        *("ik heb een vraag", "nu betalen", "later betalen", "al betaald", "stop", "medewerker", "hervat"),
        *("klopt niet", "verkeerd nummer", "vrijdag", "in 3 keer", "pauze", "already paid", "wrong number"),
    ],
)
def test_what_our_own_buttons_say_is_heard_and_not_guessed(text: str) -> None:
    assert not read(text, None).guessed


def test_a_greeting_leans_nowhere() -> None:
    words = ["ik", "snap", "er", "niks", "van"]
    assert traits(["hoi", ",", *words], None) == traits(words, None)


def test_chances_are_between_never_and_always() -> None:
    for intents, chance in leanings().of(traits(["geen", "geld"], None)).items():
        assert 0 < chance < 1, intents
