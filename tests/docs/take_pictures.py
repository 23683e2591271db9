"""Takes the pictures of the README anew: walks through the demo in Chromium and keeps what it sees.

    .venv/bin/python tests/docs/take_pictures.py

What is in them is what the product did; only tokens, and with them the QR codes, differ each time.
"""

from __future__ import annotations

import io
import sys
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT: Final = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.browser import ARGS, CHROMIUM  # noqa: E402 - only found once the path is set
from tests.demo import running_demo  # noqa: E402 - idem

PICTURES: Final = ROOT / "docs" / "pictures"
_ANSWER: Final = "kan ik vrijdag betalen?"
_SHARPER: Final = 2  # device pixels per CSS pixel, before the picture is made smaller


def window(browser: Browser, width: int, height: int) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=_SHARPER,
        color_scheme="light",
        reduced_motion="reduce",
        locale="nl-NL",
    )
    context.set_default_timeout(30_000)
    return context.new_page()


def keep(page: Page, name: str, width: int) -> None:
    """Keep what the window shows as docs/pictures/<name>.png, `width` pixels wide, in few colours."""
    seen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    small = seen.resize((width, round(seen.height * width / seen.width)), Image.Resampling.LANCZOS)
    path = PICTURES / f"{name}.png"
    small.quantize(128, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(path, optimize=True)
    print(f"{path.relative_to(ROOT)}: {small.width} x {small.height}, {path.stat().st_size // 1024} KB")


def phones(browser: Browser, address: str) -> None:
    """Let one payer ask for Friday and another pay, and look at the three phones."""
    page = window(browser, 1280, 860)
    page.goto(address)
    for channel in ("whatsapp", "sms", "telegram"):
        page.locator(f"#{channel} .message.theirs").first.wait_for()
    link = page.locator('#sms .message.theirs a[href*="/p/"]').first.get_attribute("href")
    assert link is not None
    pay(browser, link)
    page.locator('#whatsapp input[name="text"]').fill(_ANSWER)
    page.locator("#whatsapp button.send").click()
    page.locator("#whatsapp .message.theirs").nth(1).wait_for()
    page.locator("#sms .message.theirs").nth(1).wait_for()
    page.wait_for_timeout(1_500)  # ticks that turn blue, and the last move of the scroll
    keep(page, "phones", 1600)


def pay(browser: Browser, link: str) -> None:
    """Look at the pay page, pay at the sandbox's bank, and come back to be thanked."""
    page = window(browser, 390, 580)
    page.goto(link)
    button = page.get_by_role("button", name="Betaal")
    button.wait_for()
    keep(page, "pay", 520)
    button.click()
    page.locator('button[name="status"][value="paid"]').click()
    page.get_by_role("heading", name="Gelukt!", exact=True).wait_for()
    keep(page, "thanks", 520)


def main() -> None:
    with running_demo() as demo, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(ARGS))
        phones(browser, demo.printed["phones"])
        browser.close()


if __name__ == "__main__":
    main()
