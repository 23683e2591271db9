"""What the product can rely on: the stand-ins answer in the shape of the providers' own specifications."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import requests

from sandbox.people import Person
from sandbox.server import Running
from tests.sandbox.conforming import Schemas, TelegramTypes
from tests.sandbox.conftest import ANNA
from tests.sandbox.ears import Ear
from tests.sandbox.mollie.test_payments import order

# In Mollie's examples and documentation, but not in its schemas.
ALSO_REAL = {"settlementAmount", "_embedded"}

Call = Callable[..., Any]


@pytest.fixture
def mollie_call(sandbox: Running) -> Call:
    """Call Mollie plainly and return the JSON, whatever the status."""

    def call(method: str, path: str, body: object = None) -> Any:
        headers = {"Authorization": f"Bearer {sandbox.world.settings.mollie_key}"}
        url = f"{sandbox.url}/v2/{path}"
        answer = requests.request(method, url, json=body, headers=headers, timeout=5)
        assert answer.headers["Content-Type"] == "application/hal+json"
        return answer.json()

    return call


@pytest.fixture
def twilio_call(sandbox: Running) -> Call:
    settings = sandbox.world.settings

    def call(method: str, path: str, **body: Any) -> Any:
        auth = (settings.twilio_sid, settings.twilio_token)
        answer = requests.request(method, f"{sandbox.url}/{path}", auth=auth, timeout=5, **body)
        return answer.json()

    return call


@pytest.fixture
def telegram_call(sandbox: Running) -> Call:
    def call(method: str, **body: Any) -> Any:
        url = f"{sandbox.url}/bot{sandbox.world.settings.telegram_token}/{method}"
        answer = requests.post(url, json=body, timeout=5).json()
        assert answer["ok"] is True, answer
        return answer["result"]

    return call


def test_mollies_payments_in_every_state(mollie_call: Call, sandbox: Running) -> None:
    schemas, books = Schemas("mollie.json"), sandbox.world.mollie
    made = [mollie_call("POST", "payments", order(method=m)) for m in ("ideal", None, ["ideal"], "ideal")]
    books.pay(made[0]["id"])
    books.fail(made[1]["id"])
    books.cancel(made[2]["id"])
    mollie_call("POST", f"payments/{made[0]['id']}/refunds", {"amount": {"value": "1.00", "currency": "EUR"}})
    books.charge_back(made[0]["id"])
    now = [mollie_call("GET", f"payments/{one['id']}?embed=refunds,chargebacks") for one in made]
    for payment in (*made, *now):
        assert schemas.complaints(payment, "payment-response") == []
        assert payment.keys() - schemas.properties("payment-response") - ALSO_REAL == set()
    for payment in mollie_call("GET", "payments")["_embedded"]["payments"]:
        assert schemas.complaints(payment, "list-payment-response") == []


def test_mollies_refunds_chargebacks_methods_and_lists(mollie_call: Call, sandbox: Running) -> None:
    schemas, payment = Schemas("mollie.json"), mollie_call("POST", "payments", order())
    own = f"payments/{payment['id']}"
    sandbox.world.mollie.pay(payment["id"])
    refund = mollie_call("POST", f"{own}/refunds", {"amount": {"value": "1.00", "currency": "EUR"}})
    back = sandbox.world.mollie.charge_back(payment["id"])
    assert schemas.complaints(refund, "entity-refund-response") == []
    for path, name, schema in (
        ("refunds", "refunds", "list-entity-refund"),
        (f"{own}/refunds", "refunds", "list-entity-refund"),
        ("chargebacks", "chargebacks", "list-entity-chargeback"),
        (f"{own}/chargebacks", "chargebacks", "list-entity-chargeback"),
        ("methods", "methods", "entity-method"),
    ):
        page = mollie_call("GET", path)
        assert page["count"] == len(page["_embedded"][name]) == 1
        assert schemas.complaints(page["_links"], "list-links") == []
        assert schemas.complaints(page["_embedded"][name][0], schema) == []
    one = mollie_call("GET", f"{own}/chargebacks/{back.id}")
    assert schemas.complaints(one, "entity-chargeback") == []
    assert schemas.complaints(mollie_call("GET", "methods/ideal"), "entity-method") == []


def test_mollies_errors(mollie_call: Call, sandbox: Running) -> None:
    schemas = Schemas("mollie.json")
    plans = [{"api": "mollie", "kind": kind} for kind in ("error_429", "error_500")]
    requests.post(f"{sandbox.url}/faults", json=plans, timeout=5)
    answers = [
        mollie_call("GET", "payments"),
        mollie_call("GET", "payments"),
        mollie_call("GET", "payments/tr_nergens123"),
        mollie_call("GET", "payments?from=tr_nergens123"),
        mollie_call("GET", "customers"),
        mollie_call("POST", "payments", {}),
    ]
    assert [answer["status"] for answer in answers] == [429, 500, 404, 400, 404, 422]
    for answer in answers:
        assert schemas.complaints(answer, "error-response") == []


def test_twilios_messages(twilio_call: Call, sandbox: Running) -> None:
    schemas = Schemas("twilio.json")
    root = f"2010-04-01/Accounts/{sandbox.world.settings.twilio_sid}"
    sms = {"To": ANNA, "From": "+3197010200300", "Body": "Hoi"}
    queued = twilio_call("POST", f"{root}/Messages.json", data=sms)
    app = {"To": f"whatsapp:{ANNA}", "From": "whatsapp:+3197010200300", "Body": "Hoi"}
    twilio_call("POST", f"{root}/Messages.json", data=app)
    sandbox.world.twilio.say("sms", ANNA, "hallo")
    sandbox.world.postman.wait_until_idle()
    page = twilio_call("GET", f"{root}/Messages.json")
    assert {m["status"] for m in page["messages"]} == {"received", "undelivered", "delivered"}
    for message in (queued, *page["messages"]):
        assert schemas.complaints(message, "api.v2010.account.message") == []
        assert message.keys() == schemas.properties("api.v2010.account.message")
    fields = {"end", "first_page_uri", "next_page_uri", "page", "page_size", "previous_page_uri"}
    assert page.keys() == fields | {"start", "uri", "messages"}


def test_twilios_templates(twilio_call: Call) -> None:
    schemas = Schemas("twilio.json")
    body = {"language": "nl", "types": {"twilio/text": {"body": "Hoi"}}}
    content = twilio_call("POST", "v1/Content", json=body)
    own = f"v1/Content/{content['sid']}/ApprovalRequests"
    submitted = twilio_call("POST", f"{own}/whatsapp", json={"name": "x", "category": "UTILITY"})
    fetched = twilio_call("GET", own)
    for answer, schema in (
        (content, "content.v1.content"),
        (twilio_call("GET", f"v1/Content/{content['sid']}"), "content.v1.content"),
        (submitted, "content.v1.content.approval_create"),
        (fetched, "content.v1.content.approval_fetch"),
    ):
        assert schemas.complaints(answer, schema) == []
        assert answer.keys() == schemas.properties(schema)


def test_twilios_errors_have_a_code_a_message_and_a_status(twilio_call: Call, sandbox: Running) -> None:
    root = f"2010-04-01/Accounts/{sandbox.world.settings.twilio_sid}"
    for answer, status in (
        (twilio_call("POST", f"{root}/Messages.json"), 400),
        (twilio_call("GET", f"{root}/Messages/SM0.json"), 404),
        (twilio_call("GET", f"{root}/Calls.json"), 404),
        (twilio_call("GET", "v1/Content/HX0"), 404),
        (twilio_call("GET", f"{root}/Messages.json?DateSent=gisteren"), 400),
    ):
        assert answer.keys() == {"code", "message", "more_info", "status"}
        assert answer["status"] == status
        assert isinstance(answer["code"], int)


def test_telegrams_answers(telegram_call: Call, sandbox: Running, anna: Person, ear: Ear) -> None:
    types = TelegramTypes()
    markup = {"inline_keyboard": [[{"text": "Vrijdag", "callback_data": "friday"}]]}
    text = "Hoi <b>Anna</b>, http://127.0.0.1/p/abc"
    sent = telegram_call("sendMessage", chat_id=77, text=text, parse_mode="HTML", reply_markup=markup)
    reply = telegram_call(
        "sendMessage", chat_id=77, text="?", reply_parameters=json.dumps({"message_id": sent["message_id"]})
    )
    edited = telegram_call("editMessageText", chat_id=77, message_id=reply["message_id"], text="!")
    for message in (sent, reply, edited):
        assert types.complaints(message, "Message") == []
    assert types.complaints(telegram_call("getMe"), "User") == []
    assert types.complaints(telegram_call("getWebhookInfo"), "WebhookInfo") == []


def test_telegrams_photos_and_files(
    telegram_call: Call, sandbox: Running, anna: Person, ear: Ear, qr_png: bytes
) -> None:
    types = TelegramTypes()
    ear.files["qr.png"] = (qr_png, "image/png")
    sent = telegram_call("sendPhoto", chat_id=77, photo=f"{ear.url}/files/qr.png", caption="Scan")
    file = telegram_call("getFile", file_id=sent["photo"][0]["file_id"])
    assert types.complaints(sent, "Message") == []
    assert types.complaints(file, "File") == []


def test_telegrams_updates(telegram_call: Call, sandbox: Running, anna: Person, ear: Ear) -> None:
    markup = {"inline_keyboard": [[{"text": "Vrijdag", "callback_data": "friday"}]]}
    sent = telegram_call("sendMessage", chat_id=77, text="Wanneer?", reply_markup=markup)
    sandbox.world.telegram.say(77, "morgen", reply_to=sent["message_id"])
    sandbox.world.telegram.press(77, sent["message_id"], "friday")
    sandbox.world.telegram.block(77)
    types = TelegramTypes()
    heard = [one.json for one in ear.wait_for(4)]
    assert {key for update in heard for key in update} == {
        "update_id",
        "message",
        "callback_query",
        "my_chat_member",
    }
    for update in heard:
        assert types.complaints(update, "Update") == []


def test_the_check_itself_finds_what_is_wrong(mollie_call: Call) -> None:
    payment = mollie_call("POST", "payments", order())
    broken = {**payment, "id": 5, "status": "betaald", "amount": {"value": "1.00"}}
    del broken["createdAt"]
    found = " ".join(Schemas("mollie.json").complaints(broken, "payment-response"))
    for words in ("createdAt is missing", "5 is not", "'betaald'", "currency is missing"):
        assert words in found
    assert TelegramTypes().complaints({"id": "77", "is_bot": False, "naam": "x"}, "User")
