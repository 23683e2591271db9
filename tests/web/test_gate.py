"""The gate before every room: who may come where, which forms are believed, what every answer carries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.routing import Rule

from bot.stories.world import World
from tests.making import Shop
from tests.web.front import PASSWORD, PUBLIC, Staff, Visitor
from web.accounts.access import ACCESS, OPEN, OWN_PROOF
from web.accounts.models import Role
from web.site import create_site
from webhooks.doors import doors


def test_every_door_is_open_locked_otherwise_or_in_the_table(world: World) -> None:
    """A new door without an entry is shut for everybody, and this test says so."""
    site = create_site(world)
    site.register_blueprint(doors(world))
    endpoints = {rule.endpoint for rule in site.url_map.iter_rules()}
    behind_the_login = {e for e in endpoints - OPEN if e.partition(".")[0] not in OWN_PROOF}
    assert behind_the_login == set(ACCESS)


def test_a_door_that_is_not_in_the_table_stays_shut(site: Flask, staff: Staff) -> None:
    site.add_url_rule("/admin/new", "admin.new", lambda: "secret")
    owner = Visitor(site)
    owner.login(staff.owner)
    assert owner.get("/admin/new").status_code == 403
    assert Visitor(site).get("/admin/new").status_code == 303


def test_only_the_owner_pauses_withdraws_settles_gives_back_sets_rules_and_reopens() -> None:
    only_owner = {endpoint for endpoint, roles in ACCESS.items() if Role.AGENT not in roles}
    assert only_owner == {
        "admin.pause",
        "admin.withdraw",
        "admin.settle",
        "admin.give_back",
        "admin.change_rules",
        "desk.reopen",
    }
    assert all(Role.OWNER in roles for roles in ACCESS.values())


def _behind_the_login(site: Flask) -> Iterator[tuple[str, str, str]]:
    """Every (endpoint, method, path with an example id) that the table speaks of."""
    for rule in site.url_map.iter_rules():
        if rule.endpoint in ACCESS:
            for method in (rule.methods or set()) & {"GET", "POST"}:
                yield rule.endpoint, method, _filled(rule, "pr_0")


def _filled(rule: Rule, value: str) -> str:
    return rule.rule.replace("<request_id>", value)


@pytest.mark.parametrize("role", list(Role))
def test_each_role_gets_exactly_as_far_as_the_table_says(
    site: Flask, staff: Staff, shop: Shop, role: Role
) -> None:
    owed = shop(merchant_id=staff.merchant_id)
    for endpoint, method, path in _behind_the_login(site):
        visitor = Visitor(site)
        visitor.login(staff.owner if role is Role.OWNER else staff.agent)
        path = path.replace("pr_0", owed.request_id)
        answer = visitor.get(path) if method == "GET" else visitor.post(path)
        assert (answer.status_code == 403) == (role not in ACCESS[endpoint]), (endpoint, answer.status_code)
        assert answer.status_code < 500


def test_nothing_behind_the_login_is_shown_to_a_stranger(site: Flask, staff: Staff, shop: Shop) -> None:
    owed = shop(merchant_id=staff.merchant_id)
    stranger = Visitor(site)
    stranger.get("/login")
    for endpoint, method, path in _behind_the_login(site):
        path = path.replace("pr_0", owed.request_id)
        answer = stranger.get(path) if method == "GET" else stranger.post(path)
        assert answer.status_code in {303, 401}, endpoint
        assert "42,50" not in answer.text


def test_no_form_is_believed_without_its_token_with_anothers_or_from_another_site(
    site: Flask, staff: Staff
) -> None:
    owner, agent = Visitor(site), Visitor(site)
    owner.login(staff.owner)
    agent.login(staff.agent)
    own = owner.csrf
    posts = [path for _, method, path in _behind_the_login(site) if method == "POST"]
    assert len(posts) >= 6
    for path in [*posts, "/login"]:
        for wrong in ("", "0" * 64, agent.csrf, "é", own[:-1]):
            assert owner.post(path, csrf=wrong).status_code == 403, (path, wrong)
        owner.headers = {"Sec-Fetch-Site": "cross-site"}
        assert owner.post(path, csrf=own).status_code == 403, path
        owner.headers = {"Sec-Fetch-Site": "same-site"}
        assert owner.post(path, csrf=own).status_code == 403, path
        owner.headers = {}
    assert owner.get("/desk").status_code == 200  # nobody was logged out by all this


def test_every_answer_forbids_frames_foreign_scripts_and_guessing(site: Flask, staff: Staff) -> None:
    owner = Visitor(site)
    owner.login(staff.owner)
    paths = ["/", "/login", "/desk", "/admin", "/nope", "/healthz", "/metrics", "/api/v1/openapi.json"]
    paths += ["/api/v1/payment-requests", "/static/seintje.css", "/p/unknown", "/logout"]
    for path in paths:
        with owner.get(path) as answer:
            headers = answer.headers
        policy = headers["Content-Security-Policy"]
        for part in ("base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
            assert part in policy, path
        assert "unsafe" not in policy
        assert "default-src 'self'; object-src 'none'" in policy or "default-src 'none'" in policy
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Referrer-Policy"] == "no-referrer"
        assert "max-age=31536000" in headers["Strict-Transport-Security"]
        assert ("max-age=31536000" if "static" in path else "no-store") in headers["Cache-Control"]


def test_no_page_has_a_script_or_a_style_of_its_own(site: Flask, staff: Staff, shop: Shop) -> None:
    """What the policy forbids would not work; so it must not be there."""
    owed = shop(merchant_id=staff.merchant_id)
    owner = Visitor(site)
    pages = [owner.get("/login").text]
    owner.login(staff.owner)
    for path in (
        "/desk",
        "/admin",
        f"/admin/requests/{owed.request_id}",
        f"/desk/requests/{owed.request_id}",
    ):
        pages.append(owner.get(path).text)
    for page in pages:
        assert "<style" not in page
        assert "<script>" not in page
        assert " style=" not in page
        assert " onclick=" not in page


@pytest.mark.parametrize(
    "host", ["evil.example", "betalen.fietshuis.example.evil.example", "evil.example:443", "", "[::bad"]
)
def test_a_request_for_another_host_is_not_served(site: Flask, host: str) -> None:
    answer = site.test_client().get("/login", headers={"Host": host}, base_url=PUBLIC)
    assert answer.status_code == 400
    assert host not in answer.text or not host


def test_what_a_proxy_claims_changes_nothing(site: Flask) -> None:
    claims = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "Forwarded": "host=evil.example",
    }
    answer = site.test_client().get("/desk", headers=claims, base_url=PUBLIC)
    assert answer.location.startswith("/login")
    assert "evil" not in str(answer.headers) + answer.text


def test_probes_are_answered_at_whatever_address_they_use(site: Flask) -> None:
    answer = site.test_client().get("/healthz", headers={"Host": "10.0.0.7:8000"})
    assert answer.status_code == 200


def test_more_than_64_kilobytes_is_refused_and_does_nothing(site: Flask, staff: Staff) -> None:
    visitor = Visitor(site)
    visitor.login(staff.agent)
    answer = visitor.post("/desk", who="0612345678", description="x" * 70_000)
    assert answer.status_code == 413
    assert "te veel tekst" in answer.text


def test_errors_are_short_pages_in_the_visitors_language(site: Flask, staff: Staff) -> None:
    visitor = Visitor(site, headers={"Accept-Language": "en-GB,en;q=0.9,nl;q=0.5"})
    assert "There is nothing here" in visitor.get("/nope").text
    assert visitor.get("/nope").status_code == 404
    visitor.headers = {}
    assert "Hier is niets" in visitor.get("/nope").text
    wrong_way = visitor.get("/logout")
    assert wrong_way.status_code == 405
    assert "POST" in wrong_way.headers["Allow"]


@pytest.mark.parametrize(
    "path", ["/desk/requests/%00", "/admin?q=%00", "/api/v1/payment-requests/%00", "/p/%00"]
)
def test_a_null_character_is_never_looked_up(site: Flask, staff: Staff, path: str) -> None:
    visitor = Visitor(site, headers={"Authorization": f"Bearer {staff.api_key}"})
    visitor.login(staff.owner, PASSWORD)
    assert visitor.get(path).status_code in {400, 404}
