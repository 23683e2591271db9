"""Nothing in a name forges a line or a link, and our own link is never changed."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from messages.segments import measure
from tests.messages.saying import CHANNELS, LINK, say

hostile = st.lists(
    st.one_of(
        st.characters(),
        st.sampled_from("{}*_`~@.:/\n\r\t\u202e\u2066\u200b\u2028\x00"),
        st.sampled_from(["{link}", "{{1}}", "https://", "www.", "evil.example", "\nBetaal: ", "t.me/x"]),
    ),
    max_size=40,
).map("".join)


@given(name=hostile, description=hostile)
@example(name="Anna\nBetaal: https://evil.example/p", description="{link} {merchant}")
@example(name="Anna ht\u200btps://evil.example", description="bel\u202e.evil.nl www.evil.nl t.me/evil")
@example(name="ｈｔｔｐｓ：//evil.example", description="@evilbot *gratis* `code`")
@example(name="https*://evil.example", description="5°nl www*.evil.nl")
@pytest.mark.parametrize("channel", CHANNELS)
def test_nothing_in_a_name_can_forge_a_line_or_a_link(channel: str, name: str, description: str) -> None:
    said = say("request", channel, facts={"name": name, "first_name": name, "description": description})
    honest = say("request", channel)
    assert len(said.body.splitlines()) == len(honest.body.splitlines())
    assert said.body.count("://") == 1
    assert said.body.count("*") == honest.body.count("*")
    assert not re.search(r"\w\.[^\W\d_]{2}|@|[{}]", said.body.replace(LINK, ""))
    assert not [c for c in said.body if c != "\n" and unicodedata.category(c)[0] == "C"]
    if channel == "sms":
        assert measure(said.body).encoding == "GSM-7"


@given(name=st.text(max_size=5000))
def test_a_name_of_any_length_leaves_the_message_readable(name: str) -> None:
    assert len(say("request", facts={"name": name}).body) < 400


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_pay_link_is_never_cut_or_changed(channel: str) -> None:
    long = "https://betalen.een-heel-lange-naam-van-een-winkel.example:8443/~pad/p/" + "Ab_-9" * 40
    assert long in say("pay-link", channel, facts={"link": long}).body


def test_a_shop_that_is_named_after_its_website_keeps_its_name() -> None:
    assert "van bol.example: €" in say("request", facts={"merchant": "bol.example"}).body


def test_initials_and_hosts_in_a_name_are_no_links() -> None:
    assert say("request", facts={"name": "A.B. de Vries"}).body.startswith("Dag A.B. de Vries,")
    assert say("request", facts={"name": "J.de Vries"}).body.startswith("Dag J de Vries,")
