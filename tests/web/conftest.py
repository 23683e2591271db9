"""Tests of the doors for people may use a site over HTTP, or drive a real browser."""

from tests.browser import chromium, visit
from tests.web.front import agent, owner, site, staff, visitor, world

__all__ = ["agent", "chromium", "owner", "site", "staff", "visit", "visitor", "world"]
