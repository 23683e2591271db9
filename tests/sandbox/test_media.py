"""The shelf of pictures fetches for many phones at once, over connections that it keeps."""

from __future__ import annotations

import io
import logging
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask, Response
from PIL import Image

from core.ids import SeededIds
from sandbox.media import MOST_CONNECTIONS, MediaShelf
from tests.browser import serving

_READERS = 3 * MOST_CONNECTIONS


def picture_shop(together: threading.Barrier) -> Flask:
    """A shop that answers only when as many ask at once as there may be connections."""
    drawn = io.BytesIO()
    Image.new("L", (8, 8)).save(drawn, "PNG")
    app = Flask("pictures")

    @app.get("/picture.png")
    def picture() -> Response:
        together.wait(5)
        return Response(drawn.getvalue(), content_type="image/png")

    return app


def test_pictures_are_fetched_side_by_side_without_a_connection_thrown_away(
    caplog: pytest.LogCaptureFixture,
) -> None:
    shelf, together = MediaShelf(SeededIds(1)), threading.Barrier(MOST_CONNECTIONS)
    with (
        serving(lambda _: picture_shop(together)) as address,
        caplog.at_level(logging.WARNING, "urllib3.connectionpool"),
        ThreadPoolExecutor(_READERS) as readers,
    ):
        fetched = list(readers.map(shelf.fetch, [f"{address}/picture.png"] * _READERS))
    shelf.close()
    assert len({media.id for media in fetched}) == _READERS
    assert caplog.messages == []
