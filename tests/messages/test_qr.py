"""The QR code, read back by another library than the one that draws it."""

from __future__ import annotations

import io

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from messages.qr import LEAST_CONTRAST, QUIET_MODULES, contrast_with_white, dark_enough, png

LINK = "https://betalen.fietshuis.example/p/3q2x7Zk9bV1mT8sYw4Rd6LpN"
SHORT = "https://b.example/p/3q2x7Zk9bV1mT8sYw4Rd6LpN"
LONG = "https://betaalverzoeken.een-lange-winkelnaam.example/p/" + "aZ9_-" * 9
COLORS = ["#0b6e4f", "#000000", "#ffffff", "#ffff00", "#ffd700", "#00ffff", "#ff69b4", "#e30613", "#7fff00"]
WHITE = (255, 255, 255)


def picture(url: str = LINK, color: str = "#0b6e4f", least_pixels: int = 480) -> Image.Image:
    return Image.open(io.BytesIO(png(url, color, least_pixels))).convert("RGB")


def read(image: Image.Image) -> list[str]:
    return [found.text for found in zxingcpp.read_barcodes(image)]


def squeezed(image: Image.Image, quality: int) -> Image.Image:
    """As chat apps do it: JPEG, and back."""
    target = io.BytesIO()
    image.save(target, "JPEG", quality=quality)
    return Image.open(io.BytesIO(target.getvalue())).convert("RGB")


@pytest.mark.parametrize("pixels", [120, 180, 240, 320, 480, 640])
@pytest.mark.parametrize("url", [SHORT, LINK, LONG], ids=["short", "usual", "long"])
def test_a_code_is_read_at_the_sizes_that_phones_show(url: str, pixels: int) -> None:
    assert read(picture(url).resize((pixels, pixels), Image.Resampling.LANCZOS)) == [url]


@pytest.mark.parametrize("color", COLORS)
@pytest.mark.parametrize("pixels", [180, 320])
def test_a_code_is_read_in_any_colour_of_a_shop_also_after_a_chat_app_squeezed_it(
    color: str, pixels: int
) -> None:
    shown = squeezed(picture(color=color), 60).resize((pixels, pixels), Image.Resampling.BICUBIC)
    assert read(squeezed(shown, 50)) == [LINK]


def test_a_code_is_read_on_a_dark_background() -> None:
    """The quiet zone is part of the picture, so a dark chat does not touch the code."""
    code = picture()
    screen = Image.new("RGB", (code.width + 200, code.height + 200), (11, 20, 26))
    screen.paste(code, (100, 100))
    assert read(screen) == [LINK]


def test_a_stained_code_is_still_read() -> None:
    code = picture()
    spot = code.width // 12
    code.paste(
        WHITE,
        (code.width // 2 - spot // 2, code.height // 2, code.width // 2 + spot, code.height // 2 + spot),
    )
    assert read(code) == [LINK]


def test_four_white_modules_surround_the_code() -> None:
    code = picture()
    left, top, right, bottom = Image.eval(code.convert("L"), lambda v: 255 - v).getbbox() or (0, 0, 0, 0)
    finder = next(x for x in range(left, code.width) if code.getpixel((x, top)) == WHITE) - left
    quiet = QUIET_MODULES * finder // 7
    assert (left, top, code.width - right, code.height - bottom) == (quiet,) * 4


@pytest.mark.parametrize("least", [1, 300, 480, 1000])
def test_a_code_is_at_least_as_large_as_asked_and_its_modules_are_whole_pixels(least: int) -> None:
    code = picture(least_pixels=least)
    assert code.width == code.height >= least
    assert {pixel for _, pixel in code.getcolors() or []} == {WHITE, dark_enough("#0b6e4f")}


def test_a_code_is_a_small_png() -> None:
    data = png(LINK, "#0b6e4f")
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(data) < 2000


@given(st.binary(min_size=3, max_size=3))
def test_every_colour_becomes_dark_enough_to_scan(color: bytes) -> None:
    assert contrast_with_white(dark_enough(f"#{color.hex()}")) >= LEAST_CONTRAST


def test_a_dark_colour_stays_the_shops_own() -> None:
    assert dark_enough("#123456") == (0x12, 0x34, 0x56)
    assert contrast_with_white(WHITE) == pytest.approx(1)
    assert contrast_with_white((0, 0, 0)) == pytest.approx(21)


def test_a_light_colour_keeps_its_hue() -> None:
    red, green, blue = dark_enough("#ffd700")
    assert red > green > blue == 0


@pytest.mark.parametrize("color", ["", "green", "#fff", "#12345g", "#1234567", "# 12345", "rgb(0,0,0)"])
def test_what_is_no_colour_is_refused(color: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        png(LINK, color)


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzABCXYZ0123456789_-", min_size=22, max_size=43))
def test_any_token_is_read_back(token: str) -> None:
    url = f"https://betalen.example/p/{token}"
    assert read(picture(url)) == [url]
