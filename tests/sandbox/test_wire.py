"""What a client can rely on from the sandbox's own server: connections that stay open, and many at once."""

from __future__ import annotations

import http.client
import logging
import socket
import threading
from contextlib import suppress

import pytest
import requests

from sandbox.server import Running
from sandbox.wire import Switchboard, Wire


def test_a_connection_stays_open_for_the_next_call(sandbox: Running) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.port, timeout=5)
    sockets = []
    for _ in range(3):
        connection.request("GET", "/clock")
        assert connection.getresponse().read()
        sockets.append(connection.sock)
    connection.close()
    assert sockets[0] is not None
    assert len(set(map(id, sockets))) == 1


def test_a_body_in_chunks_is_read_too(sandbox: Running) -> None:
    def chunks() -> list[bytes]:
        return [b'[{"api": "mollie", ', b'"kind": "hang"}]']

    headers = {"Content-Type": "application/json"}
    answer = requests.post(f"{sandbox.url}/faults", data=iter(chunks()), headers=headers, timeout=5)
    assert answer.status_code == 201


def test_a_body_that_is_far_too_large_is_refused_unread(sandbox: Running) -> None:
    with socket.create_connection(("127.0.0.1", sandbox.port), timeout=5) as line:
        line.sendall(b"POST /faults HTTP/1.1\r\nHost: x\r\nContent-Length: 999999999\r\n\r\n")
        assert b" 413 " in line.recv(1000).split(b"\r\n")[0]


def test_a_hundred_connections_at_once_are_all_taken(sandbox: Running) -> None:
    lines = [socket.create_connection(("127.0.0.1", sandbox.port), timeout=5) for _ in range(100)]
    for line in lines:
        line.sendall(b"GET /clock HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    answers = [line.recv(20) for line in lines]
    for line in lines:
        line.close()
    assert {answer.split()[1] for answer in answers} == {b"200"}


def test_the_sandbox_stops_while_a_call_hangs(sandbox: Running) -> None:
    requests.post(f"{sandbox.url}/faults", json=[{"api": "mollie", "kind": "hang"}], timeout=5)
    line = socket.create_connection(("127.0.0.1", sandbox.port), timeout=5)
    key = sandbox.world.settings.mollie_key
    request = f"GET /v2/payments HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\n\r\n"
    line.sendall(request.encode())
    while not sandbox.world.plan.fired:
        sandbox.world.closing.wait(0.01)
    sandbox.stop()
    with suppress(ConnectionResetError):  # which is as good
        assert line.recv(10) == b""
    line.close()


class _Hurried(Wire):
    timeout = 1


def test_a_connection_that_lies_idle_is_closed_without_a_word_of_alarm(
    caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    server = Switchboard("127.0.0.1", 0, lambda _environ, _start: [], handler=_Hurried)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        with socket.create_connection(("127.0.0.1", server.port), timeout=5) as line:
            assert line.recv(10) == b""
    finally:
        server.shutdown()
        server.server_close()
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []
    assert capfd.readouterr().err == ""
