"""A caller with a key."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web.api.caller import Caller
from tests.web.front import Staff


@pytest.fixture
def caller(site: Flask, staff: Staff) -> Caller:
    return Caller(site, staff.api_key)
