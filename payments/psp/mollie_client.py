"""Mollie's official client: made so that threads can share it, and its errors told by what to do next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from core.errors import Missing, OutcomeUnknown, Refused, SeintjeError, Unavailable
from core.log import logger

if TYPE_CHECKING:  # imported when first used: 22 MB that many a process never needs
    from mollie.api.client import Client
    from mollie.api.error import RequestError, ResponseError

T = TypeVar("T")

_log = logger(__name__)
# As many as the threads of one process that may call at once: eight of the web, four of the worker.
_MOST_CONNECTIONS: Final = 12


def new_client(url: str, key: str, timeout: tuple[float, float]) -> Client:
    """Return a client that threads can share. `timeout` is in seconds: to connect, and for the answer."""
    import requests
    from mollie.api.client import Client
    from requests.adapters import HTTPAdapter

    client = Client(api_endpoint=url, timeout=timeout, retry=0)  # type: ignore[arg-type]  # floats do
    client.set_api_key(key)
    # The client would make its session at its first call, unguarded. Ours does not look at the
    # environment, where a ~/.netrc would replace our key and a proxy would see it.
    client._client = requests.Session()
    client._client.trust_env = False
    # With fewer than there are threads, a connection is thrown away after each call that is one too many.
    client._client.mount(url, HTTPAdapter(pool_maxsize=_MOST_CONNECTIONS))
    return client


def payment_of(client: Client, psp_id: str) -> Any:  # noqa: ANN401 - the client is untyped
    """Return the client's object for a payment, from which its refunds and chargebacks hang."""
    from mollie.api.objects.payment import Payment

    return Payment({"id": psp_id}, client)  # type: ignore[no-untyped-call]  # as above


@dataclass(frozen=True)
class Meaning:
    """What it means when a call goes wrong: without a proper answer (`lost`), because another like it
    is there (`conflict`), because its subject is not (`absent`), or for any other reason (`no`)."""

    lost: type[SeintjeError]
    conflict: type[SeintjeError]
    absent: type[SeintjeError]
    no: type[SeintjeError]


# A question can always be asked again. The same order may be under way in another thread, so it is asked
# for again with its key. A refund like ours may be ours, or a twin; only the list of refunds tells.
ASKING: Final = Meaning(lost=Unavailable, conflict=Unavailable, absent=Missing, no=Unavailable)
OPENING: Final = Meaning(lost=OutcomeUnknown, conflict=Unavailable, absent=Refused, no=Refused)
REFUNDING: Final = Meaning(lost=OutcomeUnknown, conflict=OutcomeUnknown, absent=Refused, no=Refused)


def translated(meaning: Meaning, call: Callable[[], T]) -> T:
    """Do `call`, which may also read the answer; the client's errors come out as core.errors."""
    from mollie.api import error as mollie

    try:
        return call()
    except mollie.ResponseError as error:
        raise _refusal(meaning, error) from error
    except mollie.RequestError as error:
        raise (Unavailable if _never_sent(error) else meaning.lost)("Mollie does not answer") from error
    except mollie.ResponseHandlingError as error:
        raise meaning.lost("Mollie answers with something else than JSON") from error
    except (KeyError, TypeError, ValueError) as error:
        # The client trips over errors without a `detail`; and an answer may not be what was asked for.
        _log.exception("Mollie's answer is not understood")
        raise meaning.lost("Mollie's answer is not understood") from error


def _refusal(meaning: Meaning, error: ResponseError) -> SeintjeError:
    reason = f"{error.field}: {error}" if error.field else str(error)
    status = error.status or 500
    if status in {401, 403}:
        _log.error("Mollie refuses MOLLIE_API_KEY: nobody can pay until it is right", reason=reason)
    if status in {401, 403, 429}:
        return Unavailable(reason)
    if status == 404:
        return meaning.absent(reason)
    if status == 409:
        return meaning.conflict(reason)
    # A key that was used with other content was used: something came of it before.
    lost = status >= 500 or (status == 400 and "idempoten" in reason.lower())
    return meaning.lost(reason) if lost else meaning.no(reason)


def _never_sent(error: RequestError) -> bool:
    """Whether there was no connection, so that Mollie cannot have heard of the request.

    The client raises one and the same error for this and for a timeout; what it caught tells.
    """
    from requests.exceptions import ConnectTimeout
    from urllib3.exceptions import NewConnectionError

    cause = error.__context__
    if cause is None or isinstance(cause, ConnectTimeout):
        return True
    first = cause.args[0] if cause.args else None
    return isinstance(getattr(first, "reason", first), NewConnectionError)
