"""The pieces understanding is made of: tokens, spelling, the phrase language and the grammar."""

import inspect

import pytest

from bot.understanding.dates.base import GRAMMAR
from bot.understanding.grammar import Grammar, Parse, TooTangled
from bot.understanding.hear import SPELLER
from bot.understanding.intents.amounts import money
from bot.understanding.phrases import Line, PhraseBook
from bot.understanding.questions import question
from bot.understanding.reading import Ask
from bot.understanding.rules import Rule
from bot.understanding.tokens import Token, fold, tokenise


@pytest.mark.parametrize("text", ["Één café…", "ﬁets ½ ß İ", "👍🏽 vrij\u200bdag", "Ａ １", "\u0301"])
def test_folding_keeps_every_character_in_its_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("9u30", ["clock"]),
        ("15:30", ["clock"]),
        ("1-3", ["pair"]),
        ("01/03/2027", ["dmy"]),
        ("2027-03-01", ["iso"]),
        ("25e", ["ord"]),
        ("€ 12,50", ["money"]),
        ("50 euro", ["money"]),
        ("NL91ABNA0417164300", ["iban"]),
        ("https://x.nl/p?a=1", ["url"]),
        ("5pm", ["num", "word"]),
    ],
)
def test_what_people_type_is_cut_into_the_right_pieces(text: str, kinds: list[str]) -> None:
    assert [token.kind for token in tokenise(text)] == kinds


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("kga", ("ik", "ga")),
        ("vd", ("van", "de")),
        ("m'n", ("mijn",)),
        ("vrijdagmiddag", ("vrijdag", "middag")),
        ("maandagmorgen", ("maandag", "ochtend")),
        ("vridag", ("vrijdag",)),
        ("septmber", ("september",)),
        ("jaaaaa", ("ja",)),
        ("maar", ("maar",)),
        ("stpo", ("stpo",)),
    ],
)
def test_chat_spelling_becomes_plain_words(typed: str, meant: tuple[str, ...]) -> None:
    assert SPELLER.mend(typed) == meant


@pytest.mark.parametrize("typed", ["jui", "zatdag", "stop", "stap", "shop", "nu", "nuu", "pya"])
def test_a_word_that_may_be_two_things_is_left_as_it_is(typed: str) -> None:
    assert SPELLER.mend(typed) == (typed,)


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("50 euro", "50.00"),
        ("€ 12,50", "12.50"),
        ("€1.250,00", "1250.00"),
        ("€1250", "1250.00"),
        ("EUR 7.5", "7.50"),
        ("€ 10,-", "10.00"),
        ("euro", None),
    ],
)
def test_money_is_read_to_the_cent(typed: str, value: str | None) -> None:
    assert money(typed) == value


def _heard(phrase: str, words: str) -> bool:
    book = PhraseBook({"pay": "betaal betalen"}, {"signal": phrase})
    return bool(list(book.listen(Line(words.split()))))


@pytest.mark.parametrize(
    ("phrase", "words", "heard"),
    [
        ("ik <pay>", "dan ik betaal", True),
        ("ik <pay>", "ik ga betalen", False),
        ("ik .. <pay>", "ik ga nu betalen", True),
        ("ik .. <pay>", "ik ga dat nu betalen", False),
        ("ik ... <pay>", "ik , betalen", False),
        ("ik [ga] betalen", "ik betalen", True),
        ("^ stop", "niet stop", False),
        ("^ stop", "nee , stop", True),
        ("^^ stop $$", "stop", True),
        ("^^ stop $$", "stop @q", True),
        ("^^ stop $$", "stop niet", False),
        ("berich*", "geen berichten", True),
        ("& meer geen !wel", "geen een meer", True),
        ("& meer geen !wel", "wel geen meer", False),
        ("& meer geen", "geen | meer", False),
        ("betaal @d", "betaal @day", True),
        ("ik ben @w", "ik ben anna~", True),
        ("ik ben @w", "ik ben thuis", False),
    ],
)
def test_the_phrase_language_means_what_it_says(phrase: str, words: str, heard: bool) -> None:
    assert _heard(phrase, words) is heard


def _small_grammar() -> Grammar:
    grammar = Grammar({"IN": frozenset({"over", "in"})})

    @grammar.rule("sum", "<int>")
    def one(_: object, number: int) -> int:
        return number

    @grammar.rule("sum", "<sum> plus <int>")
    def more(_: object, total: int, number: int) -> int:
        return total + number

    @grammar.rule("later", "IN [the] <sum>")
    def later(_: object, number: int) -> int | None:
        return number if number < 100 else None

    grammar.seal()
    return grammar


def _tokens(text: str) -> list[Token]:
    return [
        Token(word, 0, 1, "word", tags={"int": int(word)} if word.isdigit() else {}) for word in text.split()
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("over 2", (2, 2)),
        ("in the 2 plus 3", (5, 5)),
        ("over 2 plus 3 plus 4", (6, 9)),
        ("over 500", None),
        ("onder 2", None),
    ],
)
def test_the_grammar_finds_the_longest_reading_and_lets_actions_refuse(
    text: str, found: tuple[int, int] | None
) -> None:
    assert Parse(_small_grammar(), _tokens(text), None).longest("later", 0) == found


def test_a_tangle_is_given_up_rather_than_followed_for_ever() -> None:
    grammar = Grammar({})

    @grammar.rule("knot", "<int>", "<int> <knot>", "<knot> <knot>")
    def knot(_: object, *__: object) -> int:
        return 1

    grammar.seal()
    with pytest.raises(TooTangled):
        Parse(grammar, _tokens("1 " * 60), None).longest("knot", 0)


def test_every_rule_of_the_calendar_can_begin_somewhere() -> None:
    assert len(GRAMMAR.rules) > 300
    assert all(rule.steps for rule in GRAMMAR.rules)


@pytest.mark.parametrize("ask", list(Ask))
@pytest.mark.parametrize("language", ["nl", "en", "pl"])
def test_every_question_is_short_and_there_in_both_languages(ask: Ask, language: str) -> None:
    text = question(ask, language)
    assert text
    assert all(len(sentence.split()) <= 17 for sentence in text.replace("?", ".").split("."))
    assert "!" not in text


@pytest.mark.parametrize("rule", GRAMMAR.rules, ids=lambda rule: rule.action.__name__)
def test_every_action_takes_the_values_its_line_gives(rule: Rule) -> None:
    values = [None for step in rule.steps if step.wanted]
    inspect.signature(rule.action).bind(None, *values)
