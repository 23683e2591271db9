"""A reply belongs to one request, or to those that it names; when that is not clear, nobody guesses."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from sqlalchemy import select

from core.calendar import AMSTERDAM
from messages.outbox import Outgoing
from tests.bot.stories.watching import outgoing
from tests.house import ANNA, House
from web.admin.conversation import conversation
from web.wording import words


def two(house: House, **second: object) -> tuple[str, str]:
    """A bike and a tyre, both asked for today."""
    bike = house.ask()
    house.settle()
    tyre = house.ask(description="Nieuwe band", amount={"value": "30.00", "currency": "EUR"}, **second)
    house.settle()
    return bike, tyre


def statuses(house: House, *requests: str) -> list[str]:
    return [house.request(request).status for request in requests]


def shown(house: House, request: str) -> str:
    """All that a shop reads in the story of a request."""
    found = house.request(request)
    parts = house.world.db.read(conversation, found, words("nl"), date(2026, 11, 23))
    return "\n".join(part.text for part in parts)


def test_nothing_happens_to_either_request_before_the_payer_chose(house: House) -> None:
    bike, tyre = two(house)
    house.says("ik betaal vrijdag")
    assert statuses(house, bike, tyre) == ["open", "open"]
    assert house.heard(tyre)[-1] == ("which-request", "delivered")
    assert [template for template, _ in house.heard(bike)] == ["request"]


def test_the_choice_carries_out_what_was_said_before_it(house: House) -> None:
    bike, tyre = two(house)
    house.says("ik betaal vrijdag")
    house.says("2")
    assert statuses(house, bike, tyre) == ["promised", "open"]
    assert house.request(bike).quiet_until == date(2026, 11, 27)
    assert "ik betaal vrijdag" in shown(house, bike)


def test_tomorrow_means_the_day_after_it_was_said_also_when_the_choice_comes_after_midnight(
    house: House,
) -> None:
    bike, _ = two(house)
    house.clock.set(datetime(2026, 11, 23, 23, 58, tzinfo=AMSTERDAM))
    house.says("ik betaal overmorgen")
    house.clock.set(datetime(2026, 11, 24, 0, 3, tzinfo=AMSTERDAM))
    house.says("2")
    assert house.request(bike).quiet_until == date(2026, 11, 25)


def test_a_reply_is_about_the_one_request_that_is_still_open(house: House) -> None:
    bike, tyre = two(house)
    house.pays(tyre)
    house.says("ik betaal vrijdag")
    assert statuses(house, bike, tyre) == ["promised", "paid"]


def test_a_request_that_was_paid_before_the_choice_is_not_touched(house: House) -> None:
    bike, tyre = two(house)
    house.says("ik betaal vrijdag")
    house.pays(bike)
    house.says("2")
    assert statuses(house, bike, tyre) == ["paid", "open"]
    assert house.heard(bike)[-1][0] == "settled"


def test_after_two_questions_in_vain_a_person_looks(house: House) -> None:
    _, tyre = two(house)
    for _ in range(3):
        house.says("ik betaal later wel een keer")
    assert [template for template, _ in house.heard(tyre)][-3:] == [
        "which-request",
        "which-request",
        "menu-again",
    ]
    assert house.request(tyre).attention == "not_understood"


def test_whoever_stops_is_not_asked_what_about(house: House) -> None:
    bike, tyre = two(house)
    house.says("ik wil geen berichten meer")
    assert house.heard(tyre)[-1][0] == "opted-out"
    assert "opted_out" in [*house.kinds(bike), *house.kinds(tyre)]


def test_whoever_cannot_pay_is_left_in_peace_about_everything_at_once(house: House) -> None:
    bike, tyre = two(house)
    house.says("ik kan het niet betalen, ik heb geen geld")
    assert statuses(house, bike, tyre) == ["hardship", "hardship"]
    assert [template for template, _ in house.heard(tyre)].count("hardship-noted") == 1
    assert [template for template, _ in house.heard(bike)] == ["request"]


def test_what_cannot_be_granted_for_one_of_all_is_for_a_person_and_said(house: House) -> None:
    bike = house.ask()
    house.settle()
    for day in ("vrijdag", "maandag 30 november"):
        house.says(day)
        house.move(timedelta(minutes=30))
    tyre = house.ask(description="Nieuwe band", amount={"value": "30.00", "currency": "EUR"})
    house.settle()
    house.says("ik betaal ze allebei donderdag")
    assert house.request(tyre).quiet_until == date(2026, 11, 26)
    assert house.request(bike).quiet_until == date(2026, 11, 30)
    assert house.request(bike).attention == "asks_more_time"
    body = house.bodies(tyre)[-1]
    assert body.index("Nieuwe band") < body.index("lukt dat niet zomaar") < body.index("Reparatie fiets")


def test_an_answer_for_both_is_sent_once(house: House) -> None:
    bike, tyre = two(house)
    house.says("ik betaal alles vrijdag")
    assert statuses(house, bike, tyre) == ["promised", "promised"]
    answers = [row for row in (*outgoing(house, bike), *outgoing(house, tyre)) if row.asked]
    assert [row.template for row in answers] == ["promise-noted"]


def test_a_question_about_all_is_answered_for_all(house: House) -> None:
    bike, tyre = two(house)
    house.says("ik betaal alles later")
    assert house.heard(tyre)[-1][0] == "ask-when"
    house.says("vrijdag")
    assert statuses(house, bike, tyre) == ["promised", "promised"]


def test_a_shop_never_reads_about_another_shop(house: House) -> None:
    bike = house.ask()
    house.settle()
    cake = house.ask(shop="Bakkerij Bos", description="Taart", reference="88")
    house.settle()
    house.says("ik betaal vrijdag")
    assert house.heard(cake)[-1][0] == "which-merchant"
    for request, other in ((bike, "Bakkerij"), (cake, "Fietshuis")):
        assert other not in shown(house, request)
        assert "ik betaal vrijdag" not in shown(house, request)
    house.says("2")
    assert statuses(house, bike, cake) == ["promised", "open"]
    assert "ik betaal vrijdag" in shown(house, bike)
    assert "ik betaal vrijdag" not in shown(house, cake)


def test_everything_at_two_shops_is_two_messages_each_under_its_own_name(house: House) -> None:
    bike = house.ask()
    house.settle()
    cake = house.ask(shop="Bakkerij Bos", description="Taart", reference="88")
    house.settle()
    house.says("ik wil alles betalen")
    assert "Bakkerij" not in house.bodies(bike)[-1]
    assert "Fietshuis" not in house.bodies(cake)[-1]
    assert [house.heard(request)[-1][0] for request in (bike, cake)] == ["pay-link", "pay-link"]


def test_a_stop_at_one_shop_silences_every_shop_that_sends_from_the_number(house: House) -> None:
    bike = house.ask()
    house.settle()
    cake = house.ask(shop="Bakkerij Bos", description="Taart", reference="88")
    house.settle()
    house.says("ik wil geen berichten meer")
    house.move_to(date(2026, 12, 12))
    for request in (bike, cake):
        assert [template for template, _ in house.heard(request) if template.startswith("reminder")] == []
        assert "opted_out" in house.kinds(request)


def test_a_family_with_one_phone_is_told_only_what_was_sent_to_that_phone(house: House) -> None:
    own, shared = "+31687654321", ANNA
    house.ask(name="Bob de Vries", phone=own, reference="geheim")
    house.ask(name="Bob de Vries", phone=shared, reference="3001")
    house.ask(name="Anna de Vries", reference="3002")
    house.settle()
    house.says("ik betaal vrijdag")
    query = select(Outgoing).where(Outgoing.template == "which-request")
    [question] = house.world.db.read(lambda tx: list(tx.session.scalars(query)))
    assert "3001" in (question.body or "")
    assert "3002" in (question.body or "")
    assert "geheim" not in (question.body or "")
