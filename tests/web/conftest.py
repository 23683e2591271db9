"""Tests of the doors for people may use a site over HTTP, or drive a real browser."""

from tests.browser import chromium, visit
from tests.web.front import address, agent, owner, site, staff, visitor, world

__all__ = ["address", "agent", "chromium", "owner", "site", "staff", "visit", "visitor", "world"]
