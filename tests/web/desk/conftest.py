"""An agent with the form open."""

from __future__ import annotations

import pytest
from flask import Flask

from tests.web.desk.agent import Agent, agent_of
from tests.web.front import Staff


@pytest.fixture
def agent(site: Flask, staff: Staff) -> Agent:
    return agent_of(site, staff)
