"""An HTTP/1.1 server for the stand-ins, with kept-alive connections and real resets."""

from __future__ import annotations

import socket
import struct
import sys
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any, Final
from wsgiref.types import StartResponse

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from core.log import logger

_log = logger(__name__)

# More than Telegram's largest photo; anything bigger is cut off.
LARGEST_BODY: Final = 20_000_000
# Close with RST instead of FIN: linger on, for zero seconds.
RESET: Final = struct.pack("ii", 1, 0)


class Dropped(BaseException):
    """The connection is to be reset without an answer.

    Not an Exception, so that no error page takes its place.
    """


class Wire(WSGIRequestHandler):
    """Serves one connection. Werkzeug's own handler closes after every answer; this one keeps it open."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    # An idle connection holds a thread; the official clients reopen it without a fuss.
    timeout = 60

    def run_wsgi(self) -> None:
        if self.headers.get("Expect", "").lower().strip() == "100-continue":
            self.wfile.write(b"HTTP/1.1 100 Continue\r\n\r\n")
            self.wfile.flush()
        environ = self.make_environ()
        length = int(self.headers.get("Content-Length") or 0)
        if "wsgi.input_terminated" in environ:
            environ["wsgi.input"] = BytesIO(environ["wsgi.input"].read(LARGEST_BODY))
            self.close_connection = True
        elif length > LARGEST_BODY:
            self.close_connection = True
            self.send_error(413)
            return
        else:
            environ["wsgi.input"] = BytesIO(self.rfile.read(length))
        try:
            self._answer(*self._ask(environ))
        except Dropped:
            self._reset()

    def _ask(self, environ: dict[str, Any]) -> tuple[str, list[tuple[str, str]], bytes]:
        started: list[tuple[str, list[tuple[str, str]]]] = []
        early: list[bytes] = []  # what an app writes the old way, before returning its body

        def start_response(
            status: str, headers: list[tuple[str, str]], _exc_info: object = None, /
        ) -> Callable[[bytes], object]:
            started.append((status, headers))
            return early.append

        start: StartResponse = start_response
        chunks: Iterable[bytes] = self.server.app(environ, start)
        body = b"".join([*early, *chunks])
        close = getattr(chunks, "close", None)
        if close is not None:
            close()
        status, headers = started[-1]
        return status, headers, body

    def _answer(self, status: str, headers: list[tuple[str, str]], body: bytes) -> None:
        code, _, phrase = status.partition(" ")
        self.send_response(int(code), phrase)
        for name, value in headers:
            if name.lower() != "content-length":
                self.send_header(name, value)
        if code != "204":
            self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)
        self.wfile.flush()

    def _reset(self) -> None:
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
        self.connection.close()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """The sandbox keeps quiet; the product logs its own calls."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: ANN401 - as inherited
        """A client that lets its connection lie idle, or breaks it off, is nothing to tell a visitor."""
        _log.debug("connection", kind=type, message=message % args)


class Switchboard(ThreadedWSGIServer):
    """Listens on loopback; a thread for each connection."""

    request_queue_size = 128
    daemon_threads = True
    block_on_close = False

    def __init__(self, *args: Any, **keywords: Any) -> None:  # noqa: ANN401 - passed through
        self._open: set[socket.socket] = set()
        super().__init__(*args, **keywords)

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as inherited
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 - as inherited
        self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - as inherited
        """A browser that leaves in the middle of an answer is nothing to report."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)

    def hang_up(self) -> None:
        """Close every connection that is still open, so that no thread lingers."""
        for request in list(self._open):
            try:
                request.shutdown(socket.SHUT_RDWR)
            except OSError:  # it closed by itself in the meantime
                continue
