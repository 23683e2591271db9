"""Who knocks at the doors for machines is known for sure; what they bring is kept first, and once."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import Any

import pytest
import requests
from flask import Flask
from twilio.request_validator import RequestValidator

from core.db import Tx
from core.errors import Unavailable
from tests.bot.stories.watching import checkouts, goes_wrong, incoming
from tests.house import ANNA, House
from webhooks.doors import doors

MESSAGE, STATUS = "/webhooks/twilio/message", "/webhooks/twilio/status/out_1.1"


def form(house: House, **fields: str) -> dict[str, str]:
    """An SMS as Twilio brings it."""
    account = house.world.settings.twilio_account_sid
    our_number = house.world.settings.twilio_sms_from
    return {
        "AccountSid": account,
        "From": ANNA,
        "To": our_number,
        "MessageSid": "SM1",
        "Body": "stop",
    } | fields


def signed(house: House, path: str, fields: dict[str, str], token: str = "") -> requests.Request:
    url = house.world.settings.public_url + path
    validator = RequestValidator(token or house.world.settings.twilio_auth_token)
    return requests.Request(
        "POST", url, data=fields, headers={"X-Twilio-Signature": validator.compute_signature(url, fields)}
    )


def knock(request: requests.Request) -> int:
    with requests.Session() as session:
        return session.send(request.prepare(), timeout=5).status_code


def telegram(house: House, body: Any, secret: str | None = None) -> int:
    given = house.world.settings.telegram_webhook_secret if secret is None else secret
    headers = {"X-Telegram-Bot-Api-Secret-Token": given} if given else {}
    url = f"{house.world.settings.public_url}/webhooks/telegram"
    kind = {"data": body} if isinstance(body, bytes) else {"json": body}
    return requests.post(url, headers=headers, timeout=5, **kind).status_code


def mollie(house: House, path: str = "", **fields: str) -> requests.Response:
    url = f"{house.world.settings.public_url}/webhooks/mollie{path}"
    return requests.post(url, data=fields, timeout=5)


@pytest.mark.parametrize("path", [MESSAGE, STATUS])
def test_a_knock_with_any_byte_changed_is_refused_and_leaves_nothing(small_house: House, path: str) -> None:
    """Trap 10: a forged STOP or status must not get in."""
    house = small_house
    fields = form(house, MessageStatus="delivered") if path == STATUS else form(house)
    good = signed(house, path, fields).prepare()
    assert isinstance(good.body, str)
    client = _client(house)
    signature = good.headers["X-Twilio-Signature"]
    forgeries = [(_changed(good.body, at), signature) for at in range(len(good.body))]
    forgeries += [(good.body, _changed(signature, at)) for at in range(len(signature) - 1)]
    forgeries += [(good.body, ""), (f"{good.body}&Body=start", signature), ("", signature)]
    for body, proof in forgeries:
        headers = {"X-Twilio-Signature": proof, "Content-Type": "application/x-www-form-urlencoded"}
        assert client.post(path, data=body, headers=headers).status_code == 403, body
    assert incoming(house) == []
    assert knock(signed(house, path, fields)) == 200
    assert len(incoming(house)) == 1


def _client(house: House) -> Any:
    """The doors without a network between, for hundreds of knocks."""
    flask = Flask("doors")
    flask.register_blueprint(doors(house.world))
    return flask.test_client()


def _changed(text: str, at: int) -> str:
    return text[:at] + chr(ord(text[at]) ^ 1) + text[at + 1 :]


def test_who_signs_with_another_token_or_for_another_account_is_refused(small_house: House) -> None:
    """Traps 10 and 23: the signature covers our own public address, whatever Host header or proxy says."""
    house = small_house
    assert knock(signed(house, MESSAGE, form(house), token="guessed")) == 403
    assert knock(signed(house, MESSAGE, form(house, AccountSid="AC666"))) == 403
    elsewhere = signed(house, MESSAGE, form(house))
    elsewhere.headers = dict(elsewhere.headers) | {"Host": "evil.example", "X-Forwarded-Proto": "https"}
    assert knock(elsewhere) == 200  # signed for us, however it came
    assert len(incoming(house)) == 1


def test_telegram_without_our_secret_is_refused(small_house: House) -> None:
    """Trap 10."""
    update = {"update_id": 1, "message": {"chat": {"id": 1, "type": "private"}, "date": 1, "text": "stop"}}
    for secret in ("", "telegram-secre", "telegram-secreT", "telegram-secret "):
        assert telegram(small_house, update, secret) == 403 or secret.strip() == "telegram-secret"
    for body in (b"{", b"[]", b'{"update_id": "1"}', b"[" * 50_000, b"\xff"):
        assert telegram(small_house, body) == 403
    assert [row for row in incoming(small_house) if row.event_id != "1"] == []


def test_mollie_gets_one_answer_for_every_id(house: House) -> None:
    """Trap 2: an unknown, forged, foreign or broken id changes nothing, and tells nothing."""
    request = house.ask()
    house.settle()
    payment = house.tap(request)
    checkout = checkouts(house, request)[0]
    known = mollie(house, f"/{checkout.id}", id=payment)
    ids = [
        "tr_forged1234",
        "",
        "tr_" + "x" * 500,
        "tr_'; DROP TABLE checkout",
        "tr_\x00",
        "tr_\u202e",
        "ord_1",
    ]
    for forged in ids:
        for path in ("", f"/{checkout.id}", "/nonsense", "/%00"):
            answer = mollie(house, path, id=forged)
            assert (answer.status_code, answer.content) == (200, known.content), (forged, path)
    assert mollie(house).status_code == 200
    house.settle()
    assert house.ledger(request) == []
    assert checkouts(house, request)[0].psp_id == payment
    house.at_the_bank(payment)
    assert house.ledger(request) == [("payment", 4250)]


def test_a_forged_id_cannot_keep_the_true_payment_from_being_found(house: House) -> None:
    """Trap 2: another's payment, brought to the door of a checkout whose opening was lost."""
    other = house.ask()
    request = house.ask()
    house.settle()
    theirs = house.tap(other)
    goes_wrong(house, "mollie", "reset_after", "create-payment")
    with pytest.raises(Unavailable):
        house.tap(request)
    mollie(house, f"/{checkouts(house, request)[0].id}", id="tr_forged1234")
    house.settle()
    [mine] = [p.id for p in house.sandbox.world.mollie.everything() if p.id != theirs]
    house.at_the_bank(mine)
    house.move(timedelta(minutes=1))
    assert house.ledger(request) == [("payment", 4250)]
    assert house.ledger(other) == []


@pytest.mark.parametrize("path", ["/webhooks/mollie", MESSAGE, STATUS, "/webhooks/telegram"])
def test_more_than_64_kilobytes_is_refused_unread(small_house: House, path: str) -> None:
    url = small_house.world.settings.public_url + path
    body = b"Body=" + b"x" * (64 * 1024)
    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert requests.post(url, data=body, headers=kind, timeout=5).status_code == 413
    assert incoming(small_house) == []


def test_what_cannot_be_stored_is_not_acknowledged(small_house: House) -> None:
    """Trap 9: 503, so that whoever repeats does repeat; nothing is promised that is not kept."""
    house = small_house

    def refuse(*_: object, **__: object) -> None:
        raise Unavailable("the database does not answer")

    run, house.world.db.run = house.world.db.run, refuse  # type: ignore[method-assign, assignment]  # it is down
    try:
        assert knock(signed(house, MESSAGE, form(house))) == 503
        assert telegram(house, {"update_id": 5}) == 503
        assert mollie(house, id="tr_known12345").status_code == 503
    finally:
        house.world.db.run = run  # type: ignore[method-assign]  # it is back
    assert knock(signed(house, MESSAGE, form(house))) == 200
    assert len(incoming(house)) == 1


def test_the_same_message_brought_by_many_at_once_is_kept_once(house: House) -> None:
    """Trap 13: one insert decides, not a look followed by an insert."""
    answers: list[int] = []

    def bring() -> None:
        answers.append(knock(signed(house, MESSAGE, form(house))))
        answers.append(telegram(house, {"update_id": 7}))

    threads = [threading.Thread(target=bring) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 16
    assert sorted(row.door for row in incoming(house)) == ["telegram", "twilio"]


def test_a_hint_that_was_stored_survives_the_worker(house: House) -> None:
    """Trap 9: the webhook commits before it answers; a worker that starts later finds it."""
    request = house.ask()
    house.settle()
    payment = house.tap(request)
    house.sandbox.world.mollie.pay(payment)
    house.sandbox.world.postman.wait_until_idle()

    def due(tx: Tx) -> bool:
        return checkouts(house, request)[0].next_check_at == tx.now

    assert house.world.db.read(due)
    house.settle()
    assert house.ledger(request) == [("payment", 4250)]
