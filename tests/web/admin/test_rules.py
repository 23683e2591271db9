"""The merchant's rules on a page: explained, checked, counted at once, and written down who changed them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from bot.decide import decide
from bot.stories.known import known
from bot.stories.pay_page_choices import in_parts, said
from bot.understanding import Intent
from core.calendar import local
from core.db import Database, Tx
from payments import instalments
from payments.house_rules import edition
from payments.parties import Merchant
from payments.parts import divide
from payments.policy import ALWAYS_A_PERSON, Policy
from payments.requests import locked
from tests.making import Owed, Shop
from tests.web.front import Staff, Visitor, open_shop


def policy_of(database: Database, staff: Staff) -> Policy:
    return database.read(lambda tx: tx.session.get_one(Merchant, staff.merchant_id).policy)


def form(policy: Policy, **typed: Any) -> dict[str, Any]:
    """The form as the page shows it, with what somebody typed instead."""
    return {
        "seen": edition(policy),
        "postpone_days": "30",
        "postpone_times": "2",
        "pause_days": "60",
        "pause_times": "1",
        "parts_most": "6",
        "part_least_cents": "20,00",
        "part_first_days": "30",
        "part_intervals": ["month", "week"],
        "needs_person": [],
        **typed,
    }


def answer_to(database: Database, owed: Owed, reading: Any) -> str:
    return str(database.read(lambda tx: decide(reading, known(tx, locked(tx, owed.request_id)))).answer)


def test_what_is_kept_holds_at_once_and_the_rest_stays(
    owner: Visitor, staff: Staff, shop: Shop, database: Database
) -> None:
    owed = shop(merchant_id=staff.merchant_id, amount="100.00", asked_days_ago=0)
    day = said(Intent.RESCHEDULE, {"date": (date(2026, 11, 23) + timedelta(days=20)).isoformat()})
    assert answer_to(database, owed, day).startswith("promise-noted")
    owner.get("/admin/rules")
    typed = form(
        policy_of(database, staff), postpone_days="14", part_least_cents="€ 45", needs_person=["pause"]
    )
    assert owner.post("/admin/rules", **typed).status_code == 303
    assert "Bewaard. Nieuwe afspraken volgen deze regels." in owner.get("/admin/rules").text
    after = policy_of(database, staff)
    assert (after.postpone_days, after.part_least_cents) == (14, 4_500)
    assert after.needs_person == (*ALWAYS_A_PERSON, "pause")
    assert after.reminder_days == Policy().reminder_days
    assert answer_to(database, owed, day) == "promise-too-far"
    assert answer_to(database, owed, in_parts(3, "month")) == "parts-other"


def test_what_was_granted_before_stays_as_it_was_agreed(
    owner: Visitor, staff: Staff, shop: Shop, database: Database
) -> None:
    owed = shop(merchant_id=staff.merchant_id, amount="100.00", asked_days_ago=0)

    def agree(tx: Tx) -> None:
        request = locked(tx, owed.request_id)
        request.status = "instalments"
        instalments.start(tx, request, divide(request.amount, 4, local(tx.now).date()))

    database.run(agree)
    before = database.read(lambda tx: instalments.agreed(tx, owed.request_id))
    owner.get("/admin/rules")
    owner.post("/admin/rules", **form(policy_of(database, staff), parts_most="0"))
    assert policy_of(database, staff).parts_most == 0
    assert database.read(lambda tx: instalments.agreed(tx, owed.request_id)) == before


def test_who_changed_what_is_written_down_from_what_to_what(
    owner: Visitor, staff: Staff, database: Database
) -> None:
    assert "Er is nog niets veranderd." in owner.get("/admin/rules").text
    typed = form(
        policy_of(database, staff), pause_days="10", part_least_cents="12,50", part_intervals=["week"]
    )
    owner.post("/admin/rules", **typed)
    history = owner.get("/admin/rules").text.split('<ol class="events">')[1]
    assert "Jan Jansen: Dagen rust van 60 naar 10" in history
    assert "in euro van €\u00a020,00 naar €\u00a012,50" in history
    assert "Hoe vaak een termijn komt van elke maand, elke week naar elke week" in history


def test_keeping_what_is_there_changes_and_writes_nothing(
    owner: Visitor, staff: Staff, database: Database
) -> None:
    owner.get("/admin/rules")
    owner.post("/admin/rules", **form(policy_of(database, staff), part_intervals=["week", "month"]))
    page = owner.get("/admin/rules").text
    assert "Er is niets veranderd." in page
    assert "Jan Jansen:" not in page


@pytest.mark.parametrize(
    ("field", "typed", "line"),
    [
        ("postpone_days", "366", "Dit kan niet. Het kan van 0 tot en met 365."),
        ("postpone_times", "-1", "Typ een heel getal van 0 tot en met 12."),
        ("pause_days", "tien", "Typ een heel getal van 0 tot en met 365."),
        ("pause_times", "", "Typ een heel getal van 0 tot en met 12."),
        ("parts_most", "25", "Het kan van 0 tot en met 24."),
        ("part_least_cents", "niets", "Typ een bedrag van € 1,00 tot en met € 10.000,00."),
        ("part_least_cents", "0,99", "Het kan van 1,00 tot en met 10.000,00."),
        ("part_first_days", "3,5", "Typ een heel getal van 0 tot en met 365."),
    ],
)
def test_each_mistake_is_told_at_its_field_and_nothing_typed_is_lost(
    owner: Visitor, staff: Staff, database: Database, field: str, typed: str, line: str
) -> None:
    owner.get("/admin/rules")
    sent = form(
        policy_of(database, staff), pause_times="7", needs_person=["question"], part_intervals=["week"]
    )
    answer = owner.post("/admin/rules", **{**sent, field: typed})
    assert answer.status_code == 422
    complaint = re.search(rf'id="{field}-wrong">([^<]*)<', answer.text)
    assert complaint is not None
    assert line in complaint[1].replace("\u00a0", " ")
    asked = re.search(rf'<input id="{field}"[^>]*>', answer.text)
    assert asked is not None
    assert f'value="{typed}"' in asked[0]
    assert f'aria-describedby="{field}-wrong {field}-hint" aria-invalid="true"' in asked[0]
    if field != "pause_times":
        assert 'name="pause_times" value="7"' in answer.text
    assert 'value="question" checked' in answer.text
    assert 'value="month" checked' not in answer.text
    assert policy_of(database, staff) == Policy()


def test_parts_need_to_know_how_often(owner: Visitor, staff: Staff, database: Database) -> None:
    owner.get("/admin/rules")
    answer = owner.post("/admin/rules", **form(policy_of(database, staff), part_intervals=[]))
    assert answer.status_code == 422
    assert "Kies hoe vaak een termijn komt" in answer.text
    never = form(policy_of(database, staff), part_intervals=[], parts_most="1")
    assert owner.post("/admin/rules", **never).status_code == 303


def test_two_owners_do_not_undo_each_others_change(owner: Visitor, staff: Staff, database: Database) -> None:
    owner.get("/admin/rules")
    first = policy_of(database, staff)
    owner.post("/admin/rules", **form(first, pause_days="10"))
    answer = owner.post("/admin/rules", **form(first, postpone_days="7"))
    assert answer.status_code == 409
    assert "Iemand anders heeft de regels net veranderd" in answer.text
    assert 'name="postpone_days" value="7"' in answer.text
    assert (policy_of(database, staff).pause_days, policy_of(database, staff).postpone_days) == (10, 30)
    assert f'name="seen" value="{edition(policy_of(database, staff))}"' in answer.text


def test_keeping_again_after_a_colleagues_change_leaves_that_change(
    owner: Visitor, staff: Staff, database: Database
) -> None:
    owner.get("/admin/rules")
    first = policy_of(database, staff)
    owner.post("/admin/rules", **form(first, pause_days="10", needs_person=["pause"]))
    owner.post(
        "/admin/rules",
        **form(policy_of(database, staff), pause_days="12", needs_person=["pause", "question"]),
    )
    answer = owner.post("/admin/rules", **form(first, postpone_days="7", part_least_cents="€ 20"))
    assert answer.status_code == 409
    assert 'name="postpone_days" value="7"' in answer.text
    assert 'name="pause_days" value="12"' in answer.text
    assert 'name="part_least_cents" value="20,00"' in answer.text
    assert {name for name in ("pause", "question") if f'value="{name}" checked' in answer.text} == {
        "pause",
        "question",
    }


def test_a_form_that_nobody_can_place_shows_the_rules_as_they_are(
    owner: Visitor, staff: Staff, database: Database
) -> None:
    owner.get("/admin/rules")
    typed = form(policy_of(database, staff), postpone_days="7", seen="of-another-shop")
    answer = owner.post("/admin/rules", **typed)
    assert answer.status_code == 409
    assert 'name="postpone_days" value="30"' in answer.text


def test_what_always_goes_to_a_person_cannot_be_taken_away(
    owner: Visitor, staff: Staff, database: Database
) -> None:
    owner.get("/admin/rules")
    sent = form(policy_of(database, staff), needs_person=["pay_now", "cant_pay", "opt_out"], pause_days="5")
    assert owner.post("/admin/rules", **sent).status_code == 303
    assert policy_of(database, staff).needs_person == ALWAYS_A_PERSON


def test_an_agent_reads_the_rules_and_no_shop_changes_anothers(
    site: Flask, owner: Visitor, staff: Staff, database: Database
) -> None:
    agent = Visitor(site)
    agent.login(staff.agent)
    page = agent.get("/admin/rules").text
    assert "Alleen de eigenaar verandert de regels." in page
    assert "<fieldset disabled>" in page
    assert "Bewaar deze regels" not in page
    sent = form(policy_of(database, staff), pause_days="5")
    assert agent.post("/admin/rules", **sent).status_code == 403
    other = database.run(open_shop, "Bakkerij Bos")
    owner.get("/admin/rules")
    owner.post("/admin/rules", **sent)
    assert policy_of(database, other) == Policy()
