"""The API's description is true: every route is in it, every reference leads somewhere."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from service.domain.decisions import UserRole
from service.web import openapi
from tests.functional_web.conftest import Site
from tests.functional_web.schema import resolve

DESCRIPTION: Any = openapi.document()
METHODS = {"get", "post", "put", "patch", "delete"}


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for entry in node.values():
            yield from references(entry)
    elif isinstance(node, list):
        for entry in node:
            yield from references(entry)


def test_every_route_is_described_and_every_description_routed(site: Site) -> None:
    routed = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule).removeprefix("/api/v1"), method.lower())
        for rule in site.app.url_map.iter_rules()
        if rule.endpoint.startswith("api.")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    described = {(path, method) for path, item in DESCRIPTION["paths"].items() for method in item}
    assert described == routed


def test_it_is_an_openapi_document() -> None:
    assert DESCRIPTION["openapi"].startswith("3.1")
    assert set(DESCRIPTION) >= {"info", "paths", "components", "security", "servers"}
    assert set(DESCRIPTION["info"]) >= {"title", "version"}
    names = []
    for path, item in DESCRIPTION["paths"].items():
        assert path.startswith("/")
        assert set(item) <= METHODS
        for operation in item.values():
            names.append(operation["operationId"])
            in_path = {p["name"] for p in operation["parameters"] if p["in"] == "path" and p["required"]}
            assert in_path == set(re.findall(r"{(\w+)}", path))
            assert all("description" in answer for answer in operation["responses"].values())
    assert len(names) == len(set(names))


def test_every_reference_leads_somewhere_and_every_schema_is_used() -> None:
    found = set(references(DESCRIPTION))
    for reference in found:
        resolve(reference, DESCRIPTION)
    assert {reference.rpartition("/")[2] for reference in found} == set(DESCRIPTION["components"]["schemas"])


def test_it_is_served(site: Site) -> None:
    person = site.person(UserRole.UPLOADER)
    answer = site.app.test_client().get("/api/v1/openapi.json", headers=person.bearer)
    assert answer.json == json.loads(json.dumps(DESCRIPTION))
