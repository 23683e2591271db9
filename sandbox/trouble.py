"""Makes calls go wrong as the fault plan says: hang, reset, refuse, before or after acting."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, NoReturn

from flask import Blueprint, Response, g, request

from sandbox.faults import AFTER, BEFORE, Fault
from sandbox.wire import Dropped
from sandbox.world import SandboxWorld

# How long a hang lasts when the plan does not say: longer than any client's patience.
HANG_SECONDS: Final = 60.0
BAD_GATEWAY: Final = (
    "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"
    "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
)
GARBAGE: Final = '{"resource": "pay'

# Writes an API's own refusal for a status (429, 500), with seconds to wait.
Refuse = Callable[[int, int], Response]


class Trouble:
    """The trouble of one API, hung on its blueprint."""

    def __init__(self, world: SandboxWorld, api: str, refuse: Refuse) -> None:
        self._world = world
        self._api = api
        self._refuse = refuse

    def hang_on(self, door: Blueprint) -> Blueprint:
        door.before_request(self._before)
        door.after_request(self._after)
        return door

    def _before(self) -> Response | None:
        fault = self._world.plan.take(self._api, _names(), (*BEFORE, *AFTER))
        g.trouble = fault if fault is not None and fault.kind in AFTER else None
        if fault is None or fault.kind in AFTER:
            return None
        if fault.kind == "slow":
            self._world.closing.wait(fault.seconds)
            return None
        return self._answer(fault)

    def _after(self, response: Response) -> Response:
        fault: Fault | None = g.get("trouble")
        if fault is None:
            return response
        if fault.kind == "garbage":
            response.set_data(GARBAGE)
            return response
        return self._answer(fault)

    def _answer(self, fault: Fault) -> Response:
        match fault.kind:
            case "error_429":
                return self._refuse(429, max(int(fault.seconds), 1))
            case "error_500" | "error_500_after":
                return self._refuse(500, 0)
            case "html_502" | "html_502_after":
                return Response(BAD_GATEWAY, 502, content_type="text/html")
            case "hang" | "hang_after":
                self._world.closing.wait(fault.seconds or HANG_SECONDS)
                return _drop()
            case _:
                return _drop()


def _drop() -> NoReturn:
    raise Dropped


def _names() -> tuple[str, str]:
    """The operation's name and "METHOD /path", either of which a fault may match."""
    operation = (request.view_args or {}).get("method") or (request.endpoint or "").rpartition(".")[2]
    return str(operation), f"{request.method} {request.path}"
