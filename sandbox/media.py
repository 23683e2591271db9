"""Pictures that arrived on a phone: kept, shown, and scanned for a QR code."""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import urllib3
import zxingcpp
from PIL import Image, UnidentifiedImageError

from core.ids import Ids

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})
LARGEST_PICTURE: Final = 5_000_000
MOST_CONNECTIONS: Final = 8


class MediaRefused(Exception):
    """The media cannot be used; the message says why."""


@dataclass(frozen=True)
class Media:
    """One stored file. `width` and `height` are pixels, 0 when it is not a picture."""

    id: str
    content: bytes
    content_type: str
    width: int = 0
    height: int = 0


class MediaShelf:
    """Where the phones keep what was sent to them."""

    def __init__(self, ids: Ids) -> None:
        self._ids = ids
        self._kept: dict[str, Media] = {}
        self._lock = threading.Lock()
        # Pictures are fetched from several threads at once, the postman's and those of the doors. Whoever
        # comes when all connections are in use waits for one: otherwise it is opened and thrown away.
        self._pool = urllib3.PoolManager(
            maxsize=MOST_CONNECTIONS, block=True, timeout=urllib3.Timeout(connect=2, read=10), retries=False
        )

    def keep(self, content: bytes, content_type: str) -> Media:
        width, height = _size(content) if content_type.startswith("image/") else (0, 0)
        media = Media(self._ids.hex(24), content, content_type, width, height)
        with self._lock:
            self._kept[media.id] = media
        return media

    def get(self, media_id: str) -> Media | None:
        with self._lock:
            return self._kept.get(media_id)

    def fetch(self, url: str) -> Media:
        """Fetch a picture the way a provider does, but from this machine only.

        Raises MediaRefused when it is elsewhere, absent, too large, or not a picture.
        """
        if urlsplit(url).hostname not in LOOPBACK:
            raise MediaRefused(f"the sandbox fetches from this machine only, not {url}")
        try:
            answer = self._pool.request("GET", url, redirect=False)
        except urllib3.exceptions.HTTPError as error:
            raise MediaRefused(f"could not fetch {url}") from error
        content_type = answer.headers.get("Content-Type", "").split(";")[0].strip()
        if answer.status != 200:
            raise MediaRefused(f"{url} answered {answer.status}")
        if not content_type.startswith("image/") or len(answer.data) > LARGEST_PICTURE:
            raise MediaRefused(f"{url} is {content_type or 'untyped'}, {len(answer.data)} bytes")
        return self.keep(answer.data, content_type)

    def scan(self, media_id: str) -> str | None:
        """Read the QR code in a picture, as a phone's camera would; None when there is none."""
        media = self.get(media_id)
        if media is None or not media.width:
            return None
        with Image.open(io.BytesIO(media.content)) as picture:
            found = zxingcpp.read_barcodes(picture.convert("L"))
        return str(found[0].text) if found else None

    def close(self) -> None:
        self._pool.clear()


def _size(content: bytes) -> tuple[int, int]:
    try:
        with Image.open(io.BytesIO(content)) as picture:
            return picture.width, picture.height
    except UnidentifiedImageError as error:
        raise MediaRefused("this is not a picture") from error
