"""Tests of the doors for people may use a site over HTTP, or drive a real browser."""

from tests.browser import chromium, visit
from tests.web.front import site, staff, visitor, world

__all__ = ["chromium", "site", "staff", "visit", "visitor", "world"]
