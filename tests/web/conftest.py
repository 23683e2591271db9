"""Tests of the doors for people may drive a real browser."""

from tests.browser import chromium, visit

__all__ = ["chromium", "visit"]
