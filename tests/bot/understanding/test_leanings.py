"""What words lean to is learned from replies, and believed only where it is strong and tells enough."""

from collections import Counter
from dataclasses import dataclass

import pytest

from bot.understanding import Context, Intent, Reading, understand
from bot.understanding.draft import Draft
from bot.understanding.hear import hear, is_known
from bot.understanding.intents import STEPS
from bot.understanding.intents.weighing import weigh
from bot.understanding.languages import language_of
from bot.understanding.leanings import ALWAYS, MADE_FROM, TABLE, Leanings, chance, leanings, traits
from tests.bot.understanding import learn

# What must have been told for a lean to be believed.
NEEDED = {
    Intent.RESCHEDULE: {"date", "datetime", "date_range", "part_of_day"},
    Intent.PAUSE: {"until"},
    Intent.INSTALMENTS: {"instalments", "instalment_amount"},
    Intent.CHANGE_CHANNEL: {"channel"},
    Intent.CHANGE_LANGUAGE: {"language"},
    Intent.SET_PAY_DAY: {"day_of_month", "anchor"},
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


def test_the_same_words_lean_the_same_way_in_whatever_order_they_are_added_up() -> None:
    for number in range(20):  # added one by one, these come to 0 or to 1, by their order in the set
        one, other, third = (f"{letter}{number}" for letter in "abc")
        rows = {ALWAYS: (0.0,), one: (1e16,), other: (1.0,), third: (-1e16,)}
        lean = Leanings((Intent.DENY,), rows)
        assert lean.of(frozenset((one, other, third)))[Intent.DENY] == chance(0.5)


def test_a_lean_is_believed_only_when_the_words_tell_all_that_it_needs(
    readings: list[tuple[frozenset[Intent], Reading]],
) -> None:
    guesses = [reading for _, reading in readings if reading.guessed]
    believed = [reading for reading in guesses if not reading.clarify]
    assert len(guesses) > len(believed) > 500
    for reading in believed:
        for intent in NEEDED.keys() & set(reading.intents):
            assert NEEDED[intent] & reading.slots.keys(), reading


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


def test_six_of_seven_replies_are_taken_for_just_what_their_label_says(
    readings: list[tuple[frozenset[Intent], Reading]],
) -> None:
    outcomes = Counter(set(reading.intents) == intents for intents, reading in readings)
    assert outcomes[True] / outcomes.total() > 6 / 7


# To learn from four fifths of all replies takes a minute of a processor by itself.
LEARNS = pytest.mark.timeout(600)


@dataclass(frozen=True)
class Weighed:
    """A reply that taught nothing, its label, what phrases heard in it, and the reading."""

    label: frozenset[Intent]
    heard: frozenset[Intent]
    draft: Draft


@pytest.fixture(scope="module")
def weighed() -> list[Weighed]:
    taught = list(learn.taught())
    learned = learn.learn(
        [*learn.tested(), *(reply for n, reply in enumerate(taught) if n % 5)], tuple(Intent), rounds=6
    )
    return [_weigh(label, context, text, learned) for label, context, text in TAUGHT[::5]]


def _weigh(label: frozenset[Intent], context: str | None, text: str, learned: Leanings[Intent]) -> Weighed:
    language = language_of(text, "nl", is_known)
    draft = Draft(hear(text, learn.NOW), learn.NOW, Context(context) if context else None, language)
    for step in STEPS[: STEPS.index(weigh)]:
        step(draft)
    heard = frozenset(draft.intents) or frozenset((Intent.OTHER,))
    weigh(draft, learned)
    return Weighed(label, heard, draft)


@LEARNS
def test_replies_that_taught_nothing_are_weighed_better_than_phrases_alone_hear_them(
    weighed: list[Weighed],
) -> None:
    phrases = sum(one.heard == one.label for one in weighed) / len(weighed)
    both = sum(frozenset(one.draft.intents) == one.label for one in weighed) / len(weighed)
    assert both > phrases + 0.03
    assert both > 0.78


@LEARNS
def test_what_a_lean_does_without_asking_is_what_was_meant_six_times_in_seven(weighed: list[Weighed]) -> None:
    done = [one for one in weighed if one.draft.guessed and one.draft.ask is None]
    right = [one for one in done if frozenset(one.draft.intents) & one.label]
    assert len(done) > 100
    assert len(right) / len(done) > 6 / 7


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
    for intent, likely in leanings().of(traits(["geen", "geld"], None)).items():
        assert 0 < likely < 1, intent
