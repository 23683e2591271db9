"""One merchant never sees another's: every id of the one, in every door, with the other's people and key."""

from __future__ import annotations

from flask import Flask
from werkzeug.test import TestResponse

from core.db import Database
from tests.making import Shop
from tests.web.front import Staff, Visitor, open_shop
from web.accounts.access import ACCESS

_SECRETS = ("Geheime Gijs", "Verborgen velg", "GEHEIM-7", "12,34", "12.34", "0687654321", "31687654321")


def test_an_id_of_another_merchant_is_nothing_in_every_door(
    site: Flask, staff: Staff, shop: Shop, database: Database
) -> None:
    other = database.run(open_shop, "Bakkerij Bos")
    theirs = shop(
        merchant_id=other.merchant_id,
        payer_name="Geheime Gijs",
        description="Verborgen velg",
        reference="GEHEIM-7",
        amount="12.34",
        addresses={"sms": "+31687654321"},
        asked_days_ago=1,
    )
    ours = shop(merchant_id=staff.merchant_id, asked_days_ago=1)
    for email, key in ((staff.owner, staff.api_key), (staff.agent, staff.api_key)):
        visitor = Visitor(site, headers={"Authorization": f"Bearer {key}"})
        visitor.login(email)
        tried = 0
        for rule in site.url_map.iter_rules():
            if "<request_id>" not in rule.rule:
                continue
            for wrong in (theirs.request_id, theirs.payer_id, theirs.merchant_id):
                path = rule.rule.replace("<request_id>", wrong)
                answer = visitor.get(path) if "GET" in (rule.methods or ()) else _post(visitor, path)
                forbidden = email == staff.agent and len(ACCESS.get(rule.endpoint, "12")) == 1
                assert answer.status_code == (403 if forbidden else 404), (rule.rule, answer.status_code)
                assert not any(secret in answer.text for secret in _SECRETS)
                tried += 1
        assert tried >= 24
    assert ours.request_id != theirs.request_id


def _post(visitor: Visitor, path: str) -> TestResponse:
    return visitor.post(path, until="2026-12-24", cents="1234")


def test_lists_searches_and_figures_hold_only_ones_own(
    site: Flask, staff: Staff, shop: Shop, database: Database
) -> None:
    other = database.run(open_shop, "Bakkerij Bos")
    shop(
        merchant_id=other.merchant_id,
        payer_name="Geheime Gijs",
        description="Verborgen velg",
        reference="GEHEIM-7",
        amount="12.34",
        addresses={"sms": "+31687654321"},
    )
    visitor = Visitor(site, headers={"Authorization": f"Bearer {staff.api_key}"})
    visitor.login(staff.owner)
    paths = [
        "/desk",
        "/admin",
        "/admin?q=Geheime+Gijs",
        "/admin?q=0687654321",
        "/admin?q=GEHEIM",
        "/admin?show=owing",
    ]
    paths += [
        "/desk/who?q=Geheime+Gijs",
        "/api/v1/payment-requests",
        "/api/v1/payment-requests?reference=GEHEIM-7",
    ]
    for path in paths:
        shown = visitor.get(path).text.replace('value="Geheime Gijs"', "").replace('value="0687654321"', "")
        assert not any(secret in shown for secret in _SECRETS), path


def test_a_push_to_a_number_that_another_merchant_knows_makes_a_payer_of_ones_own(
    site: Flask, staff: Staff, shop: Shop, database: Database
) -> None:
    other = database.run(open_shop, "Bakkerij Bos")
    shop(merchant_id=other.merchant_id, payer_name="Geheime Gijs", addresses={"sms": "+31687654321"})
    agent = Visitor(site)
    agent.login(staff.agent)
    assert "Geheime" not in agent.get("/desk/who?q=0687654321").text
    form = agent.get("/desk").text.split('name="form" value="')[1].split('"')[0]
    made = agent.post(
        "/desk",
        form=form,
        who="0687654321",
        amount="5",
        description="Bel",
        reference="T-1",
        name="",
        payer="",
    )
    assert "Geheime" not in agent.get(made.location).text


def test_another_merchants_payer_cannot_be_named_in_the_api(
    site: Flask, staff: Staff, shop: Shop, database: Database
) -> None:
    other = database.run(open_shop, "Bakkerij Bos")
    theirs = shop(merchant_id=other.merchant_id)
    body = {
        "reference": "1",
        "description": "Bel",
        "amount": {"value": "5.00", "currency": "EUR"},
        "payer": {"id": theirs.payer_id},
    }
    answer = site.test_client().post(
        "/api/v1/payment-requests",
        json=body,
        headers={"Authorization": f"Bearer {staff.api_key}"},
        base_url="http://127.0.0.1",
    )
    assert answer.status_code == 422
    assert (answer.json or {})["errors"][0]["field"] == "payer.id"
