"""Whether a port of this machine can be listened at, found out before anything is started."""

from __future__ import annotations

import socket

from core.errors import Refused


def require_free(port: int, remedy: str) -> None:
    """Raise Refused, with the remedy, when somebody else has `port` or we may not have it."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except PermissionError:
            raise Refused(f"port {port} is for the administrator only; {remedy}") from None
        except OSError:
            raise Refused(f"port {port} is in use; {remedy}") from None
