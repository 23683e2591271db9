"""Who is at the door: a person, a machine that only previews a link, or a form on another site."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from flask import Request

# Names by which programs that fetch links for a preview or an index make themselves known, in lower
# case. From their makers' pages: Meta "Web crawlers", X "Cards", Slack "Robots", Telegram, Discord,
# LinkedIn, Microsoft "Crawlers, user agents" (Skype and Teams share a name), Apple "Applebot", Google
# "Crawlers"; plus the usual names of libraries that fetch without a person. Read 2026-11-21.
PREVIEWERS: Final = (
    "whatsapp/",
    "facebookexternalhit",
    "facebookcatalog",
    "meta-external",
    "telegrambot",
    "twitterbot",
    "slackbot",
    "slack-imgproxy",
    "discordbot",
    "linkedinbot",
    "skypeuripreview",
    "microsoftpreview",
    "bingpreview",
    "bingbot",
    "googlebot",
    "google-pagerenderer",
    "googleother",
    "google-inspectiontool",
    "applebot",
    "signal-desktop-preview",
    "pinterestbot",
    "yandexbot",
    "mastodon/",
    "iframely",
    "embedly",
    "crawler",
    "spider",
    "curl/",
    "wget/",
    "python-requests",
    "python-urllib",
    "go-http-client",
    "okhttp/",
    "libwww-perl",
)
# Headers with which a browser says that nobody is looking yet.
_AHEAD: Final = ("Sec-Purpose", "Purpose", "X-Purpose", "X-Moz")


def is_person(request: Request) -> bool:
    """Whether somebody is looking at the page now, as far as the request tells."""
    agent = request.headers.get("User-Agent", "").lower()
    ahead = " ".join(request.headers.get(name, "") for name in _AHEAD).lower()
    if request.method != "GET" or not agent:
        return False
    if "prefetch" in ahead or "preview" in ahead or "prerender" in ahead:
        return False
    return not any(name in agent for name in PREVIEWERS)


def from_another_site(request: Request, public_url: str) -> bool:
    """Whether a POST came from a page that is not ours.

    Sec-Fetch-Site tells, where a browser sends it. Without it only a real foreign Origin counts: our own
    pages send `Origin: null`, because they send no referrer (fetch standard, "Origin header").
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin", "null")
    parts = urlsplit(public_url)
    return origin not in {"null", f"{parts.scheme}://{parts.netloc}"}
