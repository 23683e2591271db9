"""The description of the API says what the API does: every answer is held against it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from flask import Flask

from payments.intake import NewPayer, NewRequest
from payments.lifecycle import Status
from tests.web.api.caller import BODY, Caller
from tests.web.front import PUBLIC

_TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}


def _described(site: Flask) -> dict[str, Any]:
    answer = site.test_client().get("/api/v1/openapi.json", base_url=PUBLIC)
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json or {}
    return found


def _wrong(value: Any, schema: dict[str, Any], whole: dict[str, Any], where: str = "$") -> Iterator[str]:
    """Say where `value` is not what `schema` describes, for the part of JSON Schema that ours uses."""
    if "$ref" in schema:
        yield from _wrong(value, _at(schema["$ref"], whole), whole, where)
        return
    yield from (wrong for part in schema.get("allOf", ()) for wrong in _wrong(value, part, whole, where))
    if not _right_type(value, schema.get("type", [])):
        yield f"{where}: is {value!r}, not {schema['type']}"
        return
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where}: {value!r} is not in {schema['enum']}"
    match value:
        case dict():
            yield from _wrong_object(value, schema, whole, where)
        case list():
            for number, item in enumerate(value):
                yield from _wrong(item, schema.get("items", {}), whole, f"{where}[{number}]")
        case str():
            yield from _wrong_text(value, schema, where)
        case _:
            pass  # numbers and the like have nothing more to them


def _right_type(value: Any, allowed: str | list[str]) -> bool:
    names = [allowed] if isinstance(allowed, str) else allowed
    return not names or any(type(value) is _TYPES[name] for name in names)


def _wrong_object(
    value: dict[str, Any], schema: dict[str, Any], whole: dict[str, Any], where: str
) -> Iterator[str]:
    known = schema.get("properties", {})
    yield from (f"{where}.{name}: is missing" for name in schema.get("required", ()) if name not in value)
    if schema.get("additionalProperties") is False:
        yield from (f"{where}.{name}: is not described" for name in value if name not in known)
    for name, inner in value.items():
        yield from _wrong(inner, known.get(name, {}), whole, f"{where}.{name}")


def _wrong_text(value: str, schema: dict[str, Any], where: str) -> Iterator[str]:
    if "pattern" in schema and not re.search(schema["pattern"], value):
        yield f"{where}: {value!r} does not match {schema['pattern']}"
    if schema.get("format") == "date":
        date.fromisoformat(value)
    if schema.get("format") == "date-time":
        assert datetime.fromisoformat(value).tzinfo is not None
    if schema.get("format") == "uri":
        assert value.startswith("https://")


def _at(reference: str, whole: dict[str, Any]) -> dict[str, Any]:
    found: Any = whole
    for name in reference.removeprefix("#/").split("/"):
        found = found[name]
    return dict(found)


def _properties(name: str, whole: dict[str, Any]) -> set[str]:
    """Every field that a schema describes, also by way of allOf."""
    schema = _at(f"#/components/schemas/{name}", whole)
    found = set(schema.get("properties", {}))
    for part in schema.get("allOf", ()):
        inner = part["$ref"].rpartition("/")[2] if "$ref" in part else ""
        found |= _properties(inner, whole) if inner else set(part["properties"])
    return found


def _holds(answer: Any, path: str, method: str, whole: dict[str, Any]) -> None:
    responses = whole["paths"][path][method]["responses"]
    assert str(answer.status_code) in responses, f"{method} {path} answers {answer.status_code}"
    response = responses[str(answer.status_code)]
    if "$ref" in response:
        response = _at(response["$ref"], whole)
    schema = response["content"][answer.mimetype]["schema"]
    assert list(_wrong(answer.json, schema, whole)) == []


def test_every_answer_is_what_the_description_says(site: Flask, caller: Caller) -> None:
    whole = _described(site)
    many, single = "/api/v1/payment-requests", "/api/v1/payment-requests/{id}"
    made = caller.create(key="a")
    posts = [made, caller.create(key="a"), caller.create(key="a", reference="2"), caller.create(amount=1)]
    posts += [caller.raw(b"{"), caller.raw(b"x", "text/plain"), caller.raw(b"x" * 70_000)]
    posts.append(Caller(site, "sk_wrong").create())
    for answer in posts:
        _holds(answer, many, "post", whole)
    assert [answer.status_code for answer in posts] == [201, 200, 409, 422, 400, 415, 413, 401]
    for answer in (caller.get(), caller.get(status="x"), Caller(site, "").get()):
        _holds(answer, many, "get", whole)
    for answer in (caller.get(f"/{(made.json or {})['id']}"), caller.get("/x"), Caller(site, "").get("/x")):
        _holds(answer, single, "get", whole)


def test_no_field_of_an_answer_is_left_out_of_the_description(site: Flask, caller: Caller) -> None:
    whole = _described(site)
    made = caller.create().json or {}
    assert set(made) == _properties("MadePaymentRequest", whole)
    assert set((caller.get().json or {})["data"][0]) == _properties("Summary", whole)


def test_the_description_takes_what_the_check_takes(site: Flask) -> None:
    whole = _described(site)
    schemas = whole["components"]["schemas"]
    assert set(schemas["NewPaymentRequest"]["properties"]) == set(NewRequest.model_fields)
    assert set(schemas["NewPayer"]["properties"]) == set(NewPayer.model_fields)
    assert schemas["Status"]["enum"] == [str(status) for status in Status]
    assert list(_wrong(dict(BODY), {"$ref": "#/components/schemas/NewPaymentRequest"}, whole)) == []


def test_every_door_of_the_api_is_described_and_no_other(site: Flask) -> None:
    whole = _described(site)
    described = {
        (path.replace("{id}", "<request_id>"), method.upper())
        for path, methods in whole["paths"].items()
        for method in methods
    }
    doors = {
        (rule.rule, method)
        for rule in site.url_map.iter_rules()
        if rule.endpoint.startswith("api.") and rule.endpoint != "api.openapi"
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert described == doors
    assert whole["servers"] == [{"url": PUBLIC}]
    assert whole["openapi"] == "3.1.0"
