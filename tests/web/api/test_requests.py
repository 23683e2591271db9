"""Asking for money over the API: made once, told whole, found again."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from core.clock import ManualClock
from core.crypto import Keyring
from core.db import Database, Tx
from core.ids import OsIds
from messages.bots import remember_names
from payments.requests import PaymentRequest
from tests.web.api.caller import PATH, Caller
from tests.web.front import PUBLIC, Staff, make_world
from web.accounts.models import ApiKey
from web.accounts.people import revoke_api_key
from web.site import create_site


def _count(database: Database) -> int:
    return database.read(lambda tx: tx.session.scalar(select(func.count()).select_from(PaymentRequest)) or 0)


def test_a_request_is_made_and_told_whole(caller: Caller, database: Database) -> None:
    answer = caller.create()
    made = answer.json or {}
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"{PATH}/{made['id']}"
    assert made["status"] == "planned"
    assert made["amount"] == made["remaining"] == {"value": "42.50", "currency": "EUR"}
    assert made["paid"] == made["surplus"] == {"value": "0.00", "currency": "EUR"}
    assert (made["reference"], made["due_date"]) == ("1042", "2026-12-01")
    assert made["payer"]["name"] == "Anna de Vries"
    assert made["payer"]["channels"] == ["whatsapp", "sms"]
    assert [event["kind"] for event in made["timeline"]] == ["created"]
    assert made["timeline"][0]["at"].startswith("2026-11-23T10:00:00")
    assert _count(database) == 1


def test_the_pay_link_of_an_answer_works_and_stays_the_same(caller: Caller, site: Flask) -> None:
    made = caller.create().json or {}
    assert made["pay_url"].startswith(f"{PUBLIC}/p/")
    again = caller.get(f"/{made['id']}").json or {}
    assert again["pay_url"] == made["pay_url"]
    page = site.test_client().get(made["pay_url"].removeprefix(PUBLIC), base_url=PUBLIC)
    assert page.status_code == 200
    assert "42,50" in page.text


def test_a_repeated_call_makes_one_request_and_gets_the_same_answer(
    caller: Caller, database: Database
) -> None:
    first, second = caller.create(key="nota-1042"), caller.create(key="nota-1042")
    assert (first.status_code, second.status_code) == (201, 200)
    assert second.headers["Idempotent-Replayed"] == "true"
    assert second.json == first.json
    assert _count(database) == 1


def test_a_key_that_was_used_for_something_else_is_refused(caller: Caller, database: Database) -> None:
    caller.create(key="nota-1042")
    other = caller.create(key="nota-1042", reference="1043")
    assert (other.status_code, other.mimetype) == (409, "application/problem+json")
    assert "use a new key" in (other.json or {})["detail"]
    assert _count(database) == 1


def test_a_call_that_was_refused_leaves_its_key_free(caller: Caller) -> None:
    assert caller.create(key="nota-1042", amount={"value": "veel", "currency": "EUR"}).status_code == 422
    assert caller.create(key="nota-1042").status_code == 201


def test_without_a_key_the_same_call_twice_is_two_requests(caller: Caller, database: Database) -> None:
    caller.create()
    caller.create()
    assert _count(database) == 2


def test_two_calls_at_the_same_moment_make_one_request(
    database_url: str, clock: ManualClock, keyring: Keyring, staff: Staff
) -> None:
    database = Database(database_url, clock, keyring, OsIds())
    caller = Caller(create_site(make_world(database)), staff.api_key)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(lambda _: caller.create(key="nota-1042"), range(4)))
    assert sorted(answer.status_code for answer in answers) == [200, 200, 200, 201]
    assert len({(answer.json or {})["id"] for answer in answers}) == 1
    assert _count(database) == 1
    database.close()


def test_one_request_is_found_by_its_id_with_its_timeline(caller: Caller) -> None:
    made = caller.create().json or {}
    found = caller.get(f"/{made['id']}").json or {}
    assert found == {key: value for key, value in made.items() if key != "telegram_url"}


@pytest.mark.parametrize("path", ["/pr_unknown", "/x", "/" + "a" * 300, "/é", "/..%2f..", "/1/2"])
def test_what_is_not_there_looks_the_same_whatever_was_asked(caller: Caller, path: str) -> None:
    answer = caller.get(path)
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert answer.json == (caller.get("/pr_nothing").json)


def test_a_list_comes_page_by_page_the_newest_first(caller: Caller, clock: ManualClock) -> None:
    for number in range(5):
        caller.create(reference=f"10{number}")
        clock.advance(timedelta(seconds=1))
    first = caller.get(limit="2").json or {}
    second = caller.get(limit="2", after=first["next"]).json or {}
    third = caller.get(limit="2", after=second["next"]).json or {}
    references = [one["reference"] for page in (first, second, third) for one in page["data"]]
    assert references == ["104", "103", "102", "101", "100"]
    assert third["next"] is None
    assert "timeline" not in first["data"][0]


def test_a_list_is_narrowed_by_reference_and_by_status(caller: Caller) -> None:
    caller.create(reference="1042")
    caller.create(reference="1043")
    found = caller.get(reference="1043").json or {}
    assert [one["reference"] for one in found["data"]] == ["1043"]
    assert len((caller.get(status="planned").json or {})["data"]) == 2
    assert (caller.get(status="paid").json or {})["data"] == []


def test_a_payer_who_is_known_can_be_named_by_id(caller: Caller) -> None:
    first = caller.create().json or {}
    second = caller.create(reference="1043", payer={"id": first["payer"]["id"]}).json or {}
    assert second["payer"]["name"] == "Anna de Vries"


def test_the_start_link_of_telegram_is_there_once_a_bot_is_known(caller: Caller, database: Database) -> None:
    assert (caller.create().json or {})["telegram_url"] is None
    database.run(remember_names, {"telegram": "fietshuis_bot"})
    made = caller.create(reference="1043").json or {}
    assert made["telegram_url"].startswith("https://t.me/fietshuis_bot?start=")
    assert "telegram_url" not in (caller.get(f"/{made['id']}").json or {})


def test_without_a_good_key_nothing_is_told(site: Flask, caller: Caller, staff: Staff) -> None:
    made = caller.create().json or {}
    for shown in (
        "",
        "Bearer",
        "Bearer sk_wrong",
        f"Basic {staff.api_key}",
        staff.api_key,
        "Bearer sk_\u00e9",
    ):
        client = site.test_client()
        for method, path in (("GET", PATH), ("GET", f"{PATH}/{made['id']}"), ("POST", PATH)):
            headers = {"Authorization": shown} if shown else {}
            answer = client.open(path, method=method, headers=headers, base_url=PUBLIC)
            assert (answer.status_code, answer.mimetype) == (401, "application/problem+json"), shown
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
            assert made["id"] not in answer.text


def test_a_cookie_of_somebody_who_is_logged_in_opens_no_api(site: Flask, staff: Staff) -> None:
    from tests.web.front import Visitor

    owner = Visitor(site)
    owner.login(staff.owner)
    assert owner.get(PATH).status_code == 401


def test_a_revoked_key_is_refused_at_once(caller: Caller, database: Database) -> None:
    assert caller.get().status_code == 200

    def revoke(tx: Tx) -> None:
        revoke_api_key(tx, tx.session.query(ApiKey).one())

    database.run(revoke)
    assert caller.get().status_code == 401


def test_who_calls_too_often_is_told_when_to_come_back(
    caller: Caller, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    from web.accounts import throttle

    limit = throttle.Limit("api", 3, timedelta(minutes=1))
    monkeypatch.setattr(throttle, "API", limit)
    assert [caller.get().status_code for _ in range(4)] == [200, 200, 200, 429]
    clock.advance(timedelta(seconds=20))
    answer = caller.get()
    assert (answer.status_code, answer.headers["Retry-After"]) == (429, "40")
    clock.advance(timedelta(seconds=40))
    assert caller.get().status_code == 200


def test_a_day_is_a_day_and_not_a_moment(caller: Caller) -> None:
    assert date.fromisoformat((caller.create(due_date="2027-01-31").json or {})["due_date"]) == date(
        2027, 1, 31
    )
