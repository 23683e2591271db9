"""Somebody on the phones page whose browser knows links and forms only."""

from __future__ import annotations

from dataclasses import dataclass, field

import requests

from tests.sandbox.phones.paper import Element, read


@dataclass
class Visitor:
    """Goes, taps and writes; `page` and `status` are what came back last."""

    session: requests.Session
    base: str
    status: int = 0
    page: Element = field(default_factory=lambda: Element("root", {}))

    def go(self, url: str = "/phones") -> Element:
        return self._see(self.session.get(self.base + url, timeout=5))

    def phone(self, channel: str) -> Element:
        return self.page.one(f"#{channel}")

    def tap(self, channel: str, label: str) -> None:
        """Tap a button: its own form, where it says."""
        (button,) = [b for b in self.phone(channel).all("button") if b.text.strip() == label]
        form = self.page.one(f"#{button.attributes['form']}")
        self.send(form, button.attributes["formaction"])

    def write(self, channel: str, text: str) -> None:
        form = self.phone(channel).one(".composer")
        self.send(form, form.attributes["action"], text=text)

    def send(self, form: Element, url: str, **typed: str) -> None:
        inputs = [i.attributes for i in form.all("input") if i.attributes.get("type") == "hidden"]
        fields = {i["name"]: i["value"] for i in inputs} | typed
        self._see(self.session.post(self.base + url, data=fields, timeout=5))

    def _see(self, answer: requests.Response) -> Element:
        self.status = answer.status_code
        self.page = read(answer.text)
        return self.page

    def has_field(self, channel: str) -> bool:
        """Whether there is something to type in on this phone."""
        return any(i.attributes.get("type") == "text" for i in self.phone(channel).all("input"))


def said(phone: Element) -> list[str]:
    return [text.text for text in phone.all(".text")]
