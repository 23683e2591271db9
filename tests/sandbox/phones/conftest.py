"""The browser for the tests of the phones page."""

from tests.browser import chromium, visit

__all__ = ["chromium", "visit"]
